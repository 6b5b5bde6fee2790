"""Words that fit the person they are about: French says « née le » of a woman and « né le » of a man."""

from django.utils import formats
from django.utils.translation import gettext, pgettext

from .models import Person


def born_words(person: Person) -> str:
    """Say when somebody was born; nothing where it is not known."""
    if person.born_on is None:
        return ""
    if person.gender == Person.Gender.FEMALE:
        words = pgettext("a woman", "born on %(day)s")
    elif person.gender == Person.Gender.MALE:
        words = pgettext("a man", "born on %(day)s")
    else:
        words = gettext("born on %(day)s")
    return words % {"day": formats.date_format(person.born_on, "SHORT_DATE_FORMAT")}
