from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.urls import reverse
from pypdf import PdfReader

from preau.accounts import actions, codes, letters
from preau.accounts.models import Account, Invitation
from preau.kit import clock
from preau.kit.jobs import do_what_waits
from preau.people.models import Duty, Household, Person, Residence
from preau.trail.models import Trace
from tests.cast import FIRST_DAY

from .builders import ANOTHER, PASSWORD, browser, invited, is_inside, set_up_app, sign_in, with_password

NEW = {"password1": ANOTHER, "password2": ANOTHER, "language": "nl"}
PLACE = "https://preau.example.be/"


def follow(client, code):
    return client.get(reverse("accounts:invitation_code", kwargs={"code": code}))


def test_from_a_letter_to_being_signed_in(school, client):
    letter = invited(school.samira, by=school.maes)

    typed = client.post(reverse("accounts:invitation"), {"code": codes.in_groups(letter.code).lower()})
    page = client.get(typed.headers["Location"])
    done = client.post(reverse("accounts:answer"), NEW)

    assert "samira.haddad" in page.text
    assert letter.code not in page.text
    assert done.headers["Location"] == reverse("portal:today")
    assert is_inside(client)
    school.samira.refresh_from_db()
    assert school.samira.language == "nl"
    assert Account.objects.get(person=school.samira).check_password(ANOTHER)


def test_the_square_of_the_letter_leads_to_the_same_page_and_leaves_no_code_in_the_address(school, client):
    letter = invited(school.samira)

    answer = follow(client, codes.in_groups(letter.code))

    assert answer.headers["Location"] == reverse("accounts:answer")
    assert answer.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_code_opens_once(school, client):
    letter = invited(school.samira)
    follow(client, letter.code)
    client.post(reverse("accounts:answer"), NEW)
    thief = browser()

    answer = follow(thief, letter.code)

    assert answer.status_code == 422
    assert "was used already" in answer.text
    assert thief.get(reverse("accounts:answer")).headers["Location"] == reverse("accounts:invitation")


def test_two_browsers_with_the_same_code_make_one_password(school, client):
    letter = invited(school.samira)
    other = browser()
    follow(client, letter.code)
    follow(other, letter.code)

    client.post(reverse("accounts:answer"), NEW)
    late = other.post(reverse("accounts:answer"), {**NEW, "password1": PASSWORD, "password2": PASSWORD})

    assert late.status_code == 422
    assert not is_inside(other)


def test_a_code_ends_after_sixty_days_and_with_the_next_letter(school, client, school_day):
    first = invited(school.samira)
    second = invited(school.samira)

    assert "opens nothing" in follow(client, first.code).text
    with clock.at(school_day + timedelta(days=61)):
        assert "opens nothing" in follow(client, second.code).text
    assert follow(client, second.code).status_code == 302


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "x", "'; drop table", "0" * 60])
def test_a_wrong_code_opens_nothing_and_says_what_to_do(school, client, code):
    answer = client.post(reverse("accounts:invitation"), {"code": code})

    assert answer.status_code in {200, 422}
    assert not client.session.get("invitation_code")


def test_codes_cannot_be_guessed_one_after_the_other(school, client):
    for _attempt in range(60):
        client.post(reverse("accounts:invitation"), {"code": "AAAA-AAAA-AAAA-AAAA"})

    answer = client.post(reverse("accounts:invitation"), {"code": invited(school.samira).code})

    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.text


def test_a_code_is_worth_eighty_bits_and_only_its_digest_is_kept(school):
    letter = invited(school.samira)

    assert len(codes.ALPHABET) ** len(letter.code) == 2**80
    assert letter.code not in str(list(Invitation.objects.values()))


def test_a_weak_or_mistyped_password_is_said_so_and_the_code_still_opens(school, client):
    follow(client, invited(school.samira).code)

    short = client.post(reverse("accounts:answer"), {**NEW, "password1": "short", "password2": "short"})
    own = "samira.haddad1"
    named = client.post(reverse("accounts:answer"), {**NEW, "password1": own, "password2": own})
    differing = client.post(reverse("accounts:answer"), {**NEW, "password2": PASSWORD})

    assert short.status_code == named.status_code == differing.status_code == 422
    assert short.context["form"].errors["password1"]
    assert named.context["form"].errors["password1"]
    assert "differ" in differing.text
    assert client.post(reverse("accounts:answer"), NEW).status_code == 302


