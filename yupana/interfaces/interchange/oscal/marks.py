"""What OSCAL has no word for, as properties under a name space of ours: other programs leave them alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yupana.interfaces.interchange.oscal.grammar import is_string
from yupana.interfaces.interchange.plain import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.foundation.kernel.canonical import Plain

OURS = "urn:x-yupana:instrument"
BODY = "body"  # the name of the part that holds what explains a group or a control


def marks(told: Mapping[str, Plain]) -> list[dict[str, Any]]:
    """Say fields as properties: text as it stands where it can, anything else as JSON on one line."""
    return [{"name": name.replace("_", "-"), "ns": OURS, "value": _value(value)} for name, value in told.items()]


def apart(props: Any) -> tuple[dict[str, Any], list[Any]]:  # noqa: ANN401 (whatever a file says)
    """Part properties into the fields that ours say and all others; of a repeated field the last one counts."""
    told: dict[str, Any] = {}
    others = []
    for prop in props if isinstance(props, list) else []:
        if isinstance(prop, dict) and prop.get("ns") == OURS and isinstance(prop.get("value"), str):
            told[str(prop.get("name")).replace("-", "_")] = _read(prop["value"])
        else:
            others.append(prop)
    return told, others


def _value(value: Plain) -> str:
    if isinstance(value, str) and is_string(value) and value.isprintable() and _read(value) == value:
        return value
    said = dumps(value, only_ascii=False)
    return said if is_string(said) else dumps(value, only_ascii=True)


def _read(text: str) -> Any:  # noqa: ANN401 (whatever a file says)
    """Read a value: JSON of what a database keeps, or else the text itself."""
    try:
        return loads(text)
    except ValueError:
        return text
