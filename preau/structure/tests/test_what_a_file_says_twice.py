"""What a file says twice it may say differently: nothing of that is swallowed."""

import pytest

from preau.people.models import ExternalId, Person, Relationship
from preau.structure.models import Course, Enrolment, GroupMembership
from tests.imports import COURSES, MAPPINGS, STAFF, bring, bring_school, errors_of, notes_of, warnings_of

ASIDE = "The line is about nobody, it seems: a total, a day of printing, the titles. It is left out."
UCI = "school;sex;age;guardian;G1;G2;G3\nGP;F;15;mother;1;2;3\nMS;M;16;father;1;2;3\n"
pytestmark = pytest.mark.django_db


def where(report, status="warning"):
    return [(line.line, line.column, line.wrong) for line in report.lines if line.status == status]


# Inside a line.


@pytest.mark.parametrize(
    ("columns", "line", "told"),
    [
        (
            "nom;élève;classe",
            "Berg;Dupont Alma;4A",
            (2, "élève", "One column says Berg, another Dupont Alma: the first is taken."),
        ),
        (
            "nom;prenom;classe;annee",
            "Claes;Emma;4TTA;5",
            (2, "annee", "4TTA is a class of year 4, the line says year 5: the class is taken."),
        ),
    ],
)
def test_what_two_columns_say_differently_is_told(tmp_path, columns, line, told):
    bring_school(tmp_path)

    assert told in where(bring(tmp_path, "people", f"{columns}\n{line}\n", dry_run=True))


@pytest.mark.parametrize(
    ("age", "is_right"), [("14", True), ("15", True), ("16", True), ("17", False), ("12", False)]
)
def test_an_age_that_is_not_that_of_the_birthday_is_an_error(tmp_path, age, is_right):
    report = bring(tmp_path, "people", f"nom;prenom;DateNaiss;age\nBerg;Alma;2011-07-09;{age}\n")

    wrong = (2, "age", f"Who is born on 09/07/2011 is not {age} years old.")
    assert errors_of(report) == ([] if is_right else [wrong])


def test_a_group_is_no_group_of_another_course(tmp_path):
    bring_school(tmp_path)

    report = bring(tmp_path, "memberships", "matricule;coursGrp;cours\n102;4 TT:MATH4-01;2C:FR6\n")

    assert errors_of(report) == [(2, "cours", "4 TT:MATH4-01 is a group of 4 TT:MATH4, not of 2C:FR6.")]
    assert GroupMembership.objects.count() == 3


# From one line to another.


def test_the_phone_of_a_mother_on_two_lines_is_the_first(tmp_path):
    columns = "matricule;nom;prenom;nomMere;gsmMere;mailMere\n"
    first, other = "0470 12 34 56", "0470 99 99 99"
    lines = f"5;Berg;Alma;BERG Anne;{first};a@b.be\n6;Berg;Tom;BERG Anne;{other};a@b.be\n"

    report = bring(tmp_path, "people", columns + lines)

    assert where(report) == [
        (3, "gsmMere", "Line 2 says +32470123456 of Anne BERG, this one +32470999999: the first is kept.")
    ]
    assert Person.objects.get(given_name="Anne").mobile == "+32470123456"


def test_a_course_on_two_lines_is_what_the_first_says(tmp_path):
    bring(tmp_path, "staff", STAFF)
    twice = COURSES + "4 TT:MATH4-02;Maths;5;;LEM\n"

    report = bring(tmp_path, "courses", twice)
    again = bring(tmp_path, "courses", twice)

    told = [
        (4, "libelle", "Line 2 says Mathématique of 4 TT:MATH4, this one Maths: the first is kept."),
        (4, "nbheures", "Line 2 says 4 of 4 TT:MATH4, this one 5: the first is kept."),
    ]
    assert where(report) == where(again) == told
    assert again.counts["changed"] == 0
    assert Course.objects.get(code="4 TT:MATH4").weekly_periods == 4


@pytest.mark.parametrize(
    "lines",
    [
        "Alma;VAN DAMME Anne;0470123456;Rue Haute 1;Liège\nTom;VAN DAMME Anne;;rue haute, 1;LIEGE\n",
        "Alma;VAN DAMME Anne;;Rue Haute 1;Liège\nTom;VAN DAMME Anne;0470123456;Rue Haute 1;Liège\n",
    ],
    ids=["phone on the first", "phone on the second"],
)  # fmt: skip
def test_the_mother_of_two_pupils_of_one_address_is_one(tmp_path, lines):
    report = bring(tmp_path, "people", "nom;nomMere;gsmMere;adresseEleve;localiteEleve\n" + lines)

    assert report.applied
    mother = Person.objects.get(given_name="Anne")
    assert (mother.mobile, mother.wards.count()) == ("+32470123456", 2)


def test_two_of_a_name_at_two_addresses_stay_two(tmp_path):
    lines = "5;Berg;Alma;VAN DAMME Anne;Rue Haute 1;Bruxelles\n6;Smet;Tom;VAN DAMME Anne;Rue Basse 2;Liège\n"

    bring(tmp_path, "people", "matricule;nom;prenom;nomMere;adresseEleve;localiteEleve\n" + lines)

    assert Person.objects.filter(given_name="Anne").count() == 2


