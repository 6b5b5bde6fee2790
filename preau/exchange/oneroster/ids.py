"""The ids under which our own things travel in files, and how they are known again."""


def item_key(assessment_id: int) -> str:
    """Return the id under which an assessment of ours travels."""
    return f"assessment-{assessment_id}"


def assessment_id(key: str) -> int | None:
    """Return the key of the assessment that travels under this id, if it is one of ours."""
    prefix, _dash, number = key.partition("-")
    is_ours = prefix == "assessment" and number.isascii() and number.isdigit() and len(number) < 19
    return int(number) if is_ours else None
