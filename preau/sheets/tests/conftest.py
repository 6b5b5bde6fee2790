"""A sheet of 4TTA to print, and a file that comes to it: brought, looked at, put in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from preau.gradebook.tests.builders import assessment, grade, sheet_of
from preau.sheets.models import SheetFile
from preau.sheets.tests.builders import form_of


@pytest.fixture
def where(school):
    return sheet_of(school.maths_4tta, school.december)


@pytest.fixture
def roots(school):
    return assessment(school.maths_4tta, school.december, by=school.vandamme)


@pytest.fixture
def bring(school, tap, visit, where):
    """Bring a file to the sheet and return its page: bring("a.csv", "Élève;Test /20\n…")."""

    def bring(name, content, *, as_=None):
        content = content.encode() if isinstance(content, str) else content
        file = SimpleUploadedFile(name, content)
        answer = tap("sheets:new_file", {"file": file}, as_=as_ or school.vandamme, htmx=False, **where)
        if answer.status_code != 302:
            return answer
        return visit("sheets:file", as_=as_ or school.vandamme, file_id=SheetFile.objects.get().pk)

    return bring


@pytest.fixture
def look(school, tap, visit):
    """Send the choices of the page and look again."""

    def look(page, **more):
        file = SheetFile.objects.get()
        tap("sheets:file", form_of(page, **more), as_=school.vandamme, htmx=False, file_id=file.pk)
        return visit("sheets:file", as_=school.vandamme, file_id=file.pk)

    return look


@pytest.fixture
def put_in(school, tap):
    """Put in what the page shows."""

    def put_in(page, **more):
        file = SheetFile.objects.get()
        form = form_of(page, **more)
        return tap("sheets:file_application", form, as_=school.vandamme, htmx=False, file_id=file.pk)

    return put_in


@pytest.fixture
def december(school):
    """Give Noor a December: 7/10, a work not handed in, a certificate; then 62 out of 100."""
    by, group = school.vandamme, school.maths_4tta
    tests = [
        assessment(group, school.december, by=by, title="Puissances", out_of=10),
        assessment(group, school.december, by=by, title="Fiche 3", weight=2),
        assessment(group, school.december, by=by, title="Radicaux", out_of=15),
        assessment(group, school.december, by=by, title="Examen", category="EXAMEN", out_of=100),
    ]
    for test, typed in zip(tests, ("7", "NR", "CM", "62"), strict=True):
        grade(test, school.noor, typed, by=by)
    return tests
