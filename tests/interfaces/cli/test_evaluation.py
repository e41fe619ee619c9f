"""Bands and evaluations at the console."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.domain.progress.stage import planned
from yupana import __version__
from yupana.domain.progress.models import Evaluation, Scheme
from yupana.foundation.ledger.queries import unsealed_count
from yupana.foundation.vault import store as vault
from yupana.interfaces.cli import evaluation as command
from yupana.projections.figures.rules import FORMULA
from yupana.projections.overviews.evaluation import counting, reading

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.interfaces.cli.conftest import Yupana

pytestmark = pytest.mark.django_db
CODE = "PLAN-2018-2018-Q1"


def test_an_act_sets_the_bands(yupana: Yupana) -> None:
    terms = ["--floor", "60", "--since", "2020-01-01", "--act", "RA 1"]
    assert yupana("scheme", "set", "0=bajo", "70=bueno", *terms).code == 0
    (held,) = Scheme.objects.all()
    assert (held.floor_bp, held.bands, unsealed_count()) == (6000, [[0, "bajo"], [7000, "bueno"]], 0)
    assert yupana("scheme", "list").out == "2020-01-01  all instruments  0% bajo · 70% bueno  [RA 1]\n"
    assert yupana("scheme", "set", "bueno", *terms).code == 2


def test_an_evaluation_is_drafted_published_and_counted_anew(
    cast: Cast, yupana: Yupana, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    planned(cast)
    said = yupana("evaluation", "draft", "PLAN-2018", "2018-Q1", "--as-of", "2018-07-31", "--summary", "Va.")
    assert said.out == f"{CODE} is a draft. To publish it: yupana evaluation publish {CODE}\n"
    assert yupana("evaluation", "verify", CODE).err == f"yupana: {CODE} is a draft: there is nothing to compare.\n"
    assert yupana("evaluation", "publish", CODE).code == 0
    held = Evaluation.objects.get()
    told = yupana("evaluation", "verify", CODE)
    assert told.out == f"{CODE} is what the record gives up to entry {held.position}, byte for byte.\n"
    page, promise = f"/en/evaluaciones/{CODE}/", "count it again and compare every byte"
    with monkeypatch.context() as later:
        later.setattr(counting, "__version__", "9.9")  # a later version with the same formula gives the same
        assert (yupana("evaluation", "verify", CODE).code, promise in client.get(page).content.decode()) == (0, True)
        for module in (reading, command):
            later.setattr(module, "FORMULA", "9")
        shown = client.get(page).content.decode()
        assert (promise in shown, f"It was counted with Yupana {__version__}." in shown) == (False, True)
        assert yupana("evaluation", "verify", CODE).err == (
            f"yupana: {CODE} was counted by formula {FORMULA}; this version counts by 9, so nothing was compared. "
            f"Yupana {__version__} can count it again.\n"
        )
    (row,) = json.loads(yupana("evaluation", "list", "--json").out)["evaluations"]
    assert (row["code"], row["digest"], row["position"]) == (CODE, held.digest, held.position)
    path = vault.place() / held.digest[:2] / held.digest[2:]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b'"score":', b'"scorf":'))
    assert yupana("evaluation", "verify", CODE).code == 1
