"""A whole school goes into one file, and comes back as it was."""

import io
import json
import tarfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from preau.console import archive
from preau.console.leftovers import aside, held, sweep
from preau.console.main import main
from preau.people.models import Person
from preau.structure.models import Enrolment, School

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kept(school, settings, tmp_path, capsys):
    """A school with a file, and its backup."""
    settings.DATA_DIR = tmp_path
    _ = school.lycee, school.class_4tta
    name = default_storage.save("papers/certificate.pdf", ContentFile(b"%PDF- a certificate"))
    path = tmp_path / "school.tar.gz"
    assert main(["backup", str(path)]) == 0
    assert "school.tar.gz holds the database and 1 files" in capsys.readouterr().out
    return path, name


def remade(path, change):
    """Write the backup again with its members changed: a dictionary of name and content."""
    with tarfile.open(path) as bundle:
        members = {member.name: bundle.extractfile(member).read() for member in bundle}
    change(members)
    with tarfile.open(path, "w:gz") as bundle:
        for name, content in members.items():
            line = tarfile.TarInfo(name)
            line.size = len(content)
            bundle.addfile(line, io.BytesIO(content))


def test_what_was_lost_comes_back_as_it_was(kept, school, capsys):
    path, name = kept
    before = list(Person.objects.order_by("pk").values())
    enrolled = list(Enrolment.objects.order_by("pk").values())
    Enrolment.objects.all().delete()
    Person.objects.filter(given_name="Emma").update(family_name="Gone")
    default_storage.delete(name)
    default_storage.save("papers/later.pdf", ContentFile(b"later"))

    assert main(["restore", str(path), "--yes"]) == 0

    assert "The school is back as it was on 2026-11-24 10:24" in capsys.readouterr().out
    assert list(Person.objects.order_by("pk").values()) == before
    assert list(Enrolment.objects.order_by("pk").values()) == enrolled
    assert default_storage.open(name).read() == b"%PDF- a certificate"
    assert default_storage.listdir("papers")[1] == [name.rsplit("/", 1)[1]]


def test_a_school_that_is_here_is_not_replaced_unasked(kept, capsys):
    path, _name = kept
    Person.objects.filter(given_name="Emma").update(family_name="Changed")

    assert main(["restore", str(path)]) == 1

    assert "add --yes" in capsys.readouterr().err
    assert Person.objects.filter(family_name="Changed").exists()


def test_the_file_says_what_it_holds_and_only_its_owner_reads_it(kept):
    path, name = kept

    with tarfile.open(path) as bundle:
        manifest = json.load(bundle.extractfile("manifest.json"))

    assert set(manifest["members"]) == {next(iter(manifest["members"])), f"files/{name}"}
    assert manifest["database"] == connection.vendor
    assert path.stat().st_mode & 0o077 == 0


def spoil(members):
    members["files/" + next(name for name in members if name.startswith("files/"))[6:]] = (
        b"another certificate"
    )


def climb(members):
    members["files/../../escaped.txt"] = b"out"


def add(members):
    members["files/unnamed.pdf"] = b"in"


def drop(members):
    members.pop(next(name for name in members if name.startswith("database")))


def unlist(members):
    members.pop("manifest.json")


def scramble(members):
    members["manifest.json"] = b"[]"


@pytest.mark.parametrize("change", [spoil, climb, add, drop, unlist, scramble])
def test_a_backup_that_was_tampered_with_is_refused_whole(kept, change, capsys, tmp_path):
    path, name = kept
    remade(path, change)
    Person.objects.filter(given_name="Emma").update(family_name="Still here")

    assert main(["restore", str(path), "--yes"]) == 1

    assert "is not a backup" in capsys.readouterr().err
    assert Person.objects.filter(family_name="Still here").exists()
    assert default_storage.open(name).read() == b"%PDF- a certificate"
    assert not (tmp_path.parent / "escaped.txt").exists()


def test_a_link_in_a_backup_is_refused(kept, capsys):
    path, _name = kept
    with tarfile.open(path, "w:gz") as bundle:
        line = tarfile.TarInfo("files/link")
        line.type, line.linkname = tarfile.SYMTYPE, "/etc/passwd"
        bundle.addfile(line)

    assert main(["restore", str(path), "--yes"]) == 1
    assert "something that no backup holds" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"not a backup", b"\x1f\x8b broken"])
def test_what_is_no_backup_is_told_so(school, settings, tmp_path, content, capsys):
    settings.DATA_DIR = tmp_path
    path = tmp_path / "other.tar.gz"
    path.write_bytes(content)

    assert main(["restore", str(path), "--yes"]) == 1
    assert "other.tar.gz is not a backup" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told_so(school, settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path

    assert main(["backup", str(tmp_path / "nowhere" / "school.tar.gz")]) == 1
    assert "does not exist" in capsys.readouterr().err


@pytest.mark.parametrize("step", ["tarfile.TarFile.addfile", "preau.console.databases.copy_out"])
def test_a_full_disk_ends_in_a_sentence_and_leaves_nothing(
    school, settings, tmp_path, monkeypatch, capsys, step
):
    settings.DATA_DIR = tmp_path

    def full(*args, **more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, full)

    assert main(["backup", str(tmp_path / "school.tar.gz")]) == 1

    assert "could not be made: [Errno 28] No space left on device" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_vanishes_meanwhile_is_told_and_the_rest_is_kept(kept, tmp_path, monkeypatch, capsys):
    here = archive._files_here()
    ghost = {"files/papers/gone.pdf": tmp_path / "gone.pdf"}
    monkeypatch.setattr(archive, "_files_here", lambda: {**ghost, **here})

    assert main(["backup", str(tmp_path / "again.tar.gz")]) == 0

    assert "not in it: 1." in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "again.tar.gz"), "--yes"]) == 0


def test_what_killed_backups_left_is_swept_and_those_at_work_are_left_alone(kept, settings, tmp_path):
    dead = tmp_path / "preau-backup-dead"
    dead.mkdir()
    (dead / "database.sqlite3").write_bytes(b"a whole copy")
    (tmp_path / "older.tar.gz.unfinished").write_bytes(b"half")

    with aside("backup") as at_work, held(tmp_path / "now.tar.gz.unfinished"):
        assert sweep(tmp_path) == 2
        assert at_work.exists()

    assert sorted(found.name for found in tmp_path.glob("*.unfinished")) == ["now.tar.gz.unfinished"]
    assert not dead.exists()


def test_a_backup_of_a_later_version_is_refused_on_both_databases(kept, tmp_path, capsys):
    MigrationRecorder.Migration.objects.create(app="people", name="9999_of_next_year")
    main(["backup", str(tmp_path / "later.tar.gz")])
    MigrationRecorder.Migration.objects.filter(name="9999_of_next_year").delete()
    before = list(Person.objects.order_by("pk").values())

    assert main(["restore", str(tmp_path / "later.tar.gz"), "--yes"]) == 1

    assert "a later version of Préau" in capsys.readouterr().err
    assert list(Person.objects.order_by("pk").values()) == before


def test_a_backup_of_the_school_survives_the_schools_end(kept):
    path, _name = kept
    connection.cursor().execute("DELETE FROM structure_school")
    assert not School.objects.exists()

    main(["restore", str(path), "--yes"])

    assert School.objects.get().name == "Lycée du Parc"
