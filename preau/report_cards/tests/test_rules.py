import pytest

from preau.kit import clock
from preau.report_cards.rules import (
    may_acknowledge,
    may_read_card,
    may_read_class,
    may_settle_card,
    may_write_word,
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
