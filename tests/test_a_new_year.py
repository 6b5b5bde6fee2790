"""A year comes out of the one before: what the plan shows is what is done, and what stands on it is seen."""

from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from preau.follow_up.models import AdjustmentPlan
from preau.gradebook.models import Assessment
from preau.grading.models import Category
from preau.kit import clock
from preau.kit.counted import counted
from preau.kit.refusals import Refusal
from preau.people.models import Person, Relationship
from preau.report_cards.models import TutorWord
from preau.structure import actions, queries
from preau.structure.actions import Decided
from preau.structure.models import OUT, Enrolment, GroupMembership, TeachingAssignment
from preau.structure.queries.rollover.applied import PLACES, TIES, about_pupils_and_periods, may_stand_on
from preau.structure.tests.builders import (
    JULY,
    LEAVES,
    PASSES,
    REPEATS,
    a_year_ends,
    all_that_is,
    bring_forward,
    decide_all,
    group_in,
    group_of,
    plan_of,
)

FIRST_DAY = date(2027, 8, 23)
BEGAN = date(2026, 8, 24)
CLASSES = ("2CB", "4TTA", "5TTA")


@pytest.fixture
def summer(school):
    with clock.at(JULY):
        a_year_ends(school)
        yield school


def test_it_stays_once_something_stands_on_it(summer, visit):
    decide_all(summer)
    bring_forward(summer)
    Assessment.objects.create(
        group=group_in(summer, summer.maths_5),
        period=summer.next.periods.first(),
        category=Category.objects.create(code="INT", name="Interrogation"),
        title="Diagnostic",
        held_on=FIRST_DAY,
        max_points=20,
    )
    before = all_that_is()

    with pytest.raises(actions.BuiltUpon, match="1 assessment"):
        actions.take_back(school_year=summer.next, by=summer.maes, at=clock.now())

    assert all_that_is() == before
    page = visit("structure:rollover", as_=summer.maes, school_year_id=summer.next.pk)
    assert "Since then there are: 1 assessment." in page.text
    assert "Take it back" not in page.text


def test_it_stays_once_a_titulaire_wrote_a_word_for_a_period_of_it(summer):
    """A word names a pupil and a period, and no class: without the class it would hang in the air."""
    decide_all(summer)
    bring_forward(summer)
    TutorWord.objects.create(
        pupil=summer.noor, period=summer.next.periods.first(), text="Bienvenue", written_at=clock.now()
    )

    with pytest.raises(actions.BuiltUpon, match="1 "):
        actions.take_back(school_year=summer.next, by=summer.maes, at=clock.now())

    TutorWord.objects.all().delete()
    actions.take_back(school_year=summer.next, by=summer.maes, at=clock.now())


def test_whatever_may_stand_on_it_has_words():
    pointing = {field.model for model in (*PLACES, *TIES) for field in may_stand_on(model)}
    pointing |= {*about_pupils_and_periods()}

    assert len(pointing) > 8
    assert [model.__name__ for model in pointing if not counted({model: 1})] == []


def test_adjustments_and_rights_go_on_by_their_own_days(summer):
    mother, noor = summer.samira, summer.noor
    plan = AdjustmentPlan.objects.create(
        pupil=noor, starts_on=BEGAN, ends_on=date(2028, 1, 1), kept_by=summer.pirard, changed_at=clock.now()
    )
    decide_all(summer)

    bring_forward(summer)

    with clock.at(FIRST_DAY):
        assert AdjustmentPlan.objects.in_force().get() == plan
        assert Relationship.objects.in_force().filter(guardian=mother).count() == 2


@pytest.fixture
def a_crowd(summer):
    """Six more pupils in 4TTA and 5TTA, and two groups of Dutch in 5TTA."""
    pupils = [Person.objects.create(given_name=f"N{number}", family_name="Élève") for number in range(6)]
    for number, pupil in enumerate(pupils):
        place = (summer.class_4tta, summer.class_5tta)[number % 2]
        Enrolment.objects.create(pupil=pupil, class_group=place, starts_on=BEGAN)
    more = group_of(summer, summer.class_5tta, "DUTCH", code="b", periods=2)
    summer.groups = [summer.maths_4tta, summer.dutch_4, summer.maths_5, summer.dutch_5, more]
    summer.pupils = [*pupils, summer.noor, summer.emma, summer.elias, summer.alma, summer.zoe]
    return summer


lives = some.lists(
    some.tuples(
        some.sampled_from(["", PASSES, REPEATS, LEAVES]),
        some.sampled_from(["", *CLASSES]),
        some.sets(some.integers(0, 4), max_size=3),
    ),
    min_size=11,
    max_size=11,
)
classes = some.tuples(
    *(some.tuples(some.booleans(), some.sampled_from(["", OUT, *CLASSES])) for _ in CLASSES)
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=lives, classes=classes, first=some.integers(0, 11))
def test_what_is_done_is_what_the_plan_shows(a_crowd, lives, classes, first):
    with transaction.atomic():
        _live(a_crowd, lives)
        _decide(a_crowd, classes, lives[:first])
        _is_done_as_shown(a_crowd)
        _decide(a_crowd, classes, lives)
        _is_done_as_shown(a_crowd)
        transaction.set_rollback(True)


