"""A picture has a small form: upright, without what the camera wrote, or none at all."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from preau.files import actions, pictures
from preau.files.models import StoredFile
from preau.kit.jobs import do_what_waits
from preau.kit.storage import names_in

from .builders import PDF, picture, sent
from .test_what_a_file_is import bomb

ORIENTATION, ARTIST = 0x0112, 0x013B


def taken_on_its_side() -> bytes:
    """A photo of 900 × 600, to be turned by a quarter, with the name of who took it."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[ARTIST] = 6, "Claire Vandamme"
    return picture(900, 600, form="JPEG", exif=exif.tobytes(), icc_profile=b"a profile of two kilobytes")


def test_a_thumbnail_is_upright_small_and_says_nothing_of_the_camera():
    drawn = pictures.thumbnail_of(io.BytesIO(taken_on_its_side()))

    small = Image.open(io.BytesIO(drawn))
    assert small.size == (320, 480)
    assert not small.getexif()
    assert "icc_profile" not in small.info
    assert b"Vandamme" not in drawn


def test_what_is_seen_through_stays_so():
    held = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(held, "PNG")

    assert Image.open(io.BytesIO(pictures.thumbnail_of(held))).mode == "RGBA"


@pytest.mark.parametrize(
    "content", [bomb(), picture()[:60], b"", PDF, picture(form="GIF"), picture(form="TIFF")]
)
def test_what_cannot_be_drawn_has_no_thumbnail(content):
    with pytest.raises(pictures.Unreadable):
        pictures.thumbnail_of(io.BytesIO(content))


@pytest.mark.django_db(transaction=True)
def test_it_is_drawn_aside(school, school_day, locker):
    by = {"use": locker, "by": school.vandamme, "at": school_day}
    photo = actions.keep(file=sent(taken_on_its_side(), "photo.jpg"), **by)
    paper = actions.keep(file=sent(PDF), **by)
    assert not photo.thumbnail

    do_what_waits()

    assert Image.open(StoredFile.objects.get(pk=photo.pk).thumbnail).size == (320, 480)
    assert not StoredFile.objects.get(pk=paper.pk).thumbnail


def test_a_picture_that_breaks_off_is_kept_without_one(school, school_day, locker):
    broken = picture(600, 600, form="JPEG")[:-300]
    photo = actions.keep(use=locker, file=sent(broken), by=school.vandamme, at=school_day)

    actions.draw_thumbnail(picture=photo)

    assert not StoredFile.objects.get().thumbnail


def test_a_picture_that_goes_meanwhile_leaves_no_thumbnail(school, school_day, locker):
    photo = actions.keep(use=locker, file=sent(picture()), by=school.vandamme, at=school_day)
    StoredFile.objects.all().delete()

    actions.draw_thumbnail(picture=photo)

    assert list(names_in(default_storage)) == [photo.content.name]
