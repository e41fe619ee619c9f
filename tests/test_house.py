"""The house rules that no other tool keeps."""

import ast
import re
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import ForeignKey

from tools.docs import commands
from yupana.foundation.ledger import guards
from yupana.foundation.ledger.models import Entry

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "yupana"
MOST_LINES, MOST_LINES_OF_TEMPLATE = 400, 120
FLOORS = ["foundation", "domain", "projections", "interfaces"]  # from the ground up
EXCEPTION = re.compile(r"#\s*(noqa|type: ignore|pragma|ruff: noqa|mypy:|djlint:)(.*)")
# An exception is made of its mark, its codes (F401, [arg-type], no cover) and its reason; the reason is words.
CODES = re.compile(r"^(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w, -]+\]|:\s*no (cover|branch))?")
WORDS = re.compile(r"[A-Za-z]{2,}.*\s.*[A-Za-z]{2,}")


def tracked(*patterns: str) -> list[Path]:
    """Return the files of the repository, also those that are new and not ignored."""
    listing = subprocess.run(  # noqa: S603 - our own words
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *patterns],  # noqa: S607 - any git
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return sorted(ROOT / name for name in set(listing.split("\0")) if name and (ROOT / name).is_file())


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def live_python() -> list[Path]:
    """Return what is written by hand: migrations are Django's."""
    return [path for path in tracked("*.py") if path.parent.name != "migrations"]


def length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


# --- sizes ---------------------------------------------------------------------------------------------------------
def test_no_python_file_is_long() -> None:
    assert {named(path): length(path) for path in live_python() if length(path) > MOST_LINES} == {}


def test_no_template_is_long() -> None:
    templates = tracked("yupana/templates/*")
    assert {named(path): length(path) for path in templates if length(path) > MOST_LINES_OF_TEMPLATE} == {}


def test_there_are_at_least_as_many_lines_of_tests_as_of_code() -> None:
    lines = {top: sum(length(path) for path in live_python() if named(path).startswith(top)) for top in FOLDERS}
    assert lines["tests/"] >= lines["yupana/"] + lines["tools/"], lines


FOLDERS = ("yupana/", "tools/", "tests/")


# --- exceptions and words ------------------------------------------------------------------------------------------
def test_every_exception_carries_its_reason() -> None:
    bare = []
    for path in live_python():
        for line, comment in comments(path):
            found = EXCEPTION.search(comment)
            if found and not WORDS.search(CODES.sub("", found[2].lstrip() if found[1] != "type: ignore" else found[2])):
                bare.append(f"{named(path)}:{line} {comment}")
    assert bare == []


@pytest.mark.parametrize(
    ("comment", "good"),
    [
        ("# noqa: S603 - our own words", True),
        ("# noqa: E402, F403 (the home comes first)", True),
        ("# type: ignore[arg-type] # the stubs are narrower", True),
        ("# pragma: no cover - the tests call main()", True),
        ("# noqa", False),
        ("# noqa: S603", False),
        ("# noqa: E402, F403", False),
        ("# type: ignore", False),
        ("# type: ignore[arg-type, misc]", False),
        ("# pragma: no cover", False),
    ],
)
def test_a_reason_is_told_from_a_code(comment: str, good: bool) -> None:
    found = EXCEPTION.search(comment)
    assert found
    assert bool(WORDS.search(CODES.sub("", found[2]))) == good


def test_no_lower_floor_names_a_higher_one_in_a_string() -> None:
    """Import-linter sees imports only: a dotted path in a string would climb unseen."""
    upward = [
        f"{named(path)}: {text!r}"
        for height, floor in enumerate(FLOORS)
        for path in live_python()
        if named(path).startswith(f"yupana/{floor}/")
        for text in strings(path)
        if re.search(rf"\byupana\.({'|'.join(FLOORS[height + 1 :]) or 'nothing'})\b", text)
    ]
    assert upward == []


HOSTS = r"index-url|extra-index|find-links|trusted-host|pypi\.org|pythonhosted"
PLACES = r"(?<![\w/.])/(?:work|root|home/\w+|tmp/w)/"


def test_no_file_speaks_of_where_it_was_written() -> None:
    """Neither a package index nor somebody's folders; this file is the only one that may say what is forbidden."""
    spoken = re.compile(f"{HOSTS}|{PLACES}", re.IGNORECASE)
    found = []
    for path in tracked():
        if path == Path(__file__) or path.suffix in {".png", ".ico", ".mo", ".xlsx", ".pdf", ".zip"}:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if spoken.search(line.replace("--no-emit-index-url", "")):
                found.append(f"{named(path)}:{number} {line.strip()[:80]}")
    assert found == []


