"""Where Yupana lives: one folder holds all state, and the keys in it are readable by their owner only."""

import os
import secrets
import tempfile
from pathlib import Path

OWNER_ONLY = 0o700
LEAST_KEY = 50  # characters; ours have 86


class WeakKey(ValueError):  # noqa: N818 (a refusal is an answer, not a failure)
    """A key that could be guessed is none."""


def home() -> Path:
    """Return the absolute folder of all state: $YUPANA_HOME, else `./var`. It need not exist yet."""
    return Path(os.environ.get("YUPANA_HOME") or "var").absolute()


def prepare() -> Path:
    """Create the home and the folder of keys, for their owner only, and return the home. Safe to call again."""
    place = home()
    for folder in (place, place / "keys"):
        folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    (place / "keys").chmod(OWNER_ONLY)
    return place


def key(name: str) -> str:
    """Return the secret of that name; the first who asks creates it, however many ask at once.

    The secret is written in full beside its place and then linked into it: a link cannot replace a file that another
    process has put there meanwhile, and a crash leaves either no key or a whole one.
    """
    path = prepare() / "keys" / name
    if not path.exists():
        _put(path, secrets.token_urlsafe(64))
    secret = path.read_text(encoding="ascii", errors="replace")
    if len(secret) < LEAST_KEY:
        raise WeakKey(f"{path} holds no secret: remove it, and a new one is made")
    return secret


def _put(path: Path, secret: str) -> None:
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp opens with mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # somebody was faster; his key is the key
    finally:
        Path(draft).unlink()
