"""What the command refuses, and what to do instead."""

from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal


class SchoolIsHere(Refusal):
    words = _(
        "There is a school here already. Restoring would replace it, and what is not in the backup would be "
        "lost. Make a backup of it first, then add --yes."
    )


class NotABackup(Refusal):
    words = _("%(file)s is not a backup made by `preau backup`: %(reason)s")


class OtherDatabase(Refusal):
    words = _(
        "This backup was made on %(theirs)s, and this school runs on %(ours)s. "
        "Restore it on the same kind of database."
    )


class OtherFiles(Refusal):
    words = _(
        "The files of this backup are kept in %(theirs)s, and those of this school in %(ours)s. "
        "Set PREAU_FILES to the same place, then restore again."
    )


class LaterVersion(Refusal):
    words = _("This backup was made by a later version of Préau. Install that version, then restore again.")


class NoFolder(Refusal):
    words = _(
        "The folder %(folder)s does not exist or cannot be written to. Create it, or choose another one."
    )


class NoRoom(Refusal):
    words = _(
        "%(file)s could not be made: %(reason)s. Nothing is left of it. Make room, or choose another place, "
        "then try again."
    )


class ToolIsMissing(Refusal):
    words = _("%(tool)s is not on this machine. Install the client programs of PostgreSQL, then try again.")


class DatabaseFailed(Refusal):
    words = _("The database did not let itself be copied: %(reason)s")
