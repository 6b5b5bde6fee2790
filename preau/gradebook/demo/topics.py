"""What tests are about, subject by subject."""

from __future__ import annotations

TOPICS = {
    "MATH": (
        "Fractions|Équations du premier degré|Pythagore|Fonctions affines|Statistique|Trigonométrie|"
        "Suites|Calcul littéral|Probabilités|Géométrie dans l'espace|Racines carrées|"
        "Systèmes d'équations|Vecteurs|Limites"
    ),
    "FR": (
        "Lecture du roman|Accord du participe|Résumé|Argumentation|Vocabulaire|Analyse de phrase|"
        "Le conte|Lettre ouverte|Poésie|Compréhension à l'audition|Théâtre classique|"
        "Synthèse de documents|Nouvelle fantastique"
    ),
    "NL": (
        "Woordenschat|Onvoltooid verleden tijd|Luisteroefening|Spreekbeurt|Leesvaardigheid|Bijzinnen|"
        "Brief schrijven|Inversie|Trappen van vergelijking|Voorzetsels"
    ),
    "EN": (
        "Vocabulary|Past simple|Listening|Speaking|Reading comprehension|Present perfect|Letter|"
        "Conditionals|Phrasal verbs|Book report"
    ),
    "SC": (
        "La cellule|Les forces|L'eau|La respiration|Électricité|Les mélanges|La nutrition|Lumière et couleurs"
    ),
    "PHYS": "Mouvement rectiligne|Lois de Newton|Énergie|Pression|Loi d'Ohm|Optique|Ondes|Chaleur",
    "CHIM": (
        "Tableau périodique|Liaisons|La mole|Acides et bases|Oxydoréduction|Nomenclature|Concentrations"
    ),
    "BIO": "La cellule|Génétique|Système nerveux|Écosystèmes|Photosynthèse|Immunité|L'évolution",
    "HIST": (
        "La féodalité|La Révolution française|L'industrialisation|La Grande Guerre|La démocratie|"
        "Analyse de sources|La décolonisation|La Belgique de 1830"
    ),
    "GEO": (
        "Lecture de carte|Les climats|Migrations|La ville|Mondialisation|Le relief|Aménagement du territoire"
    ),
    "EDM": (
        "Ligne du temps|Lecture de carte|Le quartier|L'Antiquité|Le Moyen Âge|Le paysage|La démocratie locale"
    ),
    "LAT": "Version|Déclinaisons|Vocabulaire|L'ablatif absolu|Civilisation romaine|Le subjonctif",
    "ECO": (
        "L'offre et la demande|Le bilan|L'entreprise|Le budget|La monnaie|L'inflation|Le marché du travail"
    ),
    "GYM": "Endurance|Gymnastique au sol|Basket|Natation|Badminton|Danse|Athlétisme|Acrosport",
    "ART": "Perspective|Couleur|Rythme|Portrait|Carnet de croquis|Chant|Volume",
    "INFO": "Tableur|Algorithmes|Traitement de texte|Sécurité en ligne|Base de données|Page web",
    "LM": "Vocabulaire|Grammaire|Écoute|Expression orale|Lecture|Dialogue",
    "REL": "Dossier|Débat|Textes fondateurs|Travail de groupe|Portfolio|Questions de sens",
}
TOPICS_OF = {
    **{subject: TOPICS[subject].split("|") for subject in TOPICS},
    **dict.fromkeys(("RMATH", "LOG"), TOPICS["MATH"].split("|")),
    **dict.fromkeys(("RFR", "RHET"), TOPICS["FR"].split("|")),
    **dict.fromkeys(("SCB", "FSC"), TOPICS["SC"].split("|")),
    **dict.fromkeys(("ALL", "ESP"), TOPICS["LM"].split("|")),
    **dict.fromkeys(("DESS", "HART"), TOPICS["ART"].split("|")),
    **dict.fromkeys(("CATH", "ISL", "MOR", "CPC", "PROT", "ORTH", "ISR"), TOPICS["REL"].split("|")),
    "SPORT": TOPICS["GYM"].split("|"),
    "HG": TOPICS["HIST"].split("|"),
    "GREC": TOPICS["LAT"].split("|"),
}
OTHER_TOPICS = [
    "Synthèse",
    "Dossier",
    "Exercices",
    "Travail de groupe",
    "Exposé",
    "Étude de cas",
    "Portfolio",
]

LANGUAGES = ("NL", "EN", "ALL", "ESP")
LABORATORY = ("SC", "SCB", "PHYS", "CHIM", "BIO")
"""Subjects with orals, and with laboratory work."""


def topics_of(subject: str) -> list[str]:
    return TOPICS_OF.get(subject, OTHER_TOPICS)


def categories_of(subject: str) -> tuple[str, ...]:
    """Return the kinds of test a subject usually has."""
    if subject in LANGUAGES:
        return ("INTERRO", "CONTROLE", "ORAL", "DEVOIR")
    if subject in LABORATORY:
        return ("INTERRO", "CONTROLE", "LABO", "DEVOIR")
    return ("INTERRO", "INTERRO", "CONTROLE", "DEVOIR")
