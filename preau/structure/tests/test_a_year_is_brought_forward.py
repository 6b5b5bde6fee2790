"""A summer: the plan is read, decided class by class, carried out, taken back while nothing stands on it."""

from datetime import date, timedelta

import pytest

from preau.kit import clock
from preau.kit.jobs import do_what_waits
from preau.people.models import Duty
from preau.people.ties import in_force
from preau.structure import actions, queries
from preau.structure.models import (
    OUT,
    ClassGroup,
    DutyScope,
    Enrolment,
    GroupMembership,
    Rollover,
    TeachingAssignment,
    Tutorship,
)
from preau.trail.models import Trace

from .builders import (
    JULY,
    PASSES,
    REPEATS,
    a_year_ends,
    all_that_is,
    bring_forward,
    decide,
    decide_all,
    group_in,
    group_of,
    plan_of,
)

FIRST_DAY = date(2027, 8, 23)


@pytest.fixture
def summer(school):
    """Noor and Emma end 4TTA, Elias 2CB, and Alma and Zoé 5TTA, the last year; see `a_year_ends`."""
    with clock.at(JULY):
        a_year_ends(school)
        yield school


def followed(school, pupil):
    return queries.groups_followed_by(pupil, during=school.next).filter(school_year=school.next)


def settling(plan):
    return {str(each.title): [one.words for one in each.named] for each in queries.to_settle(plan)}


def test_the_plan_writes_nothing_and_decides_about_nobody(summer, django_assert_max_num_queries):
    before = all_that_is()

    with django_assert_max_num_queries(17):
        plan = plan_of(summer)
        assert plan.memberships == 0

    assert [(each.former.name, each.to) for each in plan.classes] == [
        ("2CB", ""),
        ("4TTA", "5TTA"),
        ("5TTA", OUT),
    ]
    assert plan.placements == plan.leavers == []
    assert [each.former for each in plan.new_groups] == [
        summer.french_2cb,
        summer.dutch_4,
        summer.maths_4tta,
        summer.dutch_5,
        summer.maths_5,
    ]
    waiting = settling(plan)["Not decided yet"]
    assert waiting == [
        "Elias Haddad (2CB)",
        "Emma Claes (4TTA)",
        "Noor Haddad (4TTA)",
        "Alma Berg (5TTA)",
        "Zoé Martin (5TTA)",
    ]
    assert all_that_is() == before


def test_who_passes_repeats_leaves_and_waits(summer):
    decide_all(summer)

    rollover = bring_forward(summer)

    with clock.at(FIRST_DAY):
        assert queries.class_of(summer.noor).name == "5TTA"
        assert queries.class_of(summer.emma).name == "4TTA"
        assert queries.class_of(summer.noor).school_year == summer.next
        assert queries.class_of(summer.alma) is None  # passed the last year
        assert queries.class_of(summer.elias) is None
        assert queries.class_of(summer.zoe) == summer.class_5tta  # waits where she was
    assert rollover.pupils == 2
    assert set(Enrolment.objects.filter(starts_on=FIRST_DAY).values_list("pupil", flat=True)) == {
        summer.noor.pk,
        summer.emma.pk,
    }
    former = Enrolment.objects.get(pupil=summer.noor, class_group=summer.class_4tta)
    assert former.ends_on == FIRST_DAY
    assert not GroupMembership.objects.filter(in_force(FIRST_DAY), pupil=summer.alma).exists()
    plan = plan_of(summer)
    assert plan.is_nothing
    assert settling(plan)["Not decided yet"] == ["Zoé Martin (5TTA)"]


def test_nothing_begins_before_the_first_day(summer):
    decide_all(summer)
    bring_forward(summer)

    with clock.at(FIRST_DAY - timedelta(days=1)):
        assert queries.class_of(summer.noor) == summer.class_4tta
    new = GroupMembership.objects.filter(group__school_year=summer.next)
    assert set(new.values_list("starts_on", flat=True)) == {FIRST_DAY}
    assert set(
        TeachingAssignment.objects.filter(group__school_year=summer.next).values_list("starts_on")
    ) == {(FIRST_DAY,)}


