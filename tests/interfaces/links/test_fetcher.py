"""Going to an address: what is there is told, and nobody is led anywhere near this machine."""

from __future__ import annotations

import gzip
import hashlib
import ssl
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.interfaces.links.server import OK, Server, dripping, leads
from yupana.domain.progress.facts import Found
from yupana.interfaces.links.fetcher import PUBLIC, Gate, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HERE = "127.0.0.1"


def gate(*addresses: str, ca: Path | None = None) -> Gate:
    """One through which a test reaches its own server, and nothing else."""
    return Gate(
        lambda address: address == HERE,
        lambda target: target.port > 1024,
        lambda host, _port: [host] if host[0].isdigit() else list(addresses or (HERE,)),
        lambda: ssl.create_default_context(cafile=str(ca)) if ca else ssl.create_default_context(),
    )


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    big = b"x" * 2**20
    made.answers = {
        "/acta": [OK + b"Content-Length: 9\r\n\r\n%PDF-", 0.01, b"acta"],
        "/chunked": [OK + b"Transfer-Encoding: chunked\r\n\r\n4\r\nhola\r\n0\r\n\r\n"],
        "/empty": [OK + b"Content-Length: 0\r\n\r\n"],
        "/1": leads("/2"),
        "/2": leads("/3"),
        "/3": leads(f"http://b.example:{made.port}/acta"),
        "/0": leads("1"),
        "/inside": leads("http://10.0.0.1:8080/"),
        "/metadata": leads("http://169.254.169.254:8080/latest/meta-data/"),
        "/usual": leads("http://a.example/"),
        "/file": leads("file:///etc/passwd"),
        "/broken": leads("http://[::1"),
        "/nowhere": [b"HTTP/1.1 302 Found\r\n\r\n"],
        "/closed": [b"HTTP/1.1 403 Forbidden\r\n\r\n"],
        "/failed": [b"HTTP/1.1 500 Oh\r\n\r\n"],
        "/said-large": [OK + b"Content-Length: 2147483648\r\n\r\n"],
        "/endless": [OK + b"\r\n", *[big] * 12],
        "/packed": [OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"0" * 2**20)],
        "/cut": [OK + b"Content-Length: 9\r\n\r\nhola"],
        "/cut-chunk": [OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\nhola"],
        "/garbage": [b"\xff\xfe\0 not the web\r\n\r\n"],
        "/heads": [OK + b"X: y\r\n" * 200 + b"\r\n"],
        "/again": [b"HTTP/1.1 100 Continue\r\n\r\n", *dripping(b"HTTP/1.1 100 Continue\r\n\r\n")],
        "/drip": [OK + b"\r\n", *dripping(b"x")],
        "/drip-head": [OK, *dripping(b"X-A: b\r\n")],
        "/silent": [2.0],
    }
    yield made
    made.close()


def test_what_is_there_is_told_by_its_bytes_and_the_server_is_asked_by_its_name(server: Server) -> None:
    found = fetch(server.url("/acta"), gate=gate())
    assert found == Found(hashlib.sha256(b"%PDF-acta").hexdigest(), 9, "application/pdf")
    head = server.asked[-1]
    assert (f"Host: a.example:{server.port}\r\n" in head, "Accept-Encoding: identity\r\n" in head) == (True, True)


@pytest.mark.parametrize(
    ("path", "size", "refusal"),
    [
        ("/chunked", 4, ""),
        ("/empty", 0, ""),
        ("/1", 9, ""),
        ("/0", None, "redirects"),
        ("/inside", None, "address"),
        ("/metadata", None, "address"),
        ("/usual", None, "port"),
        ("/file", None, "astray"),
        ("/broken", None, "astray"),
        ("/nowhere", None, "astray"),
        ("/missing", None, "gone"),
        ("/closed", None, "closed"),
        ("/failed", None, "failed"),
        ("/said-large", None, "too-large"),
        ("/endless", None, "too-large"),
        ("/packed", None, "packed"),
        ("/cut", None, "cut"),
        ("/cut-chunk", None, "cut"),
        ("/garbage", None, "failed"),
        ("/heads", None, "failed"),
    ],
)
def test_what_goes_wrong_is_told_and_nothing_taken(server: Server, path: str, size: int | None, refusal: str) -> None:
    found = fetch(server.url(path), gate=gate())
    assert (found.size, found.refusal) == (size, refusal)


