"""A teacher opens a gradebook, types in it, and others see what they may."""

import json
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from preau.gradebook import actions, queries
from preau.gradebook.models import Comment, Grade, Publication
from preau.gradebook.rules import may_read_grade
from preau.grading.models import Scheme
from preau.kit import clock, memory
from preau.people.actions.many import bulk_create_persons
from preau.people.models import Person
from preau.structure.models import CourseGroup, GroupMembership, ReportPeriod, SchoolYear, TeachingAssignment

from .builders import TUESDAY, assessment, grade, sheet_of
from .parts import competences, look_at

CONFIRMED = {"confirmed": "yes"}


@pytest.fixture
def where(school):
    return sheet_of(school.maths_4tta, school.december)


@pytest.fixture
def roots(school):
    return assessment(school.maths_4tta, school.december, by=school.vandamme)


@pytest.fixture
def type_cells(client, school, where):
    """Send cells as the grid does: [assessment, pupil, version, typed]."""

    def type_cells(*cells, as_):
        client.force_login(as_.account)
        address = reverse("gradebook:cells", kwargs=where)
        return client.post(address, json.dumps({"cells": list(cells)}), content_type="application/json")

    return type_cells


def test_a_teacher_finds_her_gradebook_with_the_class(school, visit, where, roots):
    grade(roots, school.noor, "8,5", by=school.vandamme)

    page = visit("gradebook:sheet", as_=school.vandamme, **where)

    assert [row.pupil for row in page.context["sheet"].rows] == [school.emma, school.noor]
    assert f'name="{roots.pk}.{school.noor.pk}.1"' in page.text
    assert 'value="8.5"' in page.text  # As her language writes it.


def test_the_way_to_the_period_in_course(school, visit):
    assert school.december
    answer = visit("gradebook:gradebook", as_=school.vandamme, group_id=school.maths_4tta.pk)

    assert answer.url.endswith(f"/periods/{school.december.pk}/")


def test_the_head_reads_without_a_field_to_type_in(school, visit, where, roots):
    grade(roots, school.noor, "12", by=school.vandamme)

    page = visit("gradebook:sheet", as_=school.pirard, **where)

    assert page.status_code == 200
    assert "<td class=" in page.text
    assert f'name="{roots.pk}.' not in page.text


@pytest.mark.parametrize("who", ["thys", "lemaire", "maes", "noor", "samira", "zoe"])
def test_nobody_else_finds_such_a_sheet(school, visit, where, roots, type_cells, who):
    stranger = school.everybody[who]

    assert visit("gradebook:sheet", as_=stranger, **where).status_code == 404
    assert type_cells([roots.pk, school.noor.pk, 0, "20"], as_=stranger).status_code == 404
    assert not Grade.objects.exists()


def test_each_cell_is_answered_for_itself(school, roots, type_cells):
    answer = type_cells(
        [roots.pk, school.noor.pk, 0, "13,5"],
        [roots.pk, school.emma.pk, 0, "treize"],
        [0, school.noor.pk, 0, "Calcul sûr."],
        as_=school.vandamme,
    ).json()["cells"]

    assert [cell["state"] for cell in answer] == ["saved", "refused", "saved"]
    assert answer[0]["version"] == 1
    assert "is no grade" in answer[1]["words"]
    assert Comment.objects.get().text == "Calcul sûr."


def test_sending_again_what_was_never_acknowledged_writes_it_once(school, roots, type_cells):
    cell = [roots.pk, school.noor.pk, 0, "13,5"]

    first, second = type_cells(cell, as_=school.vandamme), type_cells(cell, as_=school.vandamme)

    assert first.json() == second.json()
    assert Grade.objects.get().version == 1


def test_a_conflict_tells_both_values(school, roots, type_cells):
    grade(roots, school.noor, "12", by=school.vandamme)

    (answer,) = type_cells([roots.pk, school.noor.pk, 0, "11"], as_=school.vandamme).json()["cells"]

    assert (answer["state"], answer["text"], answer["version"]) == ("conflict", "12", 1)


