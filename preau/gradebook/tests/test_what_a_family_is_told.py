"""A family reads words, not the school's abbreviations, and every figure says what it is out of."""

from datetime import date

import pytest

from preau.gradebook import actions
from preau.gradebook.told import drawn, told_figure, told_level, told_sign
from preau.gradebook.typed import Typed
from preau.grading.fwb import SCALES, TOKENS
from preau.kit import clock

from .builders import TUESDAY, assessment, grade
from .parts import acquisition


@pytest.fixture
def november(school):
    """Noor handed nothing in, brought a certificate, reached EVA and has 4/20; all is published."""
    by, group = school.vandamme, school.maths_4tta
    level = acquisition().levels.get(code="EVA")
    there = {
        title: assessment(group, school.december, by=by, title=title, held_on=date(2026, 11, 20), **how)
        for title, how in {
            "Herbier": {},
            "Interro": {},
            "Vecteurs": {},
            "Lire": {"scale": level.scale},
        }.items()
    }
    for title, typed in {"Herbier": "NR", "Interro": "CM", "Vecteurs": "4"}.items():
        grade(there[title], school.noor, typed, by=by)
    actions.write_grade(
        assessment=there["Lire"], pupil=school.noor, typed=Typed(level=level), version=0, by=by, at=TUESDAY
    )
    for each in there.values():
        actions.publish_grades(assessment=each, by=by, at=TUESDAY)


@pytest.mark.parametrize("who", ["noor", "samira"])
def test_at_home_a_sign_and_a_level_are_words_and_a_figure_is_out_of_something(school, november, visit, who):
    page = visit("gradebook:results", as_=school.everybody[who], pupil_id=school.noor.pk)

    for words in (
        "non remis",
        "counts as 0",
        "certificat médical",
        "en voie d&#x27;acquisition",
        "out of 20",
    ):
        assert words in page.text
    for abbreviation in ("NR", "CM", "EVA"):
        assert f">{abbreviation}<" not in page.text


def test_today_tells_the_same(school, november, visit):
    with clock.at(TUESDAY):
        page = visit("portal:today", as_=school.samira)

    assert "non remis" in page.text
    assert "en voie d&#x27;acquisition" in page.text
    assert '<b class="told-figure fail">4</b> <small>out of 20</small>' in page.text
    assert ">NR<" not in page.text


def test_the_file_says_what_its_figures_are_out_of(school, november, visit):
    page = visit("portal:pupil", as_=school.samira, pupil_id=school.noor.pk)

    assert '<b class="told-figure fail">10</b> <small>out of 100</small>' in page.text


def test_every_sign_and_level_that_a_school_starts_with_has_its_words():
    told = [told_sign(code, name, effect) for code, name, _key, effect in TOKENS]
    told += [told_level(code, label) for _scale, levels in SCALES for code, label, *_how in levels]

    codes = {code for code, *_more in TOKENS} | {code for _scale, levels in SCALES for code, *_more in levels}
    assert not codes & {it.main for it in told}
    assert {it.main for it in told if it.is_bad} == {"non remis", "absent sans motif", "fraude"}


def test_what_a_school_gave_no_name_is_told_by_its_code_and_is_written_safely():
    assert str(told_sign("XX", "", "")) == "XX"
    assert str(told_figure("13.50", "20")) == "13.5 out of 20"
    assert "<i>" not in drawn(told_sign("XX", "<i>x</i>", "ZERO"))
