"""An address with a NUL in it is turned away at the gate, politely, and reaches no page and no database."""

import pytest
from django.urls import reverse


@pytest.mark.parametrize("where", ["?q=no%00or", "?%00=1", "?q=%00"])
def test_a_nul_is_turned_away_before_any_page_sees_it(school, client, django_assert_num_queries, where):
    client.force_login(school.vandamme.account)
    client.get(reverse("portal:search"))

    with django_assert_num_queries(1):  # Whether the name of the school is still the one kept in mind.
        answer = client.get(reverse("portal:search") + where)

    assert answer.status_code == 400
    assert "<h1" in answer.text


def test_a_percent_sign_that_people_type_is_no_nul(school, visit):
    assert visit("portal:search", as_=school.vandamme, query={"q": "100 %00"}).status_code == 200
