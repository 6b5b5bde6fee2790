"""Whatever stands in a file, the import ends with a report: nothing breaks, nothing is half done."""

import csv
import io
import json
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.exchange.actions import run_import
from preau.exchange.models import ImportRun
from preau.kit import clock
from preau.kit.imports.kinds import table_kind, table_kinds
from preau.people.models import Person
from tests.imports import bring_school, bundle
from tests.odd_files import odd

from .test_oneroster import OLD

NAUGHTY = [
    "", " ", "\t", "0", "-1", "1e9", "NaN", "Infinity", "null", "undefined", "True", "' OR 1=1 --", '"', "'",
    "\\", "<script>alert(1)</script>", "{{ 7*7 }}", "{line}", "%s%n", "../../etc/passwd", "=cmd|'/C calc'!A0",
    "١٢٣", "½", "\u202eabc", "\u200b", "🎈👩‍👩‍👧", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙", "x" * 300, "9" * 40, "31/02/2011", "99999999",
    "2011-13-01", "a@b", "+", "0032", "4 TTA", "1C", "P1", "20/20", "CM", "101", "4 TT:MATH4-01", ":", "-01",
    "1:", "*",
]  # fmt: skip


def table(kind, rows) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow([target.name for target in table_kind(kind).targets])
    writer.writerows(rows)
    return target.getvalue()


def mapping(tmp_path, kind):
    fields = "\n".join(f'{target.name} = "{target.name}"' for target in table_kind(kind).targets)
    path = tmp_path / "mapping.toml"
    path.write_text(f"create_missing = true\n[fields]\n{fields}\n")
    return path


def whole(report):
    """Check that a report is whole: applied or not, kept, and able to travel as JSON."""
    assert report.exit_status in {0, 1}
    assert report.applied is (report.exit_status == 0)
    json.dumps(report.as_dict())
    return report


def run(tmp_path, kind, rows):
    """Try a file, then apply it: nothing breaks, and the second says what the first said."""
    path = tmp_path / "naughty.csv"
    path.write_bytes(table(kind, rows).encode("utf-8", "replace"))
    said = mapping(tmp_path, kind)
    trial = run_import(kind=kind, path=path, mapping=said, dry_run=True, by=None, at=clock.now())
    report = whole(run_import(kind=kind, path=path, mapping=said, by=None, at=clock.now()))
    assert (trial.exit_status, trial.refused) == (report.exit_status, report.refused)
    assert [line.as_dict() for line in trial.lines] == [line.as_dict() for line in report.lines]
    assert trial.counts == report.counts
    return report


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind.key for kind in table_kinds()])
def test_the_same_naughty_word_in_every_cell(tmp_path, kind):
    bring_school(tmp_path)
    width = len(table_kind(kind).targets)

    for word in NAUGHTY:
        run(tmp_path, kind, [[word] * width])

    assert ImportRun.objects.filter(kind=kind).count() >= len(NAUGHTY)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind.key for kind in table_kinds()])
@given(data=st.data())
@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
def test_naughty_words_in_some_cells(tmp_path, kind, data):
    cells = st.sampled_from(NAUGHTY) | st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    width = len(table_kind(kind).targets)

    run(
        tmp_path,
        kind,
        data.draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=4)),
    )


SOUND = {
    "people": [
        "101",
        "Haddad",
        "Noor",
        "2011-02-14",
        "4TTA",
        "HADDAD Samira",
        "noor@example.org",
        "0470123456",
    ],
    "staff": ["VAN", "Vandamme", "Claire", "claire@example.org"],
    "courses": ["4 TT:MATH4-01", "4 TT:MATH4", "Mathématique", "4", "FC", "VAN"],
    "memberships": ["101", "102", "4 TT:MATH4-01", "2C:FR6-01", "VAN", "2026-09-01", "2026-12-01"],
    "grades": [
        "101",
        "103",
        "4 TT:MATH4-01",
        "P1",
        "P2",
        "Fractions",
        "8,5",
        "13/20",
        "75 %",
        "CM",
        "20",
        "10",
    ],
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind.key for kind in table_kinds()])
@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_a_trial_accepts_can_be_applied(tmp_path, kind, data):
    """Cells that nearly make sense, in columns where some of them do."""
    width = len(table_kind(kind).targets)
    cells = st.sampled_from([*SOUND[kind], "", "", ""])

    bring_school(tmp_path)
    run(
        tmp_path,
        kind,
        data.draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1, max_size=5)),
    )


@pytest.mark.django_db
@pytest.mark.parametrize("file", [name for name in OLD if name != "manifest.csv"])
def test_naughty_words_in_every_file_of_a_bundle(tmp_path, file):
    header, *_rows = OLD[file].splitlines()
    width = len(header.split(","))
    target = io.StringIO()
    writer = csv.writer(target)
    for number, word in enumerate(NAUGHTY):
        writer.writerow([f"n{number}", "", "", *[word] * (width - 3)])

    report = run_import(
        kind="oneroster",
        path=bundle(tmp_path, OLD | {file: OLD[file] + target.getvalue()}),
        by=None,
        at=clock.now(),
    )

    assert whole(report).counts["errors"] < len(NAUGHTY)


@pytest.mark.django_db
@pytest.mark.parametrize("file", odd("hostile/blns.json"))
def test_a_list_of_naughty_strings_as_names(tmp_path, file):
    words = json.loads(file.content)
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(["matricule", "nom", "prenom", "classe"])
    writer.writerows([number, f"N{word[:80]}", word[:90], "4TTA"] for number, word in enumerate(words))
    path = tmp_path / "blns.csv"
    path.write_text(target.getvalue(), encoding="utf-8", errors="replace", newline="")

    report = whole(run_import(kind="people", path=path, by=None, at=clock.now()))

    assert report.applied, list(
        islice((line.as_dict() for line in report.lines if line.status == "error"), 3)
    )
    assert Person.objects.count() == len(words)
