"""A person recorded twice becomes one: all that hangs on the other record moves, and can go back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from preau.accounts.models import Account
from preau.gradebook.models import Grade
from preau.gradebook.tests.builders import assessment, grade
from preau.grading.models import Closing
from preau.kit import clock
from preau.people.actions import (
    BuiltOnMerge,
    CannotMerge,
    CannotUndoMerge,
    forget_merges,
    merge_persons,
    record_person,
    relate_guardian,
    undo_merge,
)
from preau.people.doubles import doubles
from preau.people.merging import plan, pointers
from preau.people.models import Duty, ExternalId, Household, Merge, Person, Relationship, Residence
from preau.structure.models import Enrolment, GroupMembership
from preau.trail.models import Trace
from tests.imports import bring, bring_school


@pytest.fixture
def twice(school, school_day):
    """Samira came in a second time, as the mother of Emma: another record, with a phone of its own."""
    again = record_person(
        given_name="Samira", family_name="HADDAD", mobile="+32470123456", by=school.maes, at=school_day
    )
    relate_guardian(pupil=school.emma, guardian=again, kind="MOTHER", by=school.maes, at=school_day)
    ExternalId.objects.create(person=again, system="proeco", value="55")
    Person.objects.filter(pk=school.samira.pk).update(mobile="", email="samira@example.org")
    school.samira.refresh_from_db()
    return again


def merge(school, gone, kept, at):
    return merge_persons(gone=gone, kept=kept, by=school.maes, at=at)


def everything():
    """Return all that names somebody, by model: who is named, by the key of the record."""
    return {
        (pointer.model._meta.label, pointer.name): dict(
            pointer.model._base_manager.filter(pointer.among).values_list("pk", pointer.name)
        )
        for pointer in pointers()
        if pointer.model._meta.label not in {"people.Merge", "trail.Trace"}
    }


def test_all_that_hangs_on_the_other_record_comes_to_the_one_that_stays(school, twice, school_day):
    key = twice.pk
    merge(school, twice, school.samira, school_day)

    samira = Person.objects.get(pk=school.samira.pk)
    assert not Person.objects.filter(pk=key).exists()
    assert set(samira.wards.values_list("pupil__given_name", flat=True)) == {"Noor", "Elias", "Emma"}
    assert samira.external_ids.get().value == "55"
    assert (samira.mobile, samira.email) == ("+32470123456", "samira@example.org")
    assert not Trace.objects.filter(about=key).exists()


def test_within_thirty_days_they_are_two_again_as_they_were(school, twice, school_day):
    before, key, mobile = everything(), twice.pk, twice.mobile
    made = merge(school, twice, school.samira, school_day)

    gone = undo_merge(merge=made, by=school.maes, at=school_day + timedelta(days=29))

    assert everything() == before
    assert (gone.pk, gone.mobile, gone.sort_name) == (key, mobile, "haddad samira")
    assert Person.objects.get(pk=school.samira.pk).mobile == ""
    with pytest.raises(CannotUndoMerge):
        undo_merge(merge=made, by=school.maes, at=school_day)


def test_what_was_written_since_stays_with_the_one_who_was_kept(school, twice, school_day):
    made = merge(school, twice, school.samira, school_day)
    home = Household.objects.create(street="Rue Haute 3", city="Bruxelles")
    Residence.objects.create(person=school.samira, household=home)

    undo_merge(merge=made, by=school.maes, at=school_day)

    assert home.residents.get() == school.samira


def test_after_thirty_days_nothing_of_the_other_record_is_left(school, twice, school_day):
    made = merge(school, twice, school.samira, school_day)
    late = school_day + timedelta(days=30)

    with pytest.raises(CannotUndoMerge):
        undo_merge(merge=made, by=school.maes, at=late)
    assert forget_merges(at=late - timedelta(seconds=1)) == 0
    assert forget_merges(at=late) == 1
    assert Merge.objects.get().details == {}


def test_a_pupil_in_one_class_twice_is_there_once_from_the_earlier_day(school, school_day):
    again = record_person(given_name="Emma", family_name="Claes", by=school.maes, at=school_day)
    for model, name, where in (
        (Enrolment, "class_group", school.class_4tta),
        (GroupMembership, "group", school.maths_4tta),
    ):
        model.objects.create(pupil=again, starts_on=date(2026, 11, 2), **{name: where})
        model.objects.filter(pupil=school.emma).update(
            starts_on=date(2026, 11, 10), ends_on=date(2026, 12, 1)
        )
    before = everything()

    made = merge(school, again, school.emma, school_day)

    tie = Enrolment.objects.get(pupil=school.emma)
    assert (tie.starts_on, tie.ends_on) == (date(2026, 11, 2), None)
    assert GroupMembership.objects.get(pupil=school.emma).starts_on == date(2026, 11, 2)
    undo_merge(merge=made, by=school.maes, at=school_day)
    assert everything() == before
    assert Enrolment.objects.get(pupil=school.emma).ends_on == date(2026, 12, 1)


def test_what_cannot_both_be_of_one_person_is_settled_first(school, twice, school_day):
    relate_guardian(pupil=school.noor, guardian=twice, kind="OTHER", by=school.maes, at=school_day)

    with pytest.raises(CannotMerge, match="Settle that first") as refused:
        merge(school, twice, school.samira, school_day)

    assert "Relationship" in str(refused.value)
    assert Relationship.objects.filter(guardian=twice).count() == 2


@pytest.mark.parametrize(
    ("gone", "kept", "by", "why"),
    [
        ("samira", "samira", "maes", "not two records, but one"),
        ("maes", "samira", "maes", "ask a colleague"),
        ("pirard", "samira", "maes", "holds a function above yours"),
        ("samira", "noor", "maes", "they are two persons"),
    ],
)
def test_who_is_surely_not_one_person_is_not_merged(school, school_day, gone, kept, by, why):
    who = school.everybody
    assert Duty.objects.exists()

    with pytest.raises(CannotMerge, match=why):
        merge_persons(gone=who[gone], kept=who[kept], by=who[by], at=school_day)


def test_two_accounts_are_not_made_one(school, twice, school_day):
    Account.objects.create(person=twice, username="samira.bis")
    Account.objects.get_or_create(person=school.samira, defaults={"username": "samira.haddad"})

    with pytest.raises(CannotMerge, match="cannot both be of one person"):
        merge(school, twice, school.samira, school_day)


def test_sealed_grades_stay_under_the_record_they_are_sealed_under(school, school_day):
    from preau.gradebook.actions import close_gradebook

    again = record_person(given_name="Noor", family_name="Haddad", by=school.maes, at=school_day)
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    grade(test, school.noor, "12", by=school.vandamme)
    close_gradebook(group=school.maths_4tta, period=school.december, by=school.vandamme, at=clock.now())
    assert Closing.objects.exists()

    with pytest.raises(CannotMerge, match="sealed under the record of Noor Haddad"):
        merge(school, school.noor, again, school_day)
    merge(school, again, school.noor, school_day)
    assert Grade.objects.get(pupil=school.noor).points == Decimal(12)


def test_merges_are_undone_the_last_one_first(school, twice, school_day):
    third = record_person(given_name="Samira", family_name="Haddad", by=school.maes, at=school_day)
    first = merge(school, twice, school.samira, school_day)
    second = merge(school, third, school.samira, school_day)

    with pytest.raises(BuiltOnMerge, match="Samira Haddad"):
        undo_merge(merge=first, by=school.maes, at=school_day)
    undo_merge(merge=second, by=school.maes, at=school_day)
    undo_merge(merge=first, by=school.maes, at=school_day)
    assert Person.objects.filter(sort_name="haddad samira").count() == 3


def test_a_tie_made_since_that_stands_in_the_way_is_told(school, twice, school_day):
    key, made = twice.pk, merge(school, twice, school.samira, school_day)
    Person.objects.create(pk=key, given_name="Somebody", family_name="Else")

    with pytest.raises(BuiltOnMerge):
        undo_merge(merge=made, by=school.maes, at=school_day)
    assert Merge.objects.get().undone_at is None


def test_who_a_file_brought_is_known_again_under_the_one_that_stays(school, tmp_path, school_day):
    bring_school(tmp_path)
    brought = Person.objects.get(given_name="Noor", external_ids__value="101")
    for model in (Enrolment, GroupMembership):
        model.objects.filter(pupil=brought).delete()
    Relationship.objects.filter(pupil=brought).delete()

    merge(school, brought, school.noor, school_day)
    again = bring(tmp_path, "people", "matricule;nom;prenom\n101;Haddad;Noor\n")

    assert (again.counts["new"], again.counts["errors"]) == (0, 0)
    assert ExternalId.objects.get(value="101").person == school.noor


def test_every_field_that_names_a_person_is_walked(school):
    known = {(pointer.model._meta.label, pointer.name) for pointer in pointers()}

    assert {
        ("people.Relationship", "guardian"), ("people.Residence", "person"), ("accounts.Account", "person"),
        ("gradebook.Grade", "written_by"), ("gradebook.PastGrade", "written_by"), ("trail.Trace", "about"),
        ("follow_up.AdjustmentPlan", "pupil"), ("exchange.Origin", "record_id"),
    } <= known  # fmt: skip
    assert plan(gone=school.samira, kept=school.emma, by=None).counts


BORN, EARLIER = date(2011, 2, 14), date(2010, 2, 14)


@pytest.mark.parametrize(
    ("family_name", "given_name", "facts", "why"),
    [
        ("HADDAD", "Noor", {"born_on": BORN}, "the same name and date of birth"),
        ("Noor", "Haddad", {"born_on": BORN}, "the same name and date of birth"),
        ("Haddad", "Noor", {"born_on": EARLIER}, None),
        ("Haddad", "Noor", {"email": "NOOR@example.org"}, "the same name and e-mail"),
        ("Haddad", "Noor", {"phone": "+3221234567"}, "the same name and phone"),
        ("Haddad", "Elias", {"email": "noor@example.org"}, None),
    ],
)
def test_who_may_be_recorded_twice_is_proposed(school, family_name, given_name, facts, why):
    Person.objects.filter(pk=school.noor.pk).update(
        born_on=BORN, email="noor@example.org", mobile="+3221234567"
    )
    other = Person.objects.create(family_name=family_name, given_name=given_name, **facts)

    found = [(pair.kept, pair.gone, str(pair.why)) for pair in doubles([school.noor.pk])]

    assert found == ([(school.noor, other, why)] if why else [])


def test_the_secretary_looks_merges_and_undoes_on_the_screen(school, twice, visit, tap):
    Person.objects.filter(pk=twice.pk).update(email="samira@example.org")
    listed = visit("people:doubles", as_=school.maes)
    assert "the same name and e-mail" in listed.text
    door = {"somebody_id": school.samira.pk}
    asked = visit("people:merge", as_=school.maes, query={"gone": twice.pk}, **door)
    assert "It can be undone for thirty days" in asked.text
    assert Person.objects.filter(pk=twice.pk).exists()

    tap("people:merge", {"gone": twice.pk}, as_=school.maes, htmx=False, **door)
    assert Person.objects.filter(pk=twice.pk).exists()
    tap("people:merge", {"gone": twice.pk, "confirmed": "yes"}, as_=school.maes, htmx=False, **door)
    assert not Person.objects.filter(pk=twice.pk).exists()
    assert "Make two again" in visit("people:doubles", as_=school.maes).text

    undoing = {"merge_id": Merge.objects.get().pk}
    assert "is a person apart" in visit("people:merge_undo", as_=school.maes, **undoing).text
    tap("people:merge_undo", {"confirmed": "yes"}, as_=school.maes, htmx=False, **undoing)
    assert Person.objects.filter(pk=twice.pk).exists()


def test_what_keeps_two_apart_is_said_before_the_question(school, visit):
    page = visit(
        "people:merge", as_=school.maes, query={"gone": school.noor.pk}, somebody_id=school.samira.pk
    )

    assert "they are two persons" in page.text
    assert "Try the other way" in page.text
