"""How a whole is divided down a tree without losing a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WHOLE = 10**9
WHOLE_STAKE = 10_000  # basis points


def divide(whole: int, parts: Sequence[int]) -> list[int]:
    """Divide a whole in proportion to positive integers by largest remainder; the shares add up to the whole.

    Equal remainders favour the earlier part, so the result is the same everywhere. No parts: no shares.
    """
    total = sum(parts)
    if not parts:
        return []
    if total <= 0 or min(parts) < 0:
        msg = "parts must be whole numbers, not negative and not all zero"
        raise ValueError(msg)
    shares = [whole * part // total for part in parts]
    order = sorted(range(len(parts)), key=lambda at: (-(whole * parts[at] % total), at))
    for at in order[: whole - sum(shares)]:
        shares[at] += 1
    return shares


def weigh(
    parents: Sequence[int | None], binding: Sequence[bool], stakes: Sequence[int | None] | None = None
) -> list[int]:
    """Divide the whole down a tree; a list of integer weights.

    ``parents`` gives each item's parent by position, and parents stand before their children. A binding leaf is an
    item that binds and has none below it that binds. Siblings that say their ``stakes`` (basis points of the item
    above) get them, the others share what is left in proportion to the binding leaves below each. The weights of the
    binding leaves add up to the whole; a node above them has the sum of theirs, and what has none at or below it
    weighs 0.
    """
    stakes = stakes or [None] * len(parents)
    leaves = [0] * len(parents)
    for at in range(len(parents) - 1, -1, -1):
        leaves[at] = leaves[at] or int(binding[at])
        above = parents[at]
        if above is not None:
            leaves[above] += leaves[at]
    families: dict[int | None, list[int]] = {}
    for at, above in enumerate(parents):
        if leaves[at]:
            families.setdefault(above, []).append(at)
    weights = [0] * len(parents)
    # A family enters the mapping with its first child, and every parent stands before its children.
    for above, family in sorted(families.items(), key=lambda each: -1 if each[0] is None else each[0]):
        parts = _parts([stakes[at] for at in family], [leaves[at] for at in family])
        shares = divide(WHOLE if above is None else weights[above], parts)
        for at, share in zip(family, shares, strict=True):
            weights[at] = share
    return weights


def _parts(stakes: Sequence[int | None], leaves: Sequence[int]) -> list[int]:
    """In which proportion siblings divide what their parent has: said stakes first, leaves for what is left."""
    said = sum(stake for stake in stakes if stake is not None)
    unsaid = sum(count for stake, count in zip(stakes, leaves, strict=True) if stake is None)
    left = max(0, WHOLE_STAKE - said)
    parts = [
        left * count if stake is None else stake * max(1, unsaid) for stake, count in zip(stakes, leaves, strict=True)
    ]
    return parts if any(parts) else list(leaves)
