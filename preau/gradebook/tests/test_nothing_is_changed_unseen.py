"""Each way of changing a closed gradebook behind its back is seen; what people may do alarms nobody."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.models import F

from preau.gradebook import actions, ledger, queries
from preau.gradebook.ledger import Problem
from preau.gradebook.models import (
    AssessedCompetence,
    Assessment,
    Comment,
    Grade,
    PastGrade,
    PastSubGrade,
    Seal,
    SealRegister,
    SubGrade,
)
from preau.gradebook.queries.sealed import held_by_group
from preau.gradebook.queries.seals import is_named_in_a_seal
from preau.gradebook.typed import read_cell
from preau.grading.actions import keep_scale, keep_scheme
from preau.grading.models import (
    Category,
    CategoryWeight,
    Closing,
    CourseResult,
    Level,
    Scheme,
    Token,
    TokenRule,
)
from preau.grading.queries import levels_by_code
from preau.kit.signatures import SigningKey
from preau.structure.models import CourseGroup, GroupMembership

from .builders import TUESDAY, assessment, grade
from .parts import competences, look_at, reach

LATER = TUESDAY + timedelta(hours=1)


def where(school):
    return {"group": school.maths_4tta, "period": school.december}


def ledger_now(school):
    return queries.ledger_of(school.december)


@pytest.fixture
def closed(school):
    """
    December of mathematics, with something of each kind: a grade with a past, a sign, a level that is worth
    something, a competence, a comment, a result retained by the teacher, then one decided by the council.
    French was closed before.
    """
    by = school.vandamme
    actions.close_gradebook(group=school.french_2cb, period=school.december, by=school.lemaire, at=TUESDAY)
    keep_scheme(
        scheme=Scheme.objects.get(),
        facts={"name": "Règlement"},
        categories={Category.objects.get(code="INTERRO").pk: Decimal(2)},
        tokens={Token.objects.get(code="ABS").pk: "ZERO"},
        starts_on=school.december.starts_on,
        by=school.pirard,
        at=TUESDAY,
    )
    scale = keep_scale(
        scale=None,
        name="Lettres",
        levels=[{"code": "A", "label": "acquis", "share": 80}],
        by=None,
        at=TUESDAY,
    )
    test = assessment(**where(school), by=by)
    oral = assessment(**where(school), by=by, title="Oral", scale=scale)
    grade(test, school.noor, "8", by=by)
    grade(test, school.noor, "12", by=by, version=1)
    grade(test, school.emma, "NR", by=by)
    typed = read_cell("A", {}, levels_by_code(scale.pk))
    actions.write_grade(assessment=oral, pupil=school.noor, typed=typed, version=0, by=by, at=TUESDAY)
    (competence,) = competences(school.maths_4tta.course.subject, by=school.pirard, C1="Calculer")
    (part,) = look_at(test, (competence, 10), by=by)
    reach(part, school.noor, "4", by=by)
    reach(part, school.noor, "7", by=by, version=1)
    actions.write_comment(**where(school), pupil=school.noor, text="Bien", by=by, at=TUESDAY)
    retained = {"chosen": Decimal(50), "because": "Progrès", "by": by, "at": TUESDAY}
    actions.choose_result(**where(school), pupil=school.emma, **retained)
    actions.close_gradebook(**where(school), by=by, at=TUESDAY)
    decide(school)
    assert ledger_now(school).is_intact
    return test


def decide(school, value=65, at=LATER):
    decided = {"attribute": "FREE", "value": Decimal(value), "because": "Conseil", "by": school.pirard}
    actions.deliberate_result(**where(school), pupil=school.noor, **decided, at=at)


def of(model, **what):
    """Change a table behind everybody's back."""
    return lambda school: model.objects.update(**what)


def of_noor(model, **what):
    return lambda school: model.objects.filter(pupil=school.noor).update(**what)


def of_the_closing(model, **what):
    """Change the closing of mathematics, or what was sealed with it."""
    return lambda school: model.objects.filter(group=school.maths_4tta).update(**what)


