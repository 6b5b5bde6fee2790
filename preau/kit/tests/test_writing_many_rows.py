"""Writing very many rows at once."""

from datetime import UTC, datetime

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction

from preau.kit.rows import AT_A_TIME, insert_records, insert_rows

COLUMNS = ("app_label", "model")
pytestmark = pytest.mark.django_db


def garden():
    return ContentType.objects.filter(app_label="garden").order_by("pk")


def test_rows_are_written_as_records_would_be():
    count = insert_rows(ContentType, COLUMNS, [("garden", "12'4; -- tree")])

    (written,) = garden()
    assert count == 1
    assert (written.app_label, written.model) == ("garden", "12'4; -- tree")


def test_more_rows_than_one_statement_holds_are_all_written():
    number = 2 * AT_A_TIME + 1

    count = insert_rows(ContentType, COLUMNS, (("garden", f"tree {n}") for n in range(number)))

    assert count == number == garden().count()


def test_no_row_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_rows(ContentType, COLUMNS, []) == 0


def test_moments_come_back_as_they_were():
    moment = datetime(2027, 6, 8, 8, 15, tzinfo=UTC)

    insert_rows(Session, ("session_key", "session_data", "expire_date"), [("k", "", moment)])

    assert Session.objects.get(session_key="k").expire_date == moment


def test_columns_not_named_take_the_default_of_the_model():
    insert_rows(Session, ("session_key", "expire_date"), [("k", datetime(2027, 6, 8, tzinfo=UTC))])

    assert Session.objects.get(session_key="k").session_data == ""


def test_records_are_written_as_they_are():
    count = insert_records([ContentType(app_label="garden", model=model) for model in ("tree", "rose")])

    assert count == 2
    assert [plant.model for plant in garden()] == ["tree", "rose"]


def test_no_record_is_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_records([]) == 0


def test_what_the_database_forbids_is_not_written():
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(ContentType, COLUMNS, [("garden", "tree"), ("garden", "tree")])

    assert not garden().exists()
