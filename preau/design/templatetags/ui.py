"""The components of our pages. See them all, in every state, at /design/."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.base import Node, Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext

from preau.design import elements, fields, lists, pieces
from preau.design.context import address_of
from preau.design.queue import queue_state
from preau.design.spark import spark as draw_spark
from preau.kit.sendings import TOKEN, new_token

register = template.Library()

register.simple_tag(pieces.asset)
register.simple_tag(pieces.avatar)
register.simple_tag(pieces.person_line)
register.simple_tag(pieces.progress_bar)
register.filter(pieces.moment)
register.simple_tag(fields.field)
register.simple_tag(fields.fields)
register.simple_tag(fields.form_errors)
register.simple_tag(draw_spark, name="spark")
register.simple_tag(queue_state)


@register.simple_tag
def icon(name: str, size: str = "") -> str:
    return pieces.icon(name, size and f"icon-{size}")


@register.simple_tag
def button(
    label: Any, href: str = "", icon: str = "", tone: str = "", small: Any = False, **more: Any
) -> str:
    return pieces.button(label, href, tone, small, icon, **more)


@register.simple_tag
def badge(words: Any, tone: str = "", icon: str = "") -> str:
    return pieces.badge(words, tone, icon)


@register.simple_block_tag
def note(content: str, tone: str = "", icon: str = "") -> str:
    return pieces.note(content, tone, icon)


@register.simple_block_tag
def card(
    content: str,
    title: Any = "",
    icon: str = "",
    href: str = "",
    link: Any = "",
    tone: str = "",
    id: str = "",
    flush: Any = False,
    aside: Any = "",
) -> str:
    """Draw a box that can be read or acted on apart. With an id and a title it is a region of the page."""
    head = pieces.NOTHING
    if title or link:
        named = format_html("<h2{}>{}</h2>", pieces.attributes({"id": id and f"{id}-title"}), title)
        more = (
            format_html('<a class="card-link" href="{}">{}</a>', href, link)
            if href and link
            else pieces.NOTHING
        )
        said = format_html('<span class="card-aside">{}</span>', aside) if aside else pieces.NOTHING
        head = format_html('<div class="card-head">{}{}{}{}</div>', pieces.icon(icon), named, said, more)
    return format_html(
        '<section class="{}"{}>{}<div class="card-body">{}</div></section>',
        pieces.classes("card", tone and f"card-{tone}", "card-flush" if flush else ""),
        pieces.attributes({"id": id, "aria-labelledby": id and title and f"{id}-title"}),
        head,
        content,
    )


@register.simple_block_tag
def empty(content: str, title: Any, icon: str = "") -> str:
    return format_html(
        '<div class="empty">{}<p class="empty-title">{}</p><div class="empty-words">{}</div></div>',
        pieces.icon(icon, "icon-large"),
        title,
        SafeString(content.strip()),
    )


@register.inclusion_tag("design/components/tabs.html")
def tabs(items: Any, label: Any = "") -> dict[str, Any]:
    return {"items": items, "label": label}


@register.inclusion_tag("design/components/pager.html", takes_context=True)
def pager(context: Context, page: Any) -> dict[str, Any]:
    """Draw the ways to the previous and the next page; whatever else the address asks stays."""
    query = context["request"].GET.copy() if "request" in context else None

    def address(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_block_tag
def dialog(content: str, id: str, title: Any, opened: Any = False) -> str:
    """Draw the browser's own dialog. `opened` opens it with the page: a form in it came back with reasons."""
    close = format_html(
        '<button class="icon-button" type="button" command="close" commandfor="{}" aria-label="{}">'
        "{}</button>",
        id,
        gettext("Close"),
        pieces.icon("x"),
    )
    return format_html(
        '<dialog class="dialog" id="{}" aria-labelledby="{}-title"{}>'
        '<div class="dialog-head"><h2 id="{}-title">{}</h2>{}</div>'
        '<div class="dialog-body">{}</div></dialog>',
        id,
        id,
        pieces.attributes({"data_opened": bool(opened)}),
        id,
        title,
        close,
        content,
    )


@register.simple_tag
def opener(
    dialog_id: str, label: Any, icon: str = "", tone: str = "", small: Any = False, **more: Any
) -> str:
    """Draw the button that opens a dialog."""
    tied = {"type": "button", "command": "show-modal", "commandfor": dialog_id, "aria-haspopup": "dialog"}
    return pieces.button(label, "", tone, small, icon, **tied, **more)


@register.simple_tag
def great_act(label: Any, href: str, icon: str = "", tone: str = "", small: Any = False, **more: Any) -> str:
    """Draw the way to a great act: its question opens over the page, or as a page without scripts."""
    asks = {"hx_get": href, "hx_target": "#question", "hx_swap": "innerHTML"}
    return pieces.button(label, href, tone, small, icon, **asks, **more)


