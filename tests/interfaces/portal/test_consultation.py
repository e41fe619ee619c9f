"""A citizen in a consultation: reads, comments without an account, holds a receipt, finds the answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.domain.instruments import hearings
from tests.domain.instruments.plans import SMALL, draft, enact
from tests.domain.instruments.test_repealing import repeal
from yupana.domain.instruments import public
from yupana.domain.instruments.actions import erase_comment, open_consultation
from yupana.domain.instruments.facts import Verdict
from yupana.domain.instruments.models import Comment
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.text import squeeze
from yupana.projections.followers import tick

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    Budget = Callable[[int], AbstractContextManager[object]]

pytestmark = pytest.mark.django_db
PUBLISHED = "/en/planes/QIPU/1/"
HERE = f"{PUBLISHED}consulta/"
THERE = f"{HERE}line/1.1/"
SAID = "Open on Saturdays, too."


@pytest.fixture(autouse=True)
def _nobody_spoke_before() -> None:
    cache.clear()


def put(days: int = 9) -> None:
    today = timezone.localdate()
    hearings.opened(on=today - timedelta(days=10), closes_on=today + timedelta(days=days))


def get(address: str = HERE) -> Response:
    return Client().get(address)


def send(item: str = "line:1.1", text: str = SAID, client: Client | None = None, **more: Any) -> Response:  # noqa: ANN401 - whatever the client takes
    fields = {"item": item, "text": text, "website": more.pop("website", "")}
    return (client or Client(enforce_csrf_checks=True)).post(f"{HERE}opinar/", fields, **more)


def shut(response: Response) -> None:
    """Close the file of a download, and not the database with it, as the client would."""
    for close in response._resource_closers:  # type: ignore[attr-defined] # noqa: SLF001 - close() itself ends the request
        close()


def text(response: Response) -> str:
    return squeeze(BeautifulSoup(response.content, "html.parser").select_one("main").get_text(" "))  # type: ignore[union-attr] # every page has one


def texts() -> list[str]:
    return list(Comment.objects.values_list("text", flat=True))


# --- reading -------------------------------------------------------------------------------------------------------
def test_what_is_put_is_read_item_by_item_and_called_a_draft() -> None:
    told = replace(SMALL[1], body="With **chairs** and a <b>bell</b>.", legal_basis="D.S. 3251")
    draft(rows=(SMALL[0], told, *SMALL[2:]))
    today = timezone.localdate()
    open_consultation(actor=OPERATOR, edition="QIPU/1", closes_on=today, on=today)
    whole, one = text(get()), get(THERE)
    assert ["in consultation" in whole, "it binds nobody yet" in whole, "1.1 · One counter" in whole] == [True] * 3
    assert (b"<strong>chairs</strong>" in one.content, b"<b>bell" in one.content, "D.S. 3251" in text(one)) == (
        True,
        False,
        True,
    )


def test_the_home_page_leads_to_what_is_open_and_only_to_that() -> None:
    put()
    before = HERE in get("/en/").content.decode()
    hearings.close(on=timezone.localdate())
    assert (before, HERE in get("/en/").content.decode()) == (True, False)


def test_what_is_in_consultation_is_no_edition_of_the_portal() -> None:
    put()
    assert [get(f"/en/planes/QIPU/1/{page}").status_code for page in ("", "texto/", "line/1.1/")] == [404] * 3


@pytest.mark.parametrize("address", [HERE, THERE, f"{HERE}recibos/{'0' * 64}/", "/en/planes/NADA/1/consulta/"])
def test_what_was_never_put_is_not_there(address: str) -> None:
    draft()
    assert get(address).status_code == 404


def test_an_item_that_is_not_there_is_not_found() -> None:
    put()
    assert [get(f"{HERE}{item}/").status_code for item in ("line/9", "axis/1.1", "x/1")] == [404] * 3


def test_once_it_is_closed_the_text_is_nobodys_until_it_is_published() -> None:
    put()
    hearings.reply(hearings.say(on=timezone.localdate()))
    hearings.close(on=timezone.localdate())
    whole, one = get(), get(THERE)
    assert ("is being mended" in text(whole), "One counter" in text(whole), "Knots" in text(whole)) == (
        True,
        False,
        False,
    )
    assert (hearings.SAID in text(whole), one.status_code, one["Location"]) == (True, 302, HERE)


def test_after_publication_it_leads_to_what_was_published() -> None:
    put()
    hearings.close(on=timezone.localdate())
    enact()
    pages = [BeautifulSoup(get(address).content, "html.parser") for address in (HERE, PUBLISHED)]
    there, back = ([link["href"] for link in page.select("main a")] for page in pages)
    assert (PUBLISHED in there, HERE in back) == (True, True)


@pytest.mark.parametrize("address", [HERE, THERE])
def test_reading_sets_no_cookie_and_may_be_kept(address: str) -> None:
    put()
    response = get(address)
    assert (response.cookies.output(), "public" in response["Cache-Control"], "Cookie" in response["Vary"]) == (
        "",
        True,
        False,
    )


# --- commenting ----------------------------------------------------------------------------------------------------
def test_a_comment_needs_no_account_no_name_no_token_and_gets_a_receipt() -> None:
    put()
    response = send()
    found = Comment.objects.get()
    assert (response.status_code, response["Location"], response.cookies.output(), found.text, found.entity) == (
        302,
        f"{HERE}recibos/{public.number_of(found.entry)}/",
        "",
        SAID,
        None,
    )


def test_one_may_comment_on_the_whole() -> None:
    put()
    send(item="")
    assert Comment.objects.get().item == ""


def test_whoever_is_signed_in_speaks_here_as_a_citizen(cast: Any) -> None:  # noqa: ANN401 - a fixture of conftest
    put()
    client = Client()
    client.force_login(cast.people["inti"])
    send(client=client)
    assert Comment.objects.get().entity is None


def test_the_receipt_says_where_it_stands_and_later_what_was_answered() -> None:
    put()
    there = send()["Location"]
    waiting = text(get(there))
    hearings.reply(Comment.objects.get(), Verdict.ADOPTED)
    tick()
    answered = text(get(there))
    assert ("sealed in a moment" in waiting, "not yet" in waiting, SAID in waiting) == (True, True, False)
    assert ("entry 1" in answered, "adopted" in answered, hearings.REASON in answered) == (True, True, True)


@pytest.mark.parametrize("number", ["0" * 64, "x", "%00"])
def test_a_receipt_that_nobody_was_given_is_not_found(number: str) -> None:
    put()
    assert get(f"{HERE}recibos/{number}/").status_code == 404


@pytest.mark.parametrize("item", ["", "line:1.1"])
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": " "}, "Write your comment."),
        ({"text": "x" * 4001}, "4000"),
        ({"website": "http://spam.example"}, "to stay empty"),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, "from another site"),
        ({"HTTP_ORIGIN": "https://elsewhere.example"}, "from another site"),
        ({"HTTP_ORIGIN": "null"}, "from another site"),
    ],
)
def test_what_is_not_taken_is_shown_again_with_its_reason(item: str, fields: dict[str, Any], told: str) -> None:
    put()
    response = send(item, **fields)
    shown = BeautifulSoup(response.content, "html.parser").select_one("textarea")
    assert (response.status_code, told in text(response), texts()) == (422, True, [])
    assert shown is not None
    assert squeeze(shown.get_text()) == squeeze(fields.get("text", SAID))


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_form_of_ours_is_taken(site: str) -> None:
    put()
    assert send(headers={"Sec-Fetch-Site": site}).status_code == 302


@pytest.mark.parametrize("origin", ["http://testserver", "https://testserver"])
def test_a_form_of_our_host_is_taken(origin: str) -> None:
    put()
    assert send(headers={"Origin": origin}).status_code == 302


@pytest.mark.parametrize("item", ["line:9", "x", ":", "line:1.1/../..", "<b>"])
def test_an_item_that_is_gone_loses_nothing_of_what_was_typed(item: str) -> None:
    put()
    response = send(item)
    page = BeautifulSoup(response.content, "html.parser")
    shown, choices = page.select_one("textarea"), [each["value"] for each in page.select("#id_item option")]
    assert shown is not None
    assert (response.status_code, "is not there any more" in text(response), shown.get_text().strip(), choices) == (
        422,
        True,
        SAID,
        ["", *(row.key for row in SMALL)],
    )
    assert texts() == []


@pytest.mark.parametrize("fields", [{"text": "x" * 4001}, {"HTTP_SEC_FETCH_SITE": "cross-site"}])
def test_what_is_not_taken_for_more_than_one_reason_is_shown_again_all_the_same(fields: dict[str, Any]) -> None:
    put()
    response = send("line:9", **fields)
    told = "is not there any more" in text(response), fields.get("text", SAID) in text(response)
    assert (response.status_code, told) == (422, (True, True))


def test_an_item_that_is_gone_after_the_last_day_shows_what_was_typed() -> None:
    put(days=-1)
    response = send("line:9")
    assert (response.status_code, SAID in text(response), texts()) == (422, True, [])


def test_after_the_last_day_there_is_no_form_and_nothing_is_taken() -> None:
    put(days=-1)
    page, response = get(THERE), send()
    forms = BeautifulSoup(page.content, "html.parser").select("main form")
    assert (forms, response.status_code, "took comments until" in text(response), texts()) == ([], 422, True, [])


def test_what_is_closed_takes_nothing() -> None:
    put()
    hearings.close(on=timezone.localdate())
    response = send()
    assert (response.status_code, "not in consultation" in text(response), texts()) == (422, True, [])


@pytest.mark.parametrize("method", ["get", "head", "put", "delete", "options"])
def test_it_is_sent_by_a_form_only(method: str) -> None:
    put()
    assert getattr(Client(), method)(f"{HERE}opinar/").status_code == 405


# --- answers -------------------------------------------------------------------------------------------------------
def test_what_nobody_read_is_counted_and_not_shown() -> None:
    put()
    send()
    whole = text(get())
    assert ("received: 1." in whole, "Waiting for an answer: 1." in whole, SAID in whole, SAID in text(get(THERE))) == (
        True,
        True,
        False,
        False,
    )


@pytest.mark.parametrize("verdict", [Verdict.ADOPTED, Verdict.PARTLY, Verdict.DECLINED])
def test_an_answered_comment_stands_with_its_answer_at_its_item(verdict: Verdict) -> None:
    put()
    send(text="<script>alert(1)</script>")
    hearings.reply(Comment.objects.get(), verdict)
    pages = [get(), get(THERE), get(f"{HERE}line/1.2/")]
    assert [(hearings.REASON in text(page), b"<script>alert" in page.content) for page in pages] == [
        (True, False),
        (True, False),
        (False, False),
    ]


def test_a_withheld_comment_stands_with_the_reason_and_without_its_words() -> None:
    put()
    send(text="Ana Quispe, 555-1234.")
    hearings.reply(Comment.objects.get(), Verdict.WITHHELD, text="It names a person.")
    whole = text(get())
    assert ("It names a person." in whole, "withheld" in whole, "Quispe" in whole) == (True, True, False)


def test_an_erased_comment_says_so() -> None:
    put()
    send()
    one = Comment.objects.get()
    hearings.reply(one)
    erase_comment(actor=OPERATOR, comment=one.pk, act="RM 1", on=timezone.localdate())
    assert ("removed by a recorded act" in text(get()), SAID in text(get())) == (True, False)


def test_many_answers_take_several_pages() -> None:
    put()
    for number in range(31):
        hearings.reply(hearings.say(f"Number {number}.", on=timezone.localdate()))
    shown = [len(BeautifulSoup(get(f"{HERE}?page={page}").content, "html.parser").select("article")) for page in (1, 2)]
    assert (shown, get(f"{HERE}?page=3").status_code) == ([30, 1], 404)


@pytest.mark.parametrize(("address", "most"), [(HERE, 8), (THERE, 8)])
@pytest.mark.parametrize("comments", [1, 5])
def test_the_pages_stay_within_their_queries(query_budget: Budget, address: str, most: int, comments: int) -> None:
    put()
    for _ in range(comments):
        hearings.reply(hearings.say(on=timezone.localdate()))
    with query_budget(most):
        assert get(address).status_code == 200


# --- documents and repeals -----------------------------------------------------------------------------------------
@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> str:  # noqa: ANN401 - a fixture of conftest
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path))
    draft()
    return hearings.attach(b"<html><script>alert(1)</script>", 'act "1".html').digest


def test_a_document_is_downloaded_as_it_was_brought_and_never_run(kept: str) -> None:
    enact()
    response = get(f"/en/planes/QIPU/1/documentos/{kept}/")
    told = response.getvalue()
    shut(response)
    assert (
        told,
        response["Content-Type"],
        response["Content-Disposition"],
        response["X-Content-Type-Options"],
        response["Content-Security-Policy"].split("; ")[0],
        response["Content-Security-Policy"].split("; ")[-1],
    ) == (
        b"<html><script>alert(1)</script>",
        "text/plain",
        'attachment; filename="act_1_.html"',
        "nosniff",
        "default-src 'none'",
        "sandbox",
    )


def test_an_unchanged_document_costs_no_transfer(kept: str) -> None:
    enact()
    there = f"/en/planes/QIPU/1/documentos/{kept}/"
    first = get(there)
    shut(first)
    again = Client().get(there, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_of_the_edition_names_its_documents(kept: str) -> None:
    before = get(f"/en/planes/QIPU/1/documentos/{kept}/").status_code
    enact()
    page = get("/en/planes/QIPU/1/").content.decode()
    assert (before, f"/en/planes/QIPU/1/documentos/{kept}/" in page) == (404, True)


@pytest.mark.parametrize("digest", ["0" * 64, "x", "..%2f..%2fkeys"])
def test_a_document_that_is_not_there_is_not_found(kept: str, digest: str) -> None:
    enact()
    assert get(f"/en/planes/QIPU/1/documentos/{digest}/").status_code == 404


def test_a_repealed_edition_says_by_which_act() -> None:
    draft()
    enact()
    repeal()
    page = text(get("/en/planes/QIPU/1/"))
    assert ("It was repealed" in page, "D.S. 9" in page, "A law says it now." in page) == (True, True, True)
