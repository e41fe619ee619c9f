"""What waits for the authority."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import (
    DUE_ON,
    HANDED_IN_ON,
    Cast,
    hand_in,
    make_call,
    make_draft,
    make_edition,
    make_person,
    make_plan,
    obligation_of,
)
from tests.cast import actor_of as acting
from yupana.domain.obligations.actions import close_call, waive
from yupana.domain.obligations.rules import Standing
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import NOBODY, OPERATOR, Role
from yupana.foundation.kernel.errors import Refused
from yupana.projections.overviews import queue

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Call

TODAY = date(2018, 5, 30)


@pytest.fixture
def call(cast: Cast) -> Call:
    make_edition()
    return make_call()


# --- the queue -----------------------------------------------------------------------------------------------------
def test_age_is_counted_from_the_day_it_was_received(cast: Cast, call: Call) -> None:
    hand_in(cast.inti, obligation_of(call, cast.a))
    (pending,) = queue.pending(cast.amaru, on=TODAY).rows
    assert pending.age == (TODAY - HANDED_IN_ON).days


def test_where_that_day_is_not_known_from_the_day_it_was_recorded(cast: Cast, call: Call) -> None:
    version = hand_in(cast.inti, obligation_of(call, cast.a))
    version.received_on = None
    assert version.entry
    recorded = version.entry.recorded_at.date()
    found = queue._age(version, recorded + timedelta(days=3))  # noqa: SLF001 - a day that only old paper lacks
    assert found in {2, 3, 4}  # the record counts in UTC


def test_nothing_is_younger_than_today(cast: Cast, call: Call) -> None:
    hand_in(cast.inti, obligation_of(call, cast.a))
    assert queue.pending(cast.amaru, on=HANDED_IN_ON - timedelta(days=9)).rows[0].age == 0


def test_ones_own_entity_is_marked(cast: Cast, call: Call) -> None:
    person, _ = make_person("mara", (Role.REVIEWER, cast.authority), (Role.EXECUTIVE, cast.a))
    for actor, entity in ((cast.inti, cast.a), (cast.killa, cast.b)):
        hand_in(actor, obligation_of(call, entity))
    marked = [pending.own for pending in queue.pending(acting(person), on=TODAY).rows]
    assert marked == [True, False]


@pytest.mark.parametrize("who", ["inti", "killa", "executive"])
def test_an_entity_finds_its_own_at_most(cast: Cast, call: Call, who: str) -> None:
    """The door keeps entities out; should one come in, it would see nobody else's."""
    hand_in(cast.inti, obligation_of(call, cast.a))
    found = queue.pending(getattr(cast, who), on=TODAY).rows
    assert {pending.submission.obligation.debtor_id for pending in found} <= {cast.a.pk} - (
        {cast.a.pk} if who == "killa" else set()
    )


def test_nobody_finds_anything(cast: Cast, call: Call) -> None:
    hand_in(cast.inti, obligation_of(call, cast.a))
    assert queue.pending(NOBODY, on=TODAY).rows == ()


@pytest.mark.parametrize(("page", "given"), [(-1, 1), (0, 1), (1, 1), (2, 2), (3, 3), (99, 3)])
def test_pages_count_from_one_and_end(
    cast: Cast, call: Call, monkeypatch: pytest.MonkeyPatch, page: int, given: int
) -> None:
    monkeypatch.setattr(queue, "SIZE", 2)
    for period in ("2019", "2020", "2021", "2022", "2023"):
        hand_in(cast.inti, obligation_of(make_call(period=period), cast.a))
    found = queue.pending(cast.amaru, on=TODAY, page=page)
    assert (found.page, found.pages, found.total, len(found.rows)) == (given, 3, 5, 1 if given == 3 else 2)


def test_the_filter_offers_calls_with_something_to_decide(cast: Cast, call: Call) -> None:
    make_call(period="2019")
    hand_in(cast.inti, obligation_of(call, cast.a))
    hand_in(cast.killa, obligation_of(call, cast.b))
    assert queue.calls_waiting(cast.amaru) == ((call.code, call.title),)


# --- the morning ---------------------------------------------------------------------------------------------------
def test_the_morning_of_a_reviewer(cast: Cast, call: Call) -> None:
    make_edition("OTRO", published=False)
    hand_in(cast.inti, obligation_of(call, cast.a))
    work = queue.work(cast.amaru, on=TODAY)
    told = (work.waiting, work.decidable, work.oldest, [draft.title for draft in work.drafts], len(work.calls))
    assert told == (1, 1, 20, ["Plan OTRO, edición 1"], 1)


def test_an_auditor_decides_nothing_and_sees_no_draft(cast: Cast, call: Call) -> None:
    make_edition("OTRO", published=False)
    hand_in(cast.inti, obligation_of(call, cast.a))
    work = queue.work(cast.auditor, on=TODAY)
    assert (work.waiting, work.decidable, work.drafts) == (1, 0, ())


