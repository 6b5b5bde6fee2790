"""An import that is long, given up, done twice, stopped half-way or compared again."""

from pathlib import Path

import pytest
from django.utils import timezone

from preau.exchange import actions
from preau.exchange.models import ImportRun
from preau.kit import clock
from preau.kit.jobs import do_what_waits
from preau.people.models import Person
from preau.structure.models import Enrolment
from tests.imports import SCHOOL, bring_school, bundle, columns_form

from .test_oneroster import OLD


def test_giving_up_deletes_the_file_and_leaves_nothing(school, tap, bring_file):
    bring_file(SCHOOL)
    run = ImportRun.objects.get()
    kept = Path(run.file.path)

    tap("exchange:withdrawal", as_=school.maes, htmx=False, run_id=run.pk)

    run.refresh_from_db()
    assert (run.stage, kept.exists()) == (ImportRun.Stage.GIVEN_UP, False)
    assert tap("exchange:withdrawal", as_=school.maes, run_id=run.pk).status_code == 422


def test_a_file_nobody_came_back_to_is_deleted(school, bring_file):
    bring_file(SCHOOL)
    run = ImportRun.objects.get()
    ImportRun.objects.update(at=clock.now() - timezone.timedelta(days=8))
    kept = Path(run.file.path)

    bring_file(SCHOOL)

    run.refresh_from_db()
    assert (run.stage, kept.exists()) == (ImportRun.Stage.GIVEN_UP, False)


@pytest.mark.django_db(transaction=True)
def test_a_long_file_and_a_bundle_are_done_aside_with_their_progress(tmp_path, visit, tap, bring_file):
    from tests.cast import Cast

    school = Cast()
    answer = bring_file(
        bundle(tmp_path, OLD).read_bytes(), kind="oneroster", name="bundle.zip", as_=school.maes
    )
    run = ImportRun.objects.get()
    assert answer.headers["Location"].endswith(f"/imports/{run.pk}/")
    busy = visit("exchange:run", as_=school.maes, run_id=run.pk)
    assert "being compared" in busy.text
    assert "every 1s" in busy.text
    asked = visit("exchange:run", as_=school.maes, run_id=run.pk, headers={"HX-Request": "true"})
    assert "<html" not in asked.text

    do_what_waits()
    done = visit("exchange:run", as_=school.maes, run_id=run.pk, headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    tap("exchange:application", {"gone": "leave"}, as_=school.maes, htmx=False, run_id=run.pk)
    do_what_waits()

    run.refresh_from_db()
    assert run.applied, run.report
    assert Person.objects.filter(given_name="Noor").exists()


def test_who_comes_second_finds_it_under_way(school, school_day, bring_file, visit, tap):
    bring_file(SCHOOL)
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
    run.refresh_from_db()
    actions.start_applying(
        run=run, gone="leave", ends_many=False, courses="stay", by=school.maes, at=school_day
    )

    answer = tap("exchange:application", {"gone": "leave"}, as_=school.pirard, run_id=run.pk)

    assert answer.status_code == 422
    assert "under way or done already" in answer.text


def test_two_files_of_the_same_school_one_after_the_other_bring_nobody_twice(
    school, tmp_path, bring_file, visit, tap
):
    runs = []
    for _time in range(2):
        bring_file(SCHOOL)
        run = ImportRun.objects.first()
        page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
        tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
        runs.append(run)
    for run in runs:
        tap("exchange:application", {"gone": "leave"}, as_=school.maes, htmx=False, run_id=run.pk)

    assert Person.objects.filter(family_name="Haddad").count() == 2
    assert ImportRun.objects.get(pk=runs[1].pk).counts["unchanged"] == 4


def test_a_failure_of_ours_is_said_and_the_file_stays(school, bring_file, visit, tap, monkeypatch):
    bring_file(SCHOOL)
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)

    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(Enrolment.objects, "bulk_create", fail)
    tap("exchange:application", {"gone": "leave"}, as_=school.maes, htmx=False, run_id=run.pk)

    run.refresh_from_db()
    assert "Something went wrong on our side" in run.words
    assert run.file
    assert not Person.objects.filter(family_name="Haddad").exists()


def test_a_file_can_be_compared_again_once_what_it_lacked_is_there(school, tmp_path, visit, tap, bring_file):
    bring_file("matricule;coursGrp\n101;4 TT:MATH4-01\n", kind="memberships")
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
    run.refresh_from_db()
    assert run.counts["errors"] == 1

    bring_school(tmp_path)
    tap("exchange:comparison", as_=school.maes, htmx=False, run_id=run.pk)

    run.refresh_from_db()
    assert (run.stage, run.counts["unchanged"]) == (ImportRun.Stage.CHECKED, 1)


def test_work_that_died_is_said_to_have_stopped_and_can_begin_again(school, visit, tap, bring_file):
    bring_file(SCHOOL)
    run = ImportRun.objects.get()
    page = visit("exchange:columns", as_=school.maes, run_id=run.pk)
    tap("exchange:columns", columns_form(page), as_=school.maes, htmx=False, run_id=run.pk)
    long_ago = clock.now() - timezone.timedelta(minutes=11)
    ImportRun.objects.update(stage=ImportRun.Stage.APPLYING, moved_at=long_ago)

    assert "The work stopped before its end" in visit("exchange:run", as_=school.maes, run_id=run.pk).text
    tap("exchange:comparison", as_=school.maes, htmx=False, run_id=run.pk)

    run.refresh_from_db()
    assert run.can_be_applied
