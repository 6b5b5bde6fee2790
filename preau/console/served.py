"""What each serving process runs: the school's application, and a watch that ends it with its server."""

import os
import threading
from importlib import import_module

from .turns import Turns
from .worker import leave_with

SERVER = "PREAU_SERVER_PROCESS"

if os.environ.get(SERVER) == str(os.getppid()):
    threading.Thread(target=leave_with, args=(os.getppid(),), name="watch", daemon=True).start()

school = import_module("config.wsgi").application

from django.conf import settings  # noqa: E402 – known once the school is put together.

application = Turns(school, asks_nothing=settings.STATIC_URL)
