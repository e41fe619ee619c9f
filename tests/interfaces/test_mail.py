"""The addresses that mails and invitations carry."""

from __future__ import annotations

import pytest
from django.conf import settings

from yupana.interfaces import mail


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "_here", [mail.HERE])


@pytest.mark.parametrize(
    ("host", "port", "there"),
    [
        ("127.0.0.1", 8177, "http://127.0.0.1:8177/x/"),
        ("localhost", 80, "http://localhost:80/x/"),
        ("0.0.0.0", 8000, "http://127.0.0.1:8000/x/"),  # noqa: S104 - written, not bound
        ("::1", 8001, "http://[::1]:8001/x/"),
    ],
)
def test_without_an_origin_a_link_leads_to_where_this_process_listens(host: str, port: int, there: str) -> None:
    before = mail.absolute("/x/")
    mail.served_at(host, port)
    assert (before, mail.absolute("/x/")) == ("http://127.0.0.1:8000/x/", there)


def test_the_origin_that_was_set_goes_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ORIGINS", ["https://yupana.example"])
    mail.served_at("127.0.0.1", 8177)
    assert mail.absolute("/x/") == "https://yupana.example/x/"
