"""The grades of the lycée leave as a bundle, and come into an empty school as they were."""

import csv
import io
import zipfile

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from preau.exchange.actions import run_import
from preau.exchange.oneroster import Export, export_groups
from preau.gradebook.queries.results import period_results
from preau.kit import clock
from preau.kit.memory import forget_what_changed
from preau.people.models import Person
from preau.structure.models import Course, SchoolYear
from preau.structure.queries import current_year

OURS = ("people", "structure", "grading", "gradebook", "exchange")


def emptied() -> None:
    """Leave of the school nothing at all: whoever brings the bundle starts from nothing."""
    for model in apps.get_models():
        if model is not ContentType and model._meta.managed and not model._meta.proxy:
            model._base_manager.all()._raw_delete(connection.alias)
    forget_what_changed()


def figures(result):
    return result.computed_share, result.daily_work, result.exam, result.exam_token, result.is_assessable


def results():
    """Return every result of the year, computed from the grades, by what names it in any school."""
    people = dict(Person.objects.values_list("pk", "sort_name"))
    courses = dict(Course.objects.values_list("pk", "code"))
    return {
        (period.code, people[pupil], courses[course]): figures(result)
        for period in current_year().periods.all()
        for (pupil, course), result in period_results(period, anew=True).items()
    }


def bundle(version) -> bytes:
    target = io.BytesIO()
    year = SchoolYear.objects.get(pk=current_year().pk)
    Export(export_groups(year), year, version).write(target)
    return target.getvalue()


def told(content):
    """Return what a bundle says, whatever the keys under which it says it."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    rows = {
        name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(archive.read(name).decode())))
        for name in archive.namelist()
        if name != "manifest.csv"
    }
    called = {}
    for name, column in (
        ("orgs", "name"), ("academicSessions", "title"), ("categories", "title"), ("courses", "courseCode"),
        ("classes", "classCode"), ("users", "grades"),
    ):  # fmt: skip
        for row in rows[name]:
            called[row["sourcedId"]] = f"{row[column]}{row.get('familyName', '')}{row.get('givenName', '')}"
    for row in rows["lineItems"]:
        called[row["sourcedId"]] = "|".join(
            (row["title"], called[row["classSourcedId"]], called[row["gradingPeriodSourcedId"]])
        )
    return {
        name: sorted(
            sorted(
                (column, called.get(value, value))
                for column, value in row.items()
                if column not in OF_A_SCHOOL
            )
            for row in found
        )
        for name, found in rows.items()
    }


OF_A_SCHOOL = {"sourcedId", "dateLastModified", "username", "scoreDate", "email"}


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_every_result_is_the_same_in_the_school_that_takes_them(lycee, tmp_path, version):
    before, content = results(), bundle(version)
    path = tmp_path / "bundle.zip"
    path.write_bytes(content)
    emptied()

    report = run_import(kind="oneroster", path=path, by=None, at=clock.now())

    assert report.applied, [line.as_dict() for line in report.lines if line.status == "error"][:5]
    after = results()
    assert len(before) > 500
    assert {key: (value, after.get(key)) for key, value in before.items() if after.get(key) != value} == {}
    assert set(after) == set(before)
    for name, rows in told(content).items():
        assert told(bundle(version))[name] == rows, name
