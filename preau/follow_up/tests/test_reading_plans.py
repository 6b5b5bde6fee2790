"""Teachers find what they have to read on Today, and say that they have read it; families read their own."""

from preau.follow_up import actions, queries
from preau.follow_up.models import Acknowledgement
from preau.kit.dossier import dossier_of
from preau.kit.memory import Memory
from preau.trail.models import Trace

from .builders import TUESDAY, measure, plan


def test_a_teacher_reads_a_protocol_and_says_so(school, tap, visit):
    _ = school.maths_4tta
    mine, other = plan(school, school.noor, "TIME"), plan(school, school.emma, "FONT")

    assert "2 protocols to read" in visit("portal:today", as_=school.vandamme).text
    assert "I have read it" in visit("follow_up:plan", plan_id=mine.pk).text
    tap("follow_up:acknowledgement", plan_id=mine.pk)

    today = visit("portal:today").text
    assert "1 protocol to read" in today
    assert f"/adjustments/{other.pk}/" in today
    page = visit("follow_up:plan", plan_id=mine.pk).text
    assert "I have read it" not in page
    assert "You have read this today" in page


def test_to_say_it_twice_is_to_say_it_once_until_the_plan_changes(school):
    _ = school.maths_4tta
    made = plan(school, school.noor, "TIME")
    by = school.vandamme

    for _time in range(2):
        actions.acknowledge(plan=made, by=by, at=made.changed_at)
    assert Acknowledgement.objects.count() == 1
    assert queries.unread_of(by) == []

    actions.adjust(plan=made, measure=measure("FONT"), by=school.pirard, at=TUESDAY)
    made.refresh_from_db()
    assert queries.unread_of(by) == [made]
    actions.acknowledge(plan=made, by=by, at=TUESDAY)
    assert queries.unread_of(by) == []
    assert Acknowledgement.objects.count() == 2


def test_today_says_nothing_to_those_who_apply_no_plan(school, visit):
    _ = school.physics_5ttb
    plan(school, school.noor, "TIME")

    for person in (school.thys, school.pirard, school.noor, school.samira):
        assert "to read" not in visit("portal:today", as_=person).text


def test_families_are_asked_nothing_for_the_card_of_today(school, django_assert_num_queries):
    _ = school.maths_4tta, plan(school, school.noor, "TIME")
    for person in (school.noor, school.samira):
        _ = queries.unread_of(person)
        person.memory = Memory()
        queries.unread_of(person)
        with django_assert_num_queries(0):
            assert queries.unread_of(person) == []


def test_the_list_of_a_teacher_holds_what_one_may_know(school, visit):
    history = school._group("HIST", "Histoire", 2, school.class_4tta, school.thys, school.noor)
    maths = school.maths_4tta.course.subject
    plan(school, school.noor, "TIME", in_subject={"CALCULATOR": maths, "SPELLING": history.course.subject})

    page = visit("follow_up:mine", as_=school.thys).text

    assert "un tiers de temps en plus" in page
    assert "orthographe" in page
    assert "calculatrice" not in page
    assert "None of your pupils has adjustments." in visit("follow_up:mine", as_=_lemaire(school)).text


def test_those_who_keep_the_plan_see_who_has_read_it(school, visit):
    _ = school.maths_4tta
    school._group("HIST", "Histoire", 2, school.class_4tta, school.thys, school.noor)
    made = plan(school, school.noor, "TIME")
    actions.acknowledge(plan=made, by=school.vandamme, at=TUESDAY)

    (line,) = queries.plan_lines([made])
    assert {reader.person: bool(reader.read_at) for reader in line.readers} == {
        school.vandamme: True,
        school.thys: False,
    }
    assert line.is_unread
    page = visit("follow_up:plan", as_=school.pirard, plan_id=made.pk).text
    assert "not read yet" in page
    assert "not read yet" not in visit("follow_up:plan", as_=school.noor, plan_id=made.pk).text

    actions.acknowledge(plan=made, by=school.thys, at=TUESDAY)
    assert not queries.plan_lines([made])[0].is_unread


def test_the_file_of_a_pupil_shows_the_measures_as_far_as_one_may_know(school, visit):
    _ = school.maths_4tta, school.samira
    made = plan(school, school.noor, "TIME")

    for person in (school.noor, school.samira, school.vandamme, school.diallo, school.pirard):
        assert "un tiers de temps en plus" in visit("portal:pupil", as_=person, pupil_id=school.noor.pk).text
    for person in (school.maes, school.karim):
        page = visit("portal:pupil", as_=person, pupil_id=school.noor.pk)
        assert page.status_code == 200
        assert "djustments" not in page.text
        assert visit("follow_up:plan", plan_id=made.pk).status_code == 404
    assert "Make a plan" in visit("portal:pupil", as_=school.pirard, pupil_id=school.emma.pk).text
    assert "Make a plan" not in visit("portal:pupil", as_=school.vandamme, pupil_id=school.emma.pk).text


def test_a_look_at_work_is_noted_and_one_at_home_is_not(school, visit):
    _ = school.maths_4tta, school.samira
    made = plan(school, school.noor, "TIME")
    Trace.objects.all().delete()

    for person in (school.samira, school.noor):
        visit("follow_up:plan", as_=person, plan_id=made.pk)
    assert not Trace.objects.exists()
    visit("follow_up:plan", as_=school.vandamme, plan_id=made.pk)
    assert Trace.objects.get().act == "follow_up.look"


def test_ones_own_data_hold_the_measures_and_when_one_read(school):
    _ = school.maths_4tta
    made = plan(school, school.noor, "TIME", note="Une consigne à la fois")
    actions.acknowledge(plan=made, by=school.vandamme, at=TUESDAY)

    (row,) = dossier_of(school.noor)["follow_up"]["adjustments"]
    assert (row["measure"], row["note"]) == ("un tiers de temps en plus", "Une consigne à la fois")
    assert dossier_of(school.vandamme)["follow_up"] == {"adjustments": [], "plans_read": [{"at": TUESDAY}]}


def _lemaire(school):
    """Return Sophie Lemaire, who teaches in 2CB."""
    _ = school.french_2cb
    return school.lemaire
