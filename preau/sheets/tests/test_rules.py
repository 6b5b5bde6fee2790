"""Who takes gradebooks away, and puts a file into one: by the groups of today."""

import pytest

from preau.gradebook.tests.builders import TUESDAY
from preau.sheets import rules
from preau.sheets.models import SheetFile


@pytest.mark.parametrize(
    ("who", "takes_the_book", "takes_books"),
    [
        ("vandamme", True, True),  # teaches it
        ("thys", False, True),  # teaches another group
        ("pirard", True, True),  # the head
        ("maes", False, False),  # the secretary
        ("noor", False, False),  # follows it
        ("samira", False, False),  # her mother
        ("zoe", False, False),  # a stranger
    ],
)
def test_who_takes_the_gradebook_of_a_year_away(school, who, takes_the_book, takes_books):
    person = school.everybody[who]

    assert rules.may_take_book.allows(person, school.maths_4tta) is takes_the_book
    assert rules.may_take_books.admits(person) is takes_books


def test_a_titulaire_who_teaches_nothing_takes_none(school):
    assert school.everybody
    school.maths_4tta.assignments.all().delete()

    assert not rules.may_take_book.allows(school.vandamme, school.maths_4tta)
    assert not rules.may_take_books.admits(school.vandamme)


def test_a_file_that_comes_in_is_the_affair_of_who_brought_it_and_still_teaches_the_group(school):
    brought = {"group": school.maths_4tta, "period": school.december, "at": TUESDAY, "name": "a.xlsx"}
    hers = SheetFile.objects.create(by=school.vandamme, **brought)
    of_who_no_longer_teaches = SheetFile.objects.create(by=school.thys, **brought)

    assert rules.may_bring_file.allows(school.vandamme, hers)
    assert not rules.may_bring_file.allows(school.vandamme, of_who_no_longer_teaches)
    assert not rules.may_bring_file.allows(school.thys, of_who_no_longer_teaches)
    assert not rules.may_bring_file.allows(school.pirard, hers)
