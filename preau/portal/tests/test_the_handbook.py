"""The handbook is read inside Préau, in the words of its screens, by the page one comes from."""

import polib
import pytest
from django.urls import reverse

from preau.kit import prose
from preau.kit.messages import CATALOGUES, PACKAGE
from preau.portal.queries.handbook import READERS, chapters, screen_of, sections_about
from tests.doors import our_doors
from tests.markup import markup_of

HELP = "/help/"


def said_on_screens() -> set[str]:
    """Return every French sentence that a screen may show."""
    said: set[str] = set()
    for catalogue in PACKAGE.glob(CATALOGUES):
        if "fr" in catalogue.parts:
            for entry in polib.pofile(str(catalogue)):
                said |= {entry.msgstr, *entry.msgstr_plural.values()}
    return {words.replace("’", "'") for words in said}


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.slug)
def test_screens_and_buttons_have_the_name_that_the_screens_use(chapter):
    said = said_on_screens()
    wrong = [name for name in prose.emphasized(chapter.written) if name.replace("’", "'") not in said]

    assert not wrong, f"{chapter.slug} names what no screen calls so: {wrong}"


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.slug)
def test_a_chapter_says_for_whom_it_is_and_of_which_screens_it_speaks(chapter):
    known = {door.name for door in our_doors()} | {door.name.partition(":")[0] for door in our_doors()}

    assert chapter.readers
    assert set(chapter.readers) <= set(READERS)
    assert set(chapter.screens) <= known


def test_every_chapter_is_written_well_and_leads_only_to_what_is_there(school, visit, client):
    for chapter in chapters():
        page = visit("portal:chapter", as_=school.maes, slug=chapter.slug)
        read = markup_of(page)
        ways = [way.address for way in read.ways if way.address.startswith(HELP)]

        assert page.status_code == 200
        assert read.faults == []
        assert {client.get(way.partition("#")[0]).status_code for way in ways} <= {200}
    assert visit("portal:chapter", slug="no-such-page").status_code == 404
    assert visit("portal:help_picture", name="no-such-picture").status_code == 404


def test_ones_own_chapters_come_first_and_all_may_be_read(school, visit):
    parent, teacher = (
        visit("portal:help", as_=school.samira).text,
        visit("portal:help", as_=school.vandamme).text,
    )

    assert parent.index("Parents et élèves") < parent.index("Mon carnet de cotes")
    assert teacher.index("Mon carnet de cotes") < teacher.index("Parents et élèves")


def test_help_opens_at_what_speaks_of_the_page_one_comes_from(school, visit):
    named = visit("portal:help", as_=school.vandamme, query={"on": "gradebook:sheet"}).text
    anywhere = visit("portal:help", as_=school.vandamme).text

    assert "For the page you come from" in named
    assert "For the page you come from" not in anywhere
    assert screen_of(reverse("structure:pupils")) == "structure:pupils"
    assert screen_of("/no/such/page/") == ""


def test_a_word_is_found_without_its_accents_with_and_without_scripts(school, visit):
    page = visit("portal:help", as_=school.vandamme, query={"q": "cloturer"}).text
    nothing = visit("portal:help", as_=school.vandamme, query={"q": "xylophone"}).text

    assert "/help/mon-carnet-de-cotes/#cloturer" in page
    assert "Nothing in the handbook has these words" in nothing
    assert [section.name for section in sections_about("mot de passe")][:1] == ["Se connecter"]
    assert sections_about("") == []


def test_the_command_box_finds_the_handbook_too(school, visit):
    assert (
        "/help/mon-carnet-de-cotes/#cloturer"
        in visit("portal:search", as_=school.vandamme, query={"q": "clôturer"}).text
    )
