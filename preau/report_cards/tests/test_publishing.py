from datetime import timedelta

import pytest

from preau.gradebook.actions import close_gradebook, reopen_gradebook
from preau.kit import clock
from preau.people.models import ParentAccess, Person
from preau.report_cards import actions, queries
from preau.report_cards.models import Hold, Immutable, Reading, Release, ReportCard
from preau.report_cards.rules import may_read_card

from .builders import CONFIRMED, EVENING, FRIDAY, card_of, graded, made, published


@pytest.fixture
def noors_card(school):
    graded(school)
    made(school)
    return card_of(school.noor)


def publish(school, **how):
    return actions.publish_report_cards(period=school.december, by=school.pirard, **{"at": FRIDAY, **how})


def test_unpublished_is_invisible(school, noors_card, visit):
    for reader in (school.noor, school.samira, school.lemaire):
        assert visit("report_cards:card", as_=reader, card_id=noors_card.pk).status_code == 404
        assert visit("report_cards:document", card_id=noors_card.pk).status_code == 404
    assert not queries.cards_by_child(school.samira)
    assert queries.unread_by(school.noor) == 0
    assert visit("report_cards:card", as_=school.vandamme, card_id=noors_card.pk).status_code == 200


def test_at_the_moment_chosen_they_open_by_themselves(school, noors_card):
    publish(school, on=EVENING)

    with clock.at(EVENING - timedelta(minutes=1)):
        assert not may_read_card.allows(school.noor, noors_card)
    with clock.at(EVENING):
        assert may_read_card.allows(school.noor, noors_card)
        assert may_read_card.allows(school.samira, noors_card)


def test_the_moment_can_move_until_it_has_come(school, noors_card):
    publish(school, on=EVENING)
    publish(school, on=EVENING + timedelta(days=1))
    assert Release.objects.get().published_at == EVENING + timedelta(days=1)

    with pytest.raises(actions.AlreadyPublished, match="Décembre"):
        publish(school, at=EVENING + timedelta(days=2))


def test_parents_read_after_the_schools_delay(school, noors_card, settings):
    settings.PARENTS_READ_AFTER = timedelta(hours=24)
    publish(school)

    with clock.at(EVENING):
        assert may_read_card.allows(school.noor, noors_card)
        assert not may_read_card.allows(school.samira, noors_card)
    with clock.at(FRIDAY + timedelta(hours=24)):
        assert may_read_card.allows(school.samira, noors_card)


def test_nothing_made_or_something_changed_since_is_refused_with_what(school):
    graded(school)
    with pytest.raises(actions.NothingBuilt):
        publish(school)
    made(school)
    where = {"group": school.maths_4tta, "period": school.december}
    reopen_gradebook(**where, because="Une copie", by=school.pirard, at=EVENING)
    actions.write_tutor_word(
        pupil=school.emma, period=school.december, text="Bravo", by=school.vandamme, at=EVENING
    )

    with pytest.raises(actions.ChangedSince, match="1 gradebook was reopened, 1 tutor's word was written"):
        publish(school, at=EVENING)

    close_gradebook(**where, by=school.vandamme, at=EVENING)
    with pytest.raises(actions.ChangedSince):
        publish(school, at=EVENING + timedelta(minutes=5))


def test_separated_parents_each_read_with_their_own_rights(school, noors_card, visit):
    publish(school)
    with clock.at(EVENING):
        assert visit("report_cards:card", as_=school.samira, card_id=noors_card.pk).status_code == 200
        assert visit("report_cards:card", as_=school.karim, card_id=noors_card.pk).status_code == 404
        assert "No report card has been published yet" in visit("report_cards:mine").text


def test_a_grown_up_pupil_may_keep_the_parents_out(school, noors_card):
    Person.objects.filter(pk=school.noor.pk).update(born_on="2008-01-01")
    publish(school)
    with clock.at(EVENING):
        assert may_read_card.allows(school.samira, noors_card)
        ParentAccess.objects.create(pupil=school.noor, is_granted=False, decided_at=EVENING)
        assert not may_read_card.allows(school.samira, noors_card)
        assert may_read_card.allows(school.noor, noors_card)


