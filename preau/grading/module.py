"""What people did to the school's grading, in words. Its screens are those of the gradebook."""

from django.utils.translation import gettext_lazy as _

from preau.trail import words

words.register_all(
    {
        "grading.keep_scheme": _("kept the scheme %(subject)s"),
        "grading.end_scheme": _("ended the scheme %(subject)s"),
        "grading.keep_scale": _("kept the scale %(subject)s"),
        "grading.remove_scale": _("removed the scale %(subject)s"),
    }
)