def write(**what):
    """Change the grade of Noor in “Radicaux”."""
    return lambda school: noors(school).update(**what)


def noors(school):
    return Grade.objects.filter(pupil=school.noor, assessment__title="Radicaux")


def slip_a_grade_in(school):
    test = Assessment.objects.get(title="Oral")
    Grade.objects.create(assessment=test, pupil=school.emma, points=20, written_at=TUESDAY)


def slip_an_assessment_in(school):
    test = Assessment.objects.get(title="Oral")
    test.pk, test.title = None, "Slipped in"
    test.save()


def swap_two_pupils(school):
    noors(school).update(pupil=school.alma)
    Grade.objects.filter(pupil=school.emma, assessment__title="Radicaux").update(pupil=school.noor)


def slip_a_decision_in(school):
    CourseResult.objects.filter(pupil=school.emma).update(deliberated=60, attribute="FREE")


def take_a_decision_back(school):
    nothing = {"deliberated": None, "attribute": "", "deliberated_at": None}
    CourseResult.objects.filter(pupil=school.noor).update(**nothing)


def slip_a_comment_in(school):
    Comment.objects.create(**where(school), pupil=school.emma, text="Excellent", written_at=TUESDAY)


def slip_a_result_in(school):
    CourseResult.objects.create(**where(school), pupil=school.alma, computed=90, share=Fraction(9, 10))


def change_a_grade_of_what_seems_reopened(school):
    Closing.objects.filter(group=school.maths_4tta).update(reopened_at=LATER, reopened_because="Une erreur")
    CourseResult.objects.update(computed_at=None)
    grade(Assessment.objects.get(title="Radicaux"), school.noor, "20", by=school.vandamme, version=2)


def change_a_grade_of_what_seems_never_closed(school):
    Closing.objects.filter(group=school.maths_4tta).delete()
    CourseResult.objects.filter(group=school.maths_4tta).delete()
    grade(Assessment.objects.get(title="Radicaux"), school.noor, "20", by=school.vandamme, version=2)


def remove_the_last_seal(school):
    Seal.objects.order_by("number").last().delete()


def remove_the_last_closing_with_its_seals(school):
    Seal.objects.filter(group=school.maths_4tta).delete()
    Closing.objects.filter(group=school.maths_4tta).delete()
    CourseResult.objects.filter(group=school.maths_4tta).delete()


def remove_all_seals_and_closings(school):
    for model in (Seal, Closing, CourseResult):
        model.objects.all().delete()


def write_the_register_anew(school):
    remove_the_last_seal(school)
    last = Seal.objects.order_by("number").last()
    register = SealRegister.objects.get()
    register.ends = {str(school.december.pk): [last.number, last.hash]}
    register.hash = ledger.hash_of(register.claim)
    register.save()


def forge_the_register(school):
    write_the_register_anew(school)
    register, forger = SealRegister.objects.get(), SigningKey("a forger's secret", ledger.PURPOSE)
    register.signature, register.public_key = forger.sign(register.hash), forger.public
    register.save()


def forge_a_seal(school):
    write(points=20)(school)
    seal, forger = (
        Seal.objects.get(group=school.maths_4tta, act="CLOSED"),
        SigningKey("a forger's", ledger.PURPOSE),
    )
    key = noors(school).get().pk
    entries = held_by_group(school.december.pk)[school.maths_4tta.pk].grades[key]
    seal.covers |= ledger.covers_of({key: entries})
    seal.hash = ledger.hash_of(seal.claim)
    seal.signature, seal.public_key = forger.sign(seal.hash), forger.public
    seal.save()


