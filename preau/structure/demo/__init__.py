"""The Lycée du Parc in time: its years, classes, courses and groups, and who belongs to which."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from preau.kit.demo import Book, chapter
from preau.people.demo import Folk
from preau.people.models import Person
from preau.structure.models import (
    Course,
    CourseGroup,
    DutyScope,
    Enrolment,
    GroupMembership,
    School,
    TeachingAssignment,
    Tutorship,
    YearLevel,
)

from .calendar import write_year
from .classes import ARRIVES_ON, MOVES_ON, Group, Roster, Year, Years, seat_pupils
from .grids import LEVELS
from .groups import Catalogue, Grouping, move_in_november
from .past import pupils_before
from .teachers import Staffroom

__all__ = ["Group", "Year", "Years"]


@chapter(rank=30, weight=4)
def structure(book: Book) -> None:
    """Write the school, this year, and as many earlier ones as were asked for."""
    folk = book.find(Folk)
    School.objects.create(
        name="Lycée du Parc",
        network="École de démonstration",
        fase_number="9999",
        street="Avenue du Parc 12",
        postcode="5000",
        city="Exempleville",
        phone="+32 81 00 00 00",
        email="info@example.org",
        head_name="P. Pirard",
    )
    levels = {
        code: YearLevel(code=code, name=name, rank=rank, degree=degree) for code, name, rank, degree in LEVELS
    }
    YearLevel.objects.bulk_create(levels.values())
    roster, catalogue = Roster(book, folk), Catalogue()
    years = Years([])
    pupils: Iterable[tuple[Person, str]] = [(pupil.person, pupil.level) for pupil in folk.pupils]
    staffroom: Staffroom | None = None
    for years_ago in range(book.options.years):
        if years_ago:
            pupils = pupils_before(book, pupils, years_ago)
        year = Year(*write_year(years_ago), years_ago)
        seat_pupils(book, year, levels, roster, pupils)
        Grouping(book, year, catalogue, folk.stories).form_all()
        staffroom = staffroom or Staffroom(book, folk, year)
        staffroom.assign(year)
        if years_ago == 0:
            _live_the_stories(years, year, folk, staffroom)
        _write(year, folk, catalogue, staffroom)
        if years_ago == 0:
            DutyScope.objects.bulk_create(staffroom.scopes(year, levels))
        years.all.append(year)
        book.is_at((years_ago + 1) / book.options.years)
    _say_what_is_taught(book, years, catalogue)
    book.leave(years)


def _live_the_stories(years: Years, year: Year, folk: Folk, staffroom: Staffroom) -> None:
    move_in_november(year, folk.stories["moves_in_november"])
    years.stories["of_two_teachers"] = staffroom.teach_together(year)[0]
    years.stories["on_sick_leave"] = staffroom.fall_ill(year)[0]
    years.stories["of_many_classes"] = next(group for group in year.groups if group.line.subject == "CHOR")
    years.stories["without_assessment"] = next(group for group in year.groups if not group.is_marked)


def _write(year: Year, folk: Folk, catalogue: Catalogue, staffroom: Staffroom) -> None:
    """Write a year's classes, groups and all ties."""
    Course.objects.bulk_create([course for course in catalogue.courses.values() if course.pk is None])
    CourseGroup.objects.bulk_create([group.record for group in year.groups], batch_size=500)
    Enrolment.objects.bulk_create(_enrolments(year, folk), batch_size=500)
    Tutorship.objects.bulk_create(staffroom.tutorships(year))
    TeachingAssignment.objects.bulk_create(
        [tie for group in year.groups for tie in group.assignments], batch_size=500
    )
    ties = [tie for group in year.groups for tie in group.memberships]
    GroupMembership.objects.bulk_create(ties, batch_size=500)


def _enrolments(year: Year, folk: Folk) -> list[Enrolment]:
    first, after = year.record.starts_on, year.record.ends_on if year.years_ago else None
    ties = [
        Enrolment(pupil=person, class_group=room.record, starts_on=first, ends_on=after)
        for room in year.classes
        for person in room.pupils
    ]
    if year.years_ago == 0:
        for tie in ties:
            if tie.pupil == folk.stories["arrives_in_january"]:
                tie.starts_on = ARRIVES_ON
            if tie.pupil == folk.stories["moves_in_november"]:
                tie.ends_on = MOVES_ON
        goal = next(room.record for room in year.classes if room.record.name == "5GB")
        ties.append(Enrolment(pupil=folk.stories["moves_in_november"], class_group=goal, starts_on=MOVES_ON))
    return ties


def _say_what_is_taught(book: Book, years: Years, catalogue: Catalogue) -> None:
    book.tell(_("school years"), len(years.all))
    book.tell(_("classes"), sum(len(year.classes) for year in years.all))
    book.tell(_("courses"), len(catalogue.courses))
    book.tell(_("course groups"), sum(len(year.groups) for year in years.all))
    book.tell(
        _("places in groups"), sum(len(group.memberships) for year in years.all for group in year.groups)
    )
