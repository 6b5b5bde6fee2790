"""Grades: one line for each grade, or one column for each assessment."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports import values
from preau.kit.imports.targets import Kind, Target
from preau.kit.tables import Cell, as_text

from .courses import COURSE_TARGETS, GROUP_CODE
from .memberships import PUPIL_TARGETS

ASSESSMENT = _("The assessment")


def as_typed(cell: Cell) -> str | None:
    """Return a grade as it was typed; the gradebook understands it."""
    return as_text(cell).strip() or None


GRADES = Kind(
    key="grades",
    label=_("Grades"),
    lead=_("One line for each grade, or one column for each assessment."),
    icon="pencil",
    source="proeco",
    needs=(
        ("pupil_id", "family_name", "full_name"),
        ("group_code", "course_code", "course_name"),
        ("title",),
        ("period",),
        ("points",),
    ),
    targets=(
        *PUPIL_TARGETS,
        GROUP_CODE,
        *COURSE_TARGETS,
        Target(
            "title",
            _("title"),
            ("évaluation", "intitulé de l'évaluation", "titre", "toets", "assessment", "test"),
            longest=100,
            part=ASSESSMENT,
        ),
        Target(
            "period",
            _("period"),
            ("période", "periode", "term", "rapportperiode"),
            longest=60,
            part=ASSESSMENT,
            help=_("The code of a report period, like P1, or its name."),
        ),
        Target(
            "points",
            _("points"),
            ("cote", "note", "résultat", "punten", "score", "grade", "mark", "result"),
            as_typed,
            part=ASSESSMENT,
        ),
        Target(
            "max_points",
            _("out of"),
            ("maximum", "max", "sur", "op", "points possible", "out of"),
            values.decimal,
            part=ASSESSMENT,
            help=_("20 when nothing is said."),
        ),
        Target(
            "category",
            _("category"),
            ("catégorie", "type", "categorie", "soort", "category"),
            longest=40,
            part=ASSESSMENT,
        ),
        Target(
            "held_on", _("date"), ("date", "date évaluation", "datum", "held on"), values.day, part=ASSESSMENT
        ),
        Target(
            "weight",
            _("weight"),
            ("poids", "pondération", "coefficient", "gewicht", "weight"),
            values.decimal,
            part=ASSESSMENT,
        ),
    ),
)
