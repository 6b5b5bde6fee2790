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
    end_other_sessions,
    end_session,
    forget_second_factor,
    new_email_of,
    note_session_seen,
    path_of_new_email,
    path_of_reset,
    unblock,
)
from .opening import open_account, open_accounts, propose_username
