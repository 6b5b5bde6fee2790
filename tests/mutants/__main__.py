"""
Run mutmut on the parts of the house that may not be wrong, and name the mutants that no test noticed.

    bin/mutants                 every part of parts.toml
    bin/mutants results rules   some of them

It works in a copy outside the repository, gently. Mutants that change nothing anybody could notice are in
equivalent.toml, each with its reason.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from .outcome import outcome_of, together
from .preparing import prepared

HOUSE = Path(__file__).parents[2]
TOOLS = HOUSE / ".venv/bin"
PARTS: dict[str, dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "parts.toml").read_text())
TOLD_WHEN_IT_FAILS = 4000
SPINNERS = tuple("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")


def main(names: list[str]) -> int:
    if unknown := set(names) - set(PARTS):
        print(f"No such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    survivors = 0
    for name in names or PARTS:
        with tempfile.TemporaryDirectory(prefix=f"mutants-{name}-") as copy:
            survivors += try_part(name, Path(copy))
    return 1 if survivors else 0


def try_part(name: str, copy: Path) -> int:
    """Try the mutants of a part in a copy of the house, and return how many survived."""
    files = in_the_house(PARTS[name]["mutate"])
    copy_the_house(copy)
    for path in files:
        (copy / path).write_text(prepared((HOUSE / path).read_text(), Path(path).name))
    with (copy / "pyproject.toml").open("a") as project:
        project.write(settings_of(files, in_the_house(PARTS[name]["tests"])))
    run_mutmut(copy)
    outcomes = {path: outcome_of(copy, path) for path in files}
    whole = together(outcomes.values())
    print(name)
    for path, outcome in outcomes.items():
        print(f"  {path:44} {outcome}")
    print(f"  {'together':44} {whole}\n")
    print("\n".join(whole.survivors), flush=True)
    return len(whole.survivors)


def run_mutmut(copy: Path) -> None:
    environment = {
        name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PREAU_DATA"}
    }
    environment |= {"PREAU_DEMO": "1", "PATH": f"{TOOLS}:{environment['PATH']}", "COLUMNS": "200"}
    log = copy / "mutmut.log"
    with log.open("w") as output:
        command = ["nice", "-n", "15", TOOLS / "mutmut", "run", "--max-children", str(os.cpu_count() or 1)]
        ended = subprocess.run(command, cwd=copy, env=environment, stdout=output, stderr=output, check=False)
    if ended.returncode:
        told = "\n".join(line for line in log.read_text().splitlines() if not line.startswith(SPINNERS))
        raise SystemExit(f"{told[-TOLD_WHEN_IT_FAILS:]}\nmutmut could not do its work.")


def in_the_house(patterns: list[str]) -> list[str]:
    """Return the files that patterns name; each has to name some."""
    found = {
        pattern: sorted(str(path.relative_to(HOUSE)) for path in HOUSE.glob(pattern)) for pattern in patterns
    }
    if missing := [pattern for pattern, paths in found.items() if not paths]:
        raise SystemExit(f"Nothing is called {', '.join(missing)}.")
    return [path for paths in found.values() for path in paths]


def copy_the_house(copy: Path) -> None:
    """Copy what git knows of or would, as it stands, and compile the translations there."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=HOUSE, capture_output=True, check=True).stdout.split(b"\0")
    for name in filter(None, map(os.fsdecode, names)):
        source, target = HOUSE / name, copy / name
        if source.is_file():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.read_bytes())
    subprocess.run([TOOLS / "python", "-m", "preau.kit.messages"], cwd=copy, check=True, capture_output=True)


def settings_of(files: list[str], tests: list[str]) -> str:
    """Return what mutmut is to do, as its part of pyproject.toml."""
    return f"""
[tool.mutmut]
source_paths = ["preau"]
only_mutate = {json.dumps(files)}
also_copy = ["config", "conftest.py", "manage.py", "docs"]
pytest_add_cli_args = ["-n0", "-p", "no:randomly", "-p", "no:cacheprovider", "-W", "ignore"]
pytest_add_cli_args_test_selection = {json.dumps(tests)}
process_isolation = "forkserver"
use_git_change_detection = false
track_dependencies = false
"""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
