"""What people do with accounts."""

from .invitations import (
    MOST_AT_ONCE,
    AlreadyAnswered,
    Invited,
    NobodyChosen,
    NoSuchInvitation,
    TooMany,
    accept_invitation,
    invite,
    those_with_email,
)
from .keeping import (
    OwnAccount,
    block,
    change_email,
    choose_language,
    end_sessions,
    forget_second_factor,
    note_session_seen,
    unblock,
)
from .opening import open_account, open_accounts, propose_username

__all__ = [
    "MOST_AT_ONCE",
    "AlreadyAnswered",
    "Invited",
    "NoSuchInvitation",
    "NobodyChosen",
    "OwnAccount",
    "TooMany",
    "accept_invitation",
    "block",
    "change_email",
    "choose_language",
    "end_sessions",
    "forget_second_factor",
    "invite",
    "note_session_seen",
    "open_account",
    "open_accounts",
    "propose_username",
    "those_with_email",
    "unblock",
]
