"""Evidence and reports from the console: erased by an act, proved, and carried by a backup."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

from tests.domain.progress.stage import SAID, accepted, asked, planned
from yupana.domain.progress.actions import add_file
from yupana.domain.progress.evidence import pieces_of
from yupana.domain.progress.facts import Terms
from yupana.domain.progress.queries import report_rows
from yupana.foundation.kernel.fact import BLACKED_OUT
from yupana.foundation.vault import store as vault

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from tests.interfaces.cli.conftest import Yupana


def test_an_act_erases_evidence_and_reports_and_a_file_that_was_altered_is_named(
    yupana: Yupana, cast: Cast, tmp_path: Path
) -> None:
    owed = asked(planned(cast)).obligations.get()
    day = owed.call.opens_on
    pieces = []
    for content in (b"una", b"otra"):
        stored = vault.put(BytesIO(content), "acta.txt", 99)
        terms = Terms("Acta", "restricted", 2)
        pieces.append(add_file(actor=cast.inti, entity=cast.a, stored=stored, terms=terms, on=day).piece)
    version = accepted(cast, owed, [replace(SAID[0], evidence=(pieces[0].pk,)), *SAID[1:]])
    told = [yupana("erase-evidence", pieces[0].pk, "--act", "RA 1"), yupana("erase-evidence", 999, "--act", "RA 1")]
    told += [
        yupana("erase", owed.call.code, "A-1", "--act", "RA 2"),
        yupana("verify"),
        yupana("backup", tmp_path / "b"),
    ]
    assert [each.code for each in told] == [0, 1, 0, 0, 0], told
    assert "There is no such piece of evidence." in told[1].err
    assert (list(pieces_of(cast.inti, cast.a.pk)), report_rows(version)[0].variation) == ([pieces[1]], BLACKED_OUT)
    with zipfile.ZipFile(tmp_path / "b") as packed:
        assert [each for each in packed.namelist() if pieces[1].digest in each] != []
    path = vault.place() / pieces[1].digest[:2] / pieces[1].digest[2:]
    path.chmod(0o600)
    path.write_bytes(b"OTRA")
    said = yupana("verify")
    assert (said.code, f"A document of A-1 #{pieces[1].pk} is gone or was changed: Acta" in said.out) == (4, True)
