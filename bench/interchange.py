"""How long an instrument of 1,000 items takes to come in, in each format, beside merely parsing the same file.

    python bench/interchange.py [items]

Works in a temporary home, or in the empty database of DATABASE_URL. Each time is a median, told beside that of a plain
parser (csv, openpyxl, lxml, json, markdown-it) over the same file in the same run, so that runs on different machines
can be compared. Exit 1 when a limit is missed.
"""
# ruff: noqa: INP001 - a script, no package

import sys

from home import home

if __name__ == "__main__":
    with home():
        from bench.plans import measure

        sys.exit(measure(*map(int, sys.argv[1:])))
