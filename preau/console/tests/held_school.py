"""A school that answers nobody before a file is there: served by a real server, in a process of its own."""

import os
import sys
import time
from pathlib import Path

import django

from preau.console.serve import server_of
from preau.console.turns import Turns


def answer(environ, begin):
    while not Path(os.environ["ANSWERS_WHEN"]).exists():
        time.sleep(0.01)
    typed = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    begin("200 OK", [("Content-Type", "text/plain")])
    return [b"here you are " + typed]


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
application = Turns(answer, asks_nothing="/static/")

if __name__ == "__main__":
    server_of("preau.console.tests.held_school:application", "127.0.0.1", int(sys.argv[1]), 1).serve()
