"""Bands are set by an act; an evaluation is a draft until it is frozen with its figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import make_call, make_edition
from yupana.domain.progress.actions.evaluating import (
    discard_evaluation,
    draft_evaluation,
    publish_evaluation,
    save_evaluation,
)
from yupana.domain.progress.actions.scheming import set_scheme
from yupana.domain.progress.evaluations import bands_of, readable_evaluations
from yupana.domain.progress.models import Evaluation
from yupana.domain.progress.rules import HOUSE, Band, Bands
from yupana.domain.progress.rules.words import mark
from yupana.foundation.kernel.actor import NOBODY
from yupana.foundation.kernel.errors import Conflict, Forbidden, Refused
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.actions import seal
from yupana.foundation.vault import store as vault
from yupana.projections.proof import documents, verify

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast
    from yupana.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
DAY, AS_OF = date(2018, 8, 1), date(2018, 7, 31)
SEVEN = Bands(6_000, (Band(0, "bajo"), Band(7_000, "bueno")))
EIGHT = Bands(8_000, (Band(0, "bajo"), Band(8_000, "bueno")))


def figures(draft: Evaluation, **other: object) -> dict[str, Any]:
    told = {"call": draft.call.code, "period": draft.period, "as_of": draft.as_of.isoformat()}
    return {**told, "position": ledger.head().size, "formula": "3", **other}


def drafted(actor: Actor, **words: str) -> Evaluation:
    draft = draft_evaluation(actor=actor, call=make_call(), period="2018-Q1", as_of=AS_OF, on=DAY)
    return save_evaluation(actor=actor, evaluation=draft, title="Primer trimestre", words=words, was=draft.words)


def test_the_bands_of_an_instrument_go_before_those_of_all_from_their_day_on(cast: Cast) -> None:
    make_edition()
    for code, since, bands in (("PLAN", DAY, EIGHT), ("", AS_OF, SEVEN)):
        set_scheme(actor=cast.amaru, instrument=code, since=since, bands=bands, act="RA 1", on=DAY)
    seal()
    found = [bands_of("PLAN", day) for day in (date(2018, 7, 1), AS_OF, DAY)]
    assert found == [HOUSE, SEVEN, EIGHT]
    assert [bands_of("OTRO", DAY), bands_of("PLAN", DAY, position=ledger.head().size - 2)] == [SEVEN, HOUSE]


@pytest.mark.parametrize(
    ("bands", "act", "code"),
    [
        (Bands(7_000, (Band(1, "bajo"),)), "RA 1", "scheme-bands"),
        (Bands(10_001, (Band(0, "bajo"),)), "RA 1", "scheme-floor"),
        (SEVEN, " ", "act-missing"),
    ],
)
def test_a_scheme_that_says_nothing_is_refused(cast: Cast, bands: Bands, act: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        set_scheme(actor=cast.amaru, instrument="", since=DAY, bands=bands, act=act, on=DAY)
    assert refused.value.code == code


def test_only_planners_of_the_authority_write(cast: Cast) -> None:
    make_edition()
    draft = drafted(cast.amaru)
    for actor in (cast.inti, cast.auditor, NOBODY):
        with pytest.raises(Forbidden):
            discard_evaluation(actor=actor, evaluation=draft)
    assert [list(readable_evaluations(actor)) for actor in (cast.auditor, cast.inti, NOBODY)] == [[draft], [], []]


def test_a_draft_that_somebody_else_changed_is_not_overwritten(cast: Cast) -> None:
    make_edition()
    draft = drafted(cast.amaru, summary="Uno")
    with pytest.raises(Conflict):
        save_evaluation(
            actor=cast.amaru, evaluation=draft, title="T", words={"summary": "Dos"}, was={"summary": "Cero"}
        )
    draft.refresh_from_db()
    assert draft.words["summary"] == "Uno"


def test_neither_a_title_is_written_over_nor_words_published_that_nobody_saw(cast: Cast) -> None:
    make_edition()
    draft = drafted(cast.amaru, summary="Uno")
    shown = mark(draft.title, draft.words)
    ours = save_evaluation(actor=cast.amaru, evaluation=draft, title="De Ana", words=draft.words, was=draft.words)
    publishes: dict[str, Any] = {"actor": cast.amaru, "figures": figures(draft), "on": DAY}
    acts: list[Callable[[], Evaluation]] = [
        lambda: save_evaluation(
            actor=cast.amaru, evaluation=draft, title="De Beto", words=draft.words, was=draft.words
        ),
        lambda: publish_evaluation(**publishes, evaluation=draft),
        lambda: publish_evaluation(**publishes, evaluation=ours, seen=shown),
    ]
    for act in acts:
        with pytest.raises(Conflict, match="evaluation-moved"):
            act()
    assert publish_evaluation(**publishes, evaluation=draft, seen=mark(ours.title, ours.words)).title == "De Ana"


def test_what_is_published_is_sealed_kept_and_never_changed(cast: Cast) -> None:
    make_edition()
    draft = drafted(cast.amaru, summary="Va **bien**")
    seal()
    held = publish_evaluation(actor=cast.amaru, evaluation=draft, figures=figures(draft), on=DAY)
    assert (held.position, held.published_on, list(readable_evaluations(NOBODY))) == (ledger.head().size, DAY, [held])
    with vault.open_(held.digest) as file:
        assert file.read().startswith(b'{"as_of":"2018-07-31","call":"PLAN-2018"')
    with pytest.raises(Conflict):
        save_evaluation(actor=cast.amaru, evaluation=held, title="T", words={})
    set_scheme(actor=cast.amaru, instrument="PLAN", since=DAY, bands=EIGHT, act="RA 1", on=DAY)
    seal()
    assert (verify().ok, documents()) == (True, [])
    path = vault.place() / held.digest[:2] / held.digest[2:]
    path.chmod(0o600)
    path.write_bytes(b"{}")
    assert [each.edition for each in documents()] == [held.code]


@pytest.mark.parametrize(
    ("words", "other", "code"),
    [
        ({}, {}, "evaluation-summary"),
        ({"summary": "s"}, {"period": "2018-Q2"}, "evaluation-other-figures"),
        ({"summary": "s"}, {"position": 10_000}, "evaluation-position"),
    ],
)
def test_what_cannot_stand_is_not_published(
    cast: Cast, words: dict[str, str], other: dict[str, object], code: str
) -> None:
    make_edition()
    draft = drafted(cast.amaru, **words)
    with pytest.raises(Refused) as refused:
        publish_evaluation(actor=cast.amaru, evaluation=draft, figures=figures(draft, **other), on=DAY)
    assert (refused.value.code, Evaluation.objects.filter(entry=None).count()) == (code, 1)


def test_a_restricted_call_is_not_evaluated_in_public(cast: Cast) -> None:
    make_edition()
    with pytest.raises(Refused) as refused:
        draft_evaluation(actor=cast.amaru, call=make_call(visibility="restricted"), period="2018", as_of=AS_OF, on=DAY)
    assert refused.value.code == "evaluation-restricted"
