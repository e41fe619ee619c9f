"""What anybody may know of instruments: the portal reads this and nothing else of this room."""

from yupana.domain.instruments.public.editions import EditionCard, Node, edition, editions, item, tree

__all__ = ["EditionCard", "Node", "edition", "editions", "item", "tree"]
