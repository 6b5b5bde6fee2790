"""Assessments and grades leave as a OneRoster bundle that stands on its own, and come back as they were."""

import csv
import io
import zipfile
from decimal import Decimal

import pytest

from preau.exchange.actions import run_import
from preau.exchange.oneroster import Export, export_groups
from preau.gradebook import actions
from preau.gradebook.models import Assessment, Grade, PastGrade
from preau.gradebook.typed import read_cell
from preau.grading.models import Category, Token
from preau.grading.queries import tokens_by_sign
from preau.kit import clock
from preau.people.models import Duty, ExternalId, Person
from preau.structure.models import CourseGroup, Enrolment, GroupMembership
from preau.trail.models import Trace
from preau.work.models import Work
from preau.work.tasks import do_work
from tests.cast import FIRST_DAY


@pytest.fixture
def graded(school):
    """Give Math in 4TTA a December with points, signs, twin titles and odd words."""
    assert school.everybody
    titles = ["Radicaux", "Radicaux", "=1+1", "<b>Oral</b>"]
    tests = [
        actions.plan_assessment(
            group=school.maths_4tta,
            period=school.december,
            category=Category.objects.get(code="INTERRO"),
            title=title,
            held_on=school.december.starts_on,
            max_points=Decimal(20),
            weight=Decimal(2),
            by=school.vandamme,
            at=clock.now(),
        )
        for title in titles
    ]
    for pupil, cells in ((school.noor, ("12.5", "CM", "NR", "3")), (school.emma, ("20", "0", "ABI", "EXC"))):
        for test, typed in zip(tests, cells, strict=True):
            actions.write_grade(
                assessment=test,
                pupil=pupil,
                typed=read_cell(typed, tokens_by_sign()),
                version=0,
                by=school.vandamme,
                at=clock.now(),
            )
    return tests


def bundle_of(groups, year, version):
    target = io.BytesIO()
    Export(groups, year, version).write(target)
    return target.getvalue()


def files_in(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode())))
        for name in archive.namelist()
    }


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_the_bundle_names_only_what_it_holds(school, graded, version):
    files = files_in(bundle_of(export_groups(school.year), school.year, version))

    said = {row["propertyName"]: row["value"] for row in files["manifest"]}
    assert said["oneroster.version"] == version
    held = {name.removeprefix("file.") for name, value in said.items() if value == "bulk"}
    assert held == set(files) - {"manifest"}
    assert ("roles" in files) is (version == "1.2")
    keys = {name: {row["sourcedId"] for row in rows} for name, rows in files.items() if name != "manifest"}
    ties = {
        "lineItems": {
            "classSourcedId": "classes",
            "categorySourcedId": "categories",
            "gradingPeriodSourcedId": "academicSessions",
        },
        "results": {"lineItemSourcedId": "lineItems", "studentSourcedId": "users"},
        "classes": {
            "courseSourcedId": "courses",
            "schoolSourcedId": "orgs",
            "termSourcedIds": "academicSessions",
        },
        "enrollments": {"classSourcedId": "classes", "userSourcedId": "users", "schoolSourcedId": "orgs"},
    }
    for name, columns in ties.items():
        assert files[name]
        for column, of in columns.items():
            assert {row[column] for row in files[name]} <= keys[of], (name, column)
    assert all(len(keys[name]) == len(files[name]) for name in keys)


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_what_went_out_changes_no_grade_when_it_comes_back(school, graded, tmp_path, version):
    path = tmp_path / "bundle.zip"
    path.write_bytes(bundle_of(export_groups(school.year), school.year, version))
    before = list(Grade.objects.order_by("pk").values("pk", "points", "token", "version"))
    people, members = Person.objects.count(), GroupMembership.objects.count()

    report = run_import(kind="oneroster", path=path, by=None, at=clock.now())

    assert report.applied, report.as_dict()
    assert list(Grade.objects.order_by("pk").values("pk", "points", "token", "version")) == before
    assert Assessment.objects.count() == len(graded)
    assert not PastGrade.objects.exists()
    assert (Person.objects.count(), GroupMembership.objects.count()) == (people, members)
    assert Enrolment.objects.get(pupil=school.noor).class_group == school.class_4tta
    assert CourseGroup.objects.count() == 3


def test_what_changed_elsewhere_comes_back(school, graded, tmp_path):
    content = bundle_of(export_groups(school.year), school.year, "1.2")
    Grade.objects.filter(pupil=school.noor).update(points=Decimal(1), token=None)
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)

    run_import(kind="oneroster", path=path, by=None, at=clock.now())

    cells = [
        grade.token.code if grade.token else grade.points
        for grade in Grade.objects.filter(pupil=school.noor).order_by("assessment").select_related("token")
    ]
    assert cells == [Decimal("12.5"), "CM", "NR", 3]


