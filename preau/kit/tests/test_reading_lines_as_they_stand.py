"""A sheet of any layout is read line by line, whatever stands above its table."""

import pytest

from preau.kit.tables import EmptyFile, FileTooLarge, Limits, read_lines

OLD_SHEET = "Mes cotes 4TTA;;\n\nÉlève;Interro 1;Total\n;/20;/20\nHaddad Noor;13,5;13,5\n"


def test_each_line_keeps_its_number_and_nothing_is_taken_for_a_header():
    found = read_lines(OLD_SHEET.encode(), name="old.csv")

    assert [number for number, cells in found.lines if any(cells)] == [1, 3, 4, 5]
    assert list(found.lines[-1][1]) == ["Haddad Noor", "13,5", "13,5"]
    assert found.sheets == ()


def test_nothing_and_too_much_are_refused_in_words():
    with pytest.raises(EmptyFile):
        read_lines(b"", name="nothing.csv")
    with pytest.raises(FileTooLarge):
        read_lines(b"a;b\n" * 9, name="many.csv", limits=Limits(rows=5))
    with pytest.raises(FileTooLarge):
        read_lines(b"a;b;c\n1;2;3\n", name="wide.csv", limits=Limits(columns=2))
