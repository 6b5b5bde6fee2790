"""
The school on a day when something has happened, for the tests that walk through every door.

Each app adds here one record of its own about 4TTA (Noor and Emma, Claire Vandamme's) and one elsewhere,
under a name that tests/matrix.toml then speaks of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db.models import Model

from preau.exchange.models import ImportedRow, ImportRun
from preau.files.actions import draw_thumbnail
from preau.files.tests.builders import picture
from preau.follow_up.models import Adjustment, AdjustmentPlan, Measure
from preau.gradebook.actions import attach_statement, give_feedback
from preau.gradebook.models import (
    Assessment,
    Criterion,
    Descriptor,
    Grade,
    Publication,
    Rubric,
    RubricFilling,
    RubricLevel,
    RubricUse,
)
from preau.grading.models import Category, Scale, Scheme
from preau.kit.plain_rows import mark_of
from preau.kit.written_rows import What
from preau.mail.models import BouncingAddress, OutgoingMail
from preau.messaging.models import Notice, Receipt
from preau.people.actions import merge_persons
from preau.people.models import (
    ExternalId,
    Household,
    ParentAccess,
    Person,
    Relationship,
    Residence,
    ToldApart,
)
from preau.portal.models import Audience, Pilot, RollOut
from preau.report_cards.documents import CANEVAS
from preau.report_cards.models import Build, Hold, Release, ReportCard
from preau.report_cards.queries import facts_of
from preau.retention.actions import hold
from preau.sheets.actions import order_books
from preau.sheets.models import SheetFile
from preau.structure.models import (
    CalendarEvent,
    CourseGroup,
    GroupMembership,
    ReportPeriod,
    SchoolYear,
    TeachingAssignment,
    Tutorship,
)
from preau.work.actions import make_file
from preau.work.models import Work
from tests.cast import Cast
from tests.doors import Door

PLACES = (
    "year",
    "first_period",
    "december",
    "class_4tta",
    "class_2cb",
    "class_5ttb",
    "maths_4tta",
    "physics_5ttb",
    "french_2cb",
    "common_course",
)
THOSE_LOOKED_AT = ("noor", "elias", "alma", "vandamme")
SUMMER = date(2026, 7, 1)
LAST_WEEK = datetime(2026, 11, 17, 16, 0, tzinfo=ZoneInfo("Europe/Brussels"))


class Stage:
    """The whole cast and what it did: `people` by name, `records` by name."""

    def __init__(self) -> None:
        self.cast = Cast()
        self.people: dict[str, Person] = self.cast.everybody | {"dujardin": self.cast.dujardin}
        self.records: dict[str, Model] = {
            **self.people,
            **{name: getattr(self.cast, name) for name in PLACES},
        }
        self._know_homes_and_ties()
        self._grade_something()
        self._grade_with_a_rubric()
        self._bring_a_sheet_and_order_books()
        self._send_report_cards_home()
        self._agree_on_adjustments()
        self._bring_a_file_in()
        self._open_modules()
        self._send_mail()
        self._tell_of_a_card()
        self.records["held_emma"] = hold(
            person=self.cast.emma, because="Recours", by=self.cast.pirard, at=LAST_WEEK
        )
        self.other_ids: dict[str, dict[str, Any]] = {
            "period_id": {"december": self.cast.december},
            "pupil_id": {"noor": self.cast.noor, "alma": self.cast.alma},
            "key": {"gradebook": "gradebook", "nothing": "nothing"},
            "kind": {"looks": "trail.looks", "nothing": "nothing"},
            "username": {"pupil": "pupil"},
            "course_id": {"maths": self.cast.maths_4tta.course},
            "scheme_id": {"the_school_s": self.scheme},
            "scale_id": {"acquisition": Scale.objects.get(name="Acquisition")},
            "session_id": {"of_nobody": 987654},
            "token": {"of_nobody": "b1:1a:x"},
            "accounts:invitation_code code": {"of_nobody": "AAAA-AAAA-AAAA"},
            "portal:chapter slug": {"parents": "parents", "nothing": "nothing"},
            "portal:help_picture name": {"gradebook": "gradebook", "nothing": "nothing"},
            "report_cards:check_code code": {"card_noor": self.records["card_noor"].code},
        }
        """What may stand for an id that no rule looks up: name → value or record, by parameter."""

    def _know_homes_and_ties(self) -> None:
        cast = self.cast
        home = Household.objects.create(street="Rue Haute 3", postcode="5000", city="Exempleville")
        maths = cast.maths_4tta
        again = Person.objects.create(family_name="Haddad", given_name="Samira")
        # Alma is of age: Inès, with whom she lives, answers for her and reads nothing.
        Relationship.objects.create(guardian=cast.ines, pupil=cast.alma, kind=Relationship.Kind.FOSTER)
        ParentAccess.objects.create(pupil=cast.alma, is_granted=False, decided_at=LAST_WEEK)
        self.records |= {
            "home_haddad": home,
            "noor_at_home": Residence.objects.create(person=cast.noor, household=home),
            "matricule_noor": ExternalId.objects.create(person=cast.noor, system="proeco", value="12"),
            "merge_of_two": merge_persons(gone=again, kept=cast.samira, by=cast.maes, at=LAST_WEEK),
            "two_haddads": ToldApart.objects.create(one=cast.noor, other=cast.elias, at=LAST_WEEK),
            "samira_and_noor": Relationship.objects.get(guardian=cast.samira, pupil=cast.noor),
            "duty_diallo": cast.diallo.duties.get(),
            "tutorship_4tta": Tutorship.objects.get(class_group=cast.class_4tta),
            "noor_in_maths": GroupMembership.objects.get(group=maths, pupil=cast.noor),
            "vandamme_in_maths": TeachingAssignment.objects.get(group=maths, teacher=cast.vandamme),
            "course_maths": maths.course,
            "subject_maths": maths.course.subject,
            "level_4": cast.class_4tta.year_level,
            "next_year": SchoolYear.objects.create(
                name="2027-2028", starts_on=date(2027, 8, 23), ends_on=date(2028, 7, 8)
            ),
            "autumn": CalendarEvent.objects.create(
                school_year=cast.year,
                name="Congé d'automne",
                starts_on=date(2026, 10, 19),
                ends_on=date(2026, 10, 31),
            ),
        }

    def _grade_something(self) -> None:
        cast = self.cast
        quiz = Category.objects.create(code="INT", name="Interrogation")
        self.scheme = Scheme.objects.create(name="Règlement des études", starts_on=date(2026, 8, 24))
        for name, group, teacher, pupil, is_published in (
            ("fractions_4tta", cast.maths_4tta, cast.vandamme, cast.noor, True),
            ("hidden_4tta", cast.maths_4tta, cast.vandamme, cast.noor, False),
            ("forces_5ttb", cast.physics_5ttb, cast.thys, cast.alma, True),
        ):
            self.records[name] = self._assessment(name, group, quiz, teacher, pupil, is_published)

    def _grade_with_a_rubric(self) -> None:
        """Noor's fractions are graded with Claire Vandamme's rubric; a statement and a copy are kept."""
        cast, fractions = self.cast, self.records["fractions_4tta"]
        rubric = Rubric.objects.create(title="Solving a problem", made_by=cast.vandamme, made_at=LAST_WEEK)
        level = RubricLevel.objects.create(rubric=rubric, label="good", rank=0)
        criterion = Criterion.objects.create(rubric=rubric, title="Clear words", rank=0)
        Descriptor.objects.create(criterion=criterion, level=level, text="Each step is said", points=20)
        RubricUse.objects.create(assessment=fractions, rubric=rubric)
        known = {"assessment": fractions, "pupil": cast.noor}
        statement, feedback = (
            attach(file=ContentFile(content, name), by=cast.vandamme, at=LAST_WEEK, **where)
            for attach, where, name, content in (
                (attach_statement, {"assessment": fractions}, "fractions.pdf", b"%PDF-1.7 fractions"),
                (give_feedback, known, "copy.png", picture()),
            )
        )
        draw_thumbnail(picture=feedback.file)
        self.records |= {
            "rubric_vandamme": rubric,
            "filling_noor": RubricFilling.objects.create(
                **known, written_by=cast.vandamme, written_at=LAST_WEEK
            ),
            "copy_noor": feedback,
            "file_of_statement": statement.file,
            "file_of_copy": feedback.file,
        }

    def _bring_a_sheet_and_order_books(self) -> None:
        cast = self.cast
        sheet = SheetFile(
            group=cast.maths_4tta, period=cast.december, by=cast.vandamme, at=LAST_WEEK, name="math.csv"
        )
        sheet.file.save("math.csv", ContentFile("Nom;Prénom;Interro /20\nHaddad;Noor;12\n".encode()))
        books = order_books(year=cast.year, teacher=cast.vandamme, by=cast.vandamme, at=LAST_WEEK)
        make_file(work=books, suffix="zip", write=lambda target, _progress: target.write(b"PK"))
        self.records |= {"sheet_vandamme": sheet, "books_vandamme": books, "archive_vandamme": books.result}

    def _assessment(
        self,
        title: str,
        group: CourseGroup,
        category: Category,
        teacher: Person,
        pupil: Person,
        is_published: bool,
    ) -> Assessment:
        assessment = Assessment.objects.create(
            group=group,
            period=self.cast.december,
            category=category,
            title=title,
            held_on=date(2026, 11, 16),
            max_points=20,
            remark="Two exercises, one problem",
            created_by=teacher,
        )
        Grade.objects.create(
            assessment=assessment, pupil=pupil, points=13, remark="Careful work", written_by=teacher
        )
        if is_published:
            Publication.objects.create(
                assessment=assessment, published_at=LAST_WEEK, parents_at=LAST_WEEK, published_by=teacher
            )
        return assessment

    def _send_report_cards_home(self) -> None:
        """The cards of the first period are home, but Elias's is held; Noor's of December is a draft."""
        cast, first, december = self.cast, self.cast.first_period, self.cast.december
        for name, pupil, period in (
            ("card_noor", cast.noor, first),
            ("card_alma", cast.alma, first),
            ("held_card_elias", cast.elias, first),
            ("draft_noor", cast.noor, december),
        ):
            self.records[name] = self._card(pupil, period)
        Release.objects.create(
            period=first, published_at=LAST_WEEK, parents_at=LAST_WEEK, by=cast.pirard, at=LAST_WEEK
        )
        self.records["hold_elias"] = Hold.objects.create(
            pupil=cast.elias, period=first, reason="A meeting comes first", by=cast.pirard, at=LAST_WEEK
        )
        making = {"what": "report_cards.build", "title": "P1", "leads_to": "/", "asked_by": cast.pirard}
        work = Work.objects.create(**making, asked_at=LAST_WEEK, told_at=LAST_WEEK, finished_at=LAST_WEEK)
        Build.objects.create(period=first, work=work)
        self.records["cards_pirard"] = work

    def _card(self, pupil: Person, period: ReportPeriod) -> ReportCard:
        said = facts_of(period, [pupil.pk])[pupil.pk]
        card = ReportCard(
            pupil=pupil,
            period=period,
            class_group=said.class_group,
            number=f"2026-{period.code}-{pupil.pk:04}",
            facts=said.facts,
            canevas=CANEVAS,
            created_at=LAST_WEEK,
        )
        card.seal()
        card.save()
        return card

    def _agree_on_adjustments(self) -> None:
        """Noor has measures, one in mathematics; Emma has none yet; Alma had a plan until the summer."""
        cast, measures = self.cast, {measure.code: measure for measure in Measure.objects.all()}
        for name, pupil, until in (
            ("plan_noor", cast.noor, None),
            ("plan_emma", cast.emma, None),
            ("past_plan_alma", cast.alma, SUMMER),
        ):
            self.records[name] = AdjustmentPlan.objects.create(
                pupil=pupil,
                starts_on=date(2025, 9, 1),
                ends_on=until,
                kept_by=cast.pirard,
                note="Instructions one at a time",
                changed_at=LAST_WEEK,
            )
        mine, past = self.records["plan_noor"], self.records["past_plan_alma"]
        self.records |= {
            "more_time_noor": Adjustment.objects.create(plan=mine, measure=measures["TIME"]),
            "calculator_noor": Adjustment.objects.create(
                plan=mine, measure=measures["CALCULATOR"], subject=cast.maths_4tta.course.subject
            ),
            "more_time_alma": Adjustment.objects.create(plan=past, measure=measures["TIME"]),
            "measure_time": measures["TIME"],
        }

    def _bring_a_file_in(self) -> None:
        self.records["run_maes"] = ImportRun.objects.create(
            kind="people",
            stage=ImportRun.Stage.APPLIED,
            source_name="eleves.csv",
            by=self.cast.maes,
            at=LAST_WEEK,
            applied=True,
            applied_at=LAST_WEEK,
        )
        noor = self.cast.noor
        stands = {"mobile": noor.mobile}
        ImportedRow.objects.create(
            run=self.records["run_maes"],
            model="people.Person",
            key=noor.pk,
            what=What.CHANGED,
            was={"mobile": "+32470123123"},
            mark=mark_of(stands),
            about=noor,
        )

    def _tell_of_a_card(self) -> None:
        """Noor and Samira are told of Noor's card; Elias of his, which is held."""
        for name, reader, card in (
            ("told_noor", self.cast.noor, "card_noor"),
            ("told_samira", self.cast.samira, "card_noor"),
            ("told_elias", self.cast.elias, "held_card_elias"),
        ):
            about = self.records[card]
            told = {"pupil": about.pupil, "told_at": LAST_WEEK}
            notice, _new = Notice.objects.get_or_create(
                kind="report_cards.published", about=about.pk, defaults=told
            )
            self.records[name] = Receipt.objects.create(notice=notice, person=reader, due_at=LAST_WEEK)

    def _send_mail(self) -> None:
        left = {"queued_at": LAST_WEEK, "due_at": LAST_WEEK, "claimed_at": LAST_WEEK}
        for name, person, what in (
            ("mail_samira", self.cast.samira, {"in_doubt_at": LAST_WEEK, "text": "Un mot."}),
            ("mail_dujardin", self.cast.dujardin, {"sent_at": LAST_WEEK}),
        ):
            address = f"{name}@example.org"
            self.records[name] = OutgoingMail.objects.create(
                kind="accounts.keys",
                person=person,
                address=address,
                address_key=address,
                message_id=f"<{name}>",
                **left,
                **what,
            )
        self.records["bouncing_samira"] = BouncingAddress.objects.create(
            address=self.cast.samira.email or "samira@example.org", since=LAST_WEEK, source="SERVER"
        )

    def _open_modules(self) -> None:
        self.records["stage_gradebook"] = RollOut.objects.create(
            module="gradebook", audience=Audience.EVERYONE, stage="LAUNCHED", starts_on=date(2026, 9, 1)
        )
        self.records["pilot_thys"] = Pilot.objects.create(module="gradebook", person=self.cast.thys)

    def named(self, model: type[Model]) -> dict[str, Model]:
        """Return the records of a model by the names the tables use. Of people, a few stand for all."""
        return {
            name: record
            for name, record in self.records.items()
            if type(record) is model and (model is not Person or name in THOSE_LOOKED_AT)
        }

    def choices(self, door: Door, parameter: str) -> dict[str, Any]:
        """Return what may stand for one id of an address, by name: keys of records, or words."""
        if parameter in door.records:
            named = {name: record.pk for name, record in self.named(door.records[parameter]).items()}
            assert named, f"tests/stage.py has no {door.records[parameter].__name__} to try {door} with"
            return named
        there = self.other_ids.get(f"{door.name} {parameter}") or self.other_ids.get(parameter)
        assert there, f"tests/stage.py does not know what may stand for {parameter} in {door}"
        return {name: getattr(value, "pk", value) for name, value in there.items()}

    def paths(self, door: Door) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each way to fill the ids of an address: the names of what stands there, and the values."""
        choices = {parameter: self.choices(door, parameter) for parameter in door.ids}
        for way in product(*(choice.items() for choice in choices.values())):
            yield (
                "/".join(name for name, _ in way),
                {parameter: value for parameter, (_, value) in zip(choices, way, strict=True)},
            )
