"""Persons, where they live, the numbers that other systems give them, and what they do in the school."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from preau.kit import clock
from preau.kit.memory import Memory
from preau.kit.questions import asked_often

from ..birthdays import check_birthday
from ..ties import DatedTie, NeverTwiceAtOnce, ends_after_it_starts, in_force

ADULT_AGE = 18
T = TypeVar("T")


def name_for_sorting(*names: str) -> str:
    """Return names as French collation orders them: no accents, no case, no apostrophes or hyphens."""
    plain = unicodedata.normalize("NFKD", " ".join(names)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


class Household(models.Model):
    """A home: an address that several persons may share. A pupil may have two."""

    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=2, default="BE")

    def __str__(self) -> str:
        return f"{self.street}, {self.postcode} {self.city}".strip(", ")


class PersonQuerySet(models.QuerySet):
    def by_name(self) -> PersonQuerySet:
        return self.order_by("sort_name", "pk")

    def named(self, words: str) -> PersonQuerySet:
        """Keep the persons whose name holds every word typed, whatever its accents and case."""
        found = self
        for word in name_for_sorting(words).split():
            found = found.filter(sort_name__contains=word)
        return found


class Person(models.Model):
    """Anyone the school knows: pupil, guardian, teacher, educator, guest."""

    class Gender(models.TextChoices):
        FEMALE = "F", pgettext_lazy("gender", "Female")
        MALE = "M", pgettext_lazy("gender", "Male")
        OTHER = "X", pgettext_lazy("gender", "X")

    family_name = models.CharField(_("family name"), max_length=100)
    given_name = models.CharField(_("given name"), max_length=100)
    preferred_name = models.CharField(
        _("preferred name"), max_length=100, blank=True, help_text=_("How the person wants to be called.")
    )
    sort_name = models.CharField(max_length=220, editable=False, db_index=True)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    born_on = models.DateField(_("date of birth"), null=True, blank=True, validators=[check_birthday])
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="fr")
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    mobile = models.CharField(_("mobile phone"), max_length=30, blank=True)
    households: models.ManyToManyField[Household, Residence] = models.ManyToManyField(
        Household, through="Residence", related_name="residents", verbose_name=_("addresses")
    )

    objects = PersonQuerySet.as_manager()

    memory: Memory | None = None
    """What rules have asked about the person who signed in, for one request; nothing for anybody else."""

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_sort_name()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "sort_name"}
        super().save(*args, **kwargs)

    def set_sort_name(self) -> None:
        """Keep the name for sorting in step. `bulk_create` does not call `save`: call this before it."""
        self.sort_name = name_for_sorting(self.family_name, self.given_name)[:220]

    @property
    def called(self) -> str:
        """Return the given name by which the person is called."""
        return self.preferred_name or self.given_name

    @property
    def full_name(self) -> str:
        """Return the name as one says it: Noor Haddad."""
        return f"{self.called} {self.family_name}".strip()

    @property
    def list_name(self) -> str:
        """Return the name as lists sort it: Haddad Noor."""
        return f"{self.family_name} {self.called}".strip()

    @property
    def initials(self) -> str:
        return (self.called[:1] + self.family_name.split(" ")[-1].removeprefix("d'")[:1]).upper()

    @property
    def tint(self) -> int:
        """Return the hue of the person's initials (0 to 359), the same for ever."""
        return ((self.pk or 0) * 47) % 360

    def is_adult(self, on: date | None = None) -> bool:
        """Say whether the person is 18 on a day (today unless told). An unknown birthday says no."""
        if self.born_on is None:
            return False
        day = clock.today() if on is None else on
        had_birthday = (day.month, day.day) >= (self.born_on.month, self.born_on.day)
        return day.year - self.born_on.year - (not had_birthday) >= ADULT_AGE

    @cached_property
    def duties_in_force(self) -> frozenset[str]:
        """Return the kinds of duty held today for the whole school or a part of it. One query, then none."""
        return frozenset(duties_of(self.pk))

    @cached_property
    def is_a_guardian(self) -> bool:
        """Say whether the person answers for a pupil today. One query, then none."""
        return self.wards.in_force().exists()

    def recall(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Ask something about the person who signed in once a request; about anybody else, each time anew."""
        return ask() if self.memory is None else self.memory.recall(question, ask)

    def holds(self, *kinds: str) -> bool:
        """Say whether the person holds one of these duties today."""
        return not self.duties_in_force.isdisjoint(kinds)


class Residence(models.Model):
    """A person lives in a household; the main one receives the letters."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="residences")
    household = models.ForeignKey(Household, models.CASCADE, related_name="residences")
    is_main = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_person_lives_once_in_a_household", fields=["person", "household"])
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.household}"


class ExternalId(models.Model):
    """The number another system gives a person: ProEco's matricule, a teacher's acronym, a OneRoster id."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="external_ids")
    system = models.CharField(_("system"), max_length=50)
    value = models.CharField(_("number"), max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="an_external_id_names_one_person", fields=["system", "value"])
        ]
        indexes = [models.Index(fields=["person", "system"])]

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


class Duty(DatedTie):
    """A function held from a day to a day. `structure.DutyScope` may narrow it to some classes."""

    class Kind(models.TextChoices):
        HEAD = "HEAD", _("head")
        DEPUTY = "DEPUTY", _("deputy head")
        COORDINATOR = "COORDINATOR", _("coordinator")
        EDUCATOR = "EDUCATOR", _("educator")
        SECRETARY = "SECRETARY", _("secretary")
        GUIDANCE = "GUIDANCE", _("CPMS agent")
        ADJUSTMENTS = "ADJUSTMENTS", _("adjustments referent")
        DATA_PROTECTION = "DATA_PROTECTION", _("data protection officer")
        ADMINISTRATOR = "ADMINISTRATOR", _("system administrator")

    person = models.ForeignKey(Person, models.CASCADE, related_name="duties")
    kind = models.CharField(_("function"), max_length=20, choices=Kind)

    class Meta:
        constraints = [
            ends_after_it_starts("a_duty_ends_after_it_starts"),
            NeverTwiceAtOnce(name="a_duty_is_held_once_at_a_time", fields=["person", "kind"]),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_kind_display()}"


@asked_often
def duties_of(person: int) -> models.QuerySet:
    """Return the kinds of duty a person holds today."""
    return Duty.objects.filter(in_force(), person=person).values_list("kind", flat=True)
