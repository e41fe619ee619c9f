"""A rehearsed update: a plan of forty lines, what two bodies promised for it, and its second edition.

Of the forty lines 5 are reworded, 3 moved, 2 merged into one, 1 split in two, 4 removed and 10 renumbered; 4 lines and
2 targets are new. Each axis keeps ten lines, so that nothing weighs otherwise than before.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import NAMESPACE_OID, uuid5

from tests.cast import HANDED_IN_ON, make_call, make_entities, make_people, make_plan, obligation_of
from yupana.domain.commitments.actions import confirm_year_one, reclassify
from yupana.domain.commitments.facts import PlanRow
from yupana.domain.instruments.actions import draft_edition, publish
from yupana.domain.instruments.facts import Heading, ItemRole, ItemRow, Manuscript, Origin, OriginKind, Transition
from yupana.domain.obligations.actions import open_call
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from tests.cast import Cast
    from yupana.domain.instruments.models import Edition
    from yupana.domain.obligations.models import Call
    from yupana.domain.submissions.models import Submission

AXIS, LINE, TARGET = ItemRole.AXIS, ItemRole.LINE, ItemRole.TARGET
ENACTED = date(2019, 9, 2)  # the second edition
SECOND_OPENS, SECOND_DUE = date(2019, 10, 1), date(2019, 12, 20)

_DO = (
    "Publicar",
    "Ordenar",
    "Abrir",
    "Proteger",
    "Medir",
    "Enseñar",
    "Conectar",
    "Simplificar",
    "Archivar",
    "Traducir",
)
_WHAT = (
    "los registros del agua",
    "las ventanillas del valle",
    "los caminos de la sierra",
    "las semillas del altiplano",
)

REWORDED = ("1", "2", "11", "21", "31")
MOVED = {"3": "2", "13": "3", "23": "1"}  # line -> its new axis; axis 4 gives and takes none
MERGED, INTO = ("14", "15"), "50"
SPLIT, PARTS = "16", ("51", "52")
REMOVED = ("4", "17", "24", "32")
ADDED = {"61": "1", "62": "2", "63": "3", "64": "4"}  # line -> its axis
NEW_TARGETS = {"71": "5", "72": "33"}  # target -> its line
RENUMBERED = {str(at): f"9{at}" for at in (6, 7, 8, 25, 26, 27, 34, 35, 36, 37)}
TRANSITIONS = {"1": Transition.NEXT_PLAN, "2": Transition.END_OF_YEAR, INTO: Transition.NEXT_PLAN}


def lineage(key: str) -> str:
    """Name an item through all editions: by the key ("role:code") that it had first."""
    return str(uuid5(NAMESPACE_OID, key))


def line(code: str) -> str:
    """Name a line through all editions."""
    return lineage(f"line:{code}")


def axis_of(code: str) -> str:
    """Say on which axis a line of the first edition stands."""
    return str((int(code) - 1) // 10 + 1)


def _row(role: ItemRole, code: str, text: str, parent: tuple[ItemRole, str] | None, **more: object) -> ItemRow:
    row = ItemRow(f"plan.md:{code}", role, code, text, parent, lineage=lineage(f"{role}:{code}"))
    return replace(row, **more)  # type: ignore[arg-type] # whatever a row says


def _text(at: int) -> str:
    return f"{_DO[at % 10]} {_WHAT[at // 10]} y contarlos cada año con sus vecinos"


def first() -> tuple[ItemRow, ...]:
    """Write the first edition: four axes of ten lines, a target below three of them."""
    lines = [_row(LINE, str(at + 1), _text(at), (AXIS, axis_of(str(at + 1)))) for at in range(40)]
    targets = [_row(TARGET, each, f"Todo contado, línea {each}", (LINE, each)) for each in ("1", "5", "12")]
    return (*(_row(AXIS, str(at), f"Eje del {_WHAT[at - 1]}", None) for at in range(1, 5)), *lines, *targets)


def second() -> tuple[ItemRow, ...]:
    """Edit it."""
    gone = {*MERGED, SPLIT, *REMOVED}
    kept = [_edited(row) for row in first() if not (row.role is LINE and row.code in gone)]
    merged = [Origin(OriginKind.MERGE, line(each)) for each in MERGED]
    new = [
        _row(LINE, INTO, "Enseñar y medir las ventanillas del valle", (AXIS, "2"), origins=tuple(merged)),
        *(
            _row(LINE, each, f"Conectar las ventanillas, parte {each}", (AXIS, "2"), origins=(_SPLIT,))
            for each in PARTS
        ),
        *(_row(LINE, each, f"Escuchar a los vecinos del eje {axis}", (AXIS, axis)) for each, axis in ADDED.items()),
        *(_row(TARGET, each, f"Diez de diez, línea {above}", (LINE, above)) for each, above in NEW_TARGETS.items()),
    ]
    return tuple(
        replace(row, transition=TRANSITIONS.get(row.code, row.transition)) if row.role is LINE else row
        for row in (*kept, *new)
    )


_SPLIT = Origin(OriginKind.SPLIT, line(SPLIT))


def _edited(row: ItemRow) -> ItemRow:
    if row.role is not LINE:
        return row
    if row.code in REWORDED:
        return replace(row, text=row.text.replace("cada año", "cada mes"))
    if row.code in MOVED:
        return replace(row, parent=(AXIS, MOVED[row.code]))
    return replace(row, code=RENUMBERED.get(row.code, row.code))


def draft(edition: str, rows: tuple[ItemRow, ...]) -> None:
    """Draft an edition of the plan."""
    cover = Heading("PLAN", "Plan PLAN", "plan", edition, f"Plan PLAN, edición {edition}", "")
    draft_edition(actor=OPERATOR, manuscript=Manuscript(cover, rows))


def enact(rows: tuple[ItemRow, ...] = ()) -> Edition:
    """Publish the second edition by its act."""
    draft("2", rows or second())
    return publish(actor=OPERATOR, instrument="PLAN", edition="2", act="Acto 2/2019", on=ENACTED)


def activity(row: int, answers: str, **more: object) -> PlanRow:
    """Write one row of a plan; ``answers`` is a line's code, "" for none."""
    told = PlanRow(row=row, item=answers and f"line:{answers}", medium="proyecto", name=f"Actividad {row}")
    return replace(told, **more)  # type: ignore[arg-type] # whatever a row says


