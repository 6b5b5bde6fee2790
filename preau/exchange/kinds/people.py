"""Pupils and families: ProEco's lists, a class list made by hand, and what lies between."""

from django.utils.translation import gettext_lazy as _

from preau.exchange import values
from preau.exchange.targets import Kind, Target

PUPIL, CLASS, ADDRESS = _("The pupil"), _("The class"), _("The pupil's address")
RESPONSIBLE, MOTHER, FATHER = _("The person responsible"), _("The mother"), _("The father")


def _adult(prefix: str, part: str, synonyms: dict[str, tuple[str, ...]]) -> tuple[Target, ...]:
    """Return the targets of one adult: who it is, how to reach them, where they live."""

    def target(name: str, label: str, parser: values.Parser = values.words, longest: int = 0) -> Target:
        return Target(f"{prefix}_{name}", label, synonyms.get(name, ()), parser, longest, part=part)

    return (
        target("full_name", _("full name"), values.full_name),
        target("family_name", _("family name"), longest=100),
        target("given_name", _("given name"), longest=100),
        target("phone", _("phone"), values.phone),
        target("mobile", _("mobile phone"), values.phone),
        target("email", _("e-mail"), values.email),
        target("language", _("language"), values.language),
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
    "full_name": ("nomMere", "mère", "nom de la mère", "moeder", "naam moeder", "mother", "mother name"),
    "family_name": ("nom de famille mère", "familienaam moeder", "mother family name"),
    "given_name": ("prenomMere", "prénom mère", "prénom de la mère", "voornaam moeder", "mother given name"),
    "phone": ("telMere", "téléphone mère", "telefoon moeder", "mother phone"),
    "mobile": ("gsmMere", "gsm mère", "gsm de la mère", "gsm moeder", "mother mobile"),
    "email": (
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
    "full_name": ("nomPere", "père", "nom du père", "vader", "naam vader", "father", "father name"),
    "family_name": ("nom de famille père", "familienaam vader", "father family name"),
    "given_name": ("prenomPere", "prénom père", "prénom du père", "voornaam vader", "father given name"),
    "phone": ("telPere", "téléphone père", "telefoon vader", "father phone"),
    "mobile": ("gsmPere", "gsm père", "gsm du père", "gsm vader", "father mobile"),
    "email": ("mailPere", "courrielPere", "email père", "courriel du père", "e-mail vader", "father email"),
    "language": ("languePere", "taal vader"),
    "street": ("adressePere", "adresse père", "adres vader"),
    "postcode": ("cpostPere", "cp père", "postcode vader"),
    "city": ("localitePere", "localité père", "gemeente vader"),
}

PEOPLE = Kind(
    key="people",
    label=_("Pupils and families"),
    lead=_("One line for each pupil, with the class and the adults who answer for the pupil."),
    icon="users",
    source="proeco",
    needs=(("family_name", "full_name"),),
    targets=(
        Target(
            "external_id",
            _("number"),
            (
                "matricule",
                "matric info",
                "matric",
                "no matricule",
                "numéro",
                "stamboeknummer",
                "stamnummer",
                "leerlingnummer",
                "student number",
                "student id",
                "sourcedid",
                "id",
            ),
            longest=200,
            part=PUPIL,
            help=_(
                "The number another program gives the pupil. It recognises pupils from one file to the next."
            ),
        ),
        Target(
            "family_name",
            _("family name"),
            (
                "nom",
                "nom elève",
                "nom de famille",
                "nom de l'élève",
                "naam",
                "familienaam",
                "achternaam",
                "last name",
                "surname",
                "lastname",
            ),
            longest=100,
            part=PUPIL,
        ),
        Target(
            "given_name",
            _("given name"),
            ("prénom", "prénom elève", "prénom de l'élève", "voornaam", "first name", "firstname", "prénoms"),
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
                "naam en voornaam",
                "élève",
                "leerling",
                "student",
                "pupil",
                "name",
                "student name",
                "nom complet",
            ),
            values.full_name,
            part=PUPIL,
            help=_("When one column holds both: “Haddad, Noor” or “HADDAD Noor”."),
        ),
        Target(
            "preferred_name",
            _("preferred name"),
            ("prénom usuel", "roepnaam", "nickname"),
            longest=100,
            part=PUPIL,
        ),
        Target(
            "gender",
            _("gender"),
            ("sexe", "genre", "sex", "geslacht", "M/V/X", "M/V", "F/M", "M/F", "M/F/X"),
            values.gender,
            part=PUPIL,
        ),
        Target(
            "born_on",
            _("date of birth"),
            (
                "dateNaiss",
                "date de naissance",
                "né le",
                "née le",
                "né(e) le",
                "naissance",
                "date naissance",
                "geboortedatum",
                "geboren op",
                "birth date",
                "birthdate",
                "date of birth",
                "dob",
            ),
            values.day,
            part=PUPIL,
        ),
        Target(
            "age",
            _("age"),
            ("âge", "leeftijd"),
            values.whole,
            part=PUPIL,
            help=_("Only when no date of birth is known: years on the first day of the school year."),
        ),
        Target(
            "language",
            _("language"),
            ("langue", "langue maternelle", "taal", "thuistaal"),
            values.language,
            part=PUPIL,
        ),
        Target(
            "email",
            _("e-mail"),
            (
                "email élève",
                "courriel élève",
                "mailEleve",
                "e-mail leerling",
                "student email",
                "e-mail",
                "mail",
            ),
            values.email,
            part=PUPIL,
        ),
        Target(
            "phone",
            _("phone"),
            ("telEleve", "téléphone élève", "telefoon leerling", "téléphone", "telefoon", "tel"),
            values.phone,
            part=PUPIL,
        ),
        Target(
            "mobile",
            _("mobile phone"),
            ("gsmEleve", "gsm élève", "gsm leerling", "gsm"),
            values.phone,
            part=PUPIL,
        ),
        Target(
            "class_name",
            _("class"),
            ("classe", "klas", "klas (naam)", "class", "groupe classe", "homeroom", "nom classe"),
            values.class_name,
            longest=30,
            part=CLASS,
            help=_("Classes that do not exist yet are made: 4 TTA in the fourth year, 1CB in the first."),
        ),
        Target(
            "year_level",
            _("year of study"),
            ("année", "annee", "leerjaar", "jaar", "year", "grade level", "niveau"),
            longest=10,
            part=CLASS,
        ),
        Target(
            "starts_on",
            _("in the class from"),
            ("date entrée", "entrée le", "date d'inscription", "inschrijvingsdatum", "enrolled on"),
            values.day,
            part=CLASS,
        ),
        Target(
            "street",
            _("street and number"),
            ("adresseEleve", "adresse", "rue", "adres", "straat", "street", "address line"),
            longest=200,
            part=ADDRESS,
        ),
        Target(
            "postcode",
            _("postcode"),
            ("cpostEleve", "code postal", "cp", "postcode", "zip", "postal code"),
            longest=12,
            part=ADDRESS,
        ),
        Target(
            "city",
            _("town"),
            ("localiteEleve", "localité", "commune", "ville", "gemeente", "woonplaats", "city", "town"),
            longest=100,
            part=ADDRESS,
        ),
        Target(
            "guardian_kind",
            _("tie with the pupil"),
            ("lien", "lien de parenté", "qualité responsable", "verwantschap", "guardian", "relationship"),
            values.tie,
            part=RESPONSIBLE,
            help=_("mother, father, guardian, partner or other"),
        ),
        *_adult("guardian", RESPONSIBLE, RESPONSIBLE_TITLES),
        *_adult("mother", MOTHER, MOTHER_TITLES),
        *_adult("father", FATHER, FATHER_TITLES),
    ),
)
