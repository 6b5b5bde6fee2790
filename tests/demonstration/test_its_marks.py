"""Four periods closed and published, June under way: what one finds in the gradebooks and at home."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F

from preau.gradebook.models import Assessment, Comment, Grade, PastGrade, Publication
from preau.gradebook.queries import missing_grades_of, period_results
from preau.grading.models import Closing, CourseResult
from preau.kit.demo import DAY
from preau.kit.modules import Stage
from preau.people.models import Person
from preau.portal.models import RollOut, Use
from preau.report_cards.models import Hold, Reading, Release, ReportCard
from preau.report_cards.rules import may_read_card
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod
from preau.trail.models import Trace

pytestmark = pytest.mark.usefixtures("lycee")
CLOSED = ["P1", "P2", "P3", "P4"]


def who(username: str) -> Person:
    return Person.objects.get(account__username=username)


def period(code: str) -> ReportPeriod:
    return ReportPeriod.objects.get(code=code)


# Gradebooks.
def test_four_periods_are_closed_and_june_is_open():
    closed = Closing.objects.values_list("period__code", flat=True).distinct()

    assert sorted(closed) == CLOSED
    assert Closing.objects.filter(reopened_at=None).count() == 4 * CourseGroup.objects.count()


def test_the_results_of_closed_periods_are_what_their_grades_make():
    december = period("P2")
    rows = CourseResult.objects.filter(period=december).exclude(computed_at=None).select_related("group")
    kept = {(row.pupil_id, row.group.course_id): row for row in rows}

    afresh = period_results(december, anew=True)

    assert afresh.keys() == kept.keys()
    assert all(
        (afresh[key].computed, afresh[key].computed_share) == (row.computed, row.share)
        for key, row in kept.items()
    )


def test_a_teacher_and_a_tutor_have_examinations_to_type():
    june = period("JUIN")

    assert missing_grades_of(who("teacher"), june) >= 1
    assert missing_grades_of(who("tutor"), june) >= 1


def test_the_grades_of_those_who_were_there_and_of_nobody_else():
    strangers = Grade.objects.exclude(
        pk__in=Grade.objects.filter(
            pupil__memberships__group=F("assessment__group"),
            pupil__memberships__starts_on__lte=F("assessment__held_on"),
        ).values("pk")
    )

    assert not strangers.exists()


def test_no_grade_is_given_before_its_test_nor_after_today():
    assert not Grade.objects.filter(assessment__held_on__gt=DAY).exists()
    assert not Grade.objects.filter(written_at__date__gt=DAY).exists()


def test_points_stay_within_what_there_was_to_earn():
    assert not Grade.objects.filter(points__gt=F("assessment__max_points")).exists()
    assert Grade.objects.filter(points=F("assessment__max_points")).exists()


def test_tests_are_held_on_school_days_of_their_period():
    for assessment in Assessment.objects.select_related("period"):
        assert assessment.period.starts_on <= assessment.held_on < assessment.period.ends_on
        assert assessment.held_on.weekday() < 5
    assert not Assessment.objects.filter(held_on=date(2026, 11, 11)).exists()


def test_examinations_are_read_once_the_period_is_over():
    exams = Publication.objects.filter(assessment__category__code="EXAMEN")

    assert set(exams.values_list("assessment__period__code", flat=True)) == {"P2"}
    assert Publication.objects.filter(assessment__period__code="JUIN").exists()


def test_a_corrected_grade_keeps_what_it_was():
    past = PastGrade.objects.select_related("grade").exclude(grade__points=None).first()

    assert past.version < past.grade.version
    assert past.grade.reason


def test_results_lifted_by_a_teacher_keep_what_was_computed():
    lifted = CourseResult.objects.exclude(chosen=None)

    assert lifted.exists()
    assert all(row.computed < 50 == row.chosen and row.chosen_because and row.chosen_by for row in lifted)


def test_camilles_only_examination_in_maths_is_a_certificate():
    result = CourseResult.objects.get(
        pupil=who("camille.evrard"), period__code="P2", group__course__subject__code="MATH"
    )

    assert (result.exam, result.exam_token) == (None, "CM")
    assert result.computed == result.daily_work


def test_remediation_has_no_assessment():
    remediation = CourseGroup.objects.filter(course__status__code="REM")

    assert remediation.exists()
    assert not Assessment.objects.filter(group__in=remediation).exists()


def test_comments_are_short_enough_to_be_read():
    lengths = [len(text) for text in Comment.objects.values_list("text", flat=True)]

    assert min(lengths) >= 40
    assert max(lengths) <= 220


def test_a_mark_stays_with_the_group_in_which_it_was_given():
    maths = CourseResult.objects.filter(pupil=who("mehdi.tazi"), group__course__subject__code="MATH")

    periods = dict(
        maths.order_by("period__starts_on").values_list("period__code", "group__course__weekly_periods")
    )
    assert periods["P1"] == 4
    assert periods["P3"] == periods["P4"] == 6


# Report cards.
def test_the_cards_of_closed_periods_went_home():
    assert sorted(Release.objects.values_list("period__code", flat=True)) == CLOSED
    assert ReportCard.objects.filter(period__code="P4", version=1).count() == 60
    assert all(card.is_intact for card in ReportCard.objects.all()[:50])


def test_the_pupil_who_came_in_january_has_no_card_of_december():
    codes = ReportCard.objects.filter(pupil=who("andrei.popescu")).values_list("period__code", flat=True)

    assert sorted(codes) == ["P3", "P4"]


@pytest.mark.parametrize("username", ["pupil", "parent"])
def test_noor_and_her_mother_read_noors_cards(username):
    cards = may_read_card.among(ReportCard.objects.filter(pupil=who("pupil")), who(username))

    assert cards.count() == 4


def test_her_father_does_not():
    assert not may_read_card.among(ReportCard.objects.all(), who("karim.haddad")).exists()


def test_a_published_card_was_corrected():
    first, second = ReportCard.objects.filter(pupil=who("antoine.gilson"), period__code="P4").order_by(
        "version"
    )

    assert (first.version, second.version) == (1, 2)
    assert second.reason
    assert first.facts != second.facts


def test_a_card_waited_for_a_meeting_and_was_let_go():
    assert Hold.objects.get().lifted_at is not None


def test_most_families_have_read_and_some_have_taken_note():
    cards, readers = ReportCard.objects.count(), Reading.objects.values("card").distinct().count()

    assert readers > 0.7 * cards
    assert 0 < Reading.objects.exclude(acknowledged_at=None).count() < Reading.objects.count()
    assert not Reading.objects.filter(at__date__gt=DAY).exists()


def test_only_those_who_may_sign_took_note():
    unsigned = Reading.objects.exclude(acknowledged_at=None).exclude(reader__wards__may_sign=True)

    assert not unsigned.exists()


def test_noor_and_her_mother_have_a_card_to_read():
    assert not Reading.objects.filter(
        card__period__code="P4", reader__in=[who("pupil"), who("parent")]
    ).exists()


def test_what_the_head_did_with_cards_is_not_of_today():
    acts = Trace.objects.filter(act__startswith="report_cards.")

    assert acts.filter(act="report_cards.lift_hold").exists()
    assert not acts.filter(at__date=DAY).exists()


# Roll-out.
def test_modules_opened_stage_by_stage_and_are_used():
    stages = list(RollOut.objects.filter(module="gradebook", audience="PUPILS").order_by("starts_on"))

    assert [stage.stage for stage in stages] == [Stage.OPEN, Stage.LAUNCHED]
    assert Use.objects.exists()
    assert not Use.objects.filter(on__gte=DAY).exists()


def test_every_grade_is_of_a_member_and_out_of_a_round_or_odd_maximum():
    assert GroupMembership.objects.count() < Grade.objects.count()
    assert Decimal(37) in set(Assessment.objects.values_list("max_points", flat=True))
