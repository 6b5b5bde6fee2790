"""Why the results of a pupil are what they are, unfolded in words and figures: the annex of a report card."""

from __future__ import annotations

from collections.abc import Container, Iterable
from fractions import Fraction

from django.utils.translation import gettext as _

from preau.design.pieces import cote
from preau.gradebook.queries.explaining import Explained, Term, explained_results, reads_all_of
from preau.gradebook.told import told_sign
from preau.grading import averages
from preau.grading.models import CourseResult
from preau.grading.plans import Plan, Rounding
from preau.grading.queries import scales, tokens
from preau.grading.results import nearest, weighed
from preau.kit.pdf import compile_pdf
from preau.people.models import Person
from preau.structure.models import ReportPeriod
from preau.structure.queries import class_of

from .pages import PAPER, Data, day, exactly, figure, made_by, page_facts, percent, with_decimals


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
        "notes": [*_notes(reads_all_of(reader, pupil)), *_signs(courses)],
        "words": [_("Assessment"), _("Date"), _("Points"), _("Share"), _("Weight"), _("Gives")],
        "empty": _("No course has a result to explain in this period."),
        "courses": [_course(course) for course in courses if course.terms],
    }


def _notes(is_whole: bool) -> list[str]:
    notes = [
        _("Certificates and excuses count nowhere; what was not handed in counts as 0."),
        _("Everything is computed exactly, and rounded only where it is said."),
    ]
    if is_whole:
        return notes
    return [*notes, _("Only grades that are published count here: the result can still move.")]


def _signs(courses: Iterable[Explained]) -> list[str]:
    """Say what the signs mean that stand in the tables, as a family is told them."""
    met = {term.score.sign for course in courses for term in course.terms if term.score.sign}
    told = [f"{code}: {told_sign(code, name, effect)}" for code, name, effect in _meanings(met)]
    return [f"{' · '.join(told)}."] if told else []


def _meanings(codes: Container[str]) -> list[tuple[str, str, str]]:
    """Return the tokens and levels of these codes: code, name, what it does."""
    levels = [(level.code, level.label, "") for scale in scales() for level in scale.levels.all()]
    known = [(token.code, token.name, token.effect) for token in tokens()] + levels
    return list({code: (code, name, effect) for code, name, effect in known if code in codes}.values())


def _course(course: Explained) -> Data:
    plan, result = course.plan, course.result
    scale = _("out of %(scale)s") % {"scale": cote(plan.scale)} if result.computed is not None else ""
    return {
        "name": course.group.course.name_on_documents,
        "teachers": ", ".join(course.teachers),
        "result": figure(result.computed, fails=plan.fails(result.computed)),
        "scale": scale,
        "terms": [_term(term, plan) for term in course.terms],
        "sentences": sentences_of(course),
        "decisions": _decisions(course.kept),
    }


def _term(term: Term, plan: Plan) -> Data:
    score = term.score
    return {
        "title": term.assessment.title,
        "kind": term.assessment.category.name,
        "day": day(term.assessment.held_on),
        "points": _points(term, plan),
        "share": _share(term),
        "weight": f"×{cote(score.weight)}",
        "gives": gives(term, plan),
        "is_out": term.is_out,
    }


def _points(term: Term, plan: Plan) -> Data:
    score = term.score
    of = f"{cote(score.points)}/{cote(score.out_of)}"
    if score.sign:
        return {"text": f"{score.sign} {of}" if term.has_points else score.sign, "kind": "token"}
    if term.is_empty:
        return {"text": _("not typed"), "kind": ""}
    return {"text": of, "kind": "low" if plan.is_low(score.points, score.out_of) else ""}


def _share(term: Term) -> str:
    """Write what was achieved in percent, to a tenth: one computes on with the points."""
    if term.is_zero:
        return "0 %"
    if not term.has_points:
        return ""
    percentage = term.score.share * 100
    shown = nearest(percentage)
    return f"{cote(shown)} %" if shown == percentage else f"≈ {cote(shown)} %"


def gives(term: Term, plan: Plan) -> str:
    """Write what a term adds to the sum, exactly, or why it adds nothing."""
    score = term.score
    if term.assessment.is_neutralised and not term.counts:
        return _("kept, left out for everybody")
    if not term.counts and not term.is_empty:
        return _("does not count")
    if term.is_left_out:
        return _("left out: neither points nor weight")
    if term.is_empty:
        return "–"
    if term.is_dropped:
        return _("dropped: better ones count")
    return exactly(weighed(score, plan))


