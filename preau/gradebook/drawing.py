"""
The rows of a sheet, drawn by Python alone: hundreds of cells in a few milliseconds.

A template would cost ten times as much. All that people typed goes through `escape`, here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from preau.design.pieces import avatar, badge, cote, cotes, icon
from preau.design.spark import spark
from preau.grading.models import Category, Token
from preau.grading.plans import Plan

from .models import Assessment
from .queries import Cell, Column, Row, Sheet
from .typed import RefusedCell

SHORT, LONG = 8, 26
"""Letters of the name of a scale that fit in a head; of a pupil's, that may not fit in the first column."""


class SheetDrawing:
    """Draws the rows of one sheet: inputs for who keeps the gradebook, plain text for who reads it."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        is_kept: bool,
        beside: Mapping[Hashable, str] = MappingProxyType({}),
        refused: Mapping[tuple[int, int], RefusedCell] = MappingProxyType({}),
    ) -> None:
        """
        Get ready to draw a sheet.

        :param beside: what the apps above hang beside the names, by the key of the pupil: HTML
        :param refused: what was typed and is not kept, by assessment (0 for comments) and pupil
        """
        self.sheet = sheet
        self.is_kept = is_kept
        self.beside = beside
        self.refused = refused
        self.write = cotes()
        self.pupils = reverse("gradebook:sheet", args=[sheet.group.pk, sheet.period.pk]) + "pupils/"
        self.plan = sheet.scheme.plan
        self.pass_share = float(self.plan.pass_share)
        self.columns = [
            (assessment, assessment.pk, _how_it_is_typed(assessment)) for assessment in sheet.assessments
        ]
        self.left = " " + badge(_("left"))
        self.new = " " + badge(_("new"), "info")
        self.not_assessable = escape(_("not assessable"))
        self.choose = escape(_("Retain another result for %(name)s"))
        self.to_write = escape(_("to write"))
        self.out = escape(_("out"))
        self.pencil = icon("pencil", "icon-small")

    def heads(self, *, keeps: bool) -> SafeString:
        """Return the heads of the columns; who keeps the gradebook finds the settings behind each title."""
        settings = reverse("gradebook:assessment_settings", args=[0])
        unseen = escape(_("not visible to pupils"))
        hidden = f'{icon("eye-off")}<span class="visually-hidden">{unseen}</span>'
        heads = (
            self._head(assessment, settings if keeps else "", hidden) for assessment in self.sheet.assessments
        )
        return SafeString("".join(heads))

    def _head(self, assessment: Assessment, settings: str, hidden: str) -> str:
        it, title = assessment, escape(assessment.title)
        dress = " is-exam" if it.category.component == Category.Component.EXAM else ""
        if settings:
            title = f'<a class="title" href="{settings.replace("/0/", f"/{it.pk}/")}">{title}</a>'
        else:
            title = f'<span class="title">{title}</span>'
        scale = escape(Truncator(it.scale.name).chars(SHORT)) if it.scale else f"/{self.write(it.max_points)}"
        seen = "" if getattr(it, "publication", None) else hidden
        weight = f"×{self.write(it.weight)}" if it.counts else self.out
        return (
            f'<th scope="col" id="a{it.pk}" class="mark{dress}{"" if it.counts else " is-out"}">'
            f'<span class="cat">{escape(it.category.name)}{seen}</span>'
            f'{title}<span class="max number">{scale}<i>{weight}</i></span></th>'
        )

    def means(self) -> SafeString:
        """Return the feet of the columns: the mean, and how many grades there are where some are missing."""
        return SafeString("".join(map(self._mean, self.sheet.columns)))

    def _mean(self, column: Column) -> str:
        there = f' <span class="missing">{column.written}/{column.expected}</span>' if column.missing else ""
        mean = self.write(column.average)
        return f'<td class="mark" data-average="{column.assessment.pk}">{mean}{there}</td>'

    def rows(self) -> SafeString:
        """Return all the rows; in the first one each cell has an address, `#cell-` and its assessment."""
        drawn = (self.row(row, is_first=not place) for place, row in enumerate(self.sheet.rows))
        return SafeString("".join(drawn))

    def row(self, row: Row, *, is_first: bool = False) -> str:
        """Return the row of a pupil: name, cells, trend, result, what is retained, comment."""
        dress = ' class="has-left"' if row.has_left else ""
        return (
            f"<tr{dress}>{self.pupil(row)}{self.cells(row, is_first=is_first)}"
            f'<td class="trend">{spark(row.trend, self.pass_share) if row.has_a_trend else ""}</td>'
            f"{self.result(row)}{self.chosen(row)}{self.comment(row, is_first=is_first)}</tr>"
        )

    def pupil(self, row: Row) -> str:
        pupil = row.pupil
        state = self.left if row.has_left else self.new if row.is_new else ""
        whole = f' title="{escape(pupil.full_name)}"' if len(pupil.full_name) > LONG else ""
        return (
            f'<th scope="row" id="p{pupil.pk}"{whole}><span class="pupil">{avatar(pupil)}'
            f"<span><b>{escape(pupil.family_name)}</b> {escape(pupil.called)}{state}</span>"
            f"{self.beside.get(pupil.pk, '')}</span></th>"
        )

    def cells(self, row: Row, *, is_first: bool = False) -> str:
        """Return the cells of a pupil. The name of an input says assessment, pupil and version."""
        pupil, write = row.pupil.pk, self.write
        drawn = []
        for cell, (assessment, key, how) in zip(row.cells, self.columns, strict=True):
            sign = cell.token or cell.level
            text = escape(sign) if sign else write(cell.points)
            kind = dress(cell, assessment, self.plan)
            if back := self.refused.get((key, pupil)):
                text, kind, how = escape(back.typed), "is-refused", f"{how}{_not_kept(back)}"
            if self.is_kept:
                address = f' id="cell-{key}"' if is_first else ""
                drawn.append(
                    f'<td class="g {kind}"><input{address} name="{key}.{pupil}.{cell.version}" '
                    f'aria-labelledby="p{pupil} a{key}" value="{text}"{how}></td>'
                )
            else:
                drawn.append(f'<td class="g {kind}">{text}</td>')
        return "".join(drawn)

    def result(self, row: Row) -> str:
        pupil = row.pupil.pk
        if row.result.computed is not None:
            look = "why fail" if row.result.fails else "why"
            shown = self.write(row.result.computed)
            link = f'<a class="{look}" data-peek href="{self.pupils}{pupil}/why/">{shown}</a>'
        elif row.result.is_open_question:
            link = f'<a class="why soft" data-peek href="{self.pupils}{pupil}/why/">{self.not_assessable}</a>'
        else:
            link = ""
        return f'<td class="result" data-result="{pupil}">{link}</td>'

    def chosen(self, row: Row) -> str:
        chosen = row.result.decisions.chosen
        shown = f"<b>{self.write(chosen)}</b>" if chosen is not None else ""
        if self.is_kept:
            words = self.choose.replace("%(name)s", escape(row.pupil.full_name))
            shown = (
                f'<a class="choose" href="{self.pupils}{row.pupil.pk}/choice/">{shown}{self.pencil}'
                f'<span class="visually-hidden">{words}</span></a>'
            )
        return f'<td class="chosen">{shown}</td>'

    def comment(self, row: Row, *, is_first: bool = False) -> str:
        pupil, text, how, dress = row.pupil.pk, escape(row.comment.text) if row.comment else "", "", ""
        if back := self.refused.get((0, pupil)):
            text, how, dress = escape(back.typed), _not_kept(back), " is-refused"
        if self.is_kept:
            name = f"0.{pupil}.{row.comment_version}"
            address = ' id="cell-0"' if is_first else ""
            text = (
                f'<input{address} name="{name}" aria-labelledby="p{pupil} a0" maxlength="600" '
                f'value="{text}" placeholder="{self.to_write}"{how}>'
            )
        return f'<td class="comment{dress}">{text}</td>'


def dress(cell: Cell, assessment: Assessment, plan: Plan) -> str:
    """Return the class of a cell: low, a token, a token that counts as zero, empty."""
    if cell.token:
        return "is-zero" if cell.effect == Token.Effect.ZERO else "is-token"
    if cell.level:
        return "is-token"
    if cell.points is None:
        return "is-empty"
    return "is-low" if plan.is_low(cell.points, assessment.max_points) else ""


def answer_as_data(answer: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    """Return what became of a cell that was typed, for the grid: how it stands now, with its class."""
    told = {name: value for name, value in answer.items() if name not in {"cell", "assessment"}}
    if cell := answer.get("cell"):
        look = dress(cell, answer["assessment"], plan)
        told |= {"version": cell.version, "text": cell.text, "kind": look}
    return told


def sheet_as_data(page: Sheet) -> dict[str, Any]:
    """Return a sheet for the grid of an open page: cells with their versions, results, means."""
    plan = page.scheme.plan
    cells = [
        [assessment.pk, row.pupil.pk, cell.version, cell.text, dress(cell, assessment, plan)]
        for row in page.rows
        for assessment, cell in zip(page.assessments, row.cells, strict=True)
        if cell.version
    ]
    cells += [
        [0, row.pupil.pk, row.comment_version, row.comment.text if row.comment else "", ""]
        for row in page.rows
        if row.comment_version
    ]
    undecided = _("not assessable")
    rows = {
        row.pupil.pk: [
            cote(row.result.computed) or (undecided if row.result.is_open_question else ""),
            row.result.fails,
        ]
        for row in page.rows
    }
    columns = {
        column.assessment.pk: [cote(column.average), column.missing, column.expected]
        for column in page.columns
    }
    return {
        "stamp": page.stamp,
        "cells": cells,
        "rows": rows,
        "columns": columns,
        "average": cote(page.class_average),
        "comments": [page.comments_written, len(page.rows)],
        "is_closed": page.closing is not None,
    }


def _not_kept(cell: RefusedCell) -> str:
    return f' aria-invalid="true" title="{escape(cell.words)}"'


def _how_it_is_typed(assessment: Assessment) -> str:
    """Return the attributes of the cells of a column: levels are words, a sum of parts is not typed."""
    if assessment.composition:
        return " readonly"
    return " data-levels" if assessment.scale_id else ""
