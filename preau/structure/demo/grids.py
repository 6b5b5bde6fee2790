"""What is taught: the subjects, and the weekly grid of each stream."""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = (
    ("FC", "Formation commune", True, True),
    ("OB", "Option de base simple", True, True),
    ("OG", "Option de base groupée", True, True),
    ("STAGE", "Stage", True, True),
    ("AC", "Activité complémentaire", False, True),
    ("RENF", "Renforcement", False, True),
    ("REM", "Remédiation", False, False),
)

LEVELS = (
    ("1C", "1re année commune", 10, 1),
    ("2C", "2e année commune", 20, 1),
    ("2S", "2e année supplémentaire", 25, 1),
    ("3", "3e année", 30, 2),
    ("4", "4e année", 40, 2),
    ("5", "5e année", 50, 3),
    ("6", "6e année", 60, 3),
)

# code, name, name on course lists, those who teach it
SUBJECTS = (
    ("FR", "Français", "Français", "FR"),
    ("RFR", "Renforcement en français", "Renf. français", "FR"),
    ("RHET", "Art de la parole", "Art de la parole", "FR"),
    ("MATH", "Mathématique", "Math", "MATH"),
    ("RMATH", "Renforcement en mathématique", "Renf. math", "MATH"),
    ("LOG", "Logique et jeux mathématiques", "Logique", "MATH"),
    ("NL", "Néerlandais", "Néerlandais", "NL"),
    ("EN", "Anglais", "Anglais", "LM"),
    ("ALL", "Allemand", "Allemand", "LM"),
    ("ESP", "Espagnol", "Espagnol", "LM"),
    ("LAT", "Latin", "Latin", "LAT"),
    ("GREC", "Grec", "Grec", "LAT"),
    ("SC", "Sciences", "Sciences", "SC"),
    ("SCB", "Sciences de base", "Sciences", "SC"),
    ("FSC", "Formation scientifique", "Form. scient.", "SC"),
    ("PHYS", "Physique", "Physique", "SC"),
    ("CHIM", "Chimie", "Chimie", "SC"),
    ("BIO", "Biologie", "Biologie", "SC"),
    ("EDM", "Étude du milieu", "Étude du milieu", "HG"),
    ("HIST", "Histoire", "Histoire", "HG"),
    ("GEO", "Géographie", "Géographie", "HG"),
    ("HG", "Formation historique et géographique", "Hist.-géo.", "HG"),
    ("SCSO", "Sciences sociales", "Sc. sociales", "ECO"),
    ("ECO", "Sciences économiques", "Économie", "ECO"),
    ("COMPTA", "Comptabilité", "Comptabilité", "ECO"),
    ("BURO", "Bureautique", "Bureautique", "ECO"),
    ("DROIT", "Droit", "Droit", "ECO"),
    ("PSYC", "Psychologie appliquée", "Psychologie", "SOC"),
    ("EXPR", "Techniques d'expression", "Expression", "SOC"),
    ("SANT", "Éducation à la santé", "Santé", "SOC"),
    ("STAGE", "Stage", "Stage", "SOC"),
    ("GYM", "Éducation physique et à la santé", "Éd. physique", "GYM"),
    ("SPORT", "Sport", "Sport", "GYM"),
    ("TECH", "Éducation par la technologie", "Technologie", "ART"),
    ("ART", "Éducation plastique et musicale", "Éd. artistique", "ART"),
    ("DESS", "Dessin", "Dessin", "ART"),
    ("HART", "Histoire de l'art", "Hist. de l'art", "ART"),
    ("THEA", "Théâtre", "Théâtre", "ART"),
    ("CHOR", "Chorale", "Chorale", "ART"),
    ("INFO", "Informatique", "Informatique", "INFO"),
    ("CATH", "Religion catholique", "Rel. catholique", "CATH"),
    ("ISL", "Religion islamique", "Rel. islamique", "ISL"),
    ("MOR", "Morale non confessionnelle", "Morale", "MOR"),
    ("CPC", "Philosophie et citoyenneté", "Citoyenneté", "MOR"),
    ("PROT", "Religion protestante", "Rel. protestante", "PROT"),
    ("ORTH", "Religion orthodoxe", "Rel. orthodoxe", "ORTH"),
    ("ISR", "Religion israélite", "Rel. israélite", "ISR"),
    ("REMFR", "Remédiation en français", "Reméd. français", "FR"),
    ("REMMATH", "Remédiation en mathématique", "Reméd. math", "MATH"),
    ("REMNL", "Remédiation en néerlandais", "Reméd. néerl.", "NL"),
)
PHILOSOPHICAL = ("CATH", "ISL", "MOR", "PROT", "ORTH", "ISR")
"""What report cards call a philosophical course."""
TAUGHT_BY = {code: discipline for code, _name, _short, discipline in SUBJECTS}
PHILOSOPHIES = {"ISL": 40, "CATH": 22, "MOR": 18, "CPC": 13, "PROT": 3, "ORTH": 3, "ISR": 1}
PHILOSOPHY_BANDS = {"ISL": 2, "CATH": 3, "MOR": 3, "CPC": 4, "PROT": 1, "ORTH": 1, "ISR": 1}


@dataclass(frozen=True)
class Line:
    """A course of the grid: MATH4 is mathematics, four periods a week."""

    subject: str
    periods: int
    status: str = "FC"
    language: str = "fr"
    over_forms: bool = False
    """Whether the course is the same in all forms of the year (religion, complementary activities)."""


def lines(words: str, status: str = "FC") -> tuple[Line, ...]:
    """Read lines as people write them: `FR5 MATH4`."""
    return tuple(Line(word[:-1], int(word[-1]), status) for word in words.split())


