"""What teachers write about a period: an observation, then advice."""

from __future__ import annotations

import random
from decimal import Decimal

# From which result, what is observed, what is advised.
BANDS = (
    (
        85,
        (
            "Excellente période, la matière est maîtrisée dans le détail.",
            "Résultats remarquables, aussi bien à l'oral qu'à l'écrit.",
            "Travail d'une grande qualité, précis et toujours réfléchi.",
            "Une période exemplaire : curiosité, rigueur et participation active.",
        ),
        (
            "Continuer ainsi !",
            "Oser aider les autres, c'est aussi une bonne façon d'approfondir.",
            "Les exercices de dépassement sont à portée : n'hésite pas à m'en demander.",
            "Garder cette curiosité, elle fait la différence.",
        ),
    ),
    (
        70,
        (
            "Bonne période, le travail est régulier et sérieux.",
            "De bons résultats, obtenus par un effort constant.",
            "La matière est bien comprise et les leçons sont apprises.",
            "Bel ensemble, avec une participation agréable en classe.",
        ),
        (
            "Soigner encore la rédaction des réponses pour viser plus haut.",
            "Une relecture attentive éviterait les dernières erreurs.",
            "Continuer sur cette lancée.",
            "Poser des questions dès qu'un point reste flou.",
        ),
    ),
    (
        60,
        (
            "Résultats satisfaisants, avec des hauts et des bas d'un test à l'autre.",
            "L'essentiel est acquis, mais l'étude reste parfois de dernière minute.",
            "Du bon travail en classe ; à la maison, l'effort est moins régulier.",
            "Période correcte : les bases sont là.",
        ),
        (
            "Revoir la matière un peu chaque semaine plutôt que la veille.",
            "Refaire les exercices corrigés en classe, sans regarder la solution.",
            "Tenir à jour ses notes : elles sont la clef de la synthèse.",
            "Participer davantage aiderait à prendre confiance.",
        ),
    ),
    (
        50,
        (
            "Le seuil est atteint, mais de justesse : des notions restent fragiles.",
            "Résultats justes. La méthode de travail est à revoir.",
            "Période en demi-teinte, malgré de la bonne volonté.",
            "Les tests de restitution sont réussis, l'application pose encore problème.",
        ),
        (
            "Venir à la remédiation du jeudi serait utile.",
            "Reprendre les chapitres précédents avant de passer au suivant.",
            "Un plan d'étude, établi ensemble, aiderait à ne pas se laisser surprendre.",
            "Demander de l'aide plus tôt, les questions sont toujours bienvenues.",
        ),
    ),
    (
        0,
        (
            "Période difficile : trop de notions de base ne sont pas acquises.",
            "Les résultats sont insuffisants et le travail à domicile manque.",
            "De grosses lacunes apparaissent dans les tests comme dans les exercices.",
            "L'échec de cette période n'est pas une fatalité, mais il faut réagir.",
        ),
        (
            "La remédiation est indispensable ; parlons-en avec le ou la titulaire.",
            "Refaire chaque test et me le remettre : la correction est la meilleure étude.",
            "Se mettre en ordre dès maintenant et venir en classe avec son matériel.",
            "Je reste disponible sur le temps de midi pour revoir la matière pas à pas.",
        ),
    ),
)
SIGNS = (
    "",
    "",
    "",
    "Attention aux retards dans la remise des travaux. ",
    "Le soin du cahier est en progrès. ",
)


def comment_on(result: Decimal | None, rng: random.Random) -> str:
    """Write what a teacher says of a result out of 100."""
    if result is None:
        return "Trop peu d'évaluations pour apprécier cette période ; rendez-vous à la prochaine."
    band = next(band for band in BANDS if result >= band[0])
    return f"{rng.choice(band[1])} {rng.choice(SIGNS)}{rng.choice(band[2])}"
