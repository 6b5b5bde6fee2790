"""Long work of a school that only its tests do: a number of portraits is hung."""

import pytest

from preau.kit.refusals import Refusal
from preau.people.models import Duty
from preau.people.relations import holds
from preau.work import actions, declared

PORTRAITS = "work.portraits"


class NoNail(Refusal):
    words = "There is no nail left. Buy some."


class Portraits:
    """What happens when portraits are hung: it goes well unless told otherwise."""

    goes_wrong: Exception | None = None

    def hang(self, progress) -> None:
        for done in range(4):
            progress(done, 4)
        if self.goes_wrong:
            raise self.goes_wrong
        progress(4, 4)


@pytest.fixture
def portraits(monkeypatch):
    """Hanging portraits is work that the secretariat may follow, and that is small up to ten."""
    monkeypatch.setattr(declared, "_declared", dict(declared._declared))
    portraits = Portraits()
    register = declared.long_work(
        PORTRAITS,
        ready="All %(total)s hang.",
        followed_by=holds(Duty.Kind.SECRETARY),
        at_once_up_to=10,
    )
    register(lambda work: actions.carry_out(work=work, act=portraits.hang))
    return portraits


@pytest.fixture
def asked(portraits, school, school_day):
    """Claire Vandamme asks for portraits to be hung."""
    return actions.order(
        what=PORTRAITS, title="Portraits", leads_to="/portraits/", by=school.vandamme, at=school_day
    )
