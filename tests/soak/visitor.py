"""A browser without a picture: cookies, forms, redirects that are noted and not followed."""

from __future__ import annotations

import http.client
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.soak.place import Server

ACKNOWLEDGED, SERVER_ERROR = 302, 500
BASE = re.compile(r'name="base" value="([^"]*)"')
PATIENCE = 60


class Gone(Exception):  # noqa: N818 - it is no fault: the server was killed before it answered
    """No answer: nobody knows whether the server did it."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    location: str
    body: str

    @property
    def acknowledged(self) -> bool:
        """Whether the server said that it is done."""
        return self.status == ACKNOWLEDGED

    @property
    def base(self) -> str:
        """What the form on this page shows, sealed, as it carries it."""
        found = BASE.search(self.body)
        return found[1] if found else ""


@dataclass
class Visitor:
    """Somebody with a browser; ``wrong`` collects answers that say that the server failed."""

    server: Server
    cookies: dict[str, str] = field(default_factory=dict)
    wrong: list[Answer] = field(default_factory=list)

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        return self._ask("POST", path, {**fields, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})

    def sign_in(self, username: str, password: str) -> None:
        """Begin a session; it is kept in the database, so it outlives the server."""
        self.get("/en/desk/ingresar/")
        answer = self.post("/en/desk/ingresar/", username=username, password=password)
        if not answer.acknowledged:
            raise RuntimeError(f"{username} could not sign in: {answer.status}")

    def _ask(self, method: str, path: str, fields: Mapping[str, str] | None) -> Answer:
        if not self.server.up.wait(PATIENCE):
            raise RuntimeError("the server did not come back")
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        try:
            line.request(method, path, urlencode(fields) if fields else None, headers)
            response = line.getresponse()
            body = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            raise Gone from error
        finally:
            line.close()
        for text in response.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(text).items()})
        answer = Answer(response.status, response.headers.get("Location", ""), body)
        if answer.status >= SERVER_ERROR:
            self.wrong.append(answer)
        return answer
