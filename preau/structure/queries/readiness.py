"""Is the school ready? What still lacks before everything can work, and where to mend it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from preau.kit import clock
from preau.people.models import Person, Relationship
from preau.people.ties import in_force
from preau.structure.models import (
    ClassGroup,
    CourseGroup,
    Enrolment,
    GroupMembership,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)

from .moves import unsettled_pupils
from .rollover import latest_rollover, rollover_plan
from .ties import enrolled_pupils
from .years import current_year, day_in, periods_of, school

SHOWN = 12
SETTLING_IN = timedelta(days=60)
"""So long after its first day a year is still looked at for what was left to settle in summer."""


@dataclass(frozen=True)
class Check:
    """One thing that must be so, how many records are not, and the first of them."""

    title: object
    lacking: object
    """The sentence for what lacks, with its number; nothing when all is well."""
    count: int
    first: list
    address: str
    """The page of one such record, named by its address: it takes the record's key."""
    mend: str
    """The page where to mend them."""

    @property
    def is_done(self) -> bool:
        return not self.count

    @property
    def more(self) -> int:
        return self.count - len(self.first)


def readiness(year: SchoolYear | None = None) -> list[Check]:
    """
    Return everything that must be so before a school year can run, in the order to do it.

    Of the year in course unless another is told; one that has not begun is looked at on its first day.
    """
    year = year or current_year()
    looks = (look(year) for look in _LOOKS)
    return [_the_school(), _the_year(year), _the_classes(year), *looks, *_left_by_the_rollover(year)]


def _the_school() -> Check:
    known = school()
    lacks = known is None or not (known.name and known.street and known.head_name)
    return Check(
        _("The school says its name, address and head"),
        _("Report cards need the name, the address and the head of the school.") if lacks else "",
        int(lacks),
        [],
        "",
        "structure:school",
    )


def _the_year(year: SchoolYear | None) -> Check:
    over = year is None or year.ends_on <= clock.today()
    lacks = over or not periods_of(year)
    return Check(
        _("The school year is open, with its periods"),
        _("Open the school year: its periods and holidays are proposed.") if lacks else "",
        int(lacks),
        [],
        "",
        "structure:year",
    )


def _the_classes(year: SchoolYear | None) -> Check:
    """See that there are classes: of none, all the rest is said easily."""
    lacks = not ClassGroup.objects.filter(school_year=year).exists()
    return Check(
        _("The school year has its classes"),
        _("There is no class yet: make them, bring them in from a file, or bring the year before forward.")
        if lacks
        else "",
        int(lacks),
        [],
        "",
        "structure:classes",
    )


def _untutored(year: SchoolYear | None) -> Check:
    tied = Tutorship.objects.filter(in_force(day_in(year)), class_group=OuterRef("pk"))
    classes = ClassGroup.objects.filter(school_year=year).filter(~Exists(tied))
    words = ngettext_lazy("%d class has no titulaire.", "%d classes have no titulaire.")
    return _check(
        _("Each class has a titulaire"), words, classes, "structure:class_group", "structure:classes"
    )


def _without_pupils(year: SchoolYear | None) -> Check:
    tied = Enrolment.objects.filter(in_force(day_in(year)), class_group=OuterRef("pk"))
    classes = ClassGroup.objects.filter(school_year=year).filter(~Exists(tied))
    words = ngettext_lazy("%d class has no pupil.", "%d classes have no pupil.")
    return _check(_("Each class has pupils"), words, classes, "structure:class_group", "structure:classes")


def _untaught(year: SchoolYear | None) -> Check:
    tied = TeachingAssignment.objects.filter(in_force(day_in(year)), group=OuterRef("pk"))
    groups = _groups(year).filter(~Exists(tied))
    words = ngettext_lazy("%d group has no teacher.", "%d groups have no teacher.")
    return _check(_("Each group has a teacher"), words, groups, "structure:group", "structure:groups")


def _deserted(year: SchoolYear | None) -> Check:
    tied = GroupMembership.objects.filter(in_force(day_in(year)), group=OuterRef("pk"))
    groups = _groups(year).filter(~Exists(tied))
    words = ngettext_lazy("%d group has no pupil.", "%d groups have no pupil.")
    return _check(_("Each group has pupils"), words, groups, "structure:group", "structure:groups")


