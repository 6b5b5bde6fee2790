"""What a file may say of courses and of the groups that follow them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from preau.kit.imports import values
from preau.kit.imports.kinds import Target

from .values import periods_a_week

COURSE, GROUP = _("The course"), _("The group")

GROUP_CODE = Target(
    "group_code",
    _("code of the group"),
    ("coursGrp", "groupe", "code groupe", "groep", "groepscode", "group", "group code", "class code"),
    longest=50,
    part=GROUP,
    help=_("Like “6 GT:CHIM2-01”. The code of the course, its year and its periods are read from it."),
)
COURSE_TARGETS = (
    Target(
        "course_code",
        _("code of the course"),
        ("cours", "code cours", "code du cours", "vakcode", "course", "course code"),
        longest=40,
        part=COURSE,
        help=_("Like “6 GT:CHIM2”."),
    ),
    Target(
        "course_name",
        _("name of the course"),
        (
            "libelle",
            "libellé",
            "nomCours",
            "nom du cours",
            "intitulé",
            "vak",
            "vaknaam",
            "course name",
            "title",
        ),
        longest=100,
        part=COURSE,
    ),
    Target(
        "subject_code",
        _("code of the subject"),
        ("code matière", "branche code", "subject code"),
        longest=20,
        part=COURSE,
    ),
    Target(
        "subject_name",
        pgettext_lazy("course", "subject"),
        ("matière", "branche", "discipline", "subject"),
        longest=100,
        part=COURSE,
    ),
    Target(
        "year_level",
        _("year of study"),
        ("année", "annee", "leerjaar", "jaar", "year", "niveau"),
        longest=10,
        part=COURSE,
    ),
    Target(
        "form",
        _("form"),
        ("forme", "forme d'enseignement", "onderwijsvorm", "form", "stream"),
        longest=10,
        part=COURSE,
        help=_("G, TT, TQ, P… Empty when all forms share the course."),
    ),
    Target(
        "weekly_periods",
        _("periods a week"),
        ("nbheures", "heures", "périodes", "nombre de périodes", "lestijden", "uren", "periods"),
        periods_a_week,
        part=COURSE,
    ),
    Target(
        "status",
        _("status"),
        ("cadre", "statut", "statuut"),
        longest=10,
        part=COURSE,
        help=_("FC, OB, OG, AC, Renf., Rem, STAGE…"),
    ),
    Target(
        "group_name",
        _("name of the group"),
        ("nom groupe", "nom du groupe", "classes", "classe", "klas", "group name"),
        longest=60,
        part=GROUP,
    ),
)

COURSE_FILE_TARGETS = (
    GROUP_CODE,
    *COURSE_TARGETS,
    Target(
        "teacher_id",
        _("teacher (acronym)"),
        ("acronyme", "professeur", "prof", "leerkracht", "teacher", "enseignant"),
        values.number_given,
        longest=200,
        part=GROUP,
    ),
)
