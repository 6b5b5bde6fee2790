"""The file an import reads."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from preau.kit.imports.mappings import Spec
from preau.kit.refusals import Refusal
from preau.kit.tables import Table, read_table

from .kinds import KINDS
from .models import KindOfImport


def read_source(kind: str, path: Path, name: str, spec: Spec | None) -> Table:
    """Read the table of a file as its mapping says: sheet, line of the header, encoding."""
    if kind not in KINDS:
        raise Refusal(
            _("“%(kind)s” is no kind of import. The kinds are: %(kinds)s."),
            kind=kind,
            kinds=", ".join(KindOfImport.values),
        )
    spec = spec or Spec()
    return read_table(path, name=name, sheet=spec.sheet, header_line=spec.header_line, encoding=spec.encoding)
