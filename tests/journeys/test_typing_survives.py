"""
What is typed is kept, under the name of who typed it: the line is cut, the page closed, the session ended,
somebody else signs in on the same computer, the answer is lost on the way, the browser keeps nothing.
"""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, expect

from preau.follow_up.models import Measure
from preau.gradebook.models import Grade
from preau.people.models import Person
from preau.structure.models import TeachingAssignment
from tests.cast import FIRST_DAY
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PASSWORD

KEPT = "Everything is kept"
WAITING = "1 waiting for the connection"
SENDING = ("/cells/", "/changes/", "/design/sender/")
ADD_A_MEASURE = """async ([address, fields]) => {
    const { queue } = await import("design/elements/offline-queue.js");
    await queue.enqueue({ address, fields, label: `Measure ${fields.label}` });
}"""
TAKEN_BACK_WHILE_THE_QUEUE_READS = """async () => {
    const { queue } = await import("design/elements/offline-queue.js");
    const read = queue.store.all.bind(queue.store);
    const hasRead = new Promise((resolve) => {
        queue.store.all = async () => {
            const kept = await read();
            resolve();
            await new Promise((later) => setTimeout(later, 300));
            return kept;
        };
    });
    const sent = queue.send();
    await hasRead;
    await queue.forget(...queue.all);
    await sent;
    return queue.all.length;
}"""
NOTHING_IS_KEPT = (
    "IDBFactory.prototype.open = () => { throw new DOMException('closed', 'InvalidStateError'); };"
)


@pytest.fixture
def school(stage):
    Grade.objects.all().delete()
    return stage.cast


@pytest.fixture
def sheet(school):
    return reverse("gradebook:sheet", args=[school.maths_4tta.pk, school.december.pk])


def cells(page: Page):
    return page.locator("tbody tr td.g:nth-child(2) input")


def type_grade(page: Page, points: str) -> None:
    cells(page).first.focus()
    page.keyboard.type(points)
    page.keyboard.press("Enter")


def sync(page: Page):
    return page.locator("#sync")


def enter(page: Page, person: Person) -> None:
    person.account.set_password(PASSWORD)
    person.account.save()
    page.get_by_label("User name").fill(person.account.username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "/account/" not in address)


@pytest.fixture
def type_away(window, come_in, school, sheet):
    """Claire Vandamme types 14 while the line is cut; hand over her window and her page, still cut off."""

    def type_away(points: str = "14") -> tuple[BrowserContext, Page]:
        context = window()
        page = come_in(context, school.vandamme)
        page.goto(sheet)
        context.set_offline(True)
        type_grade(page, points)
        expect(sync(page)).to_have_text(WAITING)
        assert not Grade.objects.exists()
        return context, page

    return type_away


def test_the_sheet_is_closed_and_the_next_page_sends_what_waits(type_away, school):
    context, page = type_away()
    page.close()
    context.set_offline(False)

    today = context.new_page()
    today.goto(reverse("portal:today"))

    expect(sync(today)).to_have_text(KEPT)
    assert (Grade.objects.get().points, Grade.objects.get().written_by) == (14, school.vandamme)


def test_a_cut_line_says_so_and_lists_what_waits(type_away):
    context, page = type_away()

    sync(page).get_by_role("button").click()

    dialog = page.get_by_role("dialog", name="Not kept yet")
    expect(dialog).to_contain_text("The connection is cut")
    expect(dialog.get_by_role("listitem")).to_have_count(1)
    expect(dialog.get_by_role("link")).to_contain_text(": 14")
    assert_usable_by_all(page)
    context.set_offline(False)
    expect(sync(page)).to_have_text(KEPT)
    expect(dialog).to_be_hidden()


def test_what_is_taken_back_while_the_queue_reads_stays_taken_back(type_away):
    _context, page = type_away()

    assert page.evaluate(TAKEN_BACK_WHILE_THE_QUEUE_READS) == 0
    expect(sync(page)).to_have_text(KEPT)


def test_somebody_else_on_the_same_computer_sends_nothing_of_mine(
    type_away, come_in, school, sheet, complaints
):
    complaints.expect_failures_at(*SENDING)
    TeachingAssignment.objects.create(
        group=school.maths_4tta, teacher=school.thys, kind="CO_TEACHER", starts_on=FIRST_DAY
    )
    context, mine = type_away()
    theirs = come_in(context, school.thys)
    context.set_offline(False)
    theirs.goto(sheet)

    expect(sync(theirs)).to_have_text(KEPT)
    expect(sync(mine)).to_have_text("1 waiting: somebody else has signed in")
    assert cells(theirs).first.input_value() == ""
    assert not Grade.objects.exists()

    come_in(context, school.vandamme).goto(sheet)
    expect(sync(mine)).to_have_text(KEPT)
    assert Grade.objects.get().written_by == school.vandamme


def test_a_session_that_ended_waits_for_its_person_to_sign_in_again(
    window, come_in, school, sheet, complaints
):
    complaints.expect_failures_at(*SENDING)
    page = come_in(window(), school.vandamme)
    page.goto(sheet)
    Session.objects.all().delete()

    type_grade(page, "14")
    expect(sync(page)).to_have_text("1 waiting: sign in again")
    assert not Grade.objects.exists()
    sync(page).get_by_role("button").click()
    page.get_by_role("link", name="Sign in again").click()
    expect(page.get_by_text("Something typed on this computer")).to_be_visible()
    assert_usable_by_all(page)
    enter(page, school.vandamme)

    page.wait_for_url(f"**{sheet}")
    expect(sync(page)).to_have_text(KEPT)
    assert Grade.objects.get().written_by == school.vandamme


