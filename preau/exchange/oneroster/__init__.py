"""OneRoster: the bundle of csv files by which schools hand their data from one program to another."""

from .bundle import SOURCE, Bundle, read_bundle
from .columns import VERSIONS
from .export import Export, export_groups
from .plan import plan_bundle
from .sessions import year_of

__all__ = [
    "SOURCE",
    "VERSIONS",
    "Bundle",
    "Export",
    "export_groups",
    "plan_bundle",
    "read_bundle",
    "year_of",
]
