"""Who brings files in, and who reads what they said."""

import pytest

from preau.exchange.models import ImportRun
from preau.exchange.rules import may_export_group, may_import, may_read_run
from preau.kit import clock


@pytest.mark.parametrize(
    ("who", "imports", "reads_the_run_of_the_administrator"),
    [
        ("maes", True, True),  # is the secretary
        ("pirard", True, True),  # is the head
        ("nys", True, True),  # is the system administrator, and brought the file
        ("diallo", False, False),  # is an educator
        ("vandamme", False, False),  # teaches
        ("noor", False, False),  # is a pupil
        ("samira", False, False),  # is a mother
        ("zoe", False, False),  # knows nobody
    ],
)
def test_who_may_bring_files_in(school, who, imports, reads_the_run_of_the_administrator):
    person = getattr(school, who)
    run = ImportRun.objects.create(kind="people", source_name="pupils.csv", by=school.nys, at=clock.now())

    assert may_import.admits(person) is imports
    assert may_read_run.allows(person, run) is reads_the_run_of_the_administrator


def test_an_administrator_does_not_read_what_the_secretary_brought(school):
    run = ImportRun.objects.create(kind="people", source_name="pupils.csv", by=school.maes, at=clock.now())

    assert not may_read_run.allows(school.nys, run)


@pytest.mark.parametrize("who", ["diallo", "vandamme", "noor", "samira", "zoe"])
@pytest.mark.parametrize("page", ["imports", "run", "columns", "report_sheet"])
def test_strangers_find_nothing(school, visit, who, page):
    run = ImportRun.objects.create(kind="people", source_name="pupils.csv", by=school.maes, at=clock.now())
    ids = {} if page == "imports" else {"run_id": run.pk}

    assert visit(f"exchange:{page}", as_=getattr(school, who), **ids).status_code == 404


@pytest.mark.parametrize("page", ["application", "withdrawal", "comparison"])
def test_strangers_do_nothing(school, tap, visit, page):
    run = ImportRun.objects.create(kind="people", source_name="pupils.csv", by=school.maes, at=clock.now())

    assert tap(f"exchange:{page}", as_=school.vandamme, run_id=run.pk).status_code == 404
    assert visit(f"exchange:{page}", as_=school.maes, run_id=run.pk).status_code == 405


@pytest.mark.parametrize(
    ("who", "takes"),
    [
        ("vandamme", True),
        ("pirard", True),
        ("maes", False),
        ("nys", False),
        ("thys", False),
        ("noor", False),
        ("zoe", False),
    ],
)
def test_who_takes_the_grades_of_a_group_away(school, who, takes):
    assert may_export_group.allows(school.everybody[who], school.maths_4tta) is takes
