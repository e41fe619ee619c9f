"""Exactly as much as is taken and one more: bytes, redirects, statuses, and answers that break the rules of the web."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.interfaces.links.server import OK, Server, leads
from tests.interfaces.links.test_fetcher import HERE, gate
from yupana.domain.progress.facts import Found
from yupana.interfaces.links.fetcher import MOST_ADDRESS, MOST_BYTES, MOST_REDIRECTS, SECONDS, Gate, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yupana.domain.progress.rules.addresses import Target

MOST = 10  # bytes, in these tests
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


def said(body: bytes, *heads: str) -> list[bytes | float]:
    """An answer that says how long it is."""
    told = "".join(f"{head}\r\n" for head in (f"Content-Length: {len(body)}", *heads))
    return [OK + told.encode() + b"\r\n" + body]


def status(line: str) -> list[bytes | float]:
    return [f"HTTP/1.1 {line}\r\nContent-Length: 4\r\n\r\nhola".encode()]


def chunks(*parts: bytes) -> list[bytes | float]:
    return [CHUNKED + b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (*parts, b""))]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def answered(server: Server, answer: list[bytes | float], *, most: int = MOST_BYTES, to: Gate | None = None) -> Found:
    """What is found where a server gives this answer."""
    server.answers["/x"] = answer
    return fetch(server.url("/x"), gate=to or gate(), most=most, seconds=5)


def test_the_limits_are_those_that_were_promised() -> None:
    assert (SECONDS, MOST_BYTES, MOST_REDIRECTS) == (10, 10 * 1024 * 1024, 3)


# --- bytes ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "size", "refusal"),
    [
        (said(b""), 0, ""),
        (said(b"x" * (MOST - 1)), MOST - 1, ""),
        (said(b"x" * MOST), MOST, ""),
        (said(b"x" * (MOST + 1)), None, "too-large"),
        ([OK + b"\r\n"], 0, ""),
        ([OK + b"\r\n" + b"x" * MOST], MOST, ""),
        ([OK + b"\r\n" + b"x" * (MOST + 1)], None, "too-large"),
        (chunks(b"x" * MOST), MOST, ""),
        (chunks(b"x" * MOST, b"x"), None, "too-large"),
        (chunks(*[b"x"] * MOST), MOST, ""),
        (chunks(*[b"x"] * (MOST + 1)), None, "too-large"),
        ([OK + b"Content-Length: 999999999999999999999999\r\n\r\n"], None, "too-large"),
        ([OK + b"Content-Length: -5\r\n\r\nhola"], 4, ""),
        ([OK + b"Content-Length: mucho\r\n\r\nhola"], 4, ""),
        ([OK + b"Content-Length: 3\r\n\r\nhola"], 3, ""),
    ],
)
def test_as_many_bytes_as_are_taken_and_one_more(
    server: Server, answer: list[bytes | float], size: int | None, refusal: str
) -> None:
    found = answered(server, answer, most=MOST)
    assert (found.size, found.refusal, bool(found.digest)) == (size, refusal, not refusal)


@pytest.mark.parametrize(
    "answer",
    [
        said(PDF),
        chunks(PDF),
        chunks(*(PDF[at : at + 1] for at in range(len(PDF)))),
        [OK + b"\r\n", PDF[:3], 0.01, PDF[3:]],
        [OK + f"Content-Length: {len(PDF)}\r\n\r\n".encode(), PDF[:1], 0.01, PDF[1:]],
    ],
)
def test_the_same_bytes_are_the_same_thing_however_they_come(server: Server, answer: list[bytes | float]) -> None:
    assert answered(server, answer) == Found(hashlib.sha256(PDF).hexdigest(), len(PDF), "application/pdf")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(min_size=1, max_size=40), max_size=6))
def test_the_digest_is_of_all_that_came_and_of_nothing_else(server: Server, parts: list[bytes]) -> None:
    whole, found = b"".join(parts), answered(server, chunks(*parts))
    assert (found.digest, found.size, found.refusal) == (hashlib.sha256(whole).hexdigest(), len(whole), "")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<script>alert(1)</script>", "text/plain"),
        (b"<svg onload=alert(1)>", "text/plain"),
        (b"", "text/plain"),
        (b"\0\1\2", "application/octet-stream"),
        (b"x" * 5_000 + b"\0", "text/plain"),
        (b"\x89PNG\r\n\x1a\n<html>", "image/png"),
    ],
)
def test_what_it_is_is_said_by_its_first_bytes_and_not_by_its_server(server: Server, body: bytes, kind: str) -> None:
    assert answered(server, said(body, "Content-Type: text/html")).media_type == kind


# --- answers -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("200 OK", ""),
        ("200", ""),
        *((f"{code} X", "failed") for code in (201, 204, 206, 300, 304, 305, 306, 400, 402, 405, 418, 429, 451, 503)),
        *((f"{code} X", "closed") for code in (401, 403, 407)),
        *((f"{code} X", "gone") for code in (404, 410)),
        *((f"{code} X", "astray") for code in (301, 302, 303, 307, 308)),
        ("99 X", "failed"),
        ("1000 X", "failed"),
        ("OK", "failed"),
    ],
)
def test_of_all_that_a_server_may_answer_one_thing_is_taken(server: Server, line: str, refusal: str) -> None:
    assert answered(server, status(line)).refusal == refusal


@pytest.mark.parametrize(
    ("head", "refusal"),
    [
        ("Content-Encoding: identity", ""),
        ("Content-Encoding:  IDENTITY ", ""),
        ("Content-Encoding:", ""),
        *((f"Content-Encoding: {each}", "packed") for each in ("gzip", "br", "deflate", "identity, gzip", "x")),
        ("Set-Cookie: a=b", ""),
        ("Refresh: 0; url=http://10.0.0.1/", ""),
        ("Content-Location: http://10.0.0.1/", ""),
    ],
)
def test_nothing_is_unpacked_and_no_other_head_is_followed(server: Server, head: str, refusal: str) -> None:
    assert answered(server, said(b"hola", head)).refusal == refusal


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        ([b""], "unreachable"),
        ([OK.strip()], "cut"),
        ([OK], "cut"),
        ([OK + b"X: y\r\n"], "cut"),
        ([b"\r\n\r\n"], "failed"),
        ([b"hola"], "failed"),
        ([b"HTTP/1.1 200 OK\r\nContent-Le"], "cut"),
        ([b"SSH-2.0-OpenSSH\r\n"], "failed"),
        ([OK + b"X: " + b"y" * 70_000 + b"\r\n\r\n"], "failed"),
        ([CHUNKED], "cut"),
        ([CHUNKED + b"zz\r\nhola\r\n0\r\n\r\n"], "cut"),
        ([CHUNKED + b"-5\r\nhola\r\n0\r\n\r\n"], "cut"),
        ([CHUNKED + b"4\r\nho"], "cut"),
        ([CHUNKED + b"4\r\nhola\r\n"], "cut"),
        ([OK + b"Content-Length: 5\r\n\r\nhola"], "cut"),
        ([OK + b"Content-Length: 1\r\n\r\n"], "cut"),
    ],
)
def test_half_an_answer_is_none(server: Server, answer: list[bytes | float], refusal: str) -> None:
    assert answered(server, answer) == Found(refusal=refusal)


# --- where it leads ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("hops", "size", "refusal"), [(0, 4, ""), (1, 4, ""), (3, 4, ""), (4, None, "redirects")])
def test_as_many_redirects_as_are_followed_and_one_more(
    server: Server, hops: int, size: int | None, refusal: str
) -> None:
    server.answers |= {f"/hop{at}": leads(f"/hop{at - 1}") for at in range(1, hops + 1)} | {"/hop0": said(b"hola")}
    found = fetch(server.url(f"/hop{hops}"), gate=gate())
    assert (found.size, found.refusal) == (size, refusal)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "where", ["there", "./there", "/a/there", "//b.example:{port}/a/there", "http://c.example:{port}/a/there#part"]
)
def test_it_may_lead_on_in_any_way_of_the_web(server: Server, code: int, where: str) -> None:
    there = where.format(port=server.port)
    server.answers |= {
        "/a/here": [f"HTTP/1.1 {code} X\r\nLocation: {there}\r\n\r\n".encode()],
        "/a/there": said(b"hola"),
    }
    assert fetch(server.url("/a/here"), gate=gate()).size == 4


@pytest.mark.parametrize(
    ("where", "refusal"),
    [
        ("", "astray"),
        ("http://", "redirects"),
        ("#part", "redirects"),
        ("ftp://a.example/", "astray"),
        ("javascript:alert(1)", "astray"),
        ("data:text/plain,hola", "astray"),
        ("http://a:b@a.example:{port}/", "astray"),
        ("http://a.example:99999/", "astray"),
        ("http://a.example:x/", "astray"),
        ("http://a b.example/", "astray"),
        ("/" + "x" * MOST_ADDRESS, "astray"),
        ("http://a.example:22/", "port"),
        ("http://10.0.0.1:{port}/", "address"),
    ],
)
def test_it_leads_nowhere_else(server: Server, where: str, refusal: str) -> None:
    assert answered(server, leads(where.format(port=server.port))) == Found(refusal=refusal)


def test_what_is_led_to_is_resolved_and_judged_anew(server: Server) -> None:
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["10.0.0.1"] if host == "b.example" else [HERE]

    found = answered(server, leads(f"http://b.example:{server.port}/x"), to=replace(gate(), resolve=resolve))
    assert (found.refusal, asked) == ("address", ["a.example", "b.example"])


# --- how it is asked -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("", "/"),
        ("/a%20b", "/a%20b"),
        ("/ñandú", "/%C3%B1and%C3%BA"),
        ("/x?a=1&b=ñ", "/x?a=1&b=%C3%B1"),
        ("/x#part", "/x"),
        ("?q=1", "/?q=1"),
        ("/%0d%0aX:y", "/%0d%0aX:y"),
    ],
)
def test_a_path_is_asked_for_in_plain_letters(server: Server, path: str, asked: str) -> None:
    fetch(server.url(path), gate=gate())
    assert server.asked[-1].split("\r\n")[0] == f"GET {asked} HTTP/1.1"


def test_nothing_is_said_of_who_asks_and_why(server: Server) -> None:
    answered(server, said(b"hola"))
    names = {line.partition(":")[0] for line in server.asked[-1].split("\r\n")[1:] if line}
    assert names == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


# --- who is reached ------------------------------------------------------------------------------------------------
def near(*addresses: str) -> Gate:
    """A gate to all of this machine's own addresses, of which the server answers at one."""
    return replace(gate(*addresses), is_open=lambda address: address.startswith("127."))


