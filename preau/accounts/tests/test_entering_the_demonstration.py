import pytest
from django.urls import reverse

from preau.accounts import actions
from preau.accounts.models import Account
from preau.kit.demo import PASSWORD

from .builders import is_inside, sign_in


@pytest.fixture
def teacher(school):
    Account.objects.filter(person=school.vandamme).delete()
    return actions.open_account(school.vandamme, username="teacher", password=PASSWORD, is_demo=True)


def test_in_a_demonstration_one_enters_as_somebody_with_one_tap(teacher, client, settings):
    settings.DEMO_MODE = True

    page = client.get(reverse("account_login"))
    client.post(reverse("accounts:demo", kwargs={"username": "teacher"}))

    assert "Claire Vandamme" in page.text
    assert PASSWORD in page.text
    assert is_inside(client)


def test_elsewhere_there_are_no_cards_and_no_way_in_by_them(teacher, client, settings):
    settings.DEMO_MODE = False

    page = client.get(reverse("account_login"))
    by_card = client.post(reverse("accounts:demo", kwargs={"username": "teacher"}))
    by_password = sign_in(client, "teacher", PASSWORD)

    assert "Claire Vandamme" not in page.text
    assert PASSWORD not in page.text
    assert by_card.status_code == 404
    assert by_password.headers["Location"] == reverse("account_inactive")
    assert not is_inside(client)


def test_a_session_of_the_demonstration_ends_with_it(teacher, client, settings):
    settings.DEMO_MODE = True
    client.post(reverse("accounts:demo", kwargs={"username": "teacher"}))

    settings.DEMO_MODE = False

    assert not is_inside(client)


def test_a_card_opens_no_account_of_a_real_person(school, client, settings):
    settings.DEMO_MODE = True
    Account.objects.filter(person=school.pirard).update(username="head")

    assert client.post(reverse("accounts:demo", kwargs={"username": "head"})).status_code == 404
    assert client.get(reverse("accounts:demo", kwargs={"username": "head"})).status_code == 405
