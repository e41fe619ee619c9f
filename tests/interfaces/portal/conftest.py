"""The State on which the pages of the portal are tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.utils import translation

from tests.interfaces.portal.stage import State, make_state

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _spanish_again() -> Iterator[None]:
    """Leave no page's language behind for the next test."""
    with translation.override("es"):
        yield


@pytest.fixture
def state(db: None) -> State:
    """60 towns, 12 of which answer."""
    return make_state()


@pytest.fixture
def small(db: None) -> State:
    """The bodies of the cast alone, and nobody answering yet."""
    return make_state(towns=0, answering=0)
