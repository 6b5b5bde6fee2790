"""The classes of the year, under their year of study."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, ListPart, Phone, Place

from .. import queries
from ..models import ClassGroup
from ..queries import ClassLine
from ..rules import may_manage_structure
from .pupils import COUNTED


def _by_level(lines: Sequence[ClassLine]) -> list[ListPart[ClassLine]]:
    parts = []
    for level, some in groupby(lines, lambda line: line.class_group.year_level):
        shown = list(some)
        size = sum(line.size for line in shown)
        parts.append(ListPart(level.name, shown, str(COUNTED % {"n": size})))
    return parts


def _lacking(line: ClassLine, href: AddressOf) -> str:
    return "" if line.tutors else pieces.badge(gettext("no titulaire"), "warning", "alert-triangle")


classes: Listing[ClassGroup, ClassLine] = Listing(
    "structure.classes",
    _("Classes"),
    (
        Column(
            "name",
            _("Class"),
            lambda line: line.class_group.name,
            links=(Link("structure:class_group", lambda line: [line.class_group]),),
        ),
        Column("level", _("Year"), lambda line: line.class_group.year_level.name, places=Place.PAPER),
        Column(
            "tutors",
            _("Titulaire"),
            lambda line: ", ".join(tutor.full_name for tutor in line.tutors),
            phone=Phone.BESIDE,
            look="soft small",
        ),
        Column(
            "lacks",
            "",
            lambda line: "",
            drawn=_lacking,
            seen_by=may_manage_structure,
            places=Place.SCREEN,
            phone=Phone.BESIDE,
        ),
        Column("size", _("Pupils"), lambda line: line.size, Content.NUMBER, phone=Phone.BESIDE),
    ),
    ngettext_lazy("%(n)s class", "%(n)s classes", "n"),
    Empty(_("No class yet"), "users-group", _("The classes you teach, tutor or look after appear here.")),
    queries.classes_listed,
    page_size=None,
    parts=_by_level,
    holds_persons=False,
)
