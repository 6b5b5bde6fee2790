import pytest

from preau.kit import clock
from preau.people.models import Relationship
from preau.report_cards import actions
from preau.report_cards.models import Hold
from preau.report_cards.rules import (
    may_acknowledge,
    may_open_classes,
    may_open_own_cards,
    may_read_card,
    may_read_class,
    may_settle_card,
    may_write_word,
    may_write_words,
    prepares,
    publishes,
)

from .builders import EVENING, card_of, graded, made, published


@pytest.mark.parametrize(
    ("who", "reads_drafts", "reads_published", "acknowledges", "writes_words", "opens_class", "settles"),
    [
        ("pirard", True, True, False, True, True, True),  # the head
        ("maes", True, True, False, False, True, False),  # the secretary, who prints
        ("vandamme", True, True, False, True, True, False),  # tutors 4TTA
        ("lemaire", False, True, False, False, False, False),  # teaches Noor French
        ("thys", False, False, False, False, False, False),  # teaches elsewhere
        ("diallo", False, False, False, False, False, False),  # an educator
        ("noor", False, True, True, False, False, False),  # it is hers
        ("emma", False, False, False, False, False, False),  # sits beside her
        ("samira", False, True, True, False, False, False),  # her mother
        ("karim", False, False, False, False, False, False),  # her father, who may not see marks
        ("ines", False, False, False, False, False, False),  # Emma's mother
        ("nys", False, False, False, False, False, False),  # looks after the system
        ("zoe", False, False, False, False, False, False),  # a stranger
    ],
)
def test_who_reads_writes_and_settles(
    school, who, reads_drafts, reads_published, acknowledges, writes_words, opens_class, settles
):
    graded(school)
    made(school)
    person, card = school.everybody[who], card_of(school.noor)

    assert may_read_card.allows(person, card) is reads_drafts
    assert may_write_word.allows(person, school.noor) is writes_words
    assert may_read_class.allows(person, school.class_4tta) is opens_class
    published(school, at=EVENING)
    with clock.at(EVENING):
        assert may_read_card.allows(person, card) is reads_published
        assert may_acknowledge.allows(person, card) is acknowledges
        assert may_settle_card.allows(person, card) is settles


def test_who_prepares_and_who_publishes(school):
    everybody = school.everybody

    assert {name for name, person in everybody.items() if prepares.admits(person)} == {"pirard", "maes"}
    assert {name for name, person in everybody.items() if publishes.admits(person)} == {"pirard"}


def test_a_card_that_is_held_is_not_there_and_the_others_are(school):
    graded(school)
    published(school, at=EVENING)
    noors, emmas = card_of(school.noor), card_of(school.emma)

    with clock.at(EVENING):
        actions.hold(pupil=school.noor, period=school.december, reason="A fee.", by=school.pirard, at=EVENING)
        assert not may_read_card.allows(school.noor, noors)
        assert not may_acknowledge.allows(school.samira, noors)
        assert may_read_card.allows(school.emma, emmas)

        actions.lift_hold(hold=Hold.objects.get(pupil=school.noor), by=school.pirard, at=EVENING)
        assert may_read_card.allows(school.noor, noors)


def test_a_card_held_in_october_is_no_card_of_december(school):
    graded(school)
    published(school, at=EVENING)

    with clock.at(EVENING):
        actions.hold(
            pupil=school.noor, period=school.first_period, reason="A fee.", by=school.pirard, at=EVENING
        )
        assert may_read_card.allows(school.noor, card_of(school.noor))


def test_who_sees_marks_and_may_not_sign_reads_a_card_and_acknowledges_nothing(school):
    graded(school)
    Relationship.objects.filter(guardian=school.samira).update(may_sign=False)
    Relationship.objects.filter(guardian=school.karim).update(may_sign=True)
    published(school, at=EVENING)
    card = card_of(school.noor)

    with clock.at(EVENING):
        assert may_read_card.allows(school.samira, card)
        assert not may_acknowledge.allows(school.samira, card)
        assert not may_acknowledge.allows(school.karim, card)  # may sign, but sees no marks


@pytest.mark.parametrize(
    ("who", "writes_words", "opens_classes", "opens_own_cards"),
    [
        ("vandamme", True, True, False),  # tutors 4TTA
        ("lemaire", False, True, False),  # tutors another class
        ("thys", False, False, False),  # tutors none
        ("pirard", True, True, False),  # the head
        ("maes", False, True, False),  # the secretary, who prints
        ("noor", False, False, True),
        ("samira", False, False, True),
        ("zoe", False, False, False),
    ],
)
def test_who_opens_classes_and_writes_to_them(school, who, writes_words, opens_classes, opens_own_cards):
    person = school.everybody[who]

    assert may_write_words.allows(person, school.class_4tta) is writes_words
    assert may_open_classes.admits(person) is opens_classes
    assert may_open_own_cards.admits(person) is opens_own_cards
