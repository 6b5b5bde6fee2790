from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def note_when(apps, schema_editor):
    """Say on each reading when it was acknowledged; who acknowledged without having opened has read it then."""
    acknowledgements = apps.get_model("report_cards", "Acknowledgement").objects
    readings = apps.get_model("report_cards", "Reading").objects
    known = acknowledgements.filter(card=OuterRef("card"), person=OuterRef("reader"))
    readings.update(acknowledged_at=Subquery(known.values("at")[:1]))
    model = readings.model
    missing = [
        model(card_id=said.card_id, reader_id=said.person_id, at=said.at, acknowledged_at=said.at)
        for said in acknowledgements.all()
        if not readings.filter(card=said.card_id, reader=said.person_id).exists()
    ]
    readings.bulk_create(missing, batch_size=500)
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table while a key waits to be checked.


class Migration(migrations.Migration):
    dependencies = [("report_cards", "0002_builds_are_work")]

    operations = [
        migrations.AddField("reading", "acknowledged_at", models.DateTimeField(null=True)),
        migrations.RunPython(note_when, migrations.RunPython.noop),
        migrations.DeleteModel("Acknowledgement"),
    ]
