"""The next edition of the demonstration's plan, as its planner wrote it, and the consultation that is open."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING

from yupana.domain.entities import queries as entities
from yupana.domain.instruments import actions, queries
from yupana.domain.instruments.actions.lineages import Descent
from yupana.domain.instruments.facts import Verdict, item_key
from yupana.domain.instruments.rules.fields import values
from yupana.domain.instruments.rules.merging import Seen
from yupana.foundation.kernel.actor import NOBODY
from yupana.interfaces.cli.demo.cast import ACCOUNTS, PLANNER
from yupana.interfaces.cli.demo.publishing import DATA, EDITION, PLAN

if TYPE_CHECKING:
    import uuid

    from yupana.domain.instruments.models import Item
    from yupana.foundation.kernel.actor import Actor
    from yupana.foundation.kernel.canonical import Plain
    from yupana.interfaces.cli.demo.cast import Cast

NEXT = "2028"
REF = f"{PLAN}/{NEXT}"
OPENED, OPEN = 12, 30  # days: since when it is open, and for how long
REWORDED: dict[str, dict[str, Plain]] = {
    "line:1": {
        "text": "Trámites que empiezan y terminan en línea, desde cualquier teléfono",
        "transition": "next_plan",
    },
    "target:1": {
        "text": "Ocho de cada diez trámites se terminan sin ir a una ventanilla",
        "target": {"number": "80", "unit": "%", "due_on": "2032-12-31", "source": "ask", "baseline": "60"},
    },
    "line:5": {"text": "Centros de cómputo compartidos", "transition": "end_of_year"},
    "line:7": {
        "text": "Datos abiertos y presupuesto, al día y a la vista del vecino",
        "body": "Se publica lo que más se pide, con la fecha de su última actualización. El gasto de cada trimestre va "
        "en una página y en lenguaje llano.",
        "transition": "next_plan",
    },
}
NETWORKS: dict[str, Plain] = {
    "role": "line", "code": "10", "text": "Redes compartidas entre oficinas", "binds": True, "due_on": "2030-12-31",
    "body": "Las oficinas de un mismo pueblo usan una sola conexión.", "transition": "end_of_year",
}  # fmt: skip
MACHINES: dict[str, Plain] = {
    "role": "line", "code": "11", "text": "Usar inteligencia artificial con reglas y con una persona responsable",
    "body": "Ninguna máquina decide sola sobre un derecho. Cada sistema tiene una persona que responde por él.",
    "legal_basis": "Ley 31 de Decisiones Automáticas", "due_on": "2029-12-31", "audience": "level:central",
    "binds": True,
}  # fmt: skip
REGISTER: dict[str, Plain] = {
    "role": "target", "code": "13", "text": "Cada ministerio publica la lista de los sistemas que deciden por él",
    "target": {"number": "100", "unit": "%", "due_on": "2029-12-31", "source": "count", "counted": "level:central"},
}  # fmt: skip


def draft(cast: Cast, on: date) -> None:
    """Write the next edition: three items reworded, one split, two merged, one moved, two new, one removed."""
    planner = cast.actor(PLANNER, on)
    title = "Plan de Gobierno Digital 2028-2032"
    actions.start_edition(actor=planner, ref=f"{PLAN}/{EDITION}", code=NEXT, title=title)
    for key, said in REWORDED.items():
        _change(planner, key, said)
    _split(planner)
    _merge(planner)
    _move(planner, "line:9", under="axis:1")
    new = actions.add_item(actor=planner, ref=REF, said=MACHINES, under=_item("axis:2").lineage)
    actions.add_item(actor=planner, ref=REF, said=REGISTER, under=new.lineage)
    _remove(planner, "target:6")


def consult(cast: Cast, today: date) -> None:
    """Put the draft to everybody, hear a few, and answer some of them."""
    opened = today - timedelta(days=OPENED)
    closes = opened + timedelta(days=OPEN)
    actions.open_consultation(actor=cast.actor(PLANNER, opened), edition=REF, closes_on=closes, on=opened)
    with (DATA / "comentarios.csv").open(encoding="utf-8", newline="") as file:
        for told in csv.DictReader(file):
            _hear(cast, told, today - timedelta(days=int(told["hace"])))


def _hear(cast: Cast, told: dict[str, str], on: date) -> None:
    """Hear one comment, of a body or of anybody, and answer it two days later if it was answered."""
    who = next((each for each in ACCOUNTS if each.username == told["cuenta"]), None)
    heard = actions.comment(
        actor=cast.actor(who.username, on) if who else NOBODY,
        entity=entities.named(who.entity).pk if who else None,
        edition=REF,
        item=told["ítem"],
        text=told["comentario"],
        on=on,
    )
    if told["veredicto"]:
        day = on + timedelta(days=2)
        actions.answer(
            actor=cast.actor(PLANNER, day),
            comment=heard.pk,
            verdict=Verdict(told["veredicto"]),
            text=told["respuesta"],
            on=day,
        )


def _split(planner: Actor) -> None:
    """Make two lines of the one about networks and computers."""
    whole = _item("line:5").lineage
    part = actions.add_item(actor=planner, ref=REF, said=NETWORKS, behind=whole)
    _settle(planner, part.lineage, Descent.SPLIT, whole)


def _merge(planner: Actor) -> None:
    """Make one line of open data and of the budget; the target of the second moves below it."""
    one, other = _item("line:7").lineage, _item("line:8").lineage
    _move(planner, "target:11", under="line:7")
    _remove(planner, "line:8")
    _settle(planner, one, Descent.MERGE, one, other)


def _settle(planner: Actor, lineage: uuid.UUID, descent: Descent, *formers: uuid.UUID) -> None:
    actions.settle_lineage(actor=planner, ref=REF, lineage=lineage, descent=descent, formers=formers)


def _change(planner: Actor, key: str, said: dict[str, Plain]) -> None:
    item = _item(key)
    seen = Seen.of(item.version, values(queries.row_of(item)))
    actions.change_item(actor=planner, ref=REF, lineage=item.lineage, seen=seen, said=said)


def _move(planner: Actor, key: str, under: str) -> None:
    tree = queries.edition(REF).version
    actions.move_item(actor=planner, ref=REF, lineage=_item(key).lineage, seen=tree, under=_item(under).lineage)


def _remove(planner: Actor, key: str) -> None:
    held = queries.branch(queries.edition(REF), _item(key).lineage)
    actions.remove_item(actor=planner, ref=REF, lineage=held.items[0].lineage, seen=held.seen)


def _item(key: str) -> Item:
    """Find an item of the draft by its key."""
    held = queries.items(queries.edition(REF).pk)
    return next(item for item in held if item_key(item.role, item.code) == key)
