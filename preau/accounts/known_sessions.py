"""allauth's app of sessions, which lets ours say what a sign-in does to them (`reactions.py`)."""

from allauth.account.signals import user_logged_in
from allauth.usersessions.apps import UserSessionsConfig


class KnownSessions(UserSessionsConfig):
    """What allauth does at a sign-in reads each open session of the person: three questions each."""

    def ready(self) -> None:
        super().ready()
        from allauth.usersessions.signals import on_user_logged_in

        user_logged_in.disconnect(on_user_logged_in)
