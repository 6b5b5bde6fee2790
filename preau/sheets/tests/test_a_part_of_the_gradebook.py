"""Files and papers are a part of the gradebook: its pages lead to them, its line of the menu is theirs."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from preau.gradebook import actions
from preau.gradebook.tests.builders import TUESDAY, sheet_of
from preau.sheets.models import SheetFile
from preau.structure.models import TeachingAssignment
from tests.drawn import in_one_line


@pytest.fixture
def where(school):
    return sheet_of(school.maths_4tta, school.december)


@pytest.fixture
def ways(school, visit, where):
    """Return which ways out of the sheet its menu shows somebody."""

    def ways(who):
        page = visit("gradebook:sheet", as_=who, **where).text
        group = {"group_id": school.maths_4tta.pk}
        doors = {
            "export": where,
            "new_file": where,
            "blank_list": where,
            "book": group,
            "books": {},
        }
        return {name for name, keys in doors.items() if reverse(f"sheets:{name}", kwargs=keys) in page}

    return ways


def test_a_sheet_leads_out_and_to_whoever_keeps_it_in(school, ways):
    out = {"export", "blank_list", "book", "books"}

    assert ways(school.vandamme) == out | {"new_file"}
    assert ways(school.pirard) == out


def test_who_tutors_a_pupil_takes_no_book_away(school, ways):
    TeachingAssignment.objects.filter(teacher=school.vandamme, group=school.maths_4tta).delete()

    assert ways(school.vandamme) == {"export", "blank_list"}


def test_nothing_comes_into_a_closed_gradebook(school, ways):
    where = {"group": school.maths_4tta, "period": school.december}
    actions.close_gradebook(**where, by=school.vandamme, at=TUESDAY)

    assert "new_file" not in ways(school.vandamme)


def test_results_lead_to_their_explanation_and_gradebooks_to_those_to_keep(school, visit):
    why = reverse("sheets:explanation", args=[school.noor.pk])
    assert (
        f"{why}?period={school.december.pk}"
        in visit("gradebook:results", as_=school.noor, pupil_id=school.noor.pk).text
    )
    assert reverse("sheets:books") in visit("gradebook:groups", as_=school.pirard).text


def test_the_page_of_a_file_belongs_to_the_gradebook_in_the_navigation(school, visit):
    file = SheetFile(
        group=school.maths_4tta, period=school.december, by=school.vandamme, at=TUESDAY, name="a.csv"
    )
    file.file.save("a.csv", ContentFile(b"Nom;Interro /20\nHaddad Noor;12\n"))

    page = in_one_line(visit("sheets:file", as_=school.vandamme, file_id=file.pk).text)

    assert f'href="{reverse("gradebook:groups")}" aria-current="page"' in page