def test_a_cell_of_another_gradebook_is_gone(school, type_cells):
    elsewhere = assessment(school.french_2cb, school.december, by=school.lemaire)

    (answer,) = type_cells([elsewhere.pk, school.elias.pk, 0, "20"], as_=school.vandamme).json()["cells"]
    (comment,) = type_cells([0, school.elias.pk, 0, "Bravo"], as_=school.vandamme).json()["cells"]

    assert answer["state"] == comment["state"] == "gone"
    assert not Grade.objects.exists()
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "{}",
        '{"cells": 3}',
        '{"cells": [[1, 2]]}',
        '{"cells": [[1, 2, 3, 4]]}',
        '{"cells": [[-1, 2, 3, ""]]}',
        "[" * 100_000,
    ],
)
def test_nonsense_is_refused_and_nothing_happens(client, school, where, sent):
    client.force_login(school.vandamme.account)
    address, owner = (
        reverse("gradebook:cells", kwargs=where),
        {"Preau-Queue": str(school.vandamme.account.pk)},
    )
    answer = client.post(address, sent, content_type="application/json")
    queued = client.post(address, sent, content_type="application/json", headers=owner)

    assert answer.status_code == queued.status_code == 422
    assert queued.json() == {
        "state": "refused",
        "words": "These cells are not understood. Load the page again, and type them there.",
    }


def test_cells_sent_as_a_form_are_not_understood_either(client, school, where):
    client.force_login(school.vandamme.account)

    assert client.post(reverse("gradebook:cells", kwargs=where), {"cells": "[]"}).status_code == 422


def test_a_comment_that_is_no_text_is_refused(school, type_cells):
    cells = [[0, school.noor.pk, 0, text] for text in ("Bra\0vo", "Bra\ud800vo")]

    answers = type_cells(*cells, as_=school.vandamme).json()["cells"]

    assert [answer["state"] for answer in answers] == ["refused", "refused"]
    assert not Comment.objects.exists()


def test_an_open_page_learns_what_others_write(school, visit, where, roots):
    seen = queries.stamp_of(school.maths_4tta, school.december)
    assert visit("gradebook:changes", as_=school.vandamme, query={"seen": seen}, **where).status_code == 204

    grade(roots, school.noor, "15", by=school.vandamme)
    news = visit("gradebook:changes", as_=school.vandamme, query={"seen": seen}, **where).json()

    assert news["cells"] == [[roots.pk, school.noor.pk, 1, "15", ""]]
    assert news["rows"][str(school.noor.pk)][:2] == ["75", False]
    assert news["columns"][str(roots.pk)] == ["15", 1, 2]


def test_without_scripts_the_whole_sheet_is_a_form(school, tap, where, roots):
    grade(roots, school.emma, "10", by=school.vandamme)
    form = {
        f"{roots.pk}.{school.noor.pk}.0": "17",
        f"{roots.pk}.{school.emma.pk}.1": "10",
        f"0.{school.noor.pk}.0": "",
    }

    answer = tap("gradebook:whole_sheet", form, as_=school.vandamme, htmx=False, **where)

    assert answer.status_code == 302
    assert Grade.objects.get(pupil=school.noor).points == 17
    assert Grade.objects.get(pupil=school.emma).version == 1


def test_what_is_refused_of_a_whole_sheet_stays_in_its_cell(school, tap, where, roots):
    form = {
        f"{roots.pk}.{school.noor.pk}.0": "dix-sept",
        f"{roots.pk}.{school.emma.pk}.0": "12",
        f"0.{school.noor.pk}.0": "Bra\0vo",
    }

    answer = tap("gradebook:whole_sheet", form, as_=school.vandamme, htmx=False, **where)

    assert answer.status_code == 422
    assert 'value="dix-sept" aria-invalid="true" title="“dix-sept” is no grade.' in answer.text
    assert "signs that are no text" in answer.text
    assert Grade.objects.get().points == 12
    assert not Comment.objects.exists()


