"""A temporary home for what is measured, or the empty database of DATABASE_URL."""
# ruff: noqa: INP001 - beside scripts, no package

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.core.management import call_command


@contextmanager
def home() -> Iterator[None]:
    """Prepare the program and its tables, and clean up behind it."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    folder = os.environ["YUPANA_HOME"] = tempfile.mkdtemp(prefix="yupana-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yupana.settings"
    django.setup()
    logging.disable(logging.INFO)  # what is measured answers many requests, and the log tells of each
    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        shutil.rmtree(folder)
