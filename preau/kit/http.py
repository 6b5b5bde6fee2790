"""The request as our views know it: somebody asks, perhaps through HTMX."""

from typing import Any

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """A request after our middleware: with the person who signed in (None before that) and HTMX's details."""

    person: Any
    """The `people.models.Person` who asks. The kit knows no person, hence Any."""
    htmx: HtmxDetails
