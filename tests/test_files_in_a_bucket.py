"""Files in an S3-compatible bucket: everything goes on as on a disk. The server is a real one."""

import os
import socket
import subprocess
import sys
import time
from datetime import timedelta

import boto3
import pytest
from django.core.files.storage import default_storage, storages

from config.settings import bucket_storage
from preau.files import actions, queries
from preau.files.tests.builders import PDF, picture, sent
from preau.kit.bucket import PrivateBucket
from preau.kit.storage import names_in

PATIENCE = 30
KEYS = {"AWS_ACCESS_KEY_ID": "school", "AWS_SECRET_ACCESS_KEY": "secret"}


@pytest.fixture(scope="module")
def endpoint():
    """A server of buckets on loopback, for the tests of this file; it ends with them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=os.environ | KEYS
    )
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait_for(port, server):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server of buckets did not start")


@pytest.fixture
def bucket(endpoint, settings, monkeypatch, request):
    """The school's files are in a fresh bucket."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)
    name = f"school-{time.monotonic_ns()}"
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket=name)
    settings.FILES_AT = f"s3://{name}/lycee?endpoint={endpoint}&region=us-east-1"
    settings.STORAGES = settings.STORAGES | {"default": bucket_storage(settings.FILES_AT)}
    return name


@pytest.fixture
def keep(bucket, school, school_day, locker):
    return lambda content=PDF, name="certificat.pdf": actions.keep(
        use=locker, file=sent(content, name), by=school.noor, at=school_day
    )


def test_a_file_goes_in_and_comes_out_through_the_door(keep, bucket, endpoint, school, visit):
    file = keep()

    inside = boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").list_objects(Bucket=bucket)
    assert [entry["Key"] for entry in inside["Contents"]] == [f"lycee/{file.content.name}"]
    answer = visit("files:file", as_=school.noor, file_id=file.pk)
    assert b"".join(answer.streaming_content) == PDF
    assert answer.headers["Content-Disposition"].startswith("attachment")
    again = visit("files:file", headers={"If-None-Match": answer.headers["ETag"]}, file_id=file.pk)
    assert again.status_code == 304
    assert visit("files:file", as_=school.emma, file_id=file.pk).status_code == 404


def test_no_address_leads_to_the_bucket(keep):
    with pytest.raises(ValueError, match="no address"):
        keep().content.url  # noqa: B018 – asking is the test.


def test_a_thumbnail_is_drawn_and_kept_there_too(keep, school, visit):
    photo = keep(picture(), "photo.png")
    actions.draw_thumbnail(picture=photo)

    assert set(names_in(default_storage)) == {photo.content.name, photo.thumbnail.name}
    assert visit("files:thumbnail", as_=school.noor, file_id=photo.pk).status_code == 200


def test_a_file_is_lent_as_a_path_for_as_long_as_it_is_read(keep):
    with queries.as_path(keep(name="élèves.csv")) as path:
        assert path.read_bytes() == PDF
    assert not path.exists()


def test_a_file_that_goes_leaves_the_bucket(keep, school_day, django_capture_on_commit_callbacks):
    one, other = keep(), keep()
    with django_capture_on_commit_callbacks(execute=True):
        actions.let_go(file=one)
    assert list(names_in(default_storage)) == [other.content.name]

    with django_capture_on_commit_callbacks(execute=True):
        swept = actions.sweep(at=school_day + timedelta(days=2))
    assert (swept.files, list(names_in(default_storage))) == (1, [])


def test_bytes_that_the_bucket_lost_are_not_found(keep, school, visit):
    file = keep()
    default_storage.delete(file.content.name)

    assert visit("files:file", as_=school.noor, file_id=file.pk).status_code == 404
    assert queries.bytes_missing() == 1


def test_the_bucket_is_no_disk(bucket):
    assert isinstance(storages["default"], PrivateBucket)
    with pytest.raises(NotImplementedError):
        default_storage.path("certificat.pdf")


@pytest.mark.parametrize("address", ["s3://", "ftp://bucket", "bucket", "s3://bucket?key=secret"])
def test_an_address_that_nobody_understands_refuses_to_start(address):
    program = "import django; django.setup()"
    known = os.environ | {
        "PREAU_FILES": address,
        "PREAU_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }

    end = subprocess.run(
        [sys.executable, "-c", program], env=known, capture_output=True, text=True, check=False
    )

    assert end.returncode == 1
    assert f"PREAU_FILES is {address!r}: write s3://bucket/folder" in end.stderr


def test_a_school_without_a_bucket_does_not_load_what_one_takes():
    program = "import django, sys; django.setup(); print({'storages', 'boto3', 'PIL'} & set(sys.modules))"
    known = os.environ | {"PREAU_FILES": "", "PREAU_DEMO": "1", "DJANGO_SETTINGS_MODULE": "config.settings"}

    end = subprocess.run(
        [sys.executable, "-c", program], env=known, capture_output=True, text=True, check=True
    )

    assert end.stdout.strip() == "set()"
