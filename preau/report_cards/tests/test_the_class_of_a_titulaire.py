import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from preau.kit import clock
from preau.kit.refusals import ChangedMeanwhile
from preau.people.models import Household, Relationship, Residence
from preau.report_cards import actions, queries
from preau.report_cards.actions.words import WordsAreOut
from preau.report_cards.models import TutorWord

from .builders import EVENING, FRIDAY, card_of, graded, made, published, text_of


@pytest.fixture
def place(school):
    graded(school)
    return {"period_id": school.december.pk, "class_group_id": school.class_4tta.pk}


def test_the_titulaire_sees_the_class_in_one_table(school, place, visit):
    with clock.at(FRIDAY):
        page = visit("report_cards:class_group", as_=school.vandamme, **place).context["page"]

    assert [row.pupil for row in page.rows] == [school.emma, school.noor]
    assert [(column.name, column.failures) for column in page.columns] == [("Français 5", 0), ("Math 4", 1)]
    assert [cell and cell["value"] for _course, cell in page.rows[1].by_course] == ["62", "49"]
    assert page.rows[1].summary["failed_hours"] == 4
    assert page.open_gradebooks == 2


def test_a_titulaire_of_one_class_is_led_there(school, place, visit):
    answer = visit("report_cards:classes", as_=school.vandamme)

    assert answer.headers["Location"].endswith(f"/classes/{school.class_4tta.pk}/")


@pytest.fixture
def type_word(client, school):
    """Type a word to Noor as `<kept-text>` does; return how it is answered."""

    def type_word(text, version):
        client.force_login(school.vandamme.account)
        where = {"period_id": school.december.pk, "pupil_id": school.noor.pk}
        sent = {"text": text, "version": version}
        owner = {"Preau-Queue": str(school.vandamme.account.pk)}
        return client.post(reverse("report_cards:word", kwargs=where), sent, headers=owner).json()

    return type_word


def test_the_word_is_saved_and_read_back(school, place, tap, visit):
    where = {"period_id": school.december.pk, "pupil_id": school.noor.pk}

    tap("report_cards:word", {"text": "Du courage.", "version": 0}, as_=school.vandamme, htmx=False, **where)

    assert TutorWord.objects.get().text == "Du courage."
    page = visit("report_cards:class_group", as_=school.vandamme, **place)
    assert 'name="version" value="1"' in page.text
    assert "Du courage." in page.text


def test_a_word_is_answered_in_data_while_one_types(school, place, type_word):
    first = type_word("Du courage.", 0)
    again = type_word("Du courage.", 0)
    longer = type_word("Du courage, et du calme.", first["version"])

    assert (first["state"], first["text"], first["version"]) == ("saved", "Du courage.", 1)
    assert again["version"] == 1
    assert longer["version"] == 2
    refused = type_word("x" * 901, 2)
    assert refused["state"] == "refused"
    assert "900" in refused["words"]
    assert TutorWord.objects.get().text == "Du courage, et du calme."


def test_what_another_titulaire_wrote_meanwhile_comes_back_with_the_choice(school, place, tap, type_word):
    where = {"period": school.december, "pupil": school.noor}
    actions.write_tutor_word(**where, text="Un autre.", by=school.pirard, at=FRIDAY)

    told = type_word("Le mien.", 0)
    sent = {"text": "Le mien.", "version": 0}
    page = tap(
        "report_cards:word",
        sent,
        as_=school.vandamme,
        htmx=False,
        period_id=school.december.pk,
        pupil_id=school.noor.pk,
    )

    assert (told["state"], told["text"], told["version"]) == ("conflict", "Un autre.", 1)
    assert page.status_code == 422
    assert "Le mien." in page.text
    assert "Paul Pirard wrote here meanwhile: “Un autre.”" in page.text
    assert 'name="version" value="1"' in page.text  # Sent once more, it writes over the other.
    assert type_word("Le mien.", 1)["state"] == "saved"


