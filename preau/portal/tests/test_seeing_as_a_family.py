"""The head sees what a family sees, for a while, with a reason; nothing happens in the family's name."""

from datetime import timedelta

import pytest
from django.urls import reverse

from preau.kit import clock
from preau.people.models import Duty
from preau.portal.rules import may_see_as
from preau.trail.models import Trace
from tests.cast import FIRST_DAY

WHY = {"reason": "Samira says the card is missing"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("pirard", True),  # is the head
        ("maes", False),  # is the secretary: reads no gradebook
        ("diallo", False),  # is an educator: reads no results
        ("nys", False),  # looks after the system
        ("vandamme", False),  # tutors 4TTA
        ("noor", False),
        ("samira", False),
        ("karim", False),
        ("zoe", False),
    ],
)
def test_who_sees_as_noor_and_as_her_mother(school, who, may):
    _ = school.maths_4tta, school.class_4tta, school.samira, school.karim
    person = school.everybody[who]

    assert may_see_as.allows(person, school.noor) is may
    assert may_see_as.allows(person, school.samira) is may


def test_nobody_sees_as_staff_or_as_themselves(school):
    _ = school.maths_4tta, school.class_4tta, school.samira
    head = school.pirard

    assert not any(
        may_see_as.allows(head, other)
        for other in (head, school.vandamme, school.maes, school.diallo, school.nys, school.zoe)
    )
    assert may_see_as.allows(head, school.samira)
    Duty.objects.create(person=school.samira, kind=Duty.Kind.EDUCATOR, starts_on=FIRST_DAY)
    assert not may_see_as.allows(head, school.samira)


@pytest.fixture
def looking(school, tap):
    """The head sees as Samira, Noor's mother."""
    _ = school.class_4tta, school.samira
    tap("portal:see_as", WHY, as_=school.pirard, htmx=False, somebody_id=school.samira.pk)
    return school


def test_a_reason_is_asked_and_kept(school, tap, visit):
    _ = school.class_4tta, school.samira
    mother = {"somebody_id": school.samira.pk}

    refused = tap("portal:see_as", {"reason": "  "}, as_=school.pirard, htmx=False, **mother)
    assert refused.status_code == 422
    assert not Trace.objects.exists()
    assert "You see as" not in visit("portal:today").text

    begun = tap("portal:see_as", WHY, htmx=False, **mother)
    assert begun.status_code == 302
    kept = Trace.objects.filter(act="portal.see_as")
    assert {trace.about for trace in kept} >= {school.samira, school.noor}
    assert all(trace.by == school.pirard and trace.details["reason"] == WHY["reason"] for trace in kept)
    page = visit("portal:today").text
    assert "You see as Samira" in page
    assert "Seen as Samira" in page
    assert "15 minutes" in page


def test_what_one_reads_is_what_the_family_reads(looking, visit):
    assert visit("portal:pupil", pupil_id=looking.noor.pk).status_code == 200
    assert visit("portal:pupil", pupil_id=looking.alma.pk).status_code == 404
    assert visit("portal:roll_out").status_code == 422
    looks = Trace.objects.filter(act="portal.look_as", about=looking.noor, is_look=True)
    assert [(look.by, look.subject) for look in looks] == [(looking.pirard, "School file")]
    assert not Trace.objects.filter(by=looking.samira).exists()


def test_a_look_names_the_kind_of_page_and_the_pupil_it_is_about(looking, visit):
    visit("portal:pupil", pupil_id=looking.noor.pk)
    visit("portal:today")
    visit("design:manifest")

    told = Trace.objects.filter(act="portal.look_as")
    assert {(look.about, look.subject) for look in told} == {
        (looking.samira, "School file"),
        (looking.noor, "School file"),
        (looking.samira, "Today"),
        (looking.noor, "Today"),
        (looking.elias, "Today"),
    }


