"""What came in before, and the lines of a report."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from preau.design import pieces
from preau.kit.lists.columns import AddressOf, Column, Content, Empty, Link, Listing, Phone

from .models import ImportLine, ImportRun
from .rules import may_read_run

# ---- The files that came in ----

STAGES = {"APPLIED": ("good", "check"), "REFUSED": ("bad", "x"), "CHECKED": ("accent", "")}


def stage_badge(run: ImportRun) -> str:
    """Draw how far the import of a file has come."""
    tone, icon = ("info", "hourglass") if run.is_busy else STAGES.get(run.stage, ("", ""))
    return pieces.badge(run.get_stage_display(), tone, icon)


runs: Listing[ImportRun, ImportRun] = Listing(
    "exchange.runs",
    _("What came in before"),
    (
        Column(
            "file",
            _("File"),
            lambda run: run.source_name,
            links=(Link("exchange:run", lambda run: [run], may_read_run),),
            sort=("source_name",),
        ),
        Column("kind", _("Brings"), lambda run: capfirst(str(run.kind_label))),
        Column("at", _("When"), lambda run: run.at, Content.MOMENT, sort=("at",)),
        Column("by", _("By"), lambda run: run.by.full_name if run.by else gettext("console")),
        Column("new", _("New"), lambda run: run.counts.get("new"), Content.NUMBER),
        Column("changed", _("Changed"), lambda run: run.counts.get("changed"), Content.NUMBER),
        Column(
            "stage",
            _("State"),
            lambda run: run.get_stage_display(),
            drawn=lambda run, href: stage_badge(run),
            phone=Phone.BESIDE,
        ),
    ),
    ngettext_lazy("%(n)s file", "%(n)s files", "n"),
    Empty(
        _("No file has come in yet"),
        "file-import",
        _(
            "Choose a list of pupils to begin: an export of ProEco, or any table with one line for each"
            " pupil."
        ),
    ),
    sorted_by="-at",
    page_size=20,
    holds_persons=False,
)


# ---- The lines of a report ----


def _column(line: ImportLine, href: AddressOf) -> SafeString | str:
    if not line.file:
        return line.column
    return format_html('<span class="soft small">{}</span> {}', line.file, line.column)


def _wrong(line: ImportLine, href: AddressOf) -> SafeString | str:
    if not line.remedy:
        return line.wrong
    return format_html('{}<br><span class="soft">{}</span>', line.wrong, line.remedy)


def _change(label: str, old: str, new: str) -> SafeString:
    before = format_html("<del>{}</del> → ", old) if old else ""
    after = (
        format_html("<b>{}</b>", new)
        if new
        else format_html('<span class="soft">{}</span>', gettext("nothing"))
    )
    said = '<span class="change"><span class="soft">{}</span> {}{}</span>'
    return format_html(said, label, before, after)


def _changes(line: ImportLine, href: AddressOf) -> SafeString:
    return format_html_join(" ", "{}", ((_change(*change),) for change in line.changes))


def _changes_said(line: ImportLine) -> str:
    return "; ".join(
        f"{label}: {old} → {new}" if old else f"{label}: {new}" for label, old, new in line.changes
    )


LINE: Column[ImportLine] = Column("line", _("Line"), lambda line: line.line, Content.NUMBER, sort=("line",))
SUBJECT: Column[ImportLine] = Column(
    "subject", _("Who or what"), lambda line: line.subject, sort=("subject",)
)
COUNTED = ngettext_lazy("%(n)s line", "%(n)s lines", "n")
NO_LINE = Empty(_("No line holds these words"), "search")

wrong_lines: Listing[ImportLine, ImportLine] = Listing(
    "exchange.wrong_lines",
    _("Import"),
    (
        LINE,
        Column("column", _("Column"), lambda line: line.column, drawn=_column),
        SUBJECT,
        Column("wrong", _("What is wrong, and what to do"), lambda line: line.wrong, drawn=_wrong),
    ),
    COUNTED,
    NO_LINE,
)
brought_lines: Listing[ImportLine, ImportLine] = Listing(
    "exchange.brought_lines",
    _("Import"),
    (LINE, SUBJECT, Column("changes", _("Changes"), _changes_said, drawn=_changes, look="small")),
    COUNTED,
    NO_LINE,
)
