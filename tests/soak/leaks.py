"""Reading every page that the public can reach, and looking for words that nobody published."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.soak.visitor import Visitor

if TYPE_CHECKING:
    from tests.soak.place import Server

LINK = re.compile(r'(?:href|action|src)="([^"]+)"')
MOST_PAGES = 400


def scan(server: Server, words: tuple[str, ...], most: int = MOST_PAGES) -> tuple[int, list[str]]:
    """Follow links from the home page on, without an account; return pages read, and addresses that said a word."""
    visitor, due, known = Visitor(server), deque(["/", "/en/"]), {"/", "/en/"}
    read, leaking = 0, []
    due.extend(f"/buscar/?q={word[:8]}" for word in words)
    while due and read < most:
        path = due.popleft()
        answer = visitor.get(path)
        read += 1
        if any(word in answer.body or word in answer.location for word in words):
            leaking.append(path)
        for link in LINK.findall(answer.body):
            target = urldefrag(urljoin(path, unescape(link)))[0]
            if not urlsplit(target).netloc and target not in known and "/static/" not in target:
                known.add(target)
                due.append(target)
    return read, leaking
