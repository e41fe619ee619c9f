"""How long a piece of evidence proves something, when its link is looked at again, and what was found there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

MOST_NAME, MOST_NOTE = 200, 2_000
NEAR = timedelta(days=15)  # before its last day, a piece is about to expire
AGAIN = timedelta(days=30)
AGAIN_NEAR = timedelta(days=7)  # while it is about to expire
AGAIN_REFUSED = timedelta(days=3)  # where nothing could be taken

# Which endings a file may keep, by what its bytes are; the first is given to one that has none of them.
_OPEN = "application/vnd.oasis.opendocument."
_OFFICE = "application/vnd.openxmlformats-officedocument."
ENDINGS: dict[str, tuple[str, ...]] = {
    "application/pdf": ("pdf",),
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg"),
    "image/tiff": ("tif", "tiff"),
    "application/x-ole-storage": ("doc", "xls", "ppt", "msg", "mpp", "vsd"),
    "application/zip": ("zip", "kmz", "docx", "xlsx", "pptx"),
    f"{_OFFICE}wordprocessingml.document": ("docx",),
    f"{_OFFICE}spreadsheetml.sheet": ("xlsx",),
    f"{_OFFICE}presentationml.presentation": ("pptx",),
    f"{_OPEN}text": ("odt",),
    f"{_OPEN}spreadsheet": ("ods",),
    f"{_OPEN}presentation": ("odp",),
    "text/plain": ("txt", "csv", "md", "json", "geojson", "log"),
}
UNKNOWN = (
    "bin",
    "mp4",
    "mp3",
    "ogg",
    "mov",
    "avi",
    "7z",
    "rar",
    "gz",
    "dwg",
    "shp",
    "dbf",
    "gpkg",
    "p7s",
    "p7m",
    "eml",
)


class FetchRefusal(StrEnum):
    """Why nothing was taken where a link leads."""

    ADDRESS = "address"  # on no open internet: this machine, its network, what is kept for other uses
    PORT = "port"
    UNKNOWN = "unknown"  # nobody knows the name
    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    REDIRECTS = "redirects"
    ASTRAY = "astray"  # led to what is no address of the web
    GONE = "gone"
    CLOSED = "closed"  # asks who one is
    FAILED = "failed"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    PACKED = "packed"  # sent compressed although that was not asked for; nothing is ever unpacked
    CUT = "cut"  # ended before its end


class Validity(StrEnum):
    """Whether a piece proves anything on a day."""

    LASTING = "lasting"
    VALID = "valid"
    NEAR = "near"
    EXPIRED = "expired"


class Standing(StrEnum):
    """What is known of a link."""

    UNSEEN = "unseen"
    THERE = "there"
    CHANGED = "changed"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Looked:
    """What one look found: on which day, the digest of what was there ("" where nothing was taken), and why not."""

    on: date
    digest: str
    refusal: str = ""


def validity(valid_until: date | None, on: date) -> Validity:
    """Say whether a piece proves anything on a day; on its last day it still does."""
    if valid_until is None:
        return Validity.LASTING
    if valid_until < on:
        return Validity.EXPIRED
    return Validity.NEAR if valid_until - on <= NEAR else Validity.VALID


def is_due(last: Looked | None, valid_until: date | None, on: date) -> bool:
    """Whether a link is to be looked at: it never was, or long ago; sooner where it failed or is about to expire."""
    if last is None:
        return True
    near = validity(valid_until, on) == Validity.NEAR
    wait = min(AGAIN_REFUSED if last.refusal else AGAIN, AGAIN_NEAR if near else AGAIN)
    return on - last.on >= wait


def standing(looks: Sequence[Looked]) -> Standing:
    """Say what the looks, first to last, tell of a link: changed, once two that found something found another thing."""
    if not looks:
        return Standing.UNSEEN
    if looks[-1].refusal:
        return Standing.LOST
    return Standing.CHANGED if len({each.digest for each in looks if each.digest}) > 1 else Standing.THERE


def file_name(name: str, media_type: str) -> str:
    """Name a file by what it is: an ending that says something else, such as that of a page, is not its last one."""
    fitting = ENDINGS.get(media_type, UNKNOWN)
    _stem, dot, ending = name.rpartition(".")
    return name if dot and ending.lower() in fitting else f"{name}.{fitting[0]}"
