"""One scenario inside a place: the process that `soak.py` starts there. It prints what it counted, as JSON."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import django

from tests.soak import crowd, faults, kill
from tests.soak.place import Place

SCENARIOS = {"kill": kill.run, "crowd": crowd.run, "faults": faults.run}


def main(scenario: str, size: str, seed: int) -> None:
    """Run it on the database of the settings."""
    django.setup()
    here = Place(Path(os.environ["YUPANA_HOME"]), os.environ.get("DATABASE_URL"))
    outcome = SCENARIOS[scenario](here, size, seed)
    print(json.dumps(asdict(outcome)))  # noqa: T201 - for who started it


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
