"""The referent makes, changes and ends plans; what is wrong comes back as a sentence."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from preau.follow_up import actions, queries
from preau.follow_up.models import AdjustmentPlan, Measure
from preau.follow_up.wording import names_a_diagnosis
from preau.trail.models import Trace

from .builders import MONDAY, TUESDAY, measure, plan, referent


def typed(**changed):
    return {"starts_on": "2026-09-01", "ends_on": "", "signed_on": "", "note": "", **changed}


def test_the_referent_makes_the_plan_of_a_pupil(school, tap, visit):
    _ = school.maths_4tta
    by = referent(school)

    found = visit("follow_up:new", as_=by, query={"q": "hadd"})
    assert f"/adjustments/pupils/{school.noor.pk}/new/" in found.text
    form = typed(signed_on="2026-09-10", measures=[measure("TIME").pk, measure("FONT").pk])
    answer = tap("follow_up:plan_for", form, pupil_id=school.noor.pk, htmx=False)

    made = AdjustmentPlan.objects.get()
    assert answer.url == f"/adjustments/{made.pk}/"
    assert (made.pupil, made.kept_by, made.signed_on) == (school.noor, by, date(2026, 9, 10))
    assert sorted(made.adjustments.values_list("measure__code", flat=True)) == ["FONT", "TIME"]
    assert Trace.objects.get(act="follow_up.make_plan").about == school.noor
    assert "police 14" in visit("follow_up:plan", plan_id=made.pk).text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_on": "2026-08-01"}, "It ends before it starts"),
        ({"signed_on": "2026-12-01"}, "That day is to come"),
        ({"note": "Élève dyslexique, à ménager"}, "a diagnosis is never kept here"),
        ({"starts_on": ""}, "This field is required."),
        ({"measures": ["0"]}, "A measure of this list is no longer proposed"),
    ],
)
def test_a_mistake_in_a_plan_is_said_and_nothing_is_kept(school, tap, wrong, said):
    _ = school.maths_4tta

    answer = tap("follow_up:plan_for", typed(**wrong), as_=school.pirard, pupil_id=school.noor.pk, htmx=False)

    assert answer.status_code == 422
    assert said in answer.text
    assert not AdjustmentPlan.objects.exists()


def test_two_plans_of_a_pupil_never_hold_at_once(school, tap):
    _ = school.maths_4tta
    old = plan(school, school.noor, "TIME")

    answer = tap(
        "follow_up:plan_for", typed(starts_on="2026-12-01"), as_=school.pirard, pupil_id=school.noor.pk
    )
    assert answer.status_code == 422
    assert "Noor Haddad has a plan from" in answer.text
    with pytest.raises(IntegrityError), transaction.atomic():
        AdjustmentPlan.objects.create(
            pupil=school.noor, starts_on=date(2026, 12, 1), kept_by=school.pirard, changed_at=TUESDAY
        )

    actions.end_plan(plan=old, on=date(2026, 12, 1), by=school.pirard, at=TUESDAY)
    tap("follow_up:plan_for", typed(starts_on="2026-12-01"), pupil_id=school.noor.pk)
    assert AdjustmentPlan.objects.count() == 2


def test_a_plan_is_changed_and_a_new_note_asks_to_be_read_again(school, tap):
    made = plan(school, school.noor, "TIME")
    form = typed(signed_on="2026-11-20")

    tap("follow_up:change", form, as_=school.pirard, plan_id=made.pk)
    made.refresh_from_db()
    assert (made.signed_on, made.changed_at) == (date(2026, 11, 20), MONDAY)
    tap("follow_up:change", form | {"note": "Une consigne à la fois"}, plan_id=made.pk)
    made.refresh_from_db()
    assert made.changed_at == TUESDAY

    refused = tap("follow_up:change", form | {"ends_on": "2026-08-01"}, plan_id=made.pk)
    assert refused.status_code == 422
    made.refresh_from_db()
    assert made.ends_on is None


def test_a_measure_is_added_for_a_subject_and_taken_off(school, tap, visit):
    maths, made = school.maths_4tta.course.subject, plan(school, school.noor, "TIME")
    form = {"measure": measure("CALCULATOR").pk, "subject": maths.pk, "detail": "non programmable"}

    tap("follow_up:adjustments", form, as_=school.pirard, plan_id=made.pk)
    added = made.adjustments.get(subject=maths)
    assert "calculatrice (non programmable)" in visit("follow_up:plan", plan_id=made.pk).text
    again = tap("follow_up:adjustments", form, plan_id=made.pk)
    assert again.status_code == 422
    assert "is in the plan already" in again.text
    named = tap("follow_up:adjustments", form | {"detail": "à cause de son TDAH"}, plan_id=made.pk)
    assert "a diagnosis is never kept here" in named.text

    tap("follow_up:removal", adjustment_id=added.pk)
    assert list(made.adjustments.values_list("measure__code", flat=True)) == ["TIME"]


def test_a_plan_that_has_ended_stays_as_it_was(school, tap):
    made = plan(school, school.noor, "TIME")

    early = tap("follow_up:end", {"on": "2026-09-01"}, as_=school.pirard, plan_id=made.pk)
    assert early.status_code == 422
    assert "choose a later end" in early.text
    tap("follow_up:end", {"on": "2026-11-24"}, plan_id=made.pk)
    made.refresh_from_db()
    assert made.has_ended

    with pytest.raises(actions.PlanHasEnded):
        actions.adjust(plan=made, measure=measure("FONT"), by=school.pirard, at=TUESDAY)
    with pytest.raises(actions.PlanHasEnded):
        actions.drop_adjustment(adjustment=made.adjustments.get(), by=school.pirard, at=TUESDAY)
    with pytest.raises(actions.PlanHasEnded):
        actions.end_plan(plan=made, on=date(2026, 12, 1), by=school.pirard, at=TUESDAY)


def test_the_list_finds_plans_by_name_and_by_where_they_stand(school, visit):
    _ = school.maths_4tta, school.french_2cb, school.physics_5ttb
    plan(school, school.noor, "TIME", signed_on=date(2026, 9, 10))
    plan(school, school.elias, "FONT", starts_on=date(2026, 12, 1))
    plan(school, school.alma, "TIME", signed_on=date(2026, 9, 10), ends_on=date(2026, 10, 1))

    def found(**query):
        text = visit("follow_up:plans", as_=school.pirard, query=query).text
        return {name for name in ("Haddad Noor", "Haddad Elias", "Berg Alma") if name in text}

    assert found() == {"Haddad Noor"}
    assert found(standing="to_sign") == {"Haddad Elias"}
    assert found(standing="to_come") == {"Haddad Elias"}
    assert found(standing="ended") == {"Berg Alma"}
    assert found(standing="unread") == {"Haddad Noor"}
    assert found(standing="rubbish") == {"Haddad Noor"}
    assert found(q="hadd") == {"Haddad Noor"}
    assert found(q="claes") == set()


def test_the_school_keeps_its_own_list_of_measures(school, tap, visit):
    made = plan(school, school.noor, "TIME")
    row = {"code": "QUIET", "label": "local calme", "is_about_tests": "on", "rank": "5", "withdrawn_on": ""}

    tap("follow_up:measures", row, as_=school.pirard)
    assert Measure.objects.get(code="QUIET").label == "local calme"
    twice = tap("follow_up:measures", row)
    assert twice.status_code == 422
    wrong = tap("follow_up:measures", row | {"code": "X", "label": "aide pour autistes"})
    assert "a diagnosis is never kept here" in wrong.text

    time = measure("TIME")
    changed = {"code": "TIME", "label": "33 % de temps en plus", "rank": "1", "withdrawn_on": "2026-11-24"}
    tap("follow_up:measure", changed, measure_id=time.pk)
    assert str(made.adjustments.get()) == "33 % de temps en plus"
    assert time not in Measure.objects.offered()
    assert "no longer proposed" in visit("follow_up:measures").text


def test_nobody_makes_a_plan_for_somebody_who_is_no_pupil(school, visit):
    _ = school.maths_4tta

    assert visit("follow_up:plan_for", as_=school.pirard, pupil_id=school.vandamme.pk).status_code == 404
    assert queries.pupils_to_plan_for(school.pirard, "vandamme") == []


@pytest.mark.parametrize(
    ("text", "names_one"),
    [
        ("Élève DYSLEXIQUE", True),
        ("son TDAH", True),
        ("troubles de l'attention", True),
        ("Épilepsie", True),
        ("police OpenDyslexic ou Open Dyslexic", False),
        ("un tiers de temps en plus, local calme", False),
        ("Ne pas interrompre", False),
    ],
)
def test_words_that_name_a_diagnosis_are_known(text, names_one):
    assert names_a_diagnosis(text) is names_one


def test_no_table_has_room_for_a_diagnosis():
    suspects = ("diagn", "disorder", "illness", "health", "certificate", "reason", "medical", "file")

    for model in apps.get_app_config("follow_up").get_models():
        names = [field.name for field in model._meta.get_fields()]
        assert not [name for name in names if any(suspect in name for suspect in suspects)]


def test_the_list_asks_the_same_number_of_questions_however_long_it_is(school, django_assert_num_queries):
    _ = school.maths_4tta, school.french_2cb, school.pirard.duties_in_force
    plan(school, school.noor, "TIME", "FONT")
    with django_assert_num_queries(5):
        queries.plan_lines(queries.plans_found(school.pirard))
    plan(school, school.elias, "TIME")
    plan(school, school.emma, "FONT")
    with django_assert_num_queries(5):
        assert len(queries.plan_lines(queries.plans_found(school.pirard))) == 3
