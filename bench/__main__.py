"""`bin/bench [--json] [--only WORD] [--against REV]`: what `measures.py` declares, line by line."""

import argparse
import json
import signal
import sys
import tempfile
from pathlib import Path

from bench.sitting import heading, line, take
from bench.states import states


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--only", default="", metavar="WORD", help="only measures whose name holds this word")
    parser.add_argument("--against", metavar="REV", help="compare with a revision, in turns")
    parser.add_argument("--postgres", action="store_true", help="the same on PostgreSQL")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *heard: sys.exit(143))  # What was made for the sitting goes with it.
    failed = False
    with (
        tempfile.TemporaryDirectory(prefix="preau-bench.") as folder,
        states(Path(folder), arguments.against) as measured,
    ):
        names = [name for name in measured[-1].names() if arguments.only in name]
        if not names:
            parser.error(f"no measure is called so; there are {', '.join(measured[-1].names())}")
        if not arguments.json:
            print(heading(measured))
        for name in names:
            found = take(measured, name)
            failed = failed or any(each.error for each in found)
            if arguments.json:
                told = {state.name: each.told() for state, each in zip(measured, found, strict=True)}
                print(json.dumps({"name": name} | (told if len(told) > 1 else told["now"])), flush=True)
            else:
                print(line(name, found), flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
