"""A real browser for the tests marked `browser`, and axe-core to judge what it sees.

Ask for `visitor`: `page = visitor.open("/en/", width=360)`, `visitor.sign_in(person)`, `violations(page)`.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from yupana.domain.people.models import Person

NARROW, WIDE = 360, 1280
STANDARD = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]  # target-size answers only to wcag22aa when asked by tag
NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever asks for a visitor needs a browser: no test can forget the mark."""
    for item in items:
        if "visitor" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        if item.get_closest_marker("browser"):
            item.user_properties.append(("browser", "yes"))  # for the count of `make test`


def executable(playwright: Playwright) -> str | None:
    """Find a chromium: the one that was named, else one on the PATH, else the one that Playwright brought."""
    named = os.environ.get("YUPANA_CHROMIUM")
    candidates = [named] if named else [*(shutil.which(name) for name in NAMES), playwright.chromium.executable_path]
    return next((found for found in candidates if found and Path(found).is_file()), None)


def _absent() -> None:
    reason = "no browser: none in YUPANA_CHROMIUM, on the PATH or from Playwright"
    if os.environ.get("YUPANA_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{reason}, and YUPANA_REQUIRE_BROWSER=1")
    pytest.skip(reason)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One chromium for the whole run."""
    if connection.vendor != "sqlite":
        pytest.skip("browser tests run on SQLite only")
    # Playwright keeps an event loop in this thread, which Django takes for an async caller; nothing here is async.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        path = executable(playwright)
        if path is None:
            _absent()
        # As root chromium cannot build its sandbox; it visits only our own pages.
        flags = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=path, args=flags)
        yield chromium
        chromium.close()


class Visitor:
    """Somebody in front of a screen. What the browser complains about is kept and fails the test at its end."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser = browser
        self._address = address
        self._cookies: dict[str, str] = {}
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []

    def sign_in(self, person: Person) -> None:
        """Be this person on every page that is opened from now on."""
        client = Client()
        client.force_login(person)
        self._cookies = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}

    def open(self, path: str, width: int = WIDE, *, scripts: bool = True) -> Page:
        """Open a page of the running server on a fresh screen of that width."""
        context = self._browser.new_context(
            base_url=self._address,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripts,
        )
        self._contexts.append(context)
        for name, value in self._cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": self._address}])
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(path)
        return page

    def leave(self) -> None:
        """Close every screen."""
        for context in self._contexts:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """A visitor of the running house; errors in the console (a refused style, a missing file) fail the test."""
    somebody = Visitor(browser, live_server.url)
    yield somebody
    somebody.leave()
    assert somebody.complaints == []


def violations(page: Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 AA, one line a rule, with the first places; empty is right."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {rule['help']} at " + ", ".join(str(node["target"]) for node in rule["nodes"][:3])
        for rule in found.response["violations"]
    ]


def too_wide(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def faults(page: Page) -> tuple[list[str], list[int]]:
    """What is wrong with a page that was opened narrow: its violations, and the widths at which it is too wide."""
    found, wide = violations(page), []
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 800})
        wide += [width] if too_wide(page) else []
    return found, wide
