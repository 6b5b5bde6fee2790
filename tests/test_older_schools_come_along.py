"""What a school kept under an earlier version is still there after the migrations."""

import hashlib
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import Cast

SEPTEMBER, NOVEMBER, JUNE = date(2026, 9, 1), date(2026, 11, 10), date(2027, 6, 1)
PDF = b"%PDF-1.7 an old statement"
SHA256 = hashlib.sha256(PDF).hexdigest()


def migrated(*to: tuple[str, str]):
    """Bring the database to these migrations, and return the apps as they are there."""
    executor = MigrationExecutor(connection)
    executor.migrate(list(to))
    return MigrationExecutor(connection).loader.project_state(list(to)).apps


@pytest.fixture
def back_to(transactional_db):
    yield migrated
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def test_the_logo_and_the_files_of_assessments(back_to, school_day):
    cast = Cast()
    assert cast.lycee
    group, period, teacher = cast.maths_4tta, cast.december, cast.vandamme
    former = back_to(("structure", "0003_order_of_periods"), ("gradebook", "0005_seals"))
    logo = default_storage.save("logo/logo.png", ContentFile(b"\x89PNG"))
    former.get_model("structure", "School").objects.update(logo=logo)
    kinds = former.get_model("gradebook", "Category")
    assessment = former.get_model("gradebook", "Assessment").objects.create(
        group_id=group.pk,
        period_id=period.pk,
        category=kinds.objects.first() or kinds.objects.create(code="INT", name="Interrogation"),
        title="Fractions",
        held_on=school_day.date(),
        max_points=20,
    )
    known = {
        "content_type": "application/pdf",
        "size": len(PDF),
        "added_by_id": teacher.pk,
        "added_at": school_day,
    }
    kept = default_storage.save("assessments/a.pdf", ContentFile(PDF))
    former.get_model("gradebook", "Statement").objects.create(
        assessment=assessment, file=kept, name="Énoncé.pdf", **known
    )
    former.get_model("gradebook", "Feedback").objects.create(
        assessment=assessment, pupil_id=cast.noor.pk, file="assessments/lost.pdf", name="Copie.pdf", **known
    )

    now = back_to(("structure", "0004_logo_among_the_files"), ("gradebook", "0006_files_of_assessments"))

    assert now.get_model("structure", "School").objects.get().logo.content.name == logo
    statement = now.get_model("gradebook", "Statement").objects.select_related("file").get().file
    assert (statement.content.name, statement.name, statement.sha256) == (kept, "Énoncé.pdf", SHA256)
    assert (statement.use, statement.size) == ("gradebook.statement", len(PDF))
    assert statement.kept_by_id == teacher.pk
    lost = now.get_model("gradebook", "Feedback").objects.select_related("file").get().file
    assert (lost.name, lost.size, lost.sha256) == ("Copie.pdf", 0, "")


def test_parcels_and_the_making_of_report_cards(back_to, school_day):
    cast = Cast()
    period, head = cast.december, cast.pirard
    former = back_to(("gradebook", "0008_grading_stands_by_itself"), ("report_cards", "0001_first_tables"))
    archive = default_storage.save("parcels/parcel.zip", ContentFile(PDF))
    known = {"by_id": head.pk, "told_at": school_day, "done": 3, "total": 4}
    parcels = former.get_model("gradebook", "Parcel").objects
    parcels.create(
        kind="BOOKS",
        title="Carnets",
        what={"year": 1},
        file=archive,
        ordered_at=school_day,
        finished_at=school_day,
        **known,
    )
    parcels.create(kind="ONEROSTER", title="Bundle", problem="No space", ordered_at=school_day, **known)
    builds = former.get_model("report_cards", "Build").objects
    builds.create(period_id=period.pk, started_at=school_day, finished_at=school_day, made=2, **known)

    now = back_to(("gradebook", "0009_parcels_are_work"), ("report_cards", "0002_builds_are_work"))

    works = {work.what: work for work in now.get_model("work", "Work").objects.select_related("result")}
    books, bundle = works["gradebook.books"], works["exchange.oneroster"]
    assert (books.result.content.name, books.result.sha256) == (archive, SHA256)
    assert (books.title, books.details, books.finished_at) == ("Carnets", {"year": 1}, school_day)
    assert (bundle.result, bundle.refusal, bundle.finished_at) == (None, "No space", None)
    build = now.get_model("report_cards", "Build").objects.select_related("work").get()
    assert (build.made, build.work.asked_by_id, build.work.asked_at) == (2, head.pk, school_day)

    now = back_to(("sheets", "0001_from_the_gradebook"))

    whats = now.get_model("work", "Work").objects.order_by("what").values_list("what", flat=True)
    assert list(whats) == ["exchange.oneroster", "report_cards.build", "sheets.books"]


