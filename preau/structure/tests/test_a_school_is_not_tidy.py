"""A summer in a real school: pupils leave in August, classes get other names, codes are used twice."""

from datetime import date, timedelta

import pytest

from preau.kit import clock
from preau.people.ties import in_force
from preau.structure import actions, queries
from preau.structure.actions import Decided
from preau.structure.models import (
    OUT,
    ClassGroup,
    ClassStep,
    Course,
    CourseGroup,
    Enrolment,
    GroupMembership,
    PupilStep,
    Subject,
    TeachingAssignment,
    Tutorship,
    YearLevel,
)
from tests.cast import FIRST_DAY as BEGAN

from .builders import (
    JULY,
    PASSES,
    REPEATS,
    a_year_ends,
    bring_forward,
    decide,
    decide_all,
    group_in,
    group_of,
    plan_of,
)

FIRST_DAY = date(2027, 8, 23)
AUGUST = date(2027, 8, 10)


@pytest.fixture
def summer(school):
    """Noor and Emma end 4TTA, Elias 2CB, and Alma and Zoé 5TTA, the last year; see `a_year_ends`."""
    with clock.at(JULY):
        a_year_ends(school)
        yield school


def settle(school, class_group, **more):
    facts = {"to": "", "is_carried": True, "tutors_stay": True, "tutor": None, "decided": []} | more
    how = {"school_year": school.next, "by": school.maes, "at": clock.now()}
    return actions.settle_class(class_group=class_group, **facts, **how)


def where(plan):
    return {each.pupil.given_name: each.to for each in plan.pupils}


def courses_to_choose(plan):
    return [
        one.words
        for each in queries.to_settle(plan)
        if str(each.title) == "Courses to choose"
        for one in each.named
    ]


def class_called(school, name):
    return ClassGroup.objects.get(school_year=school.next, name=name)


class TestWhoLeaves:
    def test_in_august_does_not_come_back_with_those_who_were_late(self, summer):
        decide_all(summer)
        bring_forward(summer)
        with clock.at(AUGUST):
            how = {"by": summer.maes, "at": clock.now()}
            actions.end_enrolment(pupil=summer.noor, on=date(2027, 8, 15), **how)
            decide(summer, summer.class_5tta, zoe=REPEATS)

            assert summer.noor not in [each.pupil for each in plan_of(summer).pupils]
            bring_forward(summer)

        assert not Enrolment.objects.filter(in_force(FIRST_DAY), pupil=summer.noor).exists()
        assert Enrolment.objects.filter(in_force(FIRST_DAY), pupil=summer.zoe).exists()

    def test_before_the_plan_is_carried_out_is_not_placed(self, summer):
        decide_all(summer)
        with clock.at(AUGUST):
            actions.end_enrolment(pupil=summer.noor, on=AUGUST, by=summer.maes, at=clock.now())
            bring_forward(summer)

        assert not Enrolment.objects.filter(in_force(FIRST_DAY), pupil=summer.noor).exists()

    def test_and_a_year_closed_in_august_is_read_as_it_was_then(self, summer):
        decide_all(summer)
        with clock.at(AUGUST):
            how = {"by": summer.pirard, "at": clock.now()}
            actions.end_enrolment(pupil=summer.emma, on=AUGUST - timedelta(days=3), **how)
            actions.close_school_year(school_year=summer.year, on=AUGUST, **how)

            bring_forward(summer)

        placed = Enrolment.objects.filter(in_force(FIRST_DAY))
        assert set(placed.values_list("pupil", flat=True)) == {summer.noor.pk}
        assert group_in(summer, summer.maths_5).assignments.get().teacher == summer.thys

    def test_in_september_gets_no_courses_of_a_class_that_is_left(self, summer):
        decide_all(summer)
        bring_forward(summer)
        GroupMembership.objects.filter(group__school_year=summer.next, pupil=summer.noor).delete()
        with clock.at(FIRST_DAY + timedelta(days=10)):
            actions.end_enrolment(pupil=summer.noor, on=clock.today(), by=summer.maes, at=clock.now())
            decide(summer, summer.class_5tta, zoe=REPEATS)

            bring_forward(summer)

        assert not summer.noor.memberships.filter(group__school_year=summer.next).exists()


