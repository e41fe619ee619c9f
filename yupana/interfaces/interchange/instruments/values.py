"""What stands in the cells of a table of items: days, numbers, shares and origins, as people write them."""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from yupana.domain.instruments.facts import Origin
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.text import fold
from yupana.interfaces.interchange.instruments.words import ORIGINS
from yupana.interfaces.interchange.strict import parse_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yupana.domain.instruments.facts import ItemRow

MOST_DIGITS = 400
UNSAID = "?"  # the number of a target that has none
_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})|(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_NUMBER = re.compile(r"([+-]?\d{1,400}(?:[.,]\d{1,400})?(?:E[+-]?\d{1,3})?) ?(%?)", re.ASCII)
_PLAIN = re.compile(r"[\w-]+", re.ASCII)
_STAKE = re.compile(r"-?\d{1,6}(?:[.,]\d{1,2})?", re.ASCII)


def day(text: str) -> date | None:
    """Read a day, 2025-12-31 or 31/12/2025; ValueError where it is none."""
    if not text:
        return None
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    if found["year"]:
        return date.fromisoformat(text)
    return date(int(found[6]), int(found[5]), int(found[4]))


def number(text: str) -> tuple[Decimal | None, str]:
    """Read a number and the "%" behind it; ValueError where it is none. A comma divides as a dot does."""
    if text in ("", UNSAID):
        return None, ""
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return Decimal(found[1].replace(",", ".")), found[2]


def checked(row: ItemRow) -> ItemRow:
    """Return an item whose target has numbers that can be written out; ValueError otherwise."""
    for each in (row.target.number, row.target.baseline) if row.target else ():
        if each is not None and (not each.is_finite() or abs(each.adjusted()) > MOST_DIGITS):
            raise ValueError(f"{each} is no number of a target")
    return row


def stake(text: str) -> int | None:
    """Read a share of the item above, in percent, as basis points; ValueError where it is none."""
    if not text:
        return None
    plain = text.removesuffix("%").strip()
    if not _STAKE.fullmatch(plain):
        raise ValueError(text)
    return int(Decimal(plain.replace(",", ".")) * 100)


def stake_text(stake: int | None) -> str:
    """Write basis points in percent: 1250 is 12.50."""
    return "" if stake is None else str(Decimal(stake).scaleb(-2))


def origins(text: str, where: str) -> tuple[Origin, ...]:
    """Read "split:LINEAGE merge:LINEAGE", or pairs in JSON where a lineage is no plain word; Refused otherwise."""
    pairs = parse_json(text, where) if text.startswith("[") else [word.split(":", 1) for word in text.split()]
    try:
        return tuple(Origin(ORIGINS[fold(kind)], _lineage(lineage)) for kind, lineage in pairs)
    except (KeyError, ValueError, TypeError) as error:
        raise Refused("value-unreadable", where=where, text=text[:80], column="origins") from error


def origins_text(origins: Sequence[Origin]) -> str:
    """Write them."""
    if all(_PLAIN.fullmatch(each.lineage) for each in origins):
        return " ".join(f"{each.kind}:{each.lineage}" for each in origins)
    return json.dumps([[each.kind, each.lineage] for each in origins], ensure_ascii=False)


def _lineage(text: object) -> str:
    if not isinstance(text, str):
        raise ValueError(text)  # noqa: TRY004 (one error for whatever a file says wrongly)
    return text
