"""Work on files, done aside."""

from preau.kit import clock
from preau.kit.events import upon
from preau.kit.jobs import job, once_a_day, start

from . import actions
from .events import PictureKept
from .models import StoredFile


@job
def draw_thumbnail(file_id: str) -> None:
    if picture := StoredFile.objects.filter(pk=file_id).first():
        actions.draw_thumbnail(picture=picture)


@upon(PictureKept)
def have_a_thumbnail_drawn(event: PictureKept) -> None:
    start(draw_thumbnail, file_id=str(event.file_id))


@once_a_day
@job
def sweep_files() -> None:
    actions.sweep(at=clock.now())
