import pytest

from preau.accounts import audiences
from preau.people.models import Person
from preau.people.module import adults_named
from preau.structure.module import classes_named, colleagues_named, groups_named
from preau.structure.offers import school_face

SOURCES = {
    "classes": classes_named,
    "groups": groups_named,
    "colleagues": colleagues_named,
    "adults": adults_named,
}


@pytest.mark.parametrize(
    ("who", "typed", "found"),
    [
        ("maes", "4tt", {"classes": ["4TTA"], "groups": ["Math 4, 4TTA"]}),
        ("vandamme", "4tt", {"classes": ["4TTA"], "groups": ["Math 4, 4TTA"]}),
        ("thys", "4tt", {}),  # teaches next door
        ("noor", "4tt", {"classes": ["4TTA"]}),  # sits there
        ("samira", "4tt", {}),
        ("nys", "4tt", {}),  # sets the system up, reads no class
        ("maes", "haddad", {"adults": ["Karim Haddad", "Samira Haddad"]}),
        ("maes", "vandamme", {"colleagues": ["Claire Vandamme"]}),
        ("diallo", "vandamme", {}),  # has no page of hers to open
        ("zoe", "haddad", {}),
    ],
)
def test_the_command_box_finds_what_the_person_may_open(school, who, typed, found):
    person = school.everybody[who]

    answers = {name: [thing.title for thing in ask(person, typed)] for name, ask in SOURCES.items()}

    assert {name: titles for name, titles in answers.items() if titles} == found


def test_the_school_shows_itself_on_every_page(school):
    assert school_face() is None
    assert school.lycee
    assert school.december

    face = school_face()

    assert (face.name, face.logo_url, face.foot) == ("Lycée du Parc", "", "2026-2027 · P2")


def test_a_class_its_guardians_and_the_staff_may_be_invited_together(school):
    assert school.everybody
    options = dict(audiences.options())
    key = school.class_4tta.pk
    assert str(options[f"class:{key}"]) == "Pupils of 4TTA"

    def invited(chosen):
        return set(Person.objects.filter(audiences.members(chosen)))

    assert invited(f"class:{key}") == {school.noor, school.emma}
    assert invited(f"class_guardians:{key}") == {school.samira, school.karim, school.ines}
    assert school.vandamme in invited("staff")
    assert school.noor not in invited("staff")


def test_course_groups_are_offered_where_a_page_names_them(school):
    group = school.maths_4tta
    chosen = f"course_group:{group.pk}"

    assert chosen not in dict(audiences.options())
    assert dict(audiences.options("course_group"))[chosen] == f"Pupils of the group {group}"
    assert audiences.words_of(chosen) == f"Pupils of the group {group}"
    assert school.noor in Person.objects.filter(audiences.members(chosen))
    assert school.vandamme not in Person.objects.filter(audiences.members(chosen))


@pytest.mark.parametrize(
    "chosen",
    ["", "everybody", "class", "class:", "class:x", "class:-1", "class:٤", "class:0", f"class:{10**30}",
     "course_group:999999", "staff:1", "staff:", "guardians:everybody", ":", "class:1:2"],
)  # fmt: skip
def test_a_group_that_nobody_offers_holds_nobody(school, chosen):
    assert school.everybody
    assert school.class_4tta

    assert not Person.objects.filter(audiences.members(chosen)).exists()
    assert audiences.words_of(chosen) == ""
