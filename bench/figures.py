"""How long the figures of a whole State take: 10,000 obligations of 300 items each, half of them answered.

    python bench/figures.py [obligations] [items]

Works in a temporary home, or in the empty database of DATABASE_URL. Each time is told beside a plain COUNT of the same
base in the same run, so that runs on different machines can be compared. Exit 1 when a limit is missed.
"""
# ruff: noqa: INP001 - a script, no package

import sys

from home import home

if __name__ == "__main__":
    with home():
        from bench.state import measure

        sys.exit(measure(*map(int, sys.argv[1:])))
