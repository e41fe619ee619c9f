"""The vault goes with the backup: every file of it, as it is, and back again, whole or not at all."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from tests.domain.instruments.hearings import attach
from tests.domain.instruments.plans import draft, enact
from tests.foundation.safekeeping.test_archive import bare, packed
from tests.stands import VENDORS, WAYS, Stand
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.safekeeping.archive import MANIFEST, Writer, opened
from yupana.foundation.safekeeping.backup import backup, count
from yupana.foundation.safekeeping.restore import count as to_restore
from yupana.foundation.safekeeping.restore import restore
from yupana.foundation.vault import store
from yupana.interfaces.cli.safekeeping import prove
from yupana.projections import proof
from yupana.projections.followers import tick

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[[str], Stand]

PAPERS = (b"%PDF-1.7 the act", b"x" * 2**20, b"an annex")
DIGESTS = sorted(hashlib.sha256(paper).hexdigest() for paper in PAPERS)


def tell() -> None:
    """Publish an edition with two originals; a third was attached to a draft."""
    draft()
    for paper in PAPERS[:2]:
        attach(paper, f"{len(paper)}.pdf")
    enact()
    draft("2")
    attach(PAPERS[2], edition="QIPU/2")
    tick()


def held() -> list[str]:
    return [file.digest for file in store.held()]


def spoil(digest: str, content: bytes | None) -> None:
    path = store.place() / digest[:2] / digest[2:]
    path.chmod(0o600)
    path.unlink()
    if content is not None:
        path.write_bytes(content)


@pytest.fixture(params=VENDORS)
def source(request: pytest.FixtureRequest, stands: Make) -> Stand:
    stand = stands(request.param).migrated()
    with stand.used():
        tell()
    return stand


@pytest.mark.parametrize(("here", "there"), WAYS)
def test_every_file_comes_back_as_it_was(here: str, there: str, stands: Make, tmp_path: Path) -> None:
    with stands(here).migrated().used():
        tell()
        made = backup(tmp_path / "b.zip")
    with stands(there).used():
        restore(tmp_path / "b.zip", prove=prove)
        assert (made.files, held(), list(store.verify(DIGESTS)), proof.documents()) == (3, DIGESTS, [], [])


def test_the_files_are_in_the_zip_as_they_are(source: Stand, tmp_path: Path) -> None:
    with source.used():
        backup(tmp_path / "b.zip")
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        found = {paper: archive.read(f"vault/{hashlib.sha256(paper).hexdigest()}") for paper in PAPERS}
        manifest = json.loads(archive.read(MANIFEST))
    assert (found, manifest["version"], [file["digest"] for file in manifest["files"]]) == (
        {paper: paper for paper in PAPERS},
        2,
        DIGESTS,
    )


def test_progress_counts_files_too(source: Stand, stands: Make, tmp_path: Path) -> None:
    saved, restored = list[int](), list[int]()
    with source.used():
        made, due = backup(tmp_path / "b.zip", saved.append), count()
    with stands(source.vendor).used():
        restore(tmp_path / "b.zip", prove=prove, tick=restored.append)
    assert (sum(saved), sum(restored), to_restore(tmp_path / "b.zip"), made.rows + made.files) == (
        due,
        2 * due,
        2 * due,
        due,
    )


def test_what_fails_to_prove_itself_takes_its_files_back(source: Stand, stands: Make, tmp_path: Path) -> None:
    def refuse() -> None:
        assert held() == DIGESTS
        raise Refused("restore-unproved", why="content 3")

    with source.used():
        backup(tmp_path / "b.zip")
    with stands(source.vendor).used():
        kept = store.put(BytesIO(PAPERS[0]), "mine.pdf", 99).digest
        with pytest.raises(Refused, match="restore-unproved"):
            restore(tmp_path / "b.zip", prove=refuse)
        assert (held(), connection.introspection.table_names()) == ([kept], [])


@pytest.mark.parametrize("content", [b"%PDF-1.7 the ACT", None])
def test_a_document_that_is_not_what_was_published_is_not_restored(
    content: bytes | None, source: Stand, stands: Make, tmp_path: Path
) -> None:
    with source.used():
        spoil(hashlib.sha256(PAPERS[0]).hexdigest(), content)
        backup(tmp_path / "b.zip")
    with stands(source.vendor).used():
        with pytest.raises(Refused) as refused:
            restore(tmp_path / "b.zip", prove=prove)
        assert (refused.value.code, held()) == ("backup-damaged" if content else "restore-unproved", [])


# --- the file itself -----------------------------------------------------------------------------------------------
def written() -> bytes:
    file = BytesIO()
    with Writer(file) as writer:
        papers = tuple(writer.file(hashlib.sha256(paper).hexdigest(), BytesIO(paper)) for paper in PAPERS[::2])
        writer.close(bare(writer.table("a", ("id",), [[1]]), files=papers))
    return file.getvalue()


WHOLE = written()


def checked(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    with opened(path) as found:
        found.check(lambda _: None)


def forged(change: Callable[[dict[str, Any], dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as whole:
        members = {name: whole.read(name) for name in whole.namelist()}
    manifest = json.loads(members.pop(MANIFEST))
    change(manifest, members)
    return packed([*members.items(), (MANIFEST, json.dumps(manifest).encode())])


def test_what_was_written_is_read(tmp_path: Path) -> None:
    checked(tmp_path / "b.zip", WHOLE)


FIRST = f"vault/{hashlib.sha256(PAPERS[0]).hexdigest()}"


def another_file(_: dict[str, Any], members: dict[str, bytes]) -> None:
    members[FIRST] = members[FIRST][::-1]


def no_file(_: dict[str, Any], members: dict[str, bytes]) -> None:
    del members[FIRST]


def not_told(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
    manifest["files"].pop()


def elsewhere(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    manifest["files"][0]["digest"] = "../../etc/passwd"
    members["vault/../../etc/passwd"] = members.pop(FIRST)


def of_nonsense(manifest: dict[str, Any], _: dict[str, bytes]) -> None:
    manifest["files"] = [3]


@pytest.mark.parametrize("change", [another_file, no_file, not_told, elsewhere, of_nonsense])
def test_files_and_manifest_vouch_for_each_other(
    change: Callable[[dict[str, Any], dict[str, bytes]], None], tmp_path: Path
) -> None:
    with pytest.raises(Refused) as refused:
        checked(tmp_path / "b.zip", forged(change))
    assert refused.value.code == "backup-damaged"
