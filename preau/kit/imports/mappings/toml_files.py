"""Mappings written in a file, for the console and for those who import every month."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from preau.kit.imports.targets import Kind

from .places import MappingRefused, Spec, from_dict

LARGEST = 200_000


def read_toml(file: Path, kind: Kind) -> Spec:
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
