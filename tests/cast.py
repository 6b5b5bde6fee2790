"""
The people of our school, the Lycée du Parc. Everyone has a reason to be here.

4TTA is tutored by Claire Vandamme, who also teaches it mathematics. Marc Thys teaches physics in 5TTB, next
door. Sophie Lemaire tutors 2CB and teaches it French.

Noor Haddad and Emma Claes are in 4TTA; Noor's brother Elias is in 2CB; Alma Berg is in 5TTB. Samira Haddad is
Noor's and Elias's mother; Karim, their father, lives elsewhere and may not see marks. Inès Claes is Emma's
mother.

Bruno Dujardin stood in for Claire Vandamme in mathematics from 2 to 20 November, and teaches no more.

Paul Pirard is the head, Anouk Maes the secretary, Ousmane Diallo an educator, Luc Nys looks after the system.
Zoé Martin knows nobody.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from preau.accounts.models import Account
from preau.people.models import Duty, Person, Relationship
from preau.structure.models import (
    ClassGroup,
    Course,
    CourseGroup,
    CourseStatus,
    Enrolment,
    GroupMembership,
    ReportPeriod,
    School,
    SchoolYear,
    Subject,
    TeachingAssignment,
    Tutorship,
    YearLevel,
)

FIRST_DAY = date(2026, 8, 24)
DAY_AFTER_LAST = date(2027, 7, 3)


class Cast:
    """Nobody exists before a test calls their name: each test pays only for the people it meets."""

    def _person(self, given: str, family: str, *, born: date | None = None, duty: str = "") -> Person:
        person = Person.objects.create(given_name=given, family_name=family, born_on=born, language="en")
        username = f"{given}.{family}".lower()
        account = Account(person=person, username=username, email=f"{username}@example.org")
        account.set_unusable_password()
        account.save()
        if duty:
            Duty.objects.create(person=person, kind=duty, starts_on=FIRST_DAY)
        return person

    # The house.
    @cached_property
    def lycee(self) -> School:
        return School.objects.create(
            name="Lycée du Parc",
            fase_number="9999",
            street="Avenue du Parc 12",
            postcode="5000",
            city="Exempleville",
            head_name="P. Pirard",
        )

    @cached_property
    def year(self) -> SchoolYear:
        return SchoolYear.objects.create(name="2026-2027", starts_on=FIRST_DAY, ends_on=DAY_AFTER_LAST)

    @cached_property
    def first_period(self) -> ReportPeriod:
        return ReportPeriod.objects.create(
            school_year=self.year,
            code="P1",
            name="Première période",
            starts_on=FIRST_DAY,
            ends_on=date(2026, 10, 17),
            weight=10,
        )

    @cached_property
    def december(self) -> ReportPeriod:
        return ReportPeriod.objects.create(
            school_year=self.year,
            code="P2",
            name="Décembre",
            kind=ReportPeriod.Kind.MIXED,
            starts_on=date(2026, 10, 17),
            ends_on=date(2026, 12, 19),
            is_deliberative=True,
            weight=35,
        )

    # Those who run it.
    @cached_property
    def pirard(self) -> Person:
        return self._person("Paul", "Pirard", duty=Duty.Kind.HEAD)

    @cached_property
    def maes(self) -> Person:
        return self._person("Anouk", "Maes", duty=Duty.Kind.SECRETARY)

    @cached_property
    def diallo(self) -> Person:
        return self._person("Ousmane", "Diallo", duty=Duty.Kind.EDUCATOR)

    @cached_property
    def nys(self) -> Person:
        return self._person("Luc", "Nys", duty=Duty.Kind.ADMINISTRATOR)

    # Those who teach.
    @cached_property
    def vandamme(self) -> Person:
        return self._person("Claire", "Vandamme")

    @cached_property
    def thys(self) -> Person:
        return self._person("Marc", "Thys")

    @cached_property
    def lemaire(self) -> Person:
        return self._person("Sophie", "Lemaire")

    @cached_property
    def dujardin(self) -> Person:
        teacher = self._person("Bruno", "Dujardin")
        TeachingAssignment.objects.create(
            group=self.maths_4tta,
            teacher=teacher,
            kind=TeachingAssignment.Kind.REPLACEMENT,
            starts_on=date(2026, 11, 2),
            ends_on=date(2026, 11, 21),
        )
        return teacher

    # Those who learn, and their families.
    @cached_property
    def noor(self) -> Person:
        return self._person("Noor", "Haddad", born=date(2011, 2, 14))

    @cached_property
    def emma(self) -> Person:
        return self._person("Emma", "Claes", born=date(2011, 5, 3))

    @cached_property
    def elias(self) -> Person:
        return self._person("Elias", "Haddad", born=date(2013, 9, 30))

    @cached_property
    def alma(self) -> Person:
        return self._person("Alma", "Berg", born=date(2008, 3, 1))

    @cached_property
    def samira(self) -> Person:
        mother = self._person("Samira", "Haddad")
        for child in (self.noor, self.elias):
            Relationship.objects.create(pupil=child, guardian=mother, kind=Relationship.Kind.MOTHER)
        return mother

    @cached_property
    def karim(self) -> Person:
        father = self._person("Karim", "Haddad")
        for child in (self.noor, self.elias):
            Relationship.objects.create(
                pupil=child, guardian=father, kind=Relationship.Kind.FATHER, sees_marks=False, may_sign=False
            )
        return father

    @cached_property
    def ines(self) -> Person:
        mother = self._person("Inès", "Claes")
        Relationship.objects.create(pupil=self.emma, guardian=mother, kind=Relationship.Kind.MOTHER)
        return mother

    @cached_property
    def zoe(self) -> Person:
        return self._person("Zoé", "Martin")

    # Classes and courses.
    def _class(self, name: str, level: str, rank: int, tutor: Person | None, *pupils: Person) -> ClassGroup:
        year_level, _ = YearLevel.objects.get_or_create(
            code=level, defaults={"name": f"{level}e année", "rank": rank}
        )
        group = ClassGroup.objects.create(school_year=self.year, year_level=year_level, name=name)
        if tutor:
            Tutorship.objects.create(class_group=group, tutor=tutor, starts_on=FIRST_DAY)
        for pupil in pupils:
            Enrolment.objects.create(class_group=group, pupil=pupil, starts_on=FIRST_DAY)
        return group

    @cached_property
    def class_4tta(self) -> ClassGroup:
        return self._class("4TTA", "4", 40, self.vandamme, self.noor, self.emma)

    @cached_property
    def class_2cb(self) -> ClassGroup:
        return self._class("2CB", "2C", 20, self.lemaire, self.elias)

    @cached_property
    def class_5ttb(self) -> ClassGroup:
        return self._class("5TTB", "5", 50, None, self.alma)

    @cached_property
    def common_course(self) -> CourseStatus:
        return CourseStatus.objects.create(code="FC", name="Formation commune", rank=1)

    def _group(
        self, subject: str, name: str, periods: int, class_group: ClassGroup, teacher: Person, *pupils: Person
    ) -> CourseGroup:
        level = class_group.year_level
        matter, _ = Subject.objects.get_or_create(code=subject, defaults={"name": name})
        course = Course.objects.create(
            subject=matter,
            year_level=level,
            weekly_periods=periods,
            code=f"{level.code}:{subject}{periods}",
            name=f"{name} {periods}",
            status=self.common_course,
        )
        group = CourseGroup.objects.create(
            course=course, school_year=self.year, code=f"{course.code}-01", name=class_group.name
        )
        TeachingAssignment.objects.create(group=group, teacher=teacher, starts_on=FIRST_DAY)
        for pupil in pupils:
            GroupMembership.objects.create(group=group, pupil=pupil, starts_on=FIRST_DAY)
        return group

    @cached_property
    def maths_4tta(self) -> CourseGroup:
        return self._group("MATH", "Math", 4, self.class_4tta, self.vandamme, self.noor, self.emma)

    @cached_property
    def physics_5ttb(self) -> CourseGroup:
        return self._group("PHYS", "Physique", 2, self.class_5ttb, self.thys, self.alma)

    @cached_property
    def french_2cb(self) -> CourseGroup:
        return self._group("FR", "Français", 6, self.class_2cb, self.lemaire, self.elias)

    @cached_property
    def everybody(self) -> dict[str, Person]:
        """Return the usual cast by name, with every class and course: for tables of rules and doors."""
        _ = (
            self.lycee,
            self.first_period,
            self.december,
            self.maths_4tta,
            self.physics_5ttb,
            self.french_2cb,
        )
        names = "pirard maes diallo nys vandamme thys lemaire noor emma elias alma samira karim ines zoe"
        return {name: getattr(self, name) for name in names.split()}
