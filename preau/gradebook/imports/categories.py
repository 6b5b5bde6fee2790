"""The categories of assessment a file names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from preau.grading.models import Category
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.structure.models import ReportPeriod


class Categories:
    """The categories of the school, found by what people call them."""

    def __init__(self) -> None:
        self._all = list(Category.objects.all())

    def called(self, said: str) -> Category:
        """
        Return the category with this code or name, else the first that feeds the part of the result.

        :raises Wrong: when there is none; it names those there are
        """
        wanted = plain(said)
        for category in self._all:
            if wanted in {plain(category.code), plain(category.name)}:
                return category
        for category in self._all:
            if wanted in {plain(category.component), plain(str(category.get_component_display()))}:
                return category
        known = ", ".join(category.code for category in self._all)
        raise Wrong(
            _("There is no category “%(said)s”.") % {"said": said},
            _("Write one of: %(known)s.") % {"known": known},
            "category",
        )

    def usual(self, period: ReportPeriod) -> Category:
        """Return the category of what has none in a file: examination in a period of examinations."""
        component = Category.Component.DAILY_WORK
        if period.kind == ReportPeriod.Kind.EXAM:
            component = Category.Component.EXAM
        return next((each for each in self._all if each.component == component), self._all[0])
