"""What the school knows already, read once and looked up in memory while a file is compared."""

from .people import People
from .structure import Structure

__all__ = ["People", "Structure"]
