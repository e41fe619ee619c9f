"""What just may and just may not be said of a piece; looks at links in their turn; two who bring or check at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import obligation_of
from tests.domain.progress.stage import FLOW, SAID, accepted, asked, planned
from tests.domain.progress.test_checking_bounds import counted, refused
from tests.foundation.ledger.test_actions import together
from yupana.domain.progress.actions import add_file, add_link, erase_evidence, give_verdict, note_fetch
from yupana.domain.progress.actions.evaluating import draft_evaluation
from yupana.domain.progress.evidence import content_of, fetched_content, file_of, files, links_due, piece_of, shown
from yupana.domain.progress.facts import EVIDENCE, Found, Terms
from yupana.domain.progress.models import Evaluation, Evidence, Verdict
from yupana.domain.progress.rules import Said
from yupana.domain.progress.rules.evidence import Standing, Validity
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.ledger.rules import read_leaf
from yupana.foundation.vault import store as vault
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast

DAY = date(2020, 2, 29)
ONE = timedelta(1)
TERMS = Terms("Acta", "public", 2)
ADDRESS = "https://a.example/"
THERE, LOST = Found("ab" * 32, 3, "text/plain"), Found(refusal="gone")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))


def link(cast: Cast, url: str = ADDRESS, on: date = DAY, **more: Any) -> Evidence:  # noqa: ANN401 - terms by name
    terms = replace(TERMS, **more)
    return add_link(actor=cast.inti, entity=cast.a, url=url, terms=terms, on=on).piece


# --- what is said of a piece ---------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_what_is_said_badly_is_refused_and_nothing_is_written(cast: Cast) -> None:
    told: list[tuple[dict[str, Any], str]] = [
        ({"name": ""}, "evidence-name-missing"),
        ({"name": "\t \n"}, "evidence-name-missing"),
        ({"name": "x" * 201}, "evidence-text-too-long"),
        ({"note": "x" * 2_001}, "evidence-text-too-long"),
        ({"level": 0}, "evidence-level-unknown"),
        ({"level": 5}, "evidence-level-unknown"),
        ({"level": -1}, "evidence-level-unknown"),
        ({"visibility": ""}, "evidence-visibility-unknown"),
        ({"visibility": "PUBLIC"}, "evidence-visibility-unknown"),
        ({"issued_on": DAY + ONE}, "evidence-issued-later"),
        ({"issued_on": DAY, "valid_until": DAY - ONE}, "evidence-days-backwards"),
        ({"url": ""}, "link-unreadable"),
        ({"url": "a.example"}, "link-unreadable"),
        ({"url": "javascript:alert(1)"}, "link-unreadable"),
        ({"url": "https://inti:clave@a.example/"}, "link-with-password"),
        ({"url": ADDRESS + "x" * (501 - len(ADDRESS))}, "link-too-long"),
    ]
    found = [refused(lambda more=more: link(cast, **more)) for more, _ in told]  # type: ignore[misc] # mypy guesses no type of the default
    assert found == [(Refused, code) for _, code in told]


@pytest.mark.django_db
def test_who_may_not_bring_is_told_so_before_what_is_wrong_with_it(cast: Cast) -> None:
    people = [OPERATOR, cast.sami, cast.amaru, cast.auditor, cast.killa, cast.expired]
    bad = replace(TERMS, name="", level=9)
    found = [
        refused(lambda who=who: add_link(actor=who, entity=cast.a, url=ADDRESS, terms=bad, on=DAY))  # type: ignore[misc] # mypy guesses no type of the default
        for who in people
    ]
    assert found == [(Forbidden, "not-for-entity")] * 6


@pytest.mark.django_db
def test_what_just_fits_is_kept_as_it_was_said(cast: Cast) -> None:
    told: list[dict[str, Any]] = [
        {"name": "x" * 200, "note": "x" * 2_000},
        {"url": ADDRESS + "x" * (500 - len(ADDRESS))},
        {"issued_on": DAY, "valid_until": DAY},
        {"issued_on": date(1900, 1, 1), "valid_until": date.max},
        {"valid_until": DAY - ONE},
        *({"level": level} for level in (1, 2, 3, 4)),
        {"visibility": "restricted"},
    ]
    pieces = [link(cast, **{"url": f"{ADDRESS}{at}", **more}) for at, more in enumerate(told)]
    kept = [
        {name: getattr(Evidence.objects.get(pk=piece.pk), name) for name in more}
        for piece, more in zip(pieces, told, strict=True)
    ]
    assert kept == told
    spaced = link(cast, f"  {ADDRESS}otra\n", name="  Acta \n de  entrega ", note=" Firmada \n")
    assert (spaced.name, spaced.note, spaced.url) == ("Acta de entrega", "Firmada", f"{ADDRESS}otra")


@pytest.mark.django_db
def test_the_same_again_writes_nothing_and_another_body_brings_its_own(cast: Cast) -> None:
    first, stored = link(cast), vault.put(BytesIO(b"acta"), "acta.txt", 99)
    file = add_file(actor=cast.executive, entity=cast.a, stored=stored, terms=TERMS, on=DAY)
    before = counted()
    again = [link(cast, name="Otro nombre", visibility="restricted", level=4), link(cast, f" {ADDRESS}")]
    twice = add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=replace(TERMS, level=4), on=DAY + ONE)
    assert (again, twice.piece, twice.new, twice.piece.level, counted()) == ([first] * 2, file.piece, False, 2, before)
    theirs = add_link(actor=cast.killa, entity=cast.b, url=ADDRESS, terms=TERMS, on=DAY)
    other = link(cast, f"{ADDRESS}?")
    assert (theirs.new, len({first.pk, theirs.piece.pk, other.pk})) == (True, 3)
    assert list(files()) == [file.piece]


@pytest.mark.django_db
def test_a_file_is_found_as_a_file_and_as_a_piece_and_a_link_as_a_piece_alone(cast: Cast) -> None:
    stored = vault.put(BytesIO(b"acta"), "acta.txt", 99)
    file = add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=TERMS, on=DAY).piece
    here = link(cast)
    assert [piece_of(cast.inti, file.pk), file_of(cast.inti, file.pk), piece_of(cast.inti, here.pk)] == [
        file,
        file,
        here,
    ]
    assert refused(lambda: file_of(cast.inti, here.pk)) == (Missing, "evidence-missing")
    assert (file.size, file.digest, file.url) == (4, stored.digest, "")


@pytest.mark.django_db
def test_what_is_sealed_says_whose_it_is_and_every_column(cast: Cast) -> None:
    piece = link(cast, note="Firmada")
    look = note_fetch(piece=piece, found=THERE, on=DAY)
    assert set(content_of(piece)) == {"entity", *EVIDENCE}
    assert content_of(piece) | {"entity": cast.a.ref, "url": ADDRESS, "note": "Firmada", "on": DAY} == content_of(piece)
    assert fetched_content(look) == {
        "url": ADDRESS, "on": DAY, "digest": "ab" * 32, "size": 3, "media_type": "text/plain", "refusal": ""
    }  # fmt: skip
    verbs = [read_leaf(bytes(each.leaf)).verb for each in Entry.objects.order_by("-pk")[:2]]
    assert verbs == ["evidence.fetched", "evidence.added"]


# --- looks at links ------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_links_are_looked_at_unseen_ones_first_then_those_seen_longest_ago_and_only_so_many(cast: Cast) -> None:
    old, new, never, lost = (link(cast, f"{ADDRESS}{name}") for name in ("viejo", "nuevo", "nunca", "perdido"))
    for piece, found, days in ((old, THERE, 40), (new, THERE, 31), (lost, LOST, 35)):
        note_fetch(piece=piece, found=found, on=DAY - days * ONE)
    assert [links_due(on=DAY, most=most) for most in (0, 1, 2, 9)] == [
        [], [never], [never, old], [never, old, lost, new]
    ]  # fmt: skip
    note_fetch(piece=old, found=THERE, on=DAY)
    assert [days for days in (0, 29, 30) if old in links_due(on=DAY + days * ONE, most=9)] == [30]


@pytest.mark.django_db
def test_a_link_that_is_erased_is_not_looked_at_and_one_that_is_no_link_never(cast: Cast) -> None:
    gone, here = link(cast), link(cast, f"{ADDRESS}2")
    stored = vault.put(BytesIO(b"acta"), "acta.txt", 99)
    file = add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=TERMS, on=DAY).piece
    erase_evidence(actor=cast.amaru, evidence=gone.pk, act="RA 1", on=DAY)
    assert links_due(on=DAY, most=9) == [here]
    assert [refused(lambda each=each: note_fetch(piece=each, found=THERE, on=DAY)) for each in (gone, file)] == [  # type: ignore[misc] # mypy guesses no type of the default
        (Missing, "evidence-missing"),
        (Refused, "not-a-link"),
    ]


@pytest.mark.django_db
def test_a_list_tells_each_piece_by_itself_in_the_order_asked_and_in_two_questions(
    cast: Cast,
    django_assert_num_queries: Any,  # noqa: ANN401 - a fixture of the runner
) -> None:
    one, two, three = (
        link(cast, ADDRESS + name, valid_until=until) for name, until in (("1", DAY), ("2", None), ("3", DAY - ONE))
    )
    for found, on in ((THERE, DAY - ONE), (LOST, DAY)):
        note_fetch(piece=two, found=found, on=on)
    note_fetch(piece=three, found=THERE, on=DAY)
    with django_assert_num_queries(2):
        told = shown(cast.inti, [three, one, two], on=DAY)
    assert [(each.evidence, each.validity, each.standing, len(each.looks), each.uses) for each in told] == [
        (three, Validity.EXPIRED, Standing.THERE, 1, ()),
        (one, Validity.NEAR, Standing.UNSEEN, 0, ()),
        (two, Validity.LASTING, Standing.LOST, 2, ()),
    ]


# --- at once -------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_who_do_the_same_at_once_do_it_once(cast: Cast) -> None:
    """The same address is one piece, of two first verdicts one stands, two drafts have two codes."""
    plans = planned(cast, [FLOW])
    report = accepted(cast, obligation_of(asked(plans), cast.a), SAID[:1])
    codes: list[str] = []

    def brings() -> None:
        link(cast)

    def checks() -> None:
        try:
            give_verdict(actor=cast.amaru, submission=report, row=1, said=Said(3), basis="Vimos", on=DAY)
        except Conflict as conflict:
            codes.append(conflict.code)

    def drafts() -> None:
        draft_evaluation(actor=cast.amaru, call=plans, period="2018-Q1", as_of=date(2018, 4, 30), on=DAY)

    for each in (brings, checks, drafts):
        assert together(each, each) == []
    seal()
    base = f"{plans.code}-2018-Q1"
    assert (Evidence.objects.count(), Verdict.objects.count(), codes) == (1, 1, ["verdict-moved"])
    assert set(Evaluation.objects.values_list("code", flat=True)) == {base, f"{base}-v2"}
    assert verify().ok
