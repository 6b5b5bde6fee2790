from django.urls import reverse

from .builders import sign_in, with_password


def test_before_signing_in_the_browser_decides_and_can_be_told_otherwise(db, client):
    french = client.get(reverse("account_login"), headers={"Accept-Language": "fr-BE"})
    client.post(reverse("accounts:language"), {"language": "nl", "next": reverse("account_login")})
    dutch = client.get(reverse("account_login"), headers={"Accept-Language": "fr-BE"})

    assert "Se connecter" in french.text
    assert "Aanmelden" in dutch.text
    assert dutch.headers["Content-Language"] == "nl"


def test_once_signed_in_the_language_is_the_persons(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")

    client.post(reverse("accounts:language"), {"language": "fr"})
    page = client.get(reverse("accounts:security"), headers={"Accept-Language": "nl"})

    school.samira.refresh_from_db()
    assert school.samira.language == "fr"
    assert 'lang="fr"' in page.text


def test_a_language_nobody_speaks_here_changes_nothing(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")

    answer = client.post(reverse("accounts:language"), {"language": "tlh"})

    school.samira.refresh_from_db()
    assert school.samira.language == "en"
    assert answer.status_code == 422


def test_the_language_chosen_at_the_door_stays_once_inside(school, client):
    with_password(school.samira)
    door = f"{reverse('account_login')}?next=/search/"
    asked = client.get(door)
    client.post(reverse("accounts:language"), {"language": "nl", "next": door})
    sign_in(client, "samira.haddad")

    page = client.get(reverse("accounts:security"))

    school.samira.refresh_from_db()
    assert "?next=/search/" in asked.text
    assert school.samira.language == "nl"
    assert 'lang="nl"' in page.text


def test_who_chose_nothing_at_the_door_keeps_their_own(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")

    school.samira.refresh_from_db()
    assert school.samira.language == "en"
