"""The look itself: readable colours, no missing icon, nothing inline, a catalogue of everything."""

import json
import re
from pathlib import Path

import pytest
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from preau.design import context, sprite
from preau.design.colours import contrast, mix, stylesheet
from preau.design.context import SchoolFace

PREAU = Path(__file__).resolve().parents[2]
DESIGN = PREAU / "design"
TEMPLATES = sorted(PREAU.glob("*/templates/**/*.html"))
STYLES = sorted(PREAU.glob("*/static/[!v]*/**/*.css"))
RAW = re.compile(r"--([\w-]+): (#[0-9a-f]{6})")
WORDS_ON = ("ink", "ink-soft", "ink-faint", "chalkboard", "red", "amber", "leaf", "sky")
GROUNDS = ("paper", "sheet")
PAIRS = (
    ("red", "red-mist"),
    ("amber", "amber-mist"),
    ("leaf", "leaf-mist"),
    ("sky", "sky-mist"),
    ("chalkboard-deep", "chalkboard-mist"),
    ("chalk", "chalkboard"),
    ("chalk", "chalkboard-deep"),
    ("ink", "sunken"),
    ("ink-soft", "sunken"),
    ("ink-faint", "sunken"),
)


def blocks(css: str) -> list[dict[str, str]]:
    """Return the raw colours by day, by night as the machine wishes, by night as the person chose."""
    found = [dict(RAW.findall(block)) for block in re.findall(r"\{([^{}]*--ink:[^{}]*)\}", css)]
    return [block for block in found if "chalkboard-mist" in block]


def tokens() -> list[dict[str, str]]:
    return blocks((DESIGN / "static/design/tokens.css").read_text())


@pytest.mark.parametrize("light_or_dark", [0, 1])
def test_every_word_can_be_read_on_every_ground(light_or_dark):
    colours = tokens()[light_or_dark]
    pairs = [(word, ground) for word in WORDS_ON for ground in GROUNDS] + list(PAIRS)
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("light_or_dark", [0, 1])
def test_the_edge_of_a_control_can_be_seen(light_or_dark):
    colours = tokens()[light_or_dark]
    assert min(contrast(colours["edge"], colours[ground]) for ground in GROUNDS) >= 3


def test_night_is_the_same_night_whoever_chose_it():
    _day, wished, chosen = tokens()
    assert wished == chosen


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert mix("#000000", "#ffffff", 0.5) == "#808080"


@settings(deadline=None)
@given(st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}"))
def test_any_colour_of_a_school_stays_readable(accent):
    css = stylesheet(accent)
    for rules, grounds in zip(
        re.findall(r"\{ (--chalkboard[^}]*) \}", css), ("day", "night", "night"), strict=True
    ):
        colours = dict(RAW.findall(rules))
        ground = tokens()[0 if grounds == "day" else 1]
        for name in ("chalkboard", "chalkboard-deep"):
            assert contrast(colours[name], ground["paper"]) >= 4.5
            assert contrast(colours[name], ground["sheet"]) >= 4.5
            assert contrast(colours["chalk"], colours[name]) >= 4.5
        assert contrast(colours["chalkboard-deep"], colours["chalkboard-mist"]) >= 4.5
        if grounds == "day":
            assert contrast("#ffffff", colours["yard"]) >= 4.5


def test_what_is_no_colour_changes_nothing():
    assert stylesheet("red; } body { display: none") == ""
    assert stylesheet("") == ""


ICONS_NAMED = re.compile(
    r"""icon="([a-z0-9-]+)"|\{% icon "([a-z0-9-]+)"|icon\("([a-z0-9-]+)"|mark="([a-z0-9-]+)\""""
)


def icons_in_use() -> set[str]:
    sources = [*TEMPLATES, *(path for path in PREAU.glob("*/**/*.py") if "tests" not in path.parts)]
    return {next(filter(None, names)) for path in sources for names in ICONS_NAMED.findall(path.read_text())}


def test_every_icon_in_use_is_in_the_sprite():
    known = set(sprite.names_in((DESIGN / "icons.txt").read_text()))
    assert icons_in_use() - known == set(), "add them to preau/design/icons.txt and run bin/assets"


def test_the_list_of_icons_is_sorted_and_names_each_once():
    names = (DESIGN / "icons.txt").read_text().split()
    assert names == sorted(set(names))


def test_the_sprite_holds_a_symbol_for_each_name(tmp_path):
    frame = '<path stroke="none" d="M0 0h24v24H0z" fill="none" />'
    drawing = f'<svg viewBox="0 0 24 24">\n  {frame}\n  <path d="M1 1" />\n</svg>'
    (tmp_path / "pencil.svg").write_text(drawing)
    drawn = sprite.sprite(sprite.names_in("pencil\n\npencil\n"), tmp_path)
    assert drawn.count("<symbol") == 1
    assert '<symbol id="pencil" viewBox="0 0 24 24"><path d="M1 1" /></symbol>' in drawn