def test_the_way_back_is_where_one_came_from(school, client, visit, tap):
    _ = school.class_4tta, school.samira
    there = f"/people/{school.noor.pk}/"
    page = reverse("portal:see_as", args=[school.noor.pk])
    back = f'href="{there}"'
    of_noor = f'href="{reverse("portal:pupil", args=[school.noor.pk])}"'
    visit("portal:today", as_=school.pirard)

    assert back in client.get(page, headers={"Referer": f"http://testserver{there}"}).text.replace(
        "http://testserver", ""
    )
    for elsewhere in ("", f"http://testserver{page}", "https://elsewhere.example/people/1/"):
        text = client.get(page, headers={"Referer": elsewhere}).text
        assert of_noor in text
        assert "elsewhere" not in text
    refused = client.post(page, {"reason": ""}, headers={"Referer": f"http://testserver{page}"})
    assert (refused.status_code, of_noor in refused.text) == (422, True)


def test_what_stays_closed_is_not_offered(looking, visit, tap):
    mine = reverse("portal:profile")

    assert mine not in visit("portal:today").text
    assert mine not in visit("portal:help").text
    tap("portal:end_seeing", htmx=False)
    assert mine in visit("portal:today").text
    assert mine in visit("portal:help").text


@pytest.mark.parametrize("page", ["portal:profile", "portal:my_data", "accounts:security"])
def test_what_is_theirs_alone_stays_closed(looking, visit, page):
    answer = visit(page)

    assert answer.status_code == 422
    assert "stays closed while you see as" in answer.text
    assert visit("portal:help").status_code == 200


def test_nothing_is_done_in_their_name(looking, tap):
    answer = tap("portal:language", {"language": "nl"})

    looking.samira.refresh_from_db()
    looking.pirard.refresh_from_db()
    assert answer.status_code == 422
    assert "nothing was changed" in answer.text
    assert "nl" not in (looking.samira.language, looking.pirard.language)


def test_it_is_not_nested(looking, tap):
    tap("portal:see_as", WHY, somebody_id=looking.noor.pk)

    assert not Trace.objects.filter(act="portal.see_as", subject=looking.noor.full_name).exists()


def test_it_ends_by_a_button_and_twice_is_once(looking, tap, visit):
    ended = tap("portal:end_seeing", htmx=False)
    again = tap("portal:end_seeing", htmx=False)

    assert ended.url == f"/people/{looking.samira.pk}/"
    assert again.url == "/"
    assert Trace.objects.filter(act="portal.end_seeing_as", by=looking.pirard).count() == 1
    assert "You see as" not in visit("portal:today").text


def test_it_ends_by_itself_and_what_was_sent_too_late_is_not_done(looking, tap, visit, school_day):
    with clock.at(school_day + timedelta(minutes=14)):
        assert "1 minute." in visit("portal:today").text
    with clock.at(school_day + timedelta(minutes=15)):
        late = tap("portal:language", {"language": "nl"})
        looking.pirard.refresh_from_db()
        assert late.status_code == 422
        assert looking.pirard.language != "nl"
        assert "You see as" not in visit("portal:today").text
    assert Trace.objects.filter(act="portal.end_seeing_as").count() == 1


def test_it_ends_with_signing_out(looking, client, visit):
    client.post(reverse("account_logout"))
    visit("portal:today", as_=looking.pirard)

    assert "You see as" not in visit("portal:today").text
    assert Trace.objects.filter(act="portal.end_seeing_as", by=looking.pirard).count() == 1


def test_a_right_that_is_lost_ends_it_at_once(looking, visit):
    Duty.objects.filter(person=looking.pirard).delete()

    assert "You see as" not in visit("portal:today").text
    assert Trace.objects.filter(act="portal.end_seeing_as").exists()


def test_what_waits_in_the_browser_goes_on_waiting(looking, client):
    owner = str(looking.pirard.account.pk)

    assert (
        client.post("/profile/language/", {"language": "nl"}, headers={"Preau-Queue": owner}).status_code
        == 409
    )
    assert f'data-owner="{owner}"' not in client.get("/").text


def test_the_way_stands_where_the_person_stands(school, visit):
    _ = school.class_4tta, school.samira
    way = f"/people/{school.samira.pk}/eyes/"

    assert way in visit("people:person", as_=school.pirard, somebody_id=school.samira.pk).text
    assert way not in visit("people:person", as_=school.maes, somebody_id=school.samira.pk).text
    of_noor = f"/people/{school.noor.pk}/eyes/"
    assert of_noor in visit("portal:pupil", as_=school.pirard, pupil_id=school.noor.pk).text
    assert of_noor not in visit("portal:pupil", as_=school.maes, pupil_id=school.noor.pk).text