def test_signing_in_again_in_another_tab_renews_the_token_and_nothing_is_lost(
    window, sign_in, come_in, school, sheet, complaints
):
    complaints.expect_failures_at(*SENDING)
    context = window()
    page = come_in(context, school.vandamme)
    page.goto(sheet)
    type_grade(page, "14")
    expect(sync(page)).to_have_text(KEPT)
    context.clear_cookies()
    sign_in(context, school.vandamme)

    cells(page).nth(1).fill("9")
    page.keyboard.press("Enter")

    expect(sync(page)).to_have_text(KEPT)
    assert [int(grade.points) for grade in Grade.objects.order_by("pk")] == [14, 9]


def test_a_refusal_after_the_line_is_back_names_its_cell_and_keeps_what_was_typed(type_away):
    context, page = type_away("24")
    context.set_offline(False)

    expect(sync(page)).to_have_text("1 not kept")
    page.reload()
    expect(sync(page)).to_have_text("1 not kept")
    expect(cells(page).first).to_have_value("24")
    expect(cells(page).first).to_have_attribute("aria-invalid", "true")
    sync(page).get_by_role("button").click()
    line = page.get_by_role("dialog").get_by_role("listitem")
    expect(line).to_contain_text("fractions_4tta: 24")
    expect(line).to_contain_text("20")
    page.keyboard.press("Escape")

    cells(page).first.focus()
    page.keyboard.press("Escape")
    expect(sync(page)).to_have_text(KEPT)
    expect(cells(page).first).to_have_value("")
    assert not Grade.objects.exists()


def test_an_answer_lost_on_the_way_writes_once(window, come_in, school, sheet, complaints):
    complaints.expect_failures_at(*SENDING)
    page = come_in(window(), school.vandamme)
    page.goto(sheet)
    page.route("**/cells/", lambda route: (route.fetch(), route.abort()), times=1)

    type_grade(page, "14")

    expect(sync(page)).to_have_text(KEPT)
    assert Grade.objects.get().version == 1


def test_typing_again_before_the_answer_is_no_conflict_with_oneself(window, come_in, school, sheet):
    page = come_in(window(), school.vandamme)
    page.goto(sheet)
    page.route("**/cells/", lambda route: (page.wait_for_timeout(800), route.continue_()), times=1)

    with page.expect_request("**/cells/"):
        type_grade(page, "14")
    type_grade(page, "15")

    expect(sync(page)).to_have_text(KEPT)
    assert (Grade.objects.get().points, Grade.objects.get().version) == (15, 2)


def test_a_form_of_any_element_is_done_once_and_refused_with_its_reasons(window, come_in, school, complaints):
    address = reverse("follow_up:measures")
    complaints.expect_failures_at(address)
    page = come_in(window(), school.pirard)
    page.goto(address)
    page.route(f"**{address}", lambda route: (route.fetch(), route.abort()), times=1)
    fields = {"code": "QUIET", "label": "local calme", "rank": "5", "withdrawn_on": ""}

    page.evaluate(ADD_A_MEASURE, [address, fields])
    page.evaluate(ADD_A_MEASURE, [address, fields | {"code": "SILENT", "label": ""}])

    expect(sync(page)).to_have_text("1 not kept")
    sync(page).get_by_role("button").click()
    expect(page.get_by_role("dialog").get_by_role("listitem")).to_contain_text("This field is required")
    assert Measure.objects.filter(code="QUIET").count() == 1
    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()
    expect(page.locator(".notice")).to_have_count(0)


def test_signing_out_says_what_is_not_kept(window, come_in, school, sheet, complaints):
    complaints.expect_failures_at(*SENDING)
    page = come_in(window(), school.vandamme)
    page.goto(sheet)
    page.route("**/cells/", lambda route: route.fulfill(status=503))
    type_grade(page, "14")
    expect(sync(page)).to_contain_text("1 waiting: the school's server")

    page.get_by_role("button", name="your account").click()
    page.get_by_role("button", name="Sign out").click()
    dialog = page.get_by_role("dialog", name="Not kept yet")
    expect(dialog).to_contain_text("sent when you sign in here again")
    dialog.get_by_role("button", name="Stay").click()
    assert page.url.endswith(sheet)

    page.get_by_role("button", name="your account").click()
    page.get_by_role("button", name="Sign out").click()
    dialog.get_by_role("button", name="Sign out all the same").click()
    expect(page.get_by_text("Something typed on this computer")).to_be_visible()
    assert "14" not in page.locator("main").inner_text()
    page.unroute("**/cells/")
    enter(page, school.vandamme)
    page.goto(sheet)
    expect(sync(page)).to_have_text(KEPT)
    expect(cells(page).first).to_have_value("14")
    assert Grade.objects.get().written_by == school.vandamme


def test_a_browser_that_keeps_nothing_says_so(window, come_in, school, sheet):
    context = window()
    context.add_init_script(NOTHING_IS_KEPT)
    page = come_in(context, school.vandamme)
    page.goto(sheet)
    context.set_offline(True)

    type_grade(page, "14")
    expect(sync(page)).to_have_text("1 waiting, and this browser keeps nothing: leave the page open")
    context.set_offline(False)
    expect(sync(page)).to_have_text(KEPT)
    assert Grade.objects.get().points == 14
