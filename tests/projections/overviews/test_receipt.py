"""The proof that a version was handed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cast import Cast, hand_in, make_call, make_draft, make_edition, obligation_of
from yupana.domain.submissions.models import Submission
from yupana.domain.submissions.rules import Channel
from yupana.foundation.kernel.errors import Missing
from yupana.foundation.ledger import queries as ledger
from yupana.projections.followers import tick
from yupana.projections.overviews.receipt import Sender, proof_of

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Obligation


@pytest.fixture
def mine(cast: Cast) -> Obligation:
    make_edition()
    return obligation_of(make_call(), cast.a)


def test_the_proof_says_what_the_record_says(cast: Cast, mine: Obligation) -> None:
    done = hand_in(cast.inti, mine)
    tick()
    proof = proof_of(Submission.objects.get(pk=done.pk))
    assert proof.position is not None
    (sealed,) = ledger.sealed_between(proof.position, proof.before)
    assert (sealed.leaf.content, sealed.leaf.verb, sealed.recorded_at) == (
        proof.digest,
        "submission.submitted",
        proof.recorded_at,
    )
    assert proof.head == ledger.head()


def test_what_is_not_sealed_has_no_position_yet(cast: Cast, mine: Obligation) -> None:
    assert proof_of(hand_in(cast.inti, mine)).position is None


def test_a_draft_proves_nothing(cast: Cast, mine: Obligation) -> None:
    with pytest.raises(Missing):
        proof_of(make_draft(cast.inti, mine))


@pytest.mark.parametrize(
    ("channel", "confirmed", "sender"),
    [
        (Channel.DESK, True, Sender.ENTITY),
        (Channel.LETTER, False, Sender.TRANSCRIBER),
        (Channel.LETTER, True, Sender.ENTITY),
        (Channel.IMPORT, True, Sender.IMPORT),
    ],
)
def test_the_sender_is_told_by_role(
    cast: Cast, mine: Obligation, channel: Channel, confirmed: bool, sender: Sender
) -> None:
    done = hand_in(cast.inti, mine)
    done.channel, done.confirmed = channel, confirmed
    assert proof_of(done).sender is sender
