"""A module opens in stages: closed it does not exist, in pilot only those named find it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from preau.kit import clock, modules
from preau.kit.modules import MenuEntry, Module, Stage
from preau.people.ties import EndsBeforeItStarts
from preau.portal import actions
from preau.portal.models import Audience, Pilot, RollOut, Use
from preau.portal.queries.adoption import adoption
from preau.portal.queries.doors import house_rules
from preau.portal.queries.openings import persons_of
from preau.portal.queries.stages import closed_modules
from preau.trail.models import Trace

NOW = datetime(2026, 11, 24, 10, 24, tzinfo=ZoneInfo("Europe/Brussels"))
TODAY = date(2026, 11, 24)
CONFIRMED = {"confirmed": "yes"}


@pytest.fixture(autouse=True)
def trail_may_close(monkeypatch):
    """For these tests the trail is a module that a school may close."""
    trail = Module(
        key="trail",
        name="Trail probe",
        icon="history",
        rank=920,
        menu=(MenuEntry("Probe entry", "history", "trail:acts"),),
    )
    monkeypatch.setitem(modules._modules, "trail", trail)


def decide(school, stage, audience=Audience.STAFF, starts_on=TODAY, ends_on=None, module="trail"):
    return actions.decide_stage(
        module=module,
        audience=audience,
        stage=stage,
        starts_on=starts_on,
        ends_on=ends_on,
        by=school.pirard,
        at=NOW,
    )


def closed_to(person):
    person.__dict__.pop("_closed_modules", None)
    return "trail" in closed_modules(person)


def test_where_nothing_is_said_everything_is_open(school, visit, django_assert_num_queries):
    assert visit("trail:acts", as_=school.pirard).status_code == 200
    assert "Probe entry" in visit("portal:today").text
    with django_assert_num_queries(0):
        assert not closed_to(school.pirard)


def test_a_closed_module_is_in_no_menu_and_at_no_address(school, visit):
    decide(school, Stage.CLOSED)

    assert visit("trail:acts", as_=school.pirard).status_code == 404
    assert "Probe entry" not in visit("portal:today").text


def test_a_pilot_finds_it_and_the_others_do_not(school, visit):
    decide(school, Stage.PILOT)
    actions.add_pilots(module="trail", persons=[school.nys], by=school.pirard, at=NOW)

    assert visit("trail:acts", as_=school.nys).status_code == 200
    assert "Probe entry" in visit("portal:today").text
    assert visit("trail:acts", as_=school.pirard).status_code == 404


def test_a_pilot_who_stops_finds_it_no_more(school):
    decide(school, Stage.PILOT)
    actions.add_pilots(module="trail", persons=[school.nys], by=school.pirard, at=NOW)
    pilot = Pilot.objects.get()

    actions.remove_pilot(pilot=pilot, by=school.pirard, at=NOW)

    assert closed_to(school.nys)


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.LAUNCHED, Stage.COMPULSORY])
def test_the_other_stages_keep_nobody_out(school, stage):
    decide(school, Stage.CLOSED, Audience.EVERYONE)
    decide(school, stage)

    assert not closed_to(school.pirard)
    assert closed_to(school.zoe)


def test_a_decision_counts_from_its_first_day_until_its_last(school):
    decide(school, Stage.CLOSED, starts_on=TODAY + timedelta(days=1), ends_on=TODAY + timedelta(days=3))

    assert not closed_to(school.pirard)
    with clock.at(TODAY + timedelta(days=1)):
        assert closed_to(school.pirard)
    with clock.at(TODAY + timedelta(days=3)):
        assert not closed_to(school.pirard)


def test_who_belongs_to_two_audiences_has_what_is_open_to_one(school):
    from preau.people.models import Relationship

    _ = school.physics_5ttb
    decide(school, Stage.CLOSED, Audience.GUARDIANS)
    Relationship.objects.create(pupil=school.alma, guardian=school.thys)
    _ = school.samira

    assert not closed_to(school.thys)
    assert closed_to(school.samira)


def test_the_house_itself_never_closes(school):
    with pytest.raises(actions.StaysOpen):
        actions.decide_stage(
            module="portal",
            audience=Audience.STAFF,
            stage=Stage.CLOSED,
            starts_on=TODAY,
            by=school.pirard,
            at=NOW,
        )
    RollOut.objects.create(module="portal", audience="EVERYONE", stage="CLOSED", starts_on=TODAY)

    assert "portal" not in closed_modules(school.pirard)


def test_a_stage_that_ends_before_it_starts_is_refused(school):
    with pytest.raises(EndsBeforeItStarts, match="24/11/2026"):
        decide(school, Stage.CLOSED, ends_on=TODAY)


def test_the_head_decides_on_the_page_and_takes_it_back(school, visit, tap):
    form = {"audience": "PUPILS", "stage": "CLOSED", "starts_on": "2026-12-01", "ends_on": ""}

    tap("portal:stages", form | CONFIRMED, as_=school.pirard, htmx=False, key="trail")

    decision = RollOut.objects.get()
    assert (decision.audience, decision.stage, decision.starts_on) == ("PUPILS", "CLOSED", date(2026, 12, 1))
    assert "closed" in visit("portal:module", key="trail").text
    tap("portal:withdrawal", htmx=False, decision_id=decision.pk)
    assert not RollOut.objects.exists()
    acts = list(Trace.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["portal.decide_stage", "portal.withdraw_decision"]


def test_the_form_chooses_nothing_by_itself(school, visit, tap):
    page = visit("portal:module", as_=school.pirard, key="trail")
    chosen = {name: page.context["form"][name].value() for name in ("audience", "stage")}
    untouched = {**{name: value or "" for name, value in chosen.items()}, "starts_on": "2026-11-24"}

    answer = tap("portal:stages", untouched, htmx=False, key="trail")

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"audience", "stage"}
    assert not RollOut.objects.exists()


@pytest.mark.parametrize(("stage", "says"), [("CLOSED", "closed"), ("PILOT", "go on finding it")])
def test_whom_it_shuts_out_is_told_first(school, tap, stage, says):
    for person in (school.pirard, school.noor):
        Use.objects.create(module="trail", person=person, on=TODAY)
    form = {"audience": "STAFF", "stage": stage, "starts_on": "2026-11-24"}

    asked = tap("portal:stages", form, as_=school.pirard, htmx=False, key="trail")

    assert "1 person of those opened it" in asked.text
    assert says in asked.text
    assert not RollOut.objects.exists()
    tap("portal:stages", form | CONFIRMED, htmx=False, key="trail")
    assert RollOut.objects.get().stage == stage


def test_what_opens_a_module_is_not_asked_about(school, tap):
    form = {"audience": "EVERYONE", "stage": "OPEN", "starts_on": "2026-11-24"}

    tap("portal:stages", form, as_=school.pirard, htmx=False, key="trail")

    assert RollOut.objects.get().stage == "OPEN"


def test_a_form_that_says_nothing_comes_back_with_its_reasons(school, tap):
    answer = tap("portal:stages", {"audience": "PUPILS"}, as_=school.pirard, htmx=False, key="trail")

    assert answer.status_code == 422
    assert "This field is required." in answer.text
    form = {"audience": "PUPILS", "stage": "CLOSED", "starts_on": "2026-12-01", "ends_on": "2026-11-30"}
    backwards = tap("portal:stages", form | CONFIRMED, htmx=False, key="trail")
    assert backwards.status_code == 422
    assert "choose a later end" in backwards.context["form"].errors["ends_on"][0]
    assert 'value="2026-11-30"' in backwards.text
    assert not RollOut.objects.exists()


def test_the_head_finds_somebody_by_name_and_lets_them_try(school, visit, tap):
    _ = school.vandamme

    found = visit("portal:module", as_=school.pirard, query={"q": "vandam"}, key="trail")
    assert "Claire Vandamme" in found.text
    tap("portal:pilots", {"person": school.vandamme.pk}, htmx=False, key="trail")

    pilot = Pilot.objects.get()
    assert pilot.person == school.vandamme
    tap("portal:removal", htmx=False, pilot_id=pilot.pk)
    assert not Pilot.objects.exists()


def test_the_head_lets_a_class_a_group_or_a_list_try_at_once(school, visit, tap):
    _ = (school.noor, school.maths_4tta, school.vandamme)
    circles = (f"class:{school.class_4tta.pk}", f"course_group:{school.maths_4tta.pk}", "staff")
    page = visit("portal:module", as_=school.pirard, key="trail").text

    for circle in circles:
        assert f'value="{circle}"' in page
        assert persons_of(circle)
        before = Pilot.objects.count()
        asked = tap("portal:pilots", {"circle": circle}, as_=school.pirard, htmx=False, key="trail")
        assert f"{len(persons_of(circle))} persons find this module from now on" in asked.text
        assert f'type="hidden" name="circle" value="{circle}"' in asked.text
        assert Pilot.objects.count() == before
        said = {"circle": circle, "confirmed": "yes"}
        answer = tap("portal:pilots", said, as_=school.pirard, htmx=False, key="trail")
        assert answer.status_code == 302
        assert set(persons_of(circle)) <= {pilot.person for pilot in Pilot.objects.filter(module="trail")}
    traces = Trace.objects.filter(act="portal.add_pilot")
    assert {trace.about for trace in traces} == {pilot.person for pilot in Pilot.objects.all()}
    assert traces.count() == Pilot.objects.count()
    both = {"circle": circles[0], "person": school.vandamme.pk}
    assert tap("portal:pilots", both, as_=school.pirard, key="trail").status_code == 422
    assert school.noor in persons_of(circles[1])
    assert tap("portal:pilots", {"circle": "class:0"}, key="trail").status_code == 422
    assert tap("portal:pilots", {"circle": circles[0]}, as_=school.vandamme, key="trail").status_code == 404


@pytest.mark.parametrize("person", ["", "x", "0", "999999"])
def test_nobody_is_not_a_pilot(school, tap, person):
    assert tap("portal:pilots", {"person": person}, as_=school.pirard, key="trail").status_code == 422
    assert not Pilot.objects.exists()


@pytest.mark.parametrize("who", ["vandamme", "maes", "noor", "samira"])
def test_nobody_else_decides(school, visit, tap, who):
    person = getattr(school, who)
    decision = decide(school, Stage.OPEN)

    assert visit("portal:roll_out", as_=person).status_code == 404
    assert visit("portal:module", key="trail").status_code == 404
    assert tap("portal:withdrawal", decision_id=decision.pk).status_code == 404
    assert RollOut.objects.exists()


def test_there_is_no_page_for_what_cannot_close(school, visit):
    assert visit("portal:module", as_=school.pirard, key="portal").status_code == 404
    assert visit("portal:module", key="nothing").status_code == 404


def test_a_use_is_written_once_a_day(school, visit, settings):
    settings.COUNT_USE = True
    actions.forget_noted_uses()

    visit("trail:acts", as_=school.pirard)
    visit("trail:acts")
    visit("portal:today")

    use = Use.objects.get()
    assert (use.module, use.person, use.on) == ("trail", school.pirard, TODAY)
    actions.forget_noted_uses()
    visit("trail:acts")
    assert Use.objects.count() == 1


def test_what_is_refused_is_no_use(school, visit, settings):
    settings.COUNT_USE = True
    actions.forget_noted_uses()

    visit("trail:acts", as_=school.zoe)

    assert not Use.objects.exists()


def test_the_figures_count_persons_of_the_last_thirty_days(school, visit):
    _ = school.everybody
    for person, days in ((school.pirard, 0), (school.pirard, 3), (school.thys, 5), (school.noor, 40)):
        actions.forget_noted_uses()
        actions.note_use(module="trail", person=person, on=TODAY - timedelta(days=days))

    line = next(line for line in adoption() if line.module.key == "trail")

    by_audience = {opening.audience: (opening.users, opening.size) for opening in line.openings}
    assert by_audience[Audience.STAFF] == (2, 7)
    assert by_audience[Audience.PUPILS] == (0, 4)
    assert "2 of 7" in visit("portal:roll_out", as_=school.pirard).text


def test_what_is_part_of_a_module_is_counted_and_closed_with_it(school, visit, settings):
    settings.COUNT_USE = True
    book = {"as_": school.vandamme, "group_id": school.maths_4tta.pk}
    assert visit("sheets:book", **book).status_code == 200
    assert list(Use.objects.values_list("module", flat=True)) == ["gradebook"]

    decide(school, Stage.CLOSED, module="gradebook")

    assert visit("sheets:book", **book).status_code == 404


def test_what_is_part_of_a_module_is_not_decided_about_by_itself(school, visit):
    with pytest.raises(actions.StaysOpen):
        decide(school, Stage.CLOSED, module="sheets")

    assert visit("portal:module", as_=school.pirard, key="sheets").status_code == 404
    names = [str(part.name) for part in house_rules()]
    assert "Gradebook" in names
    assert "sheets" not in names


def test_a_closed_module_hangs_nothing_on_the_pages_of_others(school):
    from types import SimpleNamespace

    from preau.kit import slots

    def piece(request, child):
        return "A piece of the trail."

    piece.__module__ = "preau.trail.offers"
    slots.offer("probe")(piece)
    asked = SimpleNamespace(person=school.pirard)

    assert slots.pieces("probe", asked, school.noor) == ["A piece of the trail."]
    decide(school, Stage.CLOSED)
    school.pirard.__dict__.pop("_closed_modules", None)
    assert slots.pieces("probe", asked, school.noor) == []
