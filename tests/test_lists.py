"""
A list is declared once: what its reader may not see is on no screen, no paper and in no file.

The property draws declarations, readers and rules at random; the stories go through the lists of the house.
"""

import io
import re
from typing import Any

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.design import lists as drawing
from preau.kit.access import Rule, rule, standing
from preau.kit.lists.columns import Column, Empty, Link, Listing, Part, Place
from preau.kit.lists.filters import FilterForm, WordsField
from preau.kit.lists.pages import ListReading
from preau.kit.tables import read_table
from preau.people.models import Person
from preau.structure.models import ClassGroup
from preau.trail.models import Trace
from tests.cast import Cast

LISTS = (
    "structure:pupils",
    "structure:classes",
    "structure:staff",
    "structure:courses",
    "structure:groups",
    "structure:subjects",
    "structure:levels",
    "structure:statuses",
    "people:families",
    "accounts:accounts",
    "trail:acts",
    "mail:mails",
    "mail:bounces",
    "follow_up:plans",
    "follow_up:measures",
    "exchange:imports",
    "report_cards:periods",
    "report_cards:classes",
)
SECRET = re.compile(r"«[^»]+»")
EMPTY = Empty("Nothing", "list")


class Count(str):
    """Words that need no plural."""

    def __mod__(self, told: object) -> str:
        return str(self)


@pytest.fixture
def cast(stage) -> Cast:
    return stage.cast


def entered(person: Person) -> Client:
    """Return the browser of somebody who has signed in."""
    client = Client()
    client.force_login(person.account)
    return client


def secret(key: str, person: Person) -> str:
    return f"«{key} {person.pk}»"


def some(keys: list[int]) -> Rule:
    return rule("some", lambda reader: Q(pk__in=keys)).over(Person)


# ---- The property ----


@st.composite
def gates(draw: Any, keys: list[int]) -> tuple[dict[str, Any], set[int]]:
    """Draw who sees a column, with the keys of the rows whose cell is then seen."""
    kind = draw(st.sampled_from(["open", "standing", "subject", "rows"]))
    if kind == "open":
        return {}, set(keys)
    if kind == "standing":
        admitted = draw(st.booleans())
        return {"seen_by": standing("so", lambda reader: admitted)}, set(keys) if admitted else set()
    seen = draw(st.lists(st.sampled_from(keys), unique=True))
    if kind == "subject":  # The list belongs to the first person.
        return {"seen_by": some(seen)}, set(keys) if keys[0] in seen else set()
    return {"cell_seen_by": some(seen), "about": lambda person: person}, set(seen)


@st.composite
def declarations(draw: Any, keys: list[int]) -> tuple[Listing, dict[Place, set[str]]]:
    """Draw a list of persons, with all that its reader may find in each place."""
    columns = [Column("name", "Name", lambda person: secret("name", person), sort=("sort_name",))]
    expected = {
        place: {f"«name {key}»" for key in keys} for place in (Place.SCREEN, Place.PAPER, Place.FILES)
    }
    for number in range(draw(st.integers(0, 5))):
        key = f"c{number}"
        gate, seen = draw(gates(keys))
        places = draw(
            st.sampled_from([Place.EVERYWHERE, Place.SCREEN, Place.SCREEN | Place.FILES, Place.PAPER])
        )
        if gate:
            places = draw(st.sampled_from([places, Place.FILES]))

        def value(person: Person, key: str = key) -> str:
            return secret(key, person)

        split = draw(st.booleans())
        columns.append(
            Column(
                key,
                key,
                value,
                drawn=(lambda person, href, value=value: value(person)) if draw(st.booleans()) else None,
                sort=() if "cell_seen_by" in gate else ("pk",),
                places=places,
                in_files=(Part(key, value), Part(f"{key} again", value)) if split else (),
                **gate,
            )
        )
        for place, found in expected.items():
            if place in places:
                found |= {f"«{key} {row}»" for row in seen}
    return Listing("tests.list", "List", tuple(columns), Count("some"), EMPTY, sorted_by="name"), expected


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_what_a_reader_may_not_see_is_nowhere(cast, data):
    reader, subject = cast.maes, cast.noor
    persons = Person.objects.filter(pk__in=[cast.noor.pk, cast.emma.pk, cast.alma.pk]).order_by("pk")
    keys = [subject.pk, *(key for key in persons.values_list("pk", flat=True) if key != subject.pk)]
    listing, expected = data.draw(declarations(keys))
    sort = data.draw(
        st.sampled_from(["", *(f"{way}{column.key}" for column in listing.columns for way in ("", "-"))])
    )

    reading = ListReading(listing, persons, reader=reader, asked={"sort": sort}, subject=subject)
    titles, rows = reading.in_file()

    assert set(SECRET.findall(str(drawing.table(reading.page())))) == expected[Place.SCREEN]
    assert set(SECRET.findall(str(drawing.paper(reading.on_paper())))) == expected[Place.PAPER]
    assert set(SECRET.findall(str(rows))) == expected[Place.FILES]
    assert all(len(row) == len(titles) for row in rows)
    sorted_by = next(column for column in listing.columns if column.key == (sort.removeprefix("-") or "name"))
    seen = expected[Place.SCREEN] & {f"«{sorted_by.key} {key}»" for key in keys}
    assert bool(reading.not_understood) == (not seen or not sorted_by.sort)