def test_where_one_address_does_not_answer_the_next_one_is_tried(server: Server) -> None:
    assert answered(server, said(b"hola"), to=near("127.0.0.2", HERE)).size == 4


def test_where_no_address_answers_nothing_is_reached(server: Server) -> None:
    assert answered(server, said(b"hola"), to=near("127.0.0.2", "127.0.0.3")) == Found(refusal="unreachable")


@pytest.mark.parametrize("addresses", [[], ["10.0.0.1", HERE], [HERE, "::1"], ["hola"]])
def test_a_name_is_gone_to_only_where_every_address_of_it_may_be(server: Server, addresses: list[str]) -> None:
    before = len(server.asked)
    found = answered(server, said(b"hola"), to=replace(gate(), resolve=lambda *_: addresses))
    assert (found.refusal, len(server.asked)) == ("address" if addresses else "unknown", before)


def test_a_door_that_is_not_of_the_web_is_not_even_looked_up(server: Server) -> None:
    def never(_target: Target) -> bool:
        return False

    def resolve(_host: str, _port: int) -> list[str]:
        raise AssertionError

    found = answered(server, said(b"hola"), to=replace(gate(), is_usual=never, resolve=resolve))
    assert found == Found(refusal="port")


@pytest.mark.parametrize("seconds", [0, -1])
def test_where_no_time_is_left_nobody_is_asked(server: Server, seconds: float) -> None:
    before = len(server.asked)
    assert (fetch(server.url("/x"), gate=gate(), seconds=seconds), len(server.asked)) == (
        Found(refusal="too-slow"),
        before,
    )


def test_a_name_that_no_resolver_can_write_is_known_to_nobody(server: Server) -> None:
    def resolve(_host: str, _port: int) -> list[str]:
        raise UnicodeError

    assert answered(server, said(b"hola"), to=replace(gate(), resolve=resolve)) == Found(refusal="unknown")