@pytest.mark.parametrize("form", [{}, {"1.2": "3"}, {"1.2.x": "3"}, {"1.2.0": ["3", "4"]}])
def test_a_sheet_that_is_none_writes_nothing(school, tap, where, form):
    answer = tap("gradebook:whole_sheet", form, as_=school.vandamme, htmx=False, **where)

    assert answer.status_code == 422
    assert "not understood" in answer.text
    assert not Grade.objects.exists()


def test_a_result_unfolds_to_what_made_it(school, visit, where, roots):
    fiche = assessment(
        school.maths_4tta, school.december, by=school.vandamme, title="Fiche 3", out_of=5, weight=2
    )
    grade(roots, school.noor, "15", by=school.vandamme)
    grade(fiche, school.noor, "NR", by=school.vandamme)

    page = visit("gradebook:why", as_=school.vandamme, pupil_id=school.noor.pk, **where)

    assert "Why 25?" in page.text  # 0,75 ÷ 3
    assert "Fiche 3" in page.text
    assert "token-zero" in page.text


def test_retaining_another_result_asks_why(school, tap, where, roots):
    grade(roots, school.noor, "9", by=school.vandamme)
    noor = {"pupil_id": school.noor.pk, **where}

    refused = tap("gradebook:choice", {"chosen": "50"}, as_=school.vandamme, **noor)
    kept = tap("gradebook:choice", {"chosen": "50", "because": "En progrès"}, as_=school.vandamme, **noor)

    assert refused.status_code == 422
    assert "Say in a few words why" in refused.text
    assert kept.status_code == 302
    assert school.noor.course_results.get().chosen == 50


def test_closing_shows_what_looks_odd_first(school, visit, tap, where, roots):
    grade(roots, school.noor, "9", by=school.vandamme)

    page = visit("gradebook:closing", as_=school.vandamme, **where)
    assert "“Radicaux”: 1 grade is missing." in page.text
    assert "not visible to pupils and parents" in page.text
    assert "2 comments are still to write" in page.text

    tap("gradebook:closing", as_=school.vandamme, **where)
    assert queries.sheet(school.maths_4tta, school.december).closing is None
    tap("gradebook:closing", CONFIRMED, as_=school.vandamme, **where)
    assert queries.sheet(school.maths_4tta, school.december).closing.closed_by == school.vandamme

    reopening = {"because": "Une copie", **CONFIRMED}
    assert tap("gradebook:reopening", reopening, as_=school.vandamme, **where).status_code == 404
    assert tap("gradebook:reopening", CONFIRMED, as_=school.pirard, **where).status_code == 422
    assert tap("gradebook:reopening", reopening, as_=school.pirard, **where).status_code == 302
    assert queries.sheet(school.maths_4tta, school.december).closing is None


def test_a_new_assessment_is_like_the_last_one(school, visit, tap, where, roots):
    page = visit("gradebook:new_assessment", as_=school.vandamme, **where)
    assert 'value="20"' in page.text

    form = {
        "title": "Équations",
        "category": roots.category_id,
        "held_on": "2026-11-25",
        "max_points": "12,5",
        "weight": "2",
        "purpose": "CERTIFICATIVE",
    }
    assert tap("gradebook:new_assessment", form, as_=school.vandamme, **where).status_code == 302
    equations = school.maths_4tta.assessments.get(title="Équations")
    assert (equations.max_points, equations.rank) == (12.5, 1)

    out_of_year = tap(
        "gradebook:new_assessment", {**form, "held_on": "2028-01-01"}, as_=school.vandamme, **where
    )
    assert out_of_year.status_code == 422
    assert "not in the school year" in out_of_year.text


