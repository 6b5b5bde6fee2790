"""Who follows and who teaches which group."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports import values
from preau.kit.imports.targets import Kind, Target

from .courses import COURSE_TARGETS, GROUP_CODE

PUPIL, TEACHER, DATES = _("The pupil"), _("The teacher"), _("Dates")

PUPIL_TARGETS = (
    Target(
        "pupil_id",
        _("number of the pupil"),
        (
            "matricule",
            "matric info",
            "matricule élève",
            "stamboeknummer",
            "leerlingnummer",
            "student id",
            "pupil",
            "id",
        ),
        longest=200,
        part=PUPIL,
    ),
    Target(
        "family_name",
        _("family name"),
        ("nom", "nom élève", "naam", "familienaam", "last name"),
        longest=100,
        part=PUPIL,
    ),
    Target(
        "given_name",
        _("given name"),
        ("prénom", "prénom élève", "voornaam", "first name"),
        longest=100,
        part=PUPIL,
    ),
    Target(
        "full_name",
        _("family and given name"),
        (
            "nom, prénom",
            "nom et prénom",
            "nom prénom",
            "naam, voornaam",
            "élève",
            "leerling",
            "student",
            "name",
        ),
        values.full_name,
        part=PUPIL,
    ),
    Target(
        "born_on",
        _("date of birth"),
        ("dateNaiss", "date de naissance", "geboortedatum", "birth date"),
        values.day,
        part=PUPIL,
    ),
    Target("class_name", _("class"), ("classe", "klas", "class"), values.class_name, longest=30, part=PUPIL),
)

MEMBERSHIPS = Kind(
    key="memberships",
    label=_("Who follows and teaches what"),
    lead=_("One line for each pupil and group, or for each teacher and group."),
    icon="arrows-join",
    source="proeco",
    needs=(("group_code", "course_code"), ("pupil_id", "family_name", "full_name", "teacher_id")),
    targets=(
        *PUPIL_TARGETS,
        Target(
            "teacher_id",
            _("acronym of the teacher"),
            ("acronyme", "professeur", "prof", "leerkracht", "teacher", "enseignant", "sigle"),
            longest=200,
            part=TEACHER,
        ),
        GROUP_CODE,
        *COURSE_TARGETS,
        Target(
            "starts_on",
            _("from"),
            ("début", "date début", "depuis", "begin", "start", "van"),
            values.day,
            part=DATES,
        ),
        Target(
            "ends_on",
            _("until (excluded)"),
            ("fin", "date fin", "jusqu'au", "end", "tot"),
            values.day,
            part=DATES,
        ),
    ),
)
