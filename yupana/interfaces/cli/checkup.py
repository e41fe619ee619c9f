"""What `yupana doctor` looks at. Each look changes nothing, and says what to do about what it does not like."""

from __future__ import annotations

import shutil
import stat
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from yupana.domain.instruments.consultations import published_documents
from yupana.foundation import home
from yupana.foundation.kernel.errors import Refused
from yupana.foundation.ledger import guards, memory
from yupana.foundation.ledger.pulse import pulse
from yupana.foundation.vault import store as vault
from yupana.interfaces import health, words
from yupana.projections.figures import public as figures
from yupana.projections.figures.rules import FORMULA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yupana.foundation.ledger.pulse import Pulse

SHORT, SCARCE = 200 * 2**20, 2**30  # bytes free on the disk: too few, and few
LATE, TOO_LATE = timedelta(minutes=5), timedelta(hours=1)  # for an entry to wait
AHEAD = timedelta(seconds=5)  # two clocks never agree
OLDEST_POSTGRESQL = 14
SQLITE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "recursive_triggers": "1"}
POSTGRESQL = {"fsync": "on", "full_page_writes": "on"}


class State(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    FAILURE = "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One look: its name, which does not change, how bad it is, and a sentence that says what to do."""

    check: str
    state: State
    told: str


def findings() -> Iterator[Finding]:
    """Look at everything; what needs a database that is not there, or not ours, is not looked at."""
    yield from _configuration()
    yield _disk()
    reached = _reached()
    yield reached
    if reached.state == State.FAILURE:
        return
    fitting = _fitting()
    yield fitting
    if fitting.state == State.FAILURE:
        return
    yield _guarded()
    yield _durable()
    now = pulse()
    yield from (_clock(now), _waiting(now), _whole(now), _remembered(), _followed(), _documents())


# --- the house -----------------------------------------------------------------------------------------------------
def _configuration() -> Iterator[Finding]:
    yield _private("home", [home.home()], 0o700)
    keys = home.home() / "keys"
    yield _private("keys", sorted(keys.iterdir()) if keys.is_dir() else [], 0o600)
    yield _secret(keys / "django")
    if settings.DEBUG:
        told = _("YUPANA_DEBUG=1 shows errors in full: for developers only. Take it out.")
        yield Finding("debug", State.WARNING, told)
    else:
        yield Finding("debug", State.OK, _("Errors are not shown in full."))
    if settings.HTTPS:
        told = _("The public is answered by https only, at %(origin)s.") % {"origin": ", ".join(settings.ORIGINS)}
        yield Finding("origin", State.OK, told)
    else:
        told = _("Only this machine is answered. For a public site set YUPANA_ORIGIN=https://…")
        yield Finding("origin", State.WARNING, told)


def _private(check: str, places: list[Path], most: int) -> Finding:
    """Whether what is there is for its owner only."""
    if check == "home" and not places[0].is_dir():
        told = _("%(place)s is no folder. Set YUPANA_HOME, or run: yupana migrate")
        return Finding(check, State.FAILURE, told % {"place": places[0]})
    for place in places:
        if stat.S_IMODE(place.stat().st_mode) & ~most:
            told = _("Others may read %(place)s. Run: chmod %(mode)o %(place)s")
            return Finding(check, State.FAILURE, told % {"place": place, "mode": most})
    told = _("%(place)s is for its owner only.") if places else _("There are no keys yet; they are made when needed.")
    return Finding(
        check, State.OK, told % {"place": places[0].parent if check == "keys" else places[0]} if places else told
    )


def _secret(path: Path) -> Finding:
    """Whether sessions are signed with something that nobody can guess. It is not made here."""
    if path.exists() and len(path.read_text("ascii", "replace")) < home.LEAST_KEY:
        told = _("%(file)s holds no secret. Remove it; a new one is made, and everybody signs in again.")
        return Finding("secret", State.FAILURE, told % {"file": path})
    return Finding("secret", State.OK, _("Sessions are signed with a secret of this home."))


def _disk() -> Finding:
    place = next(each for each in (home.home(), *home.home().parents) if each.exists())
    free = shutil.disk_usage(place).free
    told = _("%(free)d MB are free in %(place)s.") % {"free": free // 2**20, "place": place}
    if free >= SCARCE:
        return Finding("disk", State.OK, told)
    more = _("Make room: without it nothing can be handed in.")
    return Finding("disk", State.WARNING if free >= SHORT else State.FAILURE, f"{told} {more}")


# --- the database --------------------------------------------------------------------------------------------------
def _reached() -> Finding:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite" and connection.connection is None and not Path(name).is_file():
        told = _("There is no database at %(file)s. Run: yupana migrate")
        return Finding("database", State.FAILURE, told % {"file": name})
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        told = _("The database does not answer: %(error)s")
        return Finding("database", State.FAILURE, told % {"error": str(error).strip()})
    if connection.vendor == "postgresql":
        return _new_enough(connection.pg_version // 10_000)  # type: ignore[attr-defined] # PostgreSQL's has it
    return Finding("database", State.OK, _("The database answers."))


def _new_enough(version: int) -> Finding:
    told = _("The database answers. It is PostgreSQL %(version)d.") % {"version": version}
    if version >= OLDEST_POSTGRESQL:
        return Finding("database", State.OK, told)
    more = _("Upgrade it to %(version)d or newer.") % {"version": OLDEST_POSTGRESQL}
    return Finding("database", State.FAILURE, f"{told} {more}")


def _fitting() -> Finding:
    told, state = {
        health.Tables.FIT: (_("The tables are those of this program."), State.OK),
        health.Tables.OLDER: (_("The tables are older than this program. Run: yupana migrate"), State.FAILURE),
        health.Tables.NEWER: (
            _("The database was made by a newer Yupana. Install that version; this one must not touch it."),
            State.FAILURE,
        ),
    }[health.tables()]
    return Finding("tables", state, told)


def _guarded() -> Finding:
    missing = guards.missing(connection)
    if not missing:
        return Finding("guards", State.OK, _("The database itself refuses to change the record."))
    told = _(
        "Somebody took away or changed what keeps the record from being rewritten: %(named)s. Run `yupana verify`, find"
        " out who, and put it back: DJANGO_SETTINGS_MODULE=yupana.settings python -m django migrate"
    )
    return Finding("guards", State.FAILURE, told % {"named": ", ".join(missing)})


def _durable() -> Finding:
    """Whether what is acknowledged is on the disk, and the guards cannot be gone around."""
    show, due = ("PRAGMA", SQLITE) if connection.vendor == "sqlite" else ("SHOW", POSTGRESQL)
    wrong = []
    with connection.cursor() as cursor:
        for name, value in due.items():
            cursor.execute(f"{show} {name}")
            found = str(cursor.fetchone()[0])
            wrong += [] if found == value else [f"{name}={found}"]
    if not wrong:
        return Finding("durability", State.OK, _("What is acknowledged is on the disk."))
    told = _("The database is set up so that what was acknowledged could be lost: %(wrong)s. Set: %(due)s")
    said = {"wrong": ", ".join(wrong), "due": ", ".join(f"{name}={value}" for name, value in due.items())}
    return Finding("durability", State.FAILURE, told % said)


# --- the record ----------------------------------------------------------------------------------------------------
def _clock(now: Pulse) -> Finding:
    if now.latest is None or timezone.now() + AHEAD >= now.latest:
        return Finding("clock", State.OK, _("The clock is not behind the record."))
    told = _("The clock is behind the last entry of the record (%(latest)s). Set it: timedatectl set-ntp true")
    return Finding("clock", State.FAILURE, told % {"latest": now.latest.isoformat(timespec="seconds")})


def _waiting(now: Pulse) -> Finding:
    if now.waiting_since is None:
        return Finding("seal", State.OK, _("Everything recorded is sealed."))
    waited = timezone.now() - now.waiting_since
    said = {"number": now.waiting, "minutes": int(waited.total_seconds() // 60)}
    told = _("Entries that wait to be sealed: %(number)d, the first for %(minutes)d minutes.") % said
    if waited < LATE:
        return Finding("seal", State.OK, told)
    more = _("Nobody ticks: see that `yupana serve` or the timer of `yupana tick` runs.")
    return Finding("seal", State.WARNING if waited < TOO_LATE else State.FAILURE, f"{told} {more}")


def _whole(now: Pulse) -> Finding:
    if now.whole:
        told = _("The last checkpoint agrees with itself: %(size)d entries.") % {"size": now.size}
        return Finding("checkpoint", State.OK, told)
    told = _("The last checkpoint contradicts itself or the entries. Seal nothing more; run `yupana verify`.")
    return Finding("checkpoint", State.FAILURE, told)


def _remembered() -> Finding:
    """Whether this is the record that was sealed last from this home, and no older copy."""
    try:
        memory.check()
    except Refused as refused:
        return Finding("memory", State.FAILURE, words.sentence(refused))
    return Finding("memory", State.OK, _("It is the record that was sealed last from this home."))


def _followed() -> Finding:
    state = figures.state()
    if state.formula != FORMULA:
        told = _("The figures were counted by an older formula. Run: yupana figures rebuild")
        return Finding("figures", State.WARNING, told)
    behind = state.head_size - state.position
    if behind:
        told = _("The figures are %(behind)d entries behind the record. Run: yupana tick") % {"behind": behind}
        return Finding("figures", State.WARNING, told)
    return Finding("figures", State.OK, _("The figures follow the record to its end."))


def _documents() -> Finding:
    """Whether the vault holds the originals of what is published; what they say, only `yupana verify` reads."""
    known = [(each.name, each.digest, each.size) for each in published_documents()]
    lost = [name for name, digest, size in known if vault.size_of(digest) != size]
    if lost:
        told = _("%(number)d documents of published editions are not in the vault, such as %(name)s. Restore them.")
        return Finding("documents", State.FAILURE, told % {"number": len(lost), "name": lost[0]})
    told = _("The vault holds the %(number)d documents of what is published.")
    return Finding("documents", State.OK, told % {"number": len(known)})
