"""
What a gradebook starts with in a school of the Fédération Wallonie-Bruxelles. All is the school's to change.

Tokens and weights are the practice of schools, not law: they are defaults, never constants.
"""

from datetime import date

CATEGORIES = (
    ("INTERRO", "Interro", "TJ"),
    ("DEVOIR", "Devoir", "TJ"),
    ("CONTROLE", "Contrôle", "TJ"),
    ("ORAL", "Oral", "TJ"),
    ("LABO", "Labo", "TJ"),
    ("EXAMEN", "Examen", "EXAM"),
    ("EXTERNE", "Épreuve externe", "EXAM"),
)
TOKENS = (
    ("CM", "certificat médical", "C", "IGNORED"),
    ("NR", "non remis", "N", "ZERO"),
    ("EXC", "excusé", "E", "IGNORED"),
    ("ABS", "absent, motif reçu", "A", "IGNORED"),
    ("ABI", "absent sans motif", "I", "ZERO"),
    ("NE", "non évalué", "V", "IGNORED"),
    ("REMD", "en remédiation", "R", "IGNORED"),
    ("FR", "fraude", "F", "ZERO"),
)
# For each level of a scale, the best first: code, meaning, worth (None: nothing), reached from, counts, icon.
SCALES = (
    (
        "Acquisition",
        (
            ("A", "acquis", None, 70, True, "circle-check"),
            ("EVA", "en voie d'acquisition", None, 50, True, "progress-check"),
            ("NA", "non acquis", None, 0, True, "circle-x"),
            ("NE", "non évalué", None, None, False, "minus"),
        ),
    ),
    (
        "Appréciation",
        (
            ("E", "excellent", None, 90, True, ""),
            ("TB", "très bien", None, 80, True, ""),
            ("B", "bien", None, 70, True, ""),
            ("AB", "assez bien", None, 65, True, ""),
            ("S", "satisfaisant", None, 60, True, ""),
            ("D", "douteux", None, 50, True, ""),
            ("I", "insuffisant", None, 40, True, ""),
            ("TI", "très insuffisant", None, 0, True, ""),
        ),
    ),
)
SCHEME = {"name": "Règlement des études", "starts_on": date(2000, 1, 1)}
