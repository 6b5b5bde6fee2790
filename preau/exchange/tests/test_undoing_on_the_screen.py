"""The secretary undoes an import on the screen: what it does is told first, and done once."""

from datetime import timedelta

import pytest

from preau.accounts.actions import invite
from preau.accounts.models import Account
from preau.exchange import actions
from preau.exchange.models import ImportRun
from preau.exchange.tasks import undo_import
from preau.kit import clock
from preau.kit.jobs import do_what_waits
from preau.people.models import Duty, Person
from tests import rows
from tests.imports import SCHOOL, STAFF, bring, bring_path, bring_school, bundle
from tests.rows import every_row

from .test_oneroster import OLD

YES = {"confirmed": "yes"}
APART = (*rows.APART, *rows.OF_SIGNING_IN)


@pytest.fixture
def run(school, tmp_path):
    """The secretary brought in the file of the pupils, by mistake."""
    _ = school.year, school.pirard.account, school.vandamme.account, school.nys.account
    bring(tmp_path, "people", SCHOOL, by=school.maes, name="pupils.csv")
    return ImportRun.objects.get()


def test_what_it_does_is_told_with_its_counts_before_it_is_done(school, run, visit, tap):
    page = visit("exchange:run", as_=school.maes, run_id=run.pk)
    assert "Undo the import" in page.text
    before = every_row(but=APART)

    question = visit("exchange:undoing", as_=school.maes, run_id=run.pk)
    assert "The import of pupils.csv is undone" in question.text
    assert "4 places in a class" in question.text
    assert "The file itself is no longer kept" in question.text
    tap("exchange:undoing", as_=school.maes, htmx=False, run_id=run.pk)
    assert every_row(but=APART) == before

    answer = tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk)

    assert answer.status_code == 302
    assert not Person.objects.filter(family_name="Haddad").exists()
    report = visit("exchange:run", as_=school.maes, run_id=run.pk)
    assert "This import was undone" in report.text
    assert "Undo the import" not in report.text
    assert "undone" in visit("exchange:imports", as_=school.maes).text


def test_sent_twice_it_is_done_once(school, run, tap):
    for _time in range(2):
        answer = tap("exchange:undoing", YES | {"once": "A23456789012"}, as_=school.maes, run_id=run.pk)
        assert answer.status_code in {204, 302}
    again = tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk)

    assert again.status_code == 302
    run.refresh_from_db()
    assert run.stage == ImportRun.Stage.UNDONE


def test_only_those_who_could_bring_it_in_undo_it(school, run, visit, tap):
    for somebody in (school.vandamme, school.nys):
        assert visit("exchange:undoing", as_=somebody, run_id=run.pk).status_code == 404
        assert tap("exchange:undoing", YES, as_=somebody, run_id=run.pk).status_code == 404
    assert tap("exchange:undoing", YES, as_=school.pirard, htmx=False, run_id=run.pk).status_code == 302


def test_what_was_built_on_it_is_named_with_the_way_there(school, run, visit, tap, school_day):
    noor = Person.objects.get(given_name="Noor", family_name="Haddad")
    invite(persons=[noor], by=school.maes, at=school_day, channel="LETTER")
    before = every_row(but=APART)

    page = visit("exchange:undoing", as_=school.maes, run_id=run.pk)
    dialog = visit("exchange:undoing", as_=school.maes, run_id=run.pk, headers={"HX-Request": "true"})
    refused = tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk)

    assert dialog.headers["HX-Redirect"] == f"/imports/{run.pk}/undoing/"
    for told in (page, refused):
        assert "cannot be undone as things stand" in told.text
        assert "Noor Haddad: since then there is 1 account." in told.text
        assert f'href="/people/{noor.pk}/"' in told.text
    assert every_row(but=APART) == before


def test_an_older_import_whose_rows_are_no_longer_known_cannot_be_undone(school, run, visit, tap):
    run.rows.all().delete()

    assert "Undo the import" not in visit("exchange:run", as_=school.maes, run_id=run.pk).text
    assert tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk).status_code == 302
    assert Person.objects.filter(family_name="Haddad").exists()


