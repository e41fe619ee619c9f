"""Registering, registering again, and what follows what."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import FIRST_DAY, REGISTER, SOURCE, Bodies, Cast
from yupana.domain.entities.actions import ensure_levels, import_register, record_succession
from yupana.domain.entities.facts import EntityRow
from yupana.domain.entities.models import Entity, GovernmentLevel, Registration, Succession
from yupana.domain.entities.queries import sealed_contents
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.kernel.report import Report
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.queries import sealed_between
from yupana.foundation.ledger.verify import verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

pytestmark = pytest.mark.django_db
LATER = date(2018, 3, 1)


def register(rows: Sequence[EntityRow] = REGISTER, on: date = FIRST_DAY) -> Report:
    return import_register(actor=OPERATOR, source=SOURCE, rows=rows, on=on)


def changed(source_id: str, **fields: object) -> list[EntityRow]:
    return [replace(row, **fields) if row.source_id == source_id else row for row in REGISTER]  # type: ignore[arg-type] # fields of a row


def paths() -> dict[str, list[str]]:
    """The path of each body, in ids of the source."""
    ids = {str(key): source_id for key, source_id in Entity.objects.values_list("pk", "source_id")}
    return {
        entity.source_id: [ids[key] for key in entity.path.strip("/").split("/")] for entity in Entity.objects.all()
    }


def entries() -> list[tuple[str, dict[str, str | int], int]]:
    seal()
    return [(each.leaf.verb, dict(each.leaf.codes), each.leaf.version) for each in sealed_between(0, 10_000)]


# --- importing -----------------------------------------------------------------------------------------------------
def test_a_register_is_stored_whole() -> None:
    assert register() == Report(read=6, created=6)
    assert list(
        Entity.objects.order_by("pk").values_list("source_id", "code", "level_id", "territory", "bindable")
    ) == [
        ("1", "G-1", None, "", False),
        ("3", "100", "central", "", True),
        ("2", "G-2", None, "VA", False),
        ("4", "A-1", "municipal", "VA", True),
        ("5", "B-1", "municipal", "VA", True),
        ("6", "C-1", "departmental", "VA", True),
    ]


def test_each_path_is_the_chain_from_the_root() -> None:
    register()
    assert paths() == {
        "1": ["1"],
        "2": ["1", "2"],
        "3": ["3"],
        "4": ["1", "2", "4"],
        "5": ["1", "2", "5"],
        "6": ["1", "2", "6"],
    }


def test_every_body_gets_its_first_registration_and_its_entry() -> None:
    register()
    assert sorted(entries(), key=str) == sorted(
        [("entity.registered", {"entity": f"cast:{row.source_id}"}, 1) for row in REGISTER], key=str
    )
    assert verify(sealed_contents()).ok


def test_the_same_register_again_changes_and_records_nothing(
    query_budget: Callable[[int], AbstractContextManager[object]],
) -> None:
    register()
    with query_budget(10):
        again = register(on=LATER)
    assert (again, Entry.objects.count()) == (Report(read=6, unchanged=6), 6)


def test_a_changed_row_becomes_the_next_version() -> None:
    register()
    report = register(changed("4", name="Municipio del Ábaco Mayor"), on=LATER)
    versions = (
        Registration.objects.filter(entity__source_id="4").order_by("version").values_list("version", "content__name")
    )
    assert (report, list(versions)) == (
        Report(read=6, updated=1, unchanged=5),
        [(1, "Municipio de Ábaco"), (2, "Municipio del Ábaco Mayor")],
    )
    assert entries()[-1] == ("entity.registered", {"entity": "cast:4"}, 2)
    assert verify(sealed_contents()).ok


def test_a_changed_name_is_searched_and_sorted_by() -> None:
    register()
    register(changed("4", name="Zócalo"))
    assert Entity.objects.values_list("search_key", "sort_key").get(source_id="4") == ("zocalo ma a-1", "zocalo")


def test_a_group_that_moves_takes_what_is_below_it_along() -> None:
    register()
    report = register([row for row in changed("2", parent_id="") if row.source_id == "2"])
    assert (report.updated, paths()["4"], paths()["2"]) == (1, ["2", "4"], ["2"])


def test_a_file_may_hold_only_what_changed() -> None:
    register()
    extra = EntityRow("more.csv:2", "7", "D-1", "Empresa", parent_id="4", type="Empresa Municipal", bindable=True)
    report = register([extra])
    stored = Entity.objects.get(source_id="7")
    assert (report, stored.tutelage_id, stored.territory) == (
        Report(read=1, created=1),
        Entity.objects.get(source_id="4").pk,
        "VA",
    )


def test_a_category_is_told_by_its_column_alone() -> None:
    """Without the column what was told stays; an empty cell takes it away."""
    register()
    found = []
    for category in ("A", None, ""):
        report = register(changed("4", category=category))
        found.append((report.updated, Entity.objects.get(source_id="4").category))
    contents = Registration.objects.filter(entity__source_id="4").order_by("version").values_list("content", flat=True)
    assert (found, [content.get("category") for content in contents]) == (
        [(1, "A"), (0, "A"), (1, "")],
        [None, "A", None],
    )
    seal()
    assert verify(sealed_contents()).ok


def test_a_tutelage_further_down_the_file_is_found() -> None:
    rows = [replace(row, tutelage_id="6") if row.source_id == "3" else row for row in REGISTER]
    register(rows)
    assert Entity.objects.get(source_id="3").tutelage == Entity.objects.get(source_id="6")


def test_a_tutelage_that_ends_is_taken_away() -> None:
    register(changed("3", tutelage_id="6"))
    register()
    assert Entity.objects.get(source_id="3").tutelage is None


def test_the_same_id_in_another_source_is_another_body() -> None:
    register()
    import_register(actor=OPERATOR, source="other", rows=REGISTER, on=FIRST_DAY)
    assert Entity.objects.filter(source_id="4").count() == 2


def test_a_slip_in_one_row_leaves_everything_as_it_was() -> None:
    with pytest.raises(Refused, match="parent-unknown"):
        register([*REGISTER, EntityRow("cast.csv:8", "9", "X", "X", parent_id="77")])
    assert (Entity.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_code_used_twice_is_imported_twice_and_flagged() -> None:
    report = register(changed("5", code="A-1"))
    assert (report.created, [(note.where, note.why) for note in report.flagged]) == (
        6,
        [("cast.csv:5", "code-duplicated"), ("cast.csv:6", "code-duplicated")],
    )


def test_a_body_without_a_level_is_kept_and_reported_each_time() -> None:
    rows = [EntityRow("f.csv:2", "1", "X", "Misterio", bindable=True)]
    first, again = register(rows), register(rows)
    assert (first.created, [note.why for note in first.unplaced], again.unchanged, again.unplaced) == (
        1,
        ["level-not-told"],
        1,
        first.unplaced,
    )


def test_progress_is_told_row_by_row() -> None:
    done: list[int] = []
    import_register(actor=OPERATOR, source=SOURCE, rows=REGISTER, on=FIRST_DAY, tick=done.append)
    import_register(actor=OPERATOR, source=SOURCE, rows=changed("4", name="X"), on=LATER, tick=done.append)
    assert sum(done) == 12


def test_a_name_full_of_enyes_still_has_a_sort_key() -> None:
    register(changed("4", name="ñ" * 300))
    assert len(Entity.objects.get(source_id="4").sort_key) == 320


def test_a_large_register_takes_few_queries(query_budget: Callable[[int], AbstractContextManager[object]]) -> None:
    rows = [
        EntityRow(f"f.csv:{at}", str(at), f"C-{at}", f"Cuerpo {at}", parent_id=str(at // 50 or ""), level="municipal")
        for at in range(1, 2001)
    ]
    register(rows)
    with query_budget(10):
        again = register(rows)
    assert again.unchanged == 2000


def test_levels_are_put_once() -> None:
    ensure_levels()
    ensure_levels()
    assert list(GovernmentLevel.objects.values_list("code", flat=True)) == [
        "central",
        "departmental",
        "municipal",
        "indigenous",
        "regional",
        "university",
    ]


# --- who may -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["inti", "killa", "executive", "auditor", "expired", "sami"])
def test_only_the_authority_and_the_operator_may_register(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        import_register(actor=getattr(cast, who), source=SOURCE, rows=changed("4", name="X"), on=LATER)
    with pytest.raises(Forbidden):
        record_succession(actor=getattr(cast, who), predecessors=[cast.a], successor=cast.b, on=LATER, act="Ley 1")
    assert (Entity.objects.filter(name="X").count(), Succession.objects.count()) == (0, 0)


def test_an_authority_planner_may_register(cast: Cast) -> None:
    report = import_register(actor=cast.amaru, source=SOURCE, rows=changed("4", name="X"), on=LATER)
    assert report.updated == 1


# --- succession ----------------------------------------------------------------------------------------------------
def test_a_merger_ends_its_predecessors_the_day_before(bodies: Bodies) -> None:
    record_succession(actor=OPERATOR, predecessors=[bodies.a, bodies.c], successor=bodies.b, on=LATER, act=" Ley  1 ")
    assert [(each.predecessor, each.successor, each.on, each.act) for each in Succession.objects.order_by("pk")] == [
        (bodies.a, bodies.b, LATER, "Ley 1"),
        (bodies.c, bodies.b, LATER, "Ley 1"),
    ]
    ends = list(Entity.objects.order_by("pk").values_list("source_id", "valid_to").exclude(valid_to=None))
    assert ends == [("4", date(2018, 2, 28)), ("6", date(2018, 2, 28))]


def test_a_succession_is_recorded_with_the_end_that_it_brings(bodies: Bodies) -> None:
    record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=bodies.b, on=LATER, act="Ley 1")
    assert entries()[-2:] == [
        ("entity.succeeded", {"from": "cast:4", "to": "cast:5"}, 1),
        ("entity.registered", {"entity": "cast:4"}, 2),
    ]
    assert verify(sealed_contents()).ok


def test_a_split_is_recorded_once_per_successor_and_ends_the_body_once(bodies: Bodies) -> None:
    for successor in (bodies.b, bodies.c):
        record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=successor, on=LATER, act="Ley 1")
    assert (Succession.objects.count(), bodies.a.registrations.count()) == (2, 2)


def test_the_register_does_not_bring_back_a_body_that_was_succeeded(bodies: Bodies) -> None:
    record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=bodies.b, on=LATER, act="Ley 1")
    report = register()
    assert (report.unchanged, Entity.objects.get(pk=bodies.a.pk).valid_to) == (6, date(2018, 2, 28))


@pytest.mark.parametrize(("act", "code"), [("  ", "succession-act-missing"), ("x" * 301, "succession-act-missing")])
def test_a_succession_names_its_act(bodies: Bodies, act: str, code: str) -> None:
    with pytest.raises(Refused, match=code):
        record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=bodies.b, on=LATER, act=act)


def test_nobody_follows_nobody_or_itself(bodies: Bodies) -> None:
    for predecessors in ([], [bodies.b], [bodies.a, bodies.a]):
        with pytest.raises(Refused, match="succession-to-itself"):
            record_succession(actor=OPERATOR, predecessors=predecessors, successor=bodies.b, on=LATER, act="Ley 1")
    assert Succession.objects.count() == 0


def test_the_same_succession_twice_is_a_conflict(bodies: Bodies) -> None:
    record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=bodies.b, on=LATER, act="Ley 1")
    with pytest.raises(Conflict, match="succession-recorded"):
        record_succession(actor=OPERATOR, predecessors=[bodies.a], successor=bodies.b, on=LATER, act="Ley 2")


def test_a_body_cannot_end_before_it_began() -> None:
    register(changed("4", valid_from=LATER))
    a, b = Entity.objects.get(source_id="4"), Entity.objects.get(source_id="5")
    with pytest.raises(Refused, match="validity-backwards"):
        record_succession(actor=OPERATOR, predecessors=[a], successor=b, on=LATER, act="Ley 1")
    assert (Succession.objects.count(), Entry.objects.count()) == (0, 6)


# --- what the ledger vouches for -----------------------------------------------------------------------------------
def test_a_name_changed_behind_the_ledgers_back_is_found(bodies: Bodies) -> None:
    seal()
    position = next(each.position for each in sealed_between(0, 99) if each.leaf.codes == {"entity": bodies.a.ref})
    Entity.objects.filter(pk=bodies.a.pk).update(name="Municipio de Abaco")
    verdict = verify(sealed_contents())
    assert (verdict.ok, verdict.first_broken, verdict.why) == (False, position, "content")


def test_a_registration_changed_behind_the_ledgers_back_is_found(bodies: Bodies, unguarded_db: None) -> None:
    seal()
    position = next(each.position for each in sealed_between(0, 99) if each.leaf.codes == {"entity": bodies.a.ref})
    kept = Registration.objects.get(entity=bodies.a)
    Registration.objects.filter(pk=kept.pk).update(content={**kept.content, "territory": "XX"})
    verdict = verify(sealed_contents())
    assert (verdict.ok, verdict.first_broken) == (False, position)


def test_an_older_registration_is_held_against_its_own_entry_alone(bodies: Bodies) -> None:
    register(changed("4", name="Otro"), on=LATER)
    seal()
    assert verify(sealed_contents()).ok
