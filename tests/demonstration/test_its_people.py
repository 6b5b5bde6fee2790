"""The cast is at home in the demonstration, and so are the cases every school knows."""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.db.models import Count, Q

from preau.accounts.demo import SHORT_NAMES
from preau.accounts.models import Account
from preau.kit.demo import DAY, PASSWORD, Options, SchoolIsThere, open_demonstration
from preau.people.demo import SchoolTooSmall
from preau.people.models import Duty, ExternalId, ParentAccess, Person, Relationship
from preau.people.relations import cares_for

pytestmark = pytest.mark.usefixtures("lycee")


def who(name: str) -> Person:
    given, family = name.split(" ", 1)
    return Person.objects.get(given_name=given, family_name=family)


# The cast.
def test_everybody_of_the_tests_is_there():
    names = [
        *("Claire Vandamme", "Marc Thys", "Sophie Lemaire", "Paul Pirard", "Anouk Maes", "Ousmane Diallo"),
        *("Luc Nys", "Noor Haddad", "Emma Claes", "Elias Haddad", "Alma Berg", "Samira Haddad"),
        *("Karim Haddad", "Inès Claes", "Zoé Martin"),
    ]

    assert [str(who(name)) for name in names] == names


@pytest.mark.parametrize(
    ("name", "born_on"),
    [
        ("Noor Haddad", date(2011, 2, 14)),
        ("Emma Claes", date(2011, 5, 3)),
        ("Elias Haddad", date(2013, 9, 30)),
        ("Alma Berg", date(2008, 3, 1)),
    ],
)
def test_pupils_are_born_when_the_tests_say(name, born_on):
    assert who(name).born_on == born_on


def test_samira_reads_the_marks_of_both_children_and_karim_of_none():
    pupils = Person.objects.all()
    children = [who("Elias Haddad"), who("Noor Haddad")]

    samiras = cares_for("pk").over(Person).among(pupils, who("Samira Haddad"))
    karims = cares_for("pk").over(Person).among(pupils, who("Karim Haddad"))

    assert sorted(samiras, key=str) == children
    assert not karims.exists()


def test_a_restriction_says_who_checked_the_document_and_when():
    tie = Relationship.objects.get(guardian=who("Karim Haddad"), pupil=who("Noor Haddad"))

    assert (tie.sees_marks, tie.may_sign, tie.may_collect_pupil) == (False, False, True)
    assert tie.restricted_by == who("Paul Pirard")
    assert tie.restricted_on is not None


def test_the_two_homes_of_the_haddads_are_two_addresses():
    assert who("Noor Haddad").households.count() == 2
    assert who("Samira Haddad").households.get() != who("Karim Haddad").households.get()


def test_duties_are_those_of_the_tests():
    held = {str(duty.person): duty.kind for duty in Duty.objects.select_related("person")}

    assert held["Paul Pirard"] == Duty.Kind.HEAD
    assert held["Anouk Maes"] == Duty.Kind.SECRETARY
    assert held["Ousmane Diallo"] == Duty.Kind.EDUCATOR
    assert held["Luc Nys"] == Duty.Kind.ADMINISTRATOR


# Accounts.
def test_eight_short_names_open_eight_pairs_of_eyes():
    people = {a.username: str(a.person) for a in Account.objects.filter(username__in=SHORT_NAMES.values())}

    assert people == {
        "head": "Paul Pirard",
        "secretary": "Anouk Maes",
        "teacher": "Marc Thys",
        "tutor": "Claire Vandamme",
        "educator": "Ousmane Diallo",
        "pupil": "Noor Haddad",
        "parent": "Samira Haddad",
        "admin": "Luc Nys",
    }


def test_everybody_has_an_account_with_the_same_password_that_only_demo_mode_takes():
    assert Account.objects.count() == Person.objects.count()
    assert not Account.objects.filter(is_demo=False).exists()
    assert Account.objects.values("password").distinct().count() == 1
    assert check_password(PASSWORD, Account.objects.get(username="teacher").password)


def test_most_have_signed_in_of_late_and_some_never():
    signed_in = Account.objects.exclude(last_login=None)

    assert 0.6 * Account.objects.count() < signed_in.count() < Account.objects.count()
    assert not signed_in.filter(last_login__date__gt=DAY).exists()


def test_user_names_are_plain_and_e_mails_lead_nowhere():
    assert Account.objects.get(person=who("Aïssatou N'Diaye")).username == "aissatou.ndiaye"
    assert not Account.objects.exclude(username__regex=r"^[a-z.0-9-]+$").exists()
    assert not Person.objects.exclude(email="").exclude(email__endswith="@example.org").exists()


def test_an_e_mail_is_that_of_one_person():
    twice = Person.objects.exclude(email="").values("email").annotate(n=Count("pk")).filter(n__gt=1)

    assert not twice.exists()


def test_pupils_and_teachers_have_the_numbers_of_other_systems():
    assert ExternalId.objects.filter(system="proeco").count() == 60
    assert ExternalId.objects.get(person=who("Claire Vandamme")).value == "VAN"


# The cases every school knows.
@pytest.mark.parametrize(
    "family_name",
    ["d'Ursel", "Van den Bossche", "N'Diaye", "Ben Ali", "Müller-Özdemir"],
)
def test_names_that_break_careless_software_are_there(family_name):
    assert Person.objects.filter(family_name=family_name, enrolments__isnull=False).exists()


def test_there_are_names_of_one_letter_of_sixty_and_in_arabic():
    pupils = Person.objects.filter(enrolments__isnull=False).distinct()

    assert [person for person in pupils if len(person.given_name) == 1]
    assert [person for person in pupils if len(person.family_name) == 60]
    assert pupils.get(preferred_name="ليلى").full_name == "ليلى Al-Masri"


def test_a_pupil_turned_18_in_february():
    turned = Person.objects.filter(
        born_on__year=2009, born_on__month=2, enrolments__class_group__year_level__code="6"
    )

    assert turned.exists()


def test_a_pupil_of_age_keeps_the_parents_out():
    objection = ParentAccess.objects.get(is_granted=False)
    parents = [tie.guardian for tie in objection.pupil.guardianships.all()]

    assert objection.pupil.is_adult()
    assert parents
    assert not any(
        cares_for("pk").over(Person).among(Person.objects.all(), parent).exists() for parent in parents
    )


def test_no_guardian_of_hanna_has_an_e_mail():
    guardians = Person.objects.filter(wards__pupil=who("Hanna Zieliński"))

    assert guardians.count() >= 1
    assert not guardians.exclude(email="").exists()


def test_a_teacher_is_a_parent_too():
    assert Person.objects.filter(assignments__isnull=False, wards__isnull=False).exists()


def test_partners_and_grandparents_may_be_called_but_read_nothing():
    others = Relationship.objects.filter(is_legal_responsible=False)

    assert others.exists()
    assert not others.filter(Q(sees_marks=True) | Q(sees_conduct=True) | Q(may_sign=True)).exists()


# Opening.
def test_the_demonstration_does_not_open_where_somebody_is():
    before = Person.objects.count()

    with pytest.raises(SchoolIsThere):
        open_demonstration(Options(pupils=60))

    assert Person.objects.count() == before


def test_the_summary_says_what_was_written(lycee):
    numbers = [line.number for line in lycee.lines]

    assert numbers[:2] == [60, 105]
    assert "seconds" in str(lycee)


def test_a_school_too_small_for_its_stories_is_refused():
    with pytest.raises(SchoolTooSmall, match="60"):
        open_demonstration(Options(pupils=59))
