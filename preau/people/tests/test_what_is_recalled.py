"""What a request has learned of its person is not asked again; nothing outlives the request."""

from preau.kit.memory import Memory
from preau.people.models import Person, Relationship
from preau.people.relations import cares_for, wards_of


def test_the_person_of_a_request_is_asked_once(school, django_assert_num_queries):
    school.samira.memory = Memory()

    with django_assert_num_queries(1):
        assert wards_of(school.samira) == wards_of(school.samira)
        assert set(wards_of(school.samira, "may_sign")) <= set(wards_of(school.samira, None))


def test_anybody_else_is_asked_each_time_anew(school):
    assert school.noor.pk in wards_of(school.samira)

    Relationship.objects.filter(guardian=school.samira, pupil=school.noor).update(sees_marks=False)

    assert school.noor.pk not in wards_of(school.samira)
    assert not cares_for("pk").over(Person).allows(school.samira, school.noor)


def test_a_right_that_is_taken_away_is_gone_at_the_next_request(school, visit):
    results = {"pupil_id": school.noor.pk}
    assert visit("gradebook:results", as_=school.samira, **results).status_code == 200

    Relationship.objects.filter(guardian=school.samira, pupil=school.noor).update(sees_marks=False)

    assert visit("gradebook:results", as_=school.samira, **results).status_code == 404
