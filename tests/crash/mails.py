"""
E-mails of a school of its own, for workers that will be killed.

`python -m tests.crash.mails make N` queues N of them in the database that the environment names; `settle`
waits until none is due or in hand, and tells how far each is. Both write JSON.
"""

import json
import sys
import time

import django

PATIENCE = 240


def make(many: int) -> dict:
    from django.core.management import call_command

    from preau.kit import clock
    from preau.mail.actions import send_many
    from preau.mail.letters import Letter

    call_command("migrate", verbosity=0)
    letters = [
        Letter(
            kind="test.post",
            to=f"parent{n}@example.org",
            subject=f"Sortie de demain, nº {n}",
            text="Rendez-vous à 8 h.\n.\n.. et un point seul\n" * 20,
            html="<p>Rendez-vous à 8 h.</p>" * 20,
            key=f"post 1 to {n}",
        )
        for n in range(many)
    ]
    return {"new": [send_many(letters, at=clock.now()), send_many(letters, at=clock.now())]}


def settle() -> dict:
    from preau.kit import clock
    from preau.mail.models import OutgoingMail

    until = time.monotonic() + PATIENCE
    under_way = OutgoingMail.objects.not_over().exclude(claimed_by="")
    while OutgoingMail.objects.due(clock.now()).exists() or under_way.exists():
        assert time.monotonic() < until, "e-mails are under way still"
        time.sleep(0.1)
    return {mail.message_id: mail.state.name for mail in OutgoingMail.objects.all()}


if __name__ == "__main__":
    django.setup()
    what = make(int(sys.argv[2])) if sys.argv[1] == "make" else settle()
    sys.stdout.write(json.dumps(what))
