"""A file is kept once, within what there is room for, and goes when nothing refers to it."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import transaction

from preau.files import actions, queries
from preau.files.actions import PersonKeepsTooMuch, SchoolKeepsTooMuch
from preau.files.models import StoredFile
from preau.files.uses import MB
from preau.kit.storage import PrivateStorage, names_in

from .builders import PDF, picture, sent

TWO_DAYS = timedelta(days=2)


@pytest.fixture
def keep(school, school_day, locker):
    def keep(content=PDF, name="certificat.pdf", *, by=None):
        return actions.keep(use=locker, file=sent(content, name), by=by or school.vandamme, at=school_day)

    return keep


def made_older(name, by=TWO_DAYS):
    path = Path(default_storage.path(name))
    then = path.stat().st_mtime - by.total_seconds()
    os.utime(path, (then, then))


def test_what_is_known_of_a_file(keep, school, school_day):
    file = keep(name="../Certificat médical 👩‍⚕️.PDF")

    assert (file.name, file.content_type, file.size) == ("Certificat médical 👩⚕️.pdf", "application/pdf", 22)
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (file.kept_by, file.kept_at) == (school.vandamme, school_day)
    assert file.content.read() == PDF


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "a" * 300, "\u202egpj.exe", "CON", "x\x00.pdf", "👾", ""]
)
def test_no_name_decides_where_bytes_lie(keep, name):
    one, other = keep(name=name or "vide"), keep(name=name or "vide")

    for file in (one, other):
        folder, _sign, stored = file.content.name.rpartition("/")
        assert folder == "files/locker"
        assert len(stored) == len("0123456789abcdef" * 2 + ".pdf")
    assert one.content.name != other.content.name


def test_a_person_keeps_so_much_and_no_more(keep, school, settings):
    settings.FILES_PER_PERSON = 2 * MB
    keep(PDF + bytes(MB - 100))

    assert keep(PDF)
    assert queries.bytes_kept_by(school.vandamme) == MB - 100 + 2 * len(PDF)
    with pytest.raises(PersonKeepsTooMuch, match="You keep 1 MB of files here, and 2 MB is the most"):
        [keep(PDF + bytes(MB - 100)) for _ in range(2)]
    assert keep(PDF, by=school.thys)


def test_the_school_keeps_so_much_of_a_use(keep, settings):
    settings.FILES_PER_USE = {"files.locker": 30}

    assert keep(PDF)
    with pytest.raises(SchoolKeepsTooMuch):
        keep(PDF)


def test_a_refused_file_leaves_nothing(keep, settings):
    settings.FILES_PER_PERSON = 10

    with pytest.raises(PersonKeepsTooMuch):
        keep()

    assert not StoredFile.objects.exists()
    assert list(names_in(default_storage)) == []


def test_a_file_goes_with_its_bytes_once_that_is_certain(keep, django_capture_on_commit_callbacks):
    file = keep(picture(), "photo.png")
    actions.draw_thumbnail(picture=file)
    assert len(list(names_in(default_storage))) == 2

    with django_capture_on_commit_callbacks() as then:
        assert actions.let_go(file=file)
    assert len(list(names_in(default_storage))) == 2
    for callback in then:
        callback()

    assert not StoredFile.objects.exists()
    assert list(names_in(default_storage)) == []


def test_a_sweep_removes_what_nothing_refers_to_and_bytes_without_a_record(
    keep, school_day, django_capture_on_commit_callbacks
):
    file = keep()
    stray, young = (default_storage.save(f"tests/{name}", sent(PDF)) for name in ("a.pdf", "b.pdf"))
    made_older(stray)
    made_older(file.content.name)

    assert actions.sweep(at=school_day) == actions.Swept(files=0, bytes_without_record=1)
    assert sorted(names_in(default_storage)) == sorted([file.content.name, young])

    with django_capture_on_commit_callbacks(execute=True):
        assert actions.sweep(at=school_day + TWO_DAYS).files == 1
    assert list(names_in(default_storage)) == [young]


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_bytes_that_the_sweep_finds(school, keep, school_day):
    with transaction.atomic():
        keep()
        transaction.set_rollback(True)
    (left,) = names_in(default_storage)
    made_older(left)

    assert actions.sweep(at=school_day).bytes_without_record == 1


def test_a_file_is_lent_as_a_path(keep):
    with queries.as_path(keep()) as path:
        assert path.read_bytes() == PDF


def test_records_hold_a_file_by_a_protected_key():
    """What refers to a file keeps it: `let_go` counts on it."""
    for relation in StoredFile._meta.related_objects:
        assert relation.on_delete.__name__ == "PROTECT", relation


def test_a_storage_with_nothing_in_it_has_no_names(tmp_path):
    assert list(names_in(PrivateStorage(tmp_path / "nowhere"))) == []
