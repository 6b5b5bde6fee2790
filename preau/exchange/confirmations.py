"""What great acts on imports do, said before they are done."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.confirmations import Question
from preau.kit.counted import counted
from preau.kit.imports.undoing import Footprint
from preau.kit.written_rows import What

from .models import ImportRun


def undoing(run: ImportRun, footprint: Footprint) -> Question:
    """Ask whether an import is to be undone: what goes, what is again as it was, with the counts of each."""
    sentences = (
        (What.MADE, _("What the file brought goes: %(what)s.")),
        (What.CHANGED, _("What it changed is again as it was before: %(what)s.")),
        (What.REMOVED, _("What it ended or replaced is there again: %(what)s.")),
    )
    said = [
        words % {"what": told}
        for what, words in sentences
        if (told := counted({model: len(footprint.of(model, what)) for model in footprint.rows}))
    ]
    return Question(
        title=_("The import of %(file)s is undone") % {"file": run.source_name},
        button=_("Undo the import"),
        back=reverse("exchange:run", args=[run.pk]),
        does=[*said, _("All of it is undone, or nothing. Its report stays, and says so.")],
        loses=[_("The file itself is no longer kept: whoever wants it again brings it again.")],
        icon="arrow-back-up",
    )
