"""Nobody ties themselves to a pupil or a group, by form or by file; the head is told of what others give."""

import pytest

from preau.people.models import Duty, ExternalId, Person, Relationship
from preau.people.own_ties import NobodyTiesOneself
from preau.structure import actions
from preau.structure.models import TeachingAssignment, Tutorship
from tests.cast import FIRST_DAY
from tests.imports import bring, errors_of

REFUSED = "Nobody ties oneself"


@pytest.fixture
def told(school, visit):
    """Read what the page of new ties tells the head."""
    return lambda: visit("trail:given", as_=school.pirard).text


def test_the_secretary_does_not_give_herself_a_group_a_colleague_does(school, tap, told):
    form = {"teacher": school.maes.pk, "kind": "MAIN", "on": "2026-11-24"}

    refused = tap("structure:teachers", form, as_=school.maes, group_id=school.maths_4tta.pk)

    assert REFUSED in refused.text
    assert not TeachingAssignment.objects.filter(teacher=school.maes).exists()
    tap("structure:teachers", form, as_=school.pirard, group_id=school.maths_4tta.pk)
    assert TeachingAssignment.objects.filter(teacher=school.maes).exists()
    assert "Anouk Maes" in told()


def test_nor_a_class_nor_a_child(school, tap, told, django_capture_on_commit_callbacks):
    tutor = {"tutor": school.maes.pk, "on": "2026-11-24"}
    mother = {"guardian": school.maes.pk, "kind": "MOTHER", "is_legal_responsible": "on"}

    in_charge = tap("structure:tutors", tutor, as_=school.maes, class_group_id=school.class_4tta.pk)
    answering = tap("people:guardians", mother, as_=school.maes, pupil_id=school.noor.pk)
    namesake = {"given_name": "anouk", "family_name": "MAES", "kind": "MOTHER", "language": "fr"}
    again = tap("people:guardians", namesake, pupil_id=school.noor.pk)

    assert REFUSED in in_charge.text
    assert REFUSED in answering.text
    assert REFUSED in again.text
    assert not Tutorship.objects.filter(tutor=school.maes).exists()
    assert not Relationship.objects.filter(pupil=school.noor).exists()
    with django_capture_on_commit_callbacks(execute=True):
        tap("people:guardians", mother, as_=school.pirard, pupil_id=school.noor.pk)
    assert "Anouk Maes, who works here, answers for the pupil" in told()


def test_who_answers_for_a_pupil_gives_oneself_no_right_back(school, tap, school_day):
    tie = Relationship.objects.create(pupil=school.noor, guardian=school.maes, sees_marks=False)
    form = {"kind": "MOTHER", "sees_marks": "on"}

    refused = tap("people:relationship", form, as_=school.maes, relationship_id=tie.pk)

    assert REFUSED in refused.text
    tie.refresh_from_db()
    assert not tie.sees_marks


@pytest.mark.parametrize("who", ["nys", "maes"])
def test_a_file_does_not_make_whoever_brings_it_a_father(school, tmp_path, who):
    me = getattr(school, who)
    _ = school.class_4tta
    text = f"nom;prenom;DateNaiss;classe;nomPere\nHaddad;Noor;2011-02-14;4TTA;{me.list_name}\n"

    report = bring(tmp_path, "people", text, by=me)

    assert not report.applied
    assert REFUSED in errors_of(report)[0][2]
    assert not Relationship.objects.exists()
    assert bring(tmp_path, "people", text, by=school.pirard).applied


def test_a_file_does_not_make_whoever_brings_it_a_teacher(school, tmp_path, told):
    _ = school.maths_4tta
    ExternalId.objects.create(person=school.nys, system="acronym", value="NYS")
    text = f"acronyme;coursGrp\nNYS;{school.maths_4tta.code}\n"

    report = bring(tmp_path, "memberships", text, by=school.nys)

    assert not report.applied
    assert REFUSED in errors_of(report)[0][2]
    assert bring(tmp_path, "memberships", text, by=school.maes).applied
    assert "Luc Nys" in told()


def test_a_file_that_names_a_tie_one_has_already_goes_on(school, tmp_path):
    _ = school.maths_4tta
    Duty.objects.create(person=school.vandamme, kind=Duty.Kind.SECRETARY, starts_on=FIRST_DAY)
    ExternalId.objects.create(person=school.vandamme, system="acronym", value="VAN")
    text = f"acronyme;coursGrp\nVAN;{school.maths_4tta.code}\n"

    assert bring(tmp_path, "memberships", text, by=school.vandamme).applied


def test_the_console_ties_whom_it_likes(school, school_day):
    with pytest.raises(NobodyTiesOneself):
        actions.enrol_pupil(
            pupil=school.nys, class_group=school.class_4tta, on=FIRST_DAY, by=school.nys, at=school_day
        )
    actions.enrol_pupil(pupil=school.nys, class_group=school.class_4tta, on=FIRST_DAY, by=None, at=school_day)


def test_the_head_is_told_on_today_and_whoever_holds_a_duty_of_a_second_one(
    school, visit, school_day, django_capture_on_commit_callbacks
):
    _ = school.maes
    with django_capture_on_commit_callbacks(execute=True):
        actions.give_duty(
            person=school.zoe, kind=Duty.Kind.SECRETARY, starts_on=school_day.date(), by=None, at=school_day
        )

    assert "Zoé Martin the function “secretary”" in visit("portal:today", as_=school.pirard).text
    assert "Zoé Martin the function “secretary”" in visit("portal:today", as_=school.maes).text
    assert "the function" not in visit("portal:today", as_=school.diallo).text
    assert visit("trail:given", as_=school.maes).status_code == 404
    assert Person.objects.get(pk=school.zoe.pk).holds(Duty.Kind.SECRETARY)
