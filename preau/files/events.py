"""What happens to files."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class PictureKept:
    """A picture is here; its thumbnail is not drawn yet."""

    file_id: UUID