def sentences_of(course: Explained) -> list[str]:
    """Return the sum in words, step by step, each number with all that is needed to compute on with it."""
    sums, plan = course.sums, course.plan
    told = [_("The period is closed: the result stands as it was then.")] if course.result.is_frozen else []
    if sums.share is None:
        return [*told, _("Nothing counts yet: there is no result.")]
    told += [
        *_categories(course),
        *_component(_("Daily work"), sums.daily_work, plan),
        *_component(_("Examination"), sums.exam, plan),
    ]
    return [*told, *_together(sums, plan), *_dropped(course), *_shown(course)]


def _together(sums: averages.Result, plan: Plan) -> list[str]:
    """Say what daily work and the examination come to together, or which of them is the whole result."""
    if sums.daily_work.share is None:
        return [_("No daily work counts: the examination is the whole result.")]
    if sums.exam.share is None:
        words = _("No examination counts: daily work is the whole result.")
        return [words] if plan.exam_weight and plan.daily_work_weight else []
    words = _(
        "Together: daily work weighs %(daily)s and the examination %(exam)s, "
        "(%(daily)s × %(a)s + %(exam)s × %(b)s) ÷ %(sum)s = %(percent)s %%."
    )
    facts = {
        "daily": cote(plan.daily_work_weight),
        "exam": cote(plan.exam_weight),
        "a": _part(sums.daily_work, plan),
        "b": _part(sums.exam, plan),
        "sum": cote(plan.daily_work_weight + plan.exam_weight),
        "percent": percent(sums.share),
    }
    return [words % facts]


def _part(part: averages.Component, plan: Plan) -> str:
    """Write a component's share as it goes on into the sum, in percent."""
    return exactly((plan.rounded_share(part.share) or Fraction(0)) * 100)


def _categories(course: Explained) -> list[str]:
    """Say what each kind of work comes to and weighs, where kinds have weights."""
    words = _("%(name)s, weighing %(weight)s: %(achieved)s achieved of %(counted)s, that is %(percent)s %%.")
    return [
        words
        % {
            "name": course.category_names.get(kind.category, ""),
            "weight": exactly(kind.weight),
            "achieved": exactly(kind.component.achieved),
            "counted": exactly(kind.component.counted),
            "percent": percent(kind.component.share),
        }
        for kind in course.sums.daily_work.categories
        if kind.component.share is not None
    ]


def _component(name: str, part: averages.Component, plan: Plan) -> list[str]:
    if part.share is None:
        return []
    facts = {
        "name": name,
        "achieved": exactly(part.achieved),
        "counted": exactly(part.counted),
        "percent": percent(part.share),
    }
    if part.categories:
        there = [kind for kind in part.categories if kind.component.share is not None]
        facts["sum"] = " + ".join(
            f"{exactly(kind.weight)} × {exactly((kind.component.share or Fraction(0)) * 100)}"
            for kind in there
        )
        words = _("%(name)s, each kind with its weight: (%(sum)s) ÷ %(counted)s = %(percent)s %%.")
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
    titles = ", ".join(f"“{term.assessment.title}”" for term in course.terms if term.is_dropped)
    return [_("Dropped, because better ones count: %(titles)s.") % {"titles": titles}] if titles else []


def _shown(course: Explained) -> list[str]:
    sums, plan, computed = course.sums, course.plan, course.result.computed
    if computed is None:
        words = _(
            "Only %(evidence)s %% of the weight is there, less than the %(least)s %% asked for: "
            "there is no result, the council decides."
        )
        return [words % {"evidence": percent(sums.evidence), "least": cote(plan.least_evidence)}]
    words = _("Out of %(scale)s that is %(value)s; in steps of %(step)s, rounded %(how)s: %(shown)s.")
    if plan.fails(computed):
        words = _(
            "Out of %(scale)s that is %(value)s; in steps of %(step)s, rounded %(how)s: %(shown)s. "
            "It is under the pass mark, %(pass)s %%."
        )
    return [
        words
        % {
            "scale": cote(plan.scale),
            "value": with_decimals((sums.share or Fraction(0)) * Fraction(plan.scale)),
            "how": rounding_words(plan.rounding),
            "step": cote(plan.step),
            "shown": cote(computed),
            "pass": cote(plan.pass_mark),
        }
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
