"""The tools of the tests do what they say; a blunt tool would make every test pass."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from playwright.sync_api import Browser

from tests.browser import NARROW, Visitor, too_wide, violations
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.models import Entry

Budgeted = Callable[[int], AbstractContextManager[Any]]


def entry() -> Entry:
    return Entry.objects.create(leaf=b"leaf", leaf_hash=b"hash")


def forge() -> int:
    with transaction.atomic():
        return Entry.objects.update(leaf=b"forged")


# --- guards --------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_guards_stand_in_an_ordinary_test() -> None:
    entry()
    with pytest.raises(DatabaseError, match="does not change"):
        forge()


def test_guards_stand_with_real_transactions(guarded_db: None) -> None:
    entry()
    with pytest.raises(DatabaseError, match="does not change"):
        forge()


def test_a_forger_can_work_where_the_guards_were_taken_away(unguarded_db: None) -> None:
    entry()
    assert forge() == 1


@pytest.mark.django_db
def test_the_guards_are_back_afterwards() -> None:
    assert guards.missing(connection) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", [1, 2])
def test_a_test_with_real_transactions_starts_from_nothing(_again: int) -> None:
    entry()
    assert Entry.objects.count() == 1


# --- budgets -------------------------------------------------------------------------------------------------------
def spend(budget: AbstractContextManager[Any], queries: int, then: type[Exception] | None = None) -> None:
    with budget:
        for _ in range(queries):
            Entry.objects.count()
        if then:
            raise then


@pytest.mark.django_db
def test_a_budget_that_is_kept_says_nothing(query_budget: Budgeted) -> None:
    spend(query_budget(1), 1)


@pytest.mark.django_db
def test_a_budget_that_is_not_kept_fails_and_shows_the_queries(query_budget: Budgeted) -> None:
    with pytest.raises(pytest.fail.Exception, match=r"2 queries, the budget is 1:\nSELECT"):
        spend(query_budget(1), 2)


@pytest.mark.django_db
def test_a_budget_does_not_hide_what_went_wrong_inside(query_budget: Budgeted) -> None:
    with pytest.raises(ZeroDivisionError):
        spend(query_budget(0), 1, then=ZeroDivisionError)


# --- browser -------------------------------------------------------------------------------------------------------
GOOD = "<html lang='es'><title>Plan</title><main><h1>Plan</h1>{}</main></html>"
SMALL = "<a href='/a' style='font-size:8px;display:block;height:9px'>a</a><a href='/b' style='font-size:8px'>b</a>"


@pytest.mark.browser
@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("<p>Bien.</p>", []),
        ("<img src='data:,'>", ["image-alt"]),
        ("<p style='color:#ccc;background:#fff'>gris</p>", ["color-contrast"]),
        (SMALL, ["target-size"]),
    ],
)
def test_axe_finds_what_is_wrong(body: str, rules: list[str], browser: Browser) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 800})
    page.set_content(GOOD.format(body))
    found = [line.split(":")[0] for line in violations(page)]
    page.close()
    assert found == rules


@pytest.mark.browser
@pytest.mark.parametrize(("width", "wide"), [("100px", False), ("900px", True)])
def test_a_page_that_is_too_wide_is_noticed(width: str, wide: bool, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": NARROW, "height": 800})
    page.set_content(f"<div style='width:{width}'>x</div>")
    found = too_wide(page)
    page.close()
    assert found == wide


def test_a_visitor_hears_what_the_policy_refuses(visitor: Visitor) -> None:
    page = visitor.open("/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'x = 1'}))")
    heard, visitor.complaints = [text for text in visitor.complaints if "Content Security Policy" in text], []
    assert len(heard) == 1


def test_the_live_server_sees_what_the_test_wrote(visitor: Visitor) -> None:
    entry()
    visitor.open("/")
    visitor.complaints = []
    assert Entry.objects.count() == 1
