"""How long the figures of a whole State take: 10,000 obligations of 300 items each, half of them answered.

    python bench/figures.py [obligations] [items]

Works in a temporary home, or in the empty database of DATABASE_URL. Each time is told beside a plain COUNT of the same
base in the same run, so that runs on different machines can be compared. Exit 1 when a limit is missed.
"""
# ruff: noqa: INP001 - a script, no package

import os
import shutil
import sys
import tempfile
from pathlib import Path

import django
from django.core.management import call_command

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent.parent))
    home = os.environ["YUPANA_HOME"] = tempfile.mkdtemp(prefix="yupana-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "yupana.settings"
    django.setup()
    call_command("migrate", verbosity=0)
    from bench.state import measure

    try:
        sys.exit(measure(*map(int, sys.argv[1:])))
    finally:
        shutil.rmtree(home)
