"""One door hands files out: to whom the rule of their use says, as what they are, never to run."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from preau.files import actions
from preau.files.rules import may_open_file

from .builders import PDF, picture, sent


@pytest.fixture
def certificate(school, school_day, locker):
    return actions.keep(use=locker, file=sent(PDF, "Mon certificat.pdf"), by=school.noor, at=school_day)


@pytest.fixture
def photo(school, school_day, locker):
    photo = actions.keep(use=locker, file=sent(picture(), "photo.png"), by=school.noor, at=school_day)
    actions.draw_thumbnail(picture=photo)
    return photo


@pytest.mark.parametrize(
    ("who", "opens"),
    [
        ("noor", True),  # keeps it
        ("samira", False),
        ("vandamme", False),
        ("pirard", False),
        ("maes", False),
        ("nys", False),
        ("zoe", False),
    ],
)
def test_who_opens_a_file(school, photo, visit, who, opens):
    person = school.everybody[who]

    assert may_open_file.allows(person, photo) is opens
    for page in ("files:file", "files:thumbnail"):
        assert (visit(page, as_=person, file_id=photo.pk).status_code == 200) is opens


def test_a_use_without_a_rule_opens_to_nobody(school, school_day, visit, locker, monkeypatch):
    monkeypatch.setitem(locker.__dict__, "opened_by", None)
    kept = actions.keep(use=locker, file=sent(PDF), by=school.noor, at=school_day)

    assert visit("files:file", as_=school.noor, file_id=kept.pk).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, certificate):
    answer = client.get(reverse("files:file", args=[certificate.pk]))

    assert answer.headers["Location"].startswith("/account/")


def test_it_leaves_as_an_attachment_that_runs_nothing(school, certificate, visit):
    answer = visit("files:file", as_=school.noor, query={"show": ""}, file_id=certificate.pk)

    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"] == 'attachment; filename="Mon certificat.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Length"] == "22"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_only_a_picture_opens_in_the_browser_and_only_when_asked(school, photo, visit):
    shown = visit("files:file", as_=school.noor, query={"show": ""}, file_id=photo.pk)
    saved = visit("files:file", file_id=photo.pk)

    assert shown.headers["Content-Disposition"] == 'inline; filename="photo.png"'
    assert saved.headers["Content-Disposition"] == 'attachment; filename="photo.png"'
    small = visit("files:thumbnail", file_id=photo.pk)
    assert small.headers["Content-Type"] == "image/webp"
    assert small.headers["ETag"] != shown.headers["ETag"]


def test_a_browser_that_has_it_already_is_told_so_after_the_rule_was_asked(school, certificate, visit):
    first = visit("files:file", as_=school.noor, file_id=certificate.pk)
    again = {"If-None-Match": first.headers["ETag"]}

    unchanged = visit("files:file", headers=again, file_id=certificate.pk)
    assert (unchanged.status_code, unchanged.headers["Cache-Control"]) == (304, "private, no-cache")
    assert visit("files:file", as_=school.emma, headers=again, file_id=certificate.pk).status_code == 404


def test_its_head_is_told_without_its_body(school, certificate, client):
    client.force_login(school.noor.account)

    answer = client.head(reverse("files:file", args=[certificate.pk]))

    assert answer.headers["Content-Length"] == "22"
    assert b"".join(answer) == b""


@pytest.mark.parametrize("name", ["🎒 שיעור.pdf", 'a"; filename="b.exe', "x\r\nSet-Cookie: a=b", "é" * 300])
def test_no_name_adds_a_header(school, school_day, locker, visit, name):
    kept = actions.keep(use=locker, file=sent(PDF, name), by=school.noor, at=school_day)

    answer = visit("files:file", as_=school.noor, file_id=kept.pk)

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")
    assert "Set-Cookie" not in answer.headers


def test_bytes_that_are_lost_are_not_found(school, certificate, visit, caplog):
    default_storage.delete(certificate.content.name)

    assert visit("files:file", as_=school.noor, file_id=certificate.pk).status_code == 404
    assert certificate.content.name in caplog.text


def test_a_paper_has_no_thumbnail(school, certificate, visit):
    assert visit("files:thumbnail", as_=school.noor, file_id=certificate.pk).status_code == 404


def test_nothing_is_sent_to_the_door(school, certificate, tap):
    assert tap("files:file", as_=school.noor, file_id=certificate.pk).status_code == 405
