"""Each figure in the table of a class unfolds to what it is made of, before and after the cards go home."""

import re

import pytest
from django.urls import reverse

from .builders import graded, published


@pytest.fixture
def keys(school):
    graded(school)
    return {
        "period_id": school.december.pk,
        "class_group_id": school.class_4tta.pk,
        "pupil_id": school.noor.pk,
    }


@pytest.mark.parametrize("goes_home", [False, True])
def test_every_figure_of_the_table_is_a_link_to_what_makes_it(school, keys, visit, goes_home):
    if goes_home:
        published(school)
    of_class = {name: key for name, key in keys.items() if name != "pupil_id"}

    page = visit("report_cards:class_group", as_=school.vandamme, **of_class)

    address, course = reverse("report_cards:why", kwargs=keys), school.maths_4tta.course_id
    links = re.findall(r'data-peek\s*href="([^"]+)"', page.text)
    assert {address, f"{address}?course={course}"} <= set(links)
    whole = visit("report_cards:why", **keys)
    assert "takes each course as many times as it has periods a week" in whole.text
    assert whole.text.count("Since September") > 1


def test_the_figure_of_one_course_shows_that_course_alone(school, keys, visit, client):
    visit("report_cards:why", as_=school.vandamme, **keys)
    course = school.maths_4tta.course

    part = client.get(
        reverse("report_cards:why", kwargs=keys), {"course": course.pk}, headers={"HX-Request": "true"}
    )

    assert re.findall(r'<section id="course-(\d+)"', part.text) == [str(course.pk)]
    assert "<html" not in part.text
    assert "each course as many times" not in part.text


def test_only_those_who_read_the_class_unfold_it_and_only_its_pupils(school, keys, visit, client):
    for who in (school.lemaire, school.thys, school.noor, school.samira):
        assert visit("report_cards:why", as_=who, **keys).status_code == 404
    of_elsewhere = {**keys, "pupil_id": school.elias.pk}
    assert visit("report_cards:why", as_=school.vandamme, **of_elsewhere).status_code == 404
    visit("report_cards:why", as_=school.maes, **keys)
    for course in ("x", "0", "99999999999999999999999"):
        answer = client.get(reverse("report_cards:why", kwargs=keys), {"course": course})
        assert answer.status_code == 200, course