GRADES, THINGS, CLOSING = {Problem.GRADES}, {Problem.THINGS}, {Problem.CLOSING}
ALTERATIONS = {
    # Grades.
    "points": (write(points=19), GRADES),
    "remark": (write(remark="Bravo"), GRADES),
    "reason": (write(reason="?"), GRADES),
    "author": (lambda school: noors(school).update(written_by=school.thys), GRADES),
    "moment": (write(written_at=LATER), GRADES),
    "a sign instead of points": (
        lambda school: noors(school).update(points=None, token=Token.objects.get(code="CM")),
        GRADES | THINGS,
    ),
    "a sign taken away": (
        lambda school: Grade.objects.filter(pupil=school.emma).update(token=None),
        GRADES | THINGS,
    ),
    "a level taken away": (of(Grade, level=None), GRADES | THINGS),
    "version": (write(version=F("version") + 1), GRADES),
    "past": (of(PastGrade, points=2), GRADES),
    "past removed": (lambda school: PastGrade.objects.all().delete(), GRADES),
    "grade removed": (lambda school: noors(school).delete(), GRADES),
    "grade slipped in": (slip_a_grade_in, GRADES),
    "pupils swapped": (swap_two_pupils, GRADES),
    # What results are made of.
    "maximum": (of(Assessment, max_points=30), THINGS),
    "weight": (of(Assessment, weight=5), THINGS),
    "category": (
        lambda school: Assessment.objects.update(category=Category.objects.get(code="EXAMEN")),
        THINGS,
    ),
    "what a category feeds": (of(Category, component="EXAM"), THINGS),
    "neutralised": (of(Assessment, neutralised_at=LATER), THINGS),
    "formative": (of(Assessment, purpose="FORMATIVE"), THINGS),
    "day it counts from": (lambda school: Assessment.objects.update(counts_from=school.year.ends_on), THINGS),
    "title": (of(Assessment, title="Autre chose"), THINGS),
    "assessment slipped in": (slip_an_assessment_in, THINGS),
    "what a sign does": (of(Token, effect="IGNORED"), THINGS),
    "what a level is worth": (of(Level, share=100), THINGS),
    "that a level counts": (of(Level, is_rated=False), THINGS),
    "weights of the scheme": (of(Scheme, daily_work_weight=90), THINGS),
    "pass mark": (of(Scheme, pass_mark=40), THINGS),
    "weight of a kind under the scheme": (of(CategoryWeight, weight=9), THINGS),
    "what a sign does under the scheme": (of(TokenRule, effect="IGNORED"), THINGS),
    "maximum of a competence": (of(AssessedCompetence, max_points=20), THINGS),
    "sub-grade": (of(SubGrade, points=10), THINGS),
    "sub-grade removed": (lambda school: SubGrade.objects.all().delete(), THINGS),
    "past of a sub-grade": (of(PastSubGrade, points=10), THINGS),
    # Results.
    "computed": (of_noor(CourseResult, computed=99), THINGS),
    "exact share": (of_noor(CourseResult, share=Fraction(99, 100)), THINGS),
    "daily work": (of_noor(CourseResult, daily_work=99), THINGS),
    "what it was made of": (of_noor(CourseResult, scores=[]), THINGS),
    "scheme of a result": (of_noor(CourseResult, scheme=None), THINGS),
    "retained": (lambda school: CourseResult.objects.filter(pupil=school.emma).update(chosen=80), THINGS),
    "why it was retained": (
        lambda school: CourseResult.objects.filter(pupil=school.emma).update(chosen_because="?"),
        THINGS,
    ),
    "retained slipped in": (of_noor(CourseResult, chosen=80), THINGS),
    "decided by the council": (of_noor(CourseResult, deliberated=80), THINGS),
    "how the council decided": (of_noor(CourseResult, attribute="BRACKETS"), THINGS),
    "decision taken back": (take_a_decision_back, THINGS),
    "decision slipped in": (slip_a_decision_in, THINGS),
    "result removed": (lambda school: CourseResult.objects.filter(pupil=school.emma).delete(), THINGS),
    "result slipped in": (slip_a_result_in, THINGS),
    "comment": (of(Comment, text="Mal"), THINGS),
    "comment removed": (lambda school: Comment.objects.all().delete(), THINGS),
    "comment slipped in": (slip_a_comment_in, THINGS),
    # Closings.
    "grade changed, closing marked reopened": (
        change_a_grade_of_what_seems_reopened,
        GRADES | THINGS | CLOSING,
    ),
    "grade changed, closing deleted": (change_a_grade_of_what_seems_never_closed, GRADES | THINGS | CLOSING),
    "who closed": (lambda school: Closing.objects.update(closed_by=school.thys), CLOSING),
    "when it was closed": (of_the_closing(Closing, closed_at=LATER), CLOSING),
    # The chain.
    "first seal removed": (lambda school: Seal.objects.get(number=1).delete(), {Problem.CHAIN}),
    "seal removed": (lambda school: Seal.objects.get(number=2).delete(), {Problem.CHAIN}),
    "seal edited": (of_the_closing(Seal, covers={}), {Problem.EDITED} | GRADES),
    "what a seal holds edited": (of_the_closing(Seal, holds={}), {Problem.EDITED} | THINGS | CLOSING),
    "seal of another act": (of_the_closing(Seal, act="DECIDED"), {Problem.EDITED}),
    "seal said to be of the first format": (of(Seal, format=1), {Problem.EDITED}),
    "who sealed": (lambda school: Seal.objects.update(sealed_by=school.thys), {Problem.EDITED}),
    "seal put elsewhere": (
        lambda school: Seal.objects.filter(number=1).update(group=school.physics_5ttb),
        {Problem.EDITED} | CLOSING,
    ),
    "seal forged": (forge_a_seal, {Problem.SIGNATURE, Problem.CHAIN}),
    "last seal removed": (remove_the_last_seal, {Problem.END}),
    "last seals removed with their closing": (remove_the_last_closing_with_its_seals, {Problem.END}),
    "all seals removed with their closings": (remove_all_seals_and_closings, {Problem.END}),
    "last seal removed, register edited": (write_the_register_anew, {Problem.REGISTER}),
    "last seal removed, register forged": (forge_the_register, {Problem.REGISTER}),
    "register removed": (lambda school: SealRegister.objects.all().delete(), {Problem.REGISTER}),
}


