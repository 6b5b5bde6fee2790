"""The long work of the gradebook, done aside."""

from preau.kit.jobs import job

from . import actions
from .models import Parcel


@job
def make_books(parcel_id: int) -> None:
    actions.make_books(parcel=Parcel.objects.select_related("by").get(pk=parcel_id))
