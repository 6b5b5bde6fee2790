"""Those who work in the school. A file gives nobody rights."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from preau.exchange.intake import Intake
from preau.kit.imports.records import Record
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.people.models import Duty, Person
from preau.structure.models import TeachingAssignment

from .gone import Going, tell_gone
from .identity import name_in, number, once_only, same_name_kept_apart, tell_name_alone, update

FACTS = ("preferred_name", "gender", "born_on", "language", "email", "phone", "mobile")
DUTIES = {
    Duty.Kind.HEAD: "directeur directrice direction préfet préfète head principal directie",
    Duty.Kind.DEPUTY: "directeur-adjoint directrice-adjointe proviseur deputy adjunct",
    Duty.Kind.COORDINATOR: "coordinateur coordinatrice coordinator coördinator",
    Duty.Kind.EDUCATOR: "éducateur éducatrice surveillant educator opvoeder",
    Duty.Kind.SECRETARY: "secrétaire secrétariat secretary secretaris",
    Duty.Kind.GUIDANCE: "cpms pms clb",
    Duty.Kind.ADMINISTRATOR: "administrateur administratrice administrator siteadministrator",
}
KNOWN_DUTIES = {plain(word): duty for duty, all_words in DUTIES.items() for word in all_words.split()}


def plan_staff(intake: Intake, records: Sequence[Record]) -> None:
    """Compare the staff of a file with those the school knows."""
    origins = intake.origins("staff")
    seen: dict[int, int] = {}
    for record in records:
        record.subject = ", ".join(part for part in name_in(record) if part)
        if record.wrongs:
            continue
        with intake.looking_at(record):
            person, key = _recognised(intake, record, origins.record_id)
            once_only(seen, person, record)
            origins.see(key, person)
            number(
                intake,
                record,
                person,
                intake.staff_numbers,
                record["external_id"] or "",
                silent=record.is_new,
            )
            _look_at_duty(intake, record, person)
            record.subject = person.list_name
    intake.tell(records)
    tell_gone(intake, origins, _("members of staff"), lambda keys: _still_there(intake, keys))


def _recognised(intake: Intake, record: Record, brought: object) -> tuple[Person, str]:
    family, given = name_in(record)
    value, born_on = record["external_id"] or "", record["born_on"]
    if not family and not (value and intake.people.numbered(intake.staff_numbers, value)):
        raise Wrong(_("The family name is missing."), _("Write it, or remove the line."), "family_name")
    key = f"#{value}" if value else f"{plain(family)}|{plain(given)}|{born_on or ''}"
    person = intake.people.by_pk.get(brought(key) or 0)  # type: ignore[operator]
    if person is None:
        person, by_name_alone = intake.people.recognise(
            system=intake.staff_numbers, number=value, family_name=family, given_name=given, born_on=born_on
        )
        if by_name_alone and person is not None and person.pk in intake.people.pupils and value:
            person = None  # A pupil of the same name: somebody else.
        elif by_name_alone and person is not None and person.pk:
            tell_name_alone(record, person)
    if person is not None and person.pk in intake.people.pupils and not value:
        raise Wrong(
            _("%(name)s is known as a pupil.") % {"name": person.list_name},
            _("Give the line a number, so that the two are told apart."),
            "family_name",
        )
    facts = {name: record[name] for name in FACTS} | {"family_name": family, "given_name": given}
    if person is None:
        same_name_kept_apart(intake, record, intake.staff_numbers, value, born_on, (family, given))
        record.is_new = True
        known = {name: fact for name, fact in facts.items() if fact}
        return intake.people.add(intake.draft.add(Person(**known))), key
    update(intake, record, person, facts)
    return person, key


def _look_at_duty(intake: Intake, record: Record, person: Person) -> None:
    """Tell which function a file names without giving it: what people may read follows from it."""
    duty = KNOWN_DUTIES.get(plain(record["duty"] or ""))
    if duty and duty not in intake.people.duties.get(person.pk or 0, set()):
        record.warn(
            _("The file says that %(name)s is %(duty)s. A file gives nobody a function.")
            % {"name": person.full_name, "duty": duty.label},
            _("Give it on the person's page, if it is right."),
            "duty",
        )


def _still_there(intake: Intake, keys: list[int]) -> list[Going]:
    """Return, of those the source no longer names, the teachers who still have groups."""
    ties: dict[int, list[TeachingAssignment]] = {}
    for (teacher, _group), assignments in intake.structure.assignments.items():
        if teacher in keys:
            going_on = [tie for tie in assignments if tie.ends_on is None or tie.ends_on > intake.today]
            ties.setdefault(teacher, []).extend(going_on)
    return [Going(intake.people.by_pk[key].list_name, held) for key, held in ties.items() if held]