@register.simple_block_tag
def menu(content: str, id: str, label: Any, icon: str = "", tone: str = "", small: Any = False) -> str:
    """Draw a button and the browser's own popover that it opens, with links or buttons in it."""
    return format_html(
        '<div class="menu-spot">{}<div class="menu" id="{}" popover>{}</div></div>',
        pieces.button(
            label, "", pieces.classes(tone), small, icon or "chevron-down", type="button", popovertarget=id
        ),
        id,
        content,
    )


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, label: Any = "") -> str:
    """Draw the form above a list. What is chosen applies at once; without scripts there is a button."""
    return format_html(
        '<auto-submit><form class="filters" method="get" role="search" aria-label="{}">'
        "{}{}</form></auto-submit>{}",
        label or gettext("Filter this list"),
        content,
        pieces.button(gettext("Show"), mark="filter", name=""),
        elements.script("design/elements/auto-submit.js", context),
    )


@register.simple_tag(takes_context=True)
def list_head(context: Context, page: Any) -> str:
    """Draw what one looks for in a list, and what of its address was not understood."""
    told = lists.not_understood(page)
    if page.form is None:
        return told
    drawn = format_html_join("", "{}", ((fields.field(bound),) for bound in page.form))
    return format_html("{}{}", told, filters(context, format_html("{}{}", drawn, lists.kept(page))))


@register.simple_block_tag
def list_table(content: str, page: Any) -> str:
    """Draw the rows of a list, or where there are none what it will show; the content says what to do now."""
    if not page.rows:
        nothing = page.listing.empty
        return empty(content.strip() or format_html("<p>{}</p>", nothing.words), nothing.title, nothing.icon)
    return lists.table(page)


@register.simple_tag
def list_part(page: Any, part: Any) -> str:
    """Draw the rows of one part of a list."""
    return lists.table(page, part.rows)


@register.simple_tag
def list_paper(sight: Any, blanks: int = 0) -> str:
    return lists.paper(sight, blanks)


@register.simple_tag
def list_files(page: Any) -> str:
    """Draw the button that offers a list in a file."""
    return menu(lists.files_menu(page), "files", gettext("Export")) if page.rows and page.is_offered else ""


@register.inclusion_tag("design/components/kept_text.html")
def kept_text(form: Any, address: str, id: Any, label: str) -> dict[str, Any]:
    """
    Draw a text that is kept as one types it (`kit.texts.TextForm`). Its page has a `<label for="text-…">`.

    :param id: what tells it from the others of the page
    :param label: what it is called in the list of what is not kept
    """
    text = form["text"]
    told = {"id": f"text-{id}", "class": "input written", "aria-describedby": f"text-{id}-says"}
    if text.errors:
        told["aria-invalid"] = "true"
    return {"form": form, "address": address, "id": id, "label": label, "text": text.as_widget(attrs=told)}


@register.simple_tag
def kept_count(words: Any, written: int, total: int) -> str:
    """Say how many texts of a page are written (`%(written)s`, `%(total)s`); it follows what is kept."""
    said = str(words) % {"written": written, "total": total}
    return format_html('<kept-count data-words="{}">{}</kept-count>', words, said)


@register.simple_tag(takes_context=True)
def element(context: Context, name: str) -> str:
    """Load a custom element by the name of its module."""
    return elements.script(name, context)


@register.simple_tag(takes_context=True)
def element_map(context: Context) -> str:
    """Let our modules import each other by name, whatever names their files were given."""
    return elements.import_map(context)


@register.simple_tag
def address(name: str) -> str:
    """Return an address of the house by its name, nothing where it is not: design stands below every app."""
    return address_of(name)


@register.simple_tag
def standing_notices() -> str:
    """Draw what the page may have to say by itself: the line is cut, a thing is gone, we broke."""
    return _standing_notices(get_language())


@lru_cache
def _standing_notices(language: str) -> str:
    return render_to_string("design/_standing_notices.html")


class _Tokens(CsrfTokenNode):
    """What every form that is sent carries: the token against forgery, and the one that makes twice once."""

    def render(self, context: Context) -> SafeString:
        return format_html(
            '{}<input type="hidden" name="{}" value="{}">', super().render(context), TOKEN, new_token()
        )


@register.tag
def csrf_token(parser: Parser, token: Token) -> Node:
    return _Tokens()


@register.filter
def cote(value: Any, places: int | None = None) -> str:
    return pieces.cote(value, places)


@register.filter
def side_by_side(words: Iterable[str], longest: int) -> str:
    """Return examples in one line, each cut at `longest` signs."""
    return " · ".join(Truncator(word).chars(longest) for word in words)
