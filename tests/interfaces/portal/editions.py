"""Two editions of one plan, the second with one change of every kind, and another plan to be aligned with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests import cast as house
from yupana.domain.instruments.facts import ItemRole, ItemRow, Origin, OriginKind, Target
from yupana.domain.instruments.models import Item

AXIS, LINE, TARGET = ItemRole.AXIS, ItemRole.LINE, ItemRole.TARGET
BODY = "Cada entidad publica sus trámites.\n\n" + "Un párrafo que no cambia. " * 40 + "\n\nAl final se revisa."
FIRST = (
    ItemRow("p:1", AXIS, "1", "Un Estado abierto", None),
    ItemRow("p:2", LINE, "1", "Publicar los trámites en papel", (AXIS, "1"), body=BODY),
    ItemRow("p:3", LINE, "2", "Atender en ventanilla", (AXIS, "1")),
    ItemRow("p:4", LINE, "3", "Capacitar y conectar", (AXIS, "1")),
    ItemRow("p:5", LINE, "4", "Archivar expedientes", (AXIS, "1")),
    ItemRow("p:6", AXIS, "2", "Un Estado cercano", None),
    ItemRow("p:7", LINE, "5", "Llegar a los municipios", (AXIS, "2")),
    ItemRow("p:8", TARGET, "1", "La mitad de los municipios", (LINE, "5")),
)


def lineage(key: str, edition: str = "1") -> str:
    """Find the lineage of an item of the plan."""
    role, _, code = key.partition(":")
    return str(Item.objects.get(edition__instrument__code="DOS", edition__code=edition, role=role, code=code).lineage)


def second() -> list[ItemRow]:
    """Write the second edition: reworded, redated, readdressed, moved, retargeted, split, merged, added, removed."""
    rows = {row.key: replace(row, lineage=lineage(row.key)) for row in FIRST}
    rows["line:1"] = replace(
        rows["line:1"],
        text="Publicar los trámites en línea",
        body=BODY.replace("se revisa", "se evalúa"),
        due_on=date(2025, 12, 31),
        audience="level:municipal",
    )
    rows["line:2"] = replace(rows["line:2"], parent=(AXIS, "2"))
    rows["target:1"] = replace(rows["target:1"], target=Target(Decimal(50), "%", date(2026, 6, 30)))
    rows["line:5"] = replace(rows["line:5"], origins=(Origin(OriginKind.MERGE, lineage("line:4")),))
    del rows["line:4"]
    split = Origin(OriginKind.SPLIT, lineage("line:3"))
    rows["line:6"] = ItemRow("p:9", LINE, "6", "Conectar", (AXIS, "1"), origins=(split,))
    rows["line:7"] = ItemRow("p:10", LINE, "7", "Escuchar", (AXIS, "2"))
    return list(rows.values())


def make_editions() -> None:
    """Publish both."""
    house.make_edition("DOS", "1", rows=FIRST)
    house.make_edition("DOS", "2", rows=second())