def _live(school, lives):
    for pupil, (_decision, _to, groups) in zip(school.pupils, lives, strict=True):
        for number in groups:
            group = school.groups[number]
            GroupMembership.objects.get_or_create(pupil=pupil, group=group, defaults={"starts_on": BEGAN})


def _decide(school, classes, lives):
    decided = {
        pupil.pk: (decision, "" if decision in ("", LEAVES) else to)
        for pupil, (decision, to, _groups) in zip(school.pupils, lives, strict=False)
    }
    for plan, (is_carried, to) in zip(plan_of(school).classes, classes, strict=True):
        own = [each.pupil.pk for each in plan.pupils if each.pupil.pk in decided and not each.placed]
        actions.settle_class(
            class_group=plan.former,
            school_year=school.next,
            to=to,
            is_carried=is_carried,
            tutors_stay=True,
            tutor=None,
            decided=[Decided(key, *decided[key]) for key in own],
            by=school.maes,
            at=clock.now(),
        )


def _is_done_as_shown(school):
    plan, before = plan_of(school), all_that_is()
    if plan.is_nothing:
        return
    shown = _shown(plan)
    former = _of_the_year(school)

    bring_forward(school)

    now = _of_the_year(school)
    assert {name: now[name] - former[name] for name in now} == shown
    assert plan_of(school).is_nothing
    assert not Enrolment.objects.filter(starts_on__gt=JULY).exclude(starts_on=FIRST_DAY).exists()
    actions.take_back(school_year=school.next, by=school.maes, at=clock.now())
    assert all_that_is() == before
    bring_forward(school)


def _shown(plan):
    return {
        "classes": {each.former.name for each in plan.new_classes},
        "groups": {each.former.code for each in plan.new_groups},
        "taught": {(each.former.code, tie.teacher_id) for each in plan.new_groups for tie in each.kept},
        "places": {(each.pupil.pk, each.to) for each in plan.placements},
        "followed": {(pupil, group.code) for pupil, found in plan.courses.items() for group in found.joins},
        "gone": {each.pupil.pk for each in plan.leavers},
    }


def _of_the_year(school):
    year = {"group__school_year": school.next}
    places = Enrolment.objects.filter(class_group__school_year=school.next)
    lasting = Enrolment.objects.filter(class_group__school_year=school.year, ends_on=None)
    gone = {each.pk for each in school.pupils} - {
        *lasting.values_list("pupil", flat=True),
        *places.values_list("pupil", flat=True),
    }
    return {
        "classes": set(school.next.class_groups.values_list("name", flat=True)),
        "groups": set(school.next.course_groups.values_list("code", flat=True)),
        "taught": set(TeachingAssignment.objects.filter(**year).values_list("group__code", "teacher")),
        "places": set(places.values_list("pupil", "class_group__name")),
        "followed": set(GroupMembership.objects.filter(**year).values_list("pupil", "group__code")),
        "gone": gone,
    }


def test_the_classes_of_the_new_year_are_read_before_it_begins(summer, visit):
    decide_all(summer)
    bring_forward(summer)
    made = summer.next.class_groups.get(name="5TTA")

    page = visit("structure:class_group", as_=summer.maes, class_group_id=made.pk)
    assert "Noor" in page.text
    form = visit("structure:enrolment", pupil_id=summer.noor.pk)
    assert "5TTA (2027-2028)" in form.text
    found = visit("structure:pupils", query={"class_group": made.pk})
    assert "Noor" in found.text
    assert "Emma" not in found.text
    assert queries.place_to_settle(summer.noor).class_group == made


def test_the_courses_of_the_new_year_are_settled_before_it_begins(summer, visit, tap):
    decide_all(summer)
    with clock.at(date(2027, 6, 8)):  # the earlier year still runs
        bring_forward(summer)
        dutch, ids = group_in(summer, summer.dutch_5), {"pupil_id": summer.noor.pk}
        assert queries.place_to_settle(summer.noor).class_group == summer.class_4tta

        page = visit("structure:next_courses_of_pupil", as_=summer.maes, **ids)
        assert "The courses of Noor Haddad in 5TTA" in page.text
        with_dutch = {"on": FIRST_DAY.isoformat(), "leaves": [], "joins": [dutch.pk]}
        tap("structure:next_courses_of_pupil", with_dutch | {"on": "2027-06-31"}, **ids)
        assert not summer.noor.memberships.filter(group=dutch).exists()
        tap("structure:next_courses_of_pupil", with_dutch, **ids)

    assert summer.noor.memberships.get(group=dutch).starts_on == FIRST_DAY
    with pytest.raises(Refusal, match="begins on 23/08/2027 only"):
        actions.add_membership(
            group=dutch, pupil=summer.emma, on=date(2027, 8, 1), by=summer.maes, at=clock.now()
        )
    nobody = visit("structure:next_courses_of_pupil", pupil_id=summer.karim.pk)
    assert nobody.headers["Location"].endswith("/class/")
