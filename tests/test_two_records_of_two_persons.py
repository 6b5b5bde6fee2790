"""Two who look alike in the register are two persons: said once, nobody proposes them again."""

import pytest

from preau.people.actions import (
    CannotMerge,
    OneAndTheSame,
    merge_persons,
    propose_again,
    record_person,
    tell_apart,
)
from preau.people.doubles import doubles, told_apart
from preau.people.models import Person, ToldApart
from preau.trail.models import Trace
from tests.imports import bring

TWINS_BY_CHANCE = """\
matricule;nom;prenom;sexe;DateNaiss;classe
201;Peeters;Lucas;M;2012-05-04;4 TTA
202;Peeters;Lucas;M;2012-05-04;5TTB
"""


@pytest.fixture
def two(school, tmp_path):
    """Two pupils of one name were born on one day; ProEco knows both."""
    _ = school.year
    assert bring(tmp_path, "people", TWINS_BY_CHANCE).applied
    return list(Person.objects.filter(family_name="Peeters").order_by("pk"))


def pairs():
    return [{pair.kept.pk, pair.gone.pk} for pair in doubles()]


def test_they_are_proposed_until_somebody_says_they_are_two(
    school, two, visit, tap, django_capture_on_commit_callbacks
):
    lucas, other = two
    assert pairs() == [{lucas.pk, other.pk}]
    page = visit("people:doubles", as_=school.maes)
    assert "These are two" in page.text

    with django_capture_on_commit_callbacks(execute=True):
        tap("people:apart", {"gone": other.pk}, as_=school.maes, htmx=False, somebody_id=lucas.pk)

    assert pairs() == []
    assert doubles([lucas.pk]) == []
    page = visit("people:doubles", as_=school.maes)
    assert "Two persons" in page.text
    assert "These are two" not in page.text
    assert Trace.objects.filter(act="people.tell_apart", by=school.maes, about__in=two).count() == 2


def test_there_is_a_way_back(school, two, tap, school_day, django_capture_on_commit_callbacks):
    apart = tell_apart(one=two[0], other=two[1], by=school.maes, at=school_day)

    with django_capture_on_commit_callbacks(execute=True):
        tap("people:apart_end", as_=school.maes, htmx=False, apart_id=apart.pk)

    assert pairs() == [{two[0].pk, two[1].pk}]
    assert Trace.objects.filter(act="people.propose_again").count() == 2
    assert not told_apart().exists()


def test_an_import_does_not_bring_the_question_back(school, two, tmp_path, school_day):
    tell_apart(one=two[1], other=two[0], by=school.maes, at=school_day)

    again = bring(tmp_path, "people", TWINS_BY_CHANCE.replace("5TTB", "4 TTA"))

    assert (again.counts["new"], again.counts["warnings"]) == (0, 0)
    assert pairs() == []


def test_a_parent_of_a_shared_name_is_not_taken_for_the_other_in_silence(school, tmp_path, school_day):
    """Two mothers are called Anna Maes and share the telephone of a shop."""
    file = "matricule;nom;prenom;classe;nomMere;gsmMere\n%s"
    first = "301;Blanc;Zoé;4 TTA;MAES Anna;0470112233\n"
    _ = school.year
    bring(tmp_path, "people", file % first)
    anna = Person.objects.get(given_name="Anna")
    other = record_person(
        given_name="Anna", family_name="MAES", mobile=anna.mobile, by=school.maes, at=school_day
    )
    tell_apart(one=anna, other=other, by=school.maes, at=school_day)

    report = bring(tmp_path, "people", file % (first + "302;Noir;Luc;4 TTA;MAES Anna;0470112233\n"))

    assert [line.wrong for line in report.lines if line.status == "warning"] == [
        "Two persons of this name may be meant: it is taken for MAES Anna."
    ]


def test_said_twice_it_is_noted_once_and_nobody_is_two(school, two, school_day):
    for one, other in (two, reversed(two)):
        tell_apart(one=one, other=other, by=school.maes, at=school_day)
    with pytest.raises(OneAndTheSame):
        tell_apart(one=two[0], other=two[0], by=school.maes, at=school_day)

    assert ToldApart.objects.count() == 1


def test_they_are_not_made_one_unless_that_is_taken_back_first(school, two, school_day):
    apart = tell_apart(one=two[0], other=two[1], by=school.maes, at=school_day)
    two[1].enrolments.all().delete()
    two[1].external_ids.all().delete()
    with pytest.raises(CannotMerge, match="two persons"):
        merge_persons(gone=two[1], kept=two[0], by=school.maes, at=school_day)

    propose_again(apart=apart, by=school.maes, at=school_day)
    merge_persons(gone=two[1], kept=two[0], by=school.maes, at=school_day)


def test_a_third_record_of_one_of_them_takes_what_is_known_along(school, two, school_day):
    tell_apart(one=two[0], other=two[1], by=school.maes, at=school_day)
    third = record_person(
        given_name="Lucas", family_name="Peeters", born_on=two[0].born_on, by=None, at=school_day
    )
    tell_apart(one=third, other=two[1], by=school.maes, at=school_day)

    merge_persons(gone=third, kept=two[0], by=school.maes, at=school_day)

    assert pairs() == []
    assert ToldApart.objects.count() == 1


def test_only_those_who_keep_the_register_say_so(school, two, tap):
    answer = tap("people:apart", {"gone": two[1].pk}, as_=school.vandamme, somebody_id=two[0].pk)

    assert answer.status_code == 404
    assert not ToldApart.objects.exists()
    nobody = tap("people:apart", {"gone": 987654}, as_=school.maes, somebody_id=two[0].pk)
    assert nobody.status_code == 422
