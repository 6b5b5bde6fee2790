"""Each role walks through the lycée, and no page leads to a closed door."""

import pytest

from preau.accounts.models import Account
from preau.kit.demo import Summary
from tests.reader import Reader

ROLES = ("head", "secretary", "teacher", "tutor", "educator", "pupil", "parent", "admin")


@pytest.mark.parametrize("role", ROLES)
def test_every_link_opens_to_who_reads_it(lycee: Summary, settings, role: str):
    settings.DEMO_MODE = True  # Elsewhere its accounts open nothing.
    reader = Reader(role, Account.objects.get(username=role))
    reader.go_everywhere("/")

    assert not reader.shut, "\n".join(sorted(reader.shut))
