"""
`bin/evening [--clients N] [--seconds S] [--rate R]`: the evening on which the report cards are released.

A demonstration lycée is opened in a folder of its own (in the database of DATABASE_URL, when there is one),
served by `preau serve` on this machine alone, and asked by parents as on that evening: of 100 requests 15 are
a sign-in, 35 home, 30 a report card, 20 its PDF. Server and folder go with the command, however it ends.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

LOOPBACK, LONGEST_WAIT, LONGEST_RUN = "127.0.0.1", 90, 600
MIX = {"sign in": 15, "home": 35, "card": 30, "pdf": 20}
TOKEN, PASSWORD = "a" * 32, "preau-demo"
CARD = re.compile(r'href="(/report-cards/\d+/)"')
SHED = 503
HERE = Path(__file__).resolve().parent.parent


@dataclass
class Heard:
    """What came back: seconds of each answer by what was asked, how many were turned away or had none."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in MIX})
    shed: int = 0
    failed: Counter[str] = field(default_factory=Counter)


class Parent:
    """One parent with a browser."""

    def __init__(self, port: int, username: str) -> None:
        self.port, self.username = port, username
        self.cookies = {"preau_csrf": TOKEN}
        self.cards: list[str] = []

    def ask(self, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        line = http.client.HTTPConnection(LOOPBACK, self.port, timeout=LONGEST_WAIT)
        try:
            headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            if form is not None:
                headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            body = None if form is None else urlencode(form)
            line.request("GET" if form is None else "POST", address, body, headers)
            answer = line.getresponse()
            for name, value in answer.getheaders():
                if name.lower() == "set-cookie":
                    kept, _, content = value.split(";")[0].partition("=")
                    self.cookies[kept] = content
            return answer.status, answer.read().decode(errors="replace")
        finally:
            line.close()

    def beside(self) -> Parent:
        """Return another browser that is signed in as this one is."""
        other = Parent(self.port, self.username)
        other.cookies, other.cards = dict(self.cookies), self.cards
        return other

    def sign_in(self) -> int:
        form = {
            "login": self.username,
            "password": PASSWORD,
            "csrfmiddlewaretoken": self.cookies["preau_csrf"],
        }
        self.cookies.pop("preau_session", None)
        return self.ask("/account/login/", form)[0]

    def find_cards(self) -> None:
        self.cards = sorted(set(CARD.findall(self.ask("/report-cards/")[1])))

    def do(self, what: str) -> int:
        if what == "sign in":
            return self.sign_in()
        if what == "home":
            return self.ask("/")[0]
        card = random.choice(self.cards)
        return self.ask(card if what == "card" else f"{card}pdf/")[0]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind((LOOPBACK, 0))
        return int(asked.getsockname()[1])


def parents_of(tree: Path, environment: dict[str, str], port: int, number: int) -> list[Parent]:
    """Return parents who signed in and have a card to look at."""
    code = (
        "import django; django.setup()\n"
        "from preau.accounts.models import Account\n"
        "from preau.people.models import Relationship\n"
        "ties = Relationship.objects.values('guardian')\n"
        "print(*Account.objects.filter(person__in=ties, is_active=True).values_list('username', flat=True))"
    )
    asked = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tree, check=True, capture_output=True, text=True
    )
    found = []
    for username in asked.stdout.split() * 3:  # Where parents are few, one has several browsers.
        parent = Parent(port, username)
        parent.sign_in()
        parent.find_cards()
        if parent.cards:
            found.append(parent)
        if len(found) == number:
            break
    return found


def drive(parents: list[Parent], seconds: float, rate: float) -> tuple[Heard, float]:
    """Have every parent ask one thing after the other, as fast as answers come, or so many a second."""
    heard, lock, until = Heard(), threading.Lock(), time.monotonic() + seconds

    def ask_on(parent: Parent) -> None:
        while (began := time.monotonic()) < until:
            what = random.choices(list(MIX), list(MIX.values()))[0]
            try:
                status = parent.do(what)
            except OSError as error:
                with lock:
                    heard.failed[type(error).__name__] += 1
                continue
            took = time.monotonic() - began
            with lock:
                if status == SHED:
                    heard.shed += 1
                elif status == (302 if what == "sign in" else 200):
                    heard.seconds[what].append(took)
                else:
                    heard.failed[str(status)] += 1
            if rate:
                time.sleep(max(0.0, len(parents) / rate * random.uniform(0.5, 1.5) - took))

    began = time.monotonic()
    clients = [threading.Thread(target=ask_on, args=(parent,), daemon=True) for parent in parents]
    for client in clients:
        client.start()
    for client in clients:
        client.join(seconds + LONGEST_WAIT)
    return heard, time.monotonic() - began


def tell(title: str, heard: Heard, took: float) -> None:
    everything = [one for found in heard.seconds.values() for one in found]
    print(
        f"{title}: {len(everything) / took:.1f} answers a second, {heard.shed} turned away, "
        f"{sum(heard.failed.values())} without a good answer {dict(heard.failed) or ''}"
    )
    for name, found in [*heard.seconds.items(), ("all", everything)]:
        if len(found) > 1:
            p95 = statistics.quantiles(found, n=20)[-1]
            print(
                f"  {name:8} {len(found):6}  median {statistics.median(found) * 1000:7.0f} ms"
                f"  p95 {p95 * 1000:7.0f} ms",
                flush=True,
            )


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/evening", description=__doc__)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument(
        "--rate", type=float, default=0.0, help="requests a second; also 60 %% of what it holds"
    )
    parser.add_argument("--crowd", type=int, default=0, help="then so many browsers at once")
    parser.add_argument("--pupils", type=int, default=60)
    parser.add_argument("--tree", type=Path, default=HERE, help="another checkout, to compare with")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="preau-evening-") as folder:
        environment = os.environ | {
            "PREAU_DATA": folder,
            "PREAU_DEMO": "1",
            "PREAU_DEBUG": "0",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PYTHONPATH": str(arguments.tree),
        }
        preau = [sys.executable, "-m", "preau.console"]
        for command in (
            [*preau, "demo", "--pupils", str(arguments.pupils)],
            [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ):
            subprocess.run(
                command, cwd=arguments.tree, env=environment, check=True, stdout=subprocess.DEVNULL
            )
        port = free_port()
        server = subprocess.Popen(
            [*preau, "serve", "--port", str(port)],
            cwd=arguments.tree,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            return run(arguments, environment, port)
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)


def run(arguments: argparse.Namespace, environment: dict[str, str], port: int) -> int:
    for _second in range(60):
        try:
            socket.create_connection((LOOPBACK, port), 1).close()
            break
        except OSError:
            time.sleep(1)
    parents = parents_of(arguments.tree, environment, port, arguments.clients)
    if len(parents) < arguments.clients:
        print(f"only {len(parents)} parents have a card: fewer clients, or more pupils", file=sys.stderr)
        return 1
    seconds = min(arguments.seconds, LONGEST_RUN)
    heard, took = drive(parents, seconds, 0)
    tell(f"As fast as {len(parents)} browsers ask", heard, took)
    held = sum(map(len, heard.seconds.values())) / took
    rate = arguments.rate or held * 0.6
    tell(f"At {rate:.1f} a second", *drive(parents, seconds, rate))
    if arguments.crowd:
        crowd = [parents[place % len(parents)].beside() for place in range(arguments.crowd)]
        tell(f"{len(crowd)} browsers at once", *drive(crowd, seconds, 0))
        began = time.monotonic()
        while parents[0].ask("/")[0] == SHED:
            time.sleep(0.1)
        print(f"  then one is answered after {time.monotonic() - began:.2f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
