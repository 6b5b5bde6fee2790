"""Why a file cannot be read, and what to do about it."""

from django.utils.translation import gettext_lazy as _

from preau.kit.refusals import Refusal


class FileRefused(Refusal):
    """A file that cannot be read as it is."""

    field = "file"


class ProtectedFile(FileRefused):
    words = _("This file is protected by a password. Save it without a password, then choose it again.")


class DamagedFile(FileRefused):
    words = _(
        "This file is damaged or incomplete. Open it in a spreadsheet program, save it again, then choose it."
    )


class EmptyFile(FileRefused):
    words = _("This file holds no rows. Check that you chose the right file and the right sheet.")


class NotATable(FileRefused):
    words = _("This file is not a table. Choose a csv, xlsx, xls or ods file.")


class NoSuchSheet(FileRefused):
    words = _("This file has no sheet called “%(sheet)s”. It has: %(sheets)s.")


class FileTooLarge(FileRefused):
    words = _("This file is too large. Split it into several files, then choose them one by one.")


class UnsafeArchive(FileRefused):
    words = _(
        "This archive holds “%(name)s”, which may not stand in an archive. Make it again from its files only."
    )


def too_many_bytes(most: int) -> FileTooLarge:
    return FileTooLarge(
        _("This file is larger than %(most)d MB. Split it into several files, then choose them one by one."),
        most=most // (1024 * 1024),
    )


def too_many_rows(most: int) -> FileTooLarge:
    return FileTooLarge(
        _("This table has more than %(most)d rows. Split it into several files and choose them one by one."),
        most=most,
    )


def too_many_columns(most: int) -> FileTooLarge:
    return FileTooLarge(
        _("This table has more than %(most)d columns. Remove those you do not need, then choose it again."),
        most=most,
    )