# --- documentation -------------------------------------------------------------------------------------------------
DOCUMENTATION = ("docs/*.md", "README.md", "SECURITY.md", "CONTRIBUTING.md")


def documentation() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in tracked(*DOCUMENTATION))


def test_every_command_is_documented() -> None:
    from yupana.interfaces.cli.main import main  # noqa: PLC0415 - a broken command line fails here and nowhere else

    documented = documentation()
    assert [name for name, _ in commands(main, "yupana") if name not in documented] == []


def spoken_settings(*patterns: str) -> set[str]:
    return {name for path in tracked(*patterns) for name in re.findall(r"\bYUPANA_[A-Z_]+\b", path.read_text("utf-8"))}


def test_every_setting_is_documented() -> None:
    documented = documentation()
    used = spoken_settings("*.py", "Makefile", ".ci/*") | {"DATABASE_URL"}
    assert sorted(name for name in used if name not in documented) == []


def test_no_setting_is_documented_that_nobody_reads() -> None:
    assert spoken_settings(*DOCUMENTATION) <= spoken_settings("*.py", "Makefile", ".ci/*")


# --- the database --------------------------------------------------------------------------------------------------
def append_only() -> list[str]:
    """Return the tables whose rows carry the entry that was recorded with them: what a figure stands on."""
    return sorted(
        model._meta.db_table  # noqa: SLF001 - Django's documented way to a model's table
        for model in apps.get_models()
        if any(isinstance(field, ForeignKey) and field.related_model is Entry for field in model._meta.get_fields())  # noqa: SLF001 - the same
    )


@pytest.mark.django_db
def test_every_guard_stands_in_this_database() -> None:
    assert guards.missing(connection) == []


def test_every_table_that_carries_an_entry_is_guarded() -> None:
    guarded = {(guard.table, guard.event) for guard in guards.expected().values()}
    wanted = {(table, event) for table in append_only() for event in ("update", "delete")}
    assert sorted(wanted - guarded) == []


def test_every_guard_is_on_a_table_that_exists() -> None:
    tables = {model._meta.db_table for model in apps.get_models()}  # noqa: SLF001 - Django's way to a model's table
    assert {guard.table for guard in guards.expected().values()} <= tables


def test_every_migration_has_a_name() -> None:
    migrations = [path for path in tracked("yupana/**/migrations/*.py") if path.stem != "__init__"]
    assert [named(path) for path in migrations if not re.fullmatch(r"\d{4}_(?!auto_)[a-z0-9_]+", path.stem)] == []


def test_every_constraint_and_index_of_ours_has_a_name_of_ours() -> None:
    """Django names an index that we did not by a digest."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("yupana.")]
    digested = [
        index.name
        for model in ours
        for index in model._meta.indexes  # noqa: SLF001 - Django's documented way to a model's indexes
        if re.search(r"_[0-9a-f]{6}_idx$", index.name)
    ]
    assert digested == []


# --- what we stand on ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned_to_its_hashes(lock: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip())
    required = [block for block in blocks if not block.startswith("#")]
    loose = [block for block in required if not re.match(r"[\w.-]+(\[\w+\])?==[^\s]+.*\\\n\s+--hash=sha256:", block)]
    assert (len(required) > 10, loose) == (True, [])


def locked(lock: str) -> set[tuple[str, str]]:
    return set(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def test_the_lock_of_the_developers_holds_the_lock_of_the_users() -> None:
    assert locked("requirements.txt") - locked("requirements-dev.txt") == set()


def test_every_dependency_is_locked() -> None:
    import tomllib  # noqa: PLC0415 - only here

    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["build"]
    names = {re.split(r"[\[~=<> ]", text)[0] for text in wanted}
    assert names - {name for name, _ in locked("requirements.txt")} == set()


def test_only_the_apps_of_the_house_and_what_they_need_are_installed() -> None:
    ours = {
        f"yupana.{named(path.parent).removeprefix('yupana/').replace('/', '.')}" for path in tracked("yupana/*apps.py")
    }
    assert {name for name in settings.INSTALLED_APPS if name.startswith("yupana.")} == ours
