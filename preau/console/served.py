"""What each serving process runs: the school's application, and a watch that ends it with its server."""

import os
import threading
from importlib import import_module

from .worker import leave_with

SERVER = "PREAU_SERVER_PROCESS"

if os.environ.get(SERVER) == str(os.getppid()):
    threading.Thread(target=leave_with, args=(os.getppid(),), name="watch", daemon=True).start()

application = import_module("config.wsgi").application