FULL = {"indicator": "Granos", "target": "100", "responsible": "Unidad", "budget_cents": 5_00}
# What A and B promised for the first edition: by row, the line that it answers.
OF_A = (
    activity(1, "1", **FULL), activity(2, "3"), activity(3, "14", indicator="Granos", target="9"), activity(4, "15"),
    activity(5, "16"), activity(6, "16", **FULL), activity(7, "4"), activity(8, "6", **FULL), activity(9, "5"),
    activity(10, "", starts="Año 1"),
)  # fmt: skip
OF_B = (activity(1, "2"), activity(2, "14", **FULL), activity(3, "24"), activity(4, "9", **FULL), activity(5, "40"))


class Rehearsal(NamedTuple):
    """Everything before the update: a call for the first edition, with the plans of A and B accepted and C silent."""

    cast: Cast
    call: Call
    of_a: Submission
    of_b: Submission


def rehearse() -> Rehearsal:
    """Bring it about. A reviewer has moved B's fourth row from line 9 to line 10."""
    cast = make_people(make_entities())
    draft("1", first())
    publish(actor=OPERATOR, instrument="PLAN", edition="1", act="Acto 1/2018", on=date(2018, 1, 15))
    call = make_call(audience="level:municipal or level:departmental")
    of_a = make_plan(cast, obligation_of(call, cast.a), OF_A)
    of_b = make_plan(cast, obligation_of(call, cast.b), OF_B, actor=cast.killa, on=HANDED_IN_ON.replace(day=12))
    fourth = of_b.activities.get(row=4)
    reclassify(actor=cast.amaru, activity=fourth, item="line:10", reason="Es de la línea 10", on=date(2018, 5, 21))
    confirm_year_one(actor=cast.inti, obligation=of_a.obligation, year=2018, on=HANDED_IN_ON)
    return Rehearsal(cast, call, of_a, of_b)


def second_call(since: str = "") -> Call:
    """Put the second edition to the same bodies; with ``since`` only what changed."""
    return open_call(
        actor=OPERATOR,
        editions=("PLAN/2",),
        audience="level:municipal or level:departmental",
        opens_on=SECOND_OPENS,
        due_on=SECOND_DUE,
        period="2020",
        code="SEGUNDA",
        since=since,
        on=SECOND_OPENS,
    )