@pytest.mark.django_db(transaction=True)
def test_much_is_undone_aside(tmp_path, visit, tap, monkeypatch):
    from tests.cast import Cast

    school = Cast()
    _ = school.maes.account
    before = every_row(but=APART)
    bring_path("oneroster", bundle(tmp_path, OLD), by=school.maes)
    run = ImportRun.objects.get()
    monkeypatch.setattr("preau.exchange.views.SMALL", 10)

    tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk)
    assert "The import is being undone" in visit("exchange:run", as_=school.maes, run_id=run.pk).text
    assert tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk).status_code == 302
    do_what_waits()

    run.refresh_from_db()
    assert run.stage == ImportRun.Stage.UNDONE
    assert every_row(but=APART) == before


def test_what_is_built_on_it_while_it_waits_is_told_on_its_page(school, run, visit, school_day):
    actions.start_undoing(run=run, by=school.maes, at=school_day)
    noor = Person.objects.get(given_name="Noor", family_name="Haddad")
    invite(persons=[noor], by=school.maes, at=school_day, channel="LETTER")

    undo_import.func(run_id=run.pk, language="en", by_id=school.maes.pk)

    page = visit("exchange:run", as_=school.maes, run_id=run.pk)
    assert "Nothing was undone, for something was built on this import since." in page.text
    assert Person.objects.filter(pk=noor.pk).exists()


def test_who_lost_the_right_meanwhile_undoes_nothing(school, run, school_day):
    actions.start_undoing(run=run, by=school.maes, at=school_day)

    undo_import.func(run_id=run.pk, language="en", by_id=school.vandamme.pk)

    run.refresh_from_db()
    assert run.stage == ImportRun.Stage.APPLIED
    assert Person.objects.filter(family_name="Haddad").exists()


def test_work_that_died_says_so_and_can_be_asked_for_again(school, run, visit, tap, school_day):
    actions.start_undoing(run=run, by=school.maes, at=school_day)
    with clock.at(school_day + timedelta(minutes=11)):
        page = visit("exchange:run", as_=school.maes, run_id=run.pk)
        assert "nothing was undone. Try again." in page.text
        tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk)

    run.refresh_from_db()
    assert run.stage == ImportRun.Stage.UNDONE


def test_who_may_not_undo_it_for_themselves_leaves_it_to_a_colleague(school, tmp_path, tap, visit):
    """Sophie works in the office, and a file took her group from her: what is refused is not half begun."""
    _ = school.year, school.maes.account
    bring_school(tmp_path)
    less = STAFF.replace("LEM;Lemaire;Sophie;F;sophie@example.org\n", "")
    bring(tmp_path, "staff", less, gone="end", ends_many=True)
    sophie = Person.objects.get(given_name="Sophie")
    Account.objects.create(person=sophie, username="sophie", email="sophie@example.org")
    Duty.objects.create(person=sophie, kind=Duty.Kind.SECRETARY, starts_on=school.year.starts_on)
    run = ImportRun.objects.order_by("-pk")[0]

    refused = tap("exchange:undoing", YES, as_=sophie, htmx=False, run_id=run.pk)

    run.refresh_from_db()
    assert (refused.status_code, run.stage) == (422, ImportRun.Stage.APPLIED)
    tap("exchange:undoing", YES, as_=school.maes, htmx=False, run_id=run.pk)
    run.refresh_from_db()
    assert run.stage == ImportRun.Stage.UNDONE


@pytest.mark.parametrize("said", ["no", "", "YES", "0", "false"])
def test_only_a_yes_is_a_yes(school, run, tap, said):
    answer = tap("exchange:undoing", {"confirmed": said}, as_=school.maes, htmx=False, run_id=run.pk)

    assert "pupils.csv is undone" in answer.text  # the question, once more
    run.refresh_from_db()
    assert run.stage == ImportRun.Stage.APPLIED
