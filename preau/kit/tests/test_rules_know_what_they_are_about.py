"""A rule about classes answers for classes alone: the keys of two tables look alike."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse

from preau.kit.access import ITSELF, one_of, opens, reaches, rule, sees, standing

plants = one_of(ITSELF, [7])
waters = rule("waters it", lambda person: plants)
gardens = standing("gardens", lambda person: person == "gardener")
may_water = (waters | gardens).over(ContentType)


def test_a_rule_answers_about_what_it_is_over():
    assert may_water.allows("gardener", ContentType(pk=8))
    assert may_water.allows("neighbour", ContentType(pk=7))


def test_the_same_key_of_another_table_is_an_error_never_an_answer():
    with pytest.raises(TypeError, match="about ContentType, not about Session"):
        may_water.allows("neighbour", Session(pk=7))
    with pytest.raises(TypeError, match="about ContentType, not about Session"):
        may_water.among(Session.objects.all(), "neighbour")


def test_part_of_a_rule_answers_nothing_until_it_is_over_some_records():
    with pytest.raises(TypeError, match="part of a rule"):
        waters.allows("neighbour", ContentType(pk=7))
    with pytest.raises(TypeError, match="part of a rule"):
        (waters | gardens).among(ContentType.objects.all(), "neighbour")
    with pytest.raises(TypeError, match="part of a rule"):
        (gardens & waters).among(ContentType.objects.all(), "neighbour")


def test_rules_about_different_records_make_no_rule_together():
    may_read = waters.over(Session)
    with pytest.raises(TypeError, match="ContentType and one about Session"):
        may_water | may_read
    with pytest.raises(TypeError, match="ContentType and one about Session"):
        may_water & may_read
    with pytest.raises(TypeError, match="ContentType and one about Session"):
        may_water.over(Session)


def test_a_rule_keeps_what_it_is_over_whatever_is_put_beside_it():
    for wider in (may_water | waters, waters | may_water, may_water | gardens, gardens & may_water):
        assert wider.model is ContentType


def test_a_standing_is_about_nothing_in_particular_and_answers_about_anything(db):
    assert gardens.allows("gardener", Session(pk="a"))
    assert not gardens.among(ContentType.objects.all(), "neighbour").exists()


def test_a_door_will_not_hang_on_a_rule_about_something_else():
    with pytest.raises(TypeError, match="about ContentType, not about Session"):
        reaches(may_water, session=Session)
    with pytest.raises(TypeError, match="about ContentType, not about Session"):
        sees(may_water, to=gardens, sessions=Session)
    with pytest.raises(TypeError, match="part of a rule"):
        reaches(waters, plant=ContentType)


def request_of(person: object) -> HttpRequest:
    request = HttpRequest()
    request.person = person  # type: ignore[attr-defined]
    return request


def test_a_list_opens_to_those_it_is_for_and_is_not_there_for_others(db):
    @sees(
        rule("owns it", lambda person: Q(app_label=person)).over(ContentType), to=gardens, plants=ContentType
    )
    def garden(request: HttpRequest, plants) -> HttpResponse:
        return HttpResponse(plants.count())

    ContentType.objects.create(app_label="neighbour", model="oak")

    assert garden(request_of("gardener")).content == b"0", "nothing to see is an empty page"
    with pytest.raises(Http404):
        garden(request_of("neighbour"))
    with pytest.raises(Http404):
        garden(request_of(None))


def test_a_page_about_nothing_in_particular_opens_to_those_who_stand_so():
    page = opens(gardens)(lambda request: HttpResponse("come in"))

    assert page(request_of("gardener")).content == b"come in"
    with pytest.raises(Http404):
        page(request_of("neighbour"))
