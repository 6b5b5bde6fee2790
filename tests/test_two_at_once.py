"""Two people do the same at the same moment: it is done once, and the other is told in a sentence."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import IntegrityError, OperationalError, connection, connections
from django.test import Client
from django.urls import reverse

from preau.accounts.models import Account, Invitation
from preau.exchange.models import ImportRun
from preau.gradebook.models import Grade
from preau.grading.actions import adopt_defaults
from preau.grading.models import Closing, CourseResult
from preau.kit import clock
from preau.kit.clashes import DoneMeanwhile, GoneMeanwhile, refusal_of, taking_turns
from preau.kit.jobs import do_what_waits
from preau.kit.refusals import Refusal
from preau.people.models import Duty
from preau.structure.models import ClassGroup, CourseGroup, Rollover, Subject, Tutorship
from preau.structure.tests.builders import JULY, a_year_ends, bring_forward, decide_all, plan_of
from preau.trail.models import Trace
from tests.imports import bring, bring_school

WORKS_WELL = 400


def both_look_before_either_writes(monkeypatch, place, name):
    """Have the first two who look here wait for each other, when the database lets two look at once."""
    look, together, waits = getattr(place, name), Barrier(2), [True, True]

    def looks(*args, **more):
        found = look(*args, **more)
        if waits:
            waits.pop()
            with suppress(BrokenBarrierError):  # One may hold the other: then they cannot look at once.
                together.wait(timeout=1)
        return found

    monkeypatch.setattr(place, name, looks)


@pytest.fixture
def at_once(db):
    """Have the same form sent twice at the same moment, each from a page of its own; return the answers."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")

    def sent(page, form, *, as_, **ids):
        address, account, together = reverse(page, kwargs=ids), as_.account, Barrier(2)
        now = clock.now()

        def send(number):
            client = Client()
            client.force_login(account)
            together.wait()
            try:
                with clock.at(now):
                    return client.post(address, form | {"once": f"A234567890{number:02}"})
            finally:
                connections.close_all()

        with ThreadPoolExecutor(2) as people:
            return list(people.map(send, range(2)))

    return sent


def done_and_told(answers, words=""):
    """Say whether one was done, and the other is told why not."""
    done, told = sorted(answers, key=lambda answer: answer.status_code)
    return done.status_code < WORKS_WELL and told.status_code == 422 and words in told.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_year_is_brought_forward_once(school, at_once):
    with clock.at(JULY):
        a_year_ends(school)
        decide_all(school)
        form = {"confirmed": "yes", "seen": plan_of(school).fingerprint}

        answers = at_once(
            "structure:rollover_application", form, as_=school.maes, school_year_id=school.next.pk
        )
        do_what_waits()

    assert done_and_told(answers, "being brought forward already")
    assert Rollover.objects.get().pupils == 2
    assert ClassGroup.objects.filter(school_year=school.next).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_year_is_taken_back_once(school, at_once):
    with clock.at(JULY):
        a_year_ends(school)
        decide_all(school)
        bring_forward(school)

        answers = at_once(
            "structure:rollover_taking_back",
            {"confirmed": "yes"},
            as_=school.maes,
            school_year_id=school.next.pk,
        )

    assert {answer.status_code for answer in answers} <= {302, 422}
    assert Rollover.objects.get().undone_at
    assert not ClassGroup.objects.filter(school_year=school.next).exists()
    assert Trace.objects.filter(act="structure.take_back").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_class_is_made_once(school, at_once, monkeypatch):
    from preau.structure.actions import classes

    level = school.class_4tta.year_level
    both_look_before_either_writes(monkeypatch, classes, "_check_name")

    answers = at_once(
        "structure:new_class", {"name": "4TTX", "year_level": level.pk, "form": ""}, as_=school.maes
    )

    assert ClassGroup.objects.filter(name="4TTX").count() == 1
    assert done_and_told(answers, "There is already a class 4TTX")


@pytest.mark.django_db(transaction=True)
def test_the_same_subject_is_added_once(school, at_once):
    answers = at_once("structure:subjects", {"code": "GREC", "name": "Grec", "rank": 5}, as_=school.maes)

    assert Subject.objects.filter(code="GREC").count() == 1
    assert done_and_told(answers, "GREC")


@pytest.mark.django_db(transaction=True)
def test_the_first_invitation_at_once_opens_one_account_and_one_code(school, at_once, monkeypatch):
    from preau.accounts.actions import opening

    _ = school.class_4tta, school.maes.account
    Account.objects.filter(person=school.noor).delete()
    both_look_before_either_writes(monkeypatch, opening, "free_names")

    answers = at_once(
        "accounts:invitations", {"person": [school.noor.pk], "channel": "LETTER"}, as_=school.maes
    )

    assert {answer.status_code < WORKS_WELL for answer in answers} == {True}
    assert Account.objects.filter(person=school.noor).count() == 1
    assert Invitation.objects.open_at(clock.now()).filter(person=school.noor).count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_duty_is_given_once(school, at_once):
    form = {"kind": "EDUCATOR", "starts_on": "2026-11-24", "scope": ""}

    answers = at_once("structure:duties", form, as_=school.pirard, somebody_id=school.vandamme.pk)

    assert Duty.objects.filter(person=school.vandamme, kind="EDUCATOR").count() == 1
    assert done_and_told(answers, "already holds this duty")


