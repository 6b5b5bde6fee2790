"""
Who may read and keep the grades.

- Those who teach a group, today, keep its gradebook: co-teachers and replacements too.
- Those who taught it read on, for as long as the school lets them, what was done in their days: the
  assessments of those days and those they graded, of the pupils who were there; they write nothing.
- The titulaire reads every course of the pupils of the class, and nobody else's row where a group is mixed;
  the head and the deputies read all.
- Pupils read a grade once it is published to them; those who answer for them, with the right to see marks,
  once it is published to parents.
- The head and the deputies reopen a closed period and keep the schemes.
"""

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import ITSELF, NOBODY, Rule, rule
from preau.kit.clauses import Clause
from preau.kit.subjects import Subject, told_under
from preau.people.models import Duty, Person
from preau.people.relations import cares_for, holds, is_a_guardian, is_the, wards_of
from preau.people.releases import once_open
from preau.people.ties import in_force
from preau.structure.models import CourseGroup, Enrolment, GroupMembership
from preau.structure.relations import (
    belongs_to_group,
    classes_of,
    has_taught,
    is_a_pupil,
    is_a_teacher,
    is_a_tutor,
    taught,
    taught_on,
    taught_there,
    teaches,
    tutors,
)

from .models import Assessment, Feedback, Grade, PastGrade, Rubric, RubricFilling, SubGrade

RESULTS = Subject("results", _("Grades and results"), "chart-line", 10)

leads = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY)


once_published = once_open(_("once it is published"), "assessment__publication__published_at")
its_grades_are_published = once_open(_("once it is published"), "publication__published_at")
its_grades_are_published_to_parents = once_open(
    _("once it is published to parents"), "publication__parents_at"
)
once_published_to_parents = once_open(
    _("once it is published to parents"), "assessment__publication__parents_at"
)


def _tutors_a_pupil_of(group: str) -> Rule:
    """Tutor today a class of which a pupil follows the group today."""

    def condition(person: Person) -> Q:
        classes = classes_of(person)
        if not classes:
            return NOBODY
        pupils = Enrolment.objects.filter(in_force(), class_group__in=classes).values("pupil")
        groups = GroupMembership.objects.filter(in_force(), pupil__in=pupils).values("group")
        return Q(**{f"{group}__in": groups})

    return rule(Clause(_("tutors a pupil of the group"), _("the tutors of its pupils")), condition)


def _graded(assessment: str) -> Rule:
    """Have written a grade, one that stands or one that stood, at the assessment that this path leads to."""

    def condition(person: Person) -> Q:
        mine = Grade.objects.filter(assessment=OuterRef(assessment), written_by=person.pk)
        was_mine = PastGrade.objects.filter(grade__assessment=OuterRef(assessment), written_by=person.pk)
        return Q(Exists(mine)) | Q(Exists(was_mine))

    return rule(Clause(_("and graded it"), _("if they graded it")), condition)


may_keep_gradebook = teaches(ITSELF).over(CourseGroup)
may_grade = teaches("group").over(Assessment)
may_read_gradebook = (teaches(ITSELF) | _tutors_a_pupil_of(ITSELF) | leads).over(CourseGroup)
may_read_whole_gradebook = (teaches(ITSELF) | leads).over(CourseGroup)
"""Reads every row of a gradebook; a titulaire reads those that `may_read_row` gives."""
may_read_row = (teaches("group") | tutors("pupil") | leads).over(GroupMembership)

may_look_back = taught(ITSELF).over(CourseGroup)
may_look_back_at_row = (taught("group") & taught_there("group", "pupil")).over(GroupMembership)
may_look_back_at_assessment = (taught_on("group", "held_on") | taught("group") & _graded(ITSELF)).over(
    Assessment
)
"""Was given in the days of a former teacher, or graded by them."""

may_open_gradebook = may_read_gradebook | may_look_back
may_read_assessment = (
    teaches("group") | _tutors_a_pupil_of("group") | leads | may_look_back_at_assessment
).over(Assessment)

_reads_at_home = is_the("pupil") & once_published | cares_for("pupil") & once_published_to_parents
may_read_grade_at_home = _reads_at_home.over(Grade)

_looks_back = (
    taught_on("assessment__group", "assessment__held_on")
    | taught("assessment__group") & _graded("assessment")
) & taught_there("assessment__group", "pupil")
reads_what_was_graded = teaches("assessment__group") | tutors("pupil") | leads | _reads_at_home | _looks_back
"""Part of a rule about whatever has a pupil and an assessment: the grade, and all that goes with it."""
may_read_grade = reads_what_was_graded.over(Grade)
may_read_sub_grade = reads_what_was_graded.over(SubGrade)
may_read_feedback = reads_what_was_graded.over(Feedback)
may_read_filling = reads_what_was_graded.over(RubricFilling)

may_read_results = (is_the(ITSELF) | cares_for(ITSELF) | tutors(ITSELF) | leads).over(Person)
"""Whose page of results one may open; the grades on it obey `may_read_grade`."""

may_open_gradebooks = is_a_teacher | is_a_tutor | leads | has_taught
may_open_results = is_a_pupil | is_a_guardian
may_reopen_gradebook = leads
may_keep_schemes = leads
may_check_ledger = leads
"""May check the seals of closed gradebooks, and take the ledger away."""

# ---- Competences, scales, rubrics, files ----

may_keep_competences = holds(Duty.Kind.HEAD, Duty.Kind.DEPUTY, Duty.Kind.COORDINATOR)
may_read_competences = is_a_teacher | may_keep_competences
may_keep_scales = leads
may_use_rubrics = is_a_teacher | leads
may_keep_rubric = (is_a_teacher & is_the("made_by", _("and made it")) | leads).over(Rubric)
"""Colleagues use a rubric and copy it; whoever made it changes it."""


def _answers_for_a_pupil_of(group: str) -> Rule:
    """Answer today, with the right to see marks, for a pupil who follows the group today."""

    def condition(person: Person) -> Q:
        followed = GroupMembership.objects.filter(in_force(), pupil__in=wards_of(person)).values("group")
        return Q(**{f"{group}__in": followed})

    words = Clause(
        _("answers for a pupil of the group, with the right to see marks"),
        _("the adults of its pupils, with the right to see marks"),
        is_at_home=True,
    )
    return rule(words, condition)


may_read_statement = (
    may_read_assessment
    | belongs_to_group("group") & its_grades_are_published
    | _answers_for_a_pupil_of("group") & its_grades_are_published_to_parents
).over(Assessment)
"""What was asked at an assessment."""

may_give_feedback = teaches("assessment__group").over(Feedback)
"""A file given back to a pupil."""

told_under(RESULTS, may_read_grade, _("A grade, with its remark"))
told_under(RESULTS, may_read_sub_grade, _("The level reached in a competence"))
told_under(RESULTS, may_read_filling, _("How a work was graded, criterion by criterion"))
told_under(RESULTS, may_read_feedback, _("A file that a teacher gives back"))
told_under(RESULTS, may_read_statement, _("What was asked at a test"))
told_under(
    RESULTS,
    may_read_results,
    _("The page with all results of a pupil: each grade there has its own rule, above"),
)
told_under(
    RESULTS,
    may_open_gradebook,
    _("The gradebook of a course: of a mixed group, tutors read their own pupils only"),
)
told_under(RESULTS, may_read_row, _("The row of a pupil in a gradebook, with grades not published yet"))
