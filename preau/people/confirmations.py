"""What great acts on persons do, said before they are done."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from preau.design.confirmations import Question
from preau.kit.imports.changes import as_read

from .merging import Plan
from .models import Merge, Relationship


def ending_relationship(tie: Relationship) -> Question:
    names = {"guardian": tie.guardian.full_name, "pupil": tie.pupil.full_name}
    return Question(
        title=_("%(guardian)s no longer answers for %(pupil)s") % names,
        button=_("No longer answers for the pupil"),
        back=reverse("people:relationship", args=[tie.pk]),
        does=[
            _("From today %(guardian)s will read nothing more about %(pupil)s, and sign nothing.") % names,
            _("What was read and signed stays in the trail."),
        ],
        icon="user-off",
    )


def merging(plan: Plan) -> Question:
    gone, kept = plan.gone.full_name, plan.kept.full_name
    does = [_("All that hangs on the other record of %(gone)s comes to this one.") % {"gone": gone}]
    if plan.counts:
        does.append(_("It brings: %(what)s.") % {"what": plan.counts})
    if plan.same:
        does.append(_("%(count)d things that both have are kept once.") % {"count": len(plan.same)})
    if plan.filled:
        filled = ", ".join(as_read(value) for value in plan.filled.values())
        does.append(_("What only the other record says is filled in: %(facts)s.") % {"facts": filled})
    words = _("%(label)s: “%(kept)s” stays, “%(gone)s” goes.")
    loses = [
        words % {"label": label.capitalize(), "kept": as_read(mine), "gone": as_read(theirs)}
        for label, mine, theirs in plan.different
    ]
    return Question(
        title=_("%(gone)s and %(kept)s are one person") % {"gone": gone, "kept": kept},
        button=_("Make one of the two"),
        back=reverse("people:doubles"),
        does=[*does, _("It can be undone for thirty days, on the page of doubles.")],
        loses=loses,
        icon="arrows-join",
    )


def undoing_merge(merge: Merge) -> Question:
    return Question(
        title=_("%(name)s is a person apart") % {"name": merge.name},
        button=_("Make two again"),
        back=reverse("people:doubles"),
        does=[
            _("What came from the record of %(name)s goes back to it.") % {"name": merge.name},
            _("What was written since stays with %(kept)s.") % {"kept": merge.kept.full_name},
        ],
        icon="users",
    )
