"""A report card is published: its family is told once, and never more than the page it leads to."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.urls import reverse

from preau.kit import clock
from preau.kit.retention import kept_called
from preau.messaging.actions import Told, tell
from preau.messaging.models import Notice, Receipt
from preau.messaging.queries import lines, readable_by
from preau.people.actions import merge_persons
from preau.people.models import Person, Relationship
from preau.report_cards import actions
from preau.report_cards.notices import PUBLISHED
from preau.report_cards.tests.builders import EVENING, FRIDAY, OCTOBER, card_of, graded, made
from preau.report_cards.tests.test_correcting_a_card import put_right
from preau.structure.models import Enrolment

SUNDAY = EVENING + timedelta(days=2)


@pytest.fixture
def card(school):
    graded(school)
    made(school)
    return card_of(school.noor)


def publish(school, **how):
    actions.publish_report_cards(period=school.december, by=school.pirard, **{"at": FRIDAY, **how})


def told(person, card, at=SUNDAY):
    with clock.at(at):
        person.refresh_from_db()
        found = lines(readable_by(person, at=at).select_related("notice"))
        return [line for line in found if line.receipt.notice.about == card.pk]


def test_the_family_is_told_and_nobody_else(school, card):
    assert not told(school.noor, card)
    publish(school)

    assert "Décembre" in told(school.noor, card)[0].words
    assert told(school.samira, card)
    assert not told(school.ines, card)
    assert not told(school.lemaire, card)


def test_each_is_told_at_their_own_moment(school, card, settings):
    settings.PARENTS_READ_AFTER = timedelta(hours=24)
    publish(school, on=EVENING)

    assert not told(school.noor, card, EVENING - timedelta(minutes=1))
    assert told(school.noor, card, EVENING)
    assert not told(school.samira, card, EVENING)
    assert told(school.samira, card, EVENING + timedelta(hours=24))


def test_a_moment_that_moves_moves_the_notice(school, card):
    publish(school, on=EVENING)
    publish(school, on=SUNDAY)

    assert not told(school.noor, card, EVENING)
    assert len(told(school.noor, card, SUNDAY)) == 1


def test_a_held_card_is_not_told_until_it_is_let_go(school, card):
    publish(school)
    where = {"pupil": school.noor, "period": school.december, "reason": "A meeting", "at": FRIDAY}
    hold = actions.hold(by=school.pirard, **where)
    assert not told(school.noor, card)
    assert not told(school.samira, card)

    actions.lift_hold(hold=hold, by=school.pirard, at=FRIDAY)
    assert told(school.noor, card)


def test_what_is_taken_back_was_never_told(school, card):
    publish(school)
    actions.withdraw_report_cards(period=school.december, by=school.pirard, at=FRIDAY)

    assert not Notice.objects.exists()
    assert not Receipt.objects.exists()
    publish(school)
    assert told(school.noor, card)


def test_who_loses_the_right_loses_the_notice(school, card, tap):
    publish(school)
    receipt = told(school.samira, card)[0].receipt
    with clock.at(SUNDAY):
        answer = tap("messaging:open", as_=school.samira, htmx=False, receipt_id=receipt.pk)
        assert answer.url == reverse("report_cards:card", kwargs={"card_id": card.pk})
        assert tap("messaging:open", as_=school.noor, receipt_id=receipt.pk).status_code == 404
        Relationship.objects.filter(guardian=school.samira, pupil=school.noor).update(sees_marks=False)
        assert tap("messaging:open", as_=school.samira, receipt_id=receipt.pk).status_code == 404
    assert not told(school.samira, card)


def test_opening_marks_it_read_and_reading_the_list_does_not(school, card, visit, tap):
    publish(school)
    receipt = told(school.noor, card)[0].receipt
    with clock.at(SUNDAY):
        assert "Décembre" in visit("messaging:notices", as_=school.noor).text
        receipt.refresh_from_db()
        assert receipt.read_at is None
        tap("messaging:all_read", as_=school.samira)
        receipt.refresh_from_db()
        assert receipt.read_at is None
        tap("messaging:open", as_=school.noor, htmx=False, receipt_id=receipt.pk)
    receipt.refresh_from_db()
    assert receipt.read_at


def test_telling_again_reaches_nobody_twice(school, card):
    publish(school)
    before = Receipt.objects.count()
    thing = Told(about=card.pk, recipients={school.noor.pk: FRIDAY, school.ines.pk: FRIDAY})
    tell(kind=PUBLISHED, things=[thing], at=FRIDAY)

    assert Receipt.objects.count() == before + 1
    assert not told(school.ines, card), "told by mistake, and shown nothing: she may not read the card"


def test_all_read_leaves_what_is_hidden_unread(school, card, tap):
    publish(school)
    receipt = told(school.noor, card)[0].receipt
    where = {"pupil": school.noor, "period": school.december, "reason": "A meeting", "at": FRIDAY}
    hold = actions.hold(by=school.pirard, **where)
    with clock.at(SUNDAY):
        tap("messaging:all_read", as_=school.noor)
    receipt.refresh_from_db()
    assert receipt.read_at is None

    actions.lift_hold(hold=hold, by=school.pirard, at=FRIDAY)
    with clock.at(SUNDAY):
        tap("messaging:all_read", as_=school.noor)
    receipt.refresh_from_db()
    assert receipt.read_at == SUNDAY


def test_a_corrected_card_is_new_again_and_leads_to_what_holds(school, card, tap):
    publish(school)
    receipt = told(school.samira, card)[0].receipt
    with clock.at(SUNDAY):
        tap("messaging:open", as_=school.samira, receipt_id=receipt.pk)
    put_right(school)
    corrected = actions.correct_report_card(card=card, reason="A mark", by=school.pirard, at=SUNDAY)

    assert not told(school.samira, card)
    line = told(school.samira, corrected)[0]
    assert line.receipt.read_at is None
    with clock.at(SUNDAY):
        answer = tap("messaging:open", as_=school.samira, htmx=False, receipt_id=line.receipt.pk)
    assert answer.url == reverse("report_cards:card", kwargs={"card_id": corrected.pk})


def test_a_sentence_names_the_period_as_it_is_called_today(school, card):
    publish(school)
    school.december.name = "Noël"
    school.december.save()

    assert "Noël" in told(school.noor, card)[0].words


def test_what_is_hidden_takes_no_place_on_a_page(school, card, visit):
    publish(school)
    hidden = card_of(school.elias)
    tell(kind=PUBLISHED, things=[Told(about=hidden.pk, recipients={school.noor.pk: SUNDAY})], at=SUNDAY)
    Receipt.objects.filter(person=school.noor, notice__about=card.pk).update(due_at=FRIDAY)
    others = [Notice(kind="gone.kind", about=n, told_at=FRIDAY) for n in range(100)]
    Notice.objects.bulk_create(others)
    Receipt.objects.bulk_create([Receipt(notice=each, person=school.noor, due_at=SUNDAY) for each in others])

    assert len(told(school.noor, card)) == 1
    assert not told(school.noor, hidden)
    with clock.at(SUNDAY):
        page = visit("messaging:notices", as_=school.noor)
        assert page.text.count('class="told"') == 1
        assert page.context["page"].count == 1


def test_two_records_of_a_parent_become_one_with_one_receipt(school, card):
    publish(school)
    double = Person.objects.create(given_name="Samira", family_name=school.samira.family_name)
    tell(kind=PUBLISHED, things=[Told(about=card.pk, recipients={double.pk: FRIDAY})], at=FRIDAY)
    other = card_of(school.elias)
    tell(kind=PUBLISHED, things=[Told(about=other.pk, recipients={double.pk: FRIDAY})], at=FRIDAY)

    merge_persons(gone=double, kept=school.samira, by=school.pirard, at=SUNDAY)
    theirs = Receipt.objects.filter(person=school.samira, notice__about__in=[card.pk, other.pk])
    assert sorted(theirs.values_list("notice__about", flat=True)) == sorted([card.pk, other.pk])


@pytest.mark.django_db(transaction=True)
def test_two_who_tell_at_once_tell_once(school, card):
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has one connection: nobody else can write")
    together = Barrier(2)
    thing = Told(about=card.pk, recipients={school.noor.pk: FRIDAY, school.samira.pk: FRIDAY})

    def tells(number):
        together.wait()
        try:
            tell(kind=PUBLISHED, things=[thing], at=FRIDAY)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as offices:
        list(offices.map(tells, range(2)))

    assert Notice.objects.count() == 1
    assert Receipt.objects.count() == len(thing.recipients)


def test_a_card_first_made_once_the_others_are_published_is_told_too(school, card):
    publish(school)
    Enrolment.objects.create(class_group=school.class_4tta, pupil=school.zoe, starts_on=OCTOBER.date())
    made(school, at=SUNDAY)

    assert told(school.zoe, card_of(school.zoe))
    assert not Receipt.objects.filter(person=school.zoe).exclude(notice__pupil=school.zoe).exists()
    assert len(told(school.noor, card)) == 1


def test_nothing_goes_of_whom_nothing_may_be_erased(school, card):
    publish(school)
    kept = kept_called("messaging.notices")
    due = kept.due(SUNDAY + timedelta(days=3 * 365))

    assert due.filter(about=card.pk).exists()
    assert not kept.spared(due, [school.noor]).filter(about=card.pk).exists()
    assert not kept.spared(due, [school.samira]).filter(about=card.pk).exists()
    assert kept.spared(due, [school.ines]).filter(about=card.pk).exists()
