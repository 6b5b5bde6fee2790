"""The OneRoster bundle, as a kind of file a school brings in: several tables of the other kinds at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from preau.kit.imports.kinds import BroughtFile, Contents, ImportKind, declare
from preau.kit.tables import open_archive

from .oneroster import SOURCE, read_bundle
from .oneroster.plan import bring_bundle


@dataclass(frozen=True, kw_only=True)
class BundleKind(ImportKind):
    """A zip of csv files whose columns the standard names."""

    def read(self, file: BroughtFile) -> Contents:
        with file.path.open("rb") as opened:
            return Contents(read_bundle(opened, progress=file.progress), SOURCE)

    def check(self, file: BinaryIO, name: str) -> None:
        open_archive(file).close()


declare(
    BundleKind(
        key="oneroster",
        label=_("OneRoster bundle"),
        lead=_("A zip of csv files, version 1.1 or 1.2: people, courses and grades at once."),
        rank=60,
        bring=bring_bundle,
    )
)
