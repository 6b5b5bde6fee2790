"""Hostile words, in names as in remarks, are shown as they are and do no harm (S-12, S-13, S-16, S-19)."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from itertools import cycle

import pytest
from django.apps import apps
from django.db import models

from preau.accounts.models import Account
from preau.exchange.models import ImportedRow
from preau.report_cards.models import ReportCard
from tests.odd_files import OddFile, odd
from tests.walk import Walk

CORPUS = [
    "<script>alert('préau')</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
    "<a href='javascript:alert(1)'>x</a>",
    "{{ 7|add:7 }}{% debug %}",
    '#import "/etc/passwd": *',
    "$ #sys.inputs $ \\ @label *bold _x_",
    "'; DROP TABLE people_person; --",
    "%s %n %(name)s {0} {name}",
    "O'Neill-d'Hondt",
    "\u202etxet eht sesrever\u202c",
    "محمد الأمين",
    "👩\u200d👩\u200d👧 Ω≈ç√∫",
    "&lt;b&gt;already&lt;/b&gt;",
    "NULL",
    "-1",
]
KEPT_AS_THEY_ARE = {Account, ReportCard, ImportedRow}
KEYS_OF_OURS = {"colour", "language", "use", "what", "content_type", "sha256", "leads_to"}
"""What the house itself writes into a column of text."""
FORMULAS = ["=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "=cmd|' /C calc'!A0"]
RUNS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[-+]?\d+([.,]\d+)?")


def words_people_write() -> Iterator[tuple[type[models.Model], models.Field]]:
    """Every column of text that people fill: no choices, no codes the school's rules read, no key."""
    for model in apps.get_models():
        if not model.__module__.startswith("preau.") or model in KEPT_AS_THEY_ARE:
            continue
        for column in model._meta.concrete_fields:
            is_text = type(column) in {models.CharField, models.TextField}
            if is_text and not column.choices and column.editable and column.name not in KEYS_OF_OURS:
                yield model, column


def is_one_of_a_kind(model: type[models.Model], column: models.Field) -> bool:
    """Say whether no two records may hold the same in this column."""
    alone = (column.name,)
    return column.unique or any(getattr(each, "fields", ()) == alone for each in model._meta.constraints)


def write_everywhere(words: list[str]) -> None:
    """Put the words, in turn, into every column of text of every record there is."""
    supply = cycle(words)
    for model, column in words_people_write():
        for number, record in enumerate(model._default_manager.all()):
            word = next(supply).replace("\x00", "")
            if is_one_of_a_kind(model, column) or column.name in {"code", "name"}:
                word = f"{word[: (column.max_length or 200) - 4]}{number}"
            model._default_manager.filter(pk=record.pk).update(**{column.name: word[: column.max_length]})


def assert_harmless(walk: Walk, words: list[str]) -> None:
    tags = [word[:20] for word in words]
    for page, answer in walk.pages(by_everybody=True):
        if "html" in answer.headers.get("Content-Type", ""):
            text = answer.content.decode()
            for tag in tags:
                assert tag not in text, f"{page} says {tag} raw"


def test_what_is_stored_is_shown_and_never_run(walk: Walk):
    write_everywhere(CORPUS)
    assert_harmless(walk, [word for word in CORPUS if word.startswith(("<", '"'))])


@pytest.mark.parametrize("file", odd("hostile/blns.json"))
def test_a_list_of_naughty_strings_does_no_harm(walk: Walk, file: OddFile):
    strings = [string for string in json.loads(file.content) if string.strip()]
    for start in range(0, len(strings), 130):
        write_everywhere(strings[start : start + 130])
        odd = [(page, answer.status_code) for page, answer in walk.pages() if answer.status_code != 200]
        assert odd == []


def formulas_in(answer) -> list[str]:
    """Return what a spreadsheet program would run: cells of a csv that begin so, formulas of a workbook."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.headers.get("Content-Type", "")
    if "csv" in kind:
        rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
        cells = [cell for row in rows for cell in row]
        return [cell for cell in cells if cell.startswith(RUNS) and not NUMBER.fullmatch(cell)]
    if "spreadsheetml" in kind:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
        return [formula for sheet in sheets for formula in re.findall("<f[ >].*?</f>", sheet)]
    return []


def test_no_sheet_we_send_carries_a_formula(walk: Walk):
    write_everywhere(FORMULAS)
    sheets = 0
    for page, answer in walk.pages():
        for address in (page.address, f"{page.address}?kind=csv"):
            answer = page.client.get(address)
            assert formulas_in(answer) == [], page
            sheets += "attachment" in answer.headers.get("Content-Disposition", "")
    assert sheets
