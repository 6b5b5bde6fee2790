"""How far long work has come, on the error stream of a terminal; silence where nobody watches."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from preau.kit.progress import Progress as Told
from preau.kit.progress import nobody_watches


@contextmanager
def bar(label: str) -> Iterator[Told]:
    """Draw a progress bar while the work inside tells how far it is."""
    if not sys.stderr.isatty():
        yield nobody_watches
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        line = progress.add_task(label, total=None)
        yield lambda done, total: progress.update(line, completed=done, total=total or None)
