"""What a deployed school is checked for: each check answers with a sentence and how grave it is."""

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from gettext import gettext as _
from pathlib import Path

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Q
from django.db.utils import DatabaseError

from preau.kit import clock
from preau.kit.fonts import OUR_FONTS

SHORTEST_SECRET = 50
LEAST_SPACE = 1_000_000_000
WAITS_TOO_LONG = timedelta(minutes=5)
BACKUP_IS_OLD = timedelta(hours=48)
NOT_FOR_A_SCHOOL = {"security.W005", "security.W021"}
"""Django's wishes about subdomains and preload lists: a school may not speak for its whole domain."""


class Grade(IntEnum):
    GOOD = 0
    WARNING = 1
    BAD = 2


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, in a sentence."""

    grade: Grade
    words: str


def _said(is_good: bool, good: str, otherwise: str, grade: Grade = Grade.BAD) -> Finding:
    return Finding(Grade.GOOD, good) if is_good else Finding(grade, otherwise)


def findings() -> Iterator[Finding]:
    """Look at everything, one thing after the other."""
    for look in (
        _purpose,
        _secret,
        _hosts,
        _https,
        _proxies,
        _database,
        _django,
        _mail,
        _outgoing,
        _space,
        _fonts,
        _jobs,
        _backups,
    ):
        yield from look()


def _purpose() -> Iterator[Finding]:
    yield _said(
        settings.IS_REAL_SCHOOL or settings.TESTING,
        _("This is set up as a real school."),
        _(
            "This is a demonstration or a developer's machine. "
            "Unset PREAU_DEMO and PREAU_DEBUG for a real school."
        ),
        Grade.WARNING,
    )


def _secret() -> Iterator[Finding]:
    yield _said(
        bool(os.environ.get("PREAU_SECRET_KEY")) and len(settings.SECRET_KEY) >= SHORTEST_SECRET,
        _("The secret key is long enough and comes from the environment."),
        _("Set PREAU_SECRET_KEY to fifty random characters or more, and keep it out of the backups."),
    )


def _hosts() -> Iterator[Finding]:
    ours = [host for host in settings.ALLOWED_HOSTS if host not in {"localhost", "127.0.0.1", "[::1]"}]
    yield _said(
        bool(ours) and "*" not in ours,
        _("Answers to: %s.") % ", ".join(ours),
        _("Set PREAU_HOSTS to the names people type, e.g. preau.my-school.be; never to *."),
    )


def _https() -> Iterator[Finding]:
    yield _said(
        bool(getattr(settings, "SECURE_SSL_REDIRECT", False)),
        _("Only encrypted connections are accepted."),
        _("Pages travel unencrypted. Put an HTTPS proxy in front, and unset PREAU_INSECURE_HTTP."),
    )


def _proxies() -> Iterator[Finding]:
    yield _said(
        "PREAU_PROXIES" in os.environ,
        _("Proxies in front: %s.") % settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        _(
            "Say with PREAU_PROXIES how many proxies stand in front, 0 for none: attempts to sign in are "
            "counted by address, and behind a proxy that is not told all come from one."
        ),
        Grade.WARNING,
    )


def _database() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        yield Finding(Grade.BAD, _("The database does not answer: %s") % error)
        return
    good = _("The database (%s) answers and is up to date.") % connection.vendor
    yield _said(not waiting, good, _("The database is of an older version. Run: preau migrate"))


def _django() -> Iterator[Finding]:
    for found in checks.run_checks(include_deployment_checks=True):
        if found.level >= checks.WARNING and found.id not in NOT_FOR_A_SCHOOL:
            grade = Grade.BAD if found.level >= checks.ERROR else Grade.WARNING
            yield Finding(grade, f"Django ({found.id}): {' '.join(str(found.msg).split())}")


def _mail() -> Iterator[Finding]:
    if not settings.EMAIL_HOST:
        yield Finding(
            Grade.WARNING,
            _("No e-mail leaves: set PREAU_SMTP_HOST. Invitations go by printed letter until then."),
        )
        return
    try:
        server = get_connection(timeout=5)
        server.open()
        server.close()
    except OSError as error:
        yield Finding(
            Grade.BAD,
            _("The mail server %(host)s: %(error)s") % {"host": settings.EMAIL_HOST, "error": error},
        )
    else:
        yield Finding(Grade.GOOD, _("The mail server %s answers.") % settings.EMAIL_HOST)


def _outgoing() -> Iterator[Finding]:
    from preau.mail.queries import counted_for_a_check

    try:
        counts = counted_for_a_check(clock.now())
    except DatabaseError:
        return
    words = _(
        "E-mails: %(waiting)d have waited for an hour, %(given_up)d were given up this week, %(in_doubt)d "
        "may have left. The page of outgoing e-mail names them."
    )
    yield _said(not any(counts.values()), _("No e-mail waits."), words % counts, Grade.WARNING)


def _space() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA_DIR).free
    told = {"folder": settings.DATA_DIR, "free": free / 1e9}
    yield _said(
        free >= LEAST_SPACE,
        _("%(free).1f GB are free in %(folder)s.") % told,
        _("Only %(free).1f GB are free in %(folder)s: make room before marks cannot be saved.") % told,
    )
    is_private = not Path(settings.DATA_DIR).stat().st_mode & 0o007
    closed = _("Nobody else on the machine reads the data.")
    yield _said(
        is_private, closed, _("Others on the machine may read %(folder)s. Run: chmod o= %(folder)s") % told
    )


def _fonts() -> Iterator[Finding]:
    found = any(folder.is_dir() and any(folder.rglob("*.ttf")) for folder in OUR_FONTS)
    yield _said(found, _("The fonts of the documents are there."), _("The fonts are missing. Run: bin/setup"))


def _jobs() -> Iterator[Finding]:
    from django_tasks_db.models import DBTaskResult

    now = clock.on_the_wall()
    late_jobs = DBTaskResult.objects.ready().filter(enqueued_at__lt=now - WAITS_TOO_LONG)
    late_jobs = late_jobs.filter(Q(run_after__gt=now) | Q(run_after__lt=now - WAITS_TOO_LONG))
    try:
        is_late = late_jobs.exists()
    except DatabaseError:
        return
    idle = _("No job waits for a worker.")
    late = _("A job has waited for more than five minutes: is `preau serve` or `preau worker` running?")
    yield _said(not is_late, idle, late)


def _backups() -> Iterator[Finding]:
    path = settings.DATA_DIR / "last-backup.json"
    last = datetime.fromisoformat(json.loads(path.read_text())["at"]) if path.exists() else None
    words = _("There was no backup in the last two days. Run every night: preau backup FILE")
    recent = last is not None and clock.on_the_wall() - last < BACKUP_IS_OLD
    yield _said(recent, _("The last backup is less than two days old."), words, Grade.WARNING)
