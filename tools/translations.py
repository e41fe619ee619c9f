"""Keep the Spanish complete: `check` what is there, `merge` what the code says into it, `compile` it for Django.

Needs no gettext programs: messages are read from the code by Python's and Django's own parsers.
"""

import argparse
import ast
import os
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).parent.parent / "yupana"
CALLS = {
    "_": ("id",),
    "gettext": ("id",),
    "gettext_lazy": ("id",),
    "gettext_noop": ("id",),
    "ngettext": ("id", "plural"),
    "ngettext_lazy": ("id", "plural"),
    "pgettext": ("context", "id"),
    "pgettext_lazy": ("context", "id"),
    "npgettext": ("context", "id", "plural"),
    "npgettext_lazy": ("context", "id", "plural"),
}
LITERAL = r"""u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?(?:\s*,\s*{LITERAL})?")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)%[sd]|\{\w*\}")
HEADER = {
    "Project-Id-Version": "yupana",
    "Language": "es",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


@dataclass(frozen=True, order=True)
class Message:
    """What the code wants translated. The context tells apart equal words; "" is none, and no plural is "" too."""

    id: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one entry of the catalogue."""
        return self.id, self.context


Places = dict[Message, set[str]]


def in_python(source: str) -> Iterator[Message]:
    """Find the messages of a Python module."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield from _message(name, [arg.value for arg in node.args if isinstance(arg, ast.Constant)])


def in_template(source: str) -> Iterator[Message]:
    """Find the messages of a template; Django turns its tags into calls for us."""
    for name, *literals in IN_TEMPLATE.findall(templatize(source)):
        yield from _message(name, [ast.literal_eval(literal) for literal in literals if literal])


def _message(call: str, values: list[object]) -> Iterator[Message]:
    roles = CALLS.get(call, ())
    texts = [value for value in values[: len(roles)] if isinstance(value, str)]
    if roles and len(texts) == len(roles):
        yield Message(**dict(zip(roles, texts, strict=True)))


def gather(package: Path) -> Places:
    """Return every message of the code, with the files that say it."""
    places: Places = {}
    for pattern, read in (
        ("*.py", in_python),
        ("templates/**/*.html", in_template),
        ("templates/**/*.txt", in_template),
    ):
        for path in sorted(package.rglob(pattern)):
            for message in read(path.read_text(encoding="utf-8")):
                places.setdefault(message, set()).add(path.relative_to(package.parent).as_posix())
    # Said alone here and counted there, it is one entry of the catalogue: the one with the plural serves both.
    counted = {message.key for message in places if message.plural}
    return {message: where for message, where in places.items() if message.plural or message.key not in counted}


def catalogue(package: Path) -> Path:
    """Return where the Spanish is."""
    return package / "locale" / "es" / "LC_MESSAGES" / "django.po"


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgid, entry.msgctxt or ""


def _forms(entry: polib.POEntry) -> list[str]:
    """Return what the entry says: one text, or the one for 1 and the one for others."""
    return [entry.msgstr_plural.get(n, "") for n in (0, 1)] if entry.msgid_plural else [entry.msgstr]


def _placeholders(text: str) -> list[str]:
    return sorted(set(PLACEHOLDER.findall(text)))


def _faults(message: Message, entry: polib.POEntry | None) -> Iterator[str]:
    """Say what is wrong with the Spanish of one message."""
    if entry is None:
        yield "missing"
        return
    if entry.fuzzy:
        yield "fuzzy"
    if bool(message.plural) != bool(entry.msgid_plural):
        yield "plural differs from the code"
        return
    if not all(form.strip() for form in _forms(entry)):
        yield "empty"
    # "1 plan" may be said without its number, so only the form for many must carry every placeholder.
    elif _placeholders(_forms(entry)[-1]) != _placeholders(message.plural or message.id):
        yield "other placeholders"


def check(package: Path) -> list[str]:
    """Return every fault of the Spanish, one line each; empty when it is complete."""
    found = gather(package)
    entries = {_key(entry): entry for entry in polib.pofile(str(catalogue(package)))}
    faults = [
        f"{fault}: {message.id!r} ({', '.join(sorted(places))})"
        for message, places in sorted(found.items())
        for fault in _faults(message, entries.get(message.key))
    ]
    used = {message.key for message in found}
    return faults + [f"not used any more: {key[0]!r}" for key in sorted(entries) if key not in used]


def merge(package: Path) -> list[str]:
    """Write the catalogue anew from the code, with the Spanish there is, and return what lacks Spanish."""
    target = catalogue(package)
    known = {_key(entry): entry for entry in polib.pofile(str(target))} if target.exists() else {}
    found = gather(package)
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = HEADER
    fresh.extend(_entry(message, places, known.get(message.key)) for message, places in sorted(found.items()))
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(target))
    return check(package)


def _entry(message: Message, places: Iterable[str], known: polib.POEntry | None) -> polib.POEntry:
    """Build the entry of a message, with the Spanish that is known."""
    forms = _forms(known) if known and bool(known.msgid_plural) == bool(message.plural) else []
    return polib.POEntry(
        msgid=message.id,
        msgid_plural=message.plural,
        msgctxt=message.context or None,
        msgstr="" if message.plural or not forms else forms[0],
        msgstr_plural=dict(enumerate(forms or ["", ""])) if message.plural else {},
        occurrences=[(place, "") for place in sorted(places)],
        flags=["python-format"] if re.search(r"%\(\w+\)|%[sd]", message.id) else [],
    )


def compile_all(package: Path) -> list[Path]:
    """Compile each catalogue that is newer than its compiled form; return what was written."""
    written = []
    for source in sorted((package / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            # Beside its place first: whoever reads meanwhile sees the old or the new one, never a half.
            handle, draft = tempfile.mkstemp(dir=target.parent)
            os.close(handle)
            polib.pofile(str(source)).save_as_mofile(draft)
            Path(draft).chmod(0o644)
            Path(draft).replace(target)
            written.append(target)
    return written


def main(arguments: list[str] | None = None, package: Path = PACKAGE) -> int:
    """Run one command; 1 when the Spanish is not complete."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["check", "merge", "compile"])
    command = parser.parse_args(arguments).command
    if command == "compile":
        for path in compile_all(package):
            print(path)
        return 0
    faults = merge(package) if command == "merge" else check(package)
    print(*faults, f"{len(faults)} to mend" if faults else "The Spanish is complete.", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":  # pragma: no cover - the tests call main()
    sys.exit(main())
