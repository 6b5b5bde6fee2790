"""
The school signs its report cards and their documents.

A card that still has the fingerprint it was made with, and its document, are signed as they are found. One that has
not stays unsigned, and is shown as changed.
"""

import hashlib
import json

from django.db import migrations, models

from preau.kit.signatures import signing_key
from preau.report_cards.models.cards import PURPOSE, code_of, fingerprint

AT_A_TIME = 200


def sign_them(apps, schema_editor):
    alias = schema_editor.connection.alias
    key = signing_key(PURPOSE)
    cards = apps.get_model("report_cards", "ReportCard").objects.using(alias)
    drawings = apps.get_model("report_cards", "Drawing").objects.using(alias)
    for rows, said in ((cards, _of_card), (drawings, _of_drawing)):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), AT_A_TIME):
            some = list(rows.filter(pk__in=keys[start : start + AT_A_TIME]))
            for row in some:
                if facts := said(row):
                    row.signature = key.sign(hashlib.sha256(json.dumps(facts).encode()).hexdigest())
                    row.public_key = key.public
            rows.bulk_update(some, ["signature", "public_key"])


def _of_card(card):
    is_intact = card.sha256 == fingerprint(card) and card.code == code_of(card.sha256)
    return [card.sha256, card.pupil_id, card.period_id] if is_intact else None


def _of_drawing(drawing):
    return [drawing.sha256, drawing.card_id]


class Migration(migrations.Migration):
    dependencies = [("report_cards", "0003_acknowledged_when_read")]

    operations = [
        *(
            migrations.AddField(
                model, name, models.CharField(blank=True, default="", max_length=length), False
            )
            for model in ("reportcard", "drawing")
            for name, length in (("signature", 128), ("public_key", 64))
        ),
        migrations.RunPython(sign_them, migrations.RunPython.noop),
    ]
