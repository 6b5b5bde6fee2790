"""What is proved on the real files of others is proved on every machine: by small files of our own, too."""

from pathlib import Path

import pytest

from tests.odd_files import HOSTILE, OURS, odd

HOUSE = Path(__file__).parents[1]
ASKS = HOUSE / "tests/odd_files.py"
NAMES_OF_THEIRS = ('/ "shared"', "shared/data", "real_files")
TESTS = sorted({*HOUSE.glob("preau/*/tests/**/*.py"), *HOUSE.glob("tests/**/*.py")} - {ASKS, Path(__file__)})


@pytest.mark.parametrize("module", TESTS, ids=lambda path: str(path.relative_to(HOUSE)))
def test_a_test_asks_for_the_files_of_others_where_ours_stand_beside_them(module):
    source = module.read_text()

    found = [name for name in NAMES_OF_THEIRS if name in source]
    assert found == [], "ask tests.odd_files.odd for it: the test runs on a file of ours, too"


def test_a_test_runs_on_ours_first_and_on_every_machine():
    for name in OURS:
        first, *theirs = (parameter.values[0] for parameter in odd(name))
        assert first.is_ours
        assert first.content
        assert [file.is_ours for file in theirs] in ([], [False])
    assert len(HOSTILE) == 7


def test_a_file_of_which_there_is_none_of_ours_is_not_handed_out():
    with pytest.raises(KeyError):
        odd("hostile/something_new.xlsx")
