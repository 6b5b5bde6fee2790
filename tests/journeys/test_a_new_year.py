"""The secretary opens the next year, reads the plan, decides, brings the year forward and takes it back."""

from django.urls import reverse

from preau.kit.jobs import do_what_waits
from preau.structure.models import ClassGroup, Enrolment, SchoolYear
from preau.structure.tests.builders import group_of
from tests.journeys.axe import assert_usable_by_all
from tests.journeys.conftest import PHONE


def _confirmed(page, act) -> None:
    page.get_by_role("link", name=act, exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name=act, exact=True).click()


def test_a_new_year(school, window, sign_in):
    assert school.lycee.pk
    assert school.maths_4tta.pk
    last = school._class("5TTA", "5", 50, school.thys, school.alma)
    group_of(school, last, "MATH", school.alma)
    page = sign_in(window(), school.maes)

    page.goto(reverse("structure:year"))
    page.get_by_role("button", name="Open the year 2027-2028").click()
    page.get_by_role("link", name="Prepare the year").click()
    page.get_by_text("3 pupils wait for a decision").wait_for()
    assert_usable_by_all(page)

    page.get_by_role("link", name="4TTA", exact=True).click()
    page.get_by_label("Decision for Emma Claes").select_option(label="repeats")
    page.get_by_label("All who are not decided").select_option(label="passes")
    assert_usable_by_all(page)
    page.get_by_role("button", name="Keep and go to the next class").click()
    page.get_by_text("2 pupils of 4TTA are decided otherwise").wait_for()
    page.get_by_role("heading", name="5TTA").wait_for()  # where Alma waits
    page.get_by_role("link", name="Preparing 2027-2028").click()
    page.get_by_text("1 pupil waits for a decision").wait_for()

    _confirmed(page, "Bring the year forward")
    page.wait_for_url("**/work/**")
    do_what_waits()
    year = SchoolYear.objects.get(name="2027-2028")
    page.goto(reverse("structure:rollover", args=[year.pk]))
    page.get_by_text("2 classes, 2 groups, 2 pupils.").wait_for()
    assert_usable_by_all(page)
    places = Enrolment.objects.filter(class_group__school_year=year)
    assert set(places.values_list("pupil__given_name", "class_group__name")) == {
        ("Noor", "5TTA"),
        ("Emma", "4TTA"),
    }

    page.get_by_role("link", name="Is the year ready?").click()
    page.get_by_text("1 pupil of the year before is not decided").wait_for()
    assert_usable_by_all(page)

    page.set_viewport_size(PHONE)
    page.goto(reverse("structure:rollover_class", args=[last.pk]))
    assert_usable_by_all(page)
    page.goto(reverse("structure:rollover", args=[year.pk]))
    page.get_by_role("link", name="Take it back").wait_for()
    assert_usable_by_all(page)
    _confirmed(page, "Take it back")
    page.get_by_text("All that was brought forward is taken back.").wait_for()
    assert not ClassGroup.objects.filter(school_year=year).exists()
    page.get_by_text("1 pupil waits for a decision").wait_for()  # what was decided stays
