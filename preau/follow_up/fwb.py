"""
The measures a school of the French Community starts with: it adds its own, and withdraws those it never uses.

Code, words as teachers read them, whether it matters when a test is made.
"""

MEASURES = (
    ("TIME", "un tiers de temps en plus", True),
    ("FONT", "police 14", True),
    ("SPELLING", "pas de pénalité pour l'orthographe", True),
    ("CALCULATOR", "calculatrice", True),
    ("AHEAD", "support écrit à l'avance", False),
    ("READ_OUT", "consignes lues à voix haute", True),
    ("COMPUTER", "ordinateur en classe", True),
    ("TWO_SHEETS", "feuilles imprimées d'un seul côté", True),
    ("FRONT", "place à l'avant de la classe", False),
    ("ORAL", "réponses données oralement", True),
    ("BREAKS", "pauses pendant l'heure", False),
)