def test_publishing_says_who_reads_now(school, tap, visit, roots):
    grade(roots, school.noor, "9", by=school.vandamme)
    address = {"assessment_id": roots.pk}

    assert tap("gradebook:publication", as_=school.vandamme, **address).status_code == 422
    assert not Publication.objects.exists()
    tap("gradebook:publication", {"moment": ""}, as_=school.vandamme, **address)
    assert (
        "Visible to pupils since"
        in visit("gradebook:assessment_settings", as_=school.vandamme, **address).text
    )

    tap("gradebook:withdrawal", as_=school.vandamme, **address)
    assert tap("gradebook:publication", as_=school.thys, **address).status_code == 404


def test_an_assessment_is_typed_pupil_by_pupil_on_a_phone(school, visit, roots):
    page = visit("gradebook:assessment", as_=school.vandamme, assessment_id=roots.pk)

    assert f'name="{roots.pk}.{school.noor.pk}.0"' in page.text
    assert 'data-token="CM"' in page.text


def test_the_history_of_a_grade_is_one_click_away(school, visit, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    grade(roots, school.noor, "14", by=school.vandamme, version=1, reason="Recompté")
    noor = {"assessment_id": roots.pk, "pupil_id": school.noor.pk}

    page = visit("gradebook:history", as_=school.vandamme, **noor)

    assert "Recompté" in page.text
    assert page.text.index(">14<") < page.text.index(">12<")
    assert visit("gradebook:history", as_=school.noor, **noor).status_code == 404


def test_a_period_of_another_year_is_not_there(school, visit, where):
    year = SchoolYear.objects.create(name="2025-2026", starts_on=date(2025, 8, 25), ends_on=date(2026, 7, 4))
    old = ReportPeriod.objects.create(
        school_year=year,
        code="P1",
        name="P1",
        starts_on=date(2025, 8, 25),
        ends_on=date(2025, 10, 18),
    )

    assert visit("gradebook:sheet", as_=school.vandamme, **(where | {"period_id": old.pk})).status_code == 404


def test_a_class_of_thirty_costs_no_more_than_a_class_of_two(
    client, school, where, roots, django_assert_max_num_queries
):
    pupils = bulk_create_persons(Person(given_name="Élève", family_name=f"N{number}") for number in range(28))
    GroupMembership.objects.bulk_create(
        GroupMembership(group=school.maths_4tta, pupil=pupil, starts_on=school.year.starts_on)
        for pupil in pupils
    )
    for number in range(5):
        test = assessment(school.maths_4tta, school.december, by=school.vandamme, title=f"Interro {number}")
        actions.import_grades(
            grades=[
                actions.ImportedGrade(test.pk, pupil.pk, queries.Typed(points=number)) for pupil in pupils
            ],
            by=school.vandamme,
            at=TUESDAY,
        )

    client.force_login(school.vandamme.account)
    address = reverse("gradebook:sheet", kwargs=where)
    client.get(address)

    with django_assert_max_num_queries(20):
        page = client.get(address)

    assert len(page.context["sheet"].rows) == 30


def test_what_stood_in_a_cell_comes_back(school, tap, visit, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    grade(roots, school.noor, "2", by=school.vandamme, version=1)
    noor = {"assessment_id": roots.pk, "pupil_id": school.noor.pk}

    for version in ("7", "x", "", "9" * 40):
        refused = tap("gradebook:restoration", {"version": version}, as_=school.vandamme, **noor)
        assert refused.status_code == 422
    assert tap("gradebook:restoration", {"version": "1"}, as_=school.thys, **noor).status_code == 404
    tap("gradebook:restoration", {"version": "1"}, as_=school.vandamme, **noor)

    restored = Grade.objects.get()
    assert (restored.points, restored.version, restored.reason) == (12, 3, "restored")
    part = visit("gradebook:history", as_=school.vandamme, headers={"HX-Request": "true"}, **noor)
    assert "<html" not in part.text


def test_a_remark_stands_beside_the_grade_for_those_who_read_it(school, tap, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    noor = {"assessment_id": roots.pk, "pupil_id": school.noor.pk}

    too_long = tap("gradebook:remark", {"remark": "Revois. " * 30}, as_=school.vandamme, **noor)
    assert too_long.status_code == 422
    assert "Revois. Revois." in too_long.text
    tap("gradebook:remark", {"remark": "Revois la page 12."}, as_=school.vandamme, **noor)
    actions.publish_grades(assessment=roots, by=school.vandamme, at=TUESDAY)

    (maths,) = queries.readable_results(school.noor, school.december, school.samira)
    assert [(it.points, it.remark) for it in maths.grades] == [(12, "Revois la page 12.")]


def test_columns_are_put_in_the_order_of_the_teacher(school, tap, roots):
    others = [
        assessment(school.maths_4tta, school.december, by=school.vandamme, title=title) for title in "BC"
    ]

    tap("gradebook:place", {"to": "left"}, as_=school.vandamme, assessment_id=others[1].pk)
    tap("gradebook:place", {"to": "right"}, as_=school.vandamme, assessment_id=roots.pk)

    order = [column.assessment.title for column in queries.sheet(school.maths_4tta, school.december).columns]
    assert order == ["C", "Radicaux", "B"]


def test_an_assessment_is_planned_in_parallel_groups_too(school, tap, roots):
    parallel = CourseGroup.objects.create(
        course=school.maths_4tta.course, school_year=school.year, code="4:MATH4-02", name="4TTB"
    )
    foreign = CourseGroup.objects.create(
        course=school.maths_4tta.course, school_year=school.year, code="4:MATH4-03", name="4TTC"
    )
    TeachingAssignment.objects.create(
        group=parallel, teacher=school.vandamme, starts_on=school.year.starts_on
    )

    def copy_to(*groups):
        return tap("gradebook:copies", {"groups": groups}, as_=school.vandamme, assessment_id=roots.pk)

    refused = [copy_to(), copy_to(parallel.pk, foreign.pk), copy_to("x")]
    assert [answer.status_code for answer in refused] == [422] * 3
    assert not parallel.assessments.exists()

    assert copy_to(parallel.pk).status_code == 302
    assert parallel.assessments.get().title == "Radicaux"
    assert not foreign.assessments.exists()


def test_an_assessment_is_removed_after_a_question_unless_pupils_have_grades(school, tap, visit, roots):
    removed = {"assessment_id": roots.pk}
    actions.attach_statement(
        assessment=roots, file=ContentFile(b"%PDF-1.4", "radicaux.pdf"), by=school.vandamme, at=TUESDAY
    )
    noor = grade(roots, school.noor, "12", by=school.vandamme)

    question = visit("gradebook:removal", as_=school.vandamme, **removed)
    assert "1 file goes with it." in question.text
    tap("gradebook:removal", **removed)
    refused = tap("gradebook:removal", CONFIRMED, htmx=False, **removed)
    assert "Leave it out of the result instead" in refused.text
    assert school.maths_4tta.assessments.get() == roots

    grade(roots, school.noor, "", by=school.vandamme, version=noor.version)
    tap("gradebook:removal", CONFIRMED, **removed)
    assert not school.maths_4tta.assessments.exists()


def test_a_moment_that_is_none_publishes_nothing(school, tap, roots):
    address = {"assessment_id": roots.pk}
    for moment in ("demain", "2026-02-31T10:00", "9" * 40):
        refused = tap("gradebook:publication", {"moment": moment}, as_=school.vandamme, **address)
        assert refused.status_code == 422
        assert f'value="{moment}"' in refused.text
    moved = tap("gradebook:place", {"to": "up"}, as_=school.vandamme, **address)

    assert moved.status_code == 422
    assert not Publication.objects.exists()


def test_all_that_is_typed_is_published_at_once(school, tap, where, roots):
    empty = assessment(school.maths_4tta, school.december, by=school.vandamme, title="À venir")
    grade(roots, school.noor, "12", by=school.vandamme)

    question = tap("gradebook:publications", as_=school.vandamme, **where)
    assert "1 assessment becomes visible" in question.text
    assert not Publication.objects.exists()
    tap("gradebook:publications", CONFIRMED, as_=school.vandamme, **where)

    assert Publication.objects.get().assessment == roots
    assert not Publication.objects.filter(assessment=empty).exists()


def test_grades_may_become_visible_later(school, tap, roots):
    written = grade(roots, school.noor, "12", by=school.vandamme)

    tap("gradebook:publication", {"moment": "2026-11-27T16:00"}, as_=school.vandamme, assessment_id=roots.pk)

    assert not may_read_grade.allows(school.noor, written)
    with clock.at(date(2026, 11, 28)):
        assert may_read_grade.allows(school.noor, written)


def test_one_kind_of_assessment_is_shown_and_results_stay_whole(school, visit, where, roots):
    control = assessment(
        school.maths_4tta, school.december, by=school.vandamme, title="Grand", category="CONTROLE"
    )
    grade(roots, school.noor, "10", by=school.vandamme)
    grade(control, school.noor, "20", by=school.vandamme)

    page = visit("gradebook:sheet", as_=school.vandamme, query={"kind": "CONTROLE"}, **where).context["sheet"]

    assert [column.assessment.title for column in page.columns] == ["Grand"]
    assert next(row.result.computed for row in page.rows if row.pupil == school.noor) == 75


def test_the_year_is_the_mean_of_its_periods_with_their_weights(school, visit, roots):
    early = assessment(
        school.maths_4tta, school.first_period, by=school.vandamme, out_of=100, held_on=date(2026, 9, 15)
    )
    grade(early, school.noor, "90", by=school.vandamme)
    grade(roots, school.noor, "10", by=school.vandamme)

    page = visit("gradebook:year", as_=school.pirard, group_id=school.maths_4tta.pk)

    row = next(row for row in page.context["rows"] if row.pupil == school.noor)
    assert [result.retained for result in row.results] == [90, 50]
    assert row.shown == 59  # (10 × 90 + 35 × 50) / 45
    assert visit("gradebook:year", as_=school.thys, group_id=school.maths_4tta.pk).status_code == 404


def test_a_part_of_the_sheet_is_shown_alone_and_results_stay_whole(school, visit, where, roots):
    subject = school.maths_4tta.course.subject
    oral = assessment(school.maths_4tta, school.december, title="Oral", category="ORAL", by=school.vandamme)
    reason, draw = competences(subject, by=school.vandamme, C1="Raisonner", C2="Dessiner")
    look_at(roots, (reason, 10), (draw, 10), by=school.vandamme)
    look_at(oral, (draw, 20), by=school.vandamme)
    grade(roots, school.noor, "20", by=school.vandamme)

    def shown(**asked):
        page = visit("gradebook:sheet", as_=school.vandamme, query=asked, **where).context
        return [it.title for it in page["sheet"].assessments], page["sheet"].rows[1].result.computed

    whole = shown()
    assert whole[0] == [roots.title, "Oral"]
    assert shown(kind=oral.category.code) == (["Oral"], whole[1])
    assert shown(competence=reason.pk) == ([roots.title], whole[1])
    assert shown(competence=draw.pk) == whole
    assert shown(competence="no such", kind="neither") == whole


def test_a_school_that_wrote_no_scheme_down_computes_with_ours(school, visit, where, roots):
    grade(roots, school.noor, "12", by=school.vandamme)
    Scheme.objects.all().delete()
    memory.forget()

    sheet = visit("gradebook:sheet", as_=school.vandamme, **where).context["sheet"]

    assert (sheet.rows[1].result.computed, sheet.class_average) == (60, 60)


@pytest.mark.parametrize("typed", ["Géographie", "geographie", "GÉO", "4tta geo"])
def test_the_head_finds_a_gradebook_whatever_the_accents_of_what_is_typed(school, visit, typed):
    school.maths_4tta.course.name = "Géographie"
    school.maths_4tta.course.save()
    _ = school.physics_5ttb, school.december

    page = visit("gradebook:groups", as_=school.pirard, query={"q": typed})

    assert [group.pk for group in page.context["others"]] == [school.maths_4tta.pk]
