"""What schools write above columns and before lines, in our languages, without accents or signs."""


def _several(words: str) -> frozenset[str]:
    return frozenset(words.split())


FAMILY_TITLES = _several("nom noms nomdefamille naam familienaam achternaam familyname lastname surname name")
GIVEN_TITLES = _several("prenom prenoms voornaam voornamen givenname firstname")
NAME_TITLES = _several(
    "eleve eleves nometprenom nomprenom leerling leerlingen naamvoornaam naamenvoornaam pupil pupils student "
    "students etudiant etudiants nomdeleleve name fullname"
)
NUMBER_TITLES = _several(
    "matricule numero no nr num id identifiant stamnummer leerlingnummer studentid pupilid externalid "
    "sourcedid code numeroeleve registre"
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
PARTICLES = _several("d de da del della den der des di do dos du el al l la las le les los ten ter van von y")
SIGNS = {
    "ABS": _several("abs absent absente afwezig"),
    "CM": _several("cm certificat certificatmedical malade ziek doktersbriefje dm"),
    "NR": _several("nr nonremis pasremis nietingediend ni nonrendu nothandedin missing"),
    "EXC": _several("exc excuse excusee dispense dispensee vrijgesteld vrij exempt disp"),
    "NE": _several("ne nonevalue nonevaluee nietgeevalueerd"),
    "FR": _several("fr fraude triche"),
    "ABI": _several("abi absencenonjustifiee onwettigafwezig"),
}
"""What people write for each of the usual signs, by its code."""
NOTHING = _several("- – — . … n/a na _")
"""What people write in a cell to say that nothing stands in it."""
