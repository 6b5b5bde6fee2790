"""What the standard has no place for goes in columns of ours, and what no bundle can carry is listed."""

from datetime import date

import pytest
from django.apps import apps

from preau.exchange.actions import run_import
from preau.exchange.oneroster import LEFT_BEHIND
from preau.exchange.oneroster.left_behind import CARRIED
from preau.gradebook.models import Assessment, Grade
from preau.kit import clock
from preau.people.models import Person
from preau.structure.models import CourseStatus, Enrolment, GroupMembership, ReportPeriod, TeachingAssignment
from tests.imports import bundle, warnings_of

from .test_oneroster import CLASSES, COURSES, ENROLLMENTS, ITEMS, MANIFEST, OLD, RESULTS, SESSIONS


def also(text, columns, *rows):
    """Return a file with columns of ours: each row is the beginning of a line, and what is added to it."""
    lines = text.splitlines()
    found = [f"{lines[0]},{columns}"]
    for line in lines[1:]:
        more = next((more for beginning, more in rows if line.startswith(beginning)), "")
        found.append(f"{line},{more}")
    return "\n".join(found) + "\n"


ITEM = "metadata.purpose,metadata.neutralised,metadata.countsFrom,metadata.scale"
MORE_ITEMS = """\
l2,,,Oral,2026-09-20,2026-09-24,k2,g1,t1,0,20
l3,,,Vide,2026-09-20,2026-09-24,k2,g1,t1,0,20
"""
DAYS = """\
sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
e0,,,k0,org1,u1,student,,2026-08-24,2026-10-05
e1,,,k1,org1,u1,student,,2026-10-05,
e2,,,k1,org1,u2,student,,,
e3,,,k2,org1,u1,student,,2026-09-01,2026-10-05
e6,,,k2,org1,u1,student,,2026-11-02,
e4,,,k2,org1,u2,student,,,
e5,,,k2,org1,u3,teacher,false,,
"""
STATUS = "metadata.status,metadata.statusName,metadata.countsAsFailure,metadata.countsInAverage"
OURS = OLD | {
    "manifest.csv": MANIFEST + "source.systemCode,preau\n",
    "academicSessions.csv": also(
        SESSIONS,
        "metadata.code,metadata.kind,metadata.weight,metadata.deliberates",
        ("t1", "TJ1,TJ,15,false"),
        ("t2", "EX,EXAM,40,true"),
    ),
    "courses.csv": also(COURSES, f"{STATUS},metadata.weeklyPeriods", ("c1", "AL,Au choix,false,false,5")),
    "classes.csv": CLASSES + "k0,,,4TTB,04,c1,,homeroom,t1\n",
    "enrollments.csv": also(DAYS, "metadata.kind", ("e5", "CO_TEACHER")),
    "lineItems.csv": also(
        ITEMS + MORE_ITEMS,
        ITEM,
        ("l1", "FORMATIVE,true,2026-12-01,"),
        ("l2", "CERTIFICATIVE,false,,Inconnue"),
        ("l3", "CERTIFICATIVE,false,,Appréciation"),
    ),
    "results.csv": also(RESULTS + "r3,,,l2,u1,fully graded,,2026-09-25\n", "metadata.sign", ("r3", "ZZ")),
}


def bring(tmp_path, files):
    return run_import(kind="oneroster", path=bundle(tmp_path, files), by=None, at=clock.now())


@pytest.mark.django_db
def test_what_counts_for_a_result_comes_with_it(tmp_path):
    report = bring(tmp_path, OURS)

    assert report.applied, report.as_dict()
    test = Assessment.objects.get(title="Fractions")
    assert (test.purpose, test.is_neutralised, test.counts_from) == ("FORMATIVE", True, date(2026, 12, 1))
    assert Assessment.objects.get(title="Vide").scale.name == "Appréciation"
    assert set(ReportPeriod.objects.values_list("code", "kind", "weight", "is_deliberative")) == {
        ("TJ1", "TJ", 15, False),
        ("EX", "EXAM", 40, True),
    }
    status = CourseStatus.objects.get(code="AL")
    assert (status.name, status.counts_as_failure, status.counts_in_average) == ("Au choix", False, False)
    assert test.group.course.weekly_periods == 5
    assert TeachingAssignment.objects.get().kind == TeachingAssignment.Kind.CO_TEACHER


@pytest.mark.django_db
def test_who_changed_class_or_left_a_group_and_came_back_did_so(tmp_path):
    bring(tmp_path, OURS)
    again = bring(tmp_path, OURS)

    noor = Person.objects.get(given_name="Noor")
    moves = Enrolment.objects.filter(pupil=noor).order_by("starts_on")
    assert list(moves.values_list("class_group__name", "starts_on", "ends_on")) == [
        ("4TTB", date(2026, 8, 24), date(2026, 10, 5)),
        ("4TTA", date(2026, 10, 5), None),
    ]
    followed = GroupMembership.objects.filter(pupil=noor).order_by("starts_on")
    assert list(followed.values_list("starts_on", "ends_on")) == [
        (date(2026, 9, 1), date(2026, 10, 5)),
        (date(2026, 11, 2), None),
    ]
    assert (again.counts["new"], again.counts["changed"]) == (0, 0)


@pytest.mark.django_db
def test_who_has_left_is_in_no_class(tmp_path):
    stays, left = "e2,,,k1,org1,u2,student,,,", "e2,,,k1,org1,u2,student,,2026-08-24,2026-10-05"

    bring(tmp_path, OLD | {"enrollments.csv": ENROLLMENTS.replace(stays, left)})

    emma = Enrolment.objects.get(pupil__given_name="Emma")
    assert (emma.class_group.name, emma.ends_on) == ("4TTA", date(2026, 10, 5))


@pytest.mark.django_db
def test_what_the_school_lacks_is_told(tmp_path):
    categories = OLD["categories.csv"].replace("title\n", "title,metadata.code,metadata.component\n")
    files = OURS | {"categories.csv": categories.replace("Interro\n", "Session orale,SO,EXAM\n")}

    report = bring(tmp_path, files)

    told = warnings_of(report)
    assert "There is no scale “Inconnue”: what is graded in its levels is left out." in told
    assert "There is no category “Session orale”: another that feeds the same part is taken." in told
    assert Assessment.objects.get(title="Fractions").category.component == "EXAM"
    assert not Grade.objects.filter(assessment__title="Oral").exists()


@pytest.mark.django_db
def test_a_period_the_school_does_not_have_is_told(school, tmp_path):
    assert school.first_period

    report = bring(tmp_path, OLD)

    name = school.first_period.name
    assert f"There is no report period “Automne”: by its day this goes to “{name}”." in warnings_of(report)


def test_each_kind_of_record_is_carried_or_listed():
    behind = [kind for _what, kinds in LEFT_BEHIND for kind in kinds]
    ours = {
        model._meta.label
        for app in ("people", "structure", "grading", "gradebook")
        for model in apps.get_app_config(app).get_models()
    }

    assert sorted([*CARRIED, *behind]) == sorted(ours), "say of each whether a bundle carries it"


def test_what_stays_behind_is_said_where_a_bundle_is_ordered(school, visit):
    page = visit("exchange:exports", as_=school.pirard)

    for what, _kinds in LEFT_BEHIND:
        assert str(what) in page.text
