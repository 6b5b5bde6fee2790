"""
Who brings files in.

The secretariat, the direction and the system administrator do. Grades leave with those who read them on
screen, and nobody else. What a file said of people is read again by
those who keep the register of persons, and by the one who brought it.
"""

from django.utils.translation import gettext_lazy as _

from preau.gradebook.rules import leads
from preau.kit.access import ITSELF
from preau.kit.clauses import Clause
from preau.kit.subjects import told_under
from preau.people.models import Duty
from preau.people.relations import holds, is_the
from preau.people.rules import may_manage_people
from preau.people.subjects import LEAVING
from preau.structure.models import CourseGroup
from preau.structure.relations import teaches

from .models import ImportRun

may_import = holds(Duty.Kind.SECRETARY, Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.ADMINISTRATOR)
"""May bring in a file and see the history of imports."""

may_export = leads
"""May take the grades of the school away as a bundle for another program: who reads them all on screen."""

may_export_group = (teaches(ITSELF) | leads).over(CourseGroup)
"""May take those of one course group away: who reads every row of its gradebook."""

may_read_run = (
    may_manage_people
    | may_import & is_the("by", Clause(_("and brought the file"), _("if they brought the file")))
).over(ImportRun)
"""May read the report of an import, apply it or give it up."""

told_under(LEAVING, may_export, _("The grades of the whole school, as a file"))
told_under(LEAVING, may_export_group, _("The grades of a course, as a file"))
told_under(LEAVING, may_read_run, _("A file brought in, with what it says of people"))
