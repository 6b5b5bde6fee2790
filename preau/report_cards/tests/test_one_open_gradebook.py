"""One open gradebook keeps back its own classes, and nobody else's."""

from datetime import timedelta

import pytest

from preau.gradebook.actions import close_period
from preau.gradebook.models import Grade
from preau.kit import clock
from preau.report_cards import actions, queries
from preau.report_cards.models import ReportCard
from preau.report_cards.rules import may_read_card
from preau.structure.models import GroupMembership

from .builders import CONFIRMED, EVENING, FRIDAY, graded

LATER = FRIDAY + timedelta(hours=5)


def pupils_with_a_card():
    return set(ReportCard.objects.values_list("pupil__given_name", flat=True))


@pytest.fixture
def one_late(school):
    """Everybody closes but Marc Thys, who teaches Alma physics in 5TTB."""
    graded(school)
    groups = [
        school.maths_4tta,
        school.french_2cb,
        school.class_4tta.year_level.courses.get(name="Français 5").groups.get(),
    ]
    close_period(period=school.december, groups=groups, by=school.pirard, at=FRIDAY)
    return {"period_id": school.december.pk}


def ordered(school, by, at):
    with clock.at(at):
        build = actions.order_build(period=school.december, by=by, at=at)
        actions.make_ordered(build=build)
    build.refresh_from_db()
    return build


def test_the_classes_that_are_closed_get_their_cards_and_the_book_stays_open(school, one_late, visit):
    with clock.at(FRIDAY):
        asked = visit("report_cards:builds", as_=school.maes, **one_late).text
    assert "3 report cards are made" in asked
    assert "1 class waits for an open gradebook, and gets its cards another time: 5TTB." in asked

    build = ordered(school, school.maes, FRIDAY)

    assert (build.made, build.closed) == (3, 0)
    assert pupils_with_a_card() == {"Noor", "Emma", "Elias"}
    assert not school.physics_5ttb.closings.exists()


def test_they_are_published_without_waiting_and_the_late_class_opens_by_the_hand_of_the_head(
    school, one_late, visit, tap
):
    ordered(school, school.maes, FRIDAY)
    with clock.at(EVENING):
        assert "5TTB" in visit("report_cards:publication", as_=school.pirard, **one_late).text
        tap("report_cards:publication", CONFIRMED | {"on": ""}, **one_late)
        assert may_read_card.allows(school.noor, ReportCard.objects.get(pupil=school.noor))
    close_period(period=school.december, by=school.thys, at=EVENING)

    ordered(school, school.maes, EVENING)
    assert "Alma" not in pupils_with_a_card()  # The secretary opens nothing to families.
    with clock.at(LATER):
        told = visit("report_cards:builds", as_=school.maes, **one_late).text
        assert "the head or a deputy opens its cards" in told
        told = visit("report_cards:builds", as_=school.pirard, **one_late).text
        assert "1 class that was late gets its cards, and they open like the others: 5TTB." in told

    ordered(school, school.pirard, LATER)

    with clock.at(LATER):
        assert may_read_card.allows(school.alma, ReportCard.objects.get(pupil=school.alma))


def test_a_book_closed_since_holds_up_nobody_whose_card_it_is_not_on(school, one_late):
    ordered(school, school.pirard, FRIDAY)
    close_period(period=school.december, by=school.thys, at=EVENING)

    assert not queries.changes_since(queries.last_build(school.december))
    actions.publish_report_cards(period=school.december, by=school.pirard, at=EVENING)


def test_who_is_late_is_told_teacher_by_teacher(school, one_late, visit):
    Grade.objects.filter(assessment__group=school.physics_5ttb).delete()
    with clock.at(FRIDAY):
        late = queries.late_teachers(school.december)
        page = visit("report_cards:late", as_=school.maes, **one_late).text

    assert [(line.teacher, len(line.lines), line.missing) for line in late] == [(school.thys, 1, 1)]
    assert "Thys" in page
    assert "Physique 2, 5TTB" in page
    assert "Vandamme" not in page
    close_period(period=school.december, by=school.thys, at=FRIDAY)
    assert "Nobody is late" in visit("report_cards:late", as_=school.maes, **one_late).text


def test_while_courses_are_to_settle_something_is_missing():
    nothing = dict.fromkeys(
        ("open_gradebooks", "missing_grades", "missing_comments", "missing_words", "unsettled"), 0
    )
    for name in (None, *nothing):
        missing = queries.Missing(classes=[], groups=[])
        missing.__dict__.update(nothing | ({name: 1} if name else {}))
        assert missing.is_nothing == (name is None)


def test_a_pupil_without_the_courses_of_the_class_is_counted_before_the_cards_are_made(
    school, one_late, visit
):
    missing_before = queries.missing_before(school.december).unsettled
    moved = GroupMembership.objects.filter(pupil=school.elias)
    moved.update(group=school.maths_4tta)
    school._group(
        "DUTCH", "Néerlandais", 4, school.class_4tta, school.lemaire, school.noor, school.emma, school.elias
    )
    school.class_2cb.enrolments.create(pupil=school.zoe, starts_on=school.year.starts_on)

    with clock.at(FRIDAY):
        state = next(
            c for c in queries.missing_before(school.december).classes if c.class_group == school.class_2cb
        )
        asked = visit("report_cards:builds", as_=school.maes, **one_late).text
        page = visit("report_cards:period", **one_late).text

    assert (missing_before, state.unsettled) == (0, 1)
    assert "pupils whose courses are to settle" in page
    assert "1 pupil does not follow the courses of the class" in asked
