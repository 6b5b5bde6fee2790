"""Pictures: how large one is, and its small form. Pillow is loaded only when there is a picture."""

from __future__ import annotations

import io
from typing import IO, Any

FORMATS = ("PNG", "JPEG", "WEBP")
MOST_POINTS = 50_000_000
"""A small file may unfold into gigabytes; a camera of today makes 12 to 50 million points."""
WIDEST = 480
THUMBNAIL_TYPE = "image/webp"


class Unreadable(Exception):  # noqa: N818 – what is wrong, said as it is.
    """This is no picture that can be drawn."""


class TooManyPoints(Unreadable):
    """This picture unfolds into more points than anybody needs."""


def check(file: IO[bytes]) -> None:
    """
    Read the head of a picture, and nothing else of it.

    :raises TooManyPoints: above fifty million points
    :raises Unreadable: when it is no picture
    """
    file.seek(0)
    _open(file)
    file.seek(0)


def thumbnail_of(file: IO[bytes]) -> bytes:
    """
    Return a WebP at most 480 points wide or high, turned upright, without what the camera wrote into it.

    :raises Unreadable: when it cannot be drawn
    """
    from PIL import ImageOps

    picture = _open(file)
    try:
        picture.draft("RGB", (WIDEST, WIDEST))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((WIDEST, WIDEST))
        plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
        plain.info.clear()
        drawn = io.BytesIO()
        plain.save(drawn, "WEBP", quality=80)
    except (OSError, ValueError, SyntaxError, MemoryError) as error:
        raise Unreadable from error
    return drawn.getvalue()


def _open(file: IO[bytes]) -> Any:
    from PIL import Image

    try:
        picture = Image.open(file, formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise TooManyPoints from error
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable from error
    if picture.width * picture.height > MOST_POINTS:
        raise TooManyPoints
    return picture
