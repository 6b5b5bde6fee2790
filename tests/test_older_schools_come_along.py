"""What a school kept under an earlier version is still there after the migrations."""

import hashlib
from fractions import Fraction

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.cast import Cast

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
