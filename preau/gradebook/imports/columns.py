"""What a file of grades may hold: one line for each grade, or one column for each assessment."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports import values
from preau.kit.imports.kinds import Target
from preau.kit.tables import Cell, as_text
from preau.structure.imports.course_columns import COURSE_TARGETS, GROUP_CODE
from preau.structure.imports.membership_columns import PUPIL_TARGETS

ASSESSMENT = _("The assessment")


def as_typed(cell: Cell) -> Cell:
    """Return a cell as it stands, nothing when it is blank: the gradebook understands it."""
    return cell if as_text(cell).strip() else None


GRADE_TARGETS = (
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
)
