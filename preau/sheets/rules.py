"""
Who takes a gradebook away on paper, and who brings grades from a file.

A sheet and a list of the class leave with whoever reads the gradebook (`preau.gradebook.rules`).
"""

from django.utils.translation import gettext_lazy as _

from preau.gradebook.rules import leads
from preau.kit.access import ITSELF
from preau.kit.subjects import told_under
from preau.people.relations import is_the
from preau.people.subjects import LEAVING
from preau.structure.models import CourseGroup
from preau.structure.relations import is_a_teacher, teaches

from .models import SheetFile

may_bring_file = (teaches("group") & is_the("by", _("and brought the file"))).over(SheetFile)
"""May decide about a file brought to a sheet, and put it in."""

may_take_book = (teaches(ITSELF) | leads).over(CourseGroup)
"""May take the gradebook of a year away, with all that it says of every pupil."""
may_take_books = is_a_teacher | leads

told_under(LEAVING, may_take_book, _("The gradebook of a year, on paper"))
