"""A consultation from the desk: opened, read, answered, closed; and bodies speaking in their own name."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone

from tests.cast import make_call, make_edition
from tests.interfaces.desk.desk import Desk, errors, links, soup, text, value
from yupana.domain.instruments import actions
from yupana.domain.instruments.facts import EditionState, Verdict
from yupana.domain.instruments.models import Answer, Comment, Consultation, Edition
from yupana.foundation.kernel.actor import NOBODY, OPERATOR
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

WHERE = "instrumentos/OTRO/1/consulta/"
SPEAK = "consultas/OTRO/1/"
SAID = "Falta decir quién paga."


@pytest.fixture(autouse=True)
def _a_draft(desk: Desk) -> None:
    make_edition("OTRO", published=False)


def day(days: int = 9) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def open_(desk: Desk, who: str = "amaru", **changed: str) -> Response:
    return desk.post(who, f"{WHERE}abrir/", **{"closes_on": day(), "sure": "on", **changed})


def comment(said: str = SAID, item: str = "line:1") -> Comment:
    return actions.comment(actor=NOBODY, edition="OTRO/1", item=item, text=said, on=timezone.localdate())


def answer(desk: Desk, one: Comment, who: str = "amaru", **changed: str) -> Response:
    fields = {"verdict": "partly", "text": "Se paga del TGN.", **changed}
    return desk.post(who, f"{WHERE}{one.pk}/", **fields)


def state() -> str:
    return Edition.objects.get(instrument__code="OTRO").state


# --- opening and closing -------------------------------------------------------------------------------------------
def test_opening_needs_a_last_day_and_a_yes(desk: Desk) -> None:
    response = open_(desk)
    put = Consultation.objects.get()
    assert (response["Location"], state(), put.closes_on.isoformat()) == (
        f"/en/desk/{WHERE}",
        EditionState.CONSULTATION,
        day(),
    )


@pytest.mark.parametrize("fields", [{"closes_on": ""}, {"closes_on": "2026-02-30"}, {"sure": ""}])
def test_what_lacks_something_is_shown_again(desk: Desk, fields: dict[str, str]) -> None:
    response = open_(desk, **fields)
    assert (response.status_code, state()) == (422, EditionState.DRAFT)


def test_a_last_day_that_is_over_is_refused_beside_its_field(desk: Desk) -> None:
    response = open_(desk, closes_on=day(-1))
    assert (response.status_code, "would close on" in text(response), state()) == (422, True, EditionState.DRAFT)


def test_what_is_open_is_not_opened_again(desk: Desk) -> None:
    open_(desk)
    page, again = desk.get("amaru", f"{WHERE}abrir/"), open_(desk)
    assert (soup(page).select("main form"), again.status_code, Consultation.objects.count()) == ([], 409, 1)


def test_closing_needs_a_yes_and_gives_the_draft_back(desk: Desk) -> None:
    open_(desk)
    desk.post("amaru", f"{WHERE}cerrar/")
    still = state()
    desk.post("amaru", f"{WHERE}cerrar/", sure="on")
    assert (still, state()) == (EditionState.CONSULTATION, EditionState.DRAFT)


def test_closing_what_is_not_open_is_a_conflict(desk: Desk) -> None:
    assert desk.post("amaru", f"{WHERE}cerrar/", sure="on").status_code == 409


# --- answering -----------------------------------------------------------------------------------------------------
def test_what_waits_is_shown_and_what_is_answered_on_request(desk: Desk) -> None:
    open_(desk)
    answer(desk, comment("Contestado."))
    comment("Espera. <b>Sí</b>")
    waiting, everything = desk.get("amaru", WHERE), desk.get("amaru", f"{WHERE}?all=1")
    assert [
        ("Contestado." in text(page), b"<b>S" in page.content, "Espera." in text(page))
        for page in (waiting, everything)
    ] == [
        (False, False, True),
        (True, False, True),
    ]


def test_an_answer_says_what_became_of_it_and_why(desk: Desk) -> None:
    open_(desk)
    one = comment()
    response = answer(desk, one, verdict="withheld")
    given = Answer.objects.get()
    assert (response["Location"], given.comment, given.verdict, given.text) == (
        f"/en/desk/{WHERE}",
        one,
        Verdict.WITHHELD,
        "Se paga del TGN.",
    )


@pytest.mark.parametrize("fields", [{"verdict": ""}, {"verdict": "odd"}, {"text": " "}, {"text": "x" * 4001}])
def test_an_answer_that_lacks_something_is_shown_again_with_what_was_typed(desk: Desk, fields: dict[str, str]) -> None:
    open_(desk)
    response = answer(desk, comment(), **fields)
    assert (response.status_code, Answer.objects.count(), SAID in text(response)) == (422, 0, True)


def test_an_answer_is_given_once(desk: Desk) -> None:
    open_(desk)
    one = comment()
    answer(desk, one)
    page, again = desk.get("amaru", f"{WHERE}{one.pk}/"), answer(desk, one, verdict="adopted")
    assert (soup(page).select("main form"), again.status_code, Answer.objects.get().verdict) == ([], 409, "partly")


def together(desk: Desk, *those: Comment, who: str = "amaru", page: str = "", **changed: str) -> Response:
    fields = {"verdict": "declined", "text": "Ya está dicho.", **changed}
    return desk.post(who, f"{WHERE}{page}", comments=[one.pk for one in those], **fields)


def test_several_that_say_the_same_are_answered_at_once_each_with_its_entry(desk: Desk) -> None:
    open_(desk)
    one, two, other = comment(), comment(), comment("Otra cosa.")
    response = together(desk, one, two)
    given = Answer.objects.order_by("comment")
    assert (response.status_code, [(each.comment, each.verdict, each.text) for each in given]) == (
        302,
        [(one, Verdict.DECLINED, "Ya está dicho."), (two, Verdict.DECLINED, "Ya está dicho.")],
    )
    assert (len({each.entry_id for each in given}), other.text in text(desk.get("amaru", WHERE))) == (2, True)


@pytest.mark.parametrize("fields", [{"verdict": ""}, {"verdict": "odd"}, {"text": " "}, {"text": "x" * 4001}])
def test_answers_that_lack_something_are_shown_again_with_what_was_ticked(desk: Desk, fields: dict[str, str]) -> None:
    open_(desk)
    one, _two = comment(), comment()
    response = together(desk, one, page="?page=2", **fields)  # which is not there any more
    ticked = [each["value"] for each in soup(response).select("input[name=comments][checked]")]
    assert (response.status_code, ticked, Answer.objects.count()) == (422, [str(one.pk)], 0)


def test_one_that_was_answered_meanwhile_leaves_all_unanswered_and_what_was_typed(desk: Desk) -> None:
    open_(desk)
    one, two, _third = comment(), comment(), comment()
    answer(desk, one)
    response = together(desk, one, two)
    assert (response.status_code, "answered meanwhile" in text(response), "Ya está dicho." in text(response)) == (
        422,
        True,
        True,
    )
    assert Answer.objects.count() == 1


def test_without_a_tick_nothing_is_answered(desk: Desk) -> None:
    open_(desk)
    comment()
    response = together(desk)
    assert (response.status_code, "Tick the comments" in text(response), Answer.objects.count()) == (422, True, 0)


def test_comments_on_another_edition_are_not_answered_here(desk: Desk) -> None:
    open_(desk)
    one = comment()
    make_edition("MAS", published=False)
    response = desk.post("amaru", "instrumentos/MAS/1/consulta/", comments=[one.pk], verdict="declined", text="No.")
    assert (response.status_code, Answer.objects.count()) == (422, 0)


def test_all_on_a_page_are_ticked_at_once(desk: Desk) -> None:
    open_(desk)
    those = [comment(f"Número {number}.") for number in range(3)]
    pages = [desk.get("amaru", f"{WHERE}{query}") for query in ("", "?page=1&tick=1")]
    ticked = [[each["value"] for each in soup(page).select("input[name=comments][checked]")] for page in pages]
    assert (ticked, any("tick=1" in link for link in links(pages[0]))) == ([[], [str(one.pk) for one in those]], True)


@pytest.mark.parametrize("who", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_answer_several(desk: Desk, who: str) -> None:
    open_(desk)
    assert (together(desk, comment(), comment(), who=who).status_code, Answer.objects.count()) == (403, 0)


def test_a_comment_on_another_edition_is_not_found(desk: Desk) -> None:
    open_(desk)
    one = comment()
    make_edition("MAS", published=False)
    assert desk.get("amaru", f"instrumentos/MAS/1/consulta/{one.pk}/").status_code == 404


def test_many_comments_take_several_pages(desk: Desk) -> None:
    open_(desk)
    for number in range(51):
        comment(f"Número {number}.")
    shown = [len(soup(desk.get("amaru", f"{WHERE}?page={page}")).select("article")) for page in (1, 2)]
    assert (shown, desk.get("amaru", f"{WHERE}?page=3").status_code) == ([50, 1], 404)


@pytest.mark.parametrize("path", [WHERE, f"{WHERE}abrir/"])
@pytest.mark.parametrize("name", ["inti", "wara", "tupak", "rumi"])
def test_only_the_authoritys_planners_conduct_it(desk: Desk, name: str, path: str) -> None:
    open_(desk)
    one = comment()
    told = (desk.get(name, path), answer(desk, one, name), desk.post(name, f"{WHERE}cerrar/", sure="on"))
    assert ([response.status_code for response in told], Answer.objects.count(), state()) == (
        [403] * 3,
        0,
        EditionState.CONSULTATION,
    )


@pytest.mark.parametrize("comments", [1, 5])
def test_the_list_stays_within_its_queries(desk: Desk, query_budget: Any, comments: int) -> None:  # noqa: ANN401 - a fixture of conftest
    open_(desk)
    for _ in range(comments):
        comment()
    client = desk.client("amaru")
    with query_budget(9):
        assert client.get(f"/en/desk/{WHERE}").status_code == 200


# --- publishing ----------------------------------------------------------------------------------------------------
def test_while_a_comment_waits_the_page_offers_answers_and_no_act(desk: Desk) -> None:
    open_(desk)
    one = comment()
    desk.post("amaru", f"{WHERE}cerrar/", sure="on")
    page = desk.get("amaru", "instrumentos/OTRO/1/")
    refused = desk.post("amaru", "instrumentos/OTRO/1/", act="DS 1", on="2026-01-15", sure="on")
    answer(desk, one)
    after = desk.get("amaru", "instrumentos/OTRO/1/")
    acts = [bool(soup(each).select("#id_act")) for each in (page, after)]
    assert (acts, refused.status_code, f"/en/desk/{WHERE}" in links(page), state()) == (
        [False, True],
        422,
        True,
        EditionState.DRAFT,
    )


# --- bodies --------------------------------------------------------------------------------------------------------
def test_a_body_finds_what_is_put_and_speaks_in_its_own_name(desk: Desk) -> None:
    open_(desk)
    found = links(desk.get("inti", "consultas/"))
    response = desk.post("inti", SPEAK, entity=desk.cast.a.pk, item="line:2", text=SAID)
    one = Comment.objects.get()
    assert (f"/en/desk/{SPEAK}" in found, response.status_code, one.entity, one.item, one.text) == (
        True,
        302,
        desk.cast.a,
        "line:2",
        SAID,
    )


def test_an_item_is_chosen_by_its_link(desk: Desk) -> None:
    open_(desk)
    page = desk.get("wara", f"{SPEAK}?item=line:2")
    assert (soup(page).select_one("h1").get_text(), value(page, "item")) == ("2 · Contar con otros", "line:2")  # type: ignore[union-attr] # every page has one


@pytest.mark.parametrize(("fields", "status"), [({"text": " "}, 422), ({"item": "line:9"}, 422), ({"entity": ""}, 422)])
def test_a_comment_that_lacks_something_is_shown_again(desk: Desk, fields: dict[str, str], status: int) -> None:
    open_(desk)
    response = desk.post("inti", SPEAK, **{"entity": desk.cast.a.pk, "text": SAID, **fields})
    assert (response.status_code, Comment.objects.count(), bool(errors(response))) == (status, 0, True)


def test_nobody_speaks_for_another_body(desk: Desk) -> None:
    open_(desk)
    response = desk.post("inti", SPEAK, entity=desk.cast.b.pk, text=SAID)
    assert (response.status_code, Comment.objects.count()) == (422, 0)


@pytest.mark.parametrize("name", ["amaru", "tupak", "rumi"])
def test_who_acts_for_no_body_has_no_voice_here(desk: Desk, name: str) -> None:
    open_(desk)
    told = desk.get(name, "consultas/"), desk.post(name, SPEAK, entity=desk.cast.a.pk, text=SAID)
    assert ([response.status_code for response in told], Comment.objects.count()) == ([403, 403], 0)


def test_what_is_in_consultation_is_put_to_no_body_by_a_call(desk: Desk) -> None:
    open_(desk)
    with pytest.raises(Refused, match="edition-unpublished"):
        make_call(editions=("OTRO/1",), period="2030")


def test_what_is_not_put_is_not_there(desk: Desk) -> None:
    told = desk.get("inti", SPEAK), desk.get("inti", "consultas/PLAN/1/"), desk.get("inti", "consultas/NADA/1/")
    assert ([each.status_code for each in told], "No draft" in text(desk.get("inti", "consultas/"))) == (
        [404] * 3,
        True,
    )


def test_what_bodies_said_is_erased_by_nobody_at_the_desk(desk: Desk) -> None:
    open_(desk)
    one = comment()
    actions.erase_comment(actor=OPERATOR, comment=one.pk, act="RM 1", on=timezone.localdate())
    assert SAID not in text(desk.get("amaru", WHERE))
