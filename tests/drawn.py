"""What a page says, however its template is laid out."""


def in_one_line(drawn: str) -> str:
    """Return HTML with every run of whitespace as one space, none before the end of a tag."""
    return " ".join(drawn.split()).replace(" >", ">")
