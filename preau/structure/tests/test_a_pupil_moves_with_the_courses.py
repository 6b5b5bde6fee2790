"""Nobody moves by half: the courses follow the class, on the same day, once the plan was read."""

from datetime import date

import pytest

from preau.structure import actions, queries
from preau.structure.models import GroupMembership

from .builders import group_of

NOVEMBER_9 = date(2026, 11, 9)
FIRST_DAY = date(2026, 8, 24)
MOVES = {"on": "2026-11-09"}


@pytest.fixture
def two_classes(school):
    """Noor and Emma are in 4TTA; Zoé, Alma and Elias in the class beside it."""
    beside = school._class("4TTB", "4", 40, None, school.zoe, school.alma, school.elias)
    return {
        "maths": school.maths_4tta,
        "dutch": group_of(school, school.class_4tta, "DUTCH", school.noor, school.emma),
        "morals": group_of(school, school.class_4tta, "MORALS", school.noor),
        "religion": group_of(school, school.class_4tta, "RELIGION", school.emma),
        "beside": beside,
        "other_maths": group_of(school, beside, "MATH", school.zoe, school.alma, school.elias),
        "other_dutch": group_of(school, beside, "DUTCH", school.zoe, school.alma, school.elias, periods=2),
        "science": group_of(school, beside, "SCIENCE", school.zoe, school.alma),
        "drawing": group_of(school, beside, "DRAWING", school.elias),
        "other_morals": group_of(school, beside, "MORALS", school.elias),
        "other_religion": group_of(school, beside, "RELIGION", school.zoe, school.alma),
    }


def followed(pupil, on):
    return set(queries.groups_followed_by(pupil, on=on))


def test_the_plan_takes_the_same_course_the_same_subject_and_what_the_class_has_in_common(
    school, two_classes
):
    plan = queries.course_plan(school.noor, two_classes["beside"], on=NOVEMBER_9)

    assert {tie.group for tie in plan.leaves} == {two_classes[name] for name in ("maths", "dutch", "morals")}
    proposed = {two_classes[name] for name in ("other_maths", "other_dutch", "science", "other_morals")}
    assert set(plan.joins) == proposed
    assert set(plan.offered) - proposed == {two_classes["other_religion"], two_classes["drawing"]}


def test_a_group_that_the_new_class_follows_too_goes_on(school, two_classes):
    GroupMembership.objects.create(group=two_classes["dutch"], pupil=school.zoe, starts_on=FIRST_DAY)

    plan = queries.course_plan(school.noor, two_classes["beside"], on=NOVEMBER_9)

    assert [tie.group for tie in plan.stays] == [two_classes["dutch"]]
    assert two_classes["other_dutch"] not in plan.joins


def test_class_and_courses_change_the_same_day_once_the_plan_was_read(school, two_classes, tap):
    beside, noor = two_classes["beside"], school.noor
    class_and_day = {"to": beside.pk, **MOVES}

    asked = tap("structure:enrolment", class_and_day, as_=school.maes, pupil_id=noor.pk)
    assert "3 courses end that day" in asked.text
    assert queries.class_of(noor) == school.class_4tta
    plan = queries.course_plan(noor, beside, on=NOVEMBER_9)
    ticked = {
        "confirmed": "yes",
        "leaves": [tie.pk for tie in plan.leaves],
        "joins": [group.pk for group in plan.joins],
    }
    stranger = ticked | {"joins": [two_classes["maths"].pk]}
    assert tap("structure:enrolment", class_and_day | stranger, pupil_id=noor.pk).status_code == 422
    assert queries.class_of(noor) == school.class_4tta

    tap("structure:enrolment", class_and_day | ticked, pupil_id=noor.pk)

    assert queries.class_of(noor) == beside
    assert followed(noor, date(2026, 11, 8)) == {two_classes[n] for n in ("maths", "dutch", "morals")}
    assert followed(noor, NOVEMBER_9) == set(plan.joins)
    assert not queries.unsettled_pupils(school.year.pk, on=NOVEMBER_9)


def test_a_move_that_cannot_be_made_shows_no_plan(school, two_classes, tap):
    ids = {"pupil_id": school.noor.pk}

    there = tap("structure:enrolment", {"to": school.class_4tta.pk, **MOVES}, as_=school.maes, **ids)
    outside = tap("structure:enrolment", {"to": two_classes["beside"].pk, "on": "2027-07-03"}, **ids)

    assert (there.status_code, "already in 4TTA" in there.text) == (422, True)
    assert (outside.status_code, "4TTB exists from" in outside.text) == (422, True)


