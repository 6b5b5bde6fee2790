"""Who has left the school is in no list of those who are there (S-37)."""

from datetime import date

from preau.structure.models import Enrolment, GroupMembership
from tests.walk import Walk

WHERE_THE_PAST_BELONGS = {
    "gradebook:sheet": "her grades of the period stand, marked as of one who left",
    "gradebook:year": "the same, over the periods of the year",
    "gradebook:fillings": "the same, in the rubric of an assessment",
    "gradebook:closing": "the same",
    "sheets:export": "the same, in a file",
    "gradebook:assessment": "the same, one assessment at a time",
    "report_cards:class_group": "her report card of a period in which she was there stands",
    "follow_up:plans": "her plan is still open: whoever keeps it ends it",
    "follow_up:plan": "the same, one plan at a time",
    "follow_up:change": "the same",
    "people:families": "her family answers for her until the secretary ends the tie",
    "structure:group": "the memberships of the year, each with its last day",
    "structure:enrolment": "where one enrols her again",
    "portal:my_data": "the past of those who knew her",
    "trail:acts": "what was done",
    "retention:periods": "whom nothing is erased of: those who left above all",
    "retention:lifting": "the same, one person at a time",
    "accounts:accounts": "her account is there until the school closes it",
}


def test_a_pupil_who_left_is_in_no_list(walk: Walk):
    emma = walk.stage.people["emma"]
    last_day = date(2026, 11, 20)
    Enrolment.objects.filter(pupil=emma).update(ends_on=last_day)
    GroupMembership.objects.filter(pupil=emma).update(ends_on=last_day)
    still_listed = {
        page.door.name
        for page, answer in walk.pages(by_everybody=True)
        if "html" in answer.headers.get("Content-Type", "") and "Emma" in answer.content.decode()
    }
    assert still_listed <= set(WHERE_THE_PAST_BELONGS)