def test_a_held_card_waits_and_then_goes(school, noors_card, tap, visit):
    publish(school)
    with clock.at(EVENING):
        tap(
            "report_cards:hold",
            {"reason": "Rencontre avec la famille"},
            as_=school.pirard,
            card_id=noors_card.pk,
        )
        held = Hold.objects.get()
        for reader in (school.noor, school.samira, school.lemaire):
            assert visit("report_cards:card", as_=reader, card_id=noors_card.pk).status_code == 404
        assert visit("report_cards:card", as_=school.vandamme, card_id=noors_card.pk).status_code == 200
        with pytest.raises(actions.AlreadyHeld, match="Rencontre"):
            actions.hold(pupil=school.noor, period=school.december, reason="?", by=school.pirard, at=EVENING)

        tap("report_cards:lifting", CONFIRMED, as_=school.pirard, hold_id=held.pk)

        assert visit("report_cards:card", as_=school.samira, card_id=noors_card.pk).status_code == 200
        actions.lift_hold(hold=held, by=school.maes, at=EVENING)
    held.refresh_from_db()
    assert held.lifted_by == school.pirard


def test_a_hold_says_why(school, noors_card, tap):
    answer = tap("report_cards:hold", {"reason": ""}, as_=school.pirard, htmx=False, card_id=noors_card.pk)

    assert answer.status_code == 422
    assert not Hold.objects.exists()


def test_it_can_be_taken_back_until_somebody_has_read(school, noors_card, tap, visit):
    publish(school)
    with clock.at(EVENING):
        tap("report_cards:withdrawal", CONFIRMED, as_=school.pirard, period_id=school.december.pk)
        assert not may_read_card.allows(school.noor, noors_card)
        publish(school, at=EVENING)
        visit("report_cards:card", as_=school.noor, card_id=noors_card.pk)

        answer = tap(
            "report_cards:withdrawal", CONFIRMED, as_=school.pirard, htmx=False, period_id=school.december.pk
        )

    assert answer.status_code == 422
    assert "Families have read report cards already (1)" in answer.text
    assert Release.objects.exists()


def test_a_moment_that_is_over_is_refused_in_the_form(school, noors_card, tap):
    period = {"period_id": school.december.pk}
    over = CONFIRMED | {"on": "2020-01-01T10:00"}
    answer = tap("report_cards:publication", over, as_=school.pirard, htmx=False, **period)

    assert answer.status_code == 422
    assert "This moment is over" in answer.text
    assert not Release.objects.exists()


def test_no_card_is_ever_changed_and_no_published_one_deleted(school, noors_card):
    noors_card.reason = "other"
    with pytest.raises(Immutable):
        noors_card.save()
    with pytest.raises(Immutable):
        ReportCard.objects.filter(pk=noors_card.pk).update(reason="other")
    with pytest.raises(Immutable):
        ReportCard.objects.bulk_update([noors_card], ["reason"])
    publish(school)
    with pytest.raises(Immutable):
        noors_card.delete()
    with pytest.raises(Immutable):
        ReportCard.objects.all().delete()
    assert card_of(school.noor).is_intact


def test_after_publication_making_again_changes_no_card(school, noors_card):
    publish(school)
    reopen_gradebook(
        group=school.maths_4tta, period=school.december, because="?", by=school.pirard, at=EVENING
    )
    school.maths_4tta.assessments.get(title="Examen").grades.filter(pupil=school.noor).update(points=90)

    build = made(school, at=EVENING)

    assert (build.made, build.to_correct) == (0, 1)
    assert card_of(school.noor).facts == noors_card.facts


def test_who_looked_is_on_the_trail_and_who_read_is_known(school, visit):
    graded(school)
    published(school)
    card = card_of(school.noor)
    with clock.at(EVENING):
        visit("report_cards:card", as_=school.samira, card_id=card.pk)
        visit("report_cards:card", card_id=card.pk)
        page = visit("report_cards:card", as_=school.vandamme, card_id=card.pk)

    assert Reading.objects.get().reader == school.samira
    assert [reading.reader for reading in page.context["page"].readings] == [school.samira]