class TestAClassThatIsNotMadeAgain:
    @pytest.fixture
    def other(self, summer):
        return ClassGroup.objects.create(
            school_year=summer.year, name="5TTC", year_level=summer.class_5tta.year_level
        )

    def test_takes_nobody_to_another_in_its_place(self, summer, other):
        chosen = [Decided(summer.noor.pk, PASSES), Decided(summer.emma.pk, PASSES, "5TTC")]
        settle(summer, summer.class_4tta, to="5TTC", decided=chosen)
        assert [where(plan_of(summer))[name] for name in ("Noor", "Emma")] == ["5TTC", "5TTC"]

        settle(summer, other, is_carried=False)

        plan = plan_of(summer)
        assert [where(plan)[name] for name in ("Noor", "Emma")] == ["", ""]
        assert plan.placements == plan.leavers == []
        unknown = next(each for each in queries.to_settle(plan) if str(each.title) == "In which class?")
        assert len(unknown.named) == 2

    def test_is_said_on_the_form_and_stays_when_something_else_is_kept(self, summer, other, visit, tap):
        chosen = [Decided(summer.noor.pk, PASSES), Decided(summer.emma.pk, PASSES, "5TTC")]
        settle(summer, summer.class_4tta, decided=chosen)
        settle(summer, other, is_carried=False)
        ids = {"class_group_id": summer.class_4tta.pk}

        page = visit("structure:rollover_class", as_=summer.maes, **ids)
        assert "5TTC (not made)" in page.text
        form = page.context["form"]
        typed = {name: form[name].value() or "" for name in form.fields}
        hidden = {
            form[name].html_initial_name: form[name].initial or "" for name in form.fields if "-" in name
        }
        tap("structure:rollover_class", typed | hidden | {"to": "4TTA"}, **ids)

        assert (where(plan_of(summer))["Noor"], where(plan_of(summer))["Emma"]) == ("4TTA", "")

    def test_sends_nobody_out_of_the_school(self, summer):
        settle(summer, summer.class_4tta, decided=[Decided(summer.noor.pk, PASSES)])
        settle(summer, summer.class_5tta, is_carried=False)

        assert where(plan_of(summer))["Noor"] == ""
        assert plan_of(summer).leavers == []

    def test_leaves_those_who_repeat_there_to_be_placed(self, summer):
        settle(summer, summer.class_4tta, is_carried=False, decided=[Decided(summer.emma.pk, REPEATS)])

        assert where(plan_of(summer))["Emma"] == ""


@pytest.mark.parametrize(
    ("code", "name", "above", "proposed"),
    [
        ("2C", "2CD", [("3G", "3GA"), ("3TT", "3TTD")], ""),  # studies part here
        ("6G", "6GA", [("7P", "7PA")], ""),  # a seventh year is another road
        ("6P", "6PA", [("7P", "7PA")], "7PA"),
        ("1C", "1CA", [("2C", "2CA"), ("2C", "2CB")], "2CA"),
        ("7P", "7PA", [], OUT),
        ("DASPA", "DASPA", [("5", "5TTA")], ""),
    ],
)
def test_the_same_letter_says_nothing_where_studies_part(summer, code, name, above, proposed):
    def level(code):
        return YearLevel.objects.get_or_create(code=code, defaults={"name": code, "rank": 70})[0]

    former = ClassGroup.objects.create(school_year=summer.year, name=name, year_level=level(code))
    for code_above, name_above in above:
        ClassGroup.objects.get_or_create(
            school_year=summer.year, name=name_above, defaults={"year_level": level(code_above)}
        )

    (plan,) = [each for each in plan_of(summer).classes if each.former == former]

    assert plan.proposed == proposed


