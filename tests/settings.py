"""The settings of the house, with a home of its own for each test process and less patience for disks and hashing."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="yupana-test-"))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
os.environ["YUPANA_HOME"] = str(HOME)
for name in ("YUPANA_ORIGIN", "YUPANA_DEBUG"):
    os.environ.pop(name, None)

from tools.translations import compile_all  # noqa: E402 - the same
from yupana.settings import *  # noqa: E402, F403 - the home has to be chosen before the settings read it
from yupana.settings import DATABASES, PACKAGE  # noqa: E402 - the same; by name, because it is changed below

compile_all(PACKAGE)  # a test sees the Spanish as it is written now
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 is slow on purpose
WHITENOISE_AUTOREFRESH = True  # do not scan the static files for every test client

if DATABASES["default"]["ENGINE"].endswith("sqlite"):
    # A file, because a live server and the test each need a connection of their own; it is thrown away, never synced.
    DATABASES["default"]["TEST"] = {"NAME": str(HOME / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
