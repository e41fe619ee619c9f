"""Seal, follow or both, again and again until somebody ends it: a kill then falls into the middle of it."""

from __future__ import annotations

import logging
import sys
import time

import django
from django.db import OperationalError

log = logging.getLogger(__name__)
PAUSE = 0.01


def main(what: str) -> None:
    """Do it for ever, and say on the standard error what the database refused."""
    django.setup()
    from yupana.foundation.ledger.actions import seal  # noqa: PLC0415 - tables exist once the apps are loaded
    from yupana.projections import followers  # noqa: PLC0415 - the same
    from yupana.projections.figures.actions import follow  # noqa: PLC0415 - the same

    work = {"tick": followers.tick, "seal": seal, "follow": follow}[what]
    while True:
        try:
            work()
        except OperationalError:
            log.exception(what)
        time.sleep(PAUSE)


if __name__ == "__main__":
    main(sys.argv[1])
