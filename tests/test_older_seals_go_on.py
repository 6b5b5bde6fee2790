"""What a school sealed and signed under an earlier version is checked as before after the migrations."""

from preau.gradebook import ledger
from preau.gradebook.actions import close_gradebook, reopen_gradebook
from preau.gradebook.models import Grade, Seal
from preau.gradebook.queries import ledger_of
from preau.gradebook.queries.sealed import versions_by_group
from preau.gradebook.tests.builders import assessment, grade
from preau.kit.signatures import signing_key
from tests.cast import Cast
from tests.test_older_schools_come_along import back_to  # noqa: F401 – a fixture


def test_a_chain_of_seals_goes_on(back_to, school_day):  # noqa: F811 – the fixture
    """What was sealed when seals held grades alone is checked for them; the next seal follows it."""
    cast = Cast()
    assert cast.everybody
    group, period, teacher = cast.maths_4tta, cast.december, cast.vandamme
    test = assessment(group, period, by=teacher)
    key = grade(test, cast.noor, "12", by=teacher).pk
    entries = versions_by_group(period.pk)[group.pk]
    former = back_to(("gradebook", "0013_versions_of_comments"))
    where = {"group_id": group.pk, "period_id": period.pk}
    former.get_model("grading", "Closing").objects.create(
        **where, closed_by_id=teacher.pk, closed_at=school_day
    )
    seal = former.get_model("gradebook", "Seal")(
        **where, number=1, sealed_by_id=teacher.pk, sealed_at=school_day
    )
    seal.covers = ledger.covers_of(entries)
    claim = {"period": period.pk, "group": group.pk, "number": 1, "previous": "", "covers": seal.covers}
    seal.hash = ledger.hash_of(claim | {"by": teacher.pk, "at": "2026-11-24T09:24:00+00:00"})
    signs = signing_key(ledger.PURPOSE)
    seal.signature, seal.public_key = signs.sign(seal.hash), signs.public
    seal.save()

    back_to(("gradebook", "0014_seals_of_all_that_counts"))

    found = ledger_of(period)
    assert (found.is_intact, found.grades_only, found.words) == (True, 1, "1 seal, intact.")
    Grade.objects.filter(pk=key).update(points=20)
    assert not ledger_of(period).is_intact
    Grade.objects.filter(pk=key).update(points=12)
    reopen_gradebook(group=group, period=period, because="Une erreur", by=cast.pirard, at=school_day)
    close_gradebook(group=group, period=period, by=teacher, at=school_day)
    found = ledger_of(period)
    assert (found.is_intact, found.grades_only, len(found.states)) == (True, 0, 3)
    Seal.objects.filter(number=3).delete()
    assert not ledger_of(period).is_intact
