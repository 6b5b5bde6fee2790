"""Each part of a pupil's file and of Today is there on the days on which its rule says so, no other."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from preau.follow_up.models import AdjustmentPlan
from preau.follow_up.rules import may_read_plan
from preau.follow_up.tests.builders import plan
from preau.gradebook.rules import may_read_results
from preau.kit import clock
from preau.people.models import Duty, Person, Relationship
from preau.people.rules import may_manage_people
from preau.portal.rules import may_open_file, may_read_contacts
from preau.report_cards.models import ReportCard
from preau.report_cards.rules import may_read_card
from preau.report_cards.tests.builders import graded, published
from preau.structure.models import TeachingAssignment, Tutorship
from preau.trail.rules import may_see_looks

FIRST, AFTER = date(2026, 12, 21), date(2027, 2, 15)
DAYS = {
    "before": FIRST - timedelta(days=1),
    "first": FIRST,
    "last": AFTER - timedelta(days=1),
    "ended": AFTER,
}
ALWAYS = {
    "pirard": {"results", "card", "plan", "contacts", "looks", "register"},  # the head
    "noor": {"results", "card", "plan", "contacts", "looks"},  # the pupil
}
WHILE_IT_LASTS = {
    "maes": {"card", "contacts", "register"},  # the secretary
    "diallo": {"plan", "contacts"},  # an educator
    "vandamme": {"card", "plan"},  # teaches Noor
    "lemaire": {"results", "card", "plan", "contacts"},  # tutors the class
    "samira": {"results", "card", "plan", "contacts", "looks"},  # the mother
    "karim": {"contacts"},  # the father, who may not see marks
}
NEVER = ("nys", "thys", "emma", "ines", "zoe")
MARK = "0470 00 00 01"


def again(person: Person) -> Person:
    """Return the same person as the next request knows them."""
    return Person.objects.get(pk=person.pk)


@pytest.fixture
def tied_for_a_while(school):
    """A card is out, a plan agreed; every tie to Noor but her own and the head's lasts for eight weeks."""
    graded(school)
    published(school)
    made = plan(school, school.noor, "TIME")
    Person.objects.filter(pk=school.noor.pk).update(mobile=MARK)
    span = {"starts_on": FIRST, "ends_on": AFTER}
    Tutorship.objects.filter(class_group=school.class_4tta).update(tutor=school.lemaire, **span)
    followed = TeachingAssignment.objects.filter(group__memberships__pupil=school.noor)
    followed.exclude(teacher=school.vandamme).delete()
    followed.update(**span)
    Duty.objects.exclude(person=school.pirard).update(**span)
    Relationship.objects.filter(pupil=school.noor).update(**span)
    return made


def shown_to(visit, school, person, made):
    """Return which parts of Noor's file somebody finds, nothing where it does not open."""
    page = visit("portal:pupil", as_=person, pupil_id=school.noor.pk)
    if page.status_code == 404:
        return set()
    marks = {
        "results": reverse("gradebook:results", args=[school.noor.pk]),
        "card": reverse("report_cards:card", args=[ReportCard.objects.get(pupil=school.noor).pk]),
        "plan": reverse("follow_up:plan", args=[made.pk]),
        "contacts": MARK,
        "looks": reverse("trail:looks", args=[school.noor.pk]),
        "register": f'"{reverse("people:person", args=[school.noor.pk])}"',
    }
    main = page.text.partition("<main")[2]
    return {part for part, mark in marks.items() if mark in main}


def by_the_rules(school, person, made):
    """Return which parts the rules give, on the day of the clock."""
    noor, card = school.noor, ReportCard.objects.get(pupil=school.noor)
    if not may_open_file.allows(person, noor):
        return set()
    of_family = person == noor or _answers(person, noor)
    parts = {
        "results": may_read_results.allows(person, noor),
        "card": may_read_card.allows(person, card),
        "plan": may_read_plan.allows(person, AdjustmentPlan.objects.get(pk=made.pk)),
        "contacts": may_read_contacts.allows(person, noor) or of_family,
        "looks": may_see_looks.allows(person, noor),
        "register": may_manage_people.admits(person),
    }
    return {part for part, is_there in parts.items() if is_there}


def _answers(person, pupil):
    ties = Relationship.objects.in_force().filter(guardian=person, pupil=pupil)
    return any(getattr(tie, right) for tie in ties for right in Relationship.RIGHTS)


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("who", [*ALWAYS, *WHILE_IT_LASTS, *NEVER])
def test_the_file_shows_each_part_on_its_days(school, visit, tied_for_a_while, who, day):
    expected = ALWAYS.get(who, set())
    if day in {"first", "last"}:
        expected = expected | WHILE_IT_LASTS.get(who, set())

    with clock.at(DAYS[day]):
        person = again(school.everybody[who])
        assert shown_to(visit, school, person, tied_for_a_while) == expected
        assert by_the_rules(school, person, tied_for_a_while) == expected


@pytest.mark.parametrize("who", ["samira", "karim"])
def test_who_has_lost_all_rights_reads_nothing(school, visit, tied_for_a_while, who):
    Relationship.objects.filter(guardian=school.everybody[who]).update(
        **dict.fromkeys(Relationship.RIGHTS, False)
    )

    with clock.at(FIRST):
        assert shown_to(visit, school, again(school.everybody[who]), tied_for_a_while) == set()
        assert "Noor" not in _main(visit("portal:today", as_=school.everybody[who]))


def test_a_father_without_any_right_who_teaches_the_child_reads_what_a_teacher_reads(
    school, visit, tied_for_a_while
):
    Relationship.objects.create(
        pupil=school.noor,
        guardian=school.vandamme,
        kind=Relationship.Kind.FOSTER,
        **dict.fromkeys(Relationship.RIGHTS, False),
    )

    with clock.at(FIRST):
        assert shown_to(visit, school, again(school.vandamme), tied_for_a_while) == {"card", "plan"}


TODAY = {
    "vandamme": "Math 4",  # the group she teaches
    "lemaire": "4TTA",  # the class she tutors
    "samira": "Noor",  # her child
    "karim": "Noor",
}


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("who", ["vandamme", "lemaire", "samira", "karim"])
def test_today_shows_each_part_on_its_days(school, visit, tied_for_a_while, who, day):
    with clock.at(DAYS[day]):
        page = _main(visit("portal:today", as_=again(school.everybody[who])))

    assert (TODAY[who] in page) is (day in {"first", "last"})


@pytest.mark.parametrize("day", DAYS)
def test_the_figures_of_the_school_are_shown_while_the_duty_lasts(school, visit, tied_for_a_while, day):
    with clock.at(DAYS[day]):
        for who in ("maes", "nys"):
            today = visit("portal:today", as_=again(school.everybody[who])).context["today"]
            assert bool(today.state) is (day in {"first", "last"})
        assert visit("portal:today", as_=school.pirard).context["today"].state


def _main(page):
    return page.text.partition("<main")[2]