def test_courses_follow_the_class_and_what_each_takes(summer):
    decide_all(summer)

    bring_forward(summer)

    assert set(followed(summer, summer.noor)) == {group_in(summer, summer.maths_5)}  # took no Dutch
    assert set(followed(summer, summer.emma)) == {
        group_in(summer, summer.maths_4tta),
        group_in(summer, summer.dutch_4),
    }
    teachers = queries.teachers_of(group_in(summer, summer.maths_5), on=FIRST_DAY)
    assert list(teachers) == [summer.thys]
    tutors = queries.tutors_of(ClassGroup.objects.get(school_year=summer.next, name="4TTA"), on=FIRST_DAY)
    assert list(tutors) == [summer.vandamme]


def test_a_choice_between_groups_is_named_and_never_made(summer):
    strong = group_of(summer, summer.class_5tta, "MATH", summer.alma, periods=6)
    GroupMembership.objects.filter(group=summer.maths_5).exclude(pupil=summer.zoe).delete()
    GroupMembership.objects.filter(group=summer.maths_4tta).update(group=three_hours(summer))
    decide(summer, summer.class_4tta, noor=PASSES)

    plan = plan_of(summer)

    assert strong in [each.former for each in plan.new_groups]
    assert plan.courses[summer.noor.pk].joins == ()
    assert settling(plan)["Courses to choose"] == ["Noor Haddad (5TTA: Math)"]
    GroupMembership.objects.create(group=summer.dutch_4, pupil=summer.noor, starts_on=date(2026, 9, 1))
    bring_forward(summer)
    assert [group.code for group in followed(summer, summer.noor)] == [summer.dutch_5.code]
    assert settling(plan_of(summer))["Courses to choose"] == ["Noor Haddad (5TTA: Math)"]
    named = {str(check.title): check.first for check in queries.readiness(summer.next)}
    assert named["Each pupil has options and groups"] == [summer.noor]

    chosen = group_in(summer, strong)
    actions.add_membership(group=chosen, pupil=summer.noor, on=FIRST_DAY, by=summer.maes, at=clock.now())

    assert "Courses to choose" not in settling(plan_of(summer))
    assert plan_of(summer).is_nothing


def three_hours(school):
    """Another course of mathematics in the fourth year: no course of the fifth is its continuation."""
    return group_of(school, school.class_4tta, "MATH", code="b", periods=3)


def test_an_elective_of_several_years_is_kept(summer):
    choir = group_of(summer, summer.class_4tta, "CHOIR", summer.noor, summer.zoe, periods=1)
    decide(summer, summer.class_4tta, noor=PASSES)

    assert choir in plan_of(summer).courses[summer.noor.pk].joins


def test_who_left_already_is_not_in_the_plan(summer):
    tie = Enrolment.objects.get(pupil=summer.zoe)
    tie.ends_on = date(2027, 3, 1)
    tie.save()

    assert summer.zoe not in [each.pupil for each in plan_of(summer).pupils]


def test_a_year_that_was_closed_is_brought_forward_all_the_same(summer):
    actions.close_school_year(school_year=summer.year, on=date(2027, 7, 1), by=summer.pirard, at=clock.now())
    decide_all(summer)

    bring_forward(summer)

    with clock.at(FIRST_DAY):
        assert queries.class_of(summer.noor).name == "5TTA"
    assert group_in(summer, summer.maths_5).assignments.get().teacher == summer.thys
    assert Enrolment.objects.get(pupil=summer.noor, class_group=summer.class_4tta).ends_on == date(2027, 7, 1)


def test_a_teacher_who_is_gone_leaves_the_group_to_settle(summer):
    TeachingAssignment.objects.filter(group=summer.maths_4tta).update(ends_on=date(2027, 6, 1))
    TeachingAssignment.objects.create(
        group=summer.maths_4tta,
        teacher=summer.lemaire,
        kind=TeachingAssignment.Kind.REPLACEMENT,
        starts_on=date(2027, 6, 1),
    )
    TeachingAssignment.objects.create(
        group=summer.maths_5,
        teacher=summer.lemaire,
        kind=TeachingAssignment.Kind.REPLACEMENT,
        starts_on=date(2027, 6, 1),
    )

    found = settling(plan_of(summer))

    assert found["Groups without teacher"] == ["Math 4, 4TTA (Sophie Lemaire)"]
    assert found["Replacements"] == ["Math 4, 5TTA (Sophie Lemaire)"]
    bring_forward(summer)
    assert not group_in(summer, summer.maths_4tta).assignments.exists()
    assert [tie.teacher for tie in group_in(summer, summer.maths_5).assignments.all()] == [summer.thys]


