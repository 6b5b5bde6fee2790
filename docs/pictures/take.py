"""Take the pictures of this folder from a demonstration that is running: `bin/screenshots`."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import django
from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).resolve().parent
DESKTOP = {"width": 1440, "height": 900}
WINDOW = {"width": 1080, "height": 760}
PHONE = {"width": 390, "height": 844}
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
PASSWORD = "preau-demo"  # noqa: S105 – the password of every demonstration, shown on its sign-in page.
A_FILE_WITH_A_MISTAKE = """Matricule;Nom;Prénom;Date de naissance;Classe;Nom responsable;Prénom responsable
91001;Peeters;Lina;12/03/2013;{class_name};Peeters;Sara
91002;El Amrani;Yassin;30/09/2012;{class_name};El Amrani;Nadia
91003;Dubois;Hugo;31/02/2013;{class_name};Dubois;Anne
91004;Van Damme;Noé;05/11/2012;{class_name};Lenoir;Julie
"""


@dataclass(frozen=True)
class Picture:
    """One picture: whose eyes, which address, which screen; `prepare` acts on the page before it is taken."""

    name: str
    username: str
    address: str
    size: dict[str, int]
    dark: bool = False
    prepare: Callable[[Page], None] = lambda page: None


def pictures() -> list[Picture]:
    """Choose what to show among the records of the demonstration."""
    from django.db.models import Count
    from django.urls import reverse

    from preau.accounts.models import Account
    from preau.gradebook.models import Assessment
    from preau.people.relations import wards_of
    from preau.report_cards.queries import readable_cards
    from preau.structure.models import ClassGroup, Enrolment
    from preau.structure.queries import current_year
    from preau.structure.relations import classes_of, groups_of

    def of(username: str):
        return Account.objects.select_related("person").get(username=username).person

    sheets = Assessment.objects.filter(group__in=groups_of(of("teacher")), period__school_year=current_year())
    fullest = (
        sheets.values("group", "period").annotate(columns=Count("pk")).order_by("-columns", "-period")[0]
    )
    a_class = ClassGroup.objects.filter(pk__in=classes_of(of("tutor"))).earliest("pk")
    pupil = Enrolment.objects.in_force().filter(class_group=a_class).earliest("pk").pupil_id
    child = min(wards_of(of("parent")))
    card = readable_cards(of("parent")).latest("pk")
    sheet = reverse("gradebook:sheet", args=[fullest["group"], fullest["period"]])
    graded = sheets.filter(group=fullest["group"], category__component="TJ", grades__isnull=False).latest(
        "pk"
    )

    def ask_why(page: Page) -> None:
        page.locator("tbody a[href*='/why/']").nth(1).click()
        page.locator("#peek table").wait_for()

    def bring_a_file(page: Page) -> None:
        content = A_FILE_WITH_A_MISTAKE.format(class_name=a_class.name).encode()
        page.locator("input[name=kind][value=people]").check()
        file = {"name": "eleves-2027.csv", "mimeType": "text/csv", "buffer": content}
        page.locator("input[type=file]").set_input_files(file)
        page.locator("form[enctype] button").last.click()
        page.wait_for_url("**/columns/")
        page.locator("form:not([action])[method=post] button").last.click()
        page.wait_for_url(lambda address: "/columns/" not in address)

    return [
        Picture("sign-in", "", reverse("account_login"), DESKTOP),
        Picture("today-teacher", "teacher", reverse("portal:today"), DESKTOP),
        Picture("today-parent-phone", "parent", reverse("portal:today"), PHONE),
        Picture("gradebook", "teacher", sheet, DESKTOP),
        Picture("gradebook-dark", "teacher", sheet, DESKTOP, dark=True),
        Picture("gradebook-why", "teacher", sheet, WINDOW, prepare=ask_why),
        Picture("gradebook-phone", "teacher", reverse("gradebook:assessment", args=[graded.pk]), PHONE),
        Picture("class-list", "secretary", reverse("structure:class_group", args=[a_class.pk]), DESKTOP),
        Picture("import-dry-run", "secretary", reverse("exchange:imports"), DESKTOP, prepare=bring_a_file),
        Picture("report-card-phone", "parent", reverse("report_cards:card", args=[card.pk]), PHONE),
        Picture("results-phone", "parent", reverse("gradebook:results", args=[child]), PHONE, dark=True),
        Picture("pupil-file", "head", reverse("portal:pupil", args=[pupil]), DESKTOP, dark=True),
        Picture("roll-out", "head", reverse("portal:roll_out"), DESKTOP),
    ]


def take(url: str, wanted: list[Picture]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for picture in wanted:
            context = browser.new_context(
                base_url=url,
                viewport=picture.size,
                device_scale_factor=2 if picture.size is PHONE else 1,
                color_scheme="dark" if picture.dark else "light",
                locale="fr-BE",
                reduced_motion="reduce",
            )
            page = context.new_page()
            if picture.username:
                page.goto("/account/login/")
                page.locator("input[name=login]").fill(picture.username)
                page.locator("input[name=password]").fill(PASSWORD)
                page.keyboard.press("Enter")
                page.wait_for_url(lambda address: "/login/" not in address)
                page.wait_for_load_state("networkidle")
            page.goto(picture.address)
            page.wait_for_load_state("networkidle")
            picture.prepare(page)
            page.screenshot(path=HERE / f"{picture.name}.png")
            print(f"  {picture.name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    only = sys.argv[2] if len(sys.argv) > 2 else ""
    take(sys.argv[1], [picture for picture in pictures() if only in picture.name])
