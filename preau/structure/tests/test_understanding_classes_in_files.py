"""What people write of classes in cells, and what we understand."""

import pytest

from preau.kit import clock
from preau.kit.imports.report import Report
from preau.kit.imports.values import Wrong
from preau.kit.imports.work import Import
from preau.structure.imports.register import Structure
from preau.structure.imports.values import periods_a_week


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("4TTA", "4"),
        ("1CB", "1C"),
        ("2SA", "2S"),
        ("GP1", "1"),
        ("7PA", "7P"),
        ("7TQB", "7TQ"),
        ("3a", "3"),
        ("6", "6"),
    ],
)
@pytest.mark.django_db
def test_the_year_of_study_is_told_by_the_name_of_the_class(school, name, level):
    work = Import(Report("people", "list.csv"), "proeco", clock.now())

    found = Structure(work, school.year).level_for(name)

    assert found is not None
    assert found.code == level


@pytest.mark.parametrize(("typed", "periods"), [("4", 4), ("4,0", 4), ("0", 0), ("", None)])
def test_a_course_has_so_many_periods_a_week(typed, periods):
    assert periods_a_week(typed) == periods
    for wrong in ("-1", "100", "4,5"):
        with pytest.raises(Wrong):
            periods_a_week(wrong)
