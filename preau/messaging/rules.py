"""Everybody reads the notices that are their own, and opens nobody else's."""

from django.utils.translation import gettext_lazy as _

from preau.kit.access import signed_in
from preau.people.relations import is_the

from .models import Receipt

may_open_notices = signed_in
may_open_notice = is_the("person", _("is the one who is told")).over(Receipt)
