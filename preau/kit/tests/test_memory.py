"""One memory: nobody reads what another process has changed, nor what was never saved."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.core.signals import request_started
from django.db import transaction

from preau.kit import memory
from preau.kit.memory import Memory, forget_what_changed, remember

pytestmark = pytest.mark.django_db(transaction=True)


def names() -> list[str]:
    return list(Group.objects.order_by("name").values_list("name", flat=True))


def a_request_begins() -> None:
    request_started.send(sender=None)


class OtherProcess:
    """What another process keeps in mind, as if this one were it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.monkeypatch = monkeypatch
        self.remembered: dict = {}
        self.now = memory._Now()

    def __enter__(self) -> None:
        self.patch = self.monkeypatch.context()
        inside = self.patch.__enter__()
        inside.setattr(memory, "_remembered", self.remembered)
        inside.setattr(memory, "_now", self.now)
        a_request_begins()

    def __exit__(self, *failure: object) -> None:
        self.patch.__exit__(*failure)


def add(name: str) -> None:
    Group.objects.create(name=name)
    forget_what_changed()


def test_an_answer_is_asked_for_once(django_assert_num_queries):
    add("1A")
    a_request_begins()
    assert remember("groups", names) == ["1A"]
    with django_assert_num_queries(0):
        assert remember("groups", names) == ["1A"]
    a_request_begins()
    with django_assert_num_queries(1):  # The stamp.
        assert remember("groups", names) == ["1A"]


def test_another_process_learns_of_a_change_with_its_next_request(monkeypatch):
    other = OtherProcess(monkeypatch)
    with other:
        assert remember("groups", names) == []
    add("1A")
    with other:
        assert remember("groups", names) == ["1A"]


def test_an_answer_of_before_a_change_is_not_taken_for_one_of_after(monkeypatch):
    a_request_begins()

    def ask_while_another_writes() -> list[str]:
        found = names()
        with OtherProcess(monkeypatch):
            add("1A")
        return found

    assert remember("groups", ask_while_another_writes) == []
    a_request_begins()
    assert remember("groups", names) == ["1A"]


def test_what_is_undone_is_not_remembered():
    a_request_begins()
    with transaction.atomic():
        add("1A")
        assert remember("groups", names) == ["1A"]
        transaction.set_rollback(True)
    assert remember("groups", names) == []


def test_what_is_not_saved_yet_is_not_told_to_another_thread_of_the_process():
    a_request_begins()
    with transaction.atomic():
        add("1A")
        remember("groups", names)
        assert memory._remembered == {}


def test_each_thread_looks_at_the_stamp_for_itself():
    looked: list[bool] = []
    a_request_begins()
    remember("groups", list)
    thread = threading.Thread(target=lambda: looked.append(memory._now.looked))
    thread.start()
    thread.join()
    assert (memory._now.looked, looked) == (True, [False])


def test_nothing_is_kept_longer_than_a_moment(monkeypatch):
    a_request_begins()
    assert remember("groups", names) == []
    Group.objects.create(name="1A")  # Nobody says so.
    assert remember("groups", names) == []
    monkeypatch.setattr(memory, "FRESH_FOR", 0)
    assert remember("groups", names) == ["1A"]


def test_a_memory_of_a_request_asks_each_question_once():
    asked: list[str] = []
    mine = Memory()
    for _again in range(2):
        assert mine.recall("wards", lambda: asked.append("wards")) is None
    assert asked == ["wards"]


def test_what_is_not_saved_yet_is_asked_once_after_each_change(django_assert_num_queries):
    a_request_begins()
    with transaction.atomic():
        add("1A")
        assert remember("groups", names) == ["1A"]
        with django_assert_num_queries(0):
            assert remember("groups", names) == ["1A"]
        add("1B")
        assert remember("groups", names) == ["1A", "1B"]


def test_a_part_that_is_undone_is_not_remembered_by_the_rest():
    a_request_begins()
    with transaction.atomic():
        add("1A")
        assert remember("groups", names) == ["1A"]
        with transaction.atomic():
            add("1B")
            assert remember("groups", names) == ["1A", "1B"]
            transaction.set_rollback(True)
        assert remember("groups", names) == ["1A"]


def test_what_one_transaction_undid_the_next_does_not_remember():
    a_request_begins()
    for name in ("1A", "1B"):
        with transaction.atomic():
            add(name)
            assert remember("groups", names) == [name]
            transaction.set_rollback(True)
    with transaction.atomic():
        assert remember("groups", names) == []
