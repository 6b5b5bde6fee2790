"""The long work of report cards, done aside."""

from preau.kit.jobs import job

from . import actions
from .models import Build


@job
def make_report_cards(build_id: int) -> None:
    build = Build.objects.select_related("period__school_year", "by").get(pk=build_id)
    actions.carry_out(build)
