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
    LinkTooOld,
    OwnAccount,
    block,
    change_email,
    choose_language,
    end_sessions,
    forget_second_factor,
    new_email_of,
    note_session_seen,
    path_of_new_email,
    unblock,
)
from .opening import open_account, open_accounts, propose_username

__all__ = [
    "MOST_AT_ONCE",
    "AlreadyAnswered",
    "Invited",
    "LinkTooOld",
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
    "new_email_of",
    "note_session_seen",
    "open_account",
    "open_accounts",
    "path_of_new_email",
    "propose_username",
    "those_with_email",
    "unblock",
]
