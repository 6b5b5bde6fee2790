"""`bin/bench [--json] [--only WORD]`: measure what `measures.py` declares, and print a line for each."""

import argparse
import json
import os
import sys
from dataclasses import asdict

import django
from django.conf import settings


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--only", default="", metavar="WORD", help="only measures whose name holds this word")
    arguments = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    settings.ROOT_URLCONF = "bench.urls"

    from bench.asking import School
    from bench.measures import MEASURES

    chosen = {name: measure for name, measure in MEASURES.items() if arguments.only in name}
    if not chosen:
        parser.error(f"no measure is called so; there are {', '.join(MEASURES)}")
    school = School()
    failed = False
    if not arguments.json:
        print(f"{'':22}{'median ms':>10}{'p95 ms':>9}{'queries':>9}{'bytes':>9}{'value':>9}")
    for name, measure in chosen.items():
        try:
            figures = asdict(measure(school))
        except Exception as error:  # The others are worth having even so.
            print(f"{name}: {error}", file=sys.stderr)
            failed = True
            continue
        if arguments.json:
            print(json.dumps(figures), flush=True)
        else:
            cells = ["" if figures[key] is None else str(figures[key]) for key in list(figures)[1:]]
            print(
                f"{figures['name']:22}{cells[0]:>10}{cells[1]:>9}{cells[2]:>9}{cells[3]:>9}{cells[4]:>9}",
                flush=True,
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