class TestDoneAgain:
    def test_a_class_that_got_another_name_is_not_made_twice(self, summer):
        decide_all(summer)
        bring_forward(summer)
        fifth = class_called(summer, "5TTA")
        actions.change_class(class_group=fifth, name="5TTZ", by=summer.maes, at=clock.now())
        decide(summer, summer.class_5tta, zoe=REPEATS)

        plan = plan_of(summer)
        assert plan.new_classes == plan.new_groups == []
        bring_forward(summer)

        assert summer.next.class_groups.count() == 3
        assert Enrolment.objects.get(in_force(FIRST_DAY), pupil=summer.zoe).class_group == fifth
        assert summer.zoe.memberships.filter(group__school_year=summer.next).count() == 2

    def test_a_code_that_now_belongs_to_another_subject_takes_nobody_there(self, summer):
        latin = Course.objects.create(
            code="4:LAT4",
            name="Latin",
            subject=Subject.objects.create(code="LAT", name="Latin"),
            year_level=summer.class_4tta.year_level,
            weekly_periods=4,
            status=summer.common_course,
        )
        taken = CourseGroup.objects.create(
            course=latin, school_year=summer.next, code=summer.dutch_4.code, name="4TTA"
        )
        decide_all(summer)

        bring_forward(summer)

        assert not taken.memberships.exists()
        assert not taken.assignments.exists()
        assert summer.emma.memberships.get(group__school_year=summer.next).group.course.subject.code == "MATH"

    def test_a_pupil_with_one_course_by_hand_is_named_for_the_others(self, summer):
        decide_all(summer)
        bring_forward(summer)
        how = {"on": FIRST_DAY, "by": summer.maes, "at": clock.now()}
        actions.enrol_pupil(pupil=summer.zoe, class_group=class_called(summer, "5TTA"), **how)
        choir = group_of(summer, class_called(summer, "5TTA"), "CHOIR", code="x", periods=1)
        actions.add_membership(pupil=summer.zoe, group=choir, **how)

        assert courses_to_choose(plan_of(summer)) == ["Zoé Martin (5TTA: 1 period of 4)"]


class TestLivesOfPupils:
    def test_the_last_class_of_the_year_counts(self, summer):
        """Noor went to 5TTA in May; Emma left in March and came back to 4TTA in April."""
        how = {"by": summer.maes, "at": clock.now()}
        with clock.at(date(2027, 5, 3)):
            actions.end_enrolment(pupil=summer.emma, on=date(2027, 3, 1), **how)
            actions.enrol_pupil(pupil=summer.emma, class_group=summer.class_4tta, on=date(2027, 4, 12), **how)
            actions.move_pupil(pupil=summer.noor, to=summer.class_5tta, on=date(2027, 5, 3), **how)

        plan = plan_of(summer)

        assert sorted(each.pupil.given_name for each in plan.pupils) == [
            "Alma",
            "Elias",
            "Emma",
            "Noor",
            "Zoé",
        ]
        former = {each.pupil.given_name: each.former.name for each in plan.pupils}
        assert (former["Noor"], former["Emma"]) == ("5TTA", "4TTA")

    def test_two_groups_of_one_course_are_a_choice(self, summer):
        twin = group_of(summer, summer.class_4tta, "MATH", summer.emma, code="b")
        settle(summer, summer.class_4tta, decided=[Decided(summer.emma.pk, REPEATS)])

        plan = plan_of(summer)

        assert twin in [each.former for each in plan.new_groups]
        assert [group.course.subject.code for group in plan.courses[summer.emma.pk].joins] == ["DUTCH"]
        assert courses_to_choose(plan) == ["Emma Claes (4TTA: Math)"]

    def test_two_who_teach_together_both_go_on_and_who_ended_in_june_does_not(self, summer):
        together = TeachingAssignment.Kind.CO_TEACHER
        TeachingAssignment.objects.create(
            group=summer.maths_5, teacher=summer.lemaire, kind=together, starts_on=BEGAN
        )
        TeachingAssignment.objects.filter(group=summer.dutch_5).update(ends_on=date(2027, 7, 1))
        Tutorship.objects.filter(class_group=summer.class_5tta).update(ends_on=date(2027, 7, 1))
        decide_all(summer)

        plan = plan_of(summer)
        lacking = {str(each.title): [one.words for one in each.named] for each in queries.to_settle(plan)}
        assert lacking["Classes without titulaire"] == ["5TTA"]
        assert lacking["Groups without teacher"] == ["Dutch 4, 5TTA"]
        bring_forward(summer)

        taught = group_in(summer, summer.maths_5).assignments.values_list("teacher", "kind")
        assert set(taught) == {(summer.thys.pk, "MAIN"), (summer.lemaire.pk, together)}

    @pytest.mark.parametrize("days", [-20, 0, 5])
    def test_years_that_touch_or_share_days_are_brought_forward_twice_as_well(self, summer, days):
        summer.year.ends_on = FIRST_DAY + timedelta(days=days)
        summer.year.save()
        decide_all(summer)
        bring_forward(summer)
        decide(summer, summer.class_5tta, zoe=REPEATS)

        bring_forward(summer)

        followed = summer.zoe.memberships.filter(group__school_year=summer.next)
        assert set(followed.values_list("group__code", flat=True)) == {
            summer.maths_5.code,
            summer.dutch_5.code,
        }
        assert Enrolment.objects.filter(in_force(FIRST_DAY)).count() == 3


