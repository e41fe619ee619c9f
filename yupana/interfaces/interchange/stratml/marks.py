"""What StratML has no word for, as processing instructions of ours: validators and other programs pass them by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from yupana.interfaces.interchange.plain import dumps, loads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yupana.foundation.kernel.canonical import Plain

TARGET = "yupana"
TEXTS, ASSUMED, COVER = "texts", "assumed", "cover"


def told(element: etree._Element) -> dict[str, Any]:
    """Read what we said inside an element; ValueError where that cannot be understood."""
    said: dict[str, Any] = {}
    for node in element:
        if isinstance(node, etree._ProcessingInstruction) and node.target == TARGET:  # noqa: SLF001 (its only name)
            value = loads(node.text or "")
            if not isinstance(value, dict):
                raise ValueError("this is no mapping")
            said |= value
    return said


def tell(element: etree._Element, fields: Mapping[str, Plain]) -> None:
    """Say fields inside an element, before all else that stands there; nothing where there is nothing to say."""
    if fields:
        text = dumps(fields, only_ascii=True).replace("?>", "?\\u003e").replace("<", "\\u003c")
        mark = etree.ProcessingInstruction(TARGET, text)
        mark.tail, element.text = element.text, None
        element.insert(0, mark)
