"""Accounts, plans and report cards of those who left go in their time; of those who are here nothing does."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from preau.accounts.models import Account
from preau.files.models import StoredFile
from preau.follow_up.models import AdjustmentPlan
from preau.follow_up.tests.builders import plan
from preau.gradebook.actions import give_feedback
from preau.gradebook.models import Feedback
from preau.gradebook.tests.builders import assessment, grade
from preau.kit import clock, memory
from preau.people.models import Person, Relationship
from preau.report_cards.models import Drawing, Immutable, ReportCard
from preau.report_cards.tests.builders import graded, published
from preau.retention import actions
from preau.retention.tests.builders import decided_as_proposed
from preau.structure.models import Enrolment, SchoolYear, TeachingAssignment, Tutorship
from preau.structure.queries import gone_before
from preau.work.actions import make_file, order
from preau.work.models import Work

BRUSSELS = ZoneInfo("Europe/Brussels")
END = date(2027, 7, 3)


def run(at):
    with clock.at(at):
        memory.forget()
        return actions.erase_what_is_due(at=at)


def year_on(days):
    return datetime(2027, 7, 3, 4, 0, tzinfo=BRUSSELS) + timedelta(days=days)


@pytest.fixture
def year_over(school):
    """Noor and Elias leave with their class, Marc teaches no more; Emma, Claire and the office stay."""
    assert school.everybody
    Enrolment.objects.filter(pupil__in=[school.noor, school.elias, school.alma]).update(ends_on=END)
    TeachingAssignment.objects.filter(teacher=school.thys).update(ends_on=END)
    decided_as_proposed(school)
    return school


@pytest.mark.parametrize(
    ("who", "has_left"),
    [
        ("noor", True),
        ("elias", True),
        ("samira", True),  # both her children left
        ("karim", True),
        ("thys", True),  # teaches no more
        ("emma", False),
        ("ines", False),  # Emma's mother
        ("vandamme", False),
        ("lemaire", False),  # tutors and teaches
        ("pirard", False),
        ("nys", False),
        ("zoe", False),  # never was here: somebody to come
    ],
)
def test_who_has_left(year_over, who, has_left):
    person = year_over.everybody[who]

    assert gone_before(END).filter(pk=person.pk).exists() is has_left
    assert not gone_before(END - timedelta(days=1)).filter(pk=person.pk).exists()


def test_a_mother_stays_while_one_of_her_children_is_here_or_awaited(year_over):
    school = year_over
    baby = Person.objects.create(given_name="Lina", family_name="Haddad")
    Relationship.objects.create(pupil=baby, guardian=school.samira, kind=Relationship.Kind.MOTHER)

    assert not gone_before(END).filter(pk=school.samira.pk).exists()
    assert gone_before(END).filter(pk=school.karim.pk).exists()


def test_accounts_of_leavers_go_and_what_they_did_stays(year_over):
    school = year_over
    assert "accounts.leavers" not in run(year_on(399))

    assert run(year_on(400))["accounts.leavers"] == 6

    left = set(Account.objects.values_list("person__given_name", flat=True))
    assert left == {"Paul", "Anouk", "Ousmane", "Luc", "Claire", "Sophie", "Emma", "Inès", "Zoé"}
    assert Person.objects.filter(pk=school.noor.pk).exists()
    assert TeachingAssignment.objects.filter(teacher=school.thys).exists()


def test_nobody_who_comes_back_loses_the_account(year_over):
    Tutorship.objects.create(
        class_group=year_over.class_2cb, tutor=year_over.thys, starts_on=END + timedelta(days=300)
    )

    run(year_on(400))

    assert Account.objects.filter(person=year_over.thys).exists()


def test_the_account_of_who_is_held_stays(year_over):
    actions.hold(person=year_over.noor, because="Recours", by=year_over.pirard, at=year_on(1))

    assert run(year_on(400))["accounts.leavers"] == 5

    assert Account.objects.filter(person=year_over.noor).exists()


def test_plans_of_adjustments_go_a_year_after_their_pupil(year_over):
    plan(year_over, year_over.noor, "TIME")
    plan(year_over, year_over.emma, "TIME")

    assert "follow_up.plans" not in run(year_on(364))
    assert run(year_on(365))["follow_up.plans"] == 1
    assert [it.pupil for it in AdjustmentPlan.objects.all()] == [year_over.emma]


def test_report_cards_go_after_ten_years_with_their_documents(school, django_capture_on_commit_callbacks):
    graded(school)
    published(school)
    decided_as_proposed(school)
    for begins in range(2027, 2038):
        SchoolYear.objects.create(
            name=f"{begins}-{begins + 1}", starts_on=date(begins, 8, 24), ends_on=date(begins + 1, 7, 3)
        )
    card = ReportCard.objects.get(pupil=school.noor)
    drawing = Drawing(card=card)
    drawing.seal(b"%PDF")
    drawing.file.save("card.pdf", _file(b"%PDF"))
    with pytest.raises(Immutable):
        card.delete()
    count = ReportCard.objects.count()

    assert "report_cards.cards" not in run(year_on(3649))
    assert default_storage.exists(drawing.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        assert run(year_on(3650))["report_cards.cards"] == count
    assert not ReportCard.objects.exists()
    assert not default_storage.exists(drawing.file.name)


def _file(content):
    return ContentFile(content, "copy.pdf")


def test_copies_given_back_go_with_their_bytes(school, django_capture_on_commit_callbacks):
    assert school.everybody
    for begins in (2027, 2028, 2029):
        SchoolYear.objects.create(
            name=f"{begins}", starts_on=date(begins, 8, 24), ends_on=date(begins + 1, 7, 3)
        )
    test = assessment(school.maths_4tta, school.december, by=school.vandamme)
    grade(test, school.noor, "12", by=school.vandamme)
    copy = give_feedback(
        assessment=test,
        pupil=school.noor,
        file=_file(b"%PDF-1.7 copy"),
        by=school.vandamme,
        at=datetime(2026, 11, 24, 10, tzinfo=BRUSSELS),
    )
    name = copy.file.content.name
    decided_as_proposed(school)

    assert "gradebook.copies" not in run(year_on(729))
    with django_capture_on_commit_callbacks(execute=True):
        assert run(year_on(731))["gradebook.copies"] == 1

    assert not Feedback.objects.exists()
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(name)
    assert test.grades.exists(), "the gradebook was never closed: its grades stay"


def test_documents_made_on_request_go_and_that_they_were_made_stays(
    school, school_day, django_capture_on_commit_callbacks
):
    work = order(what="probe", title="Carnets", leads_to="/", by=school.vandamme, at=school_day)
    make_file(work=work, suffix="zip", write=lambda target, _progress: target.write(b"PK"))
    assert work.result

    assert "work.results" not in run(school_day + timedelta(days=89))
    with django_capture_on_commit_callbacks(execute=True):
        assert run(school_day + timedelta(days=91))["work.results"] == 1

    assert Work.objects.get().result is None
    assert not StoredFile.objects.exists()
