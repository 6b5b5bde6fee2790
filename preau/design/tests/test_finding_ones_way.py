"""The navigation: who is shown what, and which line this page belongs to."""

from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve, reverse

from preau.design import context
from preau.design.context import Navigation, SchoolFace, house, school_comes_from
from preau.kit import modules
from preau.kit.access import signed_in, standing
from preau.kit.modules import MenuEntry, Module
from tests.drawn import in_one_line

teachers = standing("teachers", lambda person: person.teaches)
heads = standing("the head", lambda person: person.leads)


@pytest.fixture
def house_of_three(monkeypatch):
    """A house whose modules we know: Today, a book for teachers, an office for the head."""
    asked = []

    def to_type(person):
        asked.append(person)
        return 12

    book = MenuEntry("Book", "table", "portal:search", teachers, count=to_type, on_phone=True)
    office = MenuEntry("Office", "gauge", "portal:help", heads)
    nowhere = MenuEntry("Nowhere", "x", "nowhere:at_all", signed_in)
    today = MenuEntry("Today", "sun", "portal:today", on_phone=True)
    known = {
        "portal": Module("portal", "Today", "sun", 0, (today,)),
        "book": Module("book", "Book", "table", 110, (book, nowhere)),
        "office": Module("office", "Office", "gauge", 900, (office,)),
    }
    monkeypatch.setattr(modules, "_modules", known)
    monkeypatch.setattr(modules, "_who_knows_stages", None)
    return asked


def someone(*, teaches=True, leads=False):
    return SimpleNamespace(teaches=teaches, leads=leads, full_name="C V", initials="CV", tint=0)


def standing_at(address, person, **kwargs):
    request = RequestFactory().get(reverse(address, kwargs=kwargs))
    request.person = person
    request.resolver_match = resolve(request.path)
    return request


def labels(navigation):
    return [str(link.label) for link in navigation.links]


def test_everybody_is_shown_what_is_theirs_and_nothing_else(house_of_three):
    assert labels(Navigation(standing_at("portal:today", someone()))) == ["Today", "Book"]
    assert labels(Navigation(standing_at("portal:today", someone(teaches=False, leads=True)))) == [
        "Today",
        "Office",
    ]


def test_a_stranger_is_shown_nothing(house_of_three):
    assert not Navigation(standing_at("portal:today", None))


def test_a_closed_module_has_no_line(house_of_three, monkeypatch):
    monkeypatch.setattr(modules, "_who_knows_stages", lambda person: frozenset({"book"}))
    assert labels(Navigation(standing_at("portal:today", someone()))) == ["Today"]


def test_modules_stand_in_sections_by_the_hundreds_of_their_rank(house_of_three):
    navigation = Navigation(standing_at("portal:today", someone(leads=True)))
    assert [[str(link.label) for link in section] for section in navigation] == [
        ["Today"],
        ["Book"],
        ["Office"],
    ]


def test_the_line_of_this_page_is_marked_and_no_other(house_of_three):
    current = [
        link.label for link in Navigation(standing_at("portal:search", someone())).links if link.is_current
    ]
    assert current == ["Book"]


def test_today_is_not_the_line_of_every_page(house_of_three):
    assert not any(link.is_current for link in Navigation(standing_at("portal:profile", someone())).links)


def test_what_waits_is_counted_once_however_often_it_is_drawn(house_of_three):
    request = standing_at("portal:today", someone())
    drawn = in_one_line(render_to_string("design/page.html", house(request), request))
    assert drawn.count('<span class="count">12</span>') == 2
    assert len(house_of_three) == 1


def test_nothing_is_counted_when_no_layout_is_drawn(house_of_three):
    house(standing_at("portal:today", someone()))
    assert house_of_three == []


def test_the_bar_of_a_phone_holds_four_lines_and_says_when_the_page_is_beyond_them(house_of_three):
    navigation = Navigation(standing_at("portal:help", someone(leads=True)))
    assert [str(link.label) for link in navigation.on_phone] == ["Today", "Book"]
    assert navigation.is_beyond_the_bar


def test_the_school_shows_its_name_at_the_foot(house_of_three, monkeypatch):
    monkeypatch.setattr(context, "_who_knows_the_school", None)
    school_comes_from(lambda: SchoolFace(name="Lycée du Parc", accent="#7a1f5f", foot="2026-2027 · P1"))
    request = standing_at("portal:today", someone())
    drawn = render_to_string("design/page.html", house(request), request)
    assert "Lycée du Parc<br>2026-2027 · P1" in drawn
    assert "/design/school.css?7a1f5f" in drawn


def test_a_school_not_yet_written_down_has_no_name(monkeypatch):
    monkeypatch.setattr(context, "_who_knows_the_school", lambda: None)
    assert context.school_face() == SchoolFace()


def test_the_demonstration_says_so(house_of_three, settings):
    request = standing_at("portal:today", someone())
    settings.DEMO_MODE = True
    assert "demo-mark" in render_to_string("design/page.html", house(request), request)
    settings.DEMO_MODE = False
    assert "demo-mark" not in render_to_string("design/page.html", house(request), request)
