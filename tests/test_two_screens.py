"""Two screens show the same record: the second that is sent writes nothing over unawares."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preau.gradebook.models import Assessment
from preau.grading.models import Category, CourseResult
from preau.kit.meanwhile import STOOD, mark_of
from preau.people.models import Relationship


@pytest.fixture
def fractions(school):
    return Assessment.objects.create(
        group=school.maths_4tta,
        period=school.december,
        title="Fractions",
        category=Category.objects.earliest("rank"),
        held_on=date(2026, 11, 20),
        max_points=20,
    )


@pytest.fixture
def screen(visit, tap):
    """Open a screen as somebody, to be sent later with what was changed on it; answered with the page."""

    def opened(page, as_, **ids):
        def send(drawn, **typed):
            assert f'name="{STOOD}"' in drawn.content.decode()
            form = drawn.context["form"]
            shown = {name: form[name].value() for name in form.fields}
            sent = {name: value for name, value in shown.items() if value not in (None, False)}
            return tap(page, sent | typed, as_=as_, htmx=False, **ids)

        drawn = visit(page, as_=as_, **ids)
        return SimpleNamespace(send=lambda again=None, **typed: send(again or drawn, **typed))

    return opened


def test_what_both_changed_is_told_with_what_stands_and_sent_once_more_it_is_kept(school, fractions, screen):
    teacher = school.vandamme
    first = screen("gradebook:assessment_settings", teacher, assessment_id=fractions.pk)
    second = screen("gradebook:assessment_settings", teacher, assessment_id=fractions.pk)

    assert first.send(title="Fractions et décimaux").status_code == 302
    back = second.send(title="Les fractions")

    fractions.refresh_from_db()
    assert (back.status_code, fractions.title) == (422, "Fractions et décimaux")
    assert "Somebody changed this meanwhile: it is “Fractions et décimaux”" in back.content.decode()
    assert 'value="Les fractions"' in back.content.decode()
    assert second.send(back).status_code == 302
    fractions.refresh_from_db()
    assert fractions.title == "Les fractions"


def test_what_only_the_other_changed_takes_theirs(school, fractions, screen):
    teacher = school.vandamme
    first = screen("gradebook:assessment_settings", teacher, assessment_id=fractions.pk)
    second = screen("gradebook:assessment_settings", teacher, assessment_id=fractions.pk)

    first.send(max_points="40")
    back = second.send(title="Les fractions")

    assert back.status_code == 422
    assert "it stands here as it is now: Out of" in back.content.decode()
    assert second.send(back).status_code == 302
    fractions.refresh_from_db()
    assert (fractions.title, fractions.max_points) == ("Les fractions", 40)


def test_two_who_change_the_same_into_the_same_agree(school, fractions, screen):
    first = screen("gradebook:assessment_settings", school.vandamme, assessment_id=fractions.pk)
    second = screen("gradebook:assessment_settings", school.vandamme, assessment_id=fractions.pk)

    assert first.send(title="Les fractions").status_code == 302
    assert second.send(title="Les fractions").status_code == 302


def test_a_result_retained_on_another_screen_is_not_written_over(school, fractions, screen):
    _ = school.class_4tta
    place = {"group_id": school.maths_4tta.pk, "period_id": school.december.pk, "pupil_id": school.noor.pk}
    first = screen("gradebook:choice", school.vandamme, **place)
    second = screen("gradebook:choice", school.vandamme, **place)

    assert first.send(chosen="12", because="ses efforts").status_code == 302
    back = second.send(chosen="9", because="trop d’absences")

    kept = CourseResult.objects.get(pupil=school.noor)
    assert (back.status_code, kept.chosen, kept.chosen_because) == (422, 12, "ses efforts")
    assert "it is “12”" in back.content.decode()


@pytest.mark.parametrize(
    ("page", "of", "field", "first", "second"),
    [
        ("people:identity", "somebody", "mobile", "0470 11 22 33", "0470 44 55 66"),
        ("structure:class_identity", "class_group", "name", "4TTZ", "4TTY"),
        ("people:relationship", "relationship", "kind", "OTHER", "GRANDPARENT"),
    ],
)
def test_so_it_is_wherever_a_record_is_changed(school, screen, page, of, field, first, second):
    _ = school.class_4tta, school.samira
    record = {
        "somebody": school.noor,
        "class_group": school.class_4tta,
        "relationship": Relationship.objects.filter(pupil=school.noor).first(),
    }[of]
    ids = {f"{of}_id": record.pk}
    mine, theirs = screen(page, school.maes, **ids), screen(page, school.maes, **ids)

    assert mine.send(**{field: first}).status_code == 302
    assert theirs.send(**{field: second}).status_code == 422

    assert getattr(type(record).objects.get(pk=record.pk), field) == first


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-999, max_value=999))
def test_a_number_has_one_mark_however_it_is_written(number):
    assert mark_of(number) == mark_of(Decimal(f"{number}00"))
    assert mark_of(None) == mark_of("")
    assert mark_of([2, 1]) == mark_of((1, 2))
