"""
The translations of every app, compiled and looked over. Needs no gettext on the machine.

`python -m preau.kit.messages` compiles what changed. With `--check FOLDER` it compares the catalogues with
FOLDER, where `bin/messages --check` has just collected every sentence of the source.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUES = "*/locale/*/LC_MESSAGES/django.po"
MOST_SHOWN = 40
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def compile_all() -> int:
    """Compile each catalogue that is newer than its compiled form; return how many were."""
    compiled = 0
    for source in PACKAGE.glob(CATALOGUES):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            compiled += 1
    return compiled


def gaps(collected: Path) -> Iterator[str]:
    """Yield what each catalogue lacks: sentences without translation, doubtful ones, ones no longer said."""
    for fresh_file in sorted(collected.glob(CATALOGUES)):
        name = fresh_file.relative_to(collected)
        fresh = polib.pofile(str(fresh_file))
        said = {(entry.msgctxt, entry.msgid) for entry in fresh}
        for entry in fresh:
            if entry.fuzzy:
                yield f"preau/{name}: doubtful (fuzzy): {entry.msgid!r}"
            elif not entry.translated():
                yield f"preau/{name}: not translated: {entry.msgid!r}"
        kept = PACKAGE / name
        for entry in polib.pofile(str(kept)) if kept.exists() else ():
            if (entry.msgctxt, entry.msgid) not in said:
                yield f"preau/{name}: no longer said, run bin/messages: {entry.msgid!r}"


def disagreements(catalogues: Iterable[Path]) -> Iterator[str]:
    """
    Yield the sentences that two catalogues of one language translate in two ways, and lost placeholders.

    Catalogues are merged when they are read: of two translations of a sentence only one is ever shown, in all
    apps. Where two things are meant, `pgettext` says which.
    """
    first: dict[tuple[str, str | None, str], tuple[str, str]] = {}
    for catalogue in sorted(catalogues):
        app, _locale, language = catalogue.parts[-5:-2]
        for entry in polib.pofile(str(catalogue)):
            told = list(entry.msgstr_plural.values()) or [entry.msgstr]
            other, words = first.setdefault((language, entry.msgctxt, entry.msgid), (app, told[0]))
            if words != told[0]:
                yield f"{language}: {entry.msgid!r} is {words!r} in {other} and {told[0]!r} in {app}"
            holes = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
            if any(told) and set(PLACEHOLDER.findall("".join(told))) != holes:
                yield f"preau/{app} {language}: other placeholders than in {entry.msgid!r}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--check"]:
        found = [*gaps(Path(sys.argv[2])), *disagreements(PACKAGE.glob(CATALOGUES))]
        sys.exit("\n".join([*found[:MOST_SHOWN], f"{len(found)} sentences to look at."]) if found else 0)
    compile_all()
