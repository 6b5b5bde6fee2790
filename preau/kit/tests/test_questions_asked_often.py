"""Questions put together once say what they would say if they were put together each time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Thread

import pytest
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.models import Count, QuerySet, Value
from django.utils import timezone, translation

from preau.kit import clock
from preau.kit.questions import LookedAt, asked_often

of_django = translation.gettext  # Called so, a word of Django's is not collected as ours.
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
put_together: list[str] = []


@pytest.fixture
def garden(db) -> list[ContentType]:
    put_together.clear()
    return [ContentType.objects.create(app_label="garden", model=name) for name in ("oak", "elm", "yew")]


@pytest.fixture
def sessions(db) -> list[Session]:
    return [
        Session.objects.create(session_key=f"day {n}", expire_date=NOON + timedelta(days=n)) for n in range(4)
    ]


@asked_often
def plants(keys: list[int]) -> QuerySet[ContentType]:
    put_together.append("plants")
    return ContentType.objects.filter(pk__in=keys).order_by("model")


@asked_often
def plants_named(place: str, model: str) -> QuerySet[ContentType]:
    return ContentType.objects.filter(app_label=place, model=model)


@asked_often
def how_many(place: str, *, by_model: bool) -> QuerySet:
    put_together.append(f"by model: {by_model}")
    what = "model" if by_model else "app_label"
    return (
        ContentType.objects.filter(app_label=place).values(what).annotate(number=Count("pk")).order_by(what)
    )


@asked_often
def sessions_between(since: datetime, until: datetime) -> QuerySet:
    return (
        Session.objects.filter(expire_date__gte=since, expire_date__lt=until)
        .order_by("expire_date")
        .values_list("session_key", flat=True)
    )


@asked_often
def sessions_over() -> QuerySet:
    return Session.objects.filter(expire_date__lt=clock.now()).values_list("session_key", "expire_date")


@asked_often
def sessions_of(day: date) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__date=day)


@asked_often
def sessions_of_today() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__date=clock.today())


def test_it_is_put_together_once_and_asked_with_other_values(garden):
    oak, elm, yew = garden

    assert plants([oak.pk, yew.pk]) == [oak, yew]
    assert plants([elm.pk]) == [elm]
    assert plants([]) == []
    assert len(put_together) <= 1


def test_each_time_costs_one_query(garden, django_assert_num_queries):
    keys = [plant.pk for plant in garden]
    with django_assert_num_queries(1):
        assert len(plants(keys)) == 3
    with django_assert_num_queries(1):
        assert len(plants(keys[:1])) == 1


def test_words_are_values_never_sql(garden):
    assert plants_named("garden", "oak") == garden[:1]
    assert plants_named("garden", "oak' OR '1'='1") == []
    assert plants_named("garden", model="%s") == []


def test_what_is_no_place_shapes_the_question(garden):
    assert how_many("garden", by_model=False) == [{"app_label": "garden", "number": 3}]
    assert [tree["model"] for tree in how_many("garden", by_model=True)] == ["elm", "oak", "yew"]
    assert how_many("garden", by_model=False) == [{"app_label": "garden", "number": 3}]


def test_moments_are_given_as_the_database_takes_them(sessions):
    assert sessions_between(NOON, NOON + timedelta(days=2)) == ["day 0", "day 1"]
    assert sessions_between(NOON + timedelta(days=3), NOON + timedelta(days=9)) == ["day 3"]


def test_the_clock_is_looked_at_each_time(sessions):
    with clock.at(NOON + timedelta(days=1, hours=1)):
        assert sessions_over() == [("day 0", NOON), ("day 1", NOON + timedelta(days=1))]
    with clock.at(NOON - timedelta(days=1)):
        assert sessions_over() == []


def test_a_day_is_given_or_is_today(sessions):
    assert sessions_of(date(2026, 11, 26)) == [sessions[1]]
    with clock.at(date(2026, 11, 27)):
        assert sessions_of_today() == [sessions[2]]
    with clock.at(date(2026, 12, 24)):
        assert sessions_of_today() == []


def test_values_come_back_as_python_has_them(sessions):
    with clock.at(NOON + timedelta(days=30)):
        moments = [moment for _key, moment in sessions_over()]

    assert moments == [session.expire_date for session in sessions]


def test_looking_at_a_value_while_it_is_put_together_is_an_error(db):
    @asked_often
    def peeks(number: int) -> QuerySet:
        return ContentType.objects.filter(pk=number + 1) if number > 3 else ContentType.objects.none()

    with pytest.raises(TypeError):
        peeks(5)


LOOKS = {
    "compares": lambda model: model == "oak",
    "compares the other way": lambda model: model != "oak",
    "asks whether it is true": lambda model: not model,
    "looks it up in a list": lambda model: model in ["oak", "elm"],
    "looks it up in a table": lambda model: {"oak": 1}.get(model),
    "writes it down": lambda model: f"{model}",
    "writes it as words": lambda model: str(model),
    "writes it for developers": lambda model: f"{model!r}",
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_no_way_of_looking_at_a_value_freezes_an_answer(garden, look):
    @asked_often
    def peeks(model: str) -> QuerySet:
        return ContentType.objects.filter(model=model) if look(model) else ContentType.objects.all()

    for _time in range(2):
        with pytest.raises(LookedAt, match="test_questions_asked_often looks"):
            peeks("oak")


def test_a_list_of_keys_cannot_be_looked_into_either(garden):
    @asked_often
    def peeks(keys: list[int]) -> QuerySet:
        return ContentType.objects.filter(pk__in=keys) if 7 in keys else ContentType.objects.all()

    with pytest.raises(TypeError):
        peeks([garden[0].pk])


def test_none_is_refused_where_a_value_goes(garden):
    assert plants_named("garden", "oak") == garden[:1]
    with pytest.raises(TypeError, match="None cannot be given"):
        plants_named("garden", None)


def test_words_in_a_question_are_in_the_language_of_each_who_asks(garden):
    @asked_often
    def called(model: str) -> QuerySet:
        return ContentType.objects.filter(model=model).values_list(Value(of_django("Monday")), flat=True)

    with translation.override("fr"):
        assert called("oak") == ["lundi"]
    with translation.override("nl"):
        assert called("oak") == ["maandag"]


def test_a_day_in_a_question_is_the_day_where_each_asks(sessions):
    @asked_often
    def ending_on(day: date) -> QuerySet:
        return Session.objects.filter(expire_date__date=day).values_list("session_key", flat=True)

    with timezone.override("Pacific/Kiritimati"):
        assert ending_on(date(2026, 11, 26)) == ["day 0"]
    with timezone.override("Europe/Brussels"):
        assert ending_on(date(2026, 11, 26)) == ["day 1"]


def test_looking_at_the_clock_while_it_is_put_together_is_an_error(db):
    @asked_often
    def peeks() -> QuerySet:
        return Session.objects.filter(expire_date__year=clock.today().year)

    with pytest.raises(AttributeError):
        peeks()


def test_a_question_that_nothing_answers_is_not_asked(db, django_assert_num_queries):
    @asked_often
    def nothing(number: int) -> QuerySet:
        return ContentType.objects.filter(pk=number, model__in=[])

    with django_assert_num_queries(0):
        assert nothing(5) == nothing(6) == []


def test_the_clock_is_back_after_an_error(db):
    @asked_often
    def fails() -> QuerySet:
        raise LookupError("nothing here")

    with clock.at(NOON), pytest.raises(LookupError):
        fails()

    with clock.at(NOON):
        assert clock.now() == NOON


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    there = ContentType.objects.create(app_label="garden", model="oak")
    assert plants([there.pk]) == [there]
    found: list[object] = []

    def ask() -> None:
        try:
            found.extend(plants([there.pk]))
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert found == [there]


def test_it_says_the_same_as_the_queryset_it_is_made_of(garden):
    keys = [plant.pk for plant in garden]
    anew = plants.__wrapped__(keys)  # type: ignore[attr-defined]

    assert isinstance(anew, QuerySet)
    assert plants(keys) == list(anew)
