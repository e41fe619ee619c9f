"""The record of all rooms: whole as it was written, and broken wherever somebody touched what stands behind it."""

from datetime import date

import pytest
from django.db import connection

from tests.cast import ACCEPTED_ON, HANDED_IN_ON, Cast, hand_in, make_call, make_edition, make_plan, obligation_of
from yupana.domain.commitments.actions import confirm_year_one, erase_plan, reclassify, return_plan
from yupana.domain.entities.actions import record_succession
from yupana.domain.obligations.actions import close_call, declare_holiday, deny, grant, plead, waive
from yupana.domain.people.actions import end_mandate
from yupana.domain.progress.actions import add_link, note_fetch, set_rhythm
from yupana.domain.progress.facts import Found, Terms
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.ledger import guards
from yupana.foundation.ledger import queries as ledger
from yupana.foundation.ledger.models import Entry
from yupana.projections.figures.actions import check
from yupana.projections.followers import tick
from yupana.projections.proof import verify

VERBS = {
    "entity.registered",
    "entity.succeeded",
    "mandate.granted",
    "mandate.ended",
    "edition.published",
    "call.opened",
    "call.closed",
    "rhythm.set",
    "due.extended",
    "holiday.declared",
    "holiday.revoked",
    "plea.made",
    "plea.granted",
    "plea.denied",
    "obligation.waived",
    "submission.submitted",
    "submission.returned",
    "submission.accepted",
    "row.reclassified",
    "year.confirmed",
    "evidence.added",
    "evidence.fetched",
}
DAY = date(2018, 6, 1)


@pytest.fixture
def story(cast: Cast) -> Cast:
    """Something of everything that can be recorded, sealed."""
    make_edition()
    call = make_call()
    owed, other = obligation_of(call, cast.a), obligation_of(call, cast.b)
    returned = hand_in(cast.inti, owed)
    return_plan(actor=cast.amaru, submission=returned, reason="falta", remarks={1: "¿cuántos?"}, on=HANDED_IN_ON)
    accepted = make_plan(cast, owed, on=ACCEPTED_ON)
    activity = accepted.activities.get(row=1)
    line = owed.scope.items.get(code="2")
    reclassify(actor=cast.amaru, activity=activity, item=line, reason="otra línea", on=DAY)
    confirm_year_one(actor=cast.amaru, obligation=owed, year=2018, on=DAY)
    plea = plead(actor=cast.inti, obligation=owed, until=date(2018, 9, 30), reason="feriado", on=DAY)
    grant(actor=cast.amaru, plea=plea.pk, act="RA 1/2018", on=DAY)
    plea = plead(actor=cast.inti, obligation=owed, until=None, reason="riada", on=DAY)
    deny(actor=cast.amaru, plea=plea.pk, answer="no basta", on=DAY)
    told = {"calendar": "bolivia", "day": date(2018, 7, 2), "name": "jornada", "act": "DS 1"}
    declare_holiday(actor=cast.amaru, **told, on=DAY)  # type: ignore[arg-type] # terms by name
    declare_holiday(actor=cast.amaru, **told, works=True, on=DAY)  # type: ignore[arg-type] # the same
    waive(actor=cast.amaru, obligation=other, reason="exenta", act="RA 2/2018", on=DAY)
    terms = Terms("firmada", "public", 3, note="en papel")
    piece = add_link(actor=cast.inti, entity=cast.a, url="https://a.example/sobre", terms=terms, on=DAY).piece
    note_fetch(piece=piece, found=Found("ab" * 32, 1, "text/plain"), on=DAY)
    set_rhythm(actor=cast.amaru, call=call, frequency="year", since=date(2099, 1, 1), due_in=9, lock_in=2, on=DAY)
    close_call(actor=cast.amaru, call=call, on=date(2018, 12, 31))
    end_mandate(actor=OPERATOR, mandate=cast.mandates["wara"], on=DAY)
    record_succession(actor=OPERATOR, predecessors=[cast.b], successor=cast.c, on=DAY, act="Ley 1")
    tick()
    return cast


def verbs() -> dict[str, int]:
    """The first position of each verb."""
    found: dict[str, int] = {}
    for sealed in ledger.sealed_between(0, ledger.head().size):
        found.setdefault(sealed.leaf.verb, sealed.position)
    return found


def test_what_every_room_wrote_is_proved(story: Cast) -> None:
    verdict = verify()
    assert (verdict.ok, verdict.why, verdict.entries, verdict.root, set(verbs())) == (
        True,
        "",
        ledger.head().size,
        ledger.head().root,
        VERBS,
    )


def test_the_watcher_is_told_of_every_entry(story: Cast) -> None:
    told: list[int] = []
    verify(told.append)
    assert sum(told) == ledger.head().size


def test_figures_follow_what_every_room_wrote(story: Cast) -> None:
    assert check() == ()


def test_no_leaf_holds_a_word_that_somebody_wrote(story: Cast) -> None:
    leaves = b"".join(bytes(leaf) for leaf in Entry.objects.values_list("leaf", flat=True)).decode()
    typed = ["falta", "cuántos", "feriado", "exenta", "otra línea", "Contar", "Sistemas", "inti", "Ábaco", "Ley 1"]
    typed += ["firmada", "en papel", "a.example", "abab"]
    typed += ["riada", "no basta", "jornada", "DS 1"]
    assert [word for word in typed if word in leaves] == []


