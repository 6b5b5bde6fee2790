"""
Who may make, read and acknowledge report cards.

- The head and the deputies publish, hold, correct; the secretary prepares and prints with them.
- The titulaire reads every card of the class before it is published, and writes the word above all courses.
- Once it is published and not held: the pupil, those who answer for the pupil with the right to see marks
  (after the school's delay for parents), and those who teach the pupil. Before that, it is not there.
- The pupil, and those who may sign besides seeing marks, acknowledge it.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import ITSELF, anyone
from preau.kit.subjects import Subject, told_under
from preau.people.models import Duty, Person
from preau.people.relations import cares_for, holds, is_a_guardian, is_the
from preau.people.releases import once_open
from preau.structure.models import ClassGroup
from preau.structure.relations import is_a_pupil, is_a_tutor, teaches_pupil, tutors, tutors_class

from .models import Hold, ReportCard

CARDS = Subject("cards", _("Report cards and comments"), "certificate", 20)

publishes = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY)
prepares = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.SECRETARY)


def _is_held() -> Q:
    held = Hold.objects.filter(pupil=OuterRef("pupil"), period=OuterRef("period"), lifted_at=None)
    return Q(Exists(held))


once_released = once_open(
    _("once it is published and not held"), "period__release__published_at", unless=_is_held
)
once_released_to_parents = once_open(
    _("once it is published to parents and not held"), "period__release__parents_at", unless=_is_held
)

may_read_as_family = (is_the("pupil") & once_released | cares_for("pupil") & once_released_to_parents).over(
    ReportCard
)
may_read_card = (
    may_read_as_family | teaches_pupil("pupil") & once_released | tutors("pupil") | prepares
).over(ReportCard)
may_acknowledge = (
    is_the("pupil") & once_released
    | cares_for("pupil") & cares_for("pupil", "may_sign") & once_released_to_parents
).over(ReportCard)
may_settle_card = publishes
"""May hold or correct a card. (A `ReportCard`, a `Hold`, a `Person`.)"""

may_write_word = (tutors(ITSELF) | publishes).over(Person)
"""May write the word above all courses to a pupil."""

may_write_words = (tutors_class(ITSELF) | publishes).over(ClassGroup)
"""May write the words to the pupils of a class."""

may_read_class = (tutors_class(ITSELF) | prepares).over(ClassGroup)
"""May open the class as it stands at the end of a period."""

may_open_own_cards = is_a_pupil | is_a_guardian
may_open_classes = is_a_tutor | prepares
may_check = anyone

told_under(CARDS, may_read_card, _("A report card, with the comments of the teachers and the tutor's word"))
told_under(CARDS, may_read_class, _("The results of a class together, and who has read the report cards"))
