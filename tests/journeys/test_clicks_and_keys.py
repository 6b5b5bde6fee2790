"""
How many clicks and keys daily acts cost, counted in the demonstration lycée: the figures of `clicks.toml`,
which the handbook shows to those who do them. A page that makes an act longer fails here.
"""

import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from preau.accounts.models import Account, Invitation
from preau.grading.models import Closing
from preau.kit.demo import DAY
from preau.people.models import Person, Relationship
from preau.people.queries import relatives_of
from preau.portal.models import Pilot
from preau.portal.queries.openings import persons_of
from preau.report_cards.models import Reading, ReportCard, TutorWord
from preau.report_cards.rules import may_acknowledge
from preau.structure.models import ClassGroup, Enrolment, GroupMembership, ReportPeriod
from preau.structure.queries import pupils_of
from tests.journeys.conftest import PHONE

FIGURES = tomllib.loads((Path(__file__).parent / "clicks.toml").read_text())
KEPT = "Tout est gardé"
IN_A_CELL = "() => document.activeElement.matches('tbody input')"
FAR = 60


class Hand:
    """What somebody's hand does on a page, counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.clicks = self.keys = 0

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def choose(self, where: Locator, what: str) -> None:
        """Choose in a list that unfolds: a click that opens it, and one on what is chosen."""
        self.clicks += 2
        where.select_option(what)

    def look_for(self, where: Locator, words: str) -> None:
        """Type words in a field and send them: a click in the field, and the keys."""
        self.click(where)
        self.keys += len(words) + 1
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda address: "q=" in address)


def figure(act: str) -> int:
    """The figure that an act may cost."""
    found = re.match(r"\d+", FIGURES[act]["now"])
    assert found
    return int(found.group())


def test_the_first_cell_of_a_sheet_by_keyboard(lycee, window, come_in):
    page = come_in(window(), lycee("teacher"))
    page.goto(reverse("gradebook:groups"))
    page.locator(".gradebook-tile h2 a").first.click()
    page.wait_for_load_state()

    hand = Hand(page)
    hand.press("Tab")
    hand.press("Enter")
    while not page.evaluate(IN_A_CELL) and hand.keys < FAR:
        hand.press("Tab")

    assert hand.keys <= figure("first_cell")
    page.keyboard.press("Control+Home")
    first = page.evaluate("() => document.querySelector('tbody input').name")
    assert page.evaluate("() => document.activeElement.name") == first


def test_closing_ones_book(lycee, window, come_in):
    teacher = lycee("teacher")
    page = come_in(window(), teacher)
    page.goto(reverse("portal:today"))
    before = Closing.objects.filter(reopened_at=None).count()

    hand = Hand(page)
    hand.click(page.locator(".sidebar a.nav-item", has_text="Carnet de cotes"))
    hand.click(page.get_by_role("link", name="Clôturer").first)
    hand.click(page.get_by_role("button", name="Clôturer"))
    expect(page.get_by_text("Le carnet de cotes est clôturé").first).to_be_visible()

    assert hand.clicks <= figure("closing")
    assert Closing.objects.filter(reopened_at=None).count() == before + 1


def test_the_words_of_a_titulaire(lycee, window, come_in):
    june = ReportPeriod.objects.get(code="JUIN")
    page = come_in(window(), lycee("tutor"))
    page.goto(reverse("report_cards:classes"))
    texts = page.locator("kept-text textarea")
    words = [f"Un mot pour le numéro {number}." for number in range(texts.count())]
    hand = Hand(page)
    texts.first.focus()
    for number, word in enumerate(words):
        while not texts.nth(number).evaluate("text => text === document.activeElement") and hand.keys < FAR:
            hand.press("Tab")
        page.keyboard.press("Control+a")
        page.keyboard.type(word)
    page.goto(reverse("portal:today"))
    expect(page.locator("#sync")).not_to_contain_text("non")

    kept = TutorWord.objects.filter(period=june, text__in=words)
    assert (kept.count(), hand.clicks) == (len(words), figure("words"))
    assert hand.keys <= 2 * len(words)


@pytest.fixture
def waiting_card(lycee) -> ReportCard:
    """A card that the parent of the sign-in page may take note of, and has not."""
    parent = lycee("parent")
    Reading.objects.filter(reader=parent).delete()
    return may_acknowledge.among(ReportCard.objects.order_by("-pk"), parent).first()


def test_a_parent_takes_note_in_the_first_screen(lycee, window, come_in, waiting_card):
    parent = lycee("parent")
    page = come_in(window(PHONE), parent)
    page.goto(reverse("portal:today"))

    hand = Hand(page)
    hand.click(page.locator(".ask-acts a").first)
    button = page.get_by_role("button", name="pris connaissance").first
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box
    assert box["y"] + box["height"] <= PHONE["height"]
    hand.click(button)
    expect(page.get_by_text("pris connaissance de ce bulletin").first).to_be_visible()

    assert hand.clicks <= figure("acknowledging")
    assert Reading.objects.filter(reader=parent).exclude(acknowledged_at=None).exists()


@pytest.fixture
def office(lycee) -> Person:
    """The secretary of the sign-in page, who reads Dutch there, in the French of the handbook."""
    secretary = lycee("secretary")
    secretary.language = "fr"
    secretary.save()
    return secretary


def test_who_is_late_by_teacher(office, window, come_in):
    page = come_in(window(), office)
    page.goto(reverse("portal:today"))

    hand = Hand(page)
    hand.click(page.locator(".todo a[href*='/report-cards/periods/']").first)
    hand.click(page.get_by_role("link", name="Qui est en retard, par professeur"))
    expect(page.locator("tbody tr").first).to_be_visible()

    assert hand.clicks <= figure("late")


def test_a_change_of_class_with_its_courses(office, window, come_in):
    enrolled = Enrolment.objects.in_force(DAY).select_related("pupil", "class_group").order_by("pk").first()
    pupil, here = enrolled.pupil, enrolled.class_group
    there = ClassGroup.objects.filter(year_level=here.year_level, school_year=here.school_year)
    to = there.exclude(pk=here.pk).first()
    courses = set(GroupMembership.objects.in_force(DAY).filter(pupil=pupil).values_list("group", flat=True))
    page = come_in(window(), office)
    page.goto(reverse("portal:today"))

    hand = Hand(page)
    hand.click(page.locator(".sidebar a.nav-item", has_text="Élèves"))
    hand.look_for(page.locator("main input[name=q]").first, pupil.full_name)
    hand.click(page.locator("tbody a", has_text=pupil.family_name).first)
    hand.click(page.get_by_role("link", name="Changer de classe"))
    hand.choose(page.locator("select[name=to]"), str(to.pk))
    hand.click(page.get_by_role("button", name="Voir ce qui change"))
    hand.click(page.locator("main button[type=submit]").first)
    expect(page.get_by_text("Le passé reste").first).to_be_visible()

    assert hand.clicks <= figure("change_of_class")
    assert Enrolment.objects.in_force(DAY).get(pupil=pupil).class_group == to
    now = set(GroupMembership.objects.in_force(DAY).filter(pupil=pupil).values_list("group", flat=True))
    mates = GroupMembership.objects.in_force(DAY).filter(pupil__in=pupils_of(to).exclude(pk=pupil.pk))
    assert courses - now
    assert now - courses
    assert now - courses <= set(mates.values_list("group", flat=True))


def test_the_letters_of_one_family(office, window, come_in):
    parent = Relationship.objects.in_force(DAY).order_by("pk").first().guardian
    family = {parent.pk, *relatives_of(parent).values_list("pk", flat=True)}
    Account.objects.filter(person__in=family).update(password=make_password(None))
    page = come_in(window(), office)
    page.goto(reverse("portal:today"))
    before = set(Invitation.objects.values_list("pk", flat=True))

    hand = Hand(page)
    hand.press("/")
    page.keyboard.type(parent.full_name)
    hand.click(page.locator(f".found-line[href$='{reverse('people:person', args=[parent.pk])}']").first)
    with page.expect_download():
        hand.click(page.get_by_role("button", name="Lettres pour la famille"))

    assert hand.clicks <= figure("family_letters")
    invited = set(Invitation.objects.exclude(pk__in=before).values_list("person", flat=True))
    assert len(family) > 1
    assert invited == family


@pytest.mark.parametrize("kind", ["class:", "course_group:", "staff"])
def test_a_module_for_a_pilot_group(lycee, window, come_in, kind):
    page = come_in(window(), lycee("head"))
    page.goto(reverse("portal:today"))

    hand = Hand(page)
    hand.click(page.locator(f".sidebar a.nav-item[href='{reverse('portal:roll_out')}']"))
    hand.click(page.locator("main tbody th a").first)
    circle = page.locator(f"select[name=circle] option[value^='{kind}']").first.get_attribute("value")
    hand.choose(page.locator("select[name=circle]"), circle)
    hand.click(page.get_by_role("button", name="Les laisser tous essayer"))
    hand.click(page.get_by_role("button", name="Les laisser tous essayer"))  # With how many they are.
    expect(page.get_by_text("essaient maintenant ce module").first).to_be_visible()

    assert hand.clicks <= figure("pilots")
    assert set(Pilot.objects.values_list("person", flat=True)) == {one.pk for one in persons_of(circle)}


@pytest.mark.parametrize("act", FIGURES)
def test_the_handbook_shows_both_figures(act):
    told = FIGURES[act]
    page = (Path(settings.BASE_DIR) / "docs/handbook" / told["page"]).read_text()
    assert f"| {told['act']} | {told['before']} | {told['now']} |" in page
