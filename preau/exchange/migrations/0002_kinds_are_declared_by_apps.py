"""The kinds of import are declared by the apps; numbers in what a source brought are compared bare."""

import unicodedata

from django.db import migrations, models


def bare(number: str) -> str:
    text = unicodedata.normalize("NFKC", number)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in {"Cc", "Cf"})
    text = "".join(text.split()).casefold()
    if text.isdecimal():
        return "".join(str(unicodedata.decimal(letter)) for letter in text).lstrip("0") or "0"
    return text


def bare_key(key: str) -> str:
    number, tie, group = key.removeprefix("#").partition(">")
    return f"#{bare(number)}{tie}{group}"


def compare_bare(apps, schema_editor):
    Origin = apps.get_model("exchange", "Origin")
    taken = set(Origin.objects.values_list("kind", "source", "key"))
    for origin in Origin.objects.filter(key__startswith="#").iterator():
        key = bare_key(origin.key)
        if key != origin.key and (origin.kind, origin.source, key) not in taken:
            taken.add((origin.kind, origin.source, key))
            Origin.objects.filter(pk=origin.pk).update(key=key)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_first_tables")]
    operations = [
        migrations.AlterField("importrun", "kind", models.CharField(max_length=20, verbose_name="kind")),
        migrations.AlterField("mapping", "kind", models.CharField(max_length=20, verbose_name="kind")),
        migrations.RunPython(compare_bare, migrations.RunPython.noop),
    ]