def test_an_icon_nobody_drew_is_told_by_its_name(tmp_path):
    with pytest.raises(sprite.UnknownIcon, match=r"pencill, ruler"):
        sprite.sprite(["pencill", "ruler"], tmp_path)


INLINE = re.compile(r"""\sstyle=["']|<style\b|\son[a-z]+=["']|javascript:|hx-on|hx-vals=['"]js:""")
SCRIPT = re.compile(r"<script\b(?![^>]*nonce=)")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PREAU)))
def test_no_template_holds_inline_style_or_script(path):
    source = path.read_text()
    assert not INLINE.search(source)
    assert not SCRIPT.search(source)


PHYSICAL = re.compile(
    r"(?<![\w-])(margin|padding|border|inset)-(left|right|top|bottom)|(?<![\w-])(left|right|top|bottom|width|height):"
    r"|text-align: (left|right)|float: (left|right)"
)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_name_no_left_or_right_so_that_every_script_fits(path):
    found = {
        match[0]
        for match in PHYSICAL.finditer(re.sub(r"\((min|max)-(width|height):[^)]*\)", "", path.read_text()))
    }
    assert found == set()


@pytest.mark.parametrize(
    "path", [path for path in STYLES if path.name not in {"tokens.css"}], ids=lambda path: path.name
)
def test_only_the_tokens_name_a_raw_colour(path):
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-])", path.read_text())) == set()


@pytest.mark.django_db
def test_the_catalogue_shows_every_component_by_day_and_by_night(client, settings):
    settings.DEMO_MODE = True
    page = client.get(reverse("design:catalogue")).content.decode()
    for component in (
        "button-primary",
        "badge-bad",
        "avatar-large",
        "card-link",
        "note-warning",
        "empty-title",
    ):
        assert page.count(component) >= 2
    for component in (
        "tabs",
        "pager",
        "progress-line",
        "spark",
        "dialog",
        "menu-spot",
        "field-wrong",
        "filters",
    ):
        assert page.count(component) >= 1
    assert 'dir="rtl"' in page


@pytest.mark.django_db
def test_a_real_school_has_no_catalogue(client, settings):
    settings.DEMO_MODE = settings.DEBUG = False
    assert client.get(reverse("design:catalogue")).status_code == 404


@pytest.mark.django_db
def test_the_schools_colours_are_kept_by_the_browser(client, monkeypatch):
    monkeypatch.setattr(context, "_who_knows_the_school", lambda: SchoolFace(accent="#7a1f5f"))
    first = client.get(reverse("design:school_css"))
    assert "--chalkboard: #7a1f5f" in first.content.decode()
    assert "max-age=31536000" in first["Cache-Control"]
    assert (
        client.get(reverse("design:school_css"), headers={"If-None-Match": first["ETag"]}).status_code == 304
    )


@pytest.mark.django_db
def test_the_house_can_be_kept_on_a_phone(client):
    about = json.loads(client.get(reverse("design:manifest")).content)
    assert about["short_name"] == "Préau"
    assert {icon["purpose"] for icon in about["icons"]} == {"any", "maskable"}


@pytest.mark.django_db
def test_a_person_chooses_colours_and_keeps_them(client):
    response = client.post(reverse("design:theme"), {"theme": "dark", "next": "/design/manifest.json"})
    assert response["Location"] == "/design/manifest.json"
    assert 'data-theme="dark"' in client.get("/nowhere/").content.decode()
    assert (
        client.post(reverse("design:theme"), {"theme": ""}, headers={"HX-Request": "true"}).status_code == 204
    )
    assert "data-theme" not in client.get("/nowhere/").content.decode()


@pytest.mark.django_db
def test_choosing_colours_never_leads_out_of_the_house(client):
    response = client.post(reverse("design:theme"), {"theme": "dark", "next": "https://evil.example/"})
    assert response["Location"] == "/"
    assert client.post(reverse("design:theme"), {"theme": "sepia", "next": "/"}).status_code == 422
    assert 'data-theme="dark"' in client.get("/nowhere/").content.decode()
    assert client.get(reverse("design:theme")).status_code == 405


@pytest.mark.django_db
def test_every_page_may_run_our_scripts_and_no_others(client, settings):
    settings.DEMO_MODE = True
    response = client.get(reverse("design:catalogue"))
    nonce = re.search(r"'nonce-([^']+)'", response["Content-Security-Policy"])[1]
    page = response.content.decode()
    assert set(re.findall(r'nonce="([^"]*)"', page)) == {nonce}
    modules = json.loads(re.search(r'<script type="importmap"[^>]*>(.*?)</script>', page)[1])
    assert "design/elements/command-box.js" in modules["imports"]
