"""Forms hold against whatever is put in them, and against other sites (S-20, S-22, S-32)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from tests.doors import doors
from tests.walk import Form, Walk, forms_of

HOSTILE = {
    "much": "x" * 100_000,
    "nothing": "",
    "a zero byte": "a\x00b",
    "a huge number": "9" * 40,
    "not a number": "NaN",
    "markup": '"><script>alert(1)</script>',
    "a quote": "'; DROP TABLE people_person; --",
    "other writing": "‮ابجد‬ 𝔘𝔫𝔦 \u202e \ufeff Ω≈ç√∫ 👩‍👩‍👧",
}
FILES = {
    "x.csv": b'\xff\xfe\x00\x00;;;\n"',
    "x.xlsx": b"PK\x03\x04 not a zip",
    "x.svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
}


def filled(form: Form, value: str) -> dict[str, object]:
    """Fill what a person types with the value, and leave what the page chose as it is."""
    data: dict[str, object] = {}
    for name, (kind, first) in form.fields.items():
        if kind == "file":
            content = FILES["x.csv"]
            data[name] = SimpleUploadedFile("x.csv", content)
        elif kind in {"hidden", "select", "radio", "button", "submit"} and len(value) % 2 == 0:
            data[name] = first
        else:
            data[name] = value
    return data


@pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
def test_no_form_is_brought_down(walk: Walk, value: str):
    for page, answer in walk.pages():
        for form in forms_of(answer, page.address).forms:
            with transaction.atomic():
                send = page.client.post if form.method == "post" else page.client.get
                answer = send(form.action, filled(form, value))
                transaction.set_rollback(True)
            assert answer.status_code < 500, f"{form.action} on {page}"
            assert b"<script>alert(1)" not in (b"" if answer.streaming else answer.content), page


@pytest.mark.parametrize(("name", "content"), FILES.items(), ids=FILES)
def test_no_file_brings_a_form_down(walk: Walk, name: str, content: bytes):
    for page, answer in walk.pages():
        for form in forms_of(answer, page.address).forms:
            if any(kind == "file" for kind, _ in form.fields.values()):
                data = filled(form, "")
                data |= {
                    field: SimpleUploadedFile(f"../../{'n' * 300}{name}", content)
                    for field, (kind, _) in form.fields.items()
                    if kind == "file"
                }
                with transaction.atomic():
                    answer = page.client.post(form.action, data)
                    transaction.set_rollback(True)
                assert answer.status_code < 500, page


def test_no_other_site_can_send_a_form_in_somebody_s_name(walk: Walk):
    """Every address that may be written refuses a request without the token, before anything else."""
    clients = {name: walk.client_of(name, enforce_csrf_checks=True) for name in walk.clients}
    for door in doors():
        if not door.may_be_written or door.ids:
            continue
        for name, client in clients.items():
            assert client.post(reverse(door.name), {}).status_code == 403, f"{door} by {name}"


def test_addresses_about_a_record_ask_for_the_token_too(walk: Walk, stage):
    client = walk.client_of("maes", enforce_csrf_checks=True)
    for door in doors():
        if door.is_ours and door.may_be_written and door.ids:
            for _, keys in stage.paths(door):
                assert client.post(reverse(door.name, kwargs=keys), {}).status_code == 403, door


def test_the_token_is_never_in_an_address(walk: Walk):
    for page, answer in walk.pages():
        for form in forms_of(answer, page.address).forms:
            if form.method == "get":
                assert "csrfmiddlewaretoken" not in form.fields, page
