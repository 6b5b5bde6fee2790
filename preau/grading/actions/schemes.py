"""Keeping the school's schemes. What was computed under a scheme keeps it: a change makes a new one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.events import announce
from preau.kit.memory import forget_what_changed
from preau.kit.refusals import Refusal
from preau.kit.traces import TracedAct
from preau.people.models import Person
from preau.trail.actions import note

from ..events import SchemeFollowed
from ..models import CategoryWeight, CourseResult, Scheme, TokenRule

A_DAY = timedelta(days=1)


class SchoolNeedsAScheme(Refusal):
    words = _("The school's own scheme cannot end: change it instead.")


KEEP_SCHEME = TracedAct("grading.keep_scheme", _("kept the scheme %(subject)s"))


@transaction.atomic
def keep_scheme(
    *,
    scheme: Scheme | None,
    facts: Mapping[str, Any],
    categories: Mapping[int, Decimal],
    tokens: Mapping[int, str],
    starts_on: date,
    by: Person | None,
    at: datetime,
) -> Scheme:
    """
    Make a scheme, or change one from a day on.

    A scheme that has already served (frozen results, earlier days) is ended and followed by a new one, so
    that what was computed under it can always be explained. From the day chosen on the change holds, also
    where that is before the scheme's own first day.

    :param facts: the fields of `Scheme` but its dates
    :param categories: the weight of each kind of assessment, by key; empty for none
    :param tokens: what tokens do where that differs from usual, by key
    """
    follows = scheme is not None and (scheme.starts_on < starts_on or _has_served(scheme))
    kept = Scheme() if scheme is None or follows else scheme
    ends_on = scheme.ends_on if scheme is not None and (scheme.ends_on or starts_on) > starts_on else None
    if scheme is not None:
        _make_room(scheme, starts_on)
    for name, value in facts.items():
        setattr(kept, name, value)
    kept.starts_on, kept.ends_on = starts_on, ends_on
    kept.save()
    if scheme is not None and follows:
        announce(SchemeFollowed(scheme.pk, kept.pk))
    _weigh(kept, categories)
    _settle_tokens(kept, tokens)
    forget_what_changed()
    note(KEEP_SCHEME, by=by, subject=kept.name, starts_on=starts_on.isoformat())
    return kept


def _weigh(scheme: Scheme, categories: Mapping[int, Decimal]) -> None:
    """Say what each kind of assessment weighs under a scheme."""
    scheme.category_weights.all().delete()
    CategoryWeight.objects.bulk_create(
        CategoryWeight(scheme=scheme, category_id=key, weight=weight) for key, weight in categories.items()
    )


def _settle_tokens(scheme: Scheme, tokens: Mapping[int, str]) -> None:
    """Say what tokens do under a scheme."""
    scheme.token_rules.all().delete()
    TokenRule.objects.bulk_create(
        TokenRule(scheme=scheme, token_id=key, effect=effect) for key, effect in tokens.items()
    )


def _make_room(scheme: Scheme, starts_on: date) -> None:
    """
    End on a day what a changed scheme replaces: itself, and what came before it for the same part of the
    school. Of those that begin later, and have served, the one made last holds.
    """
    same = Scheme.objects.filter(year_level=scheme.year_level_id, form=scheme.form, course=scheme.course_id)
    until = Q(ends_on=None) | Q(ends_on__gt=starts_on)
    same.filter(until, starts_on__lt=starts_on, pk__lte=scheme.pk).update(ends_on=starts_on)


END_SCHEME = TracedAct("grading.end_scheme", _("ended the scheme %(subject)s"))


@transaction.atomic
def end_scheme(*, scheme: Scheme, on: date, by: Person, at: datetime) -> None:
    """
    Let a scheme end: what it was for goes back to the scheme above.

    :raises SchoolNeedsAScheme: for the scheme of the school itself
    """
    if scheme.is_of_the_school:
        raise SchoolNeedsAScheme
    if scheme.starts_on >= on and not _has_served(scheme):
        scheme.delete()
    else:
        scheme.ends_on = max(on, scheme.starts_on + A_DAY)
        scheme.save(update_fields=["ends_on"])
    forget_what_changed()
    note(END_SCHEME, by=by, subject=scheme.name)


def _has_served(scheme: Scheme) -> bool:
    return CourseResult.objects.filter(scheme=scheme, computed_at__isnull=False).exists()
