"""What happens to accounts, for whoever writes to their holders."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class EmailChanged:
    """An account has another e-mail."""

    account_id: int
    former: str
    new: str
    at: datetime


@dataclass(frozen=True)
class InvitedAgain:
    """Somebody who signs in already was invited to choose another password."""

    account_id: int
    at: datetime