def test_who_had_acknowledged_a_report_card(back_to, school_day):
    """What stood in two tables stands in one; who acknowledged without having opened has read it then."""
    cast = Cast()
    period, later = cast.december, school_day + timedelta(hours=2)
    former = back_to(("report_cards", "0002_builds_are_work"))
    card = former.get_model("report_cards", "ReportCard").objects.create(
        pupil_id=cast.noor.pk,
        period_id=period.pk,
        class_group_id=cast.class_4tta.pk,
        number="2026-P2-0001",
        facts={},
        canevas="1",
        sha256=SHA256,
        code="0123456789AB",
        created_at=school_day,
    )
    readings = former.get_model("report_cards", "Reading").objects
    acknowledgements = former.get_model("report_cards", "Acknowledgement").objects
    for reader in (cast.noor, cast.samira):
        readings.create(card=card, reader_id=reader.pk, at=school_day)
    for person in (cast.samira, cast.karim):
        acknowledgements.create(card=card, person_id=person.pk, at=later)

    now = back_to(("report_cards", "0003_acknowledged_when_read"))

    known = now.get_model("report_cards", "Reading").objects.values_list("reader", "at", "acknowledged_at")
    assert sorted(known) == sorted(
        [
            (cast.noor.pk, school_day, None),
            (cast.samira.pk, school_day, later),
            (cast.karim.pk, later, later),
        ]
    )


def test_frozen_results_become_the_fractions_their_grades_make(back_to, school_day):
    """Ten decimals of 16/30 become 16/30; a share that no grade explains any more stays what it was."""
    cast = Cast()
    assert cast.lycee
    group, period = cast.maths_4tta, cast.december
    former = back_to(("grading", "0001_from_the_gradebook"), ("gradebook", "0008_grading_stands_by_itself"))
    categories = former.get_model("grading", "Category").objects
    category = categories.first() or categories.create(code="INT", name="Interrogation")
    test = former.get_model("gradebook", "Assessment").objects.create(
        group_id=group.pk,
        period_id=period.pk,
        category=category,
        title="Fractions",
        held_on=school_day.date(),
        max_points=30,
    )
    for pupil in (cast.noor, cast.emma):
        former.get_model("gradebook", "Grade").objects.create(
            assessment=test,
            pupil_id=pupil.pk,
            points=16,
            written_by_id=cast.vandamme.pk,
            written_at=school_day,
        )
    kept = former.get_model("grading", "CourseResult").objects
    where = {"group_id": group.pk, "period_id": period.pk, "computed_at": school_day}
    kept.create(pupil_id=cast.noor.pk, share="0.5333333333", computed=53, daily_work=53, **where)
    kept.create(pupil_id=cast.emma.pk, share="0.8000000000", computed=80, daily_work=80, **where)
    kept.create(
        pupil_id=cast.elias.pk, share="0.5", computed=50, daily_work=50, **{**where, "computed_at": None}
    )

    now = back_to(("grading", "0003_shares_cut_no_more"))

    rows = {row.pupil_id: row for row in now.get_model("grading", "CourseResult").objects.all()}
    exact, decimals, reopened = rows[cast.noor.pk], rows[cast.emma.pk], rows[cast.elias.pk]
    assert (exact.share, [score[0] for score in exact.scores]) == (Fraction(16, 30), [test.pk])
    assert (decimals.share, decimals.computed, decimals.scores) == (Fraction(4, 5), 80, None)
    assert (reopened.share, reopened.computed) == (None, None)


