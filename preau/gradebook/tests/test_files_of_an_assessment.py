"""The statement of an assessment and the file given back to one pupil: checked, then read once published."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from preau.files.models import StoredFile
from preau.gradebook import actions
from preau.gradebook.models import Feedback, Statement
from preau.kit.storage import names_in

from .builders import TUESDAY, assessment

PDF = b"%PDF-1.7 a statement"


def sent(name, content):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def test(school):
    return assessment(school.maths_4tta, school.december, by=school.vandamme)


def test_the_statement_is_read_once_the_grades_are_published(school, test, tap, visit):
    answer = tap(
        "gradebook:statement", {"file": sent("Énoncé.PDF", PDF)}, as_=school.vandamme, assessment_id=test.pk
    )
    assert answer.status_code == 302
    file = Statement.objects.get().file_id
    for reader, before in ((school.pirard, 200), (school.noor, 404), (school.samira, 404), (school.zoe, 404)):
        assert visit("files:file", as_=reader, file_id=file).status_code == before

    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)

    given = visit("files:file", as_=school.samira, file_id=file)
    assert b"".join(given.streaming_content) == PDF
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    for stranger in (school.karim, school.alma, school.zoe):
        assert visit("files:file", as_=stranger, file_id=file).status_code == 404


def test_another_takes_the_place_of_the_first_and_its_file_goes(
    school, test, tap, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("un.pdf", "deux.pdf"):
            tap("gradebook:statement", {"file": sent(name, PDF)}, as_=school.vandamme, assessment_id=test.pk)

    kept = Statement.objects.get()
    assert kept.file.name == "deux.pdf"
    assert list(names_in(default_storage)) == [kept.file.content.name]
    question = tap("gradebook:statement_removal", assessment_id=test.pk)
    assert "it cannot be brought back" in question.text
    assert Statement.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        tap("gradebook:statement_removal", {"confirmed": "yes"}, assessment_id=test.pk)
    assert not Statement.objects.exists()
    assert list(names_in(default_storage)) == []


def test_what_is_refused_comes_back_on_the_form(school, test, tap, settings):
    page = tap(
        "gradebook:statement", {"file": sent("a.pdf", b"<html>")}, as_=school.vandamme, assessment_id=test.pk
    )
    assert page.status_code == 422
    assert "is none of these: PDF" in page.text
    large = sent("a.pdf", PDF + b" " * (10 * 1024 * 1024))
    page = tap("gradebook:statement", {"file": large}, assessment_id=test.pk)
    assert page.status_code == 422
    assert "This file is 11 MB" in page.text
    assert not Statement.objects.exists()


def test_a_file_given_back_is_read_by_its_pupil_and_parents_alone(school, test, tap, visit):
    place = {"assessment_id": test.pk, "pupil_id": school.noor.pk}
    tap("gradebook:feedback", {"file": sent("copie corrigée.pdf", PDF)}, as_=school.vandamme, **place)
    given = Feedback.objects.get()
    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)

    for reader in (school.noor, school.samira, school.vandamme, school.pirard):
        assert visit("files:file", as_=reader, file_id=given.file_id).status_code == 200
    for stranger in (school.emma, school.ines, school.karim, school.thys):
        assert visit("files:file", as_=stranger, file_id=given.file_id).status_code == 404
    page = visit("gradebook:results", as_=school.samira, pupil_id=school.noor.pk)
    assert str(given.file_id) not in page.text  # beside a grade, and none is typed yet
    assert tap("gradebook:feedback_removal", as_=school.noor, feedback_id=given.pk).status_code == 404
    tap("gradebook:feedback_removal", as_=school.vandamme, feedback_id=given.pk)
    assert Feedback.objects.get() == given
    tap("gradebook:feedback_removal", {"confirmed": "yes"}, feedback_id=given.pk)
    assert not Feedback.objects.exists()


def test_an_assessment_takes_its_files_along_when_it_goes(
    school, test, tap, django_capture_on_commit_callbacks
):
    tap("gradebook:statement", {"file": sent("a.pdf", PDF)}, as_=school.vandamme, assessment_id=test.pk)
    tap("gradebook:feedback", {"file": sent("b.pdf", PDF)}, assessment_id=test.pk, pupil_id=school.noor.pk)
    assert len(list(names_in(default_storage))) == 2

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_assessment(assessment=test, by=school.vandamme, at=TUESDAY)

    assert list(names_in(default_storage)) == []
    assert not StoredFile.objects.exists()


def test_a_pupil_of_another_group_is_given_nothing(school, test, tap):
    place = {"assessment_id": test.pk, "pupil_id": school.alma.pk}
    assert (
        tap("gradebook:feedback", {"file": sent("a.pdf", PDF)}, as_=school.vandamme, **place).status_code
        == 404
    )