def test_nobody_gives_themselves_their_own_class(summer):
    Duty.objects.create(person=summer.vandamme, kind=Duty.Kind.DEPUTY, starts_on=date(2026, 8, 24))

    plan = plan_of(summer, by=summer.vandamme)

    assert settling(plan)["Your own classes and groups"] == ["4TTA", "Math 4, 4TTA"]
    bring_forward(summer, by=summer.vandamme)
    assert not group_in(summer, summer.maths_4tta).assignments.exists()
    assert not Tutorship.objects.filter(class_group__school_year=summer.next, tutor=summer.vandamme).exists()


def test_a_duty_for_a_class_goes_on_for_the_class_of_the_same_name(summer):
    duty = summer.diallo.duties.get()
    DutyScope.objects.create(duty=duty, class_group=summer.class_4tta)
    ended = Duty.objects.create(
        person=summer.lemaire,
        kind=Duty.Kind.EDUCATOR,
        starts_on=date(2026, 8, 24),
        ends_on=date(2027, 7, 3),
    )
    DutyScope.objects.create(duty=ended, class_group=summer.class_4tta)
    decide_all(summer)

    bring_forward(summer)

    new = DutyScope.objects.filter(class_group__school_year=summer.next)
    assert [(scope.duty, scope.class_group.name) for scope in new] == [(duty, "4TTA")]


def test_a_class_is_not_made_again_and_another_titulaire_is_chosen(summer):
    how = {"school_year": summer.next, "by": summer.maes, "at": clock.now(), "decided": []}
    actions.settle_class(
        class_group=summer.class_5tta, to="", is_carried=False, tutors_stay=True, tutor=None, **how
    )
    actions.settle_class(
        class_group=summer.class_4tta,
        to="5TTA",
        is_carried=True,
        tutors_stay=False,
        tutor=summer.lemaire,
        **how,
    )
    decide(summer, summer.class_2cb)

    plan = plan_of(summer)
    decide_class = {each.former.name: each for each in plan.classes}
    assert decide_class["4TTA"].to == ""  # 5TTA is not made again: nobody leaves the school by that
    assert summer.maths_5 not in [each.former for each in plan.new_groups]
    bring_forward(summer)

    made = ClassGroup.objects.get(school_year=summer.next, name="4TTA")
    assert list(queries.tutors_of(made, on=FIRST_DAY)) == [summer.lemaire]
    assert not ClassGroup.objects.filter(school_year=summer.next, name="5TTA").exists()


def test_what_was_decided_since_is_brought_forward_another_time(summer):
    decide_all(summer)
    first = bring_forward(summer)
    before = all_that_is()
    with pytest.raises(actions.NothingToBringForward):
        bring_forward(summer)
    assert all_that_is() == before

    decide(summer, summer.class_5tta, zoe=REPEATS)
    second = bring_forward(summer)

    assert (second.pupils, second.classes, second.groups) == (1, 0, 0)
    zoe = Enrolment.objects.get(pupil=summer.zoe, class_group__school_year=summer.next)
    assert zoe.class_group.name == "5TTA"
    assert summer.zoe.memberships.filter(group__school_year=summer.next).count() == 2
    assert queries.latest_rollover(summer.next) == second
    assert "1 place in a class" in queries.built_on(first)


def test_what_people_change_afterwards_is_not_changed_back(summer):
    decide_all(summer)
    bring_forward(summer)
    given = group_in(summer, summer.maths_5).assignments.get()
    actions.end_assignment(assignment=given, on=FIRST_DAY, by=summer.maes, at=clock.now())
    decide(summer, summer.class_5tta, zoe=REPEATS)

    bring_forward(summer)

    assert not group_in(summer, summer.maths_5).assignments.exists()


def test_pupils_that_a_file_placed_get_their_courses(summer):
    decide_all(summer)
    bring_forward(summer)
    made = ClassGroup.objects.get(school_year=summer.next, name="5TTA")
    actions.enrol_pupil(pupil=summer.zoe, class_group=made, on=FIRST_DAY, by=summer.maes, at=clock.now())

    assert settling(plan_of(summer)).get("Not decided yet") is None
    bring_forward(summer)

    assert summer.zoe.memberships.filter(group__school_year=summer.next).count() == 2


