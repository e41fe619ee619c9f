"""What an address says, and which of the places behind it are on the open internet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from yupana.foundation.kernel.errors import Refused

MOST = 500  # characters of an address
PORTS = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\\"<>]")
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?\.?")
_KEPT = "/%:@!$&'()*+,;=-._~?"
# What an IPv4 address that looks global still is not: shared by carriers, kept for protocols, measuring and later.
_NOT_V4 = tuple(
    ip_network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24"),
        *("192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        *("224.0.0.0/4", "240.0.0.0/4"),
    )
)
_V6 = ip_network("2000::/3")  # all that is given out; what carries an IPv4 address within is left out below
_NOT_V6 = tuple(ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads, in the form in which a server is asked: ``host`` and ``path`` are plain ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """How the server is named in a request: with its port only where that is not the usual one."""
        named = f"[{self.host}]" if ":" in self.host else self.host
        return named if self.port == PORTS[self.scheme] else f"{named}:{self.port}"


def read_link(text: str, *, most: int = MOST) -> Target:
    """Read an address of the web. Refused where it is none, is too long, or holds a user name or a password."""
    if len(text) > most:
        raise Refused("link-too-long", most=most)
    if _UNSAFE.search(text):
        raise Refused("link-unreadable")
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
        plain = host if ":" in host else host.encode("idna").decode("ascii").lower()
    except (ValueError, UnicodeError):
        raise Refused("link-unreadable") from None
    if parts.scheme not in PORTS:
        raise Refused("link-unreadable")
    if "@" in parts.netloc:
        raise Refused("link-with-password")
    if not (_is_v6(plain) if ":" in plain else _HOST.fullmatch(plain)):
        raise Refused("link-unreadable")
    path = quote(parts.path or "/", safe=_KEPT) + (f"?{quote(parts.query, safe=_KEPT)}" if parts.query else "")
    return Target(parts.scheme, plain, PORTS[parts.scheme] if port is None else port, path)


def is_public(address: str) -> bool:
    """Whether an IP address, as a resolver gives it, belongs to the open internet and to nothing near this machine."""
    try:
        found = ip_address(address)
    except ValueError:  # with a zone behind it, it is near this machine
        return False
    if isinstance(found, IPv4Address):
        return not any(found in network for network in _NOT_V4)
    return found in _V6 and found.scope_id is None and not any(found in network for network in _NOT_V6)


def is_usual(target: Target) -> bool:
    """Whether it is asked for at a port of the web."""
    return target.port in PORTS.values()


def _is_v6(host: str) -> bool:
    try:
        return IPv6Address(host).scope_id is None
    except ValueError:
        return False