@dataclass(frozen=True)
class Choice:
    """Pupils choose one of several packages of lines; those who chose alike form groups."""

    packages: tuple[tuple[tuple[Line, ...], int], ...]
    """Each package with its part of a hundred pupils."""
    classes_together: int = 99
    """How many classes of the stream form groups together."""
    most: int = 25
    share: float = 1.0
    """The part of the pupils who take one."""
    whole_class: bool = False
    """Whether each class chooses as one."""


def choice(words: str, status: str = "OB", **how: object) -> Choice:
    """Read a choice: `LAT4:20 ECO4:40 BIO2+CHIM2:40`."""
    packages = []
    for word in words.split():
        package, part = word.split(":")
        packages.append((lines(package.replace("+", " "), status), int(part)))
    return Choice(tuple(packages), **how)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Stream:
    """The classes of a level and form, and their grid."""

    level: str
    form: str
    classes: int
    letters: str = "ABCDEFGHIJ"
    least: int = 1
    own: tuple[Line, ...] = ()
    """One group per class."""
    joint: tuple[Line, ...] = ()
    """One group for each two classes."""
    bundles: tuple[tuple[Line, ...], ...] = ()
    """Options of the first class, of the second…: technical studies."""
    choices: tuple[Choice, ...] = ()
    last_is_small: bool = False
    immersion: bool = False
    """Whether the last class learns history and geography in Dutch."""

    @property
    def key(self) -> str:
        return f"{self.level}{self.form}" if self.level[0] in "3456" else self.level


WHOLE_CLASS = choice("LAT2:20 SPORT2:25 INFO2:20 THEA2:15 DESS2:20", "AC", whole_class=True)
GENERAL_3 = lines("FR5 MATH5 SC3 NL4 HIST2 GEO2 GYM2")
GENERAL_5 = lines("FR4 NL4 HIST2 GEO1 GYM2")
TECHNICAL_3 = lines("FR5 MATH4 PHYS2 CHIM3 BIO3 INFO2")
TECHNICAL_5 = lines("FR4 MATH4 PHYS2 CHIM3 BIO3 INFO2")
QUALIFYING = lines("FR4 MATH2 NL2 EN2 HG2 GYM2 FSC2")
BUNDLES = (
    lines("COMPTA4 ECO3 BURO4 DROIT2", "OG"),
    lines("PSYC4 EXPR3 SANT2", "OG") + lines("STAGE5", "STAGE"),
)
OPTIONS_3 = (
    choice("EN4:90 ALL4:10", "FC"),
    choice("LAT4:22 ECO4:26 SCSO4:26 DESS4:20 GREC4:6", "OB"),
    choice("INFO1:40 SPORT1:40 THEA1:20", "AC", share=0.3),
)
OPTIONS_5 = (
    choice("MATH2:24 MATH4:50 MATH6:26", "OB"),
    choice("SCB3:58 BIO2+CHIM2+PHYS2:42", "OB"),
    choice("EN4:62 EN2:33 ALL4:5", "OB"),
    choice("LAT4:18 ECO4:28 SCSO4:26 ESP4:22 GREC4:6", "OB"),
    choice("INFO2:35 RHET2:25 THEA2:25 HART2:15", "AC", share=0.4),
)

STREAMS = (
    Stream(
        "1C", "", 8, own=lines("FR6 MATH4 SC3 NL4 EDM4 GYM3 TECH1 ART1"),
        choices=(WHOLE_CLASS, choice("RFR2:50 RMATH2:50", "RENF", classes_together=1)),
    ),
    Stream(
        "2C", "", 8, "BACDEFGH", own=lines("FR6 MATH4 SC3 NL4 EDM4 GYM3 ART2"),
        choices=(WHOLE_CLASS, choice("RFR2:40 LOG2:60", "RENF", classes_together=1)),
    ),
    Stream("2S", "", 2, own=lines("FR6 MATH5 SC3 NL4 EDM4 GYM3 TECH1") + lines("RFR2 RMATH2", "RENF")),
    Stream("3", "G", 6, own=GENERAL_3, choices=OPTIONS_3, last_is_small=True, immersion=True),
    Stream("3", "TT", 2, own=TECHNICAL_3, joint=lines("NL4 EN2 HIST2 GEO1 GYM2")),
    Stream("3", "TQ", 2, joint=QUALIFYING, bundles=BUNDLES),
    Stream("4", "G", 5, own=GENERAL_3, choices=OPTIONS_3, last_is_small=True, immersion=True),
    Stream("4", "TT", 1, own=TECHNICAL_3 + lines("NL4 EN2 HIST2 GEO1 GYM2")),
    Stream("4", "TQ", 2, joint=QUALIFYING, bundles=BUNDLES),
    Stream("5", "G", 4, least=2, own=GENERAL_5, choices=OPTIONS_5, last_is_small=True),
    Stream("5", "TT", 2, "BACD", own=TECHNICAL_5, joint=lines("NL4 EN3 HIST2 GEO1 GYM2")),
    Stream("5", "TQ", 2, joint=QUALIFYING, bundles=BUNDLES),
    Stream("6", "G", 4, own=GENERAL_5, choices=OPTIONS_5, last_is_small=True),
    Stream("6", "TT", 1, own=TECHNICAL_5 + lines("NL4 EN3 HIST2 GEO1 GYM2")),
    Stream("6", "TQ", 2, joint=QUALIFYING, bundles=BUNDLES),
)  # fmt: skip
FORMS = {"G": 72, "TT": 14, "TQ": 14}
REMEDIATION = ("REMFR", "REMMATH", "REMNL")
REMEDIATED = 0.1
