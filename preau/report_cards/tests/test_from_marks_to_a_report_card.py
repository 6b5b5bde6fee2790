import hashlib
import io
from datetime import timedelta

import pytest
from pypdf import PdfReader

from preau.gradebook.actions import close_period, reopen_gradebook
from preau.gradebook.models import Grade
from preau.gradebook.tests.builders import grade
from preau.grading.models import Closing
from preau.kit import clock, jobs
from preau.report_cards import actions, queries
from preau.report_cards.models import Build, Drawing, ReportCard
from preau.trail.models import Trace
from preau.work.models import State, Work

from .builders import CONFIRMED, EVENING, FRIDAY, card_of, content, graded, made, text_of


@pytest.mark.django_db(transaction=True)
def test_the_head_closes_makes_looks_and_publishes(school, visit, tap):
    graded(school)
    period = {"period_id": school.december.pk}
    page = visit("report_cards:period", as_=school.pirard, **period)
    assert page.context["state"].missing.open_gradebooks == 4

    tap("report_cards:closing", CONFIRMED, as_=school.pirard, htmx=False, **period)
    answer = tap("report_cards:builds", CONFIRMED, as_=school.pirard, htmx=False, **period)
    jobs.do_what_waits()

    build = Build.objects.get()
    assert answer.headers["Location"].endswith(f"/work/{build.work_id}/")
    assert "The 4 report cards are ready." in visit("work:work", work_id=build.work_id).text
    assert Drawing.objects.count() == 4
    with clock.at(EVENING):
        tap("report_cards:publication", CONFIRMED | {"on": ""}, as_=school.pirard, htmx=False, **period)
        assert (
            visit("report_cards:card", as_=school.samira, card_id=card_of(school.noor).pk).status_code == 200
        )
    assert set(Trace.objects.values_list("act", flat=True)) >= {"report_cards.build", "report_cards.publish"}


def test_the_document_is_tagged_numbered_and_kept(school, visit):
    graded(school)
    made(school, draw=True)
    card = card_of(school.noor)

    document = content(visit("report_cards:document", as_=school.vandamme, card_id=card.pk))

    catalogue = (reader := PdfReader(io.BytesIO(document))).root_object
    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "fr-BE"
    assert b"pdfuaid:part>1<" in catalogue["/Metadata"].get_data()
    assert "Noor Haddad" in reader.metadata.title
    assert hashlib.sha256(document).hexdigest() == card.drawing.sha256
    assert card.number == "2026-P2-0003"
    for said in ("Noor Haddad", "Math", card.number, card.readable_code):
        assert said in text_of(document)


def test_a_card_made_without_its_document_gets_the_same_one_when_it_is_opened(school, visit):
    graded(school)
    made(school, draw=False)
    card = card_of(school.noor)

    first = content(visit("report_cards:document", as_=school.vandamme, card_id=card.pk))
    Drawing.objects.all().delete()

    assert content(visit("report_cards:document", card_id=card.pk)) == first
    assert Drawing.objects.get().sha256 == hashlib.sha256(first).hexdigest()


def test_making_again_keeps_the_cards_that_say_the_same(school):
    graded(school)
    first = made(school)
    before = {card.pupil_id: (card.pk, card.number) for card in ReportCard.objects.all()}
    assert (first.made, first.kept, first.closed) == (4, 0, 4)

    reopen_gradebook(
        group=school.physics_5ttb, period=school.december, because="Erreur", by=school.pirard, at=EVENING
    )
    test = school.physics_5ttb.assessments.get()
    grade(test, school.alma, "15", by=school.thys, version=1)
    second = made(school, at=EVENING)

    after = {card.pupil_id: (card.pk, card.number) for card in ReportCard.objects.all()}
    assert (second.made, second.kept, second.closed) == (1, 3, 1)
    assert {key for key in before if before[key] != after[key]} == {school.alma.pk}
    assert after[school.alma.pk][1] == before[school.alma.pk][1]
    assert card_of(school.alma).facts["summary"]["average"] == "75"


def test_open_gradebooks_are_closed_first_on_screen(school, tap):
    graded(school)

    answer = tap("report_cards:builds", CONFIRMED, as_=school.maes, htmx=False, period_id=school.december.pk)

    assert answer.status_code == 422
    assert "Gradebooks still open: 4" in answer.text
    assert not Build.objects.exists()


def test_two_cannot_make_them_at_once_but_a_dead_build_is_no_obstacle(school):
    graded(school)
    close_period(period=school.december, by=school.pirard, at=FRIDAY)
    order = {"period": school.december, "by": school.pirard, "at": FRIDAY}
    with clock.at(FRIDAY):
        first = actions.order_build(**order)
        with pytest.raises(actions.BuildUnderWay):
            actions.order_build(**order)
        Work.objects.update(begun_at=FRIDAY)
    with clock.at(FRIDAY + timedelta(minutes=3)):
        assert Work.objects.get(pk=first.work_id).state == State.LOST
        assert actions.order_build(**order).work.is_under_way


def test_a_build_that_dies_while_drawing_publishes_nothing_and_goes_on_where_it_stopped(school, monkeypatch):
    graded(school)
    module = actions.making

    def dies(*_what, **_how):
        raise OSError("No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(module, "draw_what_is_missing", dies)
        with pytest.raises(OSError, match="No space"):
            made(school, draw=True)
    dead = Build.objects.get()
    assert dead.work.state == State.REFUSED
    assert dead.work.refusal == "Something went wrong on our side. Ask for it again."
    with pytest.raises(actions.NothingBuilt):
        actions.publish_report_cards(period=school.december, by=school.pirard, at=EVENING)

    second = made(school, at=EVENING, draw=True)

    assert (second.made, second.kept, Drawing.objects.count()) == (0, 4, 4)


def test_a_build_that_dies_before_the_cards_leaves_none(school, monkeypatch):
    graded(school)
    monkeypatch.setattr(ReportCard.objects, "bulk_create", lambda *_a, **_h: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        made(school)

    assert not ReportCard.objects.exists()


def test_progress_is_told_to_whoever_waits(school):
    graded(school)
    told = []

    actions.build_report_cards(
        period=school.december, by=None, at=FRIDAY, progress=lambda done, total: told.append((done, total))
    )

    assert told[0] == (0, 4)
    assert told[-1] == (4, 4)


def test_the_card_of_one_pupil_closes_no_gradebook_and_is_no_whole_build(school):
    graded(school)

    build = actions.build_report_cards(
        period=school.december, by=None, at=FRIDAY, pupils=[school.noor.pk], draw=False
    )

    assert (build.made, build.closed, Closing.objects.count()) == (1, 0, 0)
    with pytest.raises(actions.NothingBuilt):
        actions.publish_report_cards(period=school.december, by=None, at=FRIDAY)


def test_missing_is_counted_class_by_class(school):
    graded(school)
    Grade.objects.filter(pupil=school.emma, assessment__period=school.december).delete()

    missing = queries.missing_before(school.december)

    states = {state.class_group.name: state for state in missing.classes}
    assert missing.open_gradebooks == 4
    assert states["4TTA"].open_gradebooks == 2
    assert states["4TTA"].missing_grades == 4
    assert states["4TTA"].missing_comments == 3
    assert states["4TTA"].missing_words == 2
    assert not states["2CB"].is_complete


def test_the_page_of_a_period_asks_the_same_number_of_questions_whatever_the_school(
    school, visit, django_assert_max_num_queries
):
    graded(school)
    made(school)
    visit("report_cards:period", as_=school.pirard, period_id=school.december.pk)

    with django_assert_max_num_queries(32):
        visit("report_cards:period", period_id=school.december.pk)
