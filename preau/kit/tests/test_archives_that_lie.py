"""What says that it is an archive, a workbook or a mapping, and is something else inside."""

import io
import zipfile

import pytest

from preau.kit.imports.mappings import MappingRefused
from preau.kit.imports.mappings.toml_files import LARGEST, read_toml
from preau.kit.tables import (
    DamagedFile,
    FileRefused,
    FileTooLarge,
    Limits,
    ProtectedFile,
    open_archive,
    read_lines,
    read_table,
)

PUPILS = b"nom;prenom\nHaddad;Noor\n" * 400


def archive(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return target.getvalue()


def opened(content: bytes, **how):
    return open_archive(io.BytesIO(content), **how)


def test_an_archive_of_more_files_than_a_school_sends_is_refused():
    many = archive({f"{number}.csv": b"a;b" for number in range(4)})

    assert len(opened(many, limits=Limits(members=4)).namelist()) == 4
    with pytest.raises(FileTooLarge):
        opened(many, limits=Limits(members=3))


def test_an_archive_under_a_password_is_named_so():
    """The flag of the directory says it; nothing has to be unfolded to know."""
    content = bytearray(archive({"users.csv": PUPILS}))
    content[content.index(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(ProtectedFile):
        opened(bytes(content))


def test_an_archive_packed_in_a_rare_way_is_refused_before_it_is_unfolded():
    with pytest.raises(DamagedFile):
        opened(archive({"users.csv": PUPILS}, zipfile.ZIP_LZMA))


def test_a_file_stored_as_it_is_counts_as_large_as_it_is():
    stored = archive({"users.csv": PUPILS}, zipfile.ZIP_STORED)

    assert opened(stored).read("users.csv") == PUPILS
    told = stored.rindex(len(PUPILS).to_bytes(4, "little"))  # What the directory says it unfolds to.
    with pytest.raises(DamagedFile):
        opened(stored[:told] + (len(PUPILS) + 9).to_bytes(4, "little") + stored[told + 4 :])


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.replace(b"PK\x03\x04", b"PK\x00\x00", 1),  # no file begins where it should
        lambda content: content[:60] + b"\xff" * 20 + content[80:],  # its bytes make no sense
        lambda content: content.replace(len(PUPILS).to_bytes(4, "little"), (10**6).to_bytes(4, "little")),
    ],
    ids=["no header", "scrambled", "shorter than it says"],
)
def test_an_archive_that_was_spoiled_is_damaged(spoil):
    with pytest.raises(DamagedFile):
        opened(spoil(archive({"users.csv": PUPILS})))


def test_a_text_under_a_mark_that_is_not_its_own_is_damaged():
    with pytest.raises(DamagedFile):
        read_table(b"\xff\xfen\x00o\x00m\x00;\x00\x00\xd8\n\x00")
    with pytest.raises(FileRefused, match="utf-8"):
        read_table("nom;prénom\nHaddad;Zoë\n".encode("latin-1"), encoding="utf-8")


def test_a_sheet_read_as_it_stands_has_its_limits_too():
    assert len(read_lines(b"a;b\n1;2\n").lines) == 2
    for limits in (Limits(rows=1), Limits(columns=1)):
        with pytest.raises(FileTooLarge):
            read_lines(b"a;b\n1;2\n", limits=limits)
    with pytest.raises(FileRefused):
        read_lines(b"\n\n")


# ---- Mappings ----


def test_a_mapping_is_small_and_written_in_toml(tmp_path):
    mapping = tmp_path / "by-name.toml"
    mapping.write_text("[fields\n")
    with pytest.raises(MappingRefused, match=r"by-name\.toml is not written in TOML"):
        read_toml(mapping, None)

    mapping.write_text("#" * (LARGEST + 1))
    with pytest.raises(MappingRefused, match="too large"):
        read_toml(mapping, None)

    with pytest.raises(MappingRefused, match=r"nowhere\.toml cannot be opened"):
        read_toml(tmp_path / "nowhere.toml", None)
