from datetime import timedelta

import pytest

from preau.gradebook.actions import write_comment
from preau.kit import clock
from preau.report_cards import actions, queries
from preau.report_cards.models import Reading, ReportCard

from .builders import EVENING, FRIDAY, card_of, content, graded, published


@pytest.fixture
def at_home(school):
    graded(school)
    write_comment(
        group=school.maths_4tta,
        period=school.december,
        pupil=school.noor,
        text="Refaites les exercices <à froid>.",
        by=school.vandamme,
        at=FRIDAY,
    )
    published(school)
    with clock.at(EVENING):
        yield card_of(school.noor)


def test_a_mother_finds_both_children_and_reads(school, at_home, visit):
    listed = visit("report_cards:mine", as_=school.samira)
    assert [child.pupil for child in listed.context["children"]] == [school.elias, school.noor]

    page = visit("report_cards:card", card_id=at_home.pk)

    assert "Refaites les exercices &lt;à froid&gt;." in page.text
    assert "How is this made up?" in page.text
    assert "Failed periods a week" in page.text
    assert queries.unread_by(school.samira) == 1


def test_today_tells_until_it_is_read_and_acknowledged(school, at_home, visit, tap):
    today = visit("portal:today", as_=school.samira)
    assert "report card “Décembre” is here" in today.text
    visit("report_cards:card", card_id=at_home.pk)
    assert "The tutor waits for your acknowledgement" in visit("portal:today").text

    tap("report_cards:acknowledgement", as_=school.samira, card_id=at_home.pk)
    tap("report_cards:acknowledgement", as_=school.samira, card_id=at_home.pk)

    assert Reading.objects.exclude(acknowledged_at=None).get().reader == school.samira
    assert school.noor.pk not in queries.waiting_cards(school.samira)
    assert "You took note of this report card" in visit("report_cards:card", card_id=at_home.pk).text


def test_the_pupil_reads_first_and_the_mother_is_told(school, at_home, visit):
    visit("report_cards:card", as_=school.noor, card_id=at_home.pk)

    assert "Noor read it" in visit("portal:today", as_=school.samira).text


def test_a_father_without_the_right_hears_nothing(school, at_home, visit, tap):
    assert "is here" not in visit("portal:today", as_=school.karim).text
    assert tap("report_cards:acknowledgement", as_=school.karim, card_id=at_home.pk).status_code == 404


def test_seeing_marks_is_not_signing(school, at_home, visit, tap):
    school.noor.guardianships.filter(guardian=school.samira).update(may_sign=False)

    assert visit("report_cards:card", as_=school.samira, card_id=at_home.pk).status_code == 200
    assert tap("report_cards:acknowledgement", as_=school.samira, card_id=at_home.pk).status_code == 404
    assert Reading.objects.exists()


def test_the_document_comes_as_a_private_file(school, at_home, visit):
    answer = visit("report_cards:document", as_=school.samira, card_id=at_home.pk)

    assert content(answer).startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == f'inline; filename="{at_home.number}-v1.pdf"'
    saved = visit("report_cards:document", query={"save": "1"}, card_id=at_home.pk)
    assert saved.headers["Content-Disposition"].startswith("attachment")


def test_the_file_of_the_pupil_shows_the_cards_to_those_who_may_read_them(school, at_home, visit):
    mine = f'href="/report-cards/{at_home.pk}/"'
    assert mine in visit("portal:pupil", as_=school.samira, pupil_id=school.noor.pk).text
    assert mine not in visit("portal:pupil", as_=school.karim, pupil_id=school.noor.pk).text


def test_reading_costs_a_fixed_number_of_queries(school, at_home, visit, django_assert_max_num_queries):
    visit("report_cards:card", as_=school.samira, card_id=at_home.pk)

    with django_assert_max_num_queries(18):
        visit("report_cards:card", card_id=at_home.pk)


def test_who_has_read_and_who_took_note_is_counted_once_each_with_the_first_moment(school, at_home, visit):
    later = EVENING + timedelta(hours=1)
    visit("report_cards:card", as_=school.noor, card_id=at_home.pk)
    for moment in (EVENING, later):
        actions.acknowledge(card=at_home, by=school.samira, at=moment)

    known = Reading.objects.order_by("reader").values_list("reader", "acknowledged_at")
    assert set(known) == {(school.noor.pk, None), (school.samira.pk, EVENING)}
    card = ReportCard.objects.filter(pk=at_home.pk).with_readers().get()
    assert (card.readers, card.acknowledged) == (2, 1)
    mine = ReportCard.objects.filter(pk=at_home.pk)
    assert mine.as_read_by(school.noor).values_list("is_read", "is_acknowledged").get() == (True, False)
    assert mine.as_read_by(school.karim).values_list("is_read", "is_acknowledged").get() == (False, False)
    assert list(mine.unread_by(school.karim)) == [at_home]
    assert not mine.unread_by(school.samira).exists()
