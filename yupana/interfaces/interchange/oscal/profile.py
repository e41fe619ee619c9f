"""A profile as items: each control that it selects by id is a reference, and all else is kept as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.beyond import amended, section
from yupana.interfaces.interchange.codes import Codes, usable
from yupana.interfaces.interchange.oscal.grammar import LINK, SELECTION, fits, fitting, is_token
from yupana.interfaces.interchange.oscal.marks import apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yupana.interfaces.interchange.oscal.catalog import Thing

ITEMS = "items"  # our property that says what items say beyond being references
SELECTED, IDS = "include-controls", "with-ids"
NOWHERE = "#"  # the address of what a profile of ours imports where no file said it


def plain_rows(body: Thing, name: str) -> list[ItemRow]:
    """Say each selected control as a reference, in the words of OSCAL."""
    found = list(_references(body))
    codes = Codes(own for own, _place, _told in found if usable(own))
    seen: set[str] = set()
    rows = []
    for own, place, told in found:
        code = own if usable(own) and own not in seen else codes.fresh(own)
        seen.add(own)
        kept = told if code == own else told | {"id": own}
        rows.append(ItemRow(f"{name}#{place}", ItemRole.REQUIREMENT, code, own or code, None, more={"oscal": kept}))
    return rows


def rows_of(body: Thing, name: str, mended: list[Note]) -> list[ItemRow]:
    """Say all references as items, with what we said beside them ourselves, in the order that was meant."""
    rows = plain_rows(body, name)
    metadata = body.get("metadata")
    told = apart(metadata.get("props") if isinstance(metadata, dict) else None)[0].get(ITEMS, [])
    try:
        return _amended(rows, told)
    except (ValueError, TypeError):
        mended.append(Note(f"{name}#/metadata", "own-fields-unreadable", ITEMS))
        return rows


def skeleton(body: Thing) -> dict[str, Any]:
    """Keep the imports without the ids that became items."""
    imports = body.get("imports")
    return {"imports": [_bare(each) for each in imports] if isinstance(imports, list) else imports}


def imports_of(kept: Thing, rows: Sequence[ItemRow]) -> tuple[list[Thing], list[int]]:
    """Put rows back where they were selected, new ones where the first was; tell also their order in the file."""
    given = kept.get("imports")
    imports = [_sound(each) for each in (given if isinstance(given, list) else []) if isinstance(each, dict)]
    slots = [(at, slot) for at, each in enumerate(imports) for slot in range(len(each.get(SELECTED, [])))]
    if not slots and rows:
        imports.append({"href": NOWHERE, SELECTED: [{}]})
        slots = [(len(imports) - 1, 0)]
    chosen = [_slot(row, slots) for row in rows]
    order = sorted(range(len(rows)), key=lambda at: slots.index(chosen[at]))
    for at in order:
        place, slot = chosen[at]
        imports[place][SELECTED][slot].setdefault(IDS, []).append(_reference(rows[at]))
    return imports or [{"href": NOWHERE, "include-all": {}}], order


def _references(body: Thing) -> Iterator[tuple[str, str, Thing]]:
    """Yield each id that is selected, its place, and from which import and selection it is."""
    imports = body.get("imports")
    for at, each in enumerate(imports if isinstance(imports, list) else []):
        selections = each.get(SELECTED) if isinstance(each, dict) else None
        for slot, selection in enumerate(selections if isinstance(selections, list) else []):
            ids = selection.get(IDS) if isinstance(selection, dict) else None
            for number, own in enumerate(ids if isinstance(ids, list) else []):
                if isinstance(own, str):
                    told: Thing = {name: place for name, place in (("import", at), ("selection", slot)) if place}
                    told |= {"href": each["href"]} if isinstance(each.get("href"), str) else {}
                    yield own, f"/imports/{at}/{SELECTED}/{slot}/{IDS}/{number}", told


def _bare(each: Any) -> Any:  # noqa: ANN401 (whatever a file says)
    if not isinstance(each, dict) or not isinstance(each.get(SELECTED), list):
        return each
    return each | {SELECTED: [_without_ids(selection) for selection in each[SELECTED]]}


def _without_ids(selection: Any) -> Any:  # noqa: ANN401 (whatever a file says)
    if not isinstance(selection, dict) or not isinstance(selection.get(IDS), list):
        return selection
    odd = [own for own in selection[IDS] if not isinstance(own, str)]
    return {name: value for name, value in selection.items() if name != IDS} | ({IDS: odd} if odd else {})


def _sound(each: Thing) -> Thing:
    """Take of an import what the schema lets stand; an import without selection takes everything."""
    sound = fitting({"href": LINK["href!"]}, each)
    excluded = each.get("exclude-controls")
    if fits([SELECTION], excluded):
        sound["exclude-controls"] = excluded
    selected = each.get(SELECTED)
    if isinstance(selected, list) and selected:
        taken = [fitting(SELECTION, selection) if isinstance(selection, dict) else {} for selection in selected]
        return sound | {SELECTED: taken}
    return sound | {"include-all": {}}


def _slot(row: ItemRow, slots: list[tuple[int, int]]) -> tuple[int, int]:
    kept = section(row, "oscal")
    wanted = kept.get("import", 0), kept.get("selection", 0)
    return wanted if wanted in slots else slots[0]


def _reference(row: ItemRow) -> str:
    """Name the control that a row refers to; a row that is no reference needs a name as well."""
    own = section(row, "oscal").get("id", row.code)
    if is_token(own):
        return str(own)
    token = "".join(char if is_token(f"_{char}") else "-" for char in row.code)
    return token if is_token(token) else f"_{token}"


def _amended(rows: list[ItemRow], told: Any) -> list[ItemRow]:  # noqa: ANN401 (whatever a file says)
    order = list(range(len(rows)))
    made = list(rows)
    for at, fields in told:
        if at not in range(len(rows)) or not isinstance(fields, dict):
            raise ValueError(f"{at!r} is no item")
        said = dict(fields)
        position = said.pop("order", at)
        order[at] = position if type(position) is int else at
        made[at] = amended(rows[at], said)
    return [made[at] for at in sorted(range(len(rows)), key=order.__getitem__)]
