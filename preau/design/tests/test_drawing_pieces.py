"""The pieces of a page: what they draw, and that what people type stays text."""

import re
from datetime import timedelta
from decimal import Decimal
from time import process_time
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.design import pieces
from preau.design.spark import spark
from preau.design.tabs import Tab
from preau.kit import clock
from tests.drawn import in_one_line

HOSTILE = st.text(min_size=1).map(lambda words: f"\"><script>alert(1)</script>{words}' onload=x {{{{ 7 }}}}")
TAGS_OF_OURS = re.compile(r"</?(span|a|b|svg|use|section|h2|div|button|dialog|nav|progress|p|small)\b")


def draw(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/"))


def person(name: str = "Noor Haddad", initials: str = "NH", tint: int = 95) -> SimpleNamespace:
    return SimpleNamespace(full_name=name, initials=initials, tint=tint)


@pytest.mark.parametrize(
    "source",
    [
        "{% button words %}",
        "{% button words href=words icon=words name=words value=words hx_post=words %}",
        "{% badge words tone=words icon=words %}",
        "{% icon words size=words %}",
        "{% avatar person size=words %}",
        "{% person_line person words href=words %}",
        "{% card title=words href=words link=words id=words aside=words %}{{ words }}{% endcard %}",
        "{% note tone=words %}{{ words }}{% endnote %}",
        "{% empty words icon=words %}{{ words }}{% endempty %}",
        "{% progress_bar 1 2 label=words %}",
        "{% dialog words words %}{{ words }}{% enddialog %}{% opener words words icon=words %}",
        "{% menu words words %}{{ words }}{% endmenu %}",
        "{% tabs tabs label=words %}",
        "{% spark points label=words %}",
    ],
)
@settings(deadline=None)
@given(words=HOSTILE)
def test_whatever_people_type_stays_text(source, words):
    drawn = draw(
        source,
        words=words,
        person=person(words, words),
        tabs=[Tab(words, words, badge=words)],
        points=[0.2, 0.5],
    )
    assert "<script>alert" not in drawn
    opened = re.findall(r"<[^>]*", drawn.replace("&quot;", ""))
    not_ours = [tag for tag in opened if not TAGS_OF_OURS.match(tag)]
    assert [tag for tag in not_ours if not tag.startswith(("<path", "</svg", "<circle"))] == []


def test_a_button_is_a_link_when_it_leads_somewhere():
    link = draw('{% button "Export" href="/sheet/" icon="download" small=True %}')
    assert link.startswith('<a class="button button-small" href="/sheet/">')
    assert "#download" in link


def test_a_button_without_an_address_sends_its_form():
    button = draw('{% button "Keep" tone="primary" name="act" value="keep" formaction="/keep/" %}')
    assert button.startswith('<button class="button button-primary" name="act"')
    assert 'type="submit"' in button
    assert 'formaction="/keep/"' in button


def test_a_button_takes_the_attributes_of_htmx():
    button = draw('{% button "Undo" hx_post="/undo/" hx_target="#line" disabled=True %}')
    assert 'hx-post="/undo/"' in button
    assert " disabled" in button


def test_an_avatar_keeps_the_colour_of_its_person_without_inline_styles():
    assert 'class="avatar tint-3 avatar-large"' in draw('{% avatar person size="large" %}', person=person())
    assert "style" not in draw("{% avatar person %}", person=person(tint=359))
    assert "tint-11" in draw("{% avatar person %}", person=person(tint=359))


def test_nobody_has_no_avatar():
    assert draw("{% avatar nobody %}", nobody=None) == ""


def test_a_card_with_an_id_is_a_region_named_by_its_title():
    card = draw('{% card title="Family" id="family" %}…{% endcard %}')
    assert 'aria-labelledby="family-title"' in card
    assert '<h2 id="family-title">Family</h2>' in card


def test_a_card_without_a_title_has_no_empty_head():
    assert "<h2" not in draw("{% card %}…{% endcard %}")


def test_a_dialog_and_its_opener_are_tied():
    drawn = draw('{% opener "add" "Add" %}{% dialog "add" "Add a test" %}…{% enddialog %}')
    assert 'commandfor="add"' in drawn
    assert 'command="show-modal"' in drawn
    assert '<dialog class="dialog" id="add" aria-labelledby="add-title">' in drawn
    assert "data-opened" in draw('{% dialog "add" "Add" opened=True %}…{% enddialog %}')


def test_a_menu_is_the_popover_its_button_opens():
    menu = draw('{% menu "more" "More" %}<a href="/">…</a>{% endmenu %}')
    assert 'popovertarget="more"' in menu
    assert 'id="more" popover' in menu


def test_the_tab_that_is_shown_says_so():
    drawn = in_one_line(draw("{% tabs tabs %}", tabs=[Tab("P1", "/p1/"), Tab("P2", "/p2/", is_current=True)]))
    assert drawn.count('aria-current="page"') == 1
    assert 'href="/p2/" aria-current="page"' in drawn


def test_turning_the_page_keeps_the_filters():
    page = Paginator(range(100), 10).page(3)
    request = RequestFactory().get("/people/", {"class": "4TTA", "page": "3"})
    with translation.override("en"):
        drawn = engines["django"].from_string("{% pager page %}").render({"page": page}, request)
    assert 'href="?class=4TTA&amp;page=2"' in drawn
    assert 'href="?class=4TTA&amp;page=4"' in drawn
    assert "21 to 30 of 100" in drawn


def test_one_page_needs_no_pager():
    assert draw("{% pager page %}", page=Paginator(range(3), 10).page(1)).strip() == ""


def test_filters_work_without_scripts():
    drawn = draw('{% filters %}<input name="q">{% endfilters %}')
    assert 'method="get"' in drawn
    assert '<button class="button" type="submit"' in drawn
    assert "design/elements/auto-submit.js" in drawn


def test_progress_says_its_figures_in_words():
    with translation.override("en"):
        assert 'value="10" max="22" aria-label="10 of 22"' in draw("{% progress_bar 10 22 %}")
        assert 'max="1"' in draw("{% progress_bar 0 0 %}")


@pytest.mark.parametrize(
    ("value", "written"),
    [("13.50", "13,5"), ("13.00", "13"), ("0.00", "0"), ("20", "20"), ("11.385", "11,385"), ("100", "100")],
)
def test_a_cote_is_written_as_people_do(value, written):
    with translation.override("fr"):
        assert draw("{{ value|cote }}", value=Decimal(value)) == written


def test_a_cote_may_keep_its_figures_after_the_comma():
    with translation.override("fr"):
        assert draw("{{ value|cote:1 }}", value=Decimal("13")) == "13,0"
    with translation.override("en"):
        assert draw("{{ value|cote }}", value=Decimal("13.5")) == "13.5"
    assert draw("{{ value|cote }}", value=None) == ""


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "today at 16:12"),
        (-1, "yesterday at 16:12"),
        (1, "tomorrow at 16:12"),
        (-92, "24/08/2026 at 16:12"),
    ],
)
def test_a_moment_is_told_as_one_says_it(days, told):
    moment = clock.now().replace(hour=16, minute=12) + timedelta(days=days)
    with translation.override("en"):
        assert draw("{{ moment|moment }}", moment=moment) == told


def test_days_are_written_the_belgian_way():
    for language in ("fr", "nl", "en"):
        with translation.override(language):
            assert draw('{{ day|date:"SHORT_DATE_FORMAT" }}', day=clock.today()) == "24/11/2026"


def test_a_sparkline_tells_its_figures_and_marks_a_failure():
    with translation.override("en"):
        drawn = spark([0.6, None, 0.4], pass_mark=0.5)
    assert "from the oldest: 60 %, 40 %" in drawn
    assert "dot-bad" in drawn
    assert 'class="pass"' in drawn


@settings(deadline=None)
@given(st.lists(st.none() | st.floats(0, 1), max_size=30), st.none() | st.floats(0, 1))
def test_a_sparkline_stays_in_its_frame(points, pass_mark):
    drawn = spark(points, pass_mark)
    heights = [float(height) for height in re.findall(r'cy="([\d.]+)"', drawn)]
    assert all(0 <= height <= 24 for height in heights)
    assert bool(drawn) == any(point is not None for point in points)


def test_fifty_persons_are_drawn_in_no_time():
    started = process_time()
    for rank in range(500):
        pieces.person_line(person(), "4TTA", href=f"/file/{rank}/")
    assert process_time() - started < 0.2
