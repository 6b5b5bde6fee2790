"""
What a bundle carries of a school, and what it cannot: each kind of record is in one of the two lists.

Another school that takes a bundle of ours computes the same results, provided it has the same schemes,
scales, signs and categories: these are rules, and each school has its own.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CARRIED = frozenset(
    {
        "people.Person", "people.ExternalId", "structure.School", "structure.SchoolYear",
        "structure.ReportPeriod", "structure.YearLevel", "structure.ClassGroup", "structure.Enrolment",
        "structure.CourseStatus", "structure.Subject", "structure.Course", "structure.CourseGroup",
        "structure.GroupMembership", "structure.TeachingAssignment", "gradebook.Assessment",
        "gradebook.Grade",
    }
)  # fmt: skip
LEFT_BEHIND: tuple[tuple[str | Promise, frozenset[str]], ...] = (
    (
        _(
            "The rules: schemes, scales, signs and categories. The other school has its own; what it lacks "
            "is told when the bundle comes in."
        ),
        frozenset(
            {
                "grading.Category", "grading.Token", "grading.Scale", "grading.Level", "grading.Scheme",
                "grading.CategoryWeight", "grading.TokenRule",
            }
        ),
    ),
    (
        _("What was closed, retained and deliberated, and the seals. Results are computed again."),
        frozenset({"grading.Closing", "grading.CourseResult", "gradebook.Seal", "gradebook.SealRegister"}),
    ),
    (
        _("Earlier values of a grade, who typed it, and what is published."),
        frozenset({"gradebook.PastGrade", "gradebook.Publication"}),
    ),
    (
        _("The parts of a grade: competences, rubrics, their sums stay as points."),
        frozenset(
            {
                "gradebook.Competence", "gradebook.AssessedCompetence", "gradebook.SubGrade",
                "gradebook.PastSubGrade", "gradebook.CompetenceRule", "gradebook.CompetenceThreshold",
                "gradebook.Rubric", "gradebook.RubricLevel", "gradebook.Criterion", "gradebook.Descriptor",
                "gradebook.RubricUse", "gradebook.RubricFilling", "gradebook.FillingChoice",
                "gradebook.PastFilling",
            }
        ),
    ),
    (
        _("Comments for report cards, files given out and given back."),
        frozenset({"gradebook.Comment", "gradebook.Statement", "gradebook.Feedback"}),
    ),
    (
        _("Birth dates, addresses, families, functions and titulaires."),
        frozenset(
            {
                "people.Household", "people.Residence", "people.Duty", "people.Relationship",
                "people.ParentAccess", "people.Merge", "people.ToldApart",
                "structure.Tutorship", "structure.DutyScope",
            }
        ),
    ),
    (
        _("The plan by which a school year was brought forward."),
        frozenset({"structure.Rollover", "structure.ClassStep", "structure.PupilStep"}),
    ),
    (_("Holidays and days off."), frozenset({"structure.CalendarEvent"})),
)  # fmt: skip
"""Each group as the page says it, and the kinds of record it is about."""
