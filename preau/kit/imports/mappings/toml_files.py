"""Mappings written in a file, for the console and for those who import every month."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .places import MappingRefused, Spec, from_dict

if TYPE_CHECKING:
    from preau.kit.imports.kinds import TableKind

LARGEST = 200_000


def read_toml(file: Path, kind: TableKind) -> Spec:
    """Read a mapping file. Examples, explained, are in docs/guides/mappings/."""
    try:
        if file.stat().st_size > LARGEST:
            raise MappingRefused(_("The mapping file is too large to be a mapping."))
        facts = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise MappingRefused(_("The mapping file %(name)s cannot be opened."), name=file.name) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise MappingRefused(
            _("The mapping file %(name)s is not written in TOML: %(problem)s."),
            name=file.name,
            problem=problem,
        ) from problem
    return from_dict(facts, kind)


def mapping_of(said: Spec | Path | None, kind: TableKind) -> Spec | None:
    """Return a mapping that is given as such, or in a file."""
    return read_toml(said, kind) if isinstance(said, Path) else said
