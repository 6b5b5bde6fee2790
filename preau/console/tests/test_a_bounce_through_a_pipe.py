"""The mail server hands over what came back: `preau bounce < message`."""

import io

from preau.console.main import main
from preau.mail.actions import send_later
from preau.mail.letters import Letter
from preau.mail.models import BouncingAddress, OutgoingMail
from preau.mail.tests.test_bounces import report


def bounce(raw, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    return main(["bounce"])


def test_a_report_is_kept_and_what_is_none_changes_nothing(db, school_day, monkeypatch, capsys):
    letter = Letter(kind="test.word", to="samira@example.org", subject="Bonjour", text="Un mot.")
    row = send_later(letter, at=school_day)
    OutgoingMail.objects.filter(pk=row.pk).update(sent_at=school_day, handing_over_at=school_day)

    assert bounce(b"Subject: hello\n\nhello", monkeypatch) == 0
    assert not BouncingAddress.objects.exists()

    assert bounce(report(row), monkeypatch) == 0
    assert BouncingAddress.objects.get().address == "samira@example.org"
    assert "is kept" in capsys.readouterr().out
