"""What an activity takes along to a successor beside its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.cast import ACCEPTED_ON, HANDED_IN_ON, Cast, make_draft
from tests.domain.commitments.mergers import OF_A, OF_B, ON, Merger, make_merger
from yupana.domain.commitments import actions, public
from yupana.domain.commitments.actions.passing import passing
from yupana.domain.commitments.facts import PlanRow
from yupana.domain.commitments.models import Activity, Justification, Partnership
from yupana.domain.commitments.queries import with_answered
from yupana.domain.submissions.models import Document, Step, Submission
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger.actions import erase, seal
from yupana.projections.proof import verify

if TYPE_CHECKING:
    from yupana.domain.obligations.models import Obligation

pytestmark = pytest.mark.django_db
RESOLVES_ON = date(2018, 9, 1)


@pytest.fixture
def merger(db: None) -> Merger:
    return make_merger()


def last(owed: Obligation) -> Submission:
    return Submission.objects.filter(obligation=owed).latest("version")


def answered(owed: Obligation) -> list[tuple[str, str]]:
    """What each row of the last version answers after review, and what its entity says."""
    rows = with_answered(Activity.objects.filter(submission=last(owed)).select_related("item")).order_by("row")
    reviewed = [(row.reclassifications.order_by("-entry").first(), row.item) for row in rows]
    codes = [((word.item if word else own), own) for word, own in reviewed]
    assert [item and item.pk for item, _ in codes] == [row.answered_id for row in rows]
    return [(item.code if item else "", own.code if own else "") for item, own in codes]


def reclassify(cast: Cast, owed: Obligation, row: int, item: str | None) -> None:
    activity = Activity.objects.get(submission=last(owed), row=row)
    actions.reclassify(actor=cast.amaru, activity=activity, item=item, reason="Es otra cosa", on=ACCEPTED_ON)


def test_a_reviewers_word_holds_where_a_row_goes_and_where_it_stays(merger: Merger) -> None:
    reclassify(merger.cast, merger.b, 1, "line:1")
    reclassify(merger.cast, merger.a, 1, None)
    reclassify(merger.cast, merger.a, 2, "line:1")
    merger.transfer()
    assert answered(merger.b) == [("1", "2"), ("", "1"), ("1", "2")]
    seal()
    assert verify().ok


def test_what_the_new_owner_does_not_owe_is_kept_without_and_says_what_it_was(merger: Merger) -> None:
    owed = {"PLAN/1#line:1": [Activity.objects.get(name=OF_A[0].name).item_id or 0]}
    before = [(each.row.item, len(each.row.also), each.carried) for each in passing(last(merger.a), owed)]
    reclassify(merger.cast, merger.a, 1, "line:2")
    after = [(each.row.item, each.answered, each.reason, each.carried) for each in passing(last(merger.a), owed)]
    lost = {"item": "PLAN/1#line:2", "fate": "not-owed"}
    assert before == [("PLAN/1#line:1", 0, None), ("PLAN/1#line:1", 0, None)]
    assert after == [("PLAN/1#line:1", None, "Es otra cosa", lost), ("PLAN/1#line:1", None, "", None)]


RELATIVE = (PlanRow(row=1, item="line:1", name="De A", starts="Año 1 primer bimestre", ends="Año 2"),)


def years(merger: Merger, a: int | None, b: int | None) -> None:
    for actor, owed, year in ((merger.cast.inti, merger.a, a), (merger.cast.killa, merger.b, b)):
        if year:
            actions.confirm_year_one(actor=actor, obligation=owed, year=year, on=ACCEPTED_ON)


@pytest.mark.parametrize(
    ("a", "b", "starts", "ends"),
    [
        (2018, 2021, "primer bimestre 2018", "2019"),
        (2018, None, "primer bimestre 2018", "2019"),
        (2018, 2018, "Año 1 primer bimestre", "Año 2"),
        (None, None, "Año 1 primer bimestre", "Año 2"),
    ],
)
def test_its_days_mean_what_they_meant(db: None, a: int | None, b: int | None, starts: str, ends: str) -> None:
    merger = make_merger(RELATIVE)
    years(merger, a, b)

    def meant(owed: Obligation) -> list[tuple[date | None, date | None]]:
        found = public.plan_of(owed.pk)
        rows = found.activities if found else ()
        return [(row.starts_reading.first, row.ends_reading.last) for row in rows if row.name == "De A"]

    before = meant(merger.a)
    merger.transfer()
    row = Activity.objects.get(submission=last(merger.b), name="De A")
    assert (meant(merger.b), row.starts, row.ends) == (before, starts, ends)


@pytest.mark.parametrize(("b", "own"), [(2021, ""), (None, "Año 3")])
def test_a_year_that_nobody_said_is_said_first(db: None, b: int | None, own: str) -> None:
    merger = make_merger(RELATIVE, [replace(OF_B[0], ends=own)])
    years(merger, None, b)
    with pytest.raises(Refused, match="transfer-year-open"):
        merger.transfer()


def papers(merger: Merger) -> Submission:
    """Let B's plan be changed once more, with a paper and reasons, and accepted with its resolution to come."""
    cast = merger.cast
    draft = make_draft(cast.killa, merger.b, OF_B)
    Document.objects.create(
        submission=draft, kind="resolution", name="RA.pdf", digest="a" * 64, media_type="application/pdf", size=9
    )
    for row in (0, 1):
        Justification.objects.create(submission=draft, rule="lines-unlike", row=row, text=f"Por {row}")
    actions.submit_plan(actor=cast.killa, submission=draft, received_on=HANDED_IN_ON, on=HANDED_IN_ON)
    actions.accept_plan(actor=cast.amaru, submission=draft, on=ACCEPTED_ON, resolution_due_on=RESOLVES_ON)
    return draft


