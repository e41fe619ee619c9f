"""What anybody may know of instruments: the portal reads this and nothing else of this room."""

from yupana.domain.instruments.public.alignments import Link, Place, links, opposite
from yupana.domain.instruments.public.editions import (
    EditionCard,
    Node,
    Paper,
    Seal,
    Stand,
    Told,
    edition,
    editions,
    heirs,
    in_force,
    item,
    papers,
    seal,
    stands,
    told,
    tree,
)

__all__ = [
    "EditionCard",
    "Link",
    "Node",
    "Paper",
    "Place",
    "Seal",
    "Stand",
    "Told",
    "edition",
    "editions",
    "heirs",
    "in_force",
    "item",
    "links",
    "opposite",
    "papers",
    "seal",
    "stands",
    "told",
    "tree",
]
