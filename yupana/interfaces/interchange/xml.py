"""XML as it is found: read without following anything, mended where people broke it, with the line of each mending.

Entities of the document's own are refused before anything is parsed: they are how a small file becomes a large one,
or reaches for another. Nothing is fetched, depth and size are bounded.
"""

from __future__ import annotations

import codecs
import functools
import hashlib
import html.entities
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from lxml import etree

from yupana.foundation.kernel.errors import Refused
from yupana.foundation.kernel.report import Note
from yupana.interfaces.interchange.tables import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_DEPTH = 100
MOST_ATTRIBUTES = 1000
MOST_MENDED = 1000
HEAD = 16 * 1024
ENCODINGS = {"utf-8", "utf-16", "iso8859-1", "cp1252", "ascii"}
PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\A\s*<\?xml\s[^>]*?\?>")
_ENCODING = re.compile(rb"""\A\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_VERBATIM = {"<!--": "-->", "<![CDATA[": "]]>", "<?": "?>"}
_OPENING = re.compile(r"<!--|<!\[CDATA\[|<\?")
_LITERAL = re.compile(r"&(?:(\w[\w.-]{0,40});|(#(?:[0-9]{1,9}|x[0-9A-Fa-f]{1,8});))?|<(?=[\s\d=<]|\Z)")
_ENTITY = re.compile(r"<!ENTITY")
_IMPOSSIBLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A file, read: its root, the hex SHA-256 of its bytes, and what had to be mended before it could be read."""

    name: str
    root: etree._Element
    digest: str
    mended: tuple[Note, ...]


def head(path: Path) -> str:
    """Return the beginning of a file, whatever it is; "" where there is none."""
    try:
        with path.open("rb") as file:
            data = file.read(HEAD)
    except OSError:
        return ""
    return data.decode("utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8", "replace")


def parse(path: Path) -> Parsed:
    """Read a file; Refused with file and line where even with mending it is no XML."""
    data = read_bytes(path)
    name = path.name
    text = _decoded(data, name)
    _check(text, name)
    mended: list[Note] = []
    try:
        root = _strictly(text)
    except etree.XMLSyntaxError:
        root = _mending(text, name, mended)
    _check_form(root, name)
    information: Any = root.getroottree().docinfo  # the stubs do not know all of it
    elsewhere = information.system_url
    if elsewhere:
        mended.append(Note(f"{name}:1", "xml-doctype-ignored", elsewhere))
    return Parsed(name, root, hashlib.sha256(data).hexdigest(), tuple(mended))


def place(name: str, element: etree._Element) -> str:
    """Say where an element stands: file:line."""
    line: Any = element.sourceline  # the stubs leave it open
    return f"{name}:{line or 1}"


def local(element: etree._Element) -> str:
    """Name an element without its name space; "" for comments and the like."""
    tag: object = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@functools.lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def possible(text: str) -> str:
    """Put a mark for each character that XML cannot hold."""
    return re.sub("[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "\ufffd", text)


def _decoded(data: bytes, name: str) -> str:
    encoding = next((each for mark, each in _MARKS if data.startswith(mark)), "")
    if not encoding:
        declared = _ENCODING.search(data[:HEAD])
        encoding = _known(declared[1].decode("ascii"), name) if declared else "utf-8"
    try:
        text = data.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Refused("xml-encoding-wrong", where=f"{name}:{line}", encoding=encoding) from error
    return _DECLARATION.sub(lambda said: "\n" * said[0].count("\n"), text.replace("\r\n", "\n").replace("\r", "\n"))


def _known(encoding: str, name: str) -> str:
    try:
        found = codecs.lookup(encoding).name
    except LookupError:
        found = ""
    if found not in ENCODINGS:
        raise Refused("xml-encoding-unknown", where=f"{name}:1", encoding=encoding)
    return "utf-8" if found == "utf-16" else found  # without its mark it is none, whatever it says


def _check(text: str, name: str) -> None:
    if "\0" in text:
        raise Refused("text-has-nul", where=_at(name, text, text.index("\0")))
    for verbatim, start, piece in _pieces(text):
        entity = None if verbatim else _ENTITY.search(piece)
        if entity:
            raise Refused("xml-entities", where=_at(name, text, start + entity.start()))
    if not text.strip():
        raise Refused("xml-malformed", where=f"{name}:1", problem=_("the file is empty"))


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        dtd_validation=False, remove_comments=True, strip_cdata=True,
    )  # fmt: skip


def _strictly(text: str) -> etree._Element:
    return etree.fromstring(text.encode(), _parser(recover=False))


def _mending(text: str, name: str, mended: list[Note]) -> etree._Element:
    """Mend what people do wrong most; then let the parser make sense of the rest and say what it met."""
    mending = _characters_mended(_literals_mended(text, name, mended), name, mended)
    try:
        return _strictly(mending)
    except etree.XMLSyntaxError as error:
        first = error
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(mending.encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    deep = [each for each in parser.error_log if "depth" in each.message or "limit" in each.message.lower()]
    if root is None or deep:
        at = deep[0].line if deep else first.lineno or 1
        raise Refused("xml-malformed", where=f"{name}:{at}", problem=_problem(deep[0].message if deep else first.msg))
    mended.extend(Note(f"{name}:{each.line}", "xml-mended", _problem(each.message)) for each in parser.error_log)
    return root


def _problem(message: str | None) -> str:
    return " ".join((message or "").split())[:200]


def _literals_mended(text: str, name: str, mended: list[Note]) -> str:
    """Escape each ``&`` and ``<`` that begins nothing, and put the characters for names that only HTML knows."""
    made: list[str] = []
    for verbatim, start, piece in _pieces(text):
        done = 0
        for found in () if verbatim else _LITERAL.finditer(piece):
            better = _better(found)
            if better != found[0]:
                _note(name, text, start + found.start(), mended)
            made += [piece[done : found.start()], better]
            done = found.end()
        made.append(piece[done:])
    return "".join(made)


def _better(found: re.Match[str]) -> str:
    if found[0] == "<":
        return "&lt;"
    named, numbered = found[1], found[2]
    if numbered or named in PREDEFINED:
        return found[0]
    char = html.entities.html5.get(f"{named};", "") if named else ""
    return char or found[0].replace("&", "&amp;")


def _note(name: str, text: str, at: int, mended: list[Note]) -> None:
    if len(mended) >= MOST_MENDED:
        raise Refused("xml-malformed", where=_at(name, text, at), problem=_("there is too much to mend"))
    line = text[text.rfind("\n", 0, at) + 1 : at][-20:] + text[at : at + 20].partition("\n")[0]
    mended.append(Note(_at(name, text, at), "xml-literal-mended", line.strip()))


def _characters_mended(text: str, name: str, mended: list[Note]) -> str:
    for found in _IMPOSSIBLE.finditer(text):
        _note(name, text, found.start(), mended)
    return _IMPOSSIBLE.sub("\ufffd", text)


def _pieces(text: str) -> Iterator[tuple[bool, int, str]]:
    """Part a text into what is verbatim (comments, CDATA, instructions) and what is not, each with its place."""
    done = 0
    for found in _OPENING.finditer(text):
        if found.start() < done:
            continue
        closing = _VERBATIM[found[0]]
        end = text.find(closing, found.end())
        if end < 0:
            break
        yield False, done, text[done : found.start()]
        end += len(closing)
        yield True, found.start(), text[found.start() : end]
        done = end
    yield False, done, text[done:]


def _check_form(root: etree._Element, name: str) -> None:
    level = [root]
    for _each in range(MOST_DEPTH):
        for element in level:
            if len(element.attrib) > MOST_ATTRIBUTES:  # each of them is sought among all
                problem = _("an element has too many attributes")
                raise Refused("xml-malformed", where=place(name, element), problem=problem)
        level = [child for each in level for child in each]
        if not level:
            return
    raise Refused("xml-malformed", where=place(name, level[0]), problem=_("it is nested too deeply"))


def _at(name: str, text: str, at: int) -> str:
    return f"{name}:{text.count(chr(10), 0, at) + 1}"