def test_a_column_is_not_declared_by_halves():
    with pytest.raises(ValueError, match="say who may see it"):
        Column("mobile", "Mobile", lambda person: person.mobile, places=Place.FILES)
    with pytest.raises(ValueError, match="its order would tell"):
        Column("born", "Born", lambda person: person.born_on, cell_seen_by=some([]), sort=("born_on",))
    with pytest.raises(ValueError, match="say about which record"):
        Column("born", "Born", lambda person: person.born_on, cell_seen_by=some([]))
    named = Column("name", "Name", lambda person: person.full_name)
    with pytest.raises(ValueError, match="same key"):
        Listing("tests.twice", "List", (named, named), Count("some"), EMPTY)
    hidden = Column("name", "Name", lambda person: person.full_name, seen_by=some([]))
    with pytest.raises(ValueError, match="give its first column no rule"):
        Listing("tests.hidden", "List", (hidden,), Count("some"), EMPTY)


# ---- An address that is not understood ----


class SampleForm(FilterForm):
    q = WordsField()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(["sort", "page", "file", "q"]), st.text(max_size=60)))
def test_whatever_stands_in_an_address_the_list_opens_and_gives_no_file_by_mistake(cast, asked):
    listing = Listing(
        "tests.any",
        "List",
        (Column("name", "Name", lambda person: person.full_name, sort=("sort_name",)),),
        Count("some"),
        EMPTY,
        sorted_by="name",
    )
    form = SampleForm(asked)
    persons = Person.objects.named(form.wanted.get("words", "")).by_name()

    reading = ListReading(listing, persons, reader=cast.maes, asked=asked, form=form)
    page = reading.page()

    assert "<tbody" in drawing.table(page)
    assert bool(drawing.not_understood(page)) == bool(page.not_understood)
    if asked.get("sort", "name").removeprefix("-") not in ("", "name"):
        assert page.not_understood
        assert not reading.format
    if asked.get("file", "csv") not in ("", "csv", "xlsx", "ods"):
        assert not reading.format


NONSENSE = [
    {"page": "abc"},
    {"page": "9" * 30},
    {"page": "0"},
    {"page": "9" * 5000},
    {"sort": "nonsense"},
    {"sort": "-__class__"},
    {"file": "pdf"},
    {"file": "xlsx", "sort": "nonsense"},
]


@pytest.mark.parametrize("asked", NONSENSE, ids=str)
def test_each_list_says_what_it_does_not_understand(cast, asked):
    client = entered(cast.pirard)
    for name in LISTS:
        answer = client.get(reverse(name), asked)
        if answer.status_code == 302:  # To the second factor.
            continue
        assert answer.status_code == 200, name
        assert "Content-Disposition" not in answer, name
        assert "Not understood" in answer.text, name


@pytest.mark.parametrize("name", ["structure:pupils", "structure:courses", "structure:groups"])
@pytest.mark.parametrize("level", ["nobody", str(10**30), "-1"])
def test_a_choice_that_is_not_offered_narrows_nothing_and_takes_nothing_away(cast, name, level):
    client = entered(cast.pirard)

    whole = client.get(reverse(name))
    answer = client.get(reverse(name), {"level": level, "file": "csv"})

    assert answer.context["page"].count == whole.context["page"].count
    assert level[:40] in answer.text
    assert "Content-Disposition" not in answer


def test_all_that_a_filter_finds_is_not_invited_when_the_filter_is_not_understood(cast):
    client = entered(cast.pirard)
    form = {"everybody": "on", "group": "no such group", "channel": "LETTER"}

    answer = client.post(
        reverse("accounts:invitations"), form, headers={"referer": reverse("accounts:accounts")}
    )

    assert answer["Content-Type"].startswith("text/html")
    assert not Trace.objects.filter(act__startswith="accounts.invite").exists()


