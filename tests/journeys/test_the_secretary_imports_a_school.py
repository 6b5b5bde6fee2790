"""Anouk Maes brings the pupils of the year in: a file with a mistake first, then the same file mended."""

from django.urls import reverse

from preau.kit import clock
from preau.people.actions import change_person
from preau.people.models import Person
from preau.structure.models import Enrolment
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE

PUPILS = """Matricule;Nom;Prénom;Date de naissance;Classe
91001;Peeters;Lina;12/03/2012;4TTA
91002;El Amrani;Yassin;30/09/2012;4TTA
91003;Dubois;Hugo;31/02/2012;2CB
"""


def bring(page, content: str) -> None:
    page.goto(reverse("exchange:imports"))
    page.locator("input[name=kind][value=people]").check()
    file = {"name": "eleves.csv", "mimeType": "text/csv", "buffer": content.encode()}
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()
    page.get_by_role("heading", name="What is what in eleves.csv?").wait_for()
    page.get_by_role("button", name="See what would change").click()


def test_the_secretary_imports_a_school(school, window, sign_in):
    for place in (school.lycee, school.class_4tta, school.class_2cb):
        assert place.pk
    page = sign_in(window(), school.maes)

    bring(page, PUPILS)
    page.get_by_text("“31/02/2012” is not a date.").wait_for()
    assert_usable_by_all(page)
    assert page.get_by_role("button", name="Write all of it").count() == 0
    assert not Person.objects.filter(family_name="Peeters").exists()

    bring(page, PUPILS.replace("31/02", "28/02"))
    page.get_by_role("button", name="Write all of it").click()
    page.get_by_text("This file was written.").wait_for()
    assert_usable_by_all(page)

    page.goto(reverse("structure:pupils"))
    page.get_by_role("link", name="Peeters").first.click()
    page.get_by_role("heading", name="Lina Peeters").wait_for()
    hugo = Enrolment.objects.get(pupil__family_name="Dubois")
    assert hugo.class_group == school.class_2cb

    bring(page, PUPILS.replace("31/02", "28/02"))
    page.get_by_text("3 lines change nothing.").wait_for()
    assert Person.objects.filter(family_name="Dubois").count() == 1


def test_what_was_brought_in_by_mistake_is_undone(school, window, sign_in):
    for place in (school.lycee, school.class_4tta, school.class_2cb):
        assert place.pk
    page = sign_in(window(), school.maes)
    bring(page, PUPILS.replace("31/02", "28/02"))
    page.get_by_role("button", name="Write all of it").click()
    page.get_by_text("This file was written.").wait_for()

    page.get_by_role("link", name="Undo the import").click()
    page.get_by_text("What the file brought goes: 3 persons").wait_for()
    assert_usable_by_all(page)
    page.get_by_role("button", name="Leave it as it is").click()
    assert Person.objects.filter(family_name="Peeters").exists()
    page.get_by_role("link", name="Undo the import").click()
    page.get_by_role("button", name="Undo the import").click()

    page.get_by_text("This import was undone").wait_for()
    assert_usable_by_all(page)
    assert not Person.objects.filter(family_name="Peeters").exists()


def test_on_a_phone_what_was_built_on_an_import_is_named(school, window, sign_in):
    _ = school.lycee, school.class_4tta, school.class_2cb
    page = sign_in(window(PHONE), school.maes)
    bring(page, PUPILS.replace("31/02", "28/02"))
    page.get_by_role("button", name="Write all of it").click()
    page.get_by_text("This file was written.").wait_for()
    lina = Person.objects.get(given_name="Lina")
    change_person(person=lina, mobile="+32470112233", by=school.maes, at=clock.now())

    page.get_by_role("link", name="Undo the import").click()

    page.get_by_text("Lina Peeters: changed since").wait_for()
    assert_usable_by_all(page)
    page.get_by_role("link", name="Lina Peeters: changed since").click()
    page.get_by_role("heading", name="Lina Peeters").wait_for()
    assert Enrolment.objects.filter(pupil=lina).exists()