def test_what_was_erased_by_an_act_reads_erased_and_no_figure_moves(story: Cast) -> None:
    position = verbs()["submission.submitted"]
    entry = Entry.objects.get(position=position)
    submission = entry.submission
    erase_plan(actor=OPERATOR, submission=submission, act="RA 9/2019", on=date(2019, 1, 1))
    tick()
    verdict = verify()
    assert (verdict.ok, verdict.erased, check()) == (True, (position,), ())


@pytest.mark.parametrize(
    ("forgery", "verb"),
    [
        ("UPDATE entities_registration SET content = '{}'", "entity.registered"),
        ("UPDATE entities_succession SET act = 'Ley 2'", "entity.succeeded"),
        ("UPDATE people_mandate SET role = 'auditor'", "mandate.granted"),
        ("UPDATE instruments_item SET text = 'x'", "edition.published"),
        ("UPDATE instruments_item SET weight = weight - 1 WHERE weight > 0", "edition.published"),
        ("UPDATE instruments_edition SET act = 'x'", "edition.published"),
        ("UPDATE instruments_edition SET state = 'superseded'", "edition.published"),
        ("UPDATE people_mandate SET ended_on = NULL, end_entry_id = NULL", "mandate.ended"),
        ("UPDATE people_mandate SET ends_on = '2020-01-01'", "mandate.granted"),
        ("UPDATE entities_entity SET path = path || '9/'", "entity.registered"),
        ("UPDATE entities_registration SET version = version + 5", "entity.registered"),
        ("UPDATE submissions_submission SET state = 'accepted' WHERE state = 'returned'", "submission.submitted"),
        ("UPDATE submissions_submission SET state = 'misfiled' WHERE state = 'returned'", "submission.submitted"),
        ("UPDATE submissions_submission SET confirmed = NOT confirmed", "submission.submitted"),
        (
            "UPDATE submissions_submission SET transcribed_by_id = (SELECT MIN(id) FROM people_person)",
            "submission.submitted",
        ),
        ("UPDATE submissions_step SET by_id = NULL", "submission.returned"),
        ("UPDATE obligations_call SET asks_budget = NOT asks_budget", "call.opened"),
        ("UPDATE obligations_call SET due_on = '2018-07-30'", "call.opened"),
        ("UPDATE obligations_obligation SET level_id = 'central'", "call.opened"),
        ("UPDATE obligations_obligation SET territory = 'XX'", "call.opened"),
        ("UPDATE obligations_obligation SET due_on = '2019-01-01'", "call.opened"),
        ("UPDATE obligations_extension SET due_on = '2030-01-01'", "due.extended"),
        ("UPDATE obligations_waiver SET reason = 'x'", "obligation.waived"),
        ("UPDATE progress_rhythm SET lock_in = 300", "rhythm.set"),
        ("UPDATE submissions_submission SET received_on = '2018-01-01'", "submission.submitted"),
        ("UPDATE submissions_submission SET asks_budget = NOT asks_budget", "submission.submitted"),
        ("UPDATE commitments_activity SET budget_cents = budget_cents + 1", "submission.submitted"),
        ("UPDATE commitments_activity SET item_id = NULL", "submission.submitted"),
        ("UPDATE commitments_activity SET target = ''", "submission.submitted"),
        ("UPDATE submissions_step SET after = 'accepted' WHERE after = 'returned'", "submission.submitted"),
        ("UPDATE submissions_step SET met_on = '2018-02-02' WHERE after = 'accepted'", "submission.accepted"),
        ("UPDATE submissions_remark SET text = 'x'", "submission.returned"),
        ("UPDATE commitments_reclassification SET item_id = NULL", "row.reclassified"),
        ("UPDATE commitments_yearone SET year = 2019", "year.confirmed"),
    ],
)
def test_whatever_a_figure_stands_on_is_vouched_for(story: Cast, forgery: str, verb: str) -> None:
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(forgery)
    verdict = verify()
    assert (verdict.why, verdict.first_broken) == ("content", verbs()[verb])


def test_an_erasure_excuses_no_change_of_state(story: Cast) -> None:
    position = verbs()["submission.submitted"]
    submission = Entry.objects.get(position=position).submission
    erase_plan(actor=OPERATOR, submission=submission, act="RA 9/2019", on=date(2019, 1, 1))
    tick()
    guards.remove(connection)
    type(submission).objects.filter(pk=submission.pk).update(state="accepted")
    assert (verify().why, verify().first_broken) == ("content", position)


@pytest.mark.parametrize(
    "forgery",
    [
        "DELETE FROM commitments_reclassification",
        # An act slipped in under the entry that vouches for another one.
        "UPDATE obligations_waiver SET entry_id = (SELECT entry_id FROM obligations_extension)",
    ],
)
def test_rows_cannot_be_taken_out_or_slipped_in(story: Cast, forgery: str) -> None:
    guards.remove(connection)
    with connection.cursor() as cursor:
        cursor.execute(forgery)
    assert verify().why == "content"
