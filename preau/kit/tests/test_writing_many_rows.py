"""Writing very many rows at once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from preau.kit.rows import AT_A_TIME, insert_rows
from preau.people.models import ExternalId, Person


@pytest.fixture
def person(db):
    return Person.objects.create(given_name="Noor", family_name="Haddad")


def test_rows_are_written_as_records_would_be(person):
    count = insert_rows(ExternalId, ("person", "system", "value"), [(person.pk, "proeco", "12'4; --")])

    (written,) = ExternalId.objects.all()
    assert count == 1
    assert (written.person, written.system, written.value) == (person, "proeco", "12'4; --")


def test_more_rows_than_one_statement_holds_are_all_written(person):
    number = 2 * AT_A_TIME + 1

    count = insert_rows(
        ExternalId, ("person", "system", "value"), ((person.pk, "s", str(n)) for n in range(number))
    )

    assert count == number == ExternalId.objects.count()


def test_no_row_is_no_statement(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert insert_rows(ExternalId, ("person", "system", "value"), []) == 0


def test_nothing_and_days_are_written_too(db):
    columns = (
        "family_name", "given_name", "preferred_name", "sort_name", "gender", "born_on", "language",
        "email", "phone", "mobile",
    )  # fmt: skip
    rows = [
        ("Berg", "Alma", "", "berg alma", "F", date(2008, 3, 1), "fr", "", "", ""),
        ("Claes", "Emma", "", "claes emma", "F", None, "fr", "", "", ""),
    ]

    insert_rows(Person, columns, rows)

    assert list(Person.objects.by_name().values_list("born_on", flat=True)) == [date(2008, 3, 1), None]


def test_what_the_database_forbids_is_not_written(person):
    twice = [(person.pk, "proeco", "1"), (person.pk, "proeco", "1")]

    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(ExternalId, ("person", "system", "value"), twice)

    assert not ExternalId.objects.exists()