def test_a_school_of_ones_own_grows_out_of_a_bundle(school, graded, tmp_path):
    content = bundle_of(export_groups(school.year, [school.maths_4tta.pk]), school.year, "1.1")
    Grade.objects.all().delete()
    Assessment.objects.all().delete()
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)

    report = run_import(kind="oneroster", path=path, by=None, at=clock.now())

    assert report.applied, report.as_dict()
    assert Grade.objects.count() == 8
    assert {assessment.weight for assessment in Assessment.objects.all()} == {2}
    assert Token.objects.filter(code="ABI").get() == Grade.objects.get(token__code="ABI").token


def test_an_id_of_another_bundle_is_kept(school, graded):
    ExternalId.objects.create(person=school.noor, system="oneroster", value="u-77")

    files = files_in(bundle_of(export_groups(school.year), school.year, "1.2"))

    assert "u-77" in {row["sourcedId"] for row in files["users"]}
    assert "u-77" in {row["studentSourcedId"] for row in files["results"]}


def test_nothing_in_it_is_run_by_a_spreadsheet_and_no_secret_leaves(school, graded):
    content = bundle_of(export_groups(school.year), school.year, "1.1")

    files = files_in(content)
    assert "'=1+1" in {row["title"] for row in files["lineItems"]}
    assert {row["password"] for row in files["users"]} == {""}
    assert "2011-02-14" not in str(files["users"])


@pytest.mark.parametrize(
    ("who", "takes"),
    [
        ("vandamme", True),
        ("pirard", True),
        ("maes", False),  # no gradebook opens to her on the screen either
        ("nys", False),
        ("thys", False),
        ("lemaire", False),
        ("diallo", False),
        ("noor", False),
        ("samira", False),
        ("zoe", False),
    ],
)
def test_who_takes_the_bundle_of_a_group(school, graded, visit, who, takes):
    answer = visit(
        "exchange:group_bundle",
        as_=school.everybody[who],
        query={"version": "1.1"},
        group_id=school.maths_4tta.pk,
    )

    assert answer.status_code == (200 if takes else 404)
    if takes:
        files = files_in(b"".join(answer.streaming_content))
        assert {row["classCode"] for row in files["classes"]} == {school.maths_4tta.code, "4TTA"}


def test_the_bundle_of_the_school_is_made_aside(school, graded, tap, visit):
    page = visit("exchange:exports", as_=school.pirard)
    assert page.status_code == 200
    assert visit("exchange:exports", as_=school.vandamme).status_code == 404
    assert tap("exchange:exports", {"version": "9"}, as_=school.pirard, htmx=False).status_code == 422

    answer = tap("exchange:exports", {"version": "1.2"}, as_=school.pirard, htmx=False)

    from preau.exchange.actions import make_bundle

    work = Work.objects.get()
    assert answer.url == f"/work/{work.pk}/"
    make_bundle(work=work)
    assert (work.done, work.total, work.result.name[-4:]) == (8, 8, ".zip")
    assert len(files_in(work.result.content.read())["results"]) == 8


def test_the_grades_of_a_group_leave_a_trace(school, graded, visit):
    visit("exchange:group_bundle", as_=school.vandamme, group_id=school.maths_4tta.pk)

    trace = Trace.objects.get(act="exchange.export_group")
    assert (trace.by, trace.subject) == (school.vandamme, str(school.maths_4tta))


def test_what_was_ordered_does_not_leave_with_whoever_lost_the_duty(school, graded, tap, visit):
    """Neither is it made while it waits, nor taken away once it is made."""
    form = {"version": "1.2"}
    Duty.objects.create(person=school.zoe, kind=Duty.Kind.HEAD, starts_on=FIRST_DAY)
    orders = [tap("exchange:exports", form, as_=head, htmx=False).url for head in (school.pirard, school.zoe)]
    made, waiting = (Work.objects.get(pk=address.split("/")[2]) for address in orders)
    do_work.func(made.pk)
    made.refresh_from_db()
    file = {"file_id": made.result.pk}
    assert visit("files:file", as_=school.pirard, **file).status_code == 200

    Duty.objects.update(ends_on="2026-11-24")
    do_work.func(waiting.pk)

    waiting.refresh_from_db()
    assert waiting.refusal == "You may no longer ask for this."
    assert visit("files:file", as_=school.pirard, **file).status_code == 404
