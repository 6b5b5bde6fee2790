"""A file puts a pupil in another class: what becomes of the courses is told first, then chosen."""

import pytest

from preau.exchange.actions import undo_run
from preau.exchange.models import ImportRun
from preau.kit import clock
from preau.structure import queries
from preau.structure.models import GroupMembership
from preau.structure.tests.test_a_pupil_moves_with_the_courses import two_classes  # noqa: F401
from tests.imports import bring, columns_form
from tests.rows import every_row

MOVED = "nom;prenom;DateNaiss;classe\nHaddad;Noor;2011-02-14;4TTB\n"


def followed(pupil):
    return {group.code for group in queries.groups_followed_by(pupil, on=clock.today())}


def notices(report):
    return [line for line in report.lines if line.status == "warning"]


def test_the_trial_says_what_would_end_and_begin_and_changes_nothing(school, two_classes, tmp_path):  # noqa: F811
    before = followed(school.noor)

    report = bring(tmp_path, "people", MOVED, dry_run=True)

    (told,) = notices(report)
    assert "Noor Haddad comes to 4TTB." in told.wrong
    assert f"Courses that would end: {two_classes['dutch'].code}" in told.wrong
    assert two_classes["other_dutch"].code in told.wrong.split("begin")[1]
    assert (report.moving, followed(school.noor)) == (1, before)


def test_the_courses_follow_the_class_when_that_is_chosen(school, two_classes, tmp_path):  # noqa: F811
    report = bring(tmp_path, "people", MOVED, courses="follow", by=school.maes)

    assert report.applied
    assert not notices(report)
    changes = {change.label: change for change in next(line for line in report.lines if line.changes).changes}
    assert two_classes["other_maths"].code in changes["Courses that begin"].new
    assert followed(school.noor) == {
        two_classes[name].code for name in ("other_maths", "other_dutch", "science", "other_morals")
    }
    assert not queries.unsettled_pupils(school.year.pk, on=clock.today())


def test_they_stay_unless_that_is_chosen_and_the_report_says_so(school, two_classes, tmp_path):  # noqa: F811
    before = followed(school.noor)

    report = bring(tmp_path, "people", MOVED)

    assert report.applied
    assert followed(school.noor) == before
    assert "They stayed as they were." in notices(report)[0].remedy


def test_two_who_change_places_do_not_take_each_other_for_the_class(school, two_classes, tmp_path):  # noqa: F811
    file = MOVED + "Berg;Alma;2008-03-01;4TTA\n"

    assert bring(tmp_path, "people", file, courses="follow").applied

    assert two_classes["dutch"].code in followed(school.alma)
    assert two_classes["other_dutch"].code not in followed(school.alma)
    assert two_classes["other_dutch"].code in followed(school.noor)


def test_a_pupil_who_comes_gets_the_courses_the_class_has_in_common(school, two_classes, tmp_path):  # noqa: F811
    file = "nom;prenom;DateNaiss;classe\nNouveau;Tom;2011-01-01;4TTB\n"

    bring(tmp_path, "people", file, courses="follow")

    tom = school.noor.__class__.objects.get(given_name="Tom")
    assert two_classes["other_maths"].code in followed(tom)


def test_where_a_class_has_no_courses_nothing_is_proposed(school, tmp_path):
    _ = school.maths_4tta
    report = bring(tmp_path, "people", MOVED.replace("4TTB", "7A"), courses="follow")

    assert report.moving == 0
    assert GroupMembership.objects.filter(pupil=school.noor, ends_on=None).exists()


def test_who_imports_chooses_on_the_screen(school, two_classes, visit, tap):  # noqa: F811
    from django.core.files.uploadedfile import SimpleUploadedFile

    form = {"kind": "people", "file": SimpleUploadedFile("eleves.csv", MOVED.encode())}
    tap("exchange:imports", form, as_=school.maes, htmx=False)
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
    report = visit("exchange:run", as_=school.maes, run_id=run.pk)
    assert "The courses of those who come to another class" in report.text

    tap("exchange:application", {"courses": "follow"}, as_=school.maes, htmx=False, run_id=run.pk)

    assert two_classes["other_dutch"].code in followed(school.noor)
    run.refresh_from_db()
    assert (run.stage, run.courses) == (ImportRun.Stage.APPLIED, "follow")


def test_the_choice_is_not_shown_where_nobody_moves(school, visit, tap):
    from django.core.files.uploadedfile import SimpleUploadedFile

    _ = school.class_4tta
    file = MOVED.replace("4TTB", "4TTA")
    tap(
        "exchange:imports",
        {"kind": "people", "file": SimpleUploadedFile("eleves.csv", file.encode())},
        as_=school.maes,
        htmx=False,
    )
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)

    assert "come to another class" not in visit("exchange:run", as_=school.maes, run_id=run.pk).text


@pytest.mark.parametrize("courses", ["follow", "stay"])
def test_undoing_the_import_gives_back_class_and_courses(school, two_classes, tmp_path, courses):  # noqa: F811
    _ = school.maes.account
    before = every_row()
    bring(tmp_path, "people", MOVED, courses=courses, by=school.maes)
    assert every_row() != before

    undo_run(run=ImportRun.objects.get(), by=school.maes, at=clock.now())

    assert every_row() == before
