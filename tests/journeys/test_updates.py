"""An update on the desk in a browser: whom it binds, what it touches, and carrying plans over without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import rehearsal
from tests.browser import NARROW, WIDE, faults
from tests.cast import FIRST_DAY
from tests.rehearsal import enact, rehearse, second, second_call
from yupana.domain.entities.actions import import_register
from yupana.domain.entities.facts import EntityRow
from yupana.domain.instruments.models import Item
from yupana.domain.submissions.models import Submission
from yupana.foundation.kernel.actor import OPERATOR

if TYPE_CHECKING:
    from tests.browser import Visitor
    from tests.rehearsal import Rehearsal

PLAN = "/en/desk/instrumentos/PLAN"
CARRY = "/en/desk/convocatorias/SEGUNDA/trasladar/"


@pytest.fixture
def before(transactional_db: None) -> Rehearsal:
    """The rehearsed update in force, a draft after it, and a register that stands in departments too."""
    made = rehearse()
    enact()
    second_call()
    rehearsal.draft("3", second())
    rows = [
        EntityRow(f"far:{at}", str(at), f"F-{at}", f"Municipio {at}", level="municipal", territory=where, bindable=True)
        for at, where in enumerate(("LP", "LP", "SC", "07", "PD", "BE"), start=1)
    ]
    import_register(actor=OPERATOR, source="far", rows=rows, on=FIRST_DAY)
    far = " or ".join(f"code:{row.code}" for row in rows)
    Item.objects.filter(edition__code="3", role="line", code="1").update(audience=far)
    return made


def pages(before: Rehearsal) -> dict[str, str]:
    """Every page of an update, full."""
    one = Item.objects.get(edition__code="3", role="line", code="1").lineage
    other = Item.objects.get(edition__code="3", role="line", code="2").lineage
    return {
        "binds": f"{PLAN}/3/obliga/",
        "fewer": f"{PLAN}/3/obliga/?audience=code:F-1",
        "map": f"{PLAN}/3/obliga/{one}/",
        "no map": f"{PLAN}/3/obliga/{other}/",
        "impact": f"{PLAN}/3/impacto/?from=1",
        "changes": f"{PLAN}/3/impacto/cambios/?from=1",
        "choose": CARRY,
        "carry": f"{CARRY}?source={before.call.code}",
        "publish": f"{PLAN}/3/",
        "call": "/en/desk/convocatorias/SEGUNDA/",
    }


def test_every_page_is_accessible_and_fits_the_screen(visitor: Visitor, before: Rehearsal) -> None:
    visitor.sign_in(before.cast.people["amaru"])
    found = {}
    for name, path in pages(before).items():
        page = visitor.open(path.replace("/en", "", 1), width=NARROW)
        found[name] = faults(page)
        page.context.close()
    assert {name: fault for name, fault in found.items() if fault != ([], [])} == {}


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_plans_are_carried_over_without_a_script(visitor: Visitor, before: Rehearsal, width: int) -> None:
    visitor.sign_in(before.cast.people["amaru"])
    page = visitor.open("/en/desk/convocatorias/SEGUNDA/", width=width, scripts=False)
    page.click("text=Carry plans over")
    page.click("text=Look at what would be carried")
    page.check("label:has-text('line 51')")
    page.click("text=Look again with these choices")
    page.check("#sure")
    page.click("button:has-text('Carry them over')")
    told = page.locator(".messages").inner_text()
    assert (told, Submission.objects.filter(obligation__call__code="SEGUNDA").count()) == (
        "2 plans were carried over with their 15 rows; 2 of them stand without their item.",
        2,
    )
