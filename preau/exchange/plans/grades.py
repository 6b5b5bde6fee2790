"""Grades, and the assessments, groups and memberships they need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from preau.exchange.ids import assessment_id
from preau.exchange.intake import Intake
from preau.gradebook.actions import ImportedGrade, import_grades
from preau.gradebook.models import Assessment, Category, Closing, Grade, Level, Scheme, Token
from preau.gradebook.queries import levels_by_code, tokens_by_sign
from preau.gradebook.typed import NotAGrade, NotALevel, SumOfItsParts, Typed, read_cell
from preau.kit.imports.records import Record
from preau.kit.imports.report import Change
from preau.kit.imports.values import Wrong
from preau.kit.tables import plain
from preau.people.models import Person
from preau.structure.models import CourseGroup, ReportPeriod, YearLevel

from .identity import name_in
from .memberships import Followers
from .offer import Offer
from .pupils import find_pupil

USUAL_MAXIMUM = Decimal(20)
LARGEST = Decimal("9999.99")
LONGEST_COMMON = 50
"""How much of the title of an assessment a bundle keeps when it tells two of the same title apart."""


def plan_grades(intake: Intake, records: Sequence[Record]) -> None:
    """Compare the grades of a file with the gradebooks."""
    grades = Grades(intake)
    for record in records:
        record.subject = record["pupil_id"] or ", ".join(name_in(record)).strip(", ")
        if not record.wrongs:
            with intake.looking_at(record):
                grades.plan(record)
    intake.tell(records)
    if grades.wanted:
        intake.draft.then(grades.write)


class Grades:
    """The grades one file brings."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake
        self.offer = Offer(intake)
        self.followers = Followers(intake)
        self.wanted: list[tuple[Assessment, Person, Typed]] = []
        of_year = Assessment.objects.filter(group__school_year=intake.year)
        assessments = list(of_year.select_related("category"))
        self._assessments: dict[tuple[int, int, str], Assessment] = {
            (it.group_id, it.period_id, plain(it.title)): it for it in assessments
        }
        self._by_key = {it.pk: it for it in assessments}
        self._line_items = {it.external_id: it for it in assessments if it.external_id}
        self._grades: dict[tuple[int, int], Grade] = {
            (grade.assessment_id, grade.pupil_id): grade
            for grade in Grade.objects.filter(assessment__in=of_year).select_related("token", "level")
        }
        closings = Closing.objects.filter(reopened_at=None, group__school_year=intake.year)
        self._closed = set(closings.values_list("group", "period"))
        self._categories = list(Category.objects.all())
        self._allows_bonus = Scheme.objects.filter(allows_bonus=True).exists()
        self._tokens = tokens_by_sign()
        self._seen: dict[tuple[int, int], int] = {}

    def plan(self, record: Record) -> None:
        """Compare one grade."""
        if record["points"] is None:
            return
        pupil = find_pupil(self.intake, record)
        group = self._group(record, pupil)
        period = self._period(record)
        record.subject = f"{pupil.list_name} · {record['title']}"
        if group.pk and (group.pk, period.pk) in self._closed:
            raise Wrong(
                _("The gradebook of %(group)s is closed for “%(period)s”.")
                % {"group": group.code, "period": period.name},
                _("Reopen it first, or leave these grades out."),
                "points",
            )
        self._join(record, pupil, group, period)
        assessment = self._assessment(record, group, period)
        typed = self._typed(record, assessment, pupil)
        self._once(record, assessment, pupil)
        self._compare(record, assessment, pupil, typed)
        self.wanted.append((assessment, pupil, typed))

    def write(self) -> None:
        """Write the grades, once their assessments and pupils are written."""
        grades = [ImportedGrade(it.pk, pupil.pk, typed) for it, pupil, typed in self.wanted]
        import_grades(grades=grades, by=self.intake.by, at=self.intake.at)

    def _group(self, record: Record, pupil: Person) -> CourseGroup:
        if not (record["group_code"] or record["course_code"]):
            wanted = plain(record["course_name"] or "")
            groups = {group.pk: group for group in self.offer.structure.groups.values() if group.pk}
            for tie in self.offer.structure.memberships_by_pupil.get(pupil.pk or 0, []):
                course = groups[tie.group_id].course
                if wanted in {plain(course.name), plain(course.code)}:
                    return groups[tie.group_id]

        def level() -> YearLevel | None:
            enrolments = self.intake.people.enrolments[id(pupil)]
            return enrolments[-1].class_group.year_level if enrolments else None

        return self.offer.group(record, level=level)

    def _period(self, record: Record) -> ReportPeriod:
        said = record["period"] or ""
        if period := self.offer.structure.period(said):
            return period
        known = ", ".join(period.code for period in self.offer.structure.periods)
        raise Wrong(
            _("There is no report period “%(said)s” in %(year)s.")
            % {"said": said, "year": self.intake.year.name},
            _("Write one of: %(known)s.") % {"known": known},
            "period",
        )

    def _join(self, record: Record, pupil: Person, group: CourseGroup, period: ReportPeriod) -> None:
        """See to it that the pupil follows the group during the period."""
        ties = self.offer.structure.memberships.get((pupil.pk or 0, group.pk or 0), [])
        if any(
            tie.starts_on < period.ends_on and (tie.ends_on is None or tie.ends_on > period.starts_on)
            for tie in ties
        ):
            return
        if not self.intake.create_missing:
            raise Wrong(
                _("%(pupil)s does not follow %(group)s in “%(period)s”.")
                % {"pupil": pupil.full_name, "group": group.code, "period": period.name},
                _("Import the memberships first, or correct the group."),
                "group_code",
            )
        enrolments = self.intake.people.enrolments[id(pupil)]
        start = min(
            [
                self.intake.year.starts_on,
                *(it.starts_on for it in enrolments if it.starts_on >= self.intake.year.starts_on),
            ]
        )
        self.followers.follow(record, pupil, group, start)
        record.is_new = False

    def _assessment(self, record: Record, group: CourseGroup, period: ReportPeriod) -> Assessment:
        title = record["title"]
        if not title:
            raise Wrong(
                _("The title of the assessment is missing."), _("Write it, or remove the line."), "title"
            )
        key = (group.pk or -id(group), period.pk, plain(title))
        facts = self._facts(record)
        known = self._by_line_item(record, group, period) or self._assessments.get(key)
        if known is None:
            known = self._assessments[key] = self.intake.draft.add(
                self._planned(record, group, period, facts)
            )
        elif known.pk is not None:
            record.changes.extend(self.intake.draft.change(known, **facts))
        return known

    def _by_line_item(self, record: Record, group: CourseGroup, period: ReportPeriod) -> Assessment | None:
        """Return the assessment that a bundle of ours, or an earlier one of the source, names by its id."""
        item = record["line_item"] or ""
        known = self._line_items.get(item) or self._by_key.get(assessment_id(item) or 0)
        if known is None or (known.group_id, known.period_id) != (group.pk, period.pk):
            return None
        is_named_so = plain(record["title"]).startswith(plain(known.title[:LONGEST_COMMON]))
        return known if is_named_so else None

    def _facts(self, record: Record) -> dict[str, Any]:
        """Return what the row tells about the assessment itself."""
        facts: dict[str, Any] = {"held_on": record["held_on"], "weight": record["weight"]}
        if record["max_points"] is not None:
            if not 0 < record["max_points"] <= LARGEST:
                raise Wrong(
                    _("An assessment is out of more than 0 points."),
                    _("Write a number like 20."),
                    "max_points",
                )
            facts["max_points"] = record["max_points"]
        if record["category"]:
            facts["category"] = self._category(record["category"])
        return {name: fact for name, fact in facts.items() if fact is not None}

    def _planned(
        self, record: Record, group: CourseGroup, period: ReportPeriod, facts: dict[str, Any]
    ) -> Assessment:
        last = period.ends_on - timedelta(days=1)
        usual = {
            "held_on": min(max(self.intake.today, period.starts_on), last),
            "max_points": USUAL_MAXIMUM,
            "category": facts.get("category") or self._usual_category(period),
        }
        return Assessment(
            group=group,
            period=period,
            title=record["title"],
            external_id=(record["line_item"] or "")[:200],
            created_by=self.intake.by,
            created_at=self.intake.at,
            **(usual | facts),
        )

    def _category(self, said: str) -> Category:
        wanted = plain(said)
        for category in self._categories:
            if wanted in {plain(category.code), plain(category.name)}:
                return category
        for category in self._categories:
            if wanted in {plain(category.component), plain(str(category.get_component_display()))}:
                return category
        known = ", ".join(category.code for category in self._categories)
        raise Wrong(
            _("There is no category “%(said)s”.") % {"said": said},
            _("Write one of: %(known)s.") % {"known": known},
            "category",
        )

    def _usual_category(self, period: ReportPeriod) -> Category:
        component = (
            Category.Component.EXAM
            if period.kind == ReportPeriod.Kind.EXAM
            else Category.Component.DAILY_WORK
        )
        return next((it for it in self._categories if it.component == component), self._categories[0])

    def _typed(self, record: Record, assessment: Assessment, pupil: Person) -> Typed:
        text = record["points"].split("/")[0]
        levels = levels_by_code(assessment.scale_id)
        try:
            typed = read_cell(text, self._tokens, levels)
            known = self._grades.get((assessment.pk or 0, pupil.pk or 0))
            stands = known is not None and known.points == typed.points is not None
            typed = typed if stands and assessment.composition else typed.on(assessment)
        except (NotALevel, SumOfItsParts) as refusal:
            remedy = _("Leave it out, or correct it in the gradebook.")
            raise Wrong(str(refusal), remedy, "points") from refusal
        except NotAGrade as refusal:
            tokens = ", ".join(dict.fromkeys(token.code for token in self._tokens.values()))
            remedy = _("Write points like 13,5, or one of: %(tokens)s.") % {"tokens": tokens}
            raise Wrong(_("“%(typed)s” is no grade.") % {"typed": text[:20]}, remedy, "points") from refusal
        if typed.points is not None and typed.points > assessment.max_points and not self._allows_bonus:
            raise Wrong(
                _("%(points)s is more than the %(out_of)s points there were.")
                % {"points": text, "out_of": f"{assessment.max_points.normalize():f}"},
                _("Correct the points, or the maximum of the assessment."),
                "points",
            )
        return typed

    def _once(self, record: Record, assessment: Assessment, pupil: Person) -> None:
        line = self._seen.setdefault((id(assessment), id(pupil)), record.line)
        if line != record.line:
            raise Wrong(
                _("This grade already stands on line %(line)d.") % {"line": line},
                _("Keep one of the two lines."),
                "points",
            )

    def _compare(self, record: Record, assessment: Assessment, pupil: Person, typed: Typed) -> None:
        known = self._grades.get((assessment.pk or 0, pupil.pk or 0))
        label = _("Grade")
        if known is None:
            record.is_new = True
            record.changes.append(Change(label, "", _shown(typed.points, typed.token or typed.level)))
        elif (known.points, known.token, known.level) != (typed.points, typed.token, typed.level):
            old = _shown(known.points, known.token or known.level)
            record.changes.append(Change(label, old, _shown(typed.points, typed.token or typed.level)))


def _shown(points: Decimal | None, sign: Token | Level | None) -> str:
    if sign:
        return sign.code
    return "" if points is None else f"{points.normalize():f}".replace(".", ",")
