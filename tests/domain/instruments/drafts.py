"""A draft to write in: the small plan, published, and its second edition begun; and short words for its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.domain.instruments.plans import published
from yupana.domain.instruments.actions import change_item, start_edition
from yupana.domain.instruments.models import Edition, Item
from yupana.domain.instruments.queries import outline_of, row_of
from yupana.domain.instruments.rules.fields import values
from yupana.domain.instruments.rules.merging import Seen
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    import uuid

REF = "QIPU/2"


def begun() -> Edition:
    """The second edition, as a copy of the first."""
    published()
    return start_edition(actor=OPERATOR, ref="QIPU/1", code="2", title="Knots 2")


def item(code: str, edition: str = "2") -> Item:
    """The item of the draft with that code."""
    return Item.objects.select_related("parent").get(edition__code=edition, code=code)


def lineage(code: str, edition: str = "2") -> uuid.UUID:
    return item(code, edition).lineage


def seen(code: str) -> Seen:
    """What somebody sees who opens an item now."""
    held = item(code)
    return Seen.of(held.version, values(row_of(held)))


def version() -> int:
    """The version of the tree as it is now."""
    return Edition.objects.get(code="2").version


def change(code: str, base: Seen | None = None, /, **said: Any) -> Item:  # noqa: ANN401 - values by field
    how = {"seen": base or seen(code), "said": said}
    return change_item(actor=OPERATOR, ref=REF, lineage=lineage(code), **how)  # type: ignore[arg-type] # by name


def tree(edition: str = "2") -> str:
    """The codes of an edition with what is below each in parentheses; fails where branches do not stand together."""
    held = Edition.objects.get(code=edition)
    outline = outline_of(held)
    codes = dict(held.items.values_list("pk", "code"))

    def told(parent: int | None) -> str:
        return " ".join(
            codes[each] + (f"({told(each)})" if outline.family(each) else "") for each in outline.family(parent)
        )

    assert [each for root in outline.family(None) for each in outline.branch(root)] == list(outline.spots)
    return told(None)
