"""A file with errors imports nothing; its report names line, column and remedy."""

import pytest

from preau.people.models import ExternalId, Person, Relationship
from preau.structure.models import Enrolment, TeachingAssignment
from tests.imports import SCHOOL, bring, bring_path, bring_school, errors_of, runs, written
from tests.odd_files import HOSTILE, odd

PEOPLE = "matricule;nom;prenom;DateNaiss;classe;courriel élève;gsm élève\n"


@pytest.mark.django_db
def test_one_wrong_cell_and_nothing_is_written(tmp_path):
    report = bring(tmp_path, "people", SCHOOL.replace("03/05/2011", "31/02/2011"))

    assert (report.applied, report.exit_status, report.counts["errors"]) == (False, 1, 1)
    line = next(line for line in report.lines if line.status == "error")
    assert (line.line, line.column) == (4, "DateNaiss")
    assert line.wrong == "“31/02/2011” is not a date."
    assert line.remedy == "Write the day like 24/08/2026."
    assert not Person.objects.exists()
    assert runs().get().stage == "REFUSED"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "column", "wrong"),
    [
        ("1;;Noor;;4A;;", "nom", "The family name is missing."),
        ("1;Haddad;Noor;;4A;noor at home;", "courriel élève", "“noor at home” is not an e-mail address."),
        ("1;Haddad;Noor;;4A;;ask mother", "gsm élève", "“ask mother” is not a phone number."),
        (
            "1;Haddad;Noor;;Sports;;",
            "classe",
            "The year of study of class Sports cannot be told from its name.",
        ),
        (f"1;{'x' * 101};Noor;;4A;;", "nom", f"“{'x' * 30}…” is longer than 100 signs."),
    ],
)
def test_each_mistake_has_its_sentence(tmp_path, line, column, wrong):
    report = bring(tmp_path, "people", PEOPLE + line + "\n")

    assert errors_of(report) == [(2, column, wrong)]
    assert all(line.remedy for line in report.lines if line.status == "error")


@pytest.mark.django_db
def test_all_mistakes_are_told_at_once(tmp_path):
    report = bring(
        tmp_path, "people", PEOPLE + "1;;Noor;;4A;;\n2;Berg;Alma;tomorrow;4A;x;\n3;Claes;Emma;;4A;;\n"
    )

    assert [(line, column) for line, column, _wrong in errors_of(report)] == [
        (2, "nom"),
        (3, "DateNaiss"),
        (3, "courriel élève"),
    ]


@pytest.mark.django_db
def test_the_same_pupil_on_two_lines_is_an_error(tmp_path):
    report = bring(tmp_path, "people", PEOPLE + "1;Haddad;Noor;;4A;;\n1;Haddad;Noor;;4B;;\n")

    assert errors_of(report) == [(3, "nom", "Haddad Noor already stands on line 2.")]


@pytest.mark.django_db
def test_two_of_the_same_name_are_never_guessed(tmp_path):
    bring(tmp_path, "people", PEOPLE + "1;Haddad;Noor;2011-02-14;4A;;\n2;Haddad;Noor;2012-03-01;3A;;\n")

    unclear = bring(tmp_path, "people", "nom;prenom;classe\nHaddad;Noor;4A\n")
    by_birthday = bring(tmp_path, "people", "nom;prenom;DateNaiss;classe\nHaddad;Noor;2012-03-01;3A\n")

    (error,) = errors_of(unclear)
    assert (
        error[2]
        == "Several persons may be meant: Haddad Noor, born on 14/02/2011; Haddad Noor, born on 01/03/2012."
    )
    assert (by_birthday.applied, by_birthday.counts["unchanged"]) == (True, 1)
    assert Person.objects.count() == 2


@pytest.mark.django_db
def test_one_name_under_two_numbers_stays_two_people_and_is_told(tmp_path):
    bring(tmp_path, "people", PEOPLE + "1;Haddad;Noor;2011-02-14;4A;;\n")
    report = bring(tmp_path, "people", PEOPLE + "2;Haddad;Noor;2011-02-14;4A;;\n")

    assert Person.objects.count() == 2
    assert [line.wrong for line in report.lines if line.status == "warning"] == [
        "There is already a Haddad Noor born that day, under number 1."
    ]


@pytest.mark.django_db
def test_a_pupil_known_by_name_is_given_the_number_of_the_file(tmp_path):
    bring(tmp_path, "people", "nom;prenom;DateNaiss;classe\nHaddad;Noor;2011-02-14;4A\n")
    report = bring(tmp_path, "people", PEOPLE + "77;Haddad;Noor;2011-02-14;4A;;\n")

    assert (report.counts["changed"], Person.objects.count()) == (1, 1)
    assert ExternalId.objects.get(value="77").person.given_name == "Noor"


