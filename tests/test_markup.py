"""Text stays text: whatever anybody wrote, no element and no attribute of a page comes out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.db import models

from tests import leaks
from tests.planted import State, built, classified

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.django_db
HOSTILE = (
    """"><script>zq()</script><img src=x onerror=zq()><svg/onload=zq()></title></textarea></style>'"""
    """ onmouseover=zq() x=' {{ 7|add:7 }} {% now "Y" %} javascript:zq() <a href="javascript:zq()">a</a> &lt;b&gt;"""
)
# What names things in addresses, or is read by a machine.
KEPT = {"code", "source", "source_id", "role", "territory", "path", "level", "lineage", "content", "leaf", "leaf_hash"}
KEPT |= {"root", "peaks", "username", "password", "audience", "act", "item", "digest", "url"}


@pytest.fixture(scope="module")
def hostile(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[State]:
    """The same State with markup in every text."""
    with django_db_blocker.unblock(), built() as made:
        for column, kind in classified().items():
            label, _, name = column.rpartition(".")
            table = apps.get_model(label)
            held = table._meta.get_field(name)  # noqa: SLF001 - Django's public name for it
            shaped = isinstance(held, models.JSONField)  # which holds what its forms say, not any text
            if kind in {"open", "plan", "call", "edition"} and name not in KEPT and not shaped:
                said = "javascript:zq()//https://" if name == "document_url" else HOSTILE[: held.max_length or 1000]
                table.objects.update(**{name: said})
        yield made


# Between them they are shown every page that there is; what others are shown are the same pages.
@pytest.mark.parametrize("role", ["anonymous", "planner", "governor", "reviewer"])
def test_no_element_and_no_attribute_comes_out_of_a_text(hostile: State, role: str) -> None:
    found, broken, seen = [], [], 0
    for address in (each for each in leaks.addresses(hostile) if role == "anonymous" or each.startswith("/desk/")):
        response = hostile.ask(role, "GET", address)
        told = leaks.content(response)
        broken += [address] if response.status_code == 500 else []
        if "text/html" in response.headers.get("Content-Type", ""):
            page = BeautifulSoup(told, "html.parser")
            seen += "onerror=zq()" in page.get_text()
            found += [f"{address}: {each}" for each in _alive(page)]
            found += [f"{address}: a template"] if "{{ 7|add:7 }} 2" in page.get_text() else []
    assert (found, broken, seen > 0) == ([], [], True)


def _alive(page: BeautifulSoup) -> Iterator[str]:
    """What would act in a browser and is none of ours."""
    for each in page.find_all(True):
        if each.name in {"script", "img", "iframe", "object", "embed", "base", "style", "meta"} and not _ours(
            each.name, each.attrs
        ):
            yield f"<{each.name}>"
        for name, value in each.attrs.items():
            text = str(value).strip().lower()
            if (
                name.startswith("on")
                or name == "style"
                or (name in {"href", "src", "action"} and text.startswith("javascript:"))
            ):
                yield f"{each.name} {name}={text[:40]}"


def _ours(name: str, attributes: Mapping[str, object]) -> bool:
    return (name == "meta" and "http-equiv" not in attributes) or (
        name in {"script", "img"} and str(attributes.get("src", "")).startswith(("/static/", "data:"))
    )
