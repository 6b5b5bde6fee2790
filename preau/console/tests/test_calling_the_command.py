"""What the command says, in which language, and the status it leaves with."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from preau.console.main import main
from preau.kit import clock
from preau.kit.demo import Options

NAMES = (
    "serve",
    "worker",
    "setup",
    "migrate",
    "demo",
    "import",
    "report-cards",
    "backup",
    "restore",
    "check",
)
ROOT = Path(__file__).resolve().parents[3]


def status_of(*words):
    """Run the command here; return the status it leaves with."""
    try:
        return main(list(words))
    except SystemExit as leaving:
        return leaving.code


def outside(*words, **environment):
    """Run the command as a program of its own, with this environment and little more."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "preau.console", *words],
        cwd=ROOT,
        env={**kept, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_needs_no_school_and_names_every_command(tmp_path):
    said = outside("--help", PREAU_DATA=str(tmp_path), PREAU_LANGUAGE="en")

    assert said.returncode == 0
    assert [name for name in NAMES if name not in said.stdout] == []


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({"LANG": "fr_BE.UTF-8"}, "utilisation"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "fr_BE.UTF-8"}, "usage"),
        ({"PREAU_LANGUAGE": "fr", "LC_ALL": "en_GB.UTF-8"}, "utilisation"),
        ({"LANG": "nl_BE.UTF-8"}, "usage"),
    ],
)
def test_it_speaks_french_where_the_machine_does(environment, word):
    assert word in outside("--help", **environment).stdout


def test_a_school_without_secret_key_is_told_what_to_do(tmp_path):
    said = outside("migrate", PREAU_DATA=str(tmp_path), PREAU_LANGUAGE="en")

    assert said.returncode == 2
    assert "PREAU_SECRET_KEY" in said.stderr
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["sing"],
        ["import"],
        ["import", "cats", "file.csv"],
        ["import", "people", "/nowhere/file.csv"],
        ["import", "people", str(ROOT)],
        ["import", "people", __file__, "--mapping", "/nowhere/mapping.toml"],
        ["report-cards"],
        ["report-cards", "build"],
        ["report-cards", "burn", "--period", "P1"],
        ["backup"],
        ["restore"],
    ],
)
def test_a_wrong_call_leaves_with_two_and_says_why(words, capsys):
    assert status_of(*words) == 2

    assert "preau" in capsys.readouterr().err


def test_a_period_nobody_knows_is_answered_with_those_there_are(school, capsys):
    _ = school.first_period, school.december

    assert status_of("report-cards", "build", "--period", "juin") == 2

    assert "P1 (Première période), P2 (Décembre)" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["P1", "p1", "première période", "PREMIERE  PERIODE"])
def test_a_period_is_known_by_its_code_or_name_whatever_the_accents(school, name):
    from preau.console.report_cards import period_named

    first_period, _ = school.first_period, school.december

    assert period_named(name) == first_period


def test_the_demonstration_opens_in_demo_mode_only(school, settings, capsys):
    settings.DEMO_MODE = False

    assert status_of("demo") == 2
    assert "PREAU_DEMO=1" in capsys.readouterr().err


def test_the_demonstration_never_writes_over_a_school(school, settings, capsys):
    settings.DEMO_MODE = True
    _ = school.noor

    assert status_of("demo", "--pupils", "60") == 1
    assert "There are people in this database already" in capsys.readouterr().err
    assert status_of("demo", "--if-empty") == 0


@pytest.mark.parametrize("number", ["0", "-3"])
def test_a_school_without_pupils_is_no_demonstration(db, settings, number):
    settings.DEMO_MODE = True

    assert status_of("demo", "--pupils", number) == 2


def test_its_sizes_are_those_of_the_generator():
    assert set(Options.__dataclass_fields__) >= {"pupils", "years", "seed"}


def test_jobs_that_wait_are_done_on_demand(transactional_db):
    assert status_of("worker", "--once") == 0


def test_check_says_in_sentences_what_must_be_mended(school, capsys, monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    monkeypatch.delenv("PREAU_SECRET_KEY", raising=False)

    assert status_of("check") == 1

    said = capsys.readouterr().out
    assert "✗ Set PREAU_SECRET_KEY" in said
    assert "✗ Set PREAU_HOSTS" in said
    assert "✓ The database (" in said
    assert "must be mended" in said


def test_check_is_content_with_a_well_kept_school(school, capsys, monkeypatch, settings, tmp_path):
    monkeypatch.setenv("PREAU_SECRET_KEY", "x")
    monkeypatch.delenv("DJANGO_ALLOW_ASYNC_UNSAFE", raising=False)
    settings.SECRET_KEY = "k" * 30 + "0123456789abcdefghijklmnop"
    settings.ALLOWED_HOSTS = ["preau.lycee.example"]
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 1000
    settings.DATA_DIR = tmp_path
    tmp_path.chmod(0o750)
    (tmp_path / "last-backup.json").write_text(json.dumps({"at": clock.on_the_wall().isoformat()}))

    status = status_of("check")

    assert [line for line in capsys.readouterr().out.splitlines() if line.startswith("✗")] == []
    assert status == 0


def test_check_notices_a_job_that_nobody_does_and_a_backup_that_is_old(school, settings, tmp_path):
    from datetime import timedelta

    from django_tasks_db.models import DBTaskResult

    from preau.console import checks

    settings.DATA_DIR = tmp_path
    (tmp_path / "last-backup.json").write_text(json.dumps({"at": "2020-01-01T00:00:00+00:00"}))
    assert "no backup" in next(checks._backups()).words
    assert next(checks._jobs()).grade == checks.Grade.GOOD
    long_ago = clock.on_the_wall() - timedelta(hours=1)
    DBTaskResult.objects.create(
        task_path="x.y", args_kwargs={"args": [], "kwargs": {}}, backend_name="default", run_after=long_ago
    )
    DBTaskResult.objects.update(enqueued_at=long_ago)

    assert "five minutes" in next(checks._jobs()).words


@pytest.mark.parametrize(("said", "grade"), [(None, "WARNING"), ("0", "GOOD"), ("1", "GOOD")])
def test_it_warns_when_nobody_said_how_many_proxies_stand_in_front(monkeypatch, said, grade):
    monkeypatch.delenv("PREAU_PROXIES", raising=False)
    if said is not None:
        monkeypatch.setenv("PREAU_PROXIES", said)

    from preau.console import checks

    (found,) = checks._proxies()

    assert found.grade == checks.Grade[grade]
