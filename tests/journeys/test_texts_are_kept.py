"""
What people write in more than a line is kept as they write it: the words of a titulaire, a note in a form. A
page is left, a line cut, a session ended, somebody else signs in, another writes meanwhile: nothing is lost,
nothing is told that is not so.
"""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import Page, expect

from preau.follow_up.models import AdjustmentPlan
from preau.gradebook.models import Assessment
from preau.kit import clock
from preau.report_cards.actions import write_tutor_word
from preau.report_cards.models import Release, TutorWord
from preau.structure.models import TeachingAssignment
from tests.cast import FIRST_DAY
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PASSWORD, PHONE

KEPT = "Everything is kept"
DOORS = ("/word/", "/design/sender/")


@pytest.fixture
def school(stage):
    TutorWord.objects.all().delete()
    Release.objects.all().delete()
    return stage.cast


@pytest.fixture
def address(school):
    return reverse("report_cards:class_group", args=[school.december.pk, school.class_4tta.pk])


@pytest.fixture
def page(window, come_in, school, address, complaints) -> Page:
    page = come_in(window(), school.vandamme)
    page.goto(address)
    return page


def word_to(page: Page, pupil):
    return page.get_by_label(pupil.full_name)


def sync(page: Page):
    return page.locator("#sync")


def words() -> dict[str, str]:
    return dict(TutorWord.objects.values_list("pupil__given_name", "text"))


def test_words_are_kept_without_a_button_and_the_page_may_be_left(page, school, address):
    word_to(page, school.emma).press_sequentially("Un bon début.")
    word_to(page, school.noor).press_sequentially("Du courage")
    expect(sync(page)).to_have_text(KEPT)
    expect(page.locator(".kept-says").last).to_have_text("Kept")
    expect(page.locator("kept-count")).to_have_text("2 of 2 written")
    word_to(page, school.noor).press_sequentially(", et du calme.")
    page.goto(reverse("portal:today"))

    expect(sync(page)).to_have_text(KEPT) if sync(page).inner_text() else None
    page.goto(address)
    assert word_to(page, school.noor).input_value() == "Du courage, et du calme."
    assert words() == {"Emma": "Un bon début.", "Noor": "Du courage, et du calme."}
    assert TutorWord.objects.get(pupil=school.emma).version == 1
    assert page.get_by_role("button", name="Save").count() == 0
    assert_usable_by_all(page)
    page.set_viewport_size(PHONE)
    assert_usable_by_all(page)


def test_a_dead_line_and_a_reload_keep_what_was_written(page, school, address):
    page.context.set_offline(True)
    word_to(page, school.noor).press_sequentially("Écrit dans le train.")
    expect(sync(page)).to_have_text("1 waiting for the connection")
    expect(page.locator(".kept-says").last).to_have_text("Kept in this browser, and not by the school yet")
    page.close()
    assert words() == {}

    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(address)
    expect(sync(again)).to_have_text(KEPT)
    expect(word_to(again, school.noor)).to_have_value("Écrit dans le train.")
    assert words() == {"Noor": "Écrit dans le train."}


def test_a_session_that_ended_and_somebody_else_in_between(page, school, address, complaints, come_in):
    complaints.expect_failures_at(*DOORS)
    Session.objects.all().delete()
    word_to(page, school.noor).press_sequentially("Bravo.")
    expect(sync(page)).to_have_text("1 waiting: sign in again")

    head = come_in(page.context, school.pirard)
    head.goto(address)
    assert words() == {}
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_text("Something typed on this computer")).to_be_visible()
    school.vandamme.account.set_password(PASSWORD)
    school.vandamme.account.save()
    page.get_by_label("User name").fill(school.vandamme.account.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")

    expect(sync(page)).to_have_text(KEPT)
    assert words() == {"Noor": "Bravo."}
    assert TutorWord.objects.get().written_by == school.vandamme


def test_an_answer_lost_on_the_way_is_no_quarrel_with_oneself(page, school, complaints):
    complaints.expect_failures_at(*DOORS)
    page.route("**/word/", lambda route: (route.fetch(), route.abort()), times=1)
    word_to(page, school.noor).press_sequentially("Du courage")
    expect(sync(page)).to_have_text("1 waiting for the connection")
    word_to(page, school.noor).press_sequentially(", et du calme.")

    expect(sync(page)).to_have_text(KEPT, timeout=20_000)
    assert words() == {"Noor": "Du courage, et du calme."}


def test_what_another_wrote_meanwhile_is_a_choice_that_stays(page, school):
    write_tutor_word(
        pupil=school.noor, period=school.december, text="Un autre.", by=school.pirard, at=clock.now()
    )
    word_to(page, school.noor).press_sequentially("Le mien.")
    expect(sync(page)).to_have_text("1 not kept")
    page.reload()

    expect(page.locator(".kept-says").last).to_contain_text("Paul Pirard wrote here meanwhile: “Un autre.”")
    expect(word_to(page, school.noor)).to_have_value("Le mien.")
    assert_usable_by_all(page)
    sync(page).get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text(f"Word to {school.noor.full_name}: Le mien.")
    dialog.get_by_role("link").click()
    expect(word_to(page, school.noor)).to_be_focused()
    page.get_by_role("button", name="Write mine").click()

    expect(sync(page)).to_have_text(KEPT)
    assert words() == {"Noor": "Le mien."}


def test_a_note_in_a_form_comes_back_until_the_form_is_sent(window, come_in, school):
    page = come_in(window(), school.pirard)
    plan = AdjustmentPlan.objects.filter(ends_on=None).first()
    form = reverse("follow_up:change", args=[plan.pk])
    page.goto(form)
    note = page.get_by_label("note for teachers")
    note.fill("S'asseoir devant.")
    page.wait_for_timeout(600)
    page.goto(reverse("portal:today"))
    page.goto(form)

    expect(note).to_have_value("S'asseoir devant.")
    expect(page.get_by_text("You typed this earlier, and did not send it.")).to_be_visible()
    assert_usable_by_all(page)
    page.get_by_role("button", name="Forget what I typed").click()
    expect(note).to_have_value(plan.note)
    note.fill("S'asseoir devant, près de la fenêtre.")
    page.wait_for_timeout(600)
    page.reload()
    expect(note).to_have_value("S'asseoir devant, près de la fenêtre.")
    page.locator("main form button[type=submit], main form button:not([type])").first.click()

    page.wait_for_url(lambda address: form not in address)
    plan.refresh_from_db()
    assert plan.note == "S'asseoir devant, près de la fenêtre."
    page.goto(form)
    page.wait_for_timeout(300)
    expect(page.locator(".kept-says")).to_have_count(0)


def test_somebody_else_finds_nothing_of_a_note(window, come_in, school):
    context = window()
    TeachingAssignment.objects.create(
        group=school.maths_4tta, teacher=school.thys, kind="CO_TEACHER", starts_on=FIRST_DAY
    )
    test = Assessment.objects.filter(group=school.maths_4tta, period=school.december).first()
    form = reverse("gradebook:history", args=[test.pk, school.noor.pk])
    page = come_in(context, school.vandamme)
    page.goto(form)
    page.get_by_label("Remark for the pupil").fill("Brouillon.")
    page.wait_for_timeout(600)

    other = come_in(context, school.thys)
    other.goto(form)
    other.wait_for_timeout(300)
    assert other.get_by_label("Remark for the pupil").input_value() != "Brouillon."
    mine = come_in(context, school.vandamme)
    mine.goto(form)
    expect(mine.get_by_label("Remark for the pupil")).to_have_value("Brouillon.")
