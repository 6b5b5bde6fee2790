"""Sessions in the database, found by a question put together once: every page begins with it."""

import json
from datetime import datetime

from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.crypto import get_random_string

from preau.kit import clock
from preau.kit.questions import asked_often

KEY_LENGTH = 32


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is looked up, and that it is not written twice alike."""

    written: str | None = None

    def save(self, must_create: bool = False) -> None:
        """Write the session, unless these very words were written last."""
        words = None if self.session_key is None else self._words()
        if must_create or words is None or words != self.written:
            super().save(must_create=must_create)
            self.written = self._words()

    def save_what_is_new(self) -> None:
        """Write now what the end of the request would write, in the transaction that is open."""
        if self.modified and not self.is_empty():
            self.save()

    def _words(self) -> str:
        return f"{self.session_key} {json.dumps(dict(self.items()), sort_keys=True, default=repr)}"

    def _get_new_session_key(self) -> str:
        """Draw a key. Nobody has it already; were it otherwise, `create` would draw again."""
        return get_random_string(KEY_LENGTH, VALID_KEY_CHARS)

    def _get_session_from_db(self) -> Session | None:
        found = sessions_of(self.session_key, clock.on_the_wall()) if self.session_key else []
        if not found:
            self._session_key = None
        return next(iter(found), None)


@asked_often
def sessions_of(key: str, at: datetime) -> QuerySet[Session]:
    """Return the session of this key, alone in its list, unless it is over at this moment."""
    return Session.objects.filter(session_key=key, expire_date__gt=at)
