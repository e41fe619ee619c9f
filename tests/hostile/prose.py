"""Plans in Markdown as nobody means them, and a few in XML and JSON that cost more than they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.files import Case
from tests.hostile.markup import catalog, group, plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ATTRIBUTES = " ".join(f"a{at}='1'" for at in range(5000))


def _endless(path: Path) -> None:
    path.symlink_to("/dev/zero")


def prose() -> Iterator[Case]:
    """Name, what is made, code and place."""
    yield Case("xml-attributes", "instrument", {"a.xml": plan(f"<x {ATTRIBUTES}/>")}, "xml-malformed", "a.xml:1")
    for name, made, code, where in (
        ("nul", "# Plan\n\n- Objetivo: \0", "markdown-has-nul", "a.md:3"),
        ("latin-1", "# Plan\n\n- Acción: ñandú".encode("latin-1"), "markdown-not-utf8", "a.md:3"),
        ("utf-16", "# Plan".encode("utf-16"), "markdown-not-utf8", "a.md:1"),
        ("deep", "# Plan\n" + "".join(f"{'  ' * at}- a\n" for at in range(1000)), "markdown-too-deep", "a.md:42"),
        ("lines", "\n" * 1_000_000, "markdown-too-large", "a.md"),
        ("endless", _endless, "file-unreadable", "a.md"),
    ):
        yield Case(f"markdown-{name}", "instrument", {"a.md": made}, code, where)


# What looks hostile and is none: it comes in as it is, and is shown as text.
PEACEFUL: dict[str, bytes] = {
    "inclusion.xml": plan('<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="/etc/passwd"/>').encode(),
    "latin-1.xml": f'<?xml version="1.0" encoding="ISO-8859-1"?>{plan("ñ")}'.encode("latin-1"),
    "utf-16.xml": f'<?xml version="1.0" encoding="UTF-16"?>{plan()}'.encode("utf-16"),
    "goals.xml": plan().replace("<Goal>", "<Goal/>" * 2000 + "<Goal>").encode(),
    "path.json": catalog(group(id="../../etc")).encode(),
    "html.md": b"# Plan\n\n- Objetivo: <script>alert(1)</script>\n",
    "right-to-left.md": "# Plan\n\n- Objetivo: \u202eotxet\n".encode(),
    "outside.md": b"# Plan\n\n- Objetivo: [uno](../../../etc/shadow.md)\n",
    "line.md": b"# Plan\n" + b"x" * 1_000_000,
    **{
        f"signs-{at}.md": b"# Plan\n" + sign * 200_000 for at, sign in enumerate([b"[", b"*", b"`a", b">", b"- ", b"("])
    },
}