# What is no line about somebody, and what is not read.


@pytest.mark.parametrize(
    ("kind", "columns", "line"),
    [
        ("people", "matricule;nom;prenom;classe", ";Total;;24"),
        ("people", "matricule;nom;prenom;classe", ";Nombre d'élèves;24;"),
        ("people", "matricule;nom;prenom;classe", "Imprimé le 24/11/2026;;;Page 1/2"),
        ("people", "matricule;nom;prenom;classe", "Matricule;NOM;Prénom;Classe"),
        ("staff", "acronyme;nom;prenom;mail", ";Total : 2;;"),
        ("courses", "coursGrp;libelle;nbheures", "Total;;12"),
        ("memberships", "matricule;coursGrp", "Totaal: 3;"),
        ("grades", "matricule;coursGrp;période;évaluation;cote", "Moyenne;;;;12,5"),
    ],
)
def test_what_stands_under_a_list_is_nobody(tmp_path, kind, columns, line):
    bring_school(tmp_path)
    people, courses = Person.objects.count(), Course.objects.count()

    report = bring(tmp_path, kind, f"{columns}\n{line}\n")

    assert (where(report), report.counts["errors"]) == ([(2, "", ASIDE)], 0)
    assert (Person.objects.count(), Course.objects.count()) == (people, courses)


def test_a_colleague_of_whom_a_line_says_one_name_is_left_out(tmp_path):
    report = bring(tmp_path, "staff", "acronyme;nom;prenom\n;Présents en salle;\n;Total;Marie\n")

    assert where(report) == [(2, "nom", "The line holds a name and nothing else: it is left out.")]
    assert Person.objects.get().full_name == "Marie Total"


def test_the_parents_of_a_file_that_numbers_them_come_in(tmp_path):
    columns = "nom;prenom;Nom parent 1;Prénom parent 1;Mail parent 1;Nom parent 2;GSM parent 2\n"

    report = bring(tmp_path, "people", columns + "Berg;Alma;Dupont Lambert;Anne;a@b.be;BERG Tom;0470123456\n")

    assert where(report) == []
    assert set(Relationship.objects.values_list("guardian__family_name", "guardian__given_name")) == {
        ("Dupont Lambert", "Anne"),
        ("BERG", "Tom"),
    }


def test_an_address_without_a_name_is_told_where_it_stands(tmp_path):
    report = bring(tmp_path, "people", "nom;prenom;Mère - courriel;Nom du parrain\nBerg;Alma;a@b.be;Tom\n")

    assert where(report) == [
        (None, "", "These columns are not read: Nom du parrain."),
        (2, "Mère - courriel", "There is a phone or an e-mail but no name for: mother. They are left out."),
    ]


def test_the_names_of_parents_that_were_cut_in_two_are_shown(tmp_path):
    report = bring(tmp_path, "people", "nom;prenom;nomMere\nBerg;Alma;Van Damme Anne\n")

    assert "Van Damme | Anne" in notes_of(report)[-1]


# What is made on the way.


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        (
            "courses",
            COURSES.replace("4;FC;VAN", "4;FCC;VAN"),
            (2, "cadre", "There is no status “FCC” yet: it is made."),
        ),
        (
            "memberships",
            "matricule;coursGrp\n101;4 TT:MATH4-0l\n",
            (2, "coursGrp", "There is no group 4 TT:MATH4-0l yet: it is made."),
        ),
    ],
)
def test_what_does_not_exist_is_told_on_its_line(tmp_path, kind, text, told):
    bring_school(tmp_path)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('create_missing = true\n[fields]\npupil_id = "matricule"\ngroup_code = "coursGrp"\n')

    report = bring(tmp_path, kind, text, dry_run=True, mapping=mapping if kind == "memberships" else None)

    assert where(report) == [told]


def test_two_lists_of_pupils_are_two_sources(tmp_path):
    mapping = MAPPINGS / "uci-people.toml"

    for name in ("student-por.csv", "student-mat.csv"):
        report = bring(tmp_path, "people", UCI, name=name, mapping=mapping)
        assert (report.counts["new"], report.counts["gone"], warnings_of(report)) == (2, 0, [])

    assert set(ExternalId.objects.values_list("system", flat=True)) == {"uci-student-por", "uci-student-mat"}
    assert Enrolment.objects.count() == 4


def test_a_membership_of_another_year_is_refused_and_an_older_one_begins_with_the_year(tmp_path):
    bring_school(tmp_path)
    days = "matricule;coursGrp;début\n"

    late = bring(tmp_path, "memberships", days + "101;2C:FR6-01;01/09/2036\n")
    early = bring(tmp_path, "memberships", days + "101;2C:FR6-01;01/09/2020\n")

    assert errors_of(late) == [(2, "début", "01/09/2036 is not in the school year 2026-2027.")]
    assert early.applied
    membership = GroupMembership.objects.get(pupil__given_name="Noor", group__code="2C:FR6-01")
    assert membership.starts_on == membership.group.school_year.starts_on