def test_a_quiet_morning(cast: Cast, call: Call) -> None:
    work = queue.work(cast.amaru, on=TODAY)
    assert (work.waiting, work.oldest, work.transcribing) == (0, None, ())


def test_a_letter_half_typed_is_found_by_who_types_it(cast: Cast, call: Call) -> None:
    draft = make_draft(cast.amaru, obligation_of(call, cast.a))
    found = [queue.work(actor, on=TODAY).transcribing for actor in (cast.amaru, cast.auditor)]
    assert found == [(draft,), ()]


# --- calls and debtors ---------------------------------------------------------------------------------------------
def test_a_call_counts_its_debtors(cast: Cast, call: Call) -> None:
    make_plan(cast, obligation_of(call, cast.a))
    hand_in(cast.killa, obligation_of(call, cast.b))
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.b), reason="x", act="y", on=TODAY)
    (line,) = queue.calls(cast.amaru)
    assert (line.debtors, line.met, line.waiting, line.waived) == (2, 1, 1, 1)


def test_a_version_accepted_twice_is_met_once(cast: Cast, call: Call) -> None:
    for _ in range(2):
        make_plan(cast, obligation_of(call, cast.a))
    assert [line.met for line in queue.calls(cast.amaru)] == [1]


def test_only_open_calls_when_asked(cast: Cast, call: Call) -> None:
    close_call(actor=OPERATOR, call=call, on=TODAY)
    assert (len(queue.calls(cast.amaru)), len(queue.calls(cast.amaru, only_open=True))) == (1, 0)


def test_a_debtor_stands_as_of_the_day(cast: Cast, call: Call) -> None:
    make_plan(cast, obligation_of(call, cast.a))
    stands = [
        [debtor.standing for debtor in queue.debtors(cast.amaru, call, on=day).rows]
        for day in (DUE_ON, DUE_ON + timedelta(days=1))
    ]
    assert stands == [[Standing.MET, Standing.OPEN], [Standing.MET, Standing.LATE]]


def test_a_draft_of_an_entity_is_no_version_here(cast: Cast, call: Call) -> None:
    make_draft(cast.inti, obligation_of(call, cast.a))
    rows = queue.debtors(cast.amaru, call, on=TODAY).rows
    assert [(row.current, row.typing, row.startable) for row in rows] == [(None, False, True)] * 2


def test_what_is_under_review_or_waived_cannot_be_typed_in(cast: Cast, call: Call) -> None:
    hand_in(cast.inti, obligation_of(call, cast.a))
    waive(actor=OPERATOR, obligation=obligation_of(call, cast.b), reason="x", act="y", on=TODAY)
    assert [row.startable for row in queue.debtors(cast.amaru, call, on=TODAY).rows] == [False, False]


@pytest.mark.parametrize(
    ("text", "codes"), [("", ["A-1", "B-1"]), ("NANDU", ["B-1"]), ("abaco a-1", ["A-1"]), ("%", [])]
)
def test_debtors_are_found_by_all_words(cast: Cast, call: Call, text: str, codes: list[str]) -> None:
    rows = queue.debtors(cast.amaru, call, on=TODAY, text=text).rows
    assert [row.obligation.debtor.code for row in rows] == codes


# --- whom a call reaches -------------------------------------------------------------------------------------------
def test_an_audience_is_told_whole_by_level(cast: Cast) -> None:
    reach = queue.reach("level:municipal or level:departmental", on=TODAY)
    levels = [(level.name_en, level.bodies) for level in reach.levels]
    assert (reach.total, levels) == (
        3,
        [
            ("Departmental", (("Gobernación del Valle", "C-1"),)),
            ("Municipal", (("Municipio de Ábaco", "A-1"), ("Municipio de Ñandú", "B-1"))),
        ],
    )


def test_groups_are_never_reached(cast: Cast) -> None:
    assert queue.reach("all", on=TODAY).total == 4


def test_many_are_reached_by_one_query(cast: Cast, query_budget: Any) -> None:  # noqa: ANN401 - a fixture of conftest
    with query_budget(1):
        assert queue.reach("all", on=TODAY).total == 4


def test_nobody_is_nobody_at_no_level(cast: Cast) -> None:
    assert queue.reach("not all", on=TODAY) == queue.Reach(0, ())


def test_an_audience_that_cannot_be_read_is_refused(cast: Cast) -> None:
    with pytest.raises(Refused):
        queue.reach("level:", on=TODAY)


def test_looking_opens_nothing(cast: Cast, call: Call) -> None:
    queue.reach("all", on=TODAY)
    assert Submission.objects.count() == 0
