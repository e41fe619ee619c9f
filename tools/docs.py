"""Keep the documentation true: `write` the reference of commands and settings, `check` it and every link.

The reference is read from the program itself.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import click
from django.utils.translation import override

ROOT = Path(__file__).parent.parent
REFERENCE = Path("docs") / "reference.md"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEAD = "# Reference\n\nWritten by `make docs` from the program itself.\n"


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Give each command that does something, with its name as it is typed."""
    if not isinstance(command, click.Group):
        yield name, command
        return
    context = click.Context(command, info_name=name)
    for part in command.list_commands(context):
        inner = command.get_command(context, part)
        if inner:
            yield from commands(inner, f"{name} {part}")


def settings(source: str) -> str:
    """Return what the docstring of the settings says about each choice of an operator, as Markdown."""
    told = ast.get_docstring(ast.parse(source)) or ""
    entries = re.findall(r"^([A-Z_]{6,}) +(.+(?:\n +.+)*)", told, re.MULTILINE)
    return "".join(f"- `{name}`: {' '.join(text.split())}\n" for name, text in entries)


def reference(program: click.Command, settings_source: str) -> str:
    """Return the whole page: every command with its help, every setting."""
    pages = [f"\n## {name}\n\n```text\n{_help(name, command)}\n```\n" for name, command in commands(program, "yupana")]
    return f"{HEAD}{''.join(pages)}\n## Settings\n\n{settings(settings_source)}"


def _help(name: str, command: click.Command) -> str:
    context = click.Context(command, info_name=name, max_content_width=100, terminal_width=100)
    with override("en"):
        return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def broken_links(root: Path) -> list[str]:
    """Return each link of a page that leads nowhere inside the repository."""
    pages = sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")])
    return [
        f"{page.relative_to(root).as_posix()}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith(("#", "mailto:"))
        if not (page.parent / unquote(target.partition("#")[0])).exists()
    ]


def main(arguments: list[str], program: click.Command, root: Path = ROOT) -> int:
    """Run one command; 1 when something is not as it should be."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["check", "write"])
    command = parser.parse_args(arguments).command
    page = root / REFERENCE
    text = reference(program, (root / "yupana" / "settings.py").read_text(encoding="utf-8"))
    if command == "write":
        page.parent.mkdir(exist_ok=True)
        page.write_text(text, encoding="utf-8")
    faults = [f"broken link in {link}" for link in broken_links(root)]
    if not page.exists() or page.read_text(encoding="utf-8") != text:
        faults.append(f"{REFERENCE.as_posix()} is not what the program says: make docs")
    print(*faults, f"{len(faults)} to mend" if faults else "The documentation is true.", sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":  # pragma: no cover - the tests call main()
    from yupana.interfaces.cli.main import main as yupana

    sys.exit(main(sys.argv[1:], yupana))
