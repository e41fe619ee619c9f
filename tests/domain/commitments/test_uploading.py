"""A workbook beside a draft: who may bring it, what applying it writes, and what becomes of it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest

from tests.cast import DUE_ON, Cast, make_call, make_draft, make_edition, obligation_of
from yupana.domain.commitments import actions, uploads
from yupana.domain.commitments.models import Activity, Upload
from yupana.domain.commitments.queries import plan_rows
from yupana.domain.commitments.rules import ROW, cells_of
from yupana.domain.submissions.rules import Channel
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.vault import aside
from yupana.foundation.vault.store import Stored

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks

    from yupana.domain.submissions.models import Submission
    from yupana.foundation.kernel.actor import Actor

FILE = Stored("ab" * 32, 1, "application/zip", "plan.xlsx")


@pytest.fixture
def draft(cast: Cast) -> Submission:
    make_edition()
    return make_draft(cast.inti, obligation_of(make_call(), cast.a))


def told(draft: Submission, **rows: dict[str, str] | None) -> dict[str, Any]:
    """What a workbook says that was given out now, with some rows (``r1``) said anew, None: taken out."""
    base = {str(row.row): cells_of(row) for row in plan_rows(draft)}
    anew = {number.removeprefix("r"): cells for number, cells in rows.items()}
    now = {number: {**base.get(number, {}), **cells} for number, cells in anew.items() if cells is not None}
    kept = {number: cells for number, cells in base.items() if number not in anew}
    return {"kind": "own", "base": base, "rows": kept | now, "where": {}, "notes": []}


def bring(actor: Actor, draft: Submission, **rows: dict[str, str] | None) -> Upload:
    return actions.bring_upload(actor=actor, submission=draft, stored=FILE, told=told(draft, **rows))


def names() -> list[tuple[int, str]]:
    return list(Activity.objects.order_by("row").values_list("row", "name"))


def test_nothing_counts_before_it_is_applied_and_then_it_is_gone(cast: Cast, draft: Submission) -> None:
    brought = bring(cast.inti, draft, r1={"name": "Del libro"}, r5={"name": "Nueva"})
    before = (names(), list(uploads.uploads_of(draft)))
    edited = actions.apply_upload(actor=cast.inti, upload=brought, seen={}, mine=())
    draft.refresh_from_db()
    assert before == ([(1, "Contar los granos")], [brought])
    assert (edited.added, edited.changed, names(), draft.channel, Upload.objects.count()) == (
        (5,),
        (1,),
        [(1, "Del libro"), (5, "Nueva")],
        Channel.WORKBOOK,
        0,
    )


def test_what_changes_nothing_leaves_the_channel_as_it_was(cast: Cast, draft: Submission) -> None:
    actions.apply_upload(actor=cast.inti, upload=bring(cast.inti, draft), seen={}, mine=())
    draft.refresh_from_db()
    assert (draft.channel, Upload.objects.count()) == (Channel.DESK, 0)


def test_the_same_file_again_stands_in_its_own_place(cast: Cast, draft: Submission) -> None:
    bring(cast.inti, draft)
    brought = bring(cast.inti, draft, r1={"name": "Otra vez"})
    assert list(Upload.objects.values_list("pk", flat=True)) == [brought.pk]


def test_what_clashes_is_given_back_and_the_workbook_stays(cast: Cast, draft: Submission) -> None:
    brought = bring(cast.inti, draft, r1={"name": "Del libro"})
    Activity.objects.update(name="De la grilla")
    edited = actions.apply_upload(actor=cast.inti, upload=brought, seen={}, mine=())
    assert ([clash.now for clash in edited.clashes], names(), Upload.objects.count()) == (
        ["De la grilla"],
        [(1, "De la grilla")],
        1,
    )


def test_what_was_chosen_is_written_over_what_was_seen(cast: Cast, draft: Submission) -> None:
    brought = bring(cast.inti, draft, r1=None)
    Activity.objects.update(name="De la grilla")
    seen = {row.row: cells_of(row) for row in plan_rows(draft)}
    actions.apply_upload(actor=cast.inti, upload=brought, seen=seen, mine={(1, ROW)})
    assert (names(), Upload.objects.count()) == ([], 0)


@pytest.mark.parametrize("who", ["killa", "executive", "amaru", "auditor", "sami"])
def test_only_who_writes_the_draft_brings_applies_and_drops(cast: Cast, draft: Submission, who: str) -> None:
    brought, actor, refused = bring(cast.inti, draft, r1={"name": "x"}), getattr(cast, who), []
    for do in (
        lambda: bring(actor, draft),
        lambda: actions.apply_upload(actor=actor, upload=brought, seen={}, mine=()),
        lambda: actions.drop_upload(actor=actor, upload=brought),
        lambda: uploads.upload(actor, brought.pk),
    ):
        with pytest.raises(Refused) as caught:
            do()
        refused.append(caught.value.code)
    assert (refused, names()) == ([*["not-entity-planner"] * 3, "upload-unknown"], [(1, "Contar los granos")])


def test_what_was_handed_in_takes_no_workbook(cast: Cast, draft: Submission) -> None:
    brought = bring(cast.inti, draft, r1={"name": "x"})
    actions.submit_plan(actor=cast.inti, submission=draft, received_on=DUE_ON, on=DUE_ON)
    draft.refresh_from_db()
    brought.refresh_from_db()
    for do in (
        lambda: bring(cast.inti, draft),
        lambda: actions.apply_upload(actor=cast.inti, upload=brought, seen={}, mine=()),
        lambda: uploads.upload(cast.inti, brought.pk),
    ):
        with pytest.raises(Refused):
            do()
    assert names() == [(1, "Contar los granos")]


def test_what_was_left_beside_an_older_version_goes_with_the_next_workbook(cast: Cast, draft: Submission) -> None:
    bring(cast.inti, draft)
    actions.submit_plan(actor=cast.inti, submission=draft, received_on=DUE_ON, on=DUE_ON)
    actions.return_plan(actor=cast.amaru, submission=draft, reason="Falta", remarks={}, on=DUE_ON)
    later = actions.start_plan(actor=cast.inti, obligation=draft.obligation, on=DUE_ON)
    brought = bring(cast.inti, later)
    assert list(Upload.objects.all()) == [brought]


def test_it_can_be_put_away(cast: Cast, draft: Submission) -> None:
    actions.drop_upload(actor=cast.inti, upload=bring(cast.inti, draft, r1={"name": "x"}))
    assert (names(), Upload.objects.count()) == ([(1, "Contar los granos")], 0)


def test_only_the_newest_few_wait_and_what_waits_no_more_leaves_no_file(
    cast: Cast,
    draft: Submission,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    brought = []
    with django_capture_on_commit_callbacks(execute=True):
        for name in "123456":
            stored = aside.put(BytesIO(name.encode()), f"{name}.xlsx", 9)
            brought.append(
                actions.bring_upload(
                    actor=cast.inti, submission=draft, stored=stored, told=told(draft, r1={"name": name})
                )
            )
    waiting = [upload.name for upload in uploads.uploads_of(draft)]
    held = len(list(aside.place().iterdir()))
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_upload(actor=cast.inti, upload=brought[4])
        actions.apply_upload(actor=cast.inti, upload=brought[5], seen={}, mine=())
    assert (waiting, held, sorted(path.name for path in aside.place().iterdir()), names()) == (
        [f"{name}.xlsx" for name in "65432"],
        5,
        sorted(upload.digest for upload in brought[1:4]),
        [(1, "6")],
    )


def test_what_was_never_applied_goes_with_the_plan_that_is_erased(cast: Cast, draft: Submission) -> None:
    bring(cast.inti, draft, r1={"name": "secreto"})
    actions.submit_plan(actor=cast.inti, submission=draft, received_on=DUE_ON, on=DUE_ON)
    actions.erase_plan(actor=cast.amaru, submission=draft, act="Acto 9/2026", on=DUE_ON)
    assert Upload.objects.count() == 0