class TestTheForm:
    def sent(self, tap, school, **typed):
        form = {"to": "5TTA", "carried": "AGAIN", "tutors": "STAY", "rest": ""} | typed
        return tap("structure:rollover_class", form, as_=school.maes, class_group_id=school.class_4tta.pk)

    def test_forgets_no_class_that_was_chosen_without_a_decision(self, summer, tap):
        key = summer.noor.pk

        answer = self.sent(tap, summer, **{f"to-{key}": "5TTA"})

        assert answer.status_code == 422
        assert "Say what is decided" in answer.text
        self.sent(tap, summer, **{f"to-{key}": "5TTA", "rest": PASSES})
        steps = PupilStep.objects.values_list("pupil", "decision", "to")
        assert set(steps) == {(key, PASSES, "5TTA"), (summer.emma.pk, PASSES, "")}

    def test_who_leaves_with_all_the_others_goes_to_no_class(self, summer, tap):
        answer = self.sent(tap, summer, **{f"to-{summer.noor.pk}": "5TTA", "rest": "LEAVES"})

        assert answer.status_code == 422
        assert not PupilStep.objects.exists()

    @pytest.mark.parametrize(
        "odd",
        [
            {"to": "'; drop"},
            {"to": ""},
            {"carried": "maybe"},
            {"tutors": "OTHER"},
            {"tutors": "OTHER", "tutor": "abc"},
            {"rest": "-"},
            {"then": "boom"},
        ],
    )
    def test_what_it_does_not_understand_does_nothing(self, summer, tap, odd):
        answer = self.sent(tap, summer, **({f"decision-{summer.noor.pk}": PASSES} | odd))

        assert answer.status_code == 422
        assert not PupilStep.objects.exists()
        assert not ClassStep.objects.exists()

    def test_pupils_of_another_class_are_not_decided_about(self, summer, tap):
        self.sent(tap, summer, **{f"decision-{summer.elias.pk}": "LEAVES"})

        assert not PupilStep.objects.exists()


def test_nobody_is_asked_to_confirm_what_cannot_be_done(summer, visit):
    ids = {"school_year_id": summer.next.pk}

    def leads_back(page):
        answer = visit(page, as_=summer.maes, **ids)
        return answer.headers.get("Location") == f"/school/year/{summer.next.pk}/rollover/"

    decide_all(summer)
    assert not leads_back("structure:rollover_application")
    bring_forward(summer)
    assert leads_back("structure:rollover_application")
    assert not leads_back("structure:rollover_taking_back")
    how = {"on": FIRST_DAY, "by": summer.maes, "at": clock.now()}
    actions.enrol_pupil(pupil=summer.zoe, class_group=class_called(summer, "2CB"), **how)

    assert leads_back("structure:rollover_taking_back")
