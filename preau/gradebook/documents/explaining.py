"""Why the results of a pupil are what they are, unfolded in words and figures: the annex of a report card."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.grading import averages
from preau.grading.averages import Plan, Rounding
from preau.grading.models import CourseResult, Token
from preau.kit.pdf import compile_pdf
from preau.people.models import Person
from preau.structure.models import ReportPeriod
from preau.structure.queries import class_of

from ..queries import Cell
from ..queries.explaining import Explained, Term, explained_results, reads_all_of
from .pages import PAPER, Data, day, decimals, exactly, figure, made_by, page_facts, percent


def explanation_of(pupil: Person, period: ReportPeriod, reader: Person) -> bytes:
    """Return the annex as a PDF, as far as the reader may know."""
    return compile_pdf(PAPER / "explanation.typ", explanation_data(pupil, period, reader))


def explanation_data(pupil: Person, period: ReportPeriod, reader: Person) -> Data:
    """Return what the template draws."""
    courses = explained_results(pupil, period, reader)
    title = _("Why these results? %(pupil)s, %(period)s") % {"pupil": pupil.full_name, "period": period.name}
    class_group = class_of(pupil)
    about = [class_group.name if class_group else "", period.name, period.school_year.name]
    return {
        **page_facts(title=title, description=title, footer=title),
        "heading": pupil.full_name,
        "lead": " · ".join(filter(None, about)),
        "aside": made_by(reader),
        "notes": _notes(reads_all_of(reader, pupil)),
        "words": [_("Assessment"), _("Date"), _("Points"), _("Share"), _("Weight"), _("Gives")],
        "empty": _("No course has a result to explain in this period."),
        "courses": [_course(it) for it in courses if it.terms],
    }


def _notes(is_whole: bool) -> list[str]:
    notes = [
        _("Certificates and excuses count nowhere; what was not handed in counts as 0."),
        _("Everything is computed exactly, and rounded only where it is said."),
    ]
    if is_whole:
        return notes
    return [*notes, _("Only grades that are published count here: the result can still move.")]


def _course(course: Explained) -> Data:
    plan = course.scheme.plan
    scale = _("out of %(scale)s") % {"scale": cote(plan.scale)} if course.shown is not None else ""
    return {
        "name": course.group.course.name,
        "teachers": ", ".join(course.teachers),
        "result": figure(course.shown, fails=plan.fails(course.shown)),
        "scale": scale,
        "terms": [_term(term, plan) for term in course.terms],
        "sentences": sentences_of(course),
        "decisions": _decisions(course.kept),
    }


def _term(term: Term, plan: Plan) -> Data:
    it, cell = term.assessment, term.cell
    is_out = not it.counts or term.is_dropped or cell.effect == Token.Effect.IGNORED or cell.is_empty
    return {
        "title": it.title,
        "kind": it.category.name,
        "day": day(it.held_on),
        "points": _points(cell, it.max_points),
        "share": _share(cell, it.max_points),
        "weight": f"×{cote(it.weight)}",
        "gives": _gives(term, plan),
        "is_out": is_out,
    }


def _points(cell: Cell, out_of: Decimal) -> Data:
    if cell.token or cell.level:
        return {"text": cell.text, "kind": "token"}
    if cell.points is None:
        return {"text": _("not typed"), "kind": ""}
    is_low = cell.points * 2 < out_of
    return {"text": f"{cote(cell.points)}/{cote(out_of)}", "kind": "low" if is_low else ""}


def _share(cell: Cell, out_of: Decimal) -> str:
    if cell.effect == Token.Effect.ZERO:
        return "0 %"
    return "" if cell.points is None else f"{decimals(Fraction(cell.points) * 100 / Fraction(out_of))} %"


def _gives(term: Term, plan: Plan) -> str:
    it, cell = term.assessment, term.cell
    if it.is_neutralised:
        return _("kept, left out for everybody")
    if not it.counts:
        return _("does not count")
    if cell.effect == Token.Effect.IGNORED:
        return _("left out: neither points nor weight")
    if cell.is_empty or (cell.points is None and cell.effect is None):
        return "–"
    if term.is_dropped:
        return _("dropped: better ones count")
    points = Fraction((cell.points or Decimal(0)) * it.weight)
    return exactly(points if plan.by_points else points / Fraction(it.max_points))


def sentences_of(course: Explained) -> list[str]:
    """Return the sum in words, step by step, each number with all that is needed to compute on with it."""
    result, plan = course.result, course.scheme.plan
    if result is None or result.share is None:
        return [_("Nothing counts yet: there is no result.")]
    told = [
        *_component(_("Daily work"), result.daily_work, plan, by_kinds=bool(plan.category_weights)),
        *_component(_("Examination"), result.exam, plan, by_kinds=False),
    ]
    if result.daily_work.share is not None and result.exam.share is not None:
        words = _(
            "Together: daily work weighs %(daily)s and the examination %(exam)s, "
            "(%(daily)s × %(a)s + %(exam)s × %(b)s) ÷ %(sum)s = %(percent)s %%."
        )
        told.append(
            words
            % {
                "daily": cote(plan.daily_work_weight),
                "exam": cote(plan.exam_weight),
                "a": _part(result.daily_work, plan),
                "b": _part(result.exam, plan),
                "sum": cote(plan.daily_work_weight + plan.exam_weight),
                "percent": percent(result.share),
            }
        )
    elif result.exam.share is None and plan.exam_weight and plan.daily_work_weight:
        told.append(_("No examination counts: daily work is the whole result."))
    elif result.daily_work.share is None:
        told.append(_("No daily work counts: the examination is the whole result."))
    return [*told, *_dropped(course), *_shown(course, result, plan)]


def _part(part: averages.Component, plan: Plan) -> str:
    """Write a component's share as it goes on into the sum, in percent."""
    return exactly((plan.rounded_share(part.share) or Fraction(0)) * 100)


