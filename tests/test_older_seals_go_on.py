"""What a school sealed and signed under an earlier version is checked as before after the migrations."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from preau.gradebook import ledger
from preau.gradebook.actions import close_gradebook, reopen_gradebook
from preau.gradebook.models import Grade, Seal
from preau.gradebook.queries import ledger_of
from preau.gradebook.queries.sealed import versions_by_group
from preau.gradebook.tests.builders import assessment, grade
from preau.kit.signatures import signing_key
from preau.report_cards.models import Drawing, ReportCard
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


def test_report_cards_that_are_what_they_were_are_signed(back_to, school_day):  # noqa: F811 – the fixture
    """One was changed while cards were not signed yet: it stays unsigned, and is shown as changed."""
    cast = Cast()
    facts, period, room = {"year": "2026-2027"}, cast.december, cast.class_4tta
    cards = [
        ReportCard(pupil=pupil, period=period, class_group=room, number=f"2026-P2-{number}", facts=facts)
        for number, pupil in enumerate((cast.noor, cast.emma), start=1)
    ]
    former = back_to(("report_cards", "0003_acknowledged_when_read"))
    kept = former.get_model("report_cards", "ReportCard").objects
    for card in cards:
        card.seal()
        said = {"number": card.number, "facts": facts, "sha256": card.sha256, "code": card.code}
        where = {"pupil_id": card.pupil_id, "period_id": period.pk, "class_group_id": room.pk}
        kept.create(**said, **where, canevas="", created_at=school_day)
    kept.filter(pupil=cast.emma.pk).update(facts={"year": "1999-2000"})
    drawing = former.get_model("report_cards", "Drawing").objects.create(
        card=kept.get(pupil=cast.noor.pk),
        file=default_storage.save("report_cards/1.pdf", ContentFile(b"%PDF")),
        sha256=hashlib.sha256(b"%PDF").hexdigest(),
    )

    back_to(("report_cards", "0004_signed_cards"))

    assert {card.pupil: card.is_intact for card in ReportCard.objects.all()} == {
        cast.noor: True,
        cast.emma: False,
    }
    assert Drawing.objects.get(pk=drawing.pk).kept() == b"%PDF"