@pytest.mark.parametrize(("alter", "seen"), ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_alteration_is_seen(school, closed, alter, seen):
    assert school.everybody
    alter(school)

    found = ledger_now(school)

    told = {problem for state in found.states for problem in state.problems} | set(found.ends)
    assert told >= seen
    assert not found.is_intact
    assert "intact" not in found.words
    taken = queries.read_ledger(queries.ledger_file(school.december))
    findings, ends = taken.inspect(queries.public_keys()), taken.end(queries.public_keys())
    assert {problem for finding in findings for problem in finding.problems} | set(ends) == told


# ---- What people may do ----


def close(school, at=LATER):
    actions.close_gradebook(**where(school), by=school.vandamme, at=at)


def reopen(school):
    actions.reopen_gradebook(**where(school), because="Une erreur", by=school.pirard, at=LATER)


def correct_and_close_again(school, test):
    reopen(school)
    grade(test, school.noor, "13", by=school.vandamme, version=2)
    close(school)


def empty_a_test_and_remove_it(school, test):
    reopen(school)
    oral = Assessment.objects.get(title="Oral")
    grade(oral, school.noor, "", by=school.vandamme, version=1)
    actions.remove_assessment(assessment=oral, by=school.vandamme, at=LATER)
    assert ledger_now(school).is_intact
    close(school)


def reopen_twice(school, test):
    for _time in range(2):
        reopen(school)
        close(school)


def decide_again_and_take_it_back(school, test):
    decide(school, 70)
    actions.deliberate_result(
        **where(school), pupil=school.noor, attribute="", because="", by=school.pirard, at=LATER
    )


def decide_about_who_has_no_result(school, test):
    GroupMembership.objects.create(
        group=school.maths_4tta, pupil=school.alma, starts_on=school.year.starts_on
    )
    decided = {"attribute": "EXTERNAL", "value": Decimal(55), "because": "CE1D", "by": school.pirard}
    actions.deliberate_result(**where(school), pupil=school.alma, **decided, at=LATER)


def decide_while_it_is_open(school, test):
    reopen(school)
    decide(school, 55)
    close(school)


def replace_the_scheme(school, test):
    for starts_on in (school.year.starts_on, school.december.ends_on):
        keep_scheme(
            scheme=Scheme.objects.order_by("-pk").first(),
            facts={"name": "Autre", "daily_work_weight": Decimal(70), "exam_weight": Decimal(30)},
            categories={},
            tokens={},
            starts_on=starts_on,
            by=school.pirard,
            at=LATER,
        )


def call_levels_otherwise(school, test):
    scale = Level.objects.get(code="A", scale__name="Lettres").scale
    (level,) = scale.levels.all()
    facts = {"pk": level.pk, "code": "AA", "label": "tout acquis", "share": level.share, "icon": "star"}
    keep_scale(
        scale=scale, name="Nos lettres", levels=[facts, {"code": "B", "label": "presque"}], by=None, at=LATER
    )


def change_group(school, test):
    other = CourseGroup.objects.create(
        course=school.maths_4tta.course, school_year=school.year, code="4:MATH4-02", name="4TTB"
    )
    GroupMembership.objects.filter(group=school.maths_4tta, pupil=school.noor).update(ends_on=LATER.date())
    GroupMembership.objects.create(group=other, pupil=school.noor, starts_on=LATER.date())
    actions.close_gradebook(group=other, period=school.december, by=school.vandamme, at=LATER)


def show_all_grades(school, test):
    actions.publish_all(**where(school), by=school.vandamme, at=LATER)
    actions.withdraw_publication(assessment=test, by=school.vandamme, at=LATER)


ACTS = (
    correct_and_close_again,
    empty_a_test_and_remove_it,
    reopen_twice,
    decide_again_and_take_it_back,
    decide_about_who_has_no_result,
    decide_while_it_is_open,
    replace_the_scheme,
    call_levels_otherwise,
    change_group,
    show_all_grades,
)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_what_people_may_do_alarms_nobody(school, closed, act):
    act(school, closed)

    found = ledger_now(school)

    assert [state.words for state in found.broken] == []
    assert (found.ends, found.unsealed) == ([], 0)
    taken = queries.read_ledger(queries.ledger_file(school.december))
    assert not any(finding.problems for finding in taken.inspect(taken.keys))
    assert taken.end(taken.keys) == []


def test_a_secret_key_that_was_replaced_is_still_known(school, closed, settings):
    settings.SECRET_KEY, former = "another secret of fifty random characters, or so", settings.SECRET_KEY
    assert {Problem.SIGNATURE} == set(ledger_now(school).states[0].problems)
    assert ledger_now(school).ends == [Problem.REGISTER]

    settings.SECRET_KEY_FALLBACKS = [former]
    assert ledger_now(school).is_intact

    correct_and_close_again(school, closed)
    assert ledger_now(school).is_intact
    assert len({seal.public_key for seal in Seal.objects.all()}) == 2


def test_a_grade_slipped_into_what_was_reopened_is_seen_in_its_past(school, closed):
    reopen(school)
    assert ledger_now(school).is_intact

    PastGrade.objects.update(points=2)

    assert [state.seal.act for state in ledger_now(school).broken] == ["CLOSED"]


def test_what_was_changed_is_named(school, closed):
    CourseResult.objects.filter(pupil=school.noor).update(computed=99, deliberated=99)
    Assessment.objects.filter(title="Radicaux").update(weight=9)
    Scheme.objects.update(pass_mark=40)

    words = " ".join(state.words for state in ledger_now(school).broken)

    for name in (
        "the result of Noor Haddad",
        "what the council decided about Noor Haddad",
        "the assessment “Radicaux”",
        "the scheme “Règlement”",
    ):
        assert name in words


def test_whoever_is_named_in_a_seal_keeps_their_record(school, closed):
    """A comment, what stands in a competence, leaving a test out: each names whoever did it."""
    for model in (Comment, SubGrade, PastSubGrade):
        assert not is_named_in_a_seal(school.diallo)
        model.objects.update(written_by=school.diallo)
        assert is_named_in_a_seal(school.diallo)
        model.objects.update(written_by=school.vandamme)
    Assessment.objects.update(neutralised_by=school.diallo)
    assert is_named_in_a_seal(school.diallo)
