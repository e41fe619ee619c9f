"""Items of a draft: added, changed by two at once without losing a word, removed as they were seen."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.domain.instruments.drafts import REF, begun, change, item, lineage, seen, tree, version
from tests.domain.instruments.plans import LINE, SMALL, published, row
from yupana.domain.instruments.actions import (
    add_item,
    change_item,
    drop_line,
    place_line,
    remove_item,
    settle_aside,
    start_edition,
)
from yupana.domain.instruments.actions.items import _write
from yupana.domain.instruments.models import Aside, Edition, Item, Unplaced
from yupana.domain.instruments.queries import branch, edition, facts
from yupana.domain.instruments.rules import WHOLE
from yupana.domain.instruments.rules.merging import Seen
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db
NEW: dict[str, Any] = {"role": "line", "code": "9", "text": "Nine"}


@pytest.fixture(autouse=True)
def _draft(db: None) -> None:
    begun()


def add(under: str = "", behind: str = "", **said: Any) -> Item:  # noqa: ANN401 - values by field
    where = {"under": lineage(under) if under else None, "behind": lineage(behind) if behind else None}
    return add_item(actor=OPERATOR, ref=REF, said=NEW | said, **where)


# --- added ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("where", "after"),
    [
        ({}, "1(1.1 1.2(1.2.a)) 9"),
        ({"under": "1"}, "1(1.1 1.2(1.2.a) 9)"),
        ({"under": "1.1"}, "1(1.1(9) 1.2(1.2.a))"),
        ({"behind": "1.1"}, "1(1.1 9 1.2(1.2.a))"),
        ({"behind": "1.2"}, "1(1.1 1.2(1.2.a) 9)"),
        ({"behind": "1.2.a"}, "1(1.1 1.2(1.2.a 9))"),
        ({"under": "1.1", "behind": "1"}, "1(1.1 1.2(1.2.a)) 9"),
    ],
)
def test_an_item_comes_where_it_was_asked_for(where: dict[str, str], after: str) -> None:
    add(**where)
    assert tree() == after


def test_an_item_says_all_that_was_written() -> None:
    made = add(
        body="Why\r\nso", due_on="2027-01-01", stake=50, target={"number": "3", "unit": "offices"}, audience="all"
    )
    made.refresh_from_db()
    assert (made.body, made.due_on, made.stake, made.target, made.audience, made.binds) == (
        "Why\nso",
        date(2027, 1, 1),
        50,
        {"number": "3", "unit": "offices"},
        "all",
        True,
    )


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"code": "1.1"}, "item-code-taken"),
        ({"code": "a b"}, "item-code-unusable"),
        ({"text": " "}, "item-text-missing"),
        ({"stake": 10_001}, "item-stake-outside"),
        ({"audience": "everybody everywhere"}, "item-audience-unreadable"),
        ({"role": "magic"}, "item-value-unusable"),
    ],
)
def test_what_cannot_stand_in_a_tree_is_refused(said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        add(**said)
    assert (refused.value.code, tree()) == (code, "1(1.1 1.2(1.2.a))")


def test_an_item_beside_one_that_left_is_refused_and_the_tree_stays() -> None:
    with pytest.raises(Refused, match="item-place-gone"):
        add_item(actor=OPERATOR, ref=REF, said=NEW, behind=uuid.uuid4())
    assert tree() == "1(1.1 1.2(1.2.a))"


# --- changed -------------------------------------------------------------------------------------------------------
def test_an_item_is_changed_and_its_version_moves_on() -> None:
    before = item("1.1").version
    after = change("1.1", text="Two counters", code="1.10")
    assert (after.text, after.code, after.version, after.lineage) == (
        "Two counters",
        "1.10",
        before + 1,
        lineage("1.1", "1"),
    )


def test_saying_the_same_again_changes_nothing() -> None:
    before = Item.objects.values().get(pk=item("1.1").pk)
    change("1.1", text=" One counter\r\n", body="")
    assert Item.objects.values().get(pk=item("1.1").pk) == before


def test_two_people_in_different_fields_are_both_kept() -> None:
    both_read = seen("1.1")
    change("1.1", both_read, text="Theirs", body="", due_on=None)
    after = change("1.1", both_read, text="One counter", body="Mine", due_on="2027-01-01")
    assert (after.text, after.body, after.due_on, Aside.objects.count()) == ("Theirs", "Mine", date(2027, 1, 1), 0)


def test_two_people_in_the_same_field_lose_nothing() -> None:
    both_read = seen("1.1")
    change("1.1", both_read, text="Theirs")
    with pytest.raises(Conflict) as conflict:
        change("1.1", both_read, text="Mine", body="Mine too", legal_basis="")
    kept = Aside.objects.get()
    assert (conflict.value.code, conflict.value.details, item("1.1").text, item("1.1").body) == (
        "item-changed",
        {"aside": kept.pk},
        "Theirs",
        "",
    )
    assert (kept.fields, kept.base, kept.lineage) == ({"text": "Mine", "body": "Mine too"}, 1, lineage("1.1"))


def test_the_same_sent_twice_is_kept_aside_once_and_another_beside_it() -> None:
    both_read = seen("1.1")
    change("1.1", both_read, text="Theirs")
    for text in ("Mine", "Mine", "Mine, in another window"):
        with pytest.raises(Conflict):
            change("1.1", both_read, text=text)
    assert [each.fields["text"] for each in Aside.objects.order_by("pk")] == ["Mine", "Mine, in another window"]


def test_what_was_written_about_an_item_that_left_is_kept_whole() -> None:
    base, gone = seen("1.1"), lineage("1.1")
    remove("1.1")
    with pytest.raises(Conflict, match="item-gone"):
        change_item(actor=OPERATOR, ref=REF, lineage=gone, seen=base, said=NEW)
    assert Aside.objects.get().fields == NEW


def test_an_item_that_never_was_is_missing() -> None:
    with pytest.raises(Missing):
        change_item(actor=OPERATOR, ref=REF, lineage=uuid.uuid4(), seen=Seen(), said=NEW)
    assert Aside.objects.count() == 0


def test_a_code_of_another_item_is_refused() -> None:
    with pytest.raises(Refused, match="item-code-taken"):
        change("1.1", code="1.2")


def test_only_a_draft_is_changed_and_only_by_planners() -> None:
    how: dict[str, Any] = {"lineage": lineage("1.1"), "seen": seen("1.1"), "said": {"text": "x"}}
    with pytest.raises(Conflict, match="edition-not-draft"):
        change_item(actor=OPERATOR, ref="QIPU/1", **how)
    with pytest.raises(Forbidden):
        change_item(actor=NOBODY, ref=REF, **how)
    assert item("1.1").text == "One counter"


def test_what_a_draft_would_weigh_is_known_before_it_is_published() -> None:
    change("1.1", stake=7500)
    weights = {fact.row.code: fact.weight for fact in facts(edition(REF).pk)}
    assert weights == {"1": WHOLE, "1.1": WHOLE * 3 // 4, "1.2": WHOLE // 4, "1.2.a": 0}


# --- asides --------------------------------------------------------------------------------------------------------
def kept_aside() -> Aside:
    both_read = seen("1.1")
    change("1.1", both_read, text="Theirs")
    with pytest.raises(Conflict):
        change("1.1", both_read, text="Mine")
    return Aside.objects.get()


def settle(aside: Aside, **how: Any) -> None:  # noqa: ANN401 - as the action takes them
    settle_aside(actor=OPERATOR, ref=REF, aside=aside.pk, **how)


@pytest.mark.parametrize("chosen", [None, "Mine", "Theirs and mine"])
def test_a_person_chooses_what_stands(chosen: str | None) -> None:
    aside = kept_aside()
    settle(aside, **({"seen": seen("1.1"), "said": {"text": chosen}} if chosen else {}))
    assert (item("1.1").text, Aside.objects.count()) == (chosen or "Theirs", 0)


def test_choosing_over_yet_another_change_keeps_all_three() -> None:
    aside, base = kept_aside(), seen("1.1")
    change("1.1", text="Theirs again")
    with pytest.raises(Conflict, match="item-changed"):
        settle(aside, seen=base, said={"text": "A mixture"})
    texts = [each.fields["text"] for each in Aside.objects.order_by("pk")]
    assert (item("1.1").text, texts) == ("Theirs again", ["Mine", "A mixture"])


def test_what_was_written_about_an_item_that_left_can_come_back_as_a_new_one() -> None:
    base, gone = seen("1.1"), lineage("1.1")
    remove("1.1")
    with pytest.raises(Conflict):
        change_item(actor=OPERATOR, ref=REF, lineage=gone, seen=base, said=NEW)
    settle(Aside.objects.get(), seen=Seen(), said=NEW)
    assert (tree(), Aside.objects.count()) == ("1(1.2(1.2.a)) 9", 0)


def test_an_aside_of_another_edition_is_missing() -> None:
    aside = kept_aside()
    start_edition(actor=OPERATOR, ref="QIPU/1", code="3", title="x")
    with pytest.raises(Missing):
        settle_aside(actor=OPERATOR, ref="QIPU/3", aside=aside.pk)
    with pytest.raises(Missing):
        settle_aside(actor=NOBODY, ref=REF, aside=aside.pk)
    assert Aside.objects.count() == 1


# --- removed -------------------------------------------------------------------------------------------------------
def remove(code: str, word: str | None = None) -> int:
    found = branch(edition(REF), lineage(code))
    return remove_item(actor=OPERATOR, ref=REF, lineage=lineage(code), seen=found.seen if word is None else word)


@pytest.mark.parametrize(("code", "count", "after"), [("1.1", 1, "1(1.2(1.2.a))"), ("1.2", 2, "1(1.1)"), ("1", 4, "")])
def test_an_item_leaves_with_all_below_it(code: str, count: int, after: str) -> None:
    assert (remove(code), tree()) == (count, after)


def test_what_another_wrote_below_meanwhile_is_not_removed_unseen() -> None:
    word = branch(edition(REF), lineage("1.2")).seen
    change("1.2.a", body="Much work")
    with pytest.raises(Conflict, match="branch-changed"):
        remove("1.2", word)
    assert tree() == "1(1.1 1.2(1.2.a))"


def test_what_another_added_below_meanwhile_is_not_removed_unseen() -> None:
    word = branch(edition(REF), lineage("1.2")).seen
    add(under="1.2")
    with pytest.raises(Conflict, match="branch-changed"):
        remove("1.2", word)


def test_the_edition_in_force_keeps_what_its_draft_removes() -> None:
    remove("1")
    assert tree("1") == "1(1.1 1.2(1.2.a))"


# --- lines without a place -----------------------------------------------------------------------------------------
def line(text: str = "A line") -> Unplaced:
    return Unplaced.objects.create(edition=Edition.objects.get(code="2"), where="a.md:7", why="no-place", text=text)


def test_a_line_is_copied_to_the_end_of_an_item_and_stays_listed_until_it_is_done() -> None:
    found = line()
    change("1.1", body="Before.")
    after = place_line(actor=OPERATOR, ref=REF, line=found.pk, lineage=lineage("1.1"))
    assert (after.body, Unplaced.objects.count()) == ("Before.\n\nA line", 1)
    drop_line(actor=OPERATOR, ref=REF, line=found.pk)
    assert Unplaced.objects.count() == 0


def test_a_line_that_is_not_there_is_missing() -> None:
    for attempt in (
        lambda: place_line(actor=OPERATOR, ref=REF, line=99, lineage=lineage("1.1")),
        lambda: place_line(actor=OPERATOR, ref=REF, line=line().pk, lineage=uuid.uuid4()),
        lambda: drop_line(actor=OPERATOR, ref=REF, line=99),
    ):
        with pytest.raises(Missing, match="line-unknown"):
            attempt()


# --- many ----------------------------------------------------------------------------------------------------------
def test_among_twelve_hundred_a_change_takes_a_few_statements(
    query_budget: Callable[[int], AbstractContextManager[object]],
) -> None:
    lines = tuple(row(LINE, str(at), (SMALL[0].role, "1")) for at in range(1199))
    published("4", rows=(SMALL[0], *lines))
    Edition.objects.filter(code="2").delete()
    start_edition(actor=OPERATOR, ref="QIPU/4", code="2", title="x")
    base, where = seen("600"), lineage("5")
    with query_budget(10):
        change("600", base, text="Changed")
    with query_budget(12):
        add_item(actor=OPERATOR, ref=REF, said=NEW | {"code": "new"}, behind=where)
    found = branch(edition(REF), lineage("1198"))
    with query_budget(22):  # whose rows an item may not be taken from under
        remove_item(actor=OPERATOR, ref=REF, lineage=found.items[0].lineage, seen=found.seen)
    assert (item("600").text, Item.objects.filter(edition__code="2").count(), version()) == ("Changed", 1200, 3)
    root = Item.objects.get(edition__code="2", parent=None)
    whole = branch(edition(REF), root.lineage)
    with query_budget(56):  # what else may hang on an item is asked for a hundred at a time
        assert remove_item(actor=OPERATOR, ref=REF, lineage=root.lineage, seen=whole.seen) == 1200


def test_what_was_changed_behind_the_lock_is_never_overwritten() -> None:
    """Whoever writes without holding the instrument, such as a console, is noticed all the same."""
    stale = item("1.1")
    Item.objects.filter(pk=stale.pk).update(version=7, text="Behind")
    with pytest.raises(Conflict, match="tree-changed"):
        _write(edition(REF), stale, {"text": "Over"})
    assert item("1.1").text == "Behind"
