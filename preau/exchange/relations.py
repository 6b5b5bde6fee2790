"""The tie between a person and a file that was brought in."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from preau.kit.access import rule

brought_it = rule(_("and brought the file"), lambda person: Q(by=person.pk))
