"""What schools write above columns and before lines, in our languages, without accents or signs."""

from preau.structure.imports.membership_columns import PUPIL_TARGETS


def _several(words: str) -> frozenset[str]:
    return frozenset(words.split())


def titles_of(name: str, more: str = "") -> frozenset[str]:
    """Return the titles by which files name a thing about a pupil, as imports know them; here also `more`."""
    return frozenset(
        title for target in PUPIL_TARGETS if target.name == name for title in target.titles
    ) | _several(more)


FAMILY_TITLES = titles_of("family_name", "noms nomdefamille achternaam surname name")
GIVEN_TITLES = titles_of("given_name", "prenoms voornamen")
NAME_TITLES = titles_of(
    "full_name", "eleves leerlingen pupil pupils students etudiant etudiants nomdeleleve fullname"
)
NUMBER_TITLES = titles_of(
    "pupil_id",
    "numero no nr num identifiant stamnummer externalid sourcedid code numeroeleve registre",
)
COMMENT_TITLES = _several("commentaire commentaires comment comments opmerking opmerkingen commentaar mot")
USELESS_TITLES = _several(
    "classe klas class groupe groep group result resultat resultaat results retained retenu retenue "
    "weerhouden tendance trend sexe genre geslacht mvx mfx email mail courriel remarque remarques rang"
)
TOTALS = _several(
    "moyenne moyennes moyennedelaclasse moyennegenerale moyenneclasse total totaux somme sommes gemiddelde "
    "gemiddelden klasgemiddelde totaal totalen som average averages mean means classaverage sum totals max "
    "maximum maxima min minimum minima mediane median mediaan ecarttype sur op outof pointspossible "
    "maxpoints ponderation ponderations poids gewicht weight coefficient coef rang rank echecs "
    "nombredechecs aantal nombre count effectif date dates datum points note notes nom noms naam name "
    "eleve eleves leerling leerlingen pupil pupils student students"
)
"""What stands before a line that is about no pupil."""
FIGURES_OF_ALL = _several(
    "moyenne moyennes moyennedelaclasse gemiddelde klasgemiddelde average mean classaverage mediane median "
    "ponderation ponderations poids gewicht weight coefficient coef rang rank effectif count aantal"
)
"""What stands before a line of means or weights, which are no maxima."""
