"""The list of families shows those of pupils who are here or to come; the others are one filter away."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from preau.people import standings
from preau.people.models import Person, Relationship
from preau.people.queries import guardians_found
from preau.structure.models import Enrolment

YESTERDAY = date(2026, 11, 23)
TODAY = date(2026, 11, 24)


@pytest.fixture
def families(school, visit):
    """Samira and Karim answer for Noor and Elias, Inès for Emma; Zoé knows nobody."""
    assert school.everybody

    def found(page="people:families", **query):
        answer = visit(page, as_=school.maes, query=query)
        return [line.guardian.given_name for line in answer.context["page"]]

    return found


def leave(pupil):
    Enrolment.objects.filter(pupil=pupil).update(ends_on=TODAY)


def test_families_whose_pupils_have_all_left_are_one_filter_away(school, families):
    leave(school.emma)

    assert families() == ["Karim", "Samira"]
    assert families(standing="left") == ["Inès"]
    assert families(standing="all") == ["Inès", "Karim", "Samira"]


def test_one_child_who_stays_keeps_the_family_in_the_list(school, families):
    leave(school.elias)

    assert families() == ["Inès", "Karim", "Samira"]
    assert families(standing="left") == []


def test_who_comes_next_month_is_expected_already(school, families):
    Enrolment.objects.filter(pupil=school.emma).update(starts_on=date(2027, 1, 10))

    assert families() == ["Inès", "Karim", "Samira"]


def test_a_pupil_in_no_class_yet_has_a_family_to_find(school, families):
    Enrolment.objects.filter(pupil=school.emma).delete()

    assert families() == ["Karim", "Samira"]
    assert families(standing="nowhere") == ["Inès"]


def test_people_without_any_tie_are_neither_family_nor_pupil_nor_staff(school, families):
    assert families(standing="no_tie") == ["Zoé"]

    Relationship.objects.filter(guardian=school.ines).update(ends_on=YESTERDAY)
    assert families(standing="no_tie") == ["Inès", "Zoé"]
    assert families(standing="no_tie", q="mart") == ["Zoé"]


def test_the_name_and_the_language_narrow_the_same_list(school, families):
    leave(school.emma)
    Person.objects.filter(pk=school.ines.pk).update(language="nl")

    assert families(q="emma") == []
    assert families(q="emma", standing="left") == ["Inès"]
    assert families(language="nl") == []
    assert families(standing="no such thing") == ["Karim", "Samira"]


def test_the_file_holds_the_families_of_the_list(school, families, visit):
    leave(school.emma)

    def exported(**query):
        answer = visit("people:families", as_=school.maes, query={"file": "xlsx", **query})
        book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
        return [row[0] for row in book.get_sheet_by_index(0).to_python()[1:]]

    assert exported() == ["Haddad", "Haddad"]
    assert exported(standing="left") == ["Claes"]


@pytest.mark.parametrize("standing", ["", "left", "nowhere", "no_tie", "all"])
def test_each_list_costs_the_same_queries(school, families, visit, standing, django_assert_max_num_queries):
    families(standing=standing)
    with django_assert_max_num_queries(14):
        families(standing=standing)


def test_search_finds_the_family_of_a_former_pupil_too(school, families):
    leave(school.emma)

    assert list(guardians_found(words="claes")) == [school.ines]
    assert standings.usual() == "here"
