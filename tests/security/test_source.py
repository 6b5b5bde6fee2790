"""What the source may not hold (S-14), and where files may not go (S-09)."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import FileField

from preau.kit.storage import PrivateStorage

HOUSE = Path(settings.BASE_DIR) / "preau"
DANGERS = {
    "HTML that is not escaped": r"\bmark_safe\(|\|\s*safe\b|autoescape off|\bSafeString\([^)]|safeseq",
    "SQL of our own": r"\.raw\(|\.extra\(|RawSQL|cursor\.execute|\.executescript",
    "code made of data": r"\beval\(|\bexec\(|\bpickle\b|yaml\.load|\bmarshal\b|__import__\(|import_string\(",
    "a shell": r"os\.system|shell=True|\bpopen\b",
    "XML with entities": r"xml\.etree|xml\.dom|xml\.sax|lxml",
    "a door without the token": r"csrf_exempt|@csrf\.exempt",
    "styles or scripts inside the page": r"<[^>]*\s(style|on[a-z]+)=\"|hx-on|js:",
}
# Where one of these is right: path → why. A line here is read again whenever the file changes.
UNESCAPED = "HTML that is not escaped"
OWN_SQL = "SQL of our own"
ALLOWED = {
    ("design/elements.py", UNESCAPED): "the names of our own script files",
    (
        "gradebook/templatetags/gradebook.py",
        UNESCAPED,
    ): "five hundred cells, each drawn and escaped by itself",
    ("design/templatetags/ui.py", UNESCAPED): "what the page itself drew between two tags, without blanks",
    ("design/spark.py", UNESCAPED): "a line made of numbers; its label is escaped",
    ("gradebook/drawing.py", UNESCAPED): "five hundred cells, each drawn and escaped by itself",
    ("design/lists.py", UNESCAPED): "the cells of a row, each escaped where it is drawn",
    ("accounts/actions/attempts.py", OWN_SQL): "one upsert for all counts; every value is a parameter",
    ("kit/demo.py", OWN_SQL): "lets the database measure its tables: no value in it",
    ("kit/rows.py", OWN_SQL): "names of our own tables and columns, quoted; values are parameters",
    (
        "gradebook/queries/groups.py",
        OWN_SQL,
    ): "counts what remains to type; names of parameters, never values",
    ("exchange/actions/importing.py", OWN_SQL): "a lock of PostgreSQL's: one import at a time",
    ("portal/views/house.py", OWN_SQL): "asks the database whether it is there",
}
SOURCES = sorted(
    path
    for path in HOUSE.rglob("*")
    if path.suffix in {".py", ".html"} and not {"tests", "migrations", "vendor"} & set(path.parts)
)


@pytest.mark.parametrize(("danger", "pattern"), DANGERS.items(), ids=DANGERS)
def test_the_source_holds_no_such_thing(danger: str, pattern: str):
    found = {
        str(path.relative_to(HOUSE)): line.strip()
        for path in SOURCES
        for line in path.read_text().splitlines()
        if re.search(pattern, line) and not line.startswith("from ")
    }
    assert {file: line for file, line in found.items() if (file, danger) not in ALLOWED} == {}


def test_each_exception_is_still_needed():
    for (file, danger), why in ALLOWED.items():
        assert re.search(DANGERS[danger], (HOUSE / file).read_text()), f"{file} no longer needs: {why}"


def test_every_file_that_is_sent_in_goes_where_no_web_server_looks():
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, FileField):
                assert isinstance(field.storage, PrivateStorage), f"{field} is stored in the open"


def test_no_file_of_the_school_has_an_address_of_its_own():
    assert not settings.MEDIA_URL.strip("/")
    with pytest.raises(ValueError, match="no address"):
        PrivateStorage().url("report_cards/noor.pdf")
