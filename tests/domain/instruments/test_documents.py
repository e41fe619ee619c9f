"""The originals that an edition is published with: in the vault, named in the record, never changed afterwards."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.domain.instruments.forging import execute, refuses
from tests.domain.instruments.hearings import PDF, attach, opened
from tests.domain.instruments.plans import draft, enact
from yupana.domain.instruments import actions, consultations, queries
from yupana.domain.instruments.models import Document, Edition
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Conflict, Forbidden, Missing, Refused
from yupana.foundation.ledger.actions import seal
from yupana.foundation.vault import store
from yupana.projections import proof

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db
DIGEST = hashlib.sha256(PDF).hexdigest()


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    return tmp_path


def detach() -> None:
    actions.detach(actor=OPERATOR, edition="QIPU/1", digest=DIGEST)


def test_a_draft_keeps_what_it_was_given() -> None:
    draft()
    kept = attach(name="../Act 1.pdf")
    assert (kept.name, kept.digest, kept.media_type, kept.size) == ("Act_1.pdf", DIGEST, "application/pdf", len(PDF))


def test_the_same_file_again_changes_its_name_only() -> None:
    draft()
    attach()
    attach(name="decree.pdf")
    assert list(Document.objects.values_list("name", flat=True)) == ["decree.pdf"]


def test_what_was_attached_by_mistake_is_taken_away() -> None:
    draft()
    attach()
    detach()
    assert (Document.objects.count(), store.size_of(DIGEST)) == (0, len(PDF))


def test_what_is_not_attached_cannot_be_taken_away() -> None:
    draft()
    with pytest.raises(Missing, match="file-missing"):
        detach()


def test_there_is_room_for_fifty() -> None:
    draft()
    for number in range(50):
        attach(str(number).encode())
    attach(b"7", name="again.txt")
    with pytest.raises(Refused, match="documents-many"):
        attach()
    assert Document.objects.count() == 50


def test_only_the_authoritys_planners_attach_and_detach() -> None:
    draft()
    stored = store.Stored(DIGEST, 1, "text/plain", "a")
    with pytest.raises(Forbidden, match="edition-planners-only"):
        actions.attach(actor=NOBODY, edition="QIPU/1", stored=stored)
    with pytest.raises(Forbidden, match="edition-planners-only"):
        actions.detach(actor=NOBODY, edition="QIPU/1", digest=DIGEST)


def test_in_consultation_and_after_publication_nothing_is_attached_or_taken_away() -> None:
    draft()
    attach()
    opened()
    for do in (attach, detach):
        with pytest.raises(Conflict, match="edition-in-consultation"):
            do()
    Edition.objects.update(state="draft")
    enact()
    for do in (attach, detach):
        with pytest.raises(Conflict, match="edition-published"):
            do()


def test_a_publication_vouches_for_its_originals() -> None:
    draft()
    attach()
    content = queries.content_of(enact(), follows="")
    seal()
    assert (content["papers"], proof.verify().ok) == ([{"name": "act.pdf", "digest": DIGEST}], True)


@pytest.mark.parametrize("sql", ["UPDATE {table} SET name = 'x'", "DELETE FROM {table}"])
def test_they_do_not_change_after_publication(sql: str) -> None:
    draft()
    attach()
    enact()
    assert refuses(sql, table="instruments_document")


@pytest.mark.parametrize(("column", "value"), [("name", "x"), ("digest", "0" * 64)])
def test_whoever_forges_one_is_named_by_position(unguarded_db: None, column: str, value: str) -> None:
    draft()
    attach()
    enact()
    seal()
    execute("UPDATE instruments_document SET {column} = '{value}'", column=column, value=value)
    verdict = proof.verify()
    assert (verdict.ok, verdict.first_broken, verdict.why) == (False, 0, "content")


def test_nothing_is_published_with_an_original_that_is_gone() -> None:
    draft()
    attach()
    store.discard(DIGEST)
    with pytest.raises(Refused, match="document-lost"):
        enact()
    attach()
    assert enact().documents.count() == 1


def test_the_proof_names_each_original_that_is_not_what_it_was(home: Path) -> None:
    draft()
    attach()
    attach(b"other", name="other.txt")
    enact()
    path = home / "vault" / DIGEST[:2] / DIGEST[2:]
    path.chmod(0o600)
    path.write_bytes(b"forged")
    broken = proof.documents()
    assert [(each.edition, each.name, each.digest) for each in broken] == [("QIPU/1", "act.pdf", DIGEST)]


@pytest.mark.parametrize(("column", "value"), [("size", "1"), ("size", "0"), ("media_type", "text/html")])
def test_the_proof_names_an_original_that_is_told_of_as_something_else(
    unguarded_db: None, column: str, value: str
) -> None:
    draft()
    attach()
    attach(b"other", name="other.txt")
    enact()
    before = proof.documents()
    execute("UPDATE instruments_document SET {column} = '{value}' WHERE name = 'act.pdf'", column=column, value=value)
    assert (before, [(each.name, each.digest) for each in proof.documents()]) == ([], [("act.pdf", DIGEST)])


def test_one_original_of_two_editions_is_named_for_the_one_that_tells_of_it_wrongly(unguarded_db: None) -> None:
    for edition in ("1", "2"):
        draft(edition)
        attach(edition=f"QIPU/{edition}")
        enact(edition)
    execute("UPDATE instruments_document SET size = 1 WHERE id = {pk}", pk=Document.objects.latest("pk").pk)
    assert [each.edition for each in proof.documents()] == ["QIPU/2"]


def test_the_proof_asks_for_no_original_of_a_draft() -> None:
    draft()
    attach()
    store.discard(DIGEST)
    assert (proof.documents(), list(consultations.published_documents())) == ([], [])