@pytest.mark.parametrize("path", ["/drip", "/drip-head", "/again", "/silent"])
def test_the_time_is_for_all_of_it_however_slowly_it_drips(server: Server, path: str) -> None:
    began = time.monotonic()
    found = fetch(server.url(path), gate=gate(), seconds=0.2)
    assert (found, time.monotonic() - began < 1.5) == (Found(refusal="too-slow"), True)


def test_a_resolver_that_never_answers_is_not_waited_for(server: Server) -> None:
    def asleep(_host: str, _port: int) -> list[str]:
        time.sleep(0.5)
        return []

    slow = Gate(PUBLIC.is_open, PUBLIC.is_usual, asleep, PUBLIC.proving)
    assert fetch("http://a.example/", gate=slow, seconds=0.1) == Found(refusal="too-slow")


def test_a_name_is_resolved_once_and_gone_to_there(server: Server) -> None:
    """One that answers differently the second time leads nowhere else."""
    answers = [[HERE], ["10.0.0.1"]]
    rebinding = Gate(gate().is_open, gate().is_usual, lambda *_: answers.pop(0), PUBLIC.proving)
    assert (fetch(server.url("/acta"), gate=rebinding).size, answers) == (9, [["10.0.0.1"]])


def test_a_name_with_one_way_in_is_not_gone_to_at_all(server: Server) -> None:
    before = len(server.asked)
    found = fetch(server.url("/acta"), gate=gate(HERE, "10.0.0.1"))
    assert (found.refusal, len(server.asked)) == ("address", before)


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "localhost", "0", "0x7f.1", "0x7f000001", "2130706433", "017700000001", "127.1", "10.0.0.1"),
        *("169.254.169.254", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:a9fe:a9fe]", "[fd00::1]", "[fe80::1]"),
        *("[64:ff9b::7f00:1]", "[2002:7f00:1::]", "100.64.0.1", "224.0.0.1", "255.255.255.255"),
    ],
)  # fmt: skip
def test_nothing_near_this_machine_is_gone_to_however_it_is_written(host: str) -> None:
    assert fetch(f"http://{host}/", seconds=5).refusal in {"address", "unknown"}


@pytest.mark.parametrize(
    ("url", "refusal"),
    [
        ("http://8.8.8.8:22/", "port"),
        ("https://a:b@a.example/", "astray"),
        ("gopher://a.example/", "astray"),
        ("http://a.example\r\nHost: b/", "astray"),
    ],
)
def test_only_the_web_is_asked(url: str, refusal: str) -> None:
    assert fetch(url).refusal == refusal


def test_a_name_that_nobody_knows_and_a_door_that_nobody_opens_are_told() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError

    closed = Server()
    closed.close()
    here = gate()
    nobody = Gate(here.is_open, here.is_usual, unknown, PUBLIC.proving)
    told = [fetch("http://a.example:8080/", gate=nobody), fetch(closed.url("/"), gate=here)]
    assert [each.refusal for each in told] == ["unknown", "unreachable"]


# --- TLS -----------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of its own for a.example, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("a.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("tls")
    certificate, secret = folder / "a.pem", folder / "a.key"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, secret


def test_over_tls_the_server_proves_the_name_that_was_asked_for(proved: tuple[Path, Path]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*proved)
    named: list[str | None] = []
    context.sni_callback = lambda _wire, name, _context: named.append(name)
    server = Server({"/acta": [OK + b"Content-Length: 4\r\n\r\nacta"]}, context)
    told = [
        fetch(server.url("/acta"), gate=gate(ca=proved[0])),
        fetch(server.url("/acta", "b.example"), gate=gate(ca=proved[0])),
        fetch(server.url("/acta"), gate=gate()),
    ]
    server.close()
    assert [(each.size, each.refusal) for each in told] == [(4, ""), (None, "certificate"), (None, "certificate")]
    assert named == ["a.example", "b.example", "a.example"]
