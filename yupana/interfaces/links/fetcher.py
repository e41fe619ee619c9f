"""Going to one address of the web and telling what is there, without being led anywhere near this machine.

The name is resolved once and the connection made to the address that was judged, so that a name which answers
differently the second time leads nowhere else. Each redirect is judged as the first address was.
"""

from __future__ import annotations

import hashlib
import http.client
import io
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from yupana.domain.progress.facts import Found
from yupana.domain.progress.rules.addresses import is_public, is_usual, read_link
from yupana.domain.progress.rules.evidence import FetchRefusal
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.vault.rules import HEAD, sniff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from yupana.domain.progress.rules.addresses import Target

SECONDS = 10  # for all of it, whatever comes in between
MOST_BYTES = 10 * 2**20
MOST_REDIRECTS = 3
MOST_ADDRESS = 4_000  # characters: where a server leads on may be longer than what people write
BLOCK = 2**16
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OK, UNAUTHORIZED, FORBIDDEN, PROXY = 200, 401, 403, 407
GONE = frozenset({404, 410})
ASKED = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Yupana\r\n"
    "Accept: */*\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
)


class _Stopped(Exception):  # noqa: N818 - an answer, not a failure
    """Nothing was taken, for this reason."""

    def __init__(self, refusal: FetchRefusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Gate:
    """Where one may go, and how names are resolved and servers proved. Only a test opens another one than `PUBLIC`."""

    is_open: Callable[[str], bool]
    is_usual: Callable[[Target], bool]
    resolve: Callable[[str, int], list[str]]
    proving: Callable[[], ssl.SSLContext]


def resolved(host: str, port: int) -> list[str]:
    """Return every IP address of a name, in the order in which they are to be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


PUBLIC = Gate(is_public, is_usual, resolved, ssl.create_default_context)


def fetch(url: str, *, gate: Gate = PUBLIC, seconds: float = SECONDS, most: int = MOST_BYTES) -> Found:
    """Tell what is found at an address now: within so many seconds, bytes and redirects, or why nothing was taken."""
    until, where = time.monotonic() + seconds, url
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            url = _led(url, where)
            answer = _asked(read_link(url, most=MOST_ADDRESS), gate, until, most)
            if isinstance(answer, Found):
                return answer
            where = answer
    except _Stopped as stopped:
        return Found(refusal=stopped.refusal.value)
    except Refused:
        return Found(refusal=FetchRefusal.ASTRAY.value)
    return Found(refusal=FetchRefusal.REDIRECTS.value)


def _led(url: str, where: str) -> str:
    """Where one is led from an address."""
    try:
        return urljoin(url, where)
    except ValueError:
        raise _Stopped(FetchRefusal.ASTRAY) from None


def _asked(target: Target, gate: Gate, until: float, most: int) -> Found | str:
    """Ask once; return what was there, or where it leads on."""
    try:
        with _connected(target, gate, until) as wire:
            wire.settimeout(_left(until))
            wire.sendall(ASKED.format(path=target.path, host=target.authority).encode("ascii"))
            told = _Timed(wire, until)
            answer = http.client.HTTPResponse(told, method="GET")  # type: ignore[arg-type] # all it asks of a socket is a file
            answer.begin()
            if told.ended:  # within its heads, which the library takes for the end of them
                raise _Stopped(FetchRefusal.CUT)
            return _read(answer, most)
    except TimeoutError:
        raise _Stopped(FetchRefusal.TOO_SLOW) from None
    except ssl.SSLCertVerificationError:
        raise _Stopped(FetchRefusal.CERTIFICATE) from None
    except OSError:
        raise _Stopped(FetchRefusal.UNREACHABLE) from None
    except (ValueError, http.client.HTTPException):  # what it says is no answer of the web
        raise _Stopped(FetchRefusal.FAILED) from None


def _connected(target: Target, gate: Gate, until: float) -> socket.socket:
    """Connect to the address that was judged; over TLS the server proves the name that was asked for."""
    if not gate.is_usual(target):
        raise _Stopped(FetchRefusal.PORT)
    addresses = _addresses(target, gate, until)
    if not all(gate.is_open(each) for each in addresses):  # a name with a way in is not trusted with the others
        raise _Stopped(FetchRefusal.ADDRESS)
    wire = _reached(addresses, target.port, until)
    if target.scheme == "http":
        return wire
    try:
        wire.settimeout(_left(until))
        return gate.proving().wrap_socket(wire, server_hostname=target.host)
    except BaseException:
        wire.close()
        raise


def _addresses(target: Target, gate: Gate, until: float) -> list[str]:
    """Resolve a name, and wait for that no longer than for all the rest; a resolver knows no limit of its own."""
    found: list[list[str]] = []

    def ask() -> None:
        try:
            found.append(gate.resolve(target.host, target.port))
        except (OSError, UnicodeError):
            found.append([])

    asking = threading.Thread(target=ask, name="resolve", daemon=True)
    asking.start()
    asking.join(_left(until))
    if not found:
        raise _Stopped(FetchRefusal.TOO_SLOW)
    if not found[0]:
        raise _Stopped(FetchRefusal.UNKNOWN)
    return found[0]


def _reached(addresses: list[str], port: int, until: float) -> socket.socket:
    """Connect to the first address that answers."""
    for each in addresses:
        try:
            return socket.create_connection((each, port), timeout=_left(until))
        except OSError:
            _left(until)
    raise _Stopped(FetchRefusal.UNREACHABLE)


def _read(answer: http.client.HTTPResponse, most: int) -> Found | str:
    """Read an answer to its end; what leads on is not read."""
    if answer.status in REDIRECTS:
        return answer.getheader("Location") or "about:nothing"
    if answer.status != OK:
        raise _Stopped(_why(answer.status))
    if (answer.getheader("Content-Encoding") or "identity").strip().lower() != "identity":
        raise _Stopped(FetchRefusal.PACKED)
    digest, size, head = hashlib.sha256(), 0, b""
    for block in _blocks(answer, most):
        size += len(block)
        digest.update(block)
        head = head if len(head) >= HEAD else (head + block)[:HEAD]
    return Found(digest.hexdigest(), size, sniff(head))


def _blocks(answer: http.client.HTTPResponse, most: int) -> Iterator[bytes]:
    """Give what comes, as long as it is not too much; what was promised and did not come makes it nothing."""
    left = most
    if (answer.length or 0) > left:
        raise _Stopped(FetchRefusal.TOO_LARGE)
    try:
        while block := answer.read1(BLOCK):
            left -= len(block)
            if left < 0:
                raise _Stopped(FetchRefusal.TOO_LARGE)
            yield block
    except http.client.IncompleteRead:
        raise _Stopped(FetchRefusal.CUT) from None
    if answer.length:
        raise _Stopped(FetchRefusal.CUT)


def _why(status: int) -> FetchRefusal:
    if status in GONE:
        return FetchRefusal.GONE
    return FetchRefusal.CLOSED if status in {UNAUTHORIZED, FORBIDDEN, PROXY} else FetchRefusal.FAILED


def _left(until: float) -> float:
    """Seconds that are left for everything; TimeoutError where none are."""
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


class _Timed(io.RawIOBase):
    """A connection read as a file that ends with the time for all of it, however slowly its bytes drip."""

    def __init__(self, wire: socket.socket, until: float) -> None:
        self.wire, self.until, self.ended = wire, until, False

    def makefile(self, _mode: str) -> io.BufferedReader:
        """As http.client asks of a socket."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # whatever can be written to
        self.wire.settimeout(_left(self.until))
        taken = self.wire.recv_into(buffer)
        self.ended = not taken
        return taken
