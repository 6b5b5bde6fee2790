"""A mapping says where each value stands; it is guessed by titles, written in a file, remembered."""

import pytest

from preau.kit.imports.kinds import table_kind, table_kinds
from preau.kit.imports.mappings import MappingRefused, Spec, check_against, from_dict, propose, read_toml
from preau.kit.imports.records import read_records
from preau.kit.tables import read_table
from tests.imports import SCHOOL, bring

PEOPLE, GRADES = table_kind("people"), table_kind("grades")


def proposed(kind, titles):
    table = read_table((";".join(titles) + "\n" + ";".join("x" for _ in titles) + "\n").encode())
    return {place.column: name for name, place in propose(kind, table).fields.items()}


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        (
            "people",
            {
                "matricule": "external_id", "nom": "family_name", "prenom": "given_name", "sexe": "gender", "annee": "year_level",  # noqa: E501
                "classe": "class_name", "nomResp": "guardian_full_name", "courriel": "guardian_email",
                "telephone1": "guardian_phone", "nomPere": "father_full_name", "gsmPere": "father_mobile",
                "mailMere": "mother_email", "adresseEleve": "street", "cpostEleve": "postcode",
                "localiteEleve": "city", "adresseResp": "guardian_street", "DateNaiss": "born_on",
            },
        ),
        (
            "people",
            {
                "Nom Elève": "family_name", "Prénom Elève": "given_name", "Année": "year_level",
                "Classe": "class_name", "Matric Info": "external_id",
            },
        ),
        (
            "people",
            {
                "Stamboeknummer": "external_id", "Naam": "family_name", "Voornaam": "given_name", "Geslacht": "gender",  # noqa: E501
                "Klas": "class_name", "Geboortedatum": "born_on", "GSM moeder": "mother_mobile",
            },
        ),
        (
            "people",
            {
                "Elèves": "full_name", "Classe de rattachement": "class_name", "Entrée": "starts_on",
                "Adresse E-mail": "email",
            },
        ),
        ("people", {"INE": "external_id", "Nom": "family_name", "Division": "class_name"}),
        (
            "people",
            {
                "Intern nummer": "external_id", "Naam": "family_name", "klascode": "class_name",
                "E-mailadres": "email", "Mobiele telefoon": "mobile",
            },
        ),
        (
            "people",
            {
                "N° matricule": "external_id", "Nom": "family_name", "Année d'étude": "year_level",
                "Date d'entrée": "starts_on", "Tél. responsable": "guardian_phone",
                "Mère - courriel": "mother_email",
            },
        ),
        (
            "staff",
            {
                "Nom Enseignant": "family_name", "Prénom Enseignant": "given_name",
                "Matricule Ministère": "external_id",
            },
        ),
        ("people", {"Student ID": "external_id", "Last name": "family_name", "FIRST NAME": "given_name", "Date of birth": "born_on"}),  # noqa: E501
        ("courses", {"cours": "course_code", "nbheures": "weekly_periods", "libelle": "course_name", "cadre": "status"}),  # noqa: E501
        ("memberships", {"matricule": "pupil_id", "coursGrp": "group_code"}),
        ("memberships", {"acronyme": "teacher_id", "coursGrp": "group_code", "nomCours": "course_name"}),
        ("staff", {"acronyme": "external_id", "nom": "family_name", "prenom": "given_name", "sexe": "gender", "mail": "email"}),  # noqa: E501
        ("grades", {"matricule": "pupil_id", "coursGrp": "group_code", "période": "period", "évaluation": "title", "cote": "points", "sur": "max_points"}),  # noqa: E501
    ],
)  # fmt: skip
def test_known_titles_are_recognised(kind, titles):
    assert proposed(table_kind(kind), titles) == titles


