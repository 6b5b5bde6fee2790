"""Files as people send them."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

PDF = b"%PDF-1.7 a certificate"


def picture(width=60, height=40, *, form="PNG", **more) -> bytes:
    """A red picture."""
    drawn = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(drawn, form, **more)
    return drawn.getvalue()


def packed(**parts: str) -> bytes:
    """A zip archive; two underscores in a name are a slash."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as bundle:
        for name, text in parts.items():
            bundle.writestr(name.replace("__", "/"), text)
    return held.getvalue()


def sent(content: bytes, name: str = "certificate.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
