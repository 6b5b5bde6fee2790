"""A text is found whatever the case and the accents of what is typed, on both databases alike."""

import unicodedata

import pytest
from django.contrib.contenttypes.models import ContentType
from hypothesis import given
from hypothesis import strategies as st

from preau.kit.spelling import bare

pytestmark = pytest.mark.django_db
WRITTEN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)


def found(words):
    return list(
        ContentType.objects.filter(app_label="school", model__holds=words).values_list("model", flat=True)
    )


@pytest.fixture
def courses(db):
    for name in ("Géographie", "Éducation physique", "Latin 50%", "Cote_a", "Nai\u0308ve"):
        ContentType.objects.create(app_label="school", model=name)


@pytest.mark.parametrize("typed", ["géo", "GEO", "geo", "GÉOGRAPHIE", "ge\u0301o"])
def test_accents_and_case_are_one(courses, typed):
    assert found(typed) == ["Géographie"]


def test_letters_written_in_two_signs_are_found(courses):
    assert found("naïve") == ["Nai\u0308ve"]


@pytest.mark.parametrize(
    ("typed", "held"), [("50%", ["Latin 50%"]), ("%", ["Latin 50%"]), ("e_a", ["Cote_a"]), ("\\", [])]
)
def test_signs_of_the_database_are_signs_like_others(courses, typed, held):
    assert found(typed) == held


def test_what_is_not_in_it_is_not_found(courses):
    assert found("géologie") == []


@given(text=WRITTEN, data=st.data())
def test_every_part_of_a_text_finds_it_however_it_is_typed(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    part = text[start : data.draw(st.integers(start + 1, len(text)))]
    typed = data.draw(st.sampled_from([part, part.upper(), unicodedata.normalize("NFD", part)]))
    ContentType.objects.filter(app_label="school").delete()
    ContentType.objects.create(app_label="school", model=text)

    assert found(typed) == ([text] if bare(typed) in bare(text) else [])
