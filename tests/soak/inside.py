"""One scenario inside a place: the process that `soak.py` starts there. It prints what it counted, as JSON."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import django
from django.test.utils import setup_test_environment

from tests.soak import crowd, faults, kill
from tests.soak.outcome import Outcome
from tests.soak.place import Place


def leaks(_: Place, __: str, ___: int) -> Outcome:
    """Read everything as everybody, for words that were planted where nobody else may read them."""
    from tests.leaks import scan  # noqa: PLC0415 - tables exist once the apps are loaded

    setup_test_environment(debug=False)
    return Outcome(leaked=scan())


SCENARIOS = {"kill": kill.run, "crowd": crowd.run, "faults": faults.run, "leaks": leaks}


def main(scenario: str, size: str, seed: int) -> None:
    """Run it on the database of the settings."""
    django.setup()
    here = Place(Path(os.environ["YUPANA_HOME"]), os.environ.get("DATABASE_URL"))
    outcome = SCENARIOS[scenario](here, size, seed)
    print(json.dumps(asdict(outcome)))  # noqa: T201 - for who started it


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
