"""What each person finds on arriving."""

from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from preau.kit import clock, modules, slots
from preau.kit.modules import Module
from preau.people.actions.many import bulk_create_persons
from preau.people.models import Person, Relationship
from preau.structure.models import Enrolment

BRUSSELS = ZoneInfo("Europe/Brussels")


@pytest.fixture
def piece():
    """Hang a piece in the block of each child for the time of a test."""
    offers = slots._offers["today.child"]
    before = list(offers)

    @slots.offer("today.child", rank=1)
    def say(request, child):
        return f"A piece about {child.called}."

    yield say
    offers[:] = before


def test_a_mother_of_two_finds_both_and_a_switch(school, visit, piece):
    _ = school.samira, school.class_4tta, school.class_2cb

    page = visit("portal:today", as_=school.samira)

    assert "Good morning, Samira" in page.text
    assert "Both" in page.text
    assert "A piece about Noor." in page.text
    assert "A piece about Elias." in page.text
    assert "4TTA" in page.text


def test_she_may_look_at_one_child_only(school, visit, piece):
    _ = school.samira, school.class_4tta

    page = visit("portal:today", as_=school.samira, query={"child": school.elias.pk})

    assert "A piece about Elias." in page.text
    assert "A piece about Noor." not in page.text
    assert "Both" in page.text


def test_a_child_that_is_not_hers_is_not_shown(school, visit, piece):
    _ = school.samira, school.ines

    page = visit("portal:today", as_=school.samira, query={"child": school.emma.pk})

    assert "A piece about Emma." not in page.text
    assert "A piece about Noor." in page.text


def test_a_mother_of_one_needs_no_switch_and_is_told_what_will_come(school, visit):
    _ = school.ines, school.class_4tta

    page = visit("portal:today", as_=school.ines)

    assert "Both" not in page.text
    assert "Emma's marks and report card appear here" in unescape(page.text)


def test_a_pupil_finds_what_is_new_for_oneself(school, visit, piece):
    _ = school.class_4tta

    page = visit("portal:today", as_=school.noor)

    assert "A piece about Noor." in page.text
    assert "My file" in page.text
    assert "My groups" not in page.text


def test_a_teacher_finds_the_groups_and_a_tutor_the_class(school, visit):
    _ = school.maths_4tta

    page = visit("portal:today", as_=school.vandamme)

    assert "My groups" in page.text
    assert "2 pupils" in page.text
    assert "My class, 4TTA" in page.text
    assert "Haddad Noor" in page.text


def test_a_teacher_next_door_finds_only_what_is_his(school, visit):
    _ = school.maths_4tta, school.physics_5ttb

    page = visit("portal:today", as_=school.thys)

    assert "5TTB" in page.text
    assert "4TTA" not in page.text
    assert "Haddad" not in page.text


def test_the_head_finds_the_school_in_figures_and_what_it_lacks(school, visit):
    _ = school.everybody

    page = visit("portal:today", as_=school.pirard)

    pupils = next(figure for figure in page.context["today"].state.figures if figure.audience == "PUPILS")
    assert pupils.people == 4
    assert "1 class has no tutor." in page.text
    assert "1 pupil has no guardian." in page.text


@pytest.mark.parametrize("who", ["vandamme", "noor", "samira", "diallo"])
def test_nobody_else_reads_the_figures(school, visit, who):
    _ = school.everybody

    page = visit("portal:today", as_=getattr(school, who))

    assert page.context["today"].state is None


def test_a_newcomer_who_knows_nobody_is_told_whom_to_ask(school, visit):
    page = visit("portal:today", as_=school.zoe)

    assert "The school has not yet said who you are here." in page.text
    assert "/help/" in page.text


def test_cards_of_the_modules_hang_on_the_page(school, visit, monkeypatch):
    def card(request):
        return f"Three marks to type, {request.person.called}." if request.person == school.thys else None

    module = Module(key="probe", name="Probe", icon="star", rank=5, cards=(card,))
    monkeypatch.setitem(modules._modules, "probe", module)
    _ = school.physics_5ttb

    assert "Three marks to type, Marc." in visit("portal:today", as_=school.thys).text
    assert "Three marks" not in visit("portal:today", as_=school.vandamme).text


@pytest.mark.parametrize(
    ("hour", "words"),
    [(7, "Good morning"), (14, "Good afternoon"), (19, "Good evening"), (2, "Good evening")],
)
def test_one_is_greeted_as_one_does_at_that_hour(school, visit, hour, words):
    with clock.at(datetime(2026, 11, 24, hour, tzinfo=BRUSSELS)):
        assert f"{words}, Zoé" in visit("portal:today", as_=school.zoe).text


def test_a_father_without_the_right_to_marks_still_finds_his_children(school, visit):
    page = visit("portal:today", as_=school.karim)

    assert [child.person for child in page.context["today"].children] == [school.noor, school.elias]


def test_a_tie_that_has_ended_shows_no_child(school, visit):
    Relationship.objects.filter(guardian=school.karim).update(ends_on=clock.today())

    page = visit("portal:today", as_=school.karim)

    assert page.context["today"].is_a_stranger


def test_a_class_of_thirty_costs_no_more_queries_than_a_class_of_two(school, visit):
    _ = school.maths_4tta
    visit("portal:today", as_=school.vandamme)
    with CaptureQueriesContext(connection) as small:
        visit("portal:today")
    more = bulk_create_persons([Person(given_name=f"P{rank}", family_name="Extra") for rank in range(28)])
    first_day = school.year.starts_on
    Enrolment.objects.bulk_create(
        Enrolment(pupil=pupil, class_group=school.class_4tta, starts_on=first_day) for pupil in more
    )

    with CaptureQueriesContext(connection) as large:
        page = visit("portal:today")

    assert len(page.context["today"].classes[0].pupils) == 30
    assert len(large) == len(small)
    assert len(large) <= 12