@pytest.mark.django_db(transaction=True)
def test_the_same_code_of_a_group_is_used_once(school, at_once):
    form = {"course": school.maths_4tta.course.pk, "name": "X", "code": "MATH-X"}

    answers = at_once("structure:new_group", form, as_=school.maes)

    assert CourseGroup.objects.filter(code="MATH-X").count() == 1
    assert done_and_told(answers, "MATH-X")


@pytest.mark.django_db(transaction=True)
def test_the_same_titulaire_is_named_once(school, at_once):
    form = {"tutor": school.thys.pk, "on": "2026-11-24"}

    answers = at_once("structure:tutors", form, as_=school.maes, class_group_id=school.class_2cb.pk)

    assert Tutorship.objects.filter(class_group=school.class_2cb, tutor=school.thys).count() == 1
    assert done_and_told(answers, "already in charge")


@pytest.mark.django_db
def test_the_second_looks_again_and_says_so_in_its_own_words():
    looks = iter([IntegrityError("UNIQUE constraint failed: structure_subject.code"), None])

    def add():
        if (refused := next(looks)) is not None:
            raise refused
        return "looked again"

    assert taking_turns(add) == "looked again"


@pytest.mark.django_db
def test_what_no_look_foresees_is_a_sentence_and_nothing_is_written(school):
    _ = school.class_4tta

    def twice():
        Subject.objects.create(code="GREC", name="Grec")
        Subject.objects.create(code="GREC", name="Grec ancien")

    with pytest.raises(DoneMeanwhile):
        taking_turns(twice)
    assert not Subject.objects.filter(code="GREC").exists()


@pytest.mark.django_db
def test_what_is_gone_is_told_apart_and_an_ill_database_is_no_clash():
    assert isinstance(refusal_of(IntegrityError("FOREIGN KEY constraint failed")), GoneMeanwhile)

    def ill():
        raise OperationalError("disk I/O error")

    with pytest.raises(OperationalError):
        taking_turns(ill)


@pytest.fixture
def brought(school, tmp_path):
    """A file of pupils, then one of grades, came in; nobody has built anything on them."""
    _ = school.year, school.first_period, school.maes.account, school.pirard.account
    adopt_defaults()
    bring_school(tmp_path)
    assert bring(tmp_path, "grades", GRADES).applied
    return school


GRADES = "matricule;coursGrp;titre;periode;points\n101;4 TT:MATH4-01;Interro;P1;14\n"


@pytest.mark.django_db(transaction=True)
def test_an_import_is_undone_once(brought, at_once, monkeypatch):
    from preau.exchange.actions import undoing

    run = ImportRun.objects.order_by("-pk")[0]
    both_look_before_either_writes(monkeypatch, undoing, "hindrances")

    answers = at_once("exchange:undoing", {"confirmed": "yes"}, as_=brought.maes, run_id=run.pk)

    run.refresh_from_db()
    assert run.stage == ImportRun.Stage.UNDONE
    assert not Grade.objects.exists()
    assert Trace.objects.filter(act="exchange.undo_import").count() == 1
    assert all(answer.status_code in {302, 422} for answer in answers)


@pytest.mark.django_db(transaction=True)
def test_a_gradebook_is_closed_or_emptied_by_undoing_never_both(brought, at_once_each):
    from preau.exchange.actions import undo_run
    from preau.gradebook.actions import close_gradebook

    run = ImportRun.objects.order_by("-pk")[0]
    group = CourseGroup.objects.get(code="4 TT:MATH4-01")
    now = clock.now()

    outcomes = at_once_each(
        lambda: close_gradebook(group=group, period=brought.first_period, by=brought.pirard, at=now),
        lambda: undo_run(run=run, by=brought.maes, at=now),
    )

    run.refresh_from_db()
    was_closed = Closing.objects.filter(reopened_at=None).exists()
    assert was_closed
    if run.stage == ImportRun.Stage.UNDONE:
        assert not Grade.objects.exists()
        assert not CourseResult.objects.exclude(computed=None).exists()
    else:
        assert Grade.objects.count() == 1
        assert any(isinstance(each, Refusal) for each in outcomes)


@pytest.fixture
def at_once_each(db):
    """Do different things at the same moment, each with a connection of its own; return what came of each."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")

    def do(*acts):
        together, now = Barrier(len(acts)), clock.now()

        def go(act):
            together.wait()
            try:
                with clock.at(now):
                    return taking_turns(act)
            except Refusal as refusal:
                return refusal
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(acts)) as people:
            return list(people.map(go, acts))

    return do
