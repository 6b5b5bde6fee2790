import pytest
from django.db import IntegrityError

from preau.accounts import actions
from preau.accounts.models import Account
from preau.people.models import Person


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("Noor", "Haddad", "noor.haddad"),
        ("Inès", "Claes", "ines.claes"),
        ("Jean-Pierre", "De Smet", "jean-pierre.desmet"),
        ("Łukasz", "Søndergård", "lukasz.sondergard"),
        ("Zoé", "d'Hondt", "zoe.dhondt"),
        ("ليلى", "حداد", "person"),
        ("", "Madonna", "madonna"),
    ],
)
def test_a_user_name_is_first_and_last_in_plain_letters(db, given, family, name):
    assert actions.propose_username(Person(given_name=given, family_name=family)) == name


def test_namesakes_get_numbers(db):
    namesakes = [Person.objects.create(given_name="Noor", family_name="Haddad") for _ in range(3)]

    first = actions.open_account(namesakes[0])
    others = actions.open_accounts(namesakes[1:])

    assert [first.username, *(account.username for account in others)] == [
        "noor.haddad",
        "noor.haddad2",
        "noor.haddad3",
    ]


def test_a_school_of_accounts_is_opened_with_one_digest_and_few_queries(db, django_assert_max_num_queries):
    persons = [Person(given_name=f"Pupil{number}", family_name="Test") for number in range(600)]
    for person in persons:
        person.set_sort_name()
    Person.objects.bulk_create(persons)

    with django_assert_max_num_queries(10):
        actions.open_accounts(
            persons, usernames={persons[0].pk: "pupil"}, password="preau-demo", is_demo=True
        )

    assert Account.objects.get(person=persons[0]).username == "pupil"
    assert len(set(Account.objects.values_list("password", flat=True))) == 1
    assert Account.objects.last().check_password("preau-demo")


def test_those_who_have_an_account_keep_it(school):
    before = school.samira.account.pk

    actions.open_accounts([school.samira])

    assert Account.objects.get(person=school.samira).pk == before


def test_two_spellings_of_a_user_name_are_one(school):
    assert school.pirard.account.username == "paul.pirard"
    namesake = Person.objects.create(given_name="Paul", family_name="Pirard")

    with pytest.raises(IntegrityError):
        Account.objects.bulk_create([Account(person=namesake, username="PAUL.Pirard")])
