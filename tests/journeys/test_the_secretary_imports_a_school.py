"""Anouk Maes brings the pupils of the year in: a file with a mistake first, then the same file mended."""

from django.urls import reverse

from preau.people.models import Person
from preau.structure.models import Enrolment
from tests.journeys.axe import assert_usable_by_all

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
