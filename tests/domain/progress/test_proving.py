"""Evidence: brought once, sealed, read by whom it is for, and erased by an act."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction

from tests.domain.progress.stage import SAID, accepted, asked, planned, reported
from yupana.domain.progress.actions import (
    accept_report,
    add_file,
    add_link,
    erase_evidence,
    erase_report,
    note_fetch,
    save_rows,
    start_report,
)
from yupana.domain.progress.evidence import file_of, links_due, piece_of, pieces_of, shown
from yupana.domain.progress.facts import Found, Terms
from yupana.domain.progress.public.evidence import public_file, public_pieces
from yupana.domain.progress.queries import report_rows
from yupana.domain.progress.rules.evidence import Standing, Validity
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.errors import Forbidden, Missing, Refused
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.actions import seal
from yupana.foundation.ledger.models import Entry
from yupana.foundation.vault import store as vault
from yupana.projections.proof import documents, verify

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from yupana.domain.entities.models import Entity
    from yupana.domain.progress.models import Evidence
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2018, 4, 2)
TERMS = Terms("Acta de entrega", "public", 3, date(2018, 3, 1), date(2018, 4, 10), "Firmada")
BYTES = b"%PDF-1.7 acta"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))


def brought(cast: Cast, content: bytes = BYTES, **said: Any) -> Evidence:  # noqa: ANN401 - terms by name
    stored = vault.put(BytesIO(content), "acta.pdf", 99)
    terms = replace(TERMS, **said)
    return add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=terms, on=DAY).piece


def linked(cast: Cast, url: str = "https://a.example/acta", **said: Any) -> Evidence:  # noqa: ANN401 - terms by name
    terms = replace(TERMS, **said)
    return add_link(actor=cast.inti, entity=cast.a, url=url, terms=terms, on=DAY).piece


def readers(cast: Cast, piece: Evidence) -> list[str]:
    """Who of the cast may read a piece."""
    everybody: list[tuple[str, Actor]] = [
        (name, getattr(cast, name)) for name in ("inti", "executive", "amaru", "auditor", "killa", "sami")
    ]
    return [name for name, actor in everybody if piece in pieces_of(actor, cast.a.pk)]


def test_a_piece_is_for_the_entity_until_its_report_is_handed_in_and_for_all_once_that_is_accepted(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    piece, kept, idle = (
        brought(cast),
        brought(cast, b"secreto", visibility="restricted"),
        brought(cast, b"suelto"),
    )
    ours = ["inti", "executive"]
    rows = [replace(SAID[0], evidence=(piece.pk, kept.pk)), *SAID[1:]]
    save_rows(actor=cast.inti, submission=start_report(actor=cast.inti, obligation=owed, on=DAY), rows=rows)
    told = [[readers(cast, each) for each in (piece, kept, idle)]]
    version = reported(cast.inti, owed, rows, on=DAY)
    told.append([readers(cast, each) for each in (piece, kept, idle)])
    accept_report(actor=cast.amaru, submission=version, on=DAY)
    told.append([readers(cast, each) for each in (piece, kept, idle)])
    theirs = [*ours, "amaru", "auditor"]
    assert told == [[ours, ours, ours], [theirs, theirs, ours], [[*theirs, "killa", "sami"], theirs, ours]]
    assert {row: [each.key for each in found] for row, found in public_pieces(version.pk).items()} == {1: [piece.pk]}
    assert public_file(piece.pk).digest == piece.digest
    with pytest.raises(Missing):
        public_file(kept.pk)
    [seen] = shown(cast.sami, [piece], on=date(2018, 4, 11))
    assert ([use.row for use in seen.uses], seen.validity) == ([1], Validity.EXPIRED)
    start_report(actor=cast.inti, obligation=owed, on=DAY)  # a draft that cites it too takes it from nobody
    assert readers(cast, kept) == theirs
    seal()
    assert verify().ok


def test_the_same_file_or_address_again_is_the_piece_that_is_there(cast: Cast) -> None:
    first, stored = brought(cast), vault.put(BytesIO(BYTES), "otro nombre.pdf", 99)
    again = add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=replace(TERMS, name="Otra"), on=DAY)
    assert (again.piece, again.piece.name, again.new) == (first, "Acta de entrega", False)
    link = linked(cast)
    assert add_link(actor=cast.inti, entity=cast.a, url=f" {link.url} ", terms=TERMS, on=DAY).piece == link
    theirs = add_file(actor=cast.killa, entity=cast.b, stored=stored, terms=TERMS, on=DAY)
    assert (theirs.new, theirs.piece == first) == (True, False)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"name": " "}, "evidence-name-missing"),
        ({"name": "x" * 201}, "evidence-text-too-long"),
        ({"note": "x" * 2001}, "evidence-text-too-long"),
        ({"level": 0}, "evidence-level-unknown"),
        ({"visibility": "secret"}, "evidence-visibility-unknown"),
        ({"issued_on": date(2018, 4, 3)}, "evidence-issued-later"),
        ({"valid_until": date(2018, 2, 1)}, "evidence-days-backwards"),
    ],
)
def test_what_is_said_badly_is_not_taken(cast: Cast, said: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        brought(cast, **said)
    assert (refused.value.code, list(pieces_of(cast.inti, cast.a.pk))) == (code, [])


def test_only_who_acts_for_the_entity_brings_evidence_for_it(cast: Cast) -> None:
    def tries(actor: Actor, entity: Entity) -> str:
        try:
            return str(add_link(actor=actor, entity=entity, url="https://a.example", terms=TERMS, on=DAY).piece.by_id)
        except Forbidden as forbidden:
            return forbidden.code

    no = "not-for-entity"
    said = [tries(cast.inti, cast.a), tries(cast.killa, cast.a), tries(cast.amaru, cast.a), tries(cast.expired, cast.a)]
    assert said == [str(cast.inti.person), no, no, no]


def test_of_a_restricted_piece_the_public_record_holds_a_commitment_alone(cast: Cast) -> None:
    pieces = [linked(cast), linked(cast, "https://a.example/otra", visibility="restricted")]
    note_fetch(piece=pieces[1], found=Found(refusal="gone"), on=DAY)
    leaves = [bytes(each.leaf).decode() for each in Entry.objects.order_by("pk")][-3:]
    assert [(cast.a.ref in leaf, "evidence" in leaf) for leaf in leaves] == [
        (True, True),
        (False, False),
        (False, False),
    ]


def test_a_link_is_looked_at_in_turn_and_what_has_changed_there_is_said(cast: Cast) -> None:
    first, second = linked(cast, valid_until=None), linked(cast, "https://a.example/2", valid_until=None)
    brought(cast)
    assert links_due(on=DAY, most=9) == [first, second]
    there = Found("ab" * 32, 3, "text/plain")
    note_fetch(piece=first, found=there, on=DAY)
    note_fetch(piece=second, found=Found(refusal="too-slow"), on=DAY)
    assert [links_due(on=day, most=9) for day in (DAY, date(2018, 4, 5), date(2018, 5, 2))] == [
        [], [second], [first, second],
    ]  # fmt: skip
    stands = [each.standing for each in shown(cast.inti, [first, second], on=DAY)]
    note_fetch(piece=first, found=replace(there, digest="cd" * 32), on=date(2018, 5, 2))
    [now] = shown(cast.inti, [first], on=DAY)
    assert (stands, now.standing) == ([Standing.THERE, Standing.LOST], Standing.CHANGED)
    with pytest.raises(Refused) as refused:
        note_fetch(piece=brought(cast), found=there, on=DAY)
    seal()
    assert (refused.value.code, verify().ok) == ("not-a-link", True)


def test_an_act_erases_a_piece_its_looks_and_a_report_and_the_record_still_holds(cast: Cast) -> None:
    owed = asked(planned(cast)).obligations.get()
    pieces = [brought(cast), linked(cast), linked(cast, "https://a.example/2")]
    note_fetch(piece=pieces[1], found=Found("ab" * 32, 3, "text/plain"), on=DAY)
    version = accepted(cast, owed, [replace(SAID[0], evidence=tuple(each.pk for each in pieces)), *SAID[1:]], on=DAY)
    for each in pieces:
        erase_evidence(actor=cast.amaru, evidence=each.pk, act="RA 1", on=DAY)
        each.refresh_from_db()
    erase_report(actor=OPERATOR, submission=version, act="RA 2", on=DAY)
    said = [(each.name, each.url, each.note) for each in pieces]
    gone = (BLACKED_OUT, BLACKED_OUT, BLACKED_OUT)
    assert said == [(BLACKED_OUT, "", BLACKED_OUT), gone, gone]
    assert next((row.value, row.variation) for row in report_rows(version)) == (SAID[0].value, BLACKED_OUT)
    seal()
    assert (verify().ok, len(verify().erased), list(pieces_of(cast.inti, cast.a.pk))) == (True, 5, [])
    for read in (lambda: piece_of(cast.inti, pieces[0].pk), lambda: public_file(pieces[0].pk)):
        with pytest.raises(Missing):
            read()
    codes = []
    for write in (lambda: brought(cast), lambda: note_fetch(piece=pieces[1], found=Found(refusal="gone"), on=DAY)):
        with pytest.raises(Refused) as refused:
            write()
        codes.append(refused.value.code)
    assert (codes, documents()) == (["evidence-erased", "evidence-missing"], [])


def test_only_the_authority_erases_and_only_what_there_is(cast: Cast) -> None:
    piece = brought(cast)
    owed = asked(planned(cast)).obligations.get()
    draft = start_report(actor=cast.inti, obligation=owed, on=DAY)
    told = []
    for actor, number in ((cast.inti, piece.pk), (cast.amaru, 10**9)):
        with pytest.raises(Refused) as refused:
            erase_evidence(actor=actor, evidence=number, act="RA 1", on=DAY)
        told.append(refused.value.code)
        with pytest.raises(Refused) as refused:
            erase_report(actor=actor, submission=draft, act="RA 1", on=DAY)
        told.append(refused.value.code)
    assert told == ["not-authority-planner", "not-authority-planner", "evidence-missing", "not-handed-in"]


def test_whatever_is_forged_in_evidence_is_noticed(cast: Cast) -> None:
    brought(cast)
    note_fetch(piece=linked(cast), found=Found("ab" * 32, 3, "text/plain"), on=DAY)
    seal()
    guards.remove(connection)
    forged = {
        "evidence": [
            *(
                "name = 'x'",
                "note = 'x'",
                "visibility = 'restricted'",
                "level = 4",
                "by_id = NULL",
                "valid_until = NULL",
            ),
            *('"on" = issued_on', "media_type = 'x'", "entity_id = entity_id + 1"),
        ],
        "fetch": ["size = 4", "media_type = ''", "\"on\" = '2019-01-01'", f"digest = '{'cd' * 32}'"],
    }
    unnoticed = []
    for statement in (f"UPDATE progress_{table} SET {told}" for table, each in forged.items() for told in each):  # noqa: S608 - our own words
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            unnoticed += [statement] if verify().why != "content" else []
            transaction.set_rollback(True)
    assert unnoticed == []


def test_a_file_that_is_gone_or_altered_is_named(cast: Cast) -> None:
    pieces = [brought(cast, content) for content in (b"uno", b"dos", b"tres")]
    assert documents() == []
    for number, piece in enumerate(pieces[:2]):
        path = vault.place() / piece.digest[:2] / piece.digest[2:]
        path.chmod(0o600)
        path.unlink() if number else path.write_bytes(b"otro")
    assert [each.digest for each in documents()] == [each.digest for each in pieces[:2]]


def test_a_link_is_no_file(cast: Cast) -> None:
    with pytest.raises(Missing):
        file_of(cast.inti, linked(cast).pk)