def test_papers_reasons_and_what_is_still_to_come_stay(merger: Merger) -> None:
    before = papers(merger)
    merger.transfer()
    made = last(merger.b)

    def told(version: Submission) -> list[object]:
        step = Step.objects.get(submission=version, after="accepted")
        return [
            list(version.documents.values_list("kind", "name", "digest", "size")),
            list(version.justifications.values_list("row", "rule", "text")),
            (step.met_on, step.resolution_due_on),
        ]

    assert told(made)[0]
    assert (told(made), made.reason, made.act) == (told(before), "Fusión", "Ley 1/2018")
    seal()
    assert verify().ok


def test_the_papers_of_what_was_erased_stay_away(merger: Merger) -> None:
    before = papers(merger)
    before.refresh_from_db()
    assert before.entry is not None
    erase(entry=before.entry, act="Orden 1", on=ON)
    merger.transfer()
    assert last(merger.b).documents.count() == 0


@pytest.mark.parametrize("confirmed", [True, False, None])
def test_who_confirmed_to_take_part_still_does(merger: Merger, confirmed: bool | None) -> None:
    told = {"obligation": merger.a, "row": 1, "part": "Las oficinas", "on": HANDED_IN_ON}
    asked = actions.ask_partner(actor=merger.cast.inti, partner=merger.cast.b, **told)  # type: ignore[arg-type] # the terms of a question
    if confirmed is not None:
        actions.answer_partner(
            actor=merger.cast.killa, partnership=asked, confirmed=confirmed, answer="Bueno", on=HANDED_IN_ON
        )
    merger.transfer(rows={1: merger.c})
    found = public.plan_of(merger.c.pk)
    assert found is not None
    assert [row.partners for row in found.activities] == [(merger.cast.b.name,) if confirmed else ()]
    seal()
    assert verify().ok


def test_who_receives_an_activity_is_no_partner_of_itself(merger: Merger) -> None:
    asked = actions.ask_partner(
        actor=merger.cast.inti, obligation=merger.a, row=1, partner=merger.cast.b, part="Algo", on=HANDED_IN_ON
    )
    actions.answer_partner(actor=merger.cast.killa, partnership=asked, confirmed=True, answer="", on=HANDED_IN_ON)
    merger.transfer()
    assert not Partnership.objects.filter(obligation=merger.b).exists()
