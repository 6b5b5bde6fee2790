"""What the titulaire writes to each pupil."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from preau.people.models import Person
from preau.structure.models import ReportPeriod


class TutorWord(models.Model):
    """
    The word of the titulaire on the card of a pupil, above all courses.

    `version` grows with each change; whoever writes says which version was on the screen.
    """

    pupil = models.ForeignKey(Person, models.PROTECT, related_name="+")
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="+")
    text = models.CharField(
        _("word of the titulaire"), max_length=900, blank=True, help_text=_("Empty once it is taken back.")
    )
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_word_per_pupil_and_period", fields=["pupil", "period"])
        ]

    def __str__(self) -> str:
        return self.text
