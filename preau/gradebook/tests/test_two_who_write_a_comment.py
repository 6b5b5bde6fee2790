"""Two people write to the same pupil: neither writes over the other unawares, with scripts or not."""

import json

import pytest
from django.urls import reverse

from preau.gradebook.actions import write_comment
from preau.gradebook.models import Comment
from preau.structure.models import TeachingAssignment
from tests.cast import FIRST_DAY

from .builders import TUESDAY, assessment, sheet_of


@pytest.fixture
def where(school):
    TeachingAssignment.objects.create(
        group=school.maths_4tta, teacher=school.thys, kind="CO_TEACHER", starts_on=FIRST_DAY
    )
    return sheet_of(school.maths_4tta, school.december)


@pytest.fixture
def type_comment(client, school, where):
    """Type a comment on Noor on a version of it; return how it is answered."""

    def type_comment(text, version, as_):
        client.force_login(as_.account)
        sent = json.dumps({"cells": [[0, school.noor.pk, version, text]]})
        address = reverse("gradebook:cells", kwargs=where)
        (answer,) = client.post(address, sent, content_type="application/json").json()["cells"]
        return answer

    return type_comment


def comment_by(school, teacher, text):
    write_comment(
        group=school.maths_4tta, period=school.december, pupil=school.noor, text=text, by=teacher, at=TUESDAY
    )


def test_the_second_is_told_what_the_first_wrote_and_may_write_over_it(school, type_comment):
    comment_by(school, school.thys, "Des progrès.")

    told = type_comment("Bravo.", 0, school.vandamme)
    again = type_comment("Bravo.", told["version"], school.vandamme)

    assert (told["state"], told["text"], told["version"]) == ("conflict", "Des progrès.", 1)
    assert "Marc Thys wrote here meanwhile" in told["words"]
    assert (again["state"], again["version"]) == ("saved", 2)
    assert Comment.objects.get().written_by == school.vandamme


def test_the_same_words_twice_are_one_comment(school, type_comment):
    first, second = (type_comment("Bravo.", 0, school.vandamme) for _ in range(2))

    assert first == second
    assert Comment.objects.get().version == 1


def test_a_comment_taken_back_is_no_longer_there_and_its_versions_go_on(school, type_comment, visit, where):
    comment_by(school, school.thys, "Des progrès.")

    assert type_comment("", 1, school.vandamme)["version"] == 2
    page = visit("gradebook:sheet", as_=school.vandamme, **where)
    assert page.context["sheet"].comments_written == 0
    assert type_comment("Bravo.", 1, school.thys)["state"] == "conflict"


def test_an_open_page_learns_of_the_comments_of_others(school, visit, where):
    assessment(school.maths_4tta, school.december, by=school.vandamme)
    comment_by(school, school.thys, "Des progrès.")

    news = visit("gradebook:changes", as_=school.vandamme, query={"seen": ""}, **where).json()

    assert news["cells"] == [[0, school.noor.pk, 1, "Des progrès.", ""]]
    assert news["comments"] == [1, 2]


def test_without_scripts_what_one_did_not_touch_keeps_its_author(school, tap, where):
    comment_by(school, school.thys, "Des progrès.")
    mine, theirs = f"0.{school.emma.pk}.0", f"0.{school.noor.pk}"

    tap(
        "gradebook:whole_sheet",
        {mine: "Bravo.", f"{theirs}.1": "Des progrès."},
        as_=school.vandamme,
        htmx=False,
        **where,
    )
    late = tap("gradebook:whole_sheet", {f"{theirs}.0": "Non."}, as_=school.vandamme, htmx=False, **where)

    written = Comment.objects.values_list("pupil", "written_by", "text")
    assert set(written) == {
        (school.emma.pk, school.vandamme.pk, "Bravo."),
        (school.noor.pk, school.thys.pk, "Des progrès."),
    }
    assert "1 cell is not kept:" in late.text
    assert f"{school.noor.list_name}, comment – Non. – Marc Thys wrote here meanwhile" in late.text
