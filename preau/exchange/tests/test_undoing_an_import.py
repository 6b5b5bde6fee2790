"""An import that was applied is undone: the school is as it was before, unless something was built on it."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from preau.accounts.actions import invite
from preau.exchange.actions import BuiltOnImport, CannotUndoImport, undo_run
from preau.exchange.actions import undoing as doing
from preau.exchange.footprints import footprint_of, hindrances
from preau.exchange.models import UNDO, ImportedRow, ImportRun
from preau.exchange.queries import built_on
from preau.gradebook.models import Assessment, Grade, PastGrade
from preau.gradebook.tests.builders import assessment, grade
from preau.grading.actions import adopt_defaults
from preau.kit import clock
from preau.kit.dossier import dossier_of
from preau.kit.plain_rows import mark_of
from preau.kit.retention import kept_called
from preau.people.actions import change_person, merge_persons
from preau.people.models import Person, Relationship
from preau.people.own_ties import NobodyTiesOneself
from preau.structure.actions import Decided, open_school_year, settle_class
from preau.structure.models import ClassGroup, CourseGroup, Enrolment, TeachingAssignment
from preau.trail.models import Trace
from tests.imports import COURSES, MEMBERSHIPS, SCHOOL, STAFF, bring, bring_path, bring_school, bundle
from tests.rows import every_row

from .test_oneroster import OLD

FILES = [("people", SCHOOL), ("staff", STAFF), ("courses", COURSES), ("memberships", MEMBERSHIPS)]
GRADES = """\
matricule;coursGrp;titre;periode;points;sur
101;4 TT:MATH4-01;Interro;P1;14;20
103;4 TT:MATH4-01;Interro;P1;9,5;20
"""


def latest():
    return ImportRun.objects.order_by("-pk")[0]


def undo(run=None, by=None):
    return undo_run(run=run or latest(), by=by, at=clock.now())


def in_the_way(run=None):
    """Return what keeps an import from being undone, in words."""
    run = run or latest()
    return [each.words for each in hindrances(run, footprint_of(run))]


@pytest.fixture
def office(school):
    """The year has begun; the secretary and the head are at work."""
    _ = school.year, school.first_period
    adopt_defaults()
    _ = school.maes.account, school.pirard.account
    return school


@pytest.mark.django_db
def test_a_whole_school_goes_back_file_by_file(tmp_path, school_day):
    before = [every_row()]
    for kind, text in [*FILES, ("grades", GRADES)]:
        assert bring(tmp_path, kind, text).applied
        before.append(every_row())

    for run in ImportRun.objects.order_by("-pk"):
        before.pop()
        undo(run)
        assert every_row() == before[-1]


CHANGED = {
    "people": SCHOOL.replace("101;Haddad;Noor;F;2011-02-14;4 TTA", "101;Haddad;Noor;F;2011-02-14;5TTB")
    .replace("Rue Haute 1;1000", "Rue Neuve 8;1000")
    .replace("karim@example.org", "k.haddad@example.org")
    .replace("104;Berg;Alma;F;19000000;5TTB;;;;;;;;;;;;\n", "105;Nouvelle;Ana;F;;4 TTA;;;;;;;;;;;;\n"),
    "staff": STAFF.replace("claire@", "c.vandamme@").replace("LEM;Lemaire;Sophie", "THY;Thys;Marc"),
    "courses": COURSES.replace("Mathématique;4;FC;VAN", "Maths;6;OB;LEM"),
    "memberships": MEMBERSHIPS.replace("102;2C:FR6-01", "102;4 TT:MATH4-01"),
    "grades": GRADES.replace("14;20", "17;20").replace("Interro", "Interro"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", CHANGED)
@pytest.mark.parametrize("gone", ["leave", "end"])
def test_what_a_second_file_changes_ends_and_replaces_is_there_again(tmp_path, school_day, kind, gone):
    bring_school(tmp_path)
    bring(tmp_path, "grades", GRADES)
    before = every_row()
    report = bring(tmp_path, kind, CHANGED[kind], gone=gone, ends_many=True)
    assert report.applied, report.as_dict()
    assert report.counts["new"] + report.counts["changed"]
    assert every_row() != before

    undo()

    assert every_row() == before


@pytest.mark.django_db
def test_a_bundle_of_everything_goes_back_whole(tmp_path, school_day):
    before = every_row()
    assert bring_path("oneroster", bundle(tmp_path, OLD)).applied
    assert Grade.objects.exists()

    undo()

    assert every_row() == before


def test_what_is_undone_is_done_once_and_leaves_a_trace(office, tmp_path):
    bring(tmp_path, "people", SCHOOL, by=office.maes)
    run = latest()

    undo(run, office.maes)

    run.refresh_from_db()
    assert (run.stage, run.applied, run.rows.count()) == (ImportRun.Stage.UNDONE, False, 0)
    assert Trace.objects.filter(act="exchange.undo_import", by=office.maes, subject="file.csv").count() == 1
    assert run.lines.exists()
    with pytest.raises(CannotUndoImport):
        undo(run, office.maes)
    again = bring(tmp_path, "people", SCHOOL, by=office.maes)
    assert again.counts["new"] == 4


def test_it_is_possible_for_as_long_as_the_school_keeps_what_it_takes(office, tmp_path, school_day, settings):
    bring(tmp_path, "people", SCHOOL, by=office.maes)
    run = latest()
    with clock.at(school_day + timedelta(days=29)):
        assert run.can_be_undone
    with clock.at(school_day + timedelta(days=31)):
        assert not run.can_be_undone
        with pytest.raises(CannotUndoImport):
            undo(run, office.maes)
    settings.RETENTION_DAYS = {"exchange.undo": 60}
    with clock.at(school_day + timedelta(days=31)):
        assert run.can_be_undone

    assert not kept_called(UNDO).due(school_day + timedelta(days=59)).exists()
    assert kept_called(UNDO).due(school_day + timedelta(days=61)).count() == ImportedRow.objects.count() > 4


class TestBuiltOn:
    def test_nobody_loses_an_account_or_a_grade(self, office, tmp_path, school_day):
        bring_school(tmp_path)
        people, _staff, _courses, memberships = ImportRun.objects.order_by("pk")
        before = every_row()
        noor = Person.objects.get(given_name="Noor")
        group = CourseGroup.objects.get(code="4 TT:MATH4-01")
        teacher = Person.objects.get(given_name="Claire")

        invite(persons=[noor], by=office.maes, at=school_day, channel="LETTER")
        test = assessment(group, office.first_period, by=teacher, held_on=office.first_period.starts_on)
        grade(test, noor, "12", by=teacher)

        told = in_the_way(people)
        assert "Noor Haddad: since then there is 1 account." in told
        assert "Noor Haddad: since then there is 1 grade." in told
        (way_there,) = {
            each.address
            for each in built_on(people, footprint_of(people), office.maes)
            if each.address and "Noor" in each.words
        }
        assert way_there.endswith(f"/{noor.pk}/")
        assert any("Noor Haddad" in words and "gradebook" in words for words in in_the_way(memberships))
        for run in (people, memberships):
            with pytest.raises(BuiltOnImport, match="Noor Haddad"):
                undo(run, office.maes)
        test.delete()
        assert every_row().keys() - before.keys() <= {"accounts.Account", "accounts.Invitation"}

    def test_what_somebody_changed_since_is_not_written_over(self, office, tmp_path, school_day):
        bring(tmp_path, "people", SCHOOL, by=office.maes)
        noor = Person.objects.get(given_name="Noor")
        change_person(person=noor, mobile="+32470999999", by=office.maes, at=school_day)
        before = every_row()

        assert in_the_way() == ["Noor Haddad: changed since (1 person)."]
        with pytest.raises(BuiltOnImport):
            undo(by=office.maes)
        assert every_row() == before

    def test_a_field_the_file_did_not_touch_may_change(self, office, tmp_path, school_day):
        bring(tmp_path, "people", SCHOOL)
        bring(tmp_path, "people", CHANGED["people"])
        karim = Person.objects.get(given_name="Karim")
        assert karim.email == "k.haddad@example.org"
        change_person(person=karim, phone="+3222222222", by=office.maes, at=school_day)

        undo(by=office.maes)

        karim.refresh_from_db()
        assert (karim.email, karim.phone) == ("karim@example.org", "+3222222222")

    def test_a_later_file_is_undone_first(self, office, tmp_path):
        bring(tmp_path, "people", SCHOOL, name="september.csv")
        bring(tmp_path, "people", CHANGED["people"], name="october.csv")
        first, second = ImportRun.objects.order_by("pk")

        told = built_on(first, footprint_of(first), office.maes)

        assert {each.words for each in told} == {
            "The file october.csv, brought in later, builds on it: undo that one first."
        }
        assert {each.address for each in told} == {f"/imports/{second.pk}/"}
        undo(second)
        undo(first)
        assert not Enrolment.objects.exists()

    def test_a_closed_gradebook_stays_as_it_is(self, office, tmp_path, school_day):
        from preau.gradebook.actions import close_gradebook

        period = office.first_period
        bring_school(tmp_path)
        bring(tmp_path, "grades", GRADES)
        group = CourseGroup.objects.get(code="4 TT:MATH4-01")
        close_gradebook(group=group, period=period, by=office.pirard, at=school_day)
        before = every_row()

        assert any("is closed for “Première période”" in words for words in in_the_way())
        with pytest.raises(BuiltOnImport):
            undo(by=office.maes)
        assert every_row() == before

    def test_a_teacher_who_wrote_keeps_the_group(self, office, tmp_path, school_day):
        period = office.first_period
        for kind, text in FILES[:2]:
            bring(tmp_path, kind, text)
        bring(tmp_path, "courses", COURSES)
        run = latest()
        teacher = Person.objects.get(given_name="Claire")
        group = CourseGroup.objects.get(code="4 TT:MATH4-01")
        made = assessment(group, period, by=teacher, held_on=period.starts_on)

        assert any(words.startswith("Claire Vandamme, ") for words in in_the_way(run))
        with pytest.raises(BuiltOnImport):
            undo(run)
        assert TeachingAssignment.objects.filter(teacher=teacher).exists()
        Assessment.objects.filter(pk=made.pk).delete()
        undo(run)
        assert not CourseGroup.objects.exists()


def test_a_grade_typed_over_by_a_file_is_there_again_with_its_past(office, tmp_path):
    bring_school(tmp_path)
    bring(tmp_path, "grades", GRADES)
    before = every_row()
    bring(tmp_path, "grades", GRADES.replace("14;20", "17;20"))
    assert PastGrade.objects.count() == 1

    undo()

    assert every_row() == before
    assert not PastGrade.objects.exists()


def test_nobody_gives_oneself_a_tie_back(office, tmp_path, school_day):
    """Sophie Lemaire works in the office too: a colleague took her group from her by a file."""
    bring_school(tmp_path)
    bring(
        tmp_path,
        "staff",
        STAFF.replace("LEM;Lemaire;Sophie;F;sophie@example.org\n", ""),
        gone="end",
        ends_many=True,
    )
    sophie = Person.objects.get(given_name="Sophie")
    assert not TeachingAssignment.objects.in_force().filter(teacher=sophie).exists()
    before = every_row()

    with pytest.raises(NobodyTiesOneself):
        undo(by=sophie)
    assert every_row() == before
    undo(by=office.maes)
    assert TeachingAssignment.objects.in_force().filter(teacher=sophie).exists()


@pytest.mark.parametrize("where", ["_take_away", "_put_back", "note"])
def test_what_dies_half_way_undid_nothing_and_can_be_tried_again(office, tmp_path, monkeypatch, where):
    bring(tmp_path, "people", SCHOOL)
    bring(tmp_path, "people", CHANGED["people"])
    before = every_row()

    def dies(*args, **more):
        raise SystemError("the machine is gone")

    with monkeypatch.context() as patch:
        patch.setattr(doing, where, dies)
        with pytest.raises(SystemError):
            undo(by=office.maes)
    assert every_row() == before
    undo(by=office.maes)
    assert Person.objects.get(given_name="Karim").email == "karim@example.org"


def test_what_stood_before_is_part_of_all_that_is_held_about_somebody(office, tmp_path):
    bring(tmp_path, "people", SCHOOL)
    bring(tmp_path, "people", CHANGED["people"], name="october.csv")
    karim, noor = (Person.objects.get(given_name=name) for name in ("Karim", "Noor"))

    (told,) = dossier_of(karim)["exchange"]["before_a_file_changed_it"]

    assert (told["file"], told["was"]) == ("october.csv", "E-mail: karim@example.org")
    of_noor = dossier_of(noor)["exchange"]["before_a_file_changed_it"]
    assert len(of_noor) == 2
    assert "karim" not in str(of_noor).casefold()
    Relationship.objects.filter(guardian=karim).delete()
    karim.residences.all().delete()
    karim.delete()
    assert not ImportedRow.objects.filter(was__icontains="karim@example.org").exists()


NAMES = st.sampled_from(["Haddad", "Claes", "Berg", "Diop", "O'Neill"])
LINES = st.lists(
    st.tuples(
        st.integers(101, 108),
        NAMES,
        st.sampled_from(["Noor", "Elias", "Ana"]),
        st.sampled_from(["4 TTA", "5TTB", "2CB", ""]),
        st.sampled_from(["Rue Haute 1", "Rue Basse 2", ""]),
        st.sampled_from(["HADDAD Karim", "CLAES Inès", ""]),
        st.sampled_from(["0475112233", ""]),
    ),
    max_size=6,
    unique_by=lambda line: line[0],
)


def as_file(lines):
    titles = "matricule;nom;prenom;classe;adresseEleve;nomPere;gsmPere\n"
    return titles + "".join(";".join(map(str, line)) + "\n" for line in lines)


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=LINES, second=LINES, gone=st.sampled_from(["leave", "end"]))
def test_whatever_a_file_does_can_be_undone(school, tmp_path, first, second, gone):
    from django.db import transaction

    with transaction.atomic():
        bring(tmp_path, "people", as_file(first))
        before, known = every_row(), ImportRun.objects.count()
        bring(tmp_path, "people", as_file(second), gone=gone, ends_many=True)
        run = latest()
        if ImportRun.objects.count() > known and run.can_be_undone:
            undo(run)
        assert every_row() == before
        transaction.set_rollback(True)


class TestWhoIsTold:
    def test_the_trail_of_each_says_that_it_was_undone(self, office, tmp_path):
        """Without it the trail of Noor would go on saying that she moved to 5TTB."""
        bring(tmp_path, "people", SCHOOL, by=office.maes)
        bring(tmp_path, "people", CHANGED["people"], by=office.maes)
        noor, alma = (Person.objects.get(given_name=name) for name in ("Noor", "Alma"))
        assert Trace.objects.filter(about=noor, act="structure.move_pupil").exists()

        undo(by=office.maes)

        told = Trace.objects.filter(act="exchange.undo_import_about", by=office.maes)
        assert told.filter(about=noor).count() == 1
        assert not told.filter(about=alma).exists()  # the file said of her what was known
        assert not told.filter(about__given_name="Ana").exists()  # she is gone with the file


class TestWhatIsGoneSince:
    def test_a_person_who_was_merged_keeps_the_address_from_coming_back(self, office, tmp_path, school_day):
        """The file took Elias out of a household; then his record became one with another."""
        bring_school(tmp_path)
        bring(tmp_path, "people", SCHOOL.replace("Rue Haute 1;1000", "Rue Neuve 8;1000"))
        elias = Person.objects.get(given_name="Elias")
        twin = Person.objects.create(given_name="Elias", family_name="Haddad", born_on=elias.born_on)
        merge_persons(gone=elias, kept=twin, by=office.maes, at=school_day)
        before = every_row()

        assert any("gone since: 1 person" in words for words in in_the_way())
        with pytest.raises(BuiltOnImport):
            undo(by=office.maes)
        assert every_row() == before

    def test_a_class_that_was_removed_takes_nobody_back(self, office, tmp_path):
        """A file put Noor in 5TTX, the next one in 4TTA again, the same day; 5TTX was never needed."""
        bring(tmp_path, "people", SCHOOL)
        bring(tmp_path, "people", SCHOOL.replace("2011-02-14;4 TTA", "2011-02-14;5TTX"))
        bring(tmp_path, "people", SCHOOL)
        ClassGroup.objects.get(name="5TTX").delete()

        assert any("gone since: 1 class" in words for words in in_the_way())
        with pytest.raises(BuiltOnImport):
            undo(by=office.maes)

    def test_what_was_kept_in_the_shape_of_an_earlier_version_is_refused_in_a_sentence(
        self, office, tmp_path
    ):
        bring(tmp_path, "people", SCHOOL)
        bring(tmp_path, "people", CHANGED["people"])
        removed = ImportedRow.objects.filter(run=latest(), what="REMOVED").first()
        removed.was |= {"floor": "3"}
        removed.save()
        before = every_row()

        with pytest.raises(CannotUndoImport):
            undo(by=office.maes)
        assert every_row() == before


def test_what_was_decided_for_the_next_year_is_named(office, tmp_path, school_day):
    bring(tmp_path, "people", SCHOOL)
    noor = Person.objects.get(given_name="Noor")
    later = open_school_year(first_year=2027, by=office.maes, at=school_day)
    settle_class(
        class_group=ClassGroup.objects.get(name="4TTA"),
        school_year=later,
        to="",
        is_carried=True,
        tutors_stay=True,
        tutor=None,
        decided=[Decided(noor.pk, "REPEATS")],
        by=office.maes,
        at=school_day,
    )

    assert "Noor Haddad: since then there is 1 decision for a year." in in_the_way()


def test_nobody_takes_back_what_they_may_do_for_a_child_of_their_own(office, tmp_path, school_day):
    """Samira works in the office; a file took from her the right to see the marks of Noor."""
    bring_school(tmp_path)
    samira, noor = (Person.objects.get(given_name=name) for name in ("Samira", "Noor"))
    bring(tmp_path, "people", CHANGED["people"])
    tie = Relationship.objects.get(guardian=samira, pupil=noor)
    ImportedRow.objects.create(
        run=latest(),
        model="people.Relationship",
        key=str(tie.pk),
        what="CHANGED",
        was={"sees_marks": True},
        mark=mark_of({"sees_marks": tie.sees_marks}),
        about=noor,
    )

    with pytest.raises(NobodyTiesOneself):
        undo(by=samira)
    undo(by=office.maes)
