from datetime import date

import pytest

from preau.people.models import Duty, ExternalId, Household, Person, Relationship, Residence
from preau.people.relations import cares_for

HOSTILE = '"><img src=x onerror=alert(1)>'
PAGES = ["people:person", "people:identity", "people:homes"]


@pytest.mark.parametrize("page", PAGES)
def test_the_secretary_opens_anybodys_record_and_nobody_else_does(school, visit, page):
    ids = {"somebody_id": school.everybody["noor"].pk}

    assert visit(page, as_=school.maes, **ids).status_code == 200
    for who in (school.vandamme, school.nys, school.samira, school.noor, school.zoe):
        assert visit(page, as_=who, **ids).status_code == 404


def test_a_change_of_identity_keeps_what_is_wrong_on_the_page(school, tap):
    form = {"family_name": "Haddad", "given_name": "Noor", "language": "nl", "born_on": "2011-02-14"}
    ids = {"somebody_id": school.noor.pk}

    wrong = tap("people:identity", form | {"born_on": "2031-01-01", "email": "no"}, as_=school.maes, **ids)
    assert wrong.status_code == 422
    assert "check the year" in wrong.text
    assert 'value="no"' in wrong.text

    long_ago = tap("people:identity", form | {"born_on": "1912-01-01"}, **ids)
    assert (long_ago.status_code, "check the year" in long_ago.text) == (422, True)

    tap("people:identity", form, **ids)
    assert Person.objects.get(pk=school.noor.pk).language == "nl"


def test_hostile_names_are_shown_and_do_nothing(school, visit, tap):
    form = {"family_name": HOSTILE, "given_name": "Noor", "language": "fr", "mobile": HOSTILE[:30]}
    tap("people:identity", form, as_=school.maes, somebody_id=school.noor.pk)

    for page, ids in (
        ("people:person", {"somebody_id": school.noor.pk}),
        ("people:person", {"somebody_id": school.samira.pk}),
        ("people:families", {}),
        ("people:guardians", {"pupil_id": school.noor.pk}),
    ):
        text = visit(page, as_=school.maes, **ids).text
        assert "<img src=x" not in text


def test_a_new_mother_is_recorded_with_the_home_of_her_child(school, tap):
    home = Household.objects.create(street="Rue du Canal 3", city="Exempleville")
    Residence.objects.create(person=school.noor, household=home)
    form = {
        "family_name": "Haddad",
        "given_name": "Leïla",
        "language": "fr",
        "kind": "MOTHER",
        "is_legal_responsible": "on",
        "lives_with_pupil": "on",
        "email": "leila@example.org",
    }

    answer = tap("people:guardians", form, as_=school.maes, htmx=False, pupil_id=school.noor.pk)

    assert answer.status_code == 302
    leila = Person.objects.get(given_name="Leïla")
    assert cares_for("pk").over(Person).allows(leila, school.noor)
    assert list(leila.households.all()) == [home]


def test_a_known_adult_is_found_and_chosen(school, visit, tap):
    ids = {"pupil_id": school.emma.pk}
    page = visit("people:guardians", as_=school.maes, query={"q": "haddad sam"}, **ids)
    assert page.context["found"] == []
    assert school.samira.pk
    page = visit("people:guardians", query={"q": "haddad sam"}, **ids)
    assert page.context["found"] == [school.samira]

    chosen = {"guardian": school.samira.pk, "kind": "PARTNER"}
    tap("people:guardians", chosen, **ids)
    tie = school.emma.guardianships.get()
    assert not tie.sees_marks

    again = tap("people:guardians", chosen, **ids)
    assert again.status_code == 422
    assert "already answers for Emma Claes" in again.text


