"""Sessions in the database, found by a question put together once: every page begins with it."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from preau.kit import clock
from preau.kit.questions import asked_often


class SessionStore(DatabaseStore):
    """Django's own, but for how a session is looked up."""

    def _get_session_from_db(self) -> Session | None:
        found = sessions_of(self.session_key, clock.on_the_wall()) if self.session_key else []
        if not found:
            self._session_key = None
        return next(iter(found), None)


@asked_often
def sessions_of(key: str, at: datetime) -> QuerySet[Session]:
    """Return the session of this key, alone in its list, unless it is over at this moment."""
    return Session.objects.filter(session_key=key, expire_date__gt=at)
