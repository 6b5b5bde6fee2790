"""The statement of an assessment and the file given back to one pupil: checked, then read once published."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from preau.gradebook import actions
from preau.gradebook.contents import HasMacros, NotADocument, content_type_of, name_of
from preau.gradebook.models import Feedback, Statement

from .builders import TUESDAY, assessment

PDF = b"%PDF-1.7 a statement"


def packed(**parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as bundle:
        for name, text in parts.items():
            bundle.writestr(name.replace("__", "/"), text)
    return held.getvalue()


def sent(name, content):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def test(school):
    return assessment(school.maths_4tta, school.december, by=school.vandamme)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0....", "jpg"),
        (b"RIFF....WEBP", "webp"),
        (packed(**{"word__document.xml": "<w/>"}), "docx"),
        (packed(**{"xl__workbook.xml": "<x/>"}), "xlsx"),
        (packed(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
    ],
)
def test_a_file_is_what_its_content_says(content, suffix):
    kind = content_type_of(sent("copie.exe", content), "copie.exe")

    assert name_of("../../copie.exe", kind) == f"copie.{suffix}"


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><script>alert(1)</script>", NotADocument),
        (b"<svg onload='alert(1)'/>", NotADocument),
        (b"MZ\x90\x00", NotADocument),
        (b"", NotADocument),
        (b"PK\x03\x04 broken", NotADocument),
        (packed(anything="else"), NotADocument),
        (packed(mimetype="text/html"), NotADocument),
        (packed(**{"word__document.xml": "", "word__vbaProject.bin": ""}), HasMacros),
        (packed(**{"mimetype": "application/vnd.oasis.opendocument.text", "Basic__x.xml": ""}), HasMacros),
    ],
)
def test_anything_else_is_refused(content, refusal):
    with pytest.raises(refusal):
        content_type_of(sent("énoncé.pdf", content), "énoncé.pdf")


@pytest.mark.parametrize("name", ["", "...", "a\x00\x1fb", "é" * 400, "/", "x\r\ny: z"])
def test_a_name_is_given_back_harmless(name):
    given = name_of(name, "application/pdf")

    assert given.endswith(".pdf")
    assert 5 <= len(given) <= 120
    assert given.isprintable()


def test_the_statement_is_read_once_the_grades_are_published(school, test, tap, visit):
    answer = tap(
        "gradebook:statement", {"file": sent("Énoncé.PDF", PDF)}, as_=school.vandamme, assessment_id=test.pk
    )
    assert answer.status_code == 302
    for reader, before in ((school.pirard, 200), (school.noor, 404), (school.samira, 404), (school.zoe, 404)):
        assert visit("gradebook:statement_file", as_=reader, assessment_id=test.pk).status_code == before

    actions.publish_grades(assessment=test, by=school.vandamme, at=TUESDAY)

    given = visit("gradebook:statement_file", as_=school.samira, assessment_id=test.pk)
    assert b"".join(given.streaming_content) == PDF
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert given.headers["Content-Type"] == "application/pdf"
    assert given.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in given.headers["Content-Security-Policy"]
    for stranger in (school.karim, school.alma, school.zoe):
        assert visit("gradebook:statement_file", as_=stranger, assessment_id=test.pk).status_code == 404


def test_another_takes_the_place_of_the_first_and_its_file_goes(
    school, test, tap, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for name in ("un.pdf", "deux.pdf"):
            tap("gradebook:statement", {"file": sent(name, PDF)}, as_=school.vandamme, assessment_id=test.pk)

    kept = Statement.objects.get()
    assert kept.name == "deux.pdf"
    assert kept.file.storage.listdir("assessments")[1] == [kept.file.name.rsplit("/", 1)[-1]]
    with django_capture_on_commit_callbacks(execute=True):
        tap("gradebook:statement_removal", assessment_id=test.pk)
    assert not Statement.objects.exists()
    assert kept.file.storage.listdir("assessments")[1] == []


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
        assert visit("gradebook:feedback_file", as_=reader, feedback_id=given.pk).status_code == 200
    for stranger in (school.emma, school.ines, school.karim, school.thys):
        assert visit("gradebook:feedback_file", as_=stranger, feedback_id=given.pk).status_code == 404
    page = visit("gradebook:results", as_=school.samira, pupil_id=school.noor.pk)
    assert f"/feedback/{given.pk}/" not in page.text  # beside a grade, and none is typed yet
    assert tap("gradebook:feedback_removal", as_=school.noor, feedback_id=given.pk).status_code == 404
    assert tap("gradebook:feedback_removal", as_=school.vandamme, feedback_id=given.pk).status_code == 302
    assert not Feedback.objects.exists()


def test_an_assessment_takes_its_files_along_when_it_goes(
    school, test, tap, django_capture_on_commit_callbacks
):
    tap("gradebook:statement", {"file": sent("a.pdf", PDF)}, as_=school.vandamme, assessment_id=test.pk)
    tap("gradebook:feedback", {"file": sent("b.pdf", PDF)}, assessment_id=test.pk, pupil_id=school.noor.pk)
    storage = Feedback.objects.get().file.storage
    assert len(storage.listdir("assessments")[1]) == 2

    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_assessment(assessment=test, by=school.vandamme, at=TUESDAY)

    assert storage.listdir("assessments")[1] == []


def test_a_pupil_of_another_group_is_given_nothing(school, test, tap):
    place = {"assessment_id": test.pk, "pupil_id": school.alma.pk}
    assert (
        tap("gradebook:feedback", {"file": sent("a.pdf", PDF)}, as_=school.vandamme, **place).status_code
        == 404
    )