@pytest.mark.django_db
def test_memberships_of_unknown_people_and_groups_are_errors(tmp_path):
    bring_school(tmp_path)

    report = bring(
        tmp_path,
        "memberships",
        "matricule;coursGrp;acronyme\n999;4 TT:MATH4-01;\n101;4 TT:PHYS2-01;\n"
        ";4 TT:MATH4-01;XYZ\n;4 TT:MATH4-01;\n",
    )

    assert errors_of(report) == [
        (2, "matricule", "No pupil is known as “999”."),
        (3, "coursGrp", "There is no group “4 TT:PHYS2-01” in 2026-2027."),
        (4, "acronyme", "No teacher is known under “XYZ”."),
        (5, "", "The line names neither a pupil nor a teacher."),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("people", "", "holds no rows"),
        ("people", "ville;pays\nNamur;BE\n", "No column gives: family name / family and given name"),
        ("people", 'nom;prenom\n"Berg;Alma\n', "never closed"),
        ("grades", "nom;cote\nBerg;12\n", "No column gives"),
        ("dragons", "nom\nBerg\n", "“dragons” is no kind of import"),
        ("oneroster", "nom\nBerg\n", "damaged"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_in_words(tmp_path, kind, text, words):
    report = bring(tmp_path, kind, text)

    assert words in report.refused
    assert report.exit_status == 1


@pytest.mark.django_db
def test_a_file_that_is_not_there_is_refused_too(tmp_path):

    report = bring_path("people", tmp_path / "nowhere.csv")

    assert "cannot be opened" in report.refused


@pytest.mark.django_db
def test_a_crash_in_the_middle_of_writing_leaves_nothing(tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("power cut")

    monkeypatch.setattr(Relationship.objects, "bulk_create", fail)

    with pytest.raises(RuntimeError):
        bring(tmp_path, "people", SCHOOL)

    assert not Person.objects.exists()
    assert not Enrolment.objects.exists()


@pytest.mark.django_db
def test_a_file_raises_nobody(school, tmp_path):
    staff = "acronyme;nom;prenom;mail;fonction\nPIR;Pirard;Paul;paul@evil.example;Directeur\nMAR;Martin;Zoé;;Directrice\n"  # noqa: E501
    head_before = school.pirard.email

    report = bring(tmp_path, "staff", staff, by=school.maes)

    school.pirard.refresh_from_db()
    assert report.applied
    assert school.pirard.email == head_before
    assert not Person.objects.get(family_name="Martin").duties.exists()
    assert [line.wrong for line in report.lines if line.status == "warning"] == [
        "Taken for Paul Pirard, known by that name alone.",
        "Paul Pirard holds a function: address and phone are not changed by a file.",
        "The file says that Zoé Martin is head. A file gives nobody a function.",
    ]


@pytest.mark.django_db
def test_a_file_makes_no_teacher_of_a_pupil(tmp_path):
    bring_school(tmp_path)

    report = bring(tmp_path, "memberships", "acronyme;coursGrp\n101;4 TT:MATH4-01\n")

    assert errors_of(report) == [
        (2, "acronyme", "Noor Haddad is a pupil: a file cannot make a teacher of a pupil.")
    ]
    assert TeachingAssignment.objects.count() == 2


@pytest.mark.django_db
def test_a_file_gives_a_restricted_parent_no_rights_back(tmp_path):
    bring(tmp_path, "people", SCHOOL)
    ties = Relationship.objects.filter(guardian__given_name="Karim")
    ties.update(sees_marks=False, may_sign=False)

    report = bring(tmp_path, "people", SCHOOL)

    assert report.counts["changed"] == 0
    assert set(ties.values_list("sees_marks", "may_sign")) == {(False, False)}


@pytest.mark.django_db
@pytest.mark.parametrize("file", odd(*HOSTILE))
@pytest.mark.parametrize("kind", ["people", "grades", "oneroster"])
def test_hostile_files_are_refused_in_words(tmp_path, file, kind):
    report = bring_path(kind, file.put_into(tmp_path))

    assert report.exit_status == 1
    assert any([report.refused, *errors_of(report)])


@pytest.mark.django_db
def test_naughty_names_come_in_as_they_are(tmp_path):
    name = "<script>alert(1)</script>'; DROP TABLE persons;-- \u202e \ufeff 🎈"
    report = bring(tmp_path, "people", f'matricule;nom;prenom\n1;"{name}";=1+1\n')

    assert report.applied
    assert Person.objects.get().given_name == "=1+1"
    assert "<script>" in Person.objects.get().family_name
    assert written(tmp_path, "x").exists()