def _component(name: str, part: averages.Component, plan: Plan, *, by_kinds: bool) -> list[str]:
    if part.share is None:
        return []
    facts = {
        "name": name,
        "achieved": exactly(part.achieved),
        "counted": exactly(part.counted),
        "percent": percent(part.share),
    }
    if by_kinds:
        words = _("%(name)s, each kind with its weight: %(achieved)s ÷ %(counted)s = %(percent)s %%.")
    else:
        words = _("%(name)s: %(achieved)s achieved of %(counted)s, that is %(percent)s %%.")
    told = [words % facts]
    if plan.rounds_components:
        rounded = _("%(name)s is rounded first: %(shown)s out of %(scale)s.")
        told.append(
            rounded % {"name": name, "shown": cote(plan.shown(part.share)), "scale": cote(plan.scale)}
        )
    return told


def _dropped(course: Explained) -> list[str]:
    titles = ", ".join(f"“{it.assessment.title}”" for it in course.terms if it.is_dropped)
    return [_("Dropped, because better ones count: %(titles)s.") % {"titles": titles}] if titles else []


def _shown(course: Explained, result: averages.Result, plan: Plan) -> list[str]:
    told = []
    if course.is_frozen:
        told.append(_("The period is closed: the result stands as it was then."))
    if not result.is_assessable and course.shown is None:
        words = _(
            "Only %(evidence)s %% of the weight counts, less than the %(least)s %% asked for: "
            "there is no result, the council decides."
        )
        facts = {"evidence": percent(result.evidence), "least": cote(plan.least_evidence)}
        return [*told, words % facts]
    words = _("Out of %(scale)s that is %(value)s; in steps of %(step)s, rounded %(how)s: %(shown)s.")
    if plan.fails(course.shown):
        words = _(
            "Out of %(scale)s that is %(value)s; in steps of %(step)s, rounded %(how)s: %(shown)s. "
            "It is under the pass mark, %(pass)s %%."
        )
    return [
        *told,
        words
        % {
            "scale": cote(plan.scale),
            "value": decimals((result.share or Fraction(0)) * Fraction(plan.scale)),
            "how": rounding_words(plan.rounding),
            "step": cote(plan.step),
            "shown": cote(course.shown),
            "pass": cote(plan.pass_mark),
        },
    ]


def rounding_words(rounding: Rounding) -> str:
    """Return how a scheme rounds, to stand in a sentence."""
    return {
        Rounding.HALF_UP: _("to the nearest, halves up"),
        Rounding.HALF_EVEN: _("to the nearest, halves to the even"),
        Rounding.UP: _("up"),
        Rounding.DOWN: _("down"),
    }[rounding]


def _decisions(kept: CourseResult | None) -> list[str]:
    """Return what the teacher and the council made of a result."""
    told = []
    if kept and kept.chosen is not None:
        words = _("The teacher retains %(chosen)s: %(why)s")
        told.append(words % {"chosen": cote(kept.chosen), "why": kept.chosen_because})
    if kept and kept.attribute:
        words = _("The council decided, %(how)s: %(value)s. %(why)s")
        value = cote(kept.deliberated) or _("no result")
        told.append(
            words % {"how": kept.get_attribute_display(), "value": value, "why": kept.deliberated_because}
        )
    return told
