from django.db import migrations

from preau.files.adopting import adopt
from preau.files.contents import PLAIN_BYTES

# What each kind of parcel is called among all work, and where it was ordered.
KINDS = {"BOOKS": ("gradebook.books", "/gradebooks/books/"), "ONEROSTER": ("exchange.oneroster", "/exports/")}


def make_them_work(apps, schema_editor):
    for parcel in apps.get_model("gradebook", "Parcel").objects.order_by("pk").iterator():
        what, leads_to = KINDS[parcel.kind]
        result = None
        if parcel.file:
            result = adopt(
                apps,
                parcel.file.name,
                use="work.result",
                by=parcel.by_id,
                at=parcel.finished_at or parcel.ordered_at,
                content_type=PLAIN_BYTES,
                name=f"{parcel.title[:100]}.zip",
            )
        apps.get_model("work", "Work").objects.create(
            what=what,
            title=parcel.title,
            details=parcel.what,
            leads_to=leads_to,
            asked_by_id=parcel.by_id,
            asked_at=parcel.ordered_at,
            begun_at=parcel.ordered_at,
            told_at=parcel.told_at,
            finished_at=parcel.finished_at,
            done=parcel.done,
            total=parcel.total,
            refusal=parcel.problem,
            result=result,
        )
    schema_editor.connection.check_constraints()  # PostgreSQL alters no table while a key waits to be checked.


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_first_tables"),
        ("gradebook", "0008_grading_stands_by_itself"),
        ("work", "0001_first_tables"),
    ]

    operations = [
        migrations.RunPython(make_them_work, migrations.RunPython.noop),
        migrations.DeleteModel("Parcel"),
    ]
