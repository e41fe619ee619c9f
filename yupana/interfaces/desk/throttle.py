"""How often a sign-in may fail: a few times for one name from one address, a few dozen from one address.

Counted in the cache, for a quarter of an hour from the first failure on. The default cache belongs to one process, so
n processes allow n times as much; a shared cache (``CACHES``) makes the count one. Behind a proxy the address is the
proxy's unless the server was told to trust it; the count for one name still holds. A name is never locked as such:
nobody can lock somebody else out from another address.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from django.core.cache import cache

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW = 15 * 60
MOST_FOR_NAME = 5
MOST_FOR_ADDRESS = 50


def _keys(request: HttpRequest, username: str) -> dict[str, int]:
    address = request.META.get("REMOTE_ADDR", "")
    # Names are people's: the cache holds only their digests.
    name = sha256(f"{address}\0{username.strip().casefold()}".encode()).hexdigest()
    return {
        f"sign-in:{name}": MOST_FOR_NAME,
        f"sign-in:{sha256(address.encode()).hexdigest()}": MOST_FOR_ADDRESS,
    }


def blocked(request: HttpRequest, username: str) -> bool:
    """Whether this name from this address, or this address, has failed too often."""
    keys = _keys(request, username)
    failed = cache.get_many(keys)
    return any(failed.get(key, 0) >= most for key, most in keys.items())


def failed(request: HttpRequest, username: str) -> None:
    """Count one failure."""
    for key in _keys(request, username):
        if not cache.add(key, 1, WINDOW):
            cache.incr(key)


def succeeded(request: HttpRequest, username: str) -> None:
    """Forget the failures of this name from this address; those of the address stay."""
    cache.delete(next(iter(_keys(request, username))))
