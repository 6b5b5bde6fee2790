"""
What files are kept for. Each app declares its uses in its own `uses.py`:

    FEEDBACK = declare(
        Use("gradebook.feedback", DOCUMENTS, 10 * MB, opened_by=may_read_feedback)
    )
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from preau.kit.access import NOBODY, Rule
from preau.people.models import Person

MB = 1024 * 1024


@dataclass(frozen=True)
class Use:
    """
    Something an app keeps files for.

    :param key: the app and the thing, `gradebook.feedback`; kept in the database, so it stays
    :param accepts: the content types it takes (`contents.DOCUMENTS`); None takes any file, as bytes
    :param heaviest: the most bytes of one file
    :param opened_by: who may open it, as a rule over what it hangs on; None: nobody, by the door of files
    :param through: how what it hangs on leads to the file
    :param is_sensitive: to take it away asks a second factor of some (`kit.sensitive`)
    :param is_counted: such files count towards what a person may keep (`FILES_PER_PERSON`)
    """

    key: str
    accepts: frozenset[str] | None
    heaviest: int
    opened_by: Rule | None = None
    through: str = "file"
    is_counted: bool = True
    is_sensitive: bool = False

    def reached_by(self, person: Person) -> Q:
        """Return the condition, on files, that this person may open what they hang on."""
        if self.opened_by is None:
            return NOBODY
        holders = self.opened_by.among(self.opened_by.records(), person)
        return Q(use=self.key, pk__in=holders.order_by().values(self.through))


_declared: dict[str, Use] = {}


def declare(use: Use) -> Use:
    """Make a use known to the door of files and to the quotas."""
    assert use.key not in _declared, f"two uses are called {use.key}"  # noqa: S101
    _declared[use.key] = use
    return use


def declared() -> Iterable[Use]:
    return _declared.values()