def test_answering_ends_every_session_under_the_former_password(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    other = browser()

    follow(other, invited(school.samira).code)
    other.post(reverse("accounts:answer"), NEW)

    assert is_inside(other)
    assert not is_inside(client)


def test_answering_does_not_skip_the_second_factor(school, client):
    with_password(school.samira)
    sign_in(client, "samira.haddad")
    set_up_app(client)
    other = browser()

    follow(other, invited(school.samira).code)
    answer = other.post(reverse("accounts:answer"), NEW)

    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_inside(other)


def test_a_blocked_account_cannot_be_opened_by_a_letter(school, client, school_day):
    letter = invited(school.samira)
    actions.block(account=school.samira.account, by=school.maes, at=school_day)

    assert "opens nothing" in follow(client, letter.code).text


def text_of(pdf):
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def test_a_home_gets_one_sheet_with_a_slip_for_each_adult(school, school_day):
    home = Household.objects.create(street="Rue des Tilleuls 8", postcode="5000", city="Exempleville")
    for person in (school.samira, school.karim):
        Residence.objects.create(person=person, household=home)

    everybody = actions.invite(
        persons=[school.samira, school.karim, school.ines], by=school.maes, at=school_day, channel="LETTER"
    )
    pages = text_of(letters.sheets(everybody, PLACE))

    assert len(pages) == 2
    haddads = next(page for page in pages if "Haddad" in page)
    assert "Rue des Tilleuls 8" in haddads
    assert "samira.haddad" in haddads
    assert "to follow Elias Haddad and Noor Haddad" in haddads.replace(
        "Noor Haddad and Elias Haddad", "Elias Haddad and Noor Haddad"
    )
    by_name = {one.person: codes.in_groups(one.code) for one in everybody}
    assert by_name[school.samira] in haddads
    assert by_name[school.karim] in haddads
    assert by_name[school.ines] not in haddads


def test_the_sheet_is_a_tagged_document_that_can_be_read_aloud(school):
    reader = PdfReader(BytesIO(letters.sheets([invited(school.samira)], PLACE)))

    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.xmp_metadata.stream.get_data().decode()


def test_each_slip_speaks_the_language_of_its_person(school):
    school.samira.language = "fr"

    (page,) = text_of(letters.sheets([invited(school.samira)], PLACE))

    assert "Votre accès à Préau" in page


def test_the_secretary_makes_letters_for_those_ticked(school, tap):
    answer = tap(
        "accounts:invitations",
        {"person": [school.samira.pk, school.ines.pk], "channel": "LETTER"},
        as_=school.maes,
        htmx=False,
    )

    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Invitation.objects.count() == 2
    assert Trace.objects.filter(act="accounts.invite", by=school.maes).count() == 2


def test_the_secretary_invites_by_e_mail_and_hears_who_has_none(school, tap, client):
    school.samira.language = "fr"
    school.samira.save()
    Account.objects.filter(person=school.ines).update(email="")

    page = tap(
        "accounts:invitations",
        {"person": [school.samira.pk, school.ines.pk], "channel": "EMAIL"},
        as_=school.maes,
        htmx=False,
    )
    said = client.get(page.headers["Location"], follow=True).text

    assert "The invitation leaves by e-mail." in said
    assert "Without an e-mail: Inès Claes" in said


@pytest.mark.django_db(transaction=True)
def test_the_e_mail_brings_its_reader_in(school, client):
    client.force_login(school.maes.account)
    client.post(reverse("accounts:invitations"), {"person": school.samira.pk, "channel": "EMAIL"})
    do_what_waits()
    (letter,) = mail.outbox
    link = next(word for word in letter.body.split() if "invitation" in word and "http" in word)
    reader = browser()

    reader.get(link.removeprefix("http://testserver"))
    reader.post(reverse("accounts:answer"), NEW)

    assert letter.to == ["samira.haddad@example.org"]
    assert "samira.haddad" in letter.body
    assert is_inside(reader)


def test_nobody_ticked_and_too_many_ticked_are_told_what_to_do(school, tap, monkeypatch):
    nobody = tap("accounts:invitations", {"channel": "LETTER"}, as_=school.maes, htmx=False)
    monkeypatch.setattr("preau.accounts.actions.invitations.MOST_AT_ONCE", 1)
    many = tap(
        "accounts:invitations",
        {"person": [school.samira.pk, school.ines.pk], "channel": "LETTER"},
        htmx=False,
    )

    assert nobody.status_code == many.status_code == 422
    assert "tick the people" in nobody.text
    assert "go class by class" in many.text
    assert not Invitation.objects.exists()


def test_all_that_were_found_can_be_invited_at_once(school, tap):
    _ = (school.samira, school.ines, school.zoe)

    tap(
        "accounts:invitations",
        {"everybody": "on", "group": "guardians", "state": "waiting", "channel": "LETTER"},
        as_=school.maes,
        htmx=False,
    )

    assert {invitation.person for invitation in Invitation.objects.all()} == {school.samira, school.ines}


def test_the_secretary_opens_no_way_into_the_account_of_someone_in_charge(school, tap):
    Duty.objects.create(person=school.zoe, kind=Duty.Kind.DEPUTY, starts_on=FIRST_DAY)
    for in_charge in (school.pirard, school.nys, school.zoe):
        chosen = {"person": [in_charge.pk, school.ines.pk], "channel": "LETTER"}
        refused = tap("accounts:invitations", chosen, as_=school.maes, htmx=False)

        assert refused.status_code == 422
        assert "no longer there: look again" in refused.text
    assert not Invitation.objects.exists()

    tap("accounts:invitations", {"person": [school.ines.pk], "channel": "LETTER"}, htmx=False)
    assert [invitation.person for invitation in Invitation.objects.all()] == [school.ines]


def test_a_person_without_account_gets_one_with_the_invitation(school):
    newcomer = Person.objects.create(
        given_name="Jean-Pierre", family_name="van den Berghe", email="jp@example.org"
    )

    letter = invited(newcomer)

    assert letter.account.username == "jean-pierre.vandenberghe"
    assert letter.account.email == "jp@example.org"
    assert not letter.account.has_usable_password()