def _classless(year: SchoolYear | None) -> Check:
    enrolled = Enrolment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=day_in(year)))
    gone = Enrolment.objects.filter(ends_on__lte=day_in(year))
    lost = Person.objects.filter(
        Exists(Relationship.objects.filter(in_force(day_in(year)), pupil=OuterRef("pk"))),
        ~Exists(enrolled.filter(pupil=OuterRef("pk"))),
        ~Exists(gone.filter(pupil=OuterRef("pk"))),
    ).by_name()
    words = ngettext_lazy("%d pupil is in no class.", "%d pupils are in no class.")
    return _check(_("Each pupil is in a class"), words, lost, "people:person", "structure:pupils")


def _left_by_the_rollover(year: SchoolYear | None) -> list[Check]:
    """
    Look for what the bringing forward of the year leaves to people, until the year is well under way: those
    who are not decided or have no class, those who have options to choose.

    A year that has begun and was never brought forward came from elsewhere: nobody waits for a plan there.
    """
    plan = rollover_plan(year, by=None) if year and _waits_for_a_plan(year) else None
    placeless, choosing = [], []
    for each in plan.pupils if plan else ():
        courses = plan.courses_of(each) if plan else None
        if each.is_undecided or each.is_placeless:
            placeless.append(each.pupil.pk)
        elif courses and not courses.is_settled:
            choosing.append(each.pupil.pk)
    return [
        _check(
            _("Each pupil of the year before is settled"),
            ngettext_lazy(
                "%d pupil of the year before is not decided, or has no class.",
                "%d pupils of the year before are not decided, or have no class.",
            ),
            Person.objects.filter(pk__in=placeless).by_name(),
            "people:person",
            "structure:year",
        ),
        _check(
            _("Each pupil has options and groups"),
            ngettext_lazy(
                "%d pupil has an option or a group to choose.", "%d pupils have options or groups to choose."
            ),
            Person.objects.filter(pk__in=choosing).by_name(),
            _courses_page(year),
            "structure:pupils",
        ),
    ]


def _waits_for_a_plan(year: SchoolYear) -> bool:
    today = clock.today()
    is_young = today < year.starts_on + SETTLING_IN
    return today < year.starts_on or (is_young and latest_rollover(year) is not None)


def _unreachable(year: SchoolYear | None) -> Check:
    ties = Relationship.objects.filter(in_force(day_in(year)), pupil=OuterRef("pk"), receives_messages=True)
    alone = enrolled_pupils(on=day_in(year)).filter(~Exists(ties.exclude(guardian__email="")))
    words = ngettext_lazy(
        "%d pupil has no guardian with an e-mail address.",
        "%d pupils have no guardian with an e-mail address.",
    )
    title = _("Each pupil has a guardian who can be written to")
    return _check(title, words, alone, "people:person", "structure:pupils")


def _courseless(year: SchoolYear | None) -> Check:
    ties = GroupMembership.objects.filter(in_force(day_in(year)), pupil=OuterRef("pk"))
    idle = enrolled_pupils(on=day_in(year)).filter(~Exists(ties))
    words = ngettext_lazy("%d pupil follows no course.", "%d pupils follow no course.")
    title = _("Each pupil follows courses")
    return _check(title, words, idle, _courses_page(year), "structure:groups")


def _half_moved(year: SchoolYear | None) -> Check:
    found = unsettled_pupils(year.pk if year else None, on=day_in(year))
    follows = GroupMembership.objects.filter(in_force(day_in(year)), pupil=OuterRef("pk"))
    pupils = Person.objects.filter(Exists(follows), pk__in=found).by_name()
    words = ngettext_lazy(
        "%d pupil lacks courses of the class, or still follows those of another.",
        "%d pupils lack courses of their class, or still follow those of another.",
    )
    title = _("Each pupil follows the courses of the class")
    return _check(title, words, pupils, _courses_page(year), "structure:pupils")


def _courses_page(year: SchoolYear | None) -> str:
    is_to_come = year is not None and year.starts_on > clock.today()
    return "structure:next_courses_of_pupil" if is_to_come else "structure:courses_of_pupil"


def _groups(year: SchoolYear | None) -> QuerySet[CourseGroup]:
    return CourseGroup.objects.filter(school_year=year).select_related("course")


def _check(title: object, words: object, records: QuerySet, address: str, mend: str) -> Check:
    count = records.count()
    first = list(records[:SHOWN]) if count else []
    return Check(title, words % count if count else "", count, first, address, mend)  # type: ignore[operator]


_LOOKS: tuple[Callable[[SchoolYear | None], Check], ...] = (
    _untutored,
    _without_pupils,
    _classless,
    _unreachable,
    _courseless,
    _half_moved,
    _untaught,
    _deserted,
)
