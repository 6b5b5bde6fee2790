"""What ties and duties are called, in the language of the moment."""

from datetime import timedelta
from typing import Any

from django.utils import formats
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from preau.people.models import Duty

SCOPES_NAMED = 6


def span_of(tie: Any) -> str:
    """Return from when to when a tie holds. Its end is excluded, the last day told is counted in."""
    start = formats.date_format(tie.starts_on, "SHORT_DATE_FORMAT")
    if not tie.ends_on:
        return _("since %(start)s") % {"start": start}
    last = formats.date_format(tie.ends_on - timedelta(days=1), "SHORT_DATE_FORMAT")
    return _("from %(start)s to %(end)s") % {"start": start, "end": last}


def scope_of(duty: Duty) -> str:
    """Return the part of the school a duty is held for; nothing where it is all of it."""
    scopes = list(duty.scopes.all())
    if len(scopes) > SCOPES_NAMED:
        return ngettext("%(n)s class", "%(n)s classes", len(scopes)) % {"n": len(scopes)}
    return ", ".join(
        scope.class_group.name if scope.class_group else scope.year_level.code if scope.year_level else ""
        for scope in scopes
    )


def duty_with_scope(duty: Duty) -> SafeString:
    """Draw the name of a duty, with the part of the school it is held for."""
    return format_html("{}{}", duty.get_kind_display(), soft_scope(duty))


def soft_scope(duty: Duty) -> SafeString | str:
    scope = scope_of(duty)
    return format_html(' <span class="soft small">{}</span>', scope) if scope else ""
