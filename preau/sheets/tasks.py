"""The long work of sheets."""

from django.utils.translation import gettext_lazy as _

from preau.work.declared import long_work
from preau.work.models import Work

from . import actions
from .queries import BOOKS
from .rules import may_take_books


@long_work(
    BOOKS,
    ready=_("Everything is in one archive. It stays here until you order another."),
    open_to=may_take_books,
)
def make_books(work: Work) -> None:
    actions.make_books(work=work)
