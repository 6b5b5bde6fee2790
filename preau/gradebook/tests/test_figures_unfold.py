"""Each figure of a year, and of a pupil's file, unfolds to what it is made of: in a dialog, or as a page."""

import re

import pytest
from django.urls import reverse

from preau.gradebook import actions

from .builders import TUESDAY, assessment, grade

HTMX = {"HX-Request": "true"}


@pytest.fixture
def graded(school):
    """Noor has 18/20 in the first period, 10/20 in December, the second published alone."""
    by, group = school.vandamme, school.maths_4tta
    first = assessment(
        group, school.first_period, by=by, title="Septembre", held_on=school.first_period.starts_on
    )
    second = assessment(group, school.december, by=by, title="Novembre")
    grade(first, school.noor, "18", by=by)
    grade(second, school.noor, "10", by=by)
    actions.publish_grades(assessment=second, by=by, at=TUESDAY)
    return group


def links_in(page):
    return re.findall(r'data-peek\s*href="([^"]+)"', page.text)


def test_the_year_of_a_pupil_unfolds_to_its_periods(school, graded, visit, client):
    page = visit("gradebook:year", as_=school.vandamme, group_id=graded.pk)
    address = reverse("gradebook:year_why", kwargs={"group_id": graded.pk, "pupil_id": school.noor.pk})

    assert address in links_in(page)
    whole = visit("gradebook:year_why", group_id=graded.pk, pupil_id=school.noor.pk)
    weights = [period.weight for period in (school.first_period, school.december)]
    share = (90 * weights[0] + 50 * weights[1]) / sum(weights)
    assert f"{share:.2f} %" in whole.text.replace(",", ".")
    assert "<html" in whole.text
    part = client.get(address, headers=HTMX)
    assert "data-title" in part.text
    assert "<html" not in part.text


def test_every_period_of_the_year_unfolds_to_its_terms(school, graded, visit):
    page = visit("gradebook:year", as_=school.vandamme, group_id=graded.pk)

    for period in (school.first_period, school.december):
        keys = {"group_id": graded.pk, "period_id": period.pk, "pupil_id": school.noor.pk}
        assert reverse("gradebook:why", kwargs=keys) in links_in(page)


def test_the_year_of_somebody_else_s_pupil_stays_shut(school, graded, visit):
    keys = {"group_id": graded.pk, "pupil_id": school.noor.pk}

    for who in (school.thys, school.lemaire, school.noor, school.samira, school.maes):
        assert visit("gradebook:year_why", as_=who, **keys).status_code == 404
    stranger = {"group_id": graded.pk, "pupil_id": school.alma.pk}
    assert visit("gradebook:year_why", as_=school.vandamme, **stranger).status_code == 404


def test_the_file_unfolds_as_far_as_its_reader_may_know(school, graded, visit):
    keys = {"pupil_id": school.noor.pk, "period_id": school.december.pk, "course_id": graded.course_id}
    hidden = assessment(graded, school.december, by=school.vandamme, title="Caché")
    grade(hidden, school.noor, "2", by=school.vandamme)

    file = visit("portal:pupil", as_=school.samira, pupil_id=school.noor.pk)
    assert reverse("gradebook:course_why", kwargs=keys) in links_in(file)
    mother = visit("gradebook:course_why", **keys)
    assert "Novembre" in mother.text
    assert "Caché" not in mother.text
    assert "Caché" in visit("gradebook:course_why", as_=school.pirard, **keys).text
    assert visit("gradebook:course_why", as_=school.thys, **keys).status_code == 404


def test_a_course_or_a_period_that_is_not_the_pupils_is_not_there(school, graded, visit):
    keys = {"pupil_id": school.noor.pk, "period_id": school.december.pk, "course_id": graded.course_id}

    for wrong in ({"course_id": school.physics_5ttb.course_id}, {"period_id": 0}, {"period_id": 10**15}):
        assert visit("gradebook:course_why", as_=school.samira, **{**keys, **wrong}).status_code == 404
