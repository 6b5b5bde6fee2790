"""The long work of report cards."""

from django.utils.translation import gettext_lazy as _

from preau.work.declared import long_work
from preau.work.models import Work

from . import actions
from .models import Build
from .rules import prepares


@long_work("report_cards.build", ready=_("The %(total)s report cards are ready."), followed_by=prepares)
def make_report_cards(work: Work) -> None:
    build = Build.objects.select_related("period__school_year", "work__asked_by").get(work=work)
    actions.make_ordered(build=build)
