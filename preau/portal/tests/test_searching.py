"""The command box finds what one may open, and nothing else."""

import pytest

from preau.kit import modules
from preau.kit.modules import Found, Module
from preau.people.actions.many import bulk_create_persons
from preau.people.models import Person
from preau.structure.models import Enrolment


def titles(page):
    return [found.title for source in page.context["answer"].sources for found in source.found]


def test_a_teacher_finds_the_pupils_of_the_class_by_any_piece_of_their_name(school, visit):
    _ = school.maths_4tta

    page = visit("portal:search", as_=school.vandamme, query={"q": "HÁDD"})

    assert "Noor Haddad" in titles(page)
    assert f"/file/{school.noor.pk}/" in page.text
    assert "4TTA" in page.text


@pytest.mark.parametrize(
    ("who", "finds"),
    [
        ("pirard", {"Noor Haddad", "Elias Haddad"}),  # the head finds every pupil
        ("vandamme", {"Noor Haddad"}),  # teaches her
        ("lemaire", {"Elias Haddad"}),  # teaches him
        ("thys", set()),  # teaches neither
        ("samira", {"Noor Haddad", "Elias Haddad"}),  # is their mother
        ("noor", {"Noor Haddad"}),  # finds herself
        ("emma", set()),  # sits beside her
        ("zoe", set()),  # knows nobody
    ],
)
def test_nobody_finds_a_file_they_may_not_open(school, visit, who, finds):
    _ = school.everybody

    page = visit("portal:search", as_=getattr(school, who), query={"q": "haddad"})

    files = [source for source in page.context["answer"].sources if source.found[0].url.startswith("/file/")]
    assert {found.title for source in files for found in source.found} == finds


def test_the_drop_down_is_a_piece_of_the_page(school, visit):
    _ = school.maths_4tta

    piece = visit("portal:search", as_=school.vandamme, query={"q": "noor"}, headers={"HX-Request": "true"})

    assert "Noor Haddad" in piece.text
    assert "<html" not in piece.text
    assert "HX-Request" in piece.headers["Vary"]


def test_pages_of_the_navigation_are_found_by_their_name(school, visit):
    assert "Who may see what" in titles(visit("portal:search", as_=school.zoe, query={"q": "who may"}))
    assert "Opening of the modules" in titles(
        visit("portal:search", as_=school.pirard, query={"q": "opening"})
    )
    assert titles(visit("portal:search", as_=school.zoe, query={"q": "opening of"})) == []


@pytest.mark.parametrize("typed", ["", " ", "n", "’"])
def test_too_little_to_look_for_is_told_so(school, visit, typed):
    page = visit("portal:search", as_=school.vandamme, query={"q": typed})

    assert page.status_code == 200
    assert "Type two letters or more." in page.text


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "a" * 5000, "%%__", "'; DROP TABLE", "\ud800x"]
)
def test_hostile_words_find_nothing_and_break_nothing(school, visit, typed):
    page = visit("portal:search", as_=school.vandamme, query={"q": typed.encode("utf-8", "replace")})

    assert page.status_code == 200
    assert "<script>alert" not in page.text


def test_each_source_gives_eight_at_most(school, visit):
    more = bulk_create_persons([Person(given_name=f"Lou{rank}", family_name="Martin") for rank in range(12)])
    Enrolment.objects.bulk_create(
        Enrolment(pupil=pupil, class_group=school.class_4tta, starts_on=school.year.starts_on)
        for pupil in more
    )

    page = visit("portal:search", as_=school.pirard, query={"q": "martin"})

    assert max(len(source.found) for source in page.context["answer"].sources) == 8


def test_a_closed_module_is_not_asked(school, visit, monkeypatch):
    def everything(person, words):
        yield Found("A secret", "", "/secret/", "star")

    probe = Module(key="probe", name="Probe", icon="star", rank=5, searches=(everything,))
    monkeypatch.setitem(modules._modules, "probe", probe)
    assert "A secret" in titles(visit("portal:search", as_=school.zoe, query={"q": "secret"}))

    monkeypatch.setattr(modules, "_who_knows_stages", lambda person: frozenset({"probe"}))

    assert "A secret" not in titles(visit("portal:search", query={"q": "secret"}))


def test_whoever_has_not_signed_in_searches_nothing(school, visit):
    answer = visit("portal:search", query={"q": "haddad"})

    assert answer.status_code == 302
    assert "/account/" in answer.headers["Location"]
