"""How many comments come in an hour: a village behind one address may speak, a program may not flood.

Counted in the cache from the first one on, under keyed digests: no address of a citizen is kept, not even there. Of an
IPv6 address counts its network of 64 bits, which is what one connection is given. Whoever has many connections meets
the ceiling of the consultation. The default cache belongs to one process, so n processes allow n times as much.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW = 60 * 60
MOST = 20  # from one connection
MOST_FOR_CONSULTATION = 600  # from all of them: more than anybody could read
NETWORK = 64  # bits of an IPv6 address that say whose connection it is


def take(request: HttpRequest, consultation: str) -> bool:
    """Count one more comment from this connection; False where it, or the consultation, has had as many as it may.

    Counting and looking are one step, so that a hundred that come at once are counted as a hundred.
    """
    connection = salted_hmac("yupana.comment", _connection(request), algorithm="sha256").hexdigest()
    if _counted(f"comment:{connection}") > MOST:
        return False  # without a place in the consultation: one flood shuts nobody else out
    whole = salted_hmac("yupana.comment", consultation, algorithm="sha256").hexdigest()
    return _counted(f"comments:{whole}") <= MOST_FOR_CONSULTATION


def _connection(request: HttpRequest) -> str:
    said: str = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(said)
    except ValueError:
        return said  # a socket has none
    if not isinstance(address, IPv6Address):
        return str(address)
    plain = IPv6Address(int(address))  # without the name of an interface
    return str(plain.ipv4_mapped or IPv6Network((plain, NETWORK), strict=False))


def _counted(key: str) -> int:
    """Count one and return how many they are."""
    cache.add(key, 0, WINDOW)
    try:
        return cache.incr(key)
    except ValueError:  # the hour ended in between
        cache.set(key, 1, WINDOW)
        return 1
