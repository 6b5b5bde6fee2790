"""Lists as people meet them: a table on a screen, cards on a phone, a sheet to print, a file to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils import formats
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from preau.kit.events import announce
from preau.kit.lists.columns import Column, Content, Listing, Phone
from preau.kit.lists.filters import FilterForm
from preau.kit.lists.pages import FILE, PAGE, SORT, ListPage, ListReading, Order, Sight
from preau.kit.tables import download

from . import pieces

WHOLE_SCHOOL = "school"
"""The place of a list of pupils that belongs to no class and no group."""
FILES = (("xlsx", "Excel"), ("ods", "OpenDocument"), ("csv", "CSV"))


@dataclass(frozen=True)
class ListTaken:
    """Somebody took away a list of persons in a file."""

    listing: str
    title: str
    format: str
    count: int
    by_id: int
    place: str = ""
    """What the whole list belongs to, a class or a group; the school, where it is of pupils and to none."""


@dataclass(frozen=True)
class ListSeen:
    """Somebody looked at a list of pupils of the whole school on a screen."""

    title: str
    by_id: int
    place: str


def answer_list(
    request: HttpRequest,
    listing: Listing[Any, Any],
    records: QuerySet[Any] | Sequence[Any],
    *,
    form: FilterForm | None = None,
    subject: Model | None = None,
    template: str = "design/list.html",
    status: int = 200,
    **context: Any,
) -> HttpResponseBase:
    """
    Answer with a page of a list, or with all of it as a file (`?file=xlsx`), as its reader may see it.

    An address that is not understood gives no file: the page says what was not.

    :param subject: what the whole list belongs to, for columns whose rule is about it
    :param context: what the template needs besides `page`
    """
    reader = getattr(request, "person", None)
    reading = ListReading(listing, records, reader=reader, asked=request.GET, form=form, subject=subject)
    if reading.format:
        return _taken(reading, str(subject or listing.title), subject)
    if listing.is_of_pupils and subject is None and reader:
        announce(ListSeen(str(listing.title), reader.pk, WHOLE_SCHOOL))
    page: HttpResponse = render(request, template, {"page": reading.page(), **context}, status=status)
    return page


def _taken(reading: ListReading[Any, Any], title: str, subject: Model | None) -> HttpResponseBase:
    titles, rows = reading.in_file()
    if reading.listing.holds_persons:
        place = WHOLE_SCHOOL if reading.listing.is_of_pupils else ""
        if subject:
            place = f"{subject._meta.model_name}:{subject.pk}"
        count, by = len(rows), reading.reader.pk
        announce(ListTaken(reading.listing.key, title, reading.format, count, by, place))
    return download(title, titles, rows, suffix=reading.format)


# ---- The table of a screen ----


def table(page: ListPage[Any], rows: Iterable[Any] | None = None) -> SafeString:
    """Draw the rows of a page, or some of them. Roles are written out: a card on a phone is still a row."""
    columns = [_Cells(column, page) for column in page.sight.columns]
    first = page.slice.start_index()
    numbered = enumerate(page.rows if rows is None else rows, start=first)
    body = format_html_join("", "{}", ((_row(page, columns, row, number),) for number, row in numbered))
    return format_html(
        '<div class="table-wrap"><table class="table as-cards" role="table"><thead role="rowgroup">{}</thead>'
        '<tbody role="rowgroup">{}</tbody></table></div>',
        _head(page),
        body,
    )


def _head(page: ListPage[Any]) -> SafeString:
    cells = [_heading(column, page) for column in page.sight.columns]
    if page.listing.is_numbered:
        cells.insert(0, _titled(gettext("No."), "figure tick"))
    if page.listing.ticks:
        cells.insert(0, _tick_all())
    return format_html('<tr role="row">{}</tr>', format_html_join("", "{}", ((cell,) for cell in cells)))


def _titled(content: Any, classes: str = "", **more: Any) -> SafeString:
    return format_html(
        '<th role="columnheader" scope="col"{}>{}</th>',
        pieces.attributes({"class": classes, **more}),
        content,
    )


def _heading(column: Column[Any], page: ListPage[Any]) -> SafeString:
    if not column.label:
        return format_html('<td role="cell">{}</td>', "")
    classes = _align(column)
    if not column.sort:
        return _titled(column.label, classes)
    is_here = page.order.key == column.key
    is_upwards = is_here and not page.order.is_downwards
    arrow = pieces.icon("arrow-up" if is_upwards else "arrow-down", "icon-small") if is_here else ""
    href = _asking(page, sort=str(Order(column.key, is_upwards)))
    link = format_html('<a class="sort" href="{}">{}{}</a>', href, column.label, arrow)
    sorted_now = ("ascending" if is_upwards else "descending") if is_here else "none"
    return _titled(link, classes, aria_sort=sorted_now)


def _asking(page: ListPage[Any], **changed: str) -> str:
    """Return the address of this list with something else asked; what it asks stays, but for the page."""
    query = page.asked.copy() if isinstance(page.asked, QueryDict) else QueryDict(mutable=True)
    for name in (PAGE, FILE):
        query.pop(name, None)
    for name, value in changed.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _tick_all() -> SafeString:
    label = gettext("Tick them all")
    return _titled(format_html('<input type="checkbox" aria-label="{}" data-all>', label), "tick")


NAME = '<th role="rowheader" scope="row"{}>', "</th>"
CELL = '<td role="cell"{}>', "</td>"
LINE = '<td role="cell"{}><div>', "</div></td>"


class _Cells:
    """The cells of a column: what stands around the content of each is written once."""

    def __init__(self, column: Column[Any], page: ListPage[Any]) -> None:
        self.column, self.sight = column, page.sight
        self.address = page.sight.addresses(column)
        is_name = column is page.listing.columns[0]
        is_line = column.phone is Phone.LINE and not is_name
        phone = "" if is_line or is_name else f"phone-{column.phone.value}"
        kind = pieces.classes(_align(column), column.look, phone)
        label = column.label if is_line else ""
        attributes = pieces.attributes({"class": kind, "data_label": label})
        empty = NAME if is_name else CELL
        self.empty, self.filled = (
            (format_html(before, attributes), after) for before, after in (empty, LINE if label else empty)
        )

    def draw(self, row: Any) -> str:
        """Draw the cell of a row: only its content is escaped anew, a list has hundreds of them."""
        content = _content(self.column, row, self.address) if self.sight.sees(self.column, row) else ""
        before, after = self.filled if content != "" else self.empty
        return f"{before}{conditional_escape(content)}{after}"


def _row(page: ListPage[Any], columns: Sequence[_Cells], row: Any, number: int) -> SafeString:
    before: list[SafeString] = []
    if ticks := page.listing.ticks:
        box = '<td role="cell" class="tick"><input type="checkbox" name="{}" value="{}" aria-label="{}"></td>'
        before.append(format_html(box, ticks.name, ticks.value(row), ticks.label(row)))
    if page.listing.is_numbered:
        before.append(format_html('<td role="cell" class="figure tick soft">{}</td>', number))
    look = ' class="is-past"' if page.listing.is_faded(row) else ""
    drawn = "".join([*before, *(cells.draw(row) for cells in columns)])
    return SafeString(f'<tr role="row"{look}>{drawn}</tr>')


def _align(column: Column[Any]) -> str:
    match column.content:
        case Content.NUMBER:
            return "figure"
        case Content.DAY | Content.MOMENT:
            return "number"
        case _:
            return ""


def _content(column: Column[Any], row: Any, href: Callable[[Model | None], str]) -> Any:
    if column.drawn:
        return column.drawn(row, href)
    words = written(column, row)
    record = next(iter(column.links[0].to(row)), None) if column.links else None
    return linked(words, href(record))


def linked(words: Any, href: str, classes: str = "") -> SafeString:
    """Draw words that lead somewhere, or only the words where nothing opens."""
    if not href:
        return conditional_escape(words)
    kind = pieces.attributes({"class": classes}) if classes else ""
    return format_html('<a{} href="{}">{}</a>', kind, href, words)


def written(column: Column[Any], row: Any) -> Any:
    """Write a value as people read it."""
    value: Any = column.value(row)
    if value is None or value == "":
        return ""
    match column.content:
        case Content.NUMBER:
            return pieces.cote(value)
        case Content.DAY:
            return formats.date_format(value, "SHORT_DATE_FORMAT")
        case Content.MOMENT:
            return format_html('<time datetime="{}">{}</time>', value.isoformat(), pieces.moment(value))
        case _:
            return value


# ---- The sheet of paper ----


def paper(sight: Sight[Any], blanks: int = 0) -> SafeString:
    """Draw all rows to be printed, with empty columns to fill by hand."""
    empty = format_html_join("", "<td>{}</td>", (("",) for _ in range(blanks)))
    columns = [(column, format_html('class="{}"', _align(column))) for column in sight.columns]
    titles = format_html_join(
        "", '<th scope="col" {}>{}</th>', ((kind, column.label) for column, kind in columns)
    )
    number = '<th scope="col" class="figure tick">{}</th>'
    lines = format_html_join(
        "",
        '<tr><td class="figure">{}</td>{}{}</tr>',
        ((place, _printed(sight, columns, row), empty) for place, row in enumerate(sight.rows, start=1)),
    )
    return format_html(
        '<div class="table-wrap"><table class="table sheet-of-paper"><thead><tr>{}{}{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        format_html(number, gettext("No.")),
        titles,
        empty,
        lines,
    )


def _printed(sight: Sight[Any], columns: Sequence[tuple[Column[Any], SafeString]], row: Any) -> SafeString:
    cells = ((kind, written(column, row) if sight.sees(column, row) else "") for column, kind in columns)
    return format_html_join("", "<td {}>{}</td>", cells)


# ---- What stands around it ----


def files_menu(page: ListPage[Any]) -> SafeString:
    """Draw the button that offers the list in a file."""
    offers = ((_asking(page, file=suffix), name) for suffix, name in FILES)
    return format_html_join("", '<a href="{}" download>{}</a>', offers)


def kept(page: ListPage[Any]) -> SafeString:
    """Draw what a filter keeps of the address: how the list is sorted."""
    sort = page.asked.get(SORT, "")
    return format_html('<input type="hidden" name="sort" value="{}">', sort) if sort else pieces.NOTHING


def not_understood(page: ListPage[Any]) -> str:
    """Say which parts of the address nobody understands."""
    if not page.not_understood:
        return pieces.NOTHING
    said = format_html_join(
        "; ", "{}: <b>{}</b>", ((part.label, part.said or "–") for part in page.not_understood)
    )
    words = gettext("Not understood, and left out:")
    return pieces.note(format_html("<p>{} {}.</p>", words, said), "warning")
