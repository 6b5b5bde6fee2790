"""What a picture is, told by its first bytes and never by its name."""

CONTENT_TYPES = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


def kind_of_image(head: bytes) -> str | None:
    """Return `png`, `jpg` or `webp`, or nothing for anything else (an SVG may hold scripts: never)."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return None
