"""How long the figures of follow-up take: bodies with 30 activities each that reported on twelve months.

    python bench/progress.py [bodies]

Works in a temporary home, or in the empty database of DATABASE_URL. Each time is told beside plainly reading the same
rows of reports in the same run, so that runs on different machines can be compared. Exit 1 when a limit is missed.
"""
# ruff: noqa: INP001 - a script, no package

import sys

from home import home

if __name__ == "__main__":
    with home():
        from bench.reports import measure

        sys.exit(measure(*map(int, sys.argv[1:])))