def test_ties_that_shared_a_day_hold_one_after_the_other(back_to, school_day, caplog):
    cast = Cast()
    pupil, room, other = cast.noor.pk, cast.class_4tta.pk, cast.class_5ttb.pk
    teacher, group, head = cast.vandamme.pk, cast.maths_4tta.pk, cast.maes.pk
    former = back_to(
        ("people", "0001_first_tables"),
        ("structure", "0004_logo_among_the_files"),
        ("follow_up", "0001_first_tables"),
    )

    def kept(app: str, tie: str, *spans: tuple[date, date | None], **whose: int | str):
        model = former.get_model(app, tie)
        model.objects.all().delete()
        model.objects.bulk_create(model(starts_on=first, ends_on=end, **whose) for first, end in spans)

    kept("structure", "Enrolment", (SEPTEMBER, None), pupil_id=pupil, class_group_id=room)
    former.get_model("structure", "Enrolment").objects.create(
        starts_on=NOVEMBER, pupil_id=pupil, class_group_id=other
    )
    kept("structure", "GroupMembership", (SEPTEMBER, None), (NOVEMBER, JUNE), pupil_id=pupil, group_id=group)
    kept(
        "structure",
        "TeachingAssignment",
        (SEPTEMBER, JUNE),
        (SEPTEMBER, None),
        teacher_id=teacher,
        group_id=group,
    )
    kept("structure", "Tutorship", (SEPTEMBER, None), (NOVEMBER, None), tutor_id=teacher, class_group_id=room)
    kept("people", "Duty", (SEPTEMBER, NOVEMBER), (NOVEMBER, None), person_id=head, kind="HEAD")
    relationships = former.get_model("people", "Relationship").objects
    relationships.update(starts_on=NOVEMBER, ends_on=NOVEMBER)
    families = relationships.count()
    plan = {"pupil_id": pupil, "kept_by_id": head, "changed_at": school_day}
    kept("follow_up", "AdjustmentPlan", (SEPTEMBER, JUNE), (NOVEMBER, None), **plan)

    now = back_to(
        ("people", "0002_ties_never_twice_at_once"),
        ("structure", "0005_ties_never_twice_at_once"),
        ("follow_up", "0002_ties_never_twice_at_once"),
    )

    def days(app: str, tie: str):
        return [*now.get_model(app, tie).objects.order_by("starts_on").values_list("starts_on", "ends_on")]

    one_after_the_other = [(SEPTEMBER, NOVEMBER), (NOVEMBER, None)]
    assert days("structure", "Enrolment") == one_after_the_other
    assert days("structure", "GroupMembership") == one_after_the_other
    assert days("structure", "TeachingAssignment") == [(SEPTEMBER, None)]
    assert days("structure", "Tutorship") == one_after_the_other
    assert days("people", "Duty") == one_after_the_other
    assert days("follow_up", "AdjustmentPlan") == one_after_the_other
    assert days("people", "Relationship") == [(NOVEMBER - timedelta(days=1), NOVEMBER)] * families
    said = [record.getMessage() for record in caplog.records if record.name.endswith("untangling")]
    assert len(said) == 5
    assert any(line.startswith("structure.Enrolment") and f"ends on {NOVEMBER}" in line for line in said)
    with pytest.raises(IntegrityError):
        now.get_model("structure", "Enrolment").objects.create(
            starts_on=NOVEMBER, pupil_id=pupil, class_group_id=room
        )
