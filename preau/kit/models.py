"""What the kit itself keeps: the forms that were sent, so that twice is once (`kit.sendings`)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sending(models.Model):
    """A form that somebody sent: what it held, and where it led."""

    key = models.CharField(max_length=64, primary_key=True)
    """Of who sent it, where to, and with which token of the page."""
    content = models.CharField(max_length=64, blank=True)
    address = models.TextField(blank=True)
    words = models.TextField(blank=True)
    """What was then true."""
    sent_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")

    def __str__(self) -> str:
        return self.address or self.key