def test_a_plan_that_was_not_read_is_not_carried_out(summer):
    decide_all(summer)
    seen = plan_of(summer).fingerprint
    decide(summer, summer.class_5tta, zoe=REPEATS)

    with pytest.raises(actions.PlanHasChanged):
        actions.bring_forward(school_year=summer.next, seen=seen, by=summer.maes, at=clock.now())

    assert not summer.next.class_groups.exists()


def test_killed_half_way_nothing_is_kept(summer, monkeypatch):
    decide_all(summer)
    before = all_that_is()
    monkeypatch.setattr("preau.structure.actions.carrying.follow_many", lambda **how: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        bring_forward(summer)

    assert all_that_is() == before
    assert not Rollover.objects.exists()


def test_a_year_that_is_over_takes_nothing_any_more(summer):
    with clock.at(date(2028, 7, 20)), pytest.raises(actions.YearIsOver):
        bring_forward(summer)


def test_it_is_taken_back_whole(summer):
    decide_all(summer)
    before = all_that_is()
    bring_forward(summer)

    actions.take_back(school_year=summer.next, by=summer.maes, at=clock.now())

    assert all_that_is() == before
    assert queries.latest_rollover(summer.next) is None
    assert len(plan_of(summer).placements) == 2  # what was decided stays
    with pytest.raises(actions.NothingToTakeBack):
        actions.take_back(school_year=summer.next, by=summer.maes, at=clock.now())


def test_a_pupil_who_changed_class_since_stands_on_it_too(summer):
    decide_all(summer)
    bring_forward(summer)
    other = ClassGroup.objects.get(school_year=summer.next, name="2CB")
    actions.move_pupil(pupil=summer.noor, to=other, on=FIRST_DAY, by=summer.maes, at=clock.now())

    with pytest.raises(actions.BuiltUpon, match="1 tie changed or ended"):
        actions.take_back(school_year=summer.next, by=summer.maes, at=clock.now())


def test_what_was_decided_leaves_a_trace_that_says_no_decision(summer):
    decide_all(summer)
    bring_forward(summer)

    traces = Trace.objects.filter(about=summer.emma)
    assert "structure.decide_next_year" in traces.values_list("act", flat=True)
    assert not [trace for trace in traces if REPEATS in f"{trace.subject}{trace.details}"]


def test_the_new_year_says_what_is_not_settled(summer):
    decide_all(summer)
    decide(summer, summer.class_4tta, to=OUT)
    bring_forward(summer)
    TeachingAssignment.objects.filter(group__school_year=summer.next).delete()
    Tutorship.objects.filter(class_group__school_year=summer.next).delete()

    lacking = {str(check.title): check.count for check in queries.readiness(summer.next) if not check.is_done}

    assert lacking["Each class has a titulaire"] == 3
    assert lacking["Each group has a teacher"] == 5
    assert lacking["Each pupil of the year before is settled"] == 1  # Zoé waits


def test_a_year_that_is_still_empty_does_not_say_that_all_is_well(summer):
    lacking = {str(check.title): check.count for check in queries.readiness(summer.next) if not check.is_done}

    assert lacking["The school year has its classes"] == 1
    assert lacking["Each pupil of the year before is settled"] == len(list(plan_of(summer).pupils))


def test_the_worker_does_it_and_the_page_leads_there(summer, visit, tap, django_capture_on_commit_callbacks):
    decide_all(summer)
    ids = {"school_year_id": summer.next.pk}

    asked = visit("structure:rollover_application", as_=summer.maes, **ids)
    assert "3 classes are made" in asked.text
    assert not summer.next.class_groups.exists()
    seen = {"confirmed": "yes", "seen": plan_of(summer).fingerprint}
    tap("structure:rollover_application", {"confirmed": "yes"}, **ids)
    tap("structure:rollover_application", seen | {"seen": "another"}, **ids)
    assert not Rollover.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        answer = tap("structure:rollover_application", seen, **ids)
    again = tap("structure:rollover_application", {**seen, "again": "1"}, **ids)
    assert "being brought forward already" in again.text
    do_what_waits()

    assert Rollover.objects.count() == 1
    followed = visit("work:work", work_id=int(answer.headers["Location"].rstrip("/").rpartition("/")[2]))
    assert followed.headers["Location"].endswith(f"/year/{summer.next.pk}/rollover/")
    page = visit("structure:rollover", **ids)
    assert "Take it back" in page.text
    tap("structure:rollover_taking_back", {"confirmed": "yes"}, **ids)
    assert not summer.next.class_groups.exists()
