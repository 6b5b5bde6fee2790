"""
French keeps « : », « ; », « ! », « ? » and « » » on the line of the word before them.

Those who translate type ordinary spaces: nothing shows them apart from others. Each becomes one that does not
break when the catalogues are read. What people typed is theirs, and stays as it is.
"""

import re

KEPT = "\N{NO-BREAK SPACE}"
BEFORE, AFTER = re.compile(r" (?=[:;!?»])"), re.compile(r"(?<=«) (?=\S)")
UNBROKEN = re.compile(rf"{KEPT}(?=[:;!?»])|(?<=«){KEPT}")


def kept_together(words: str) -> str:
    """Return French words in which no line begins with a sign that belongs to the word before it."""
    return AFTER.sub(KEPT, BEFORE.sub(KEPT, words))


def as_typed(words: str) -> str:
    """Return them as they were before: documents that went home were made of such words."""
    return UNBROKEN.sub(" ", words)
