"""The pages about formats are true: they name every column, and their examples come in as they say."""

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.interfaces.cli.conftest import run
from yupana.domain.instruments.facts import ItemRole
from yupana.interfaces.interchange import commitments, entities, instruments, tables

DOCS = Path(__file__).parents[3] / "docs"
PAGES = {"en": DOCS / "formats.md", "es": DOCS / "guides" / "formatos.md"}
FILE = re.compile(r"^`([\w./]+)`:\n\n```(?:csv|toml|json)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ROW = re.compile(r"^\| `(\w+)` \| (\S[^|]*)?\| ((?:`[^`]+`(?:, )?)+) \| (.+) \|$", re.MULTILINE)
TABLES: list[Mapping[str, Sequence[str]]] = [
    entities.SYNONYMS,
    entities.TYPE_COLUMNS,
    instruments.COLUMNS,
    commitments.HEADER_COLUMNS | {"notes": commitments.ROW_COLUMNS["notes"]},
    commitments.ROW_COLUMNS,
]
REQUIRED = ["source_id", "name", "id", "label", "role", "code", "text", "id", "entity_id", "entity"]


@pytest.fixture(params=PAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(lang: str) -> str:
    return PAGES[lang].read_text(encoding="utf-8")


def names(cell: str) -> tuple[str, ...]:
    return tuple(re.findall(r"`([^`]+)`", cell))


def test_every_column_is_told_with_every_header_that_is_recognised(page: str) -> None:
    told = [(field, names(headers)) for field, _, headers, _ in ROW.findall(page)]
    assert told == [(field, tuple(headers)) for table in TABLES for field, headers in table.items()]


def test_the_columns_that_are_required_are_told(page: str) -> None:
    assert [field for field, required, _, _ in ROW.findall(page) if required] == REQUIRED


def test_every_word_for_a_role_is_told(page: str) -> None:
    told = {role: names(words) for role, words in re.findall(r"^\| `(\w+)` \| ([^|]+) \|$", page, re.MULTILINE)}
    assert told == {role.value: instruments.WORDS[role] for role in ItemRole}


@pytest.mark.parametrize("at", range(3))
def test_the_tables_of_a_folder_are_told(at: int, page: str) -> None:
    folder = re.findall(r"^\| [^`|]+ \| [^|]+ \| (`[^|]+) \| ([^|]*)\|$", page, re.MULTILINE)
    role, above = instruments.FOLDER_ROLES[at], reversed(instruments.FOLDER_ROLES[:at])
    parents = [name for each in above for name in (f"{instruments.WORDS[each][0]}_id", f"{each}_id")]
    assert [names(cell) for cell in folder[at]] == [(*instruments.WORDS[role], "texto", "text"), tuple(parents)]


def test_the_limits_are_told(page: str) -> None:
    told = [f"{tables.MOST_BYTES // 1024 // 1024} MB", str(tables.MOST_CELL)]
    assert [each for each in [*told, *(f"`{separator}`" for separator in ",;")] if each not in page] == []


def test_the_examples_come_in_as_they_say(
    lang: str, page: str, db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YUPANA_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    for name, text in FILE.findall(page):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    steps = [step for block in CONSOLE.findall(page) for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]]
    unlike = []
    for step in steps:
        command, *seen = step.rstrip().splitlines()
        said = run("--lang", lang, *shlex.split(command)[1:])
        unlike += [(command, line, said) for line in seen if line not in said.out or said.code]
    assert (len(steps), unlike) == (12, [])


def test_both_pages_have_the_same_examples() -> None:
    english, spanish = (FILE.findall(path.read_text(encoding="utf-8")) for path in PAGES.values())
    assert (english == spanish, len(english)) == (True, 13)


def test_each_page_leads_to_the_other_and_is_found_from_the_commands_and_the_readme() -> None:
    linked = {
        "README.md": ["docs/formats.md", "docs/guides/formatos.md"],
        "docs/commands.md": ["formats.md", "guides/formatos.md"],
        "docs/formats.md": ["guides/formatos.md"],
        "docs/guides/formatos.md": ["../formats.md"],
        "docs/guides/cargar-bolivia.md": ["formatos.md"],
    }
    text = {name: (DOCS.parent / name).read_text(encoding="utf-8") for name in linked}
    assert [(name, link) for name, links in linked.items() for link in links if f"]({link})" not in text[name]] == []
