"""OneRoster: the bundle of csv files by which schools hand their data from one program to another."""

from .bundle import SOURCE, Bundle, read_bundle
from .plan import plan_bundle
from .sessions import year_of

__all__ = ["SOURCE", "Bundle", "plan_bundle", "read_bundle", "year_of"]
