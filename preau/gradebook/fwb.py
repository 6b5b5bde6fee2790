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
SCHEME = {"name": "Règlement des études", "starts_on": date(2000, 1, 1)}
