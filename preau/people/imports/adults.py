"""The adults on a pupil's line: the person responsible, the mother, the father, how to reach them."""

from django.utils.translation import gettext_lazy as _

from preau.kit.imports import values
from preau.kit.imports.kinds import Target, Words

from .values import full_name, language

RESPONSIBLE, MOTHER, FATHER = _("The person responsible"), _("The mother"), _("The father")


def adult(prefix: str, part: Words, synonyms: dict[str, tuple[str, ...]]) -> tuple[Target, ...]:
    """Return the targets of one adult: who it is, how to reach them, where they live."""

    def target(name: str, label: Words, parser: values.Parser = values.words, longest: int = 0) -> Target:
        return Target(
            f"{prefix}_{name}",
            label,
            synonyms.get(name, ()),
            parser,
            longest,
            part=part,
            is_called_by_part=True,
        )

    return (
        target("full_name", _("full name"), full_name),
        target("family_name", _("family name"), longest=100),
        target("given_name", _("given name"), longest=100),
        target("phone", _("phone"), values.phone),
        target("mobile", _("mobile phone"), values.phone),
        target("email", _("e-mail"), values.email),
        target("language", _("language"), language),
        target("street", _("street and number"), longest=200),
        target("postcode", _("postcode"), longest=12),
        target("city", _("town"), longest=100),
    )


RESPONSIBLE_TITLES = {
    "full_name": (
        "nomResp",
        "responsable",
        "nom responsable",
        "responsible",
        "verantwoordelijke",
        "guardian name",
        "parent",
    ),
    "family_name": ("nom du responsable", "nom de famille responsable", "familienaam verantwoordelijke"),
    "given_name": ("prenomResp", "prénom responsable", "prénom du responsable", "voornaam verantwoordelijke"),
    "phone": (
        "telephone1",
        "telResp",
        "tél. responsable",
        "téléphone responsable",
        "telefoon verantwoordelijke",
        "guardian phone",
    ),
    "mobile": ("telephone2", "gsmResp", "gsm responsable", "gsm verantwoordelijke", "guardian mobile"),
    "email": (
        "courriel",
        "mailResp",
        "courriel responsable",
        "email responsable",
        "e-mail verantwoordelijke",
        "guardian email",
    ),
    "language": ("langue responsable", "langueResp", "taal verantwoordelijke"),
    "street": ("adresseResp", "adresse responsable", "adres verantwoordelijke"),
    "postcode": ("cpostResp", "cp responsable", "code postal responsable", "postcode verantwoordelijke"),
    "city": ("localiteResp", "localité responsable", "gemeente verantwoordelijke"),
}
MOTHER_TITLES = {
    "full_name": (
        "mère - nom",
        "nomMere",
        "mère",
        "nom de la mère",
        "moeder",
        "naam moeder",
        "mother",
        "mother name",
    ),
    "family_name": ("nom de famille mère", "familienaam moeder", "mother family name"),
    "given_name": ("prenomMere", "prénom mère", "prénom de la mère", "voornaam moeder", "mother given name"),
    "phone": ("mère - téléphone", "telMere", "téléphone mère", "telefoon moeder", "mother phone"),
    "mobile": ("mère - gsm", "gsmMere", "gsm mère", "gsm de la mère", "gsm moeder", "mother mobile"),
    "email": (
        "mère - courriel",
        "mailMere",
        "courrielMere",
        "email mère",
        "courriel de la mère",
        "e-mail moeder",
        "mother email",
    ),
    "language": ("langueMere", "taal moeder"),
    "street": ("adresseMere", "adresse mère", "adres moeder"),
    "postcode": ("cpostMere", "cp mère", "postcode moeder"),
    "city": ("localiteMere", "localité mère", "gemeente moeder"),
}
FATHER_TITLES = {
    "full_name": (
        "père - nom",
        "nomPere",
        "père",
        "nom du père",
        "vader",
        "naam vader",
        "father",
        "father name",
    ),
    "family_name": ("nom de famille père", "familienaam vader", "father family name"),
    "given_name": ("prenomPere", "prénom père", "prénom du père", "voornaam vader", "father given name"),
    "phone": ("père - téléphone", "telPere", "téléphone père", "telefoon vader", "father phone"),
    "mobile": ("père - gsm", "gsmPere", "gsm père", "gsm du père", "gsm vader", "father mobile"),
    "email": (
        "père - courriel",
        "mailPere",
        "courrielPere",
        "email père",
        "courriel du père",
        "e-mail vader",
        "father email",
    ),
    "language": ("languePere", "taal vader"),
    "street": ("adressePere", "adresse père", "adres vader"),
    "postcode": ("cpostPere", "cp père", "postcode vader"),
    "city": ("localitePere", "localité père", "gemeente vader"),
}
