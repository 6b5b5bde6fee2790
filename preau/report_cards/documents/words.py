"""Every word of a card that is not a fact, in the language of the moment."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from preau.design.pieces import cote

from ..models import ReportCard

Data = dict[str, Any]


def legend(facts: Data, names: Data) -> list[tuple[str, str]]:
    """Return the signs of a card, and its columns by their names, with what they mean."""
    lines = list[tuple[str, str]]()
    weights = {tuple(course["weights"]) for course in facts["courses"] if course["figures"]["exam"]}
    if "exam" in facts["columns"]:
        daily, exam = weights.pop() if len(weights) == 1 else ("", "")
        lines += [
            (names["daily_work"], _of_weight(_("daily work"), daily)),
            (names["exam"], _of_weight(_("examination of the period"), exam)),
            (names["period"], _("both together")),
        ]
    if "standing" in facts["columns"]:
        parts = ", ".join(f"{name} × {cote(weight)}" for name, weight in facts["weights"])
        lines.append((names["standing"], _("since September: %(parts)s") % {"parts": parts}))
    lines += [(sign, _token_words(name, effect)) for sign, name, effect in facts["tokens"]]
    if any(course["by_council"] and _is_bracketed(course) for course in facts["courses"]):
        lines.append(("( )", _("in brackets: neither a failure nor in the average")))
    return [*lines, ("–", _("no result"))]


def _is_bracketed(course: Data) -> bool:
    period = course["figures"]["period"]
    return bool(period and period.get("is_bracketed"))


def _of_weight(what: str, weight: str) -> str:
    if not weight:
        return what
    return _("%(what)s, counts %(weight)s") % {"what": what, "weight": cote(weight)}


def _token_words(name: str, effect: str) -> str:
    if effect == "ZERO":
        return _("%(meaning)s, counts as 0") % {"meaning": name}
    if effect:
        return _("%(meaning)s, left out") % {"meaning": name}
    return _("too little to assess: the council decides")


def column_names() -> dict[str, str]:
    """Return what each column of canevas v1 is called, in the language of the moment."""
    return {
        "daily_work": _("Daily"),
        "exam": _("Exam"),
        "period": _("Period"),
        "standing": _("Standing"),
    }


def words_of(card: ReportCard, facts: Data) -> Data:
    pupil, period, tutors = facts["pupil"], facts["period"], facts["pupil"]["tutors"]
    named = {"pupil": pupil["name"], "class": pupil["class_group"], "period": period["name"]}
    around = {**named, "pupil": "{pupil}"}  # The template puts the name there, in its own direction.
    numbered = {"number": card.number, "version": card.version}
    made_on = formats.date_format(card.created_at, "SHORT_DATE_FORMAT")
    return _fixed_words() | {
        "document_title": _("Report card, %(period)s: %(pupil)s, %(class)s") % named,
        "description": _("Report card no. %(number)s, version %(version)s") % numbered,
        "title": _("Report card · %(period)s") % named,
        "tutors": _("Tutor:") if tutors else "",
        "year": _("School year %(year)s") % {"year": facts["year"]},
        "position": _("period %(rank)s of %(of)s") % period,
        "correction": _("Version %(version)s, corrected on %(day)s.") % {**numbered, "day": made_on},
        "failure_legend": _failure_legend(facts),
        "head_signs": _("The head, %(name)s") % {"name": facts["school"]["head"]}
        if facts["school"]["head"]
        else _("The head"),
        "tutor_signs": _("The tutor, %(name)s") % {"name": ", ".join(tutors)} if tutors else _("The tutor"),
        "check_at": _("to be checked at %(address)s") % {"address": _short_address()},
        "qr_alt": _("QR code to check the card at %(address)s, code %(code)s")
        % {"address": _short_address(), "code": card.readable_code},
        "slip_sentence": _(
            "I answer for %(pupil)s (%(class)s) and have taken note of report card no. %(number)s."
        )
        % {**around, **numbered},
        "footer": _(
            "%(pupil)s, %(class)s · Report card no. %(number)s, version %(version)s · made on %(day)s"
        )
        % {**around, **numbered, "day": made_on},
    }


def _fixed_words() -> Data:
    return column_names() | {
        "course": _("Course"),
        "hours": _("H"),
        "comment": _("The teacher's word"),
        "failure_alt": _("failed:"),
        "attention_alt": _("attention:"),
        "no_results": _("No course has a result for this period."),
        "tutor_word": _("The tutor's word"),
        "correction_reason": _("Why:"),
        "journey": _("The way so far, course by course"),
        "journey_note": _(
            "The result of each period; the tinted part is last year. Dashed line: the pass mark. Nobody is "
            "compared with anyone else."
        ),
        "legend": _("How to read this card"),
        "serif_legend": _("H: periods a week. What a person wrote is in serif type."),
        "authenticity": _("Authenticity"),
        "slip": _("Acknowledgement"),
        "slip_return": _("To be given back to the tutor; or with one tap in Préau."),
        "slip_date": _("Date"),
        "slip_guardian": _("Name and signature of the adult in charge"),
        "slip_pupil": _("Signature of the pupil"),
        "page": _("Page"),
        "of": _("of"),
        "copy_for": _("Copy for"),
    }


def _failure_legend(facts: Data) -> str:
    scales = {(course["scale"], course["pass_mark"]) for course in facts["courses"]}
    if len(scales) != 1:
        return _("failed.")
    scale, pass_mark = scales.pop()
    return _("failed: under %(mark)s %% of the %(scale)s points.") % {
        "mark": cote(pass_mark),
        "scale": cote(scale),
    }


def _short_address() -> str:
    return settings.SCHOOL_ADDRESS.partition("://")[2] + reverse("report_cards:check")
