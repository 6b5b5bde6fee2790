"""Somebody who goes wherever the pages lead, and keeps what turns out to be shut."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from preau.accounts.models import Account
from tests.markup import Way, is_page, markup_of

ELSEWHERE = ("/static/", "/media/", "/account/logout/")
SIGN_IN = "/account/login/"
READ_OF_A_DOOR = 2
"""How many pages behind one door are read, of all that lead there; the others are asked of their rules."""


class Reader:
    """Goes wherever the pages lead, from Today onwards, and keeps what answers that it is not there."""

    def __init__(self, name: str, account: Account) -> None:
        self.name, self.account = name, account
        self.client = Client()
        self.client.force_login(account)
        self.seen: set[Way] = set()
        self.read: defaultdict[str, int] = defaultdict(int)
        self.shut: set[str] = set()

    def go_everywhere(self, *starts: str) -> None:
        left = [(Way(start), "the start") for start in starts]
        while left:
            way, seen_on = left.pop()
            if way in self.seen:
                continue
            self.seen.add(way)
            left += [(further, way.address) for further in self._follow(way, seen_on)]

    def _follow(self, way: Way, seen_on: str) -> list[Way]:
        try:
            door = resolve(way.address)
        except Resolver404:
            self._is_shut(way, seen_on)
            return []
        self.read[door.view_name] += 1
        if self.read[door.view_name] > READ_OF_A_DOOR:
            if not self._rules_allow(door):
                self._is_shut(way, seen_on)
            return []
        with transaction.atomic():
            answer = self._open(way)
            transaction.set_rollback(True)
        if answer.status_code in {403, 404, 405}:
            self._is_shut(way, seen_on)
        if way.method != "get" or answer.status_code != 200 or not is_page(answer):
            return []
        return [
            ours for ours in (self._ours(further, way.address) for further in markup_of(answer).ways) if ours
        ]

    def _open(self, way: Way) -> Any:
        """Open a page, or send an empty form in a session of its own: some forms end the session."""
        if way.method == "get":
            answer = self.client.get(way.address)
            assert not answer.get("Location", "").startswith(SIGN_IN), f"{self.name} is no longer signed in"
            return answer
        apart = Client()
        apart.force_login(self.account)
        return apart.post(way.address)

    def _rules_allow(self, door: Any) -> bool:
        person = self.account.person
        return all(
            rule.allows(person, record)
            for name, (model, rule) in getattr(door.func, "hands", {}).items()
            if f"{name}_id" in door.kwargs
            for record in [model._default_manager.filter(pk=door.kwargs[f"{name}_id"]).first()]
        )

    def _is_shut(self, way: Way, seen_on: str) -> None:
        self.shut.add(f"{self.name} meets {way.method} {way.address} on {seen_on}")

    @staticmethod
    def _ours(way: Way, here: str) -> Way | None:
        parts = urlsplit(urljoin(here, way.address))
        if parts.scheme or parts.netloc or parts.path.startswith(ELSEWHERE):
            return None
        return Way(parts.path, way.method)
