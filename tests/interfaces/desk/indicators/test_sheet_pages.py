"""The sheets of an edition's targets at the desk, at their edges: whose they are, and that a refusal writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.cast import make_edition
from tests.domain.progress.targets import DAY, TARGETS
from tests.interfaces.desk.desk import errors, soup, text, value
from yupana.domain.progress.actions import load_sheets, set_sheet
from yupana.domain.progress.indicators import sheets_of
from yupana.domain.progress.models import Sheet
from yupana.domain.progress.rules.sheets import SheetFields, Terms
from yupana.foundation.kernel.actor import OPERATOR
from yupana.foundation.kernel.quantity import SCALE
from yupana.foundation.ledger.models import Entry

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from tests.cast import Cast
    from yupana.domain.instruments.models import Edition, Item

pytestmark = pytest.mark.django_db
LIST = "/en/desk/instrumentos/PLAN/1/fichas/"
SENT = {"seen": "0", "name": "Granos contados", "accumulation": "last", "source": "report", "over_bodies": "sum"}


@pytest.fixture
def edition(cast: Cast) -> Edition:
    return make_edition(rows=TARGETS)


def get(cast: Cast, path: str = "", who: str = "amaru") -> Response:
    client = Client()
    client.force_login(cast.people[who])
    return client.get(LIST + path)


def post(cast: Cast, path: str = "", who: str = "amaru", /, **sent: str) -> Response:
    client = Client()
    client.force_login(cast.people[who])
    return client.post(LIST + path, sent)


def target(edition: Edition, code: str) -> Item:
    return edition.items.get(role="target", code=code)


def test_nobody_but_the_authority_s_planner_reads_or_sets_them(cast: Cast, edition: Edition) -> None:
    before = Entry.objects.count()
    others = ("tupak", "inti", "wara", "killa", "rumi")
    found = {
        status
        for who in others
        for path in ("", "target/3/")
        for status in (get(cast, path, who).status_code, post(cast, path, who, **SENT).status_code)
    }
    assert (found, Sheet.objects.count(), Entry.objects.count()) == ({403}, 0, before)


def test_only_targets_of_a_published_edition_have_a_sheet(cast: Cast, edition: Edition) -> None:
    draft = make_edition("OTRO", rows=TARGETS, published=False)
    client = Client()
    client.force_login(cast.people["amaru"])
    ways = {
        "target": LIST + "target/3/",
        "line": LIST + "line/1/",
        "axis": LIST + "axis/1/",
        "none": LIST + "target/99/",
        "role": LIST + "x/3/",
        "edition": LIST.replace("PLAN/1", "PLAN/2"),
        "draft": LIST.replace("PLAN/1", f"OTRO/{draft.code}"),
    }
    found = {name: client.get(path).status_code for name, path in ways.items()}
    assert found == {"target": 200} | dict.fromkeys([name for name in ways if name != "target"], 404)
    assert {client.post(path, SENT).status_code for name, path in ways.items() if name != "target"} == {404}


WRONG = {
    "reduction without baseline": {"method": "reduction"},
    "reduction that rises": {"method": "reduction", "baseline": "9", "direction": "up"},
    "no factor": {"factor": "0"},
    "factor below zero": {"factor": "-1"},
    "no name": {"name": " "},
    "audience": {"audience": "level:"},
    "number": {"target": "mucho"},
    "day": {"due_on": "2019-02-29"},
    "not seen": {"seen": ""},
}


def test_what_no_value_could_be_made_by_is_refused_and_what_was_typed_stays(cast: Cast, edition: Edition) -> None:
    before = Entry.objects.count()
    answers = {
        name: post(cast, "target/3/", **{**SENT, "unit": "granos", **changed}) for name, changed in WRONG.items()
    }
    assert {name for name, each in answers.items() if (each.status_code, bool(errors(each))) != (422, True)} == set()
    assert {value(each, "unit") for each in answers.values()} == {"granos"}
    assert (Sheet.objects.count(), Entry.objects.count()) == (0, before)


def test_a_sheet_that_says_the_same_is_no_new_one(cast: Cast, edition: Edition) -> None:
    load_sheets(actor=OPERATOR, edition=edition, terms=Terms(by="level:municipal"), on=DAY)
    held = sheets_of(edition)[target(edition, "3").pk]
    before = Entry.objects.count()
    page = soup(get(cast, "target/3/"))
    names = {str(each["name"]) for each in page.select("main form[method=post] [name]")} - {"csrfmiddlewaretoken"}
    sent = {name: value(get(cast, "target/3/"), name) for name in sorted(names) if name != "accumulation"}
    chosen = page.select_one("[name=accumulation][checked]")
    assert chosen
    assert post(cast, "target/3/", **sent, accumulation=str(chosen["value"])).status_code == 302
    assert (sheets_of(edition)[held.item_id].pk, Entry.objects.count()) == (held.pk, before)


def test_a_sheet_that_another_set_meanwhile_is_not_overwritten(cast: Cast, edition: Edition) -> None:
    item = target(edition, "4")
    seen = value(get(cast, "target/4/"), "seen")
    set_sheet(actor=OPERATOR, item=item, fields=SheetFields("De otra mano", target=SCALE), on=DAY)
    clash = post(cast, "target/4/", **{**SENT, "seen": seen, "name": "De la mía"})
    assert (seen, clash.status_code, value(clash, "name")) == ("0", 409, "De la mía")
    assert sheets_of(edition)[item.pk].name == "De otra mano"
    fresh = get(cast, "target/4/")
    assert (value(fresh, "name"), value(fresh, "seen")) == ("De otra mano", str(Sheet.objects.get().pk))
    assert post(cast, "target/4/", **{**SENT, "seen": value(fresh, "seen"), "name": "De la mía"}).status_code == 302
    assert sheets_of(edition)[item.pk].name == "De la mía"


def test_the_list_says_of_each_target_what_it_has_or_why_it_has_nothing(cast: Cast, edition: Edition) -> None:
    empty = text(get(cast))
    load_sheets(actor=OPERATOR, edition=edition, terms=Terms(), on=DAY)
    some = text(get(cast))
    assert ("4 targets have no sheet yet." in empty, "1 target has no sheet yet." in some) == (True, True)
    assert some.count("nobody reports it yet") == sum(
        each.source == "report" and not each.audience for each in sheets_of(edition).values()
    )


def test_sheets_that_there_are_stay_when_the_others_are_made(cast: Cast, edition: Edition) -> None:
    item = target(edition, "4")
    set_sheet(actor=OPERATOR, item=item, fields=SheetFields("A mano"), on=DAY)
    post(cast, by="level:municipal")
    first = {each.item.code: each.name for each in sheets_of(edition).values()}
    post(cast, by="all", yes_no="on")
    second = {each.item.code: each for each in sheets_of(edition).values()}
    assert (first["4"], sorted(first), sorted(second)) == ("A mano", ["2", "3", "4"], ["1", "2", "3", "4"])
    assert {code: second[code].audience for code in ("1", "3", "4")} == {"1": "all", "3": "level:municipal", "4": ""}


def test_nothing_is_made_where_the_audience_cannot_be_read(cast: Cast, edition: Edition) -> None:
    refused = post(cast, by="level:municipal and")
    assert (refused.status_code, value(refused, "by"), len(errors(refused)) > 0, Sheet.objects.count()) == (
        422, "level:municipal and", True, 0,
    )  # fmt: skip


def test_what_came_from_the_statement_is_what_the_form_begins_with(cast: Cast, edition: Edition) -> None:
    names = ("name", "target", "unit", "factor", "seen")
    found = {code: [value(get(cast, f"target/{code}/"), name) for name in names] for code in ("1", "3", "4")}
    assert found["3"] == ["40% de los ciudadanos cuentan sus granos.", "40", "%", "100", "0"]
    assert (found["1"][:2], found["4"][1], found["4"][3]) == (["Todo contado", ""], "12", "1")