# ---- Links, files, traces ----


def addresses_of_lists(cast: Cast) -> list[str]:
    classes = ClassGroup.objects.all()
    own = [
        reverse(name, args=[class_group.pk])
        for name in ("structure:class_group", "structure:class_courses")
        for class_group in classes
    ]
    groups = [reverse("structure:group", args=[group.pk]) for group in (cast.maths_4tta, cast.physics_5ttb)]
    return [*(reverse(name) for name in LISTS), reverse("follow_up:mine"), *own, *groups]


def test_no_list_shows_a_link_to_a_closed_door(cast):
    followed = 0
    for person in (
        cast.pirard,
        cast.maes,
        cast.vandamme,
        cast.lemaire,
        cast.thys,
        cast.diallo,
        cast.noor,
    ):
        client = entered(person)
        for address in addresses_of_lists(cast):
            answer = client.get(address)
            if answer.status_code != 200:
                continue
            for table in re.findall(r"<tbody.*?</tbody>", answer.text, re.DOTALL):
                for link in set(re.findall(r'<a[^>]* href="(/[^"]*)"', table)):
                    followed += 1
                    assert client.get(link).status_code != 404, (person, address, link)
    assert followed > 50


def test_of_a_class_one_reads_the_file_of_those_one_teaches(cast):
    client = entered(cast.lemaire)
    page = client.get(reverse("structure:class_group", args=[cast.class_2cb.pk])).text

    assert reverse("portal:pupil", args=[cast.elias.pk]) in page


def test_a_list_of_persons_that_leaves_the_house_leaves_a_trace(cast, django_capture_on_commit_callbacks):
    client = entered(cast.vandamme)
    address = reverse("structure:class_group", args=[cast.class_4tta.pk])

    with django_capture_on_commit_callbacks(execute=True):
        taken = client.get(address, {"file": "csv"})

    found = read_table(io.BytesIO(b"".join(taken.streaming_content)), name="4TTA.csv")
    trace = Trace.objects.get(act="trail.take_list")
    assert (trace.by, trace.subject) == (cast.vandamme, "4TTA")
    assert trace.details == {"lines": len(found), "format": "csv"}
    with django_capture_on_commit_callbacks(execute=True):
        entered(cast.pirard).get(reverse("structure:courses"), {"file": "csv"})
    assert Trace.objects.filter(act="trail.take_list").count() == 1


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_a_name_that_looks_like_a_formula_stays_a_name(cast, suffix):
    Person.objects.filter(pk=cast.noor.pk).update(given_name="=1+1")
    client = entered(cast.maes)

    taken = client.get(reverse("structure:pupils"), {"file": suffix, "q": "haddad"})

    table = read_table(io.BytesIO(b"".join(taken.streaming_content)), name=f"pupils.{suffix}")
    assert "=1+1" in [row[1] for row in table.rows]


def test_a_list_is_sorted_by_its_heading_and_says_so(cast):
    client = entered(cast.maes)

    upwards = client.get(reverse("structure:pupils"), {"sort": "class"})
    downwards = client.get(reverse("structure:pupils"), {"sort": "-class"})

    names = [line.pupil for line in upwards.context["page"]]
    assert [line.class_group.name for line in upwards.context["page"]] == ["2CB", "4TTA", "4TTA", "5TTB"]
    assert [line.class_group.name for line in downwards.context["page"]] == ["5TTB", "4TTA", "4TTA", "2CB"]
    assert names[1:3] == [cast.emma, cast.noor]
    assert 'aria-sort="ascending"><a class="sort" href="?sort=-class">' in upwards.text
    assert 'aria-sort="descending"><a class="sort" href="?sort=class">' in downwards.text


def test_a_link_of_several_leads_where_the_reader_may_go():
    closed, opened = standing("no", lambda reader: False), standing("yes", lambda reader: True)
    person = Person(pk=7, given_name="Noor", family_name="Haddad")
    columns = (
        Column(
            "name",
            "Name",
            lambda person: person.full_name,
            links=(
                Link(lambda person: "/first/", lambda person: [person], closed),
                Link(lambda person: "/second/", lambda person: [person], opened),
            ),
        ),
    )
    listing = Listing("tests.links", "List", columns, Count("some"), EMPTY)

    page = ListReading(listing, [person], reader=person, asked=QueryDict()).page()

    with translation.override("en"):
        drawn = str(drawing.table(page))
    assert 'href="/second/"' in drawn
    assert "/first/" not in drawn
