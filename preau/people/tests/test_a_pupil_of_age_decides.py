"""At 18 a pupil decides whether the parents read: on the own profile, for oneself alone, and back again."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from preau.kit.dossier import dossier_of
from preau.people import actions
from preau.people.models import ParentAccess
from preau.people.queries import parents_reading
from preau.people.relations import grown_up_wards_of, wards_of
from tests.drawn import in_one_line

NO = {"parents": "kept_out"}
YES = {"parents": "read"}
LAST_TERM = datetime(2026, 10, 5, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))
OLD_ENOUGH = date(2008, 11, 24)


@pytest.fixture
def noor_is_of_age(school):
    """Noor, in 4TTA, is 18 today; Samira and Karim answer for her."""
    _ = school.lycee, school.december, school.class_4tta, school.class_2cb, school.samira, school.karim
    school.noor.born_on = OLD_ENOUGH
    school.noor.save()
    return school.noor


def test_an_adult_pupil_reads_who_reads_and_why(noor_is_of_age, visit):
    text = in_one_line(visit("portal:profile", as_=noor_is_of_age).text)

    assert "What your parents read" in text
    assert "Samira Haddad" in text
    assert "sees marks and report cards, sees attendance, sees conduct" in text
    assert "sees attendance, sees conduct" in text.split("Karim Haddad")[1]
    assert "sees marks" not in text.split("Karim Haddad")[1].split("</li>")[0]
    assert "read on until the pupil objects" in text
    assert "You have decided nothing yet." in text


def test_a_pupil_objects_and_lets_them_read_again(school, noor_is_of_age, visit, tap):
    asked = visit("people:parents", as_=noor_is_of_age).text
    assert "From the moment you confirm, Karim Haddad, Samira Haddad will no longer open" in asked
    assert noor_is_of_age.pk in wards_of(school.samira)

    tap("people:parents", NO, htmx=False)
    assert noor_is_of_age.pk not in wards_of(school.samira)
    assert grown_up_wards_of(school.samira) == [noor_is_of_age.pk]
    profile = visit("portal:profile").text
    assert "Nothing about you is read any more by Karim Haddad, Samira Haddad" in profile
    assert "You objected on 24/11/2026 10:24." in profile
    assert "From the moment you confirm" in visit("people:parents").text

    tap("people:parents", YES, htmx=False)
    assert noor_is_of_age.pk in wards_of(school.samira)
    assert grown_up_wards_of(school.samira) == []


def test_what_says_neither_yes_nor_no_decides_nothing(noor_is_of_age, tap):
    assert tap("people:parents", {"parents": "perhaps"}, as_=noor_is_of_age).status_code == 422
    assert not ParentAccess.objects.exists()


def test_a_minor_a_parent_and_staff_have_nothing_to_decide(school, noor_is_of_age, visit, tap):
    for who in (school.emma, school.elias, school.samira, school.maes, school.pirard, school.zoe):
        assert tap("people:parents", NO, as_=who).status_code == 404
        assert "What your parents read" not in visit("portal:profile", as_=who).text
    assert not ParentAccess.objects.exists()


def test_nobody_decides_for_a_pupil_nor_a_pupil_too_early(school, noor_is_of_age, school_day):
    told = {"is_granted": False, "at": school_day}

    for who in (school.samira, school.maes):
        with pytest.raises(actions.NotForSomebodyElse, match="Only Noor Haddad decides"):
            actions.decide_parent_access(pupil=noor_is_of_age, by=who, **told)
    with pytest.raises(actions.NotOfAge, match="Elias Haddad is not of age yet"):
        actions.decide_parent_access(pupil=school.elias, by=school.elias, **told)
    assert not ParentAccess.objects.exists()


def test_where_consent_is_asked_parents_read_once_the_pupil_agrees(
    school, noor_is_of_age, visit, tap, settings
):
    settings.ADULT_PUPIL_PARENT_ACCESS = "ask_consent"
    assert "Let them read" in visit("portal:profile", as_=noor_is_of_age).text
    assert wards_of(school.samira) == [school.elias.pk]

    tap("people:parents", YES, htmx=False)

    assert set(wards_of(school.samira)) == {school.elias.pk, noor_is_of_age.pk}
    assert "No longer let them read" in visit("portal:profile").text


def test_where_the_school_keeps_parents_out_there_is_no_button(noor_is_of_age, visit, tap, settings):
    settings.ADULT_PUPIL_PARENT_ACCESS = "revoke_at_18"

    profile = visit("portal:profile", as_=noor_is_of_age).text
    assert "The school does not let parents of pupils of age read." in profile
    assert "Let them read" not in profile
    refused = tap("people:parents", YES)
    assert refused.status_code == 422
    assert "there is nothing to decide here" in refused.text
    assert not ParentAccess.objects.exists()


@pytest.mark.parametrize("setting", ["keep_until_objection", "ask_consent", "revoke_at_18"])
@pytest.mark.parametrize("granted", [None, True, False])
def test_the_pupil_and_the_rules_say_the_same(school, noor_is_of_age, settings, setting, granted):
    settings.ADULT_PUPIL_PARENT_ACCESS = setting
    if granted is not None:
        ParentAccess.objects.create(pupil=noor_is_of_age, is_granted=granted, decided_at=LAST_TERM)

    reads = noor_is_of_age.pk in wards_of(school.samira)

    assert parents_reading(noor_is_of_age).is_open is reads
    assert (noor_is_of_age.pk in grown_up_wards_of(school.samira)) is not reads
    assert school.elias.pk in wards_of(school.samira)


# ---- What the others see ----


def keep_out(pupil):
    ParentAccess.objects.create(pupil=pupil, is_granted=False, decided_at=LAST_TERM)


def test_parents_read_that_it_is_not_open_and_nothing_else(school, noor_is_of_age, visit):
    keep_out(noor_is_of_age)

    for page in ("portal:today", "report_cards:mine"):
        text = visit(page, as_=school.samira).text
        assert "Noor is of age and has not opened" in text
        assert f"/{noor_is_of_age.pk}/" not in text
        assert "objected" not in text
        assert "4TTA" not in text
    results = visit("gradebook:results", pupil_id=school.elias.pk).text
    assert "Noor is of age and has not opened" in results
    assert visit("gradebook:results", pupil_id=noor_is_of_age.pk).status_code == 404


def test_a_parent_of_nobody_else_is_no_stranger(school, noor_is_of_age, visit):
    keep_out(noor_is_of_age)
    school.elias.guardianships.all().delete()

    today = visit("portal:today", as_=school.samira).text

    assert "Noor is of age and has not opened" in today
    assert "The school has not yet said who you are" not in today
    assert "Noor is of age and has not opened" in visit("gradebook:my_results").text


def test_who_never_saw_marks_reads_no_word_about_them(school, noor_is_of_age, visit):
    keep_out(noor_is_of_age)

    assert "Noor is of age" not in visit("gradebook:my_results", as_=school.karim).text
    assert "Noor is of age" in visit("portal:today").text


def test_who_left_in_another_year_is_no_longer_spoken_of(school, noor_is_of_age, visit):
    keep_out(noor_is_of_age)
    noor_is_of_age.enrolments.all().delete()

    assert "Noor" not in visit("portal:today", as_=school.samira).text


def test_where_the_school_decides_the_pupil_is_not_named_for_it(school, noor_is_of_age, visit, settings):
    settings.ADULT_PUPIL_PARENT_ACCESS = "revoke_at_18"

    today = visit("portal:today", as_=school.samira).text

    assert "are for themselves" in today
    assert "has not opened" not in today


def test_the_secretary_reads_what_was_decided_and_when(school, noor_is_of_age, visit):
    keep_out(noor_is_of_age)
    page = visit("people:person", as_=school.maes, somebody_id=noor_is_of_age.pk).text

    assert "Of age: the parents do not read." in page
    assert "The pupil objected on 05/10/2026 09:30." in page
    assert "/people/parents/" not in page
    assert "Of age:" not in visit("people:person", somebody_id=school.elias.pk).text


def test_the_decision_is_in_the_data_one_takes_away(noor_is_of_age):
    keep_out(noor_is_of_age)

    (decision,) = dossier_of(noor_is_of_age)["people"]["decision_on_parents"]
    assert decision["is_granted"] is False
