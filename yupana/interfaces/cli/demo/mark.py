"""The mark of a demonstration's home: as long as it lies there, nothing in that home is anybody's work.

It lists what the demonstration wrote, and only that is ever removed. Whoever brings something of their own into such a
home makes it an ordinary one: the mark goes away before anything is written, so that no crash leaves both.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from django.utils.translation import gettext as _

from yupana.foundation import home
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.cli import database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MARK = "DEMO"
# What every home holds; the mark names what else a demonstration wrote.
DATABASE = "yupana.sqlite3"
STAYS = frozenset({MARK, f"{DATABASE}-queue"})  # and the locks: others may hold them
USUAL = frozenset(
    {DATABASE, *(f"{DATABASE}-{log}" for log in ("wal", "shm", "journal")), "keys", "keys/django", "keys/sealed.json"}
)


def stands(place: Path) -> bool:
    """Whether a demonstration may be told here again."""
    return (place / MARK).is_file()


def put(place: Path) -> None:
    """Mark the home, and name what is in it now as written by the demonstration."""
    (place / MARK).write_text("".join(f"{name}\n" for name in sorted(_names(place))), encoding="utf-8")


def strangers(place: Path) -> list[str]:
    """Name what lies in the home and was not written by a demonstration; of a folder, its name alone."""
    known = _known(place)
    return sorted(name for name in _names(place, known) if name not in known)


def empty(place: Path) -> None:
    """Remove what a demonstration wrote, and nothing else; its mark stays."""
    for name in sorted(_names(place) & _known(place), reverse=True):  # what is in a folder goes before the folder
        path = place / name
        path.rmdir() if path.is_dir() else path.unlink()


@contextmanager
def given_up() -> Iterator[None]:
    """Make the home an ordinary one while something is brought into it; a refusal, which changes nothing, does not."""
    place = home.home()
    if not stands(place):
        yield
        return
    told = (place / MARK).read_bytes()
    (place / MARK).unlink()
    try:
        yield
    except (Refused, click.ClickException, database.Unprepared):
        (place / MARK).write_bytes(told)
        raise
    said = _("%(home)s held a demonstration. It is an ordinary home now: `yupana demo` will not empty it any more.")
    click.echo(said % {"home": place}, err=True)


def _known(place: Path) -> frozenset[str]:
    told = (place / MARK).read_text(encoding="utf-8", errors="replace") if stands(place) else ""
    return USUAL | frozenset(told.splitlines())


def _names(place: Path, entered: frozenset[str] | None = None) -> set[str]:
    """Name what is in the home but what stays there in any case; links are not followed.

    A link is named with a slash behind it, so that it is never taken for the file or folder of its name.
    """
    found, folders = set(), [place]
    while folders:
        for path in folders.pop().iterdir():
            name = path.relative_to(place).as_posix()
            if path.is_symlink():
                found.add(f"{name}/")
            elif path.is_dir():
                found.add(name)
                folders += [path] if entered is None or name in entered else []
            elif name not in STAYS and not (path.parent == place and path.suffix == ".lock"):
                found.add(name)
    return found
