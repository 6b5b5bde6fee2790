"""Where files are in a bucket, a backup holds the database alone, and says what it leaves there."""

import json
import tarfile

import pytest
from django.core.files.base import ContentFile

from preau.console.main import main
from preau.files.tests.builders import picture
from preau.people.models import Person
from preau.structure.actions import describe_school

pytestmark = pytest.mark.django_db(transaction=True)
BUCKET = "s3://school/lycee"


@pytest.fixture
def kept(school, school_day, settings, tmp_path, capsys):
    """A school with a logo, its files told to be in a bucket, and its backup, that says so."""
    settings.DATA_DIR, settings.FILES_AT = tmp_path, BUCKET
    assert school.lycee
    logo = ContentFile(picture(), "logo.png")
    describe_school(by=school.maes, at=school_day, logo=logo, name="Lycée du Parc")
    path = tmp_path / "school.tar.gz"
    assert main(["backup", str(path)]) == 0
    assert f"The files stay in {BUCKET}" in capsys.readouterr().out
    return path


def test_it_holds_the_database_alone(kept):
    with tarfile.open(kept) as bundle:
        manifest = json.load(bundle.extractfile("manifest.json"))
    assert (len(manifest["members"]), manifest["files_at"]) == (1, BUCKET)


def test_it_comes_back_beside_the_same_bucket_and_touches_nothing_in_it(kept, capsys):
    Person.objects.filter(given_name="Emma").update(family_name="Gone")

    assert main(["restore", str(kept), "--yes"]) == 0

    assert "missing" not in capsys.readouterr().out
    assert not Person.objects.filter(family_name="Gone").exists()


def test_what_the_bucket_has_lost_is_counted(kept, settings, tmp_path, capsys):
    settings.MEDIA_ROOT = tmp_path / "emptied"

    assert main(["restore", str(kept), "--yes"]) == 0

    assert "missing where files are kept: 1." in capsys.readouterr().out


def test_it_is_refused_where_files_are_kept_elsewhere(kept, settings, capsys):
    settings.FILES_AT = ""

    assert main(["restore", str(kept), "--yes"]) == 1

    assert f"are kept in {BUCKET}" in capsys.readouterr().err
