"""How many comments one connection may send: a village behind one address may speak, a program may not flood.

Counted in the cache for an hour from the first one on, under a keyed digest: no address of a citizen is kept, not even
there. The default cache belongs to one process, so n processes allow n times as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache import cache
from django.utils.crypto import salted_hmac

if TYPE_CHECKING:
    from django.http import HttpRequest

WINDOW = 60 * 60
MOST = 20


def _key(request: HttpRequest) -> str:
    address = request.META.get("REMOTE_ADDR", "")
    return f"comment:{salted_hmac('yupana.comment', address, algorithm='sha256').hexdigest()}"


def is_full(request: HttpRequest) -> bool:
    """Whether this connection has sent as many as it may."""
    sent: int = cache.get(_key(request), 0)
    return sent >= MOST


def count(request: HttpRequest) -> None:
    """Count one."""
    key = _key(request)
    if not cache.add(key, 1, WINDOW):
        cache.incr(key)
