"""What report cards hang on the pages of others."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

from preau.kit import clock
from preau.kit.counted import called
from preau.kit.dossier import Tables, contributes
from preau.kit.modules import closed_to
from preau.kit.retention import lets_go
from preau.kit.slots import offer
from preau.people.merging import hinders
from preau.people.models import Person
from preau.people.ties import kept_when
from preau.structure.models import Tutorship
from preau.structure.queries import years_long_over

from . import queries
from .actions.erasing import erase_cards
from .models import Hold, ReportCard, TutorWord


@offer("today.child", rank=20)
def waiting_card(request: Any, child: Person) -> str | None:
    """Tell the pupil or the parent that a report card is there, until it is read and acknowledged."""
    if not hasattr(request, "waiting_cards"):
        closed = "report_cards" in closed_to(request.person)
        request.waiting_cards = {} if closed else queries.waiting_cards(request.person)
    waiting = request.waiting_cards.get(child.pk)
    if waiting is None:
        return None
    context = {"waiting": waiting, "card": waiting.card, "is_own": child.pk == request.person.pk}
    return render_to_string("report_cards/_waiting.html", context, request)


@contributes("report_cards")
def report_cards(person: Person) -> Tables:
    """Give the cards of a pupil, and what was written and decided for them, to whoever takes it away."""
    return queries.held_about(person)


def _wrote_to_the_class() -> Q:
    words = TutorWord.objects.filter(
        written_by=OuterRef("tutor"), pupil__enrolments__class_group=OuterRef("class_group")
    )
    return Q(starts_on__lte=clock.today()) & Q(Exists(words))


kept_when(Tutorship, _wrote_to_the_class)


@hinders
def signed_cards(gone: Person, kept: Person) -> Iterator[str]:
    """Keep the record under which report cards are signed."""
    if ReportCard.objects.filter(pupil=gone).exists():
        words = _(
            "Report cards are signed under the record of %(name)s: keep that one, merge the other into it."
        )
        yield words % {"name": gone.full_name}


called(ReportCard, ngettext_lazy("%(count)d report card", "%(count)d report cards", "count"))
called(Hold, ngettext_lazy("%(count)d report card that waits", "%(count)d report cards that wait", "count"))
called(
    TutorWord, ngettext_lazy("%(count)d word of the titulaire", "%(count)d words of the titulaire", "count")
)


TEN_YEARS = 10 * 365
AFTER_THE_YEAR = gettext_lazy("since the end of the school year")


@lets_go(
    "report_cards.cards",
    gettext_lazy("Report cards, with their documents and who read them"),
    days=TEN_YEARS,
    least=TEN_YEARS,
    since=AFTER_THE_YEAR,
    whose=("pupil",),
    erases=erase_cards,
    awaits_decision=True,
)
def cards_of_old_years(before: datetime) -> QuerySet[ReportCard]:
    years = years_long_over(before.date())
    cards: QuerySet[ReportCard] = ReportCard.objects.filter(period__school_year__in=years)
    return cards


@lets_go(
    "report_cards.words",
    gettext_lazy("Words of the titulaire; those on report cards stay with the cards"),
    days=2 * 365,
    least=365,
    since=AFTER_THE_YEAR,
    whose=("pupil",),
    awaits_decision=True,
)
def words_of_old_years(before: datetime) -> QuerySet[TutorWord]:
    return TutorWord.objects.filter(period__school_year__in=years_long_over(before.date()))