def test_who_comes_back_gets_the_courses_of_the_class_again(school, two_classes, school_day):
    by = {"by": school.maes, "at": school_day}
    actions.end_enrolment(pupil=school.noor, on=date(2026, 10, 1), **by)

    plan = queries.course_plan(school.noor, school.class_4tta, on=NOVEMBER_9)
    assert set(plan.joins) == {two_classes[name] for name in ("maths", "dutch", "morals")}
    actions.bring_to_class(
        pupil=school.noor, to=school.class_4tta, on=NOVEMBER_9, leaves=(), joins=plan.joins, **by
    )

    assert followed(school.noor, NOVEMBER_9) == set(plan.joins)
    assert followed(school.noor, date(2026, 10, 15)) == set()


def test_many_move_with_their_courses_after_one_question(school, two_classes, tap):
    beside = two_classes["beside"]
    form = {"pupils": [school.noor.pk, school.emma.pk], "to": beside.pk, **MOVES}

    asked = tap("structure:moves", form, as_=school.maes)
    assert "6 memberships of groups end, 8 begin" in asked.text
    assert queries.class_of(school.noor) == school.class_4tta
    tap("structure:moves", form | {"confirmed": "yes", "with_courses": "on"})

    assert queries.pupils_of(beside).count() == 5
    assert two_classes["other_maths"] in followed(school.emma, NOVEMBER_9)
    assert two_classes["other_religion"] in followed(school.emma, NOVEMBER_9)
    assert two_classes["maths"] not in followed(school.emma, NOVEMBER_9)


def test_all_who_are_found_move_with_what_was_looked_for(school, two_classes, tap):
    form = {"everyone": "on", "q": "claes", "to": two_classes["beside"].pk, **MOVES}

    asked = tap("structure:moves", form, as_=school.maes)
    assert 'value="claes"' in asked.text
    tap("structure:moves", form | {"confirmed": "yes"})

    assert queries.class_of(school.emma) == two_classes["beside"]
    assert queries.class_of(school.noor) == school.class_4tta
    assert two_classes["maths"] in followed(school.emma, NOVEMBER_9)  # their courses did not follow


def test_readiness_names_who_moved_by_half_and_leads_to_the_courses(
    school, two_classes, school_day, tap, visit
):
    by = {"by": school.maes, "at": school_day}
    assert not queries.unsettled_pupils(school.year.pk, on=school_day.date())
    actions.move_pupil(pupil=school.noor, to=two_classes["beside"], on=NOVEMBER_9, **by)

    page = visit("structure:readiness", as_=school.maes)
    check = next(c for c in page.context["checks"] if "courses of the class" in str(c.title))
    assert check.first == [school.noor]
    assert f"/pupils/{school.noor.pk}/courses/" in page.text

    ids = {"pupil_id": school.noor.pk}
    plan = visit("structure:courses_of_pupil", **ids).context["form"]
    assert plan["on"].value() == NOVEMBER_9
    ticked = {"on": "2026-11-09", "leaves": plan["leaves"].value(), "joins": plan["joins"].value()}
    assert tap("structure:courses_of_pupil", ticked | {"on": "2026-11-31"}, **ids).status_code == 422
    tap("structure:courses_of_pupil", ticked, **ids)
    assert not queries.unsettled_pupils(school.year.pk, on=school_day.date())
    assert two_classes["maths"] not in followed(school.noor, NOVEMBER_9)


def test_what_ended_before_the_day_is_not_made_longer(school, two_classes, school_day):
    by = {"by": school.maes, "at": school_day}
    tie = school.noor.memberships.get(group=two_classes["dutch"])
    actions.end_membership(membership=tie, on=date(2026, 10, 1), **by)

    assert actions.settle_courses(pupil=school.noor, leaves=[tie], joins=[], on=NOVEMBER_9, **by) == 0

    assert school.noor.memberships.get(pk=tie.pk).ends_on == date(2026, 10, 1)


def test_who_is_in_no_class_is_enrolled_first(school, visit):
    answer = visit("structure:courses_of_pupil", as_=school.maes, pupil_id=school.zoe.pk)

    assert answer.headers["Location"].endswith(f"/pupils/{school.zoe.pk}/class/")
