"""Zip archives (workbooks are archives too), looked at before anything is taken out of them."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO

from .limits import LIMITS, MEGABYTE, Limits
from .refusals import DamagedFile, FileTooLarge, ProtectedFile, UnsafeArchive

LOCAL_HEADER = 30
CHUNK = 256 * 1024
SMALL = 16 * MEGABYTE
ENCRYPTED = 0x1
READABLE = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
NESTED = {".zip", ".7z", ".rar", ".gz", ".tar", ".bz2", ".xz"}


def open_archive(file: BinaryIO, *, limits: Limits = LIMITS, may_nest: bool = False) -> zipfile.ZipFile:
    """
    Open an archive once all of it is known to be harmless: sizes, names, links, archives within.

    The sizes an archive declares can lie, so each member is unfolded once, counted and thrown away.
    """
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as problem:
        raise DamagedFile from problem
    if len(members) > limits.members:
        raise FileTooLarge
    for member in members:
        _refuse_odd_member(member, may_nest=may_nest)
    packed = file.seek(0, 2)
    most = _most_unfolded(packed, limits)
    if sum(member.file_size for member in members) > most:
        raise FileTooLarge
    _refuse_liars(file, members, most)
    file.seek(0)
    return archive


def _most_unfolded(packed: int, limits: Limits) -> int:
    return min(limits.unfolded_bytes, max(SMALL, packed * limits.ratio))


def _refuse_odd_member(member: zipfile.ZipInfo, *, may_nest: bool) -> None:
    if member.flag_bits & ENCRYPTED:
        raise ProtectedFile
    path = PurePosixPath(member.filename.replace("\\", "/"))
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    leaves = path.is_absolute() or ".." in path.parts or ":" in path.parts[:1]
    nests = not may_nest and path.suffix.lower() in NESTED
    drive = len(member.filename) > 1 and member.filename[1] == ":"
    if is_link or leaves or nests or drive:
        raise UnsafeArchive(name=member.filename[:80])
    if member.compress_type not in READABLE:
        raise DamagedFile


def _refuse_liars(file: BinaryIO, members: list[zipfile.ZipInfo], most: int) -> None:
    total = 0
    for member in members:
        size = _true_size(file, member, most - total)
        total += size
        if total > most or size > member.file_size:
            raise FileTooLarge
        if size < member.file_size:
            raise DamagedFile


def _true_size(file: BinaryIO, member: zipfile.ZipInfo, most: int) -> int:
    """Return how many bytes a member unfolds to, counted, no further than `most`."""
    file.seek(member.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise DamagedFile
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    file.seek(member.header_offset + LOCAL_HEADER + names)
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    inflate, left, size = zlib.decompressobj(-15), member.compress_size, 0
    try:
        while left > 0 and not inflate.eof and size <= most:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                raise DamagedFile
            left -= len(chunk)
            while chunk and size <= most:
                size += len(inflate.decompress(chunk, CHUNK))
                chunk = inflate.unconsumed_tail
    except zlib.error as problem:
        raise DamagedFile from problem
    return size