def test_two_titulaires_lose_nothing_of_each_other(school, place, tap):
    where = {"pupil": school.noor, "period": school.december, "at": FRIDAY}
    actions.write_tutor_word(**where, text="Un mot.", by=school.vandamme)
    actions.write_tutor_word(**where, text="Un autre.", by=school.pirard, version=1)

    with pytest.raises(ChangedMeanwhile, match=r"Paul Pirard wrote here meanwhile: “Un autre\.”"):
        actions.write_tutor_word(**where, text="Le mien.", by=school.vandamme, version=1)

    assert actions.write_tutor_word(**where, text="Un autre.", by=school.vandamme, version=1).version == 2
    assert actions.write_tutor_word(**where, text=" ", by=school.vandamme, version=2).text == ""


def test_a_word_that_is_too_long_comes_back_whole(school, place, tap):
    where = {"period_id": school.december.pk, "pupil_id": school.noor.pk}

    sent = {"text": "x" * 901, "version": 0}
    answer = tap("report_cards:word", sent, as_=school.vandamme, htmx=False, **where)

    assert answer.status_code == 422
    assert "x" * 901 in answer.text
    assert not TutorWord.objects.exists()


def test_once_the_cards_are_out_only_the_head_changes_a_word(school, place):
    published(school)
    where = {"pupil": school.noor, "period": school.december, "text": "Tard.", "at": EVENING}
    with clock.at(EVENING):
        with pytest.raises(WordsAreOut):
            actions.write_tutor_word(**where, by=school.vandamme)
        assert actions.write_tutor_word(**where, by=school.pirard).text == "Tard."


def test_the_preview_says_what_the_card_would_say(school, place, visit):
    where = {"period_id": school.december.pk, "pupil_id": school.noor.pk}
    with clock.at(FRIDAY):
        page = visit("report_cards:preview", as_=school.vandamme, **where)
    assert page.context["sheet"].summary["average"] == "56"
    assert visit("report_cards:preview", as_=school.lemaire, **where).status_code == 404


def test_the_class_is_printed_by_name_twice_for_two_homes_and_without_the_held(school, place, visit):
    made(school)
    for adult, street in ((school.samira, "Rue du Parc 1"), (school.karim, "Rue Longue 5")):
        home = Household.objects.create(street=street, postcode="5000", city="Exempleville")
        Residence.objects.create(person=adult, household=home)
    Relationship.objects.filter(guardian=school.karim).update(sees_marks=True)

    copies = queries.copies_of_class(school.class_4tta, school.december)

    assert [(card.pupil, addressee) for card, addressee in copies] == [
        (school.emma, ""),
        (school.noor, "Samira Haddad, Rue du Parc 1, 5000 Exempleville"),
        (school.noor, "Karim Haddad, Rue Longue 5, 5000 Exempleville"),
    ]
    document = visit("report_cards:print", as_=school.maes, **place).content
    assert "Rue Longue 5" in text_of(document)
    assert len(PdfReader(io.BytesIO(document)).pages) % 2 == 1  # Each card begins on a sheet of its own.
    actions.hold(pupil=school.noor, period=school.december, reason="?", by=school.pirard, at=FRIDAY)
    assert len(queries.copies_of_class(school.class_4tta, school.december)) == 1


def test_a_parent_without_the_right_to_see_marks_gets_no_copy(school, place):
    made(school)
    for adult in (school.samira, school.karim):
        home = Household.objects.create(street=f"Rue {adult.given_name}")
        Residence.objects.create(person=adult, household=home)

    assert [
        addressee for _card, addressee in queries.copies_of_class(school.class_4tta, school.december)
    ] == ["", ""]


def test_today_counts_the_words_to_write_and_the_steps_that_wait(school, place, visit):
    assert "words to write, 4TTA" in visit("portal:today", as_=school.vandamme).text
    assert "gradebooks to close" in visit("portal:today", as_=school.pirard).text
    with clock.at(FRIDAY):
        made(school)
        assert "report cards to publish" in visit("portal:today", as_=school.maes).text


def test_once_published_the_table_is_made_of_the_cards(school, place, visit):
    published(school)
    school.maths_4tta.results.update(computed=99)

    page = queries.class_page(school.class_4tta, school.december)

    assert page.rows[1].card == card_of(school.noor)
    assert page.rows[1].by_course[1][1]["value"] == "49"
