"""What the demonstration's State had published before the story begins: three plans, and how two of them meet."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from yupana.domain.instruments import actions
from yupana.domain.instruments.actions.aligning import import_alignments
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.vault import store as vault
from yupana.interfaces.cli.demo.cast import PLANNER
from yupana.interfaces.interchange.alignments import read_alignments
from yupana.interfaces.interchange.instruments import read_instrument

if TYPE_CHECKING:
    from yupana.foundation.kernel.actor import Actor
    from yupana.interfaces.cli.demo.cast import Cast

DATA = Path(__file__).parent / "data"
PLAN, EDITION, ABOVE = "PGD", "2024", "PDC"
DECREE = DATA / "decreto-7-2024.txt"
MOST_DECREE = 2**16
OLDER, FIRST, PUBLISHED = date(2021, 3, 1), date(2020, 2, 3), date(2024, 2, 15)


def publish(cast: Cast) -> None:
    """Bring in what was published long ago, publish the plan by decree, and say what it contributes to."""
    _publish(OPERATOR, "pdc-2021.csv", act="Ley 3/2021", on=OLDER)
    _publish(OPERATOR, "pgd-2020.csv", act="Decreto 41/2020", on=FIRST)
    planner = cast.actor(PLANNER, PUBLISHED)
    _publish(planner, "pgd-2024.csv", act="Decreto 7/2024", on=PUBLISHED, original=DECREE)
    import_alignments(actor=planner, rows=read_alignments(DATA / "articulacion.csv"), on=PUBLISHED)


def _publish(actor: Actor, file: str, *, act: str, on: date, original: Path | None = None) -> None:
    manuscript = read_instrument(DATA / file)
    cover = manuscript.heading
    actions.draft_edition(actor=actor, manuscript=manuscript)
    if original:
        with original.open("rb") as stream:
            kept = vault.put(stream, original.name, MOST_DECREE)
        actions.attach(actor=actor, edition=cover.ref, stored=kept)
    actions.publish(actor=actor, instrument=cover.instrument, edition=cover.edition, act=act, on=on)
