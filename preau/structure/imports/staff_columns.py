"""What a file of staff may hold."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports import values
from preau.kit.imports.kinds import Target
from preau.people.imports import values as of_people

STAFF_TARGETS = (
    Target(
        "external_id",
        _("acronym or number"),
        (
            "acronyme",
            "sigle",
            "abréviation",
            "code professeur",
            "afkorting",
            "code leerkracht",
            "acronym",
            "teacher id",
            "matricule",
            "initiales",
            "sourcedid",
            "matricule ministère",
        ),
        values.number_given,
        longest=200,
        help=_("Timetables and lists of courses name teachers by it."),
    ),
    Target(
        "family_name",
        _("family name"),
        (
            "nom",
            "nom de famille",
            "naam",
            "familienaam",
            "achternaam",
            "last name",
            "surname",
            "nom enseignant",
            "nom professeur",
        ),
        longest=100,
    ),
    Target(
        "given_name",
        _("given name"),
        (
            "prénom",
            "voornaam",
            "first name",
            "prénom enseignant",
            "prénom professeur",
        ),
        longest=100,
    ),
    Target(
        "full_name",
        _("family and given name"),
        (
            "nom, prénom",
            "nom et prénom",
            "nom prénom",
            "naam, voornaam",
            "professeur",
            "leerkracht",
            "teacher",
            "name",
        ),
        of_people.full_name,
    ),
    Target("gender", _("gender"), ("sexe", "genre", "sex", "geslacht", "M/V/X"), of_people.gender),
    Target(
        "born_on",
        _("date of birth"),
        ("dateNaiss", "date de naissance", "geboortedatum", "birth date"),
        of_people.birthday,
    ),
    Target("language", _("language"), ("langue", "taal"), of_people.language),
    Target(
        "email",
        _("e-mail"),
        (
            "mail",
            "courriel",
            "e-mail",
            "adresse mail",
            "email address",
            "e-mailadres",
            "adresse e-mail",
        ),
        values.email,
    ),
    Target("phone", _("phone"), ("téléphone", "tel", "telefoon", "telephone"), values.phone),
    Target(
        "mobile",
        _("mobile phone"),
        ("gsm", "portable", "mobiele telefoon"),
        values.phone,
    ),
    Target(
        "duty",
        _("function"),
        ("fonction", "statut", "functie", "role", "rôle"),
        help=_("Only told in the report: a file gives nobody rights. They are given on the person's page."),
    ),
)