@pytest.mark.parametrize(
    ("toml", "words"),
    [
        ("fields = 3", "“fields” holds the wrong sort"),
        ("colour = 'red'", "“colour”, which is not known"),
        ("kind = 'staff'", "This mapping is for staff, not for people."),
        ("[fields]\nshoe_size = 'x'", "“shoe_size”, which people do not have"),
        (
            "[fields]\nfamily_name = { column = 'a', constant = 'b' }",
            "a column, or a constant, or a template",
        ),
        ("[fields]\nfamily_name = { colum = 'a' }", "a column, or a constant, or a template"),
        ("[fields]\nfamily_name = 'nom de code'", "the column “nom de code”, not found"),
        ("[fields]\nfamily_name = { template = '{a} {b}' }", "the column “a”, not found"),
        ("[fields]\ngiven_name = 'prenom'", "No column gives: family name"),
        ("not toml", "is not written in TOML"),
    ],
)
@pytest.mark.django_db
def test_a_mapping_that_nobody_would_understand_is_refused_by_name(tmp_path, toml, words):
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(toml)

    report = bring(tmp_path, "people", "nom;prenom\nBerg;Alma\n", mapping=mapping)

    assert words in report.refused


def test_a_mapping_fits_titles_that_differ_by_accents_and_case(tmp_path):
    table = read_table(b"NOM;Prenom\nBerg;Alma\n")
    spec = from_dict({"fields": {"family_name": "nom", "given_name": "Prénom"}}, PEOPLE)

    (record,) = read_records(table, check_against(spec, table, PEOPLE), PEOPLE)

    assert (record["family_name"], record["given_name"]) == ("Berg", "Alma")


def test_values_are_translated_and_blanks_take_the_default():
    table = read_table(b"nom;lien\nBerg;tante Rose\nClaes;\n")
    places = {
        "family_name": "nom",
        "guardian_kind": {"column": "lien", "values": {"tante Rose": "OTHER"}, "default": "mother"},
    }
    spec = from_dict({"fields": places}, PEOPLE)

    assert [record["guardian_kind"] for record in read_records(table, spec, PEOPLE)] == ["OTHER", "MOTHER"]


def test_each_row_is_read_once_for_each_repeat():
    table = read_table(b"nom;G1;G2\nBerg;12;13\n")
    repeats = [
        {"title": {"constant": "un"}, "points": "G1", "period": {"constant": "P1"}},
        {"title": {"constant": "deux"}, "points": "G2", "period": {"constant": "P2"}},
    ]
    spec = from_dict(
        {"fields": {"family_name": "nom", "course_name": {"constant": "Math"}}, "repeat": repeats}, GRADES
    )

    records = read_records(table, check_against(spec, table, GRADES), GRADES)

    assert [(record["title"], record["points"]) for record in records] == [("un", "12"), ("deux", "13")]


def test_a_mapping_survives_being_kept():
    said = {
        "source": "x",
        "create_missing": True,
        "sheet": None,
        "header_line": 3,
        "encoding": None,
        "fields": {"family_name": {"template": "Élève {line:04}", "values": {"a": "b"}, "default": "c"}},
        "repeat": [],
    }

    assert from_dict(said, PEOPLE).as_dict() == said
    with pytest.raises(MappingRefused):
        from_dict({"repeat": ["x"]}, PEOPLE)


def test_what_was_remembered_goes_before_synonyms():
    table = read_table(b"nom;prenom;nom officiel\na;b;c\n")
    remembered = from_dict(
        {"fields": {"family_name": "nom officiel", "language": {"constant": "nl"}}}, PEOPLE
    )

    spec = propose(PEOPLE, table, [remembered])

    assert spec.fields["family_name"].column == "nom officiel"
    assert spec.fields["given_name"].column == "prenom"
    assert spec.fields["language"].constant == "nl"
    assert propose(PEOPLE, read_table(SCHOOL.encode()), [Spec()]).fields["external_id"].column == "matricule"


def test_the_examples_of_the_guides_are_understood():
    from tests.imports import MAPPINGS

    assert read_toml(MAPPINGS / "uci-people.toml", PEOPLE).source == "uci-{file}"
    assert len(read_toml(MAPPINGS / "uci-grades.toml", GRADES).repeats) == 3


@pytest.mark.parametrize("kind", table_kinds(), ids=lambda kind: kind.key)
def test_the_guide_names_every_target(kind):
    from tests.imports import MAPPINGS

    guide = (MAPPINGS / "README.md").read_text()

    assert [target.name for target in kind.targets if f"`{target.name}`" not in guide] == []
