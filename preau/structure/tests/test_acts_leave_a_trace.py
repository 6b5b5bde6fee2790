import re
from datetime import date
from pathlib import Path

import pytest

from preau import people, structure
from preau.people import actions
from preau.structure.actions import change_class
from preau.structure.actions.classes import NameTaken
from preau.trail import words
from preau.trail.models import Trace

ACTS = sorted(
    {
        code
        for app in (people, structure)
        for room in Path(app.__path__[0], "actions").glob("*.py")
        for code in re.findall(r'"((?:people|structure)\.\w+)"', room.read_text())
    }
)


@pytest.mark.parametrize("act", ACTS)
def test_each_act_has_a_name(act):
    assert words.is_named(act)


def test_what_changed_leaves_a_trace_without_the_judgment(
    school, school_day, django_capture_on_commit_callbacks
):
    tie = school.noor.guardianships.get(guardian=school.karim)

    with django_capture_on_commit_callbacks(execute=True):
        actions.change_rights(relationship=tie, rights={"may_sign": True}, by=school.maes, at=school_day)

    trace = Trace.objects.get(act="people.change_rights")
    assert (trace.by, trace.about, trace.subject) == (school.maes, school.noor, "Karim Haddad")
    assert trace.details == {"rights": {"may_sign": True}}


def test_a_change_names_the_fields_and_nothing_is_noted_without_one(
    school, school_day, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        actions.change_person(person=school.zoe, email="zoe@example.org", by=school.maes, at=school_day)
        actions.change_person(person=school.zoe, email="zoe@example.org", by=school.maes, at=school_day)

    trace = Trace.objects.get()
    assert trace.details == {"fields": ["email"]}
    assert "zoe@example.org" not in str(trace.details)


def test_the_trail_says_which_way_a_pupil_of_age_decided(school, tap, django_capture_on_commit_callbacks):
    school.noor.born_on = date(2008, 11, 24)
    school.noor.save()
    assert school.samira

    for answer in ("kept_out", "read"):
        with django_capture_on_commit_callbacks(execute=True):
            tap("people:parents", {"parents": answer}, as_=school.noor)

    traces = list(Trace.objects.filter(about=school.noor, act__startswith="people.").order_by("pk"))
    assert [trace.act for trace in traces] == ["people.keep_parents_out", "people.let_parents_read"]
    assert {trace.by for trace in traces} == {school.noor}
    assert words.sentence_of(traces[0]) == "no longer lets the parents read, being of age"


def test_a_class_that_is_renamed_leaves_a_trace_and_takes_no_name_of_another(
    school, school_day, django_capture_on_commit_callbacks
):
    assert school.class_2cb
    with django_capture_on_commit_callbacks(execute=True):
        change_class(class_group=school.class_4tta, name="4TTC", by=school.maes, at=school_day)

    trace = Trace.objects.get(act="structure.change_class")
    assert (trace.subject, trace.details) == ("4TTC", {"fields": ["name"]})
    with pytest.raises(NameTaken, match="already a class 2CB in 2026-2027"):
        change_class(class_group=school.class_4tta, name="2CB", by=school.maes, at=school_day)
