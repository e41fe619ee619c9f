"""A planner's way from the invitation to the accepted plan, through one return: by keys alone, and without a script."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser import NARROW, WIDE
from tests.cast import PASSWORD, Cast, make_call, make_edition, make_entities, make_people, obligation_of
from yupana.domain.commitments.actions import accept_plan, return_plan
from yupana.domain.people import tokens
from yupana.domain.people.actions import invite
from yupana.domain.people.facts import Invited
from yupana.domain.submissions.models import Submission

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from tests.browser import Visitor

MOST_TABS = 120


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast in front of an open call that binds body C, for which nobody acts yet."""
    cast = make_people(make_entities())
    make_edition()
    make_call(due_on=timezone.localdate() + timedelta(days=20), audience="all")
    return cast


class Hands:
    """Somebody who works with the keyboard alone, or with a finger where there are no scripts."""

    def __init__(self, page: Page, *, keyboard: bool) -> None:
        self.page = page
        self.keyboard = keyboard

    def on(self, where: Locator) -> None:
        """Come to something as far as Tab leads."""
        expect(where).to_be_visible()
        if not self.keyboard:
            where.focus()
            return
        for _ in range(MOST_TABS):
            if where.evaluate("each => each === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        pytest.fail(f"no way to {where} by keyboard")

    def say(self, where: Locator, text: str) -> None:
        """Write into a field in place of what stands there."""
        self.on(where)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def do(self, name: str, role: str = "button") -> None:
        """Press a button or follow a link by its words."""
        where = self.page.get_by_role(role, name=name, exact=True).first  # type: ignore[arg-type] # a role by its name
        self.on(where)
        if self.keyboard:
            self.page.keyboard.press("Enter")
        else:
            where.click()

    def tick(self, where: Locator) -> None:
        """Tick a box."""
        self.on(where)
        self.page.keyboard.press("Space") if self.keyboard else where.check()

    def cell(self, name: str) -> Locator:
        """Find a cell of the grid."""
        return self.page.locator(f'[name="{name}"]')

    def fill_row(self, number: int, texts: dict[str, str]) -> None:
        """Write one activity, and wait until it is kept."""
        for field, text in texts.items():
            self.say(self.cell(f"{number}.{field}"), text)
        self.keep()

    def keep(self) -> None:
        """Let the page keep what was typed, or tell it to."""
        if self.keyboard:
            self.page.keyboard.press("Tab")
            expect(self.page.locator("#state")).to_contain_text("Saved", timeout=10_000)
            expect(self.page.locator(".waits")).to_have_count(0, timeout=10_000)
        else:
            self.do("Save")


FIRST = {"item": "1", "name": "Contar los caminos", "responsible": "Catastro", "indicator": "Caminos", "target": "12"}
SECOND = {"item": "2", "name": "Contar con Ábaco", "responsible": "Catastro", "indicator": "Reuniones", "target": "4"}


@pytest.mark.parametrize(
    ("width", "scripts"), [(WIDE, True), (NARROW, True), (NARROW, False)], ids=["wide", "narrow", "no-script"]
)
def test_from_the_invitation_to_the_accepted_plan(visitor: Visitor, cast: Cast, width: int, *, scripts: bool) -> None:
    today = timezone.localdate()
    row = Invited("carta:1", "C-1", "Nina Quispe", "nina@valle.example", "entity_planner")
    (admitted,) = invite(actor=cast.amaru, rows=[row], on=today)
    token = tokens.made(admitted.person)
    page = visitor.open(f"/en/desk/invitacion/{admitted.person.pk}/{token}/", width=width, scripts=scripts)
    hands = Hands(page, keyboard=scripts)
    hands.say(page.locator("#id_new"), PASSWORD)
    hands.say(page.locator("#id_again"), PASSWORD)
    hands.do("Begin")

    hands.do("Go to my inbox", "link")
    hands.do("Start the plan")
    hands.fill_row(1, FIRST)
    hand_in(hands)
    first = Submission.objects.get()
    return_plan(actor=cast.amaru, submission=first, reason="", remarks={1: "¿Cuáles caminos?"}, on=today)

    page.goto("/en/desk/")
    expect(page.locator("main")).to_contain_text("¿Cuáles caminos?")
    hands.do("Start mending")
    expect(page.locator("main")).to_contain_text("¿Cuáles caminos?")
    hands.fill_row(1, {"name": "Contar los caminos vecinales"})
    hands.fill_row(2, SECOND)
    hand_in(hands)
    second = Submission.objects.latest("version")
    accept_plan(actor=cast.amaru, submission=second, on=today)

    page.goto("/en/desk/")
    expect(page.locator("main")).to_contain_text("accepted")
    kept = list(second.activities.values_list("row", "name", "item__code", "target"))
    assert kept == [(1, "Contar los caminos vecinales", "1", "12"), (2, "Contar con Ábaco", "2", "4")]
    assert obligation_of(second.obligation.call, cast.c).pk == second.obligation_id


def hand_in(hands: Hands) -> None:
    """Look once more, and hand the plan in."""
    hands.do("Review and hand in", "link")
    hands.say(hands.page.locator("#id_resolution"), "RA 7/2026")
    hands.say(hands.page.locator("#id_resolution_on"), timezone.localdate().strftime("%m%d%Y"))
    hands.tick(hands.page.locator("#id_sure"))
    hands.do("Hand in the plan")
    expect(hands.page.locator("#receipt")).to_be_visible()
