"""Who reads which evidence, verdicts and findings: asked of one and of many, and of what everybody may read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import make_call, make_edition, make_plan, obligation_of
from tests.domain.progress.stage import PLAN, SAID, asked, planned, reported
from tests.verified import verified
from yupana.domain.progress import checks
from yupana.domain.progress.actions import (
    accept_report,
    add_link,
    discard_report,
    misfile_report,
    return_report,
    save_rows,
    start_report,
)
from yupana.domain.progress.evidence import bodies_of, file_of, piece_of, pieces_of, shown
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.models import Evidence
from yupana.domain.progress.policy import evidence_readable_by
from yupana.domain.progress.public.evidence import public_file, public_pieces
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast
    from yupana.domain.obligations.models import Call, Obligation
    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 2)
OURS = ["inti", "executive"]
THEIRS = [*OURS, "amaru", "auditor", "operator"]
ALL = [*THEIRS, "killa", "expired", "sami"]


def everybody(cast: Cast) -> dict[str, Actor]:
    named = {name: getattr(cast, name) for name in ("inti", "executive", "amaru", "auditor")}
    return {**named, "operator": OPERATOR, **{name: getattr(cast, name) for name in ("killa", "expired", "sami")}}


def finds(read: Callable[[], object]) -> bool:
    try:
        read()
    except Missing:
        return False
    return True


def readers(cast: Cast, piece: Evidence) -> list[str]:
    """Who reads a piece, asked in three ways that must agree: the policy, the list, the one."""
    people = everybody(cast).items()
    told = [
        [name for name, actor in people if evidence_readable_by(actor, Evidence.objects.filter(pk=piece.pk)).exists()],
        [name for name, actor in people if piece in pieces_of(actor, cast.a.pk)],
        [name for name, actor in people if finds(lambda actor=actor: piece_of(actor, piece.pk))],  # type: ignore[misc] # mypy guesses no type of the default
    ]
    assert told[0] == told[1] == told[2]
    return told[0]


def brought(cast: Cast, visibility: str) -> Evidence:
    terms = Terms("Acta", visibility, 2)
    url = f"https://a.example/{visibility}"
    return add_link(actor=cast.inti, entity=cast.a, url=url, terms=terms, on=DAY).piece


def restricted(cast: Cast) -> Call:
    make_edition()
    call = make_call(visibility="restricted")
    make_plan(cast, obligation_of(call, cast.a), PLAN)
    return call


def citing(cast: Cast, owed: Obligation, *pieces: Evidence) -> Submission:
    return reported(cast.inti, owed, [replace(SAID[0], evidence=tuple(each.pk for each in pieces)), *SAID[1:]], on=DAY)


# --- evidence ------------------------------------------------------------------------------------------------------
def test_what_came_back_or_was_misfiled_is_between_entity_and_authority(cast: Cast) -> None:
    piece = brought(cast, "public")
    call = planned(cast)
    first, second = (obligation_of(asked(call, period), cast.a) for period in ("2018-Q1", "2018-Q2"))
    version = citing(cast, first, piece)
    return_report(actor=cast.amaru, submission=version, reason="Falta", remarks={}, on=DAY)
    back = readers(cast, piece)
    on_second = [replace(each, cause="staff", variation="Faltó gente") for each in SAID]
    other = reported(cast.inti, second, on_second, on=second.call.opens_on)
    misfile_report(actor=cast.amaru, submission=other, reason="No es", on=second.call.opens_on)
    assert (back, readers(cast, piece), public_pieces(version.pk)) == (THEIRS, THEIRS, {})


def test_under_a_restricted_call_even_public_evidence_of_an_accepted_report_is_for_the_two_sides(cast: Cast) -> None:
    piece, owed = brought(cast, "public"), obligation_of(asked(restricted(cast)), cast.a)
    version = citing(cast, owed, piece)
    accept_report(actor=cast.amaru, submission=version, on=DAY)
    assert (readers(cast, piece), public_pieces(version.pk)) == (THEIRS, {})


@pytest.mark.parametrize(("visibility", "who"), [("public", ALL), ("restricted", THEIRS)])
def test_once_accepted_only_what_the_entity_calls_public_is_for_everybody(
    cast: Cast, visibility: str, who: list[str]
) -> None:
    piece, owed = brought(cast, visibility), obligation_of(asked(planned(cast)), cast.a)
    version = citing(cast, owed, piece)
    accept_report(actor=cast.amaru, submission=version, on=DAY)
    public = {1: [piece.pk]} if visibility == "public" else {}
    shown_to_all = {row: [each.key for each in found] for row, found in public_pieces(version.pk).items()}
    assert (readers(cast, piece), shown_to_all) == (who, public)


def test_evidence_of_a_draft_that_was_thrown_away_stays_with_its_entity(cast: Cast) -> None:
    piece, owed = brought(cast, "public"), obligation_of(asked(planned(cast)), cast.a)
    draft = start_report(actor=cast.inti, obligation=owed, on=DAY)
    save_rows(actor=cast.inti, submission=draft, rows=[replace(SAID[0], evidence=(piece.pk,)), *SAID[1:]])
    discard_report(actor=cast.inti, submission=draft)
    assert readers(cast, piece) == OURS


def test_a_piece_for_two_rows_is_listed_once_and_shown_with_both(cast: Cast) -> None:
    piece, owed = brought(cast, "public"), obligation_of(asked(planned(cast)), cast.a)
    rows = [replace(each, evidence=(piece.pk,)) for each in SAID]
    version = reported(cast.inti, owed, rows, on=DAY)
    accept_report(actor=cast.amaru, submission=version, on=DAY)
    uses = {name: [use.row for use in shown(actor, [piece], on=DAY)[0].uses] for name, actor in everybody(cast).items()}
    assert (list(pieces_of(NOBODY, cast.a.pk)), list(pieces_of(cast.amaru, cast.a.pk))) == ([piece], [piece])
    assert uses == {name: [1, 2, 3] for name in ALL}


def test_where_a_piece_is_used_is_said_to_who_may_read_the_report(cast: Cast) -> None:
    """The piece of an accepted report is for everybody; that another draft cites it too is not."""
    call, piece = planned(cast), brought(cast, "public")
    first, second = (obligation_of(asked(call, period), cast.a) for period in ("2018-Q1", "2018-Q2"))
    accept_report(actor=cast.amaru, submission=citing(cast, first, piece), on=DAY)
    draft = start_report(actor=cast.inti, obligation=second, on=second.call.opens_on)
    save_rows(actor=cast.inti, submission=draft, rows=[replace(SAID[1], evidence=(piece.pk,))])
    rows = {name: [use.row for use in shown(actor, [piece], on=DAY)[0].uses] for name, actor in everybody(cast).items()}
    assert rows == {name: [1, 2] if name in OURS else [1] for name in ALL}


@pytest.mark.parametrize("key", [0, -1, 2**63 - 1, 2**63, 2**70])
def test_no_number_finds_what_is_not_there(cast: Cast, key: int) -> None:
    assert [finds(lambda: piece_of(OPERATOR, key)), finds(lambda: file_of(OPERATOR, key)),
            finds(lambda: public_file(key))] == [False] * 3  # fmt: skip


def test_bodies_are_those_for_which_one_brings(cast: Cast) -> None:
    told = {name: bodies_of(actor) for name, actor in everybody(cast).items()}
    assert told == {name: [cast.a] if name in OURS else [cast.b] if name == "killa" else [] for name in ALL}


# --- what was found ------------------------------------------------------------------------------------------------
def test_what_was_found_is_read_by_the_entity_and_the_authority_one_for_one_and_for_many_the_same(cast: Cast) -> None:
    found = verified(cast, planned(cast, PLAN[:1]), str)
    given, action = [found.given, found.disputed], found.action
    many = {
        name: (list(checks.verdicts(actor).order_by("pk")), list(checks.correctives(actor)))
        for name, actor in everybody(cast).items()
    }
    one = {
        name: (
            [each for each in given if finds(lambda actor=actor, each=each: checks.verdict(actor, each.pk))],  # type: ignore[misc] # mypy guesses no type of the defaults
            [action] if finds(lambda actor=actor: checks.corrective(actor, action.pk)) else [],  # type: ignore[misc] # the same
        )
        for name, actor in everybody(cast).items()
    }
    assert many == one == {name: (given, [action]) if name in THEIRS else ([], []) for name in ALL}


@pytest.mark.parametrize("key", [0, -1, 2**63 - 1, 2**63, 2**70])
def test_no_number_finds_a_verdict_that_is_not_there(cast: Cast, key: int) -> None:
    found = [finds(lambda: checks.verdict(OPERATOR, key)), finds(lambda: checks.corrective(OPERATOR, key))]
    assert found == [False, False]
