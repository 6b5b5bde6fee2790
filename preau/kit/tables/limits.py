"""How large a file may be, before and after it is unfolded."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What one table may measure. A whole school with its grades stays far below."""

    file_bytes: int = 40 * MEGABYTE
    unfolded_bytes: int = 400 * MEGABYTE
    """What an archive (a workbook is one) may hold once decompressed."""
    ratio: int = 200
    """How many times larger than itself an archive may unfold, once it is more than a few megabytes."""
    members: int = 2_000
    rows: int = 250_000
    columns: int = 400
    cell_characters: int = 100_000
    memory_bytes: int = 1536 * MEGABYTE
    seconds: int = 60


LIMITS = Limits()
