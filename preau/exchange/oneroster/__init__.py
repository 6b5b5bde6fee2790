"""OneRoster: the bundle of csv files by which schools hand their data from one program to another."""

from .bundle import SOURCE, Bundle, read_bundle
from .columns import VERSIONS
from .export import Export, export_groups
from .left_behind import LEFT_BEHIND

__all__ = ["LEFT_BEHIND", "SOURCE", "VERSIONS", "Bundle", "Export", "export_groups", "read_bundle"]