def test_rights_are_changed_on_a_document(school, tap, visit):
    assert school.samira
    tie = school.noor.guardianships.get()
    ids = {"relationship_id": tie.pk}
    kept = {right: "on" for right in Relationship.RIGHTS if right != "sees_marks"}
    form = {"kind": "MOTHER", "is_legal_responsible": "on", **kept}
    assert visit("people:relationship", as_=school.maes, **ids).status_code == 200

    refused = tap("people:relationship", form, **ids)
    assert refused.status_code == 422
    assert "Rights are taken from Samira Haddad only on a document" in refused.text

    tap("people:relationship", form | {"checked_on": "2026-11-20"}, **ids)
    assert not cares_for("pk").over(Person).allows(school.samira, school.noor)
    shown = visit("people:person", somebody_id=school.noor.pk).text
    assert "Document checked on 20/11/2026 by Anouk Maes" in shown

    assert "read nothing more about Noor Haddad" in visit("people:relationship_end", **ids).text
    tap("people:relationship_end", {}, **ids)
    assert Relationship.objects.in_force().filter(pk=tie.pk).exists()
    tap("people:relationship_end", {"confirmed": "yes"}, **ids)
    assert not Relationship.objects.in_force().filter(pk=tie.pk).exists()


def test_a_family_moves_together(school, tap):
    for who in (school.samira, school.noor, school.elias):
        assert who.pk
    form = {
        "street": "Rue Neuve 1",
        "postcode": "5000",
        "city": "Exempleville",
        "country": "BE",
        "is_main": "on",
        "also": [school.noor.pk, school.elias.pk],
    }

    tap("people:homes", form, as_=school.maes, somebody_id=school.samira.pk)

    home = Household.objects.get()
    assert set(home.residents.all()) == {school.samira, school.noor, school.elias}
    form = {"street": "Rue Neuve 2", "postcode": "5000", "city": "Exempleville", "country": "BE"}
    tap("people:household", form, household_id=home.pk)
    assert Household.objects.get().street == "Rue Neuve 2"
    tap("people:residence_end", {}, residence_id=school.elias.residences.get().pk)
    assert not school.elias.residences.exists()
    nowhere = tap("people:homes", {"country": "BE"}, somebody_id=school.zoe.pk)
    assert nowhere.status_code == 422


def test_a_relatives_address_is_chosen_from_a_list(school, tap):
    home = Household.objects.create(street="Rue du Canal 3", city="Exempleville")
    Residence.objects.create(person=school.samira, household=home)

    tap(
        "people:homes",
        {"shared": home.pk, "country": "BE", "is_main": "on"},
        as_=school.maes,
        somebody_id=school.noor.pk,
    )

    assert list(school.noor.households.all()) == [home]


def test_numbers_of_other_systems_come_and_go(school, tap):
    ids = {"somebody_id": school.noor.pk}
    tap("people:numbers", {"system": "ProEco", "value": "12345"}, as_=school.maes, **ids)
    number = ExternalId.objects.get()

    taken = tap("people:numbers", {"system": "ProEco", "value": "12345"}, somebody_id=school.emma.pk)
    assert taken.status_code == 422
    assert "already the number of Noor Haddad" in taken.text
    assert 'value="12345"' in taken.text

    tap("people:number_end", {}, number_id=number.pk)
    assert not ExternalId.objects.exists()


def test_families_are_found_by_the_name_of_a_child_and_by_language(school, visit):
    assert school.everybody
    Person.objects.filter(pk=school.ines.pk).update(language="nl")

    def found(**query):
        page = visit("people:families", as_=school.maes, query=query)
        return [line.guardian for line in page.context["page"]]

    assert found() == [school.ines, school.karim, school.samira]
    assert found(q="elias") == [school.karim, school.samira]
    assert found(language="nl") == [school.ines]


def test_the_page_of_a_pupil_costs_a_fixed_number_of_queries(school, visit, django_assert_max_num_queries):
    assert school.everybody
    visit("people:person", as_=school.maes, somebody_id=school.noor.pk)

    with django_assert_max_num_queries(21):  # One notes that somebody looked; two find the family.
        visit("people:person", somebody_id=school.noor.pk)


def test_a_duty_that_has_ended_opens_nothing(school, visit):
    Duty.objects.filter(person=school.maes).update(ends_on=date(2026, 11, 24))

    assert visit("people:families", as_=school.maes).status_code == 404
