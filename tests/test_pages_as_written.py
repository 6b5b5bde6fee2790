"""Every page of the house is written as HTML wants it: readers and browsers mend nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.markup import Markup, is_page, markup_of
from tests.walk import Walk


def test_every_page_is_written_well(walk: Walk):
    wrong: dict[str, list[str]] = {}
    for page, answer in walk.pages(by_everybody=True):
        if is_page(answer):
            for fault in markup_of(answer).faults:
                wrong.setdefault(fault.partition(": ")[2] or fault, []).append(str(page))

    assert not wrong, "\n".join(
        f"{fault}\n    on {len(pages)}: {', '.join(pages[:3])}" for fault, pages in wrong.items()
    )


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "accounts:invitation"])
def test_the_pages_before_signing_in_are_written_well(db, name: str):
    assert markup_of(Client().get(reverse(name))).faults == []


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("<span><div>x</div></span>", "stands in <span"),
        ("<p><a href='/'><div>x</div></a></p>", "stands in <p"),
        ("<div aria-label='x'>y</div>", "has a name and no role"),
        ("<input type='text' type='date'>", "has type 2 times"),
        ("<b id='a'></b><b id='a'></b>", "the id 'a' stands 2 times"),
        ("<h2> </h2>", "says nothing"),
        ("<form><form></form></form>", "stands in another form"),
        ("<label for='nobody'>x</label>", "points at 'nobody'"),
        ("<div></span></div>", "closes nothing"),
    ],
)
def test_what_is_written_badly_is_seen(page: str, said: str):
    assert said in "\n".join(Markup(page).faults)
    assert Markup("<div><p>x<a href='/'>y</a></p><my-own><div>z</div></my-own></div>").faults == []
