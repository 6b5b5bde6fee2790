"""What a file may say of who follows and who teaches which group."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports import values
from preau.kit.imports.kinds import Target
from preau.people.imports import values as of_people

from .course_columns import COURSE_TARGETS, GROUP_CODE
from .values import class_name

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
        values.number_given,
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
        of_people.full_name,
        part=PUPIL,
    ),
    Target(
        "born_on",
        _("date of birth"),
        ("dateNaiss", "date de naissance", "geboortedatum", "birth date"),
        of_people.birthday,
        part=PUPIL,
    ),
    Target("class_name", _("class"), ("classe", "klas", "class"), class_name, longest=30, part=PUPIL),
)

MEMBERSHIP_TARGETS = (
    *PUPIL_TARGETS,
    Target(
        "teacher_id",
        _("acronym of the teacher"),
        ("acronyme", "professeur", "prof", "leerkracht", "teacher", "enseignant", "sigle"),
        values.number_given,
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
)
