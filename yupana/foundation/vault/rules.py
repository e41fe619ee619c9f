"""What a file may be called here, and what its first bytes say that it is; never what whoever brought it says."""

from __future__ import annotations

import codecs
import re
import unicodedata

DIGEST = re.compile(r"[0-9a-f]{64}")
MOST_NAME = 120  # characters: with four bytes each still shorter than a name may be on any disk
HEAD = 4096  # bytes that are looked at
UNKNOWN, TEXT = "application/octet-stream", "text/plain"

_SEPARATORS = re.compile(r"[/\\]")
_RESERVED = re.compile(r'[<>:"|?*%;\s]+')
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_ZIP, _DECLARED = b"PK\x03\x04", re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z]+)")
_utf8 = codecs.getincrementaldecoder("utf-8")
_OFFICE = {
    b"word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    b"xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def clean_name(name: str, otherwise: str = "document") -> str:
    """Return the last part of a path as a name that is safe on every disk and in every header.

    Folders, control and direction marks, and what a shell or a disk reserves are taken out; a long name loses its
    middle and keeps its ending.
    """
    last = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    shown = "".join(char for char in last if char == " " or unicodedata.category(char)[0] not in "CZ")
    safe = _RESERVED.sub("_", shown).strip("._- ")
    if len(safe) > MOST_NAME:
        stem, dot, ending = safe.rpartition(".")
        tail = f".{ending}" if dot and stem and len(ending) < MOST_NAME // 4 else ""
        safe = safe[: MOST_NAME - len(tail)].rstrip("._- ") + tail
    return safe or otherwise


def sniff(head: bytes) -> str:
    """Say what the first bytes of a file are. Pages, scripts and pictures made of text are plain text here.

    What is stored of a document is held against this: whoever lets it say something else rewrites what is stored.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_ZIP):
        return _zipped(head)
    return TEXT if _is_text(head) else UNKNOWN


def _zipped(head: bytes) -> str:
    declared = _DECLARED.search(head)
    if declared:
        return declared[1].decode("ascii")
    return next((kind for part, kind in _OFFICE.items() if part in head), "application/zip")


def _is_text(head: bytes) -> bool:
    """UTF-8 without control characters; where the file goes on, its last character may have been cut."""
    if any(byte < 32 and byte not in b"\t\n\r\f" for byte in head):  # noqa: PLR2004 - the first printable one
        return False
    try:
        _utf8().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return False
    return True
