"""The language of the command line: ours, and the words of the library that reads the arguments.

That library looks its words up in a catalogue of its own with Python's gettext; here it is given ours.
"""

from __future__ import annotations

import gettext
import os
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import activate, gettext_noop, ngettext_lazy, override, pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django_stubs_ext import StrPromise

# What click says to those who use our commands. Named here so that the catalogue holds them.
CLICK = (
    gettext_noop("Usage:"),
    gettext_noop("Options"),
    gettext_noop("Commands"),
    gettext_noop("Aborted!"),
    gettext_noop("Error: {message}"),
    gettext_noop("Try '{command} {option}' for help."),
    gettext_noop("Invalid value: {message}"),
    gettext_noop("Invalid value for {param_hint}: {message}"),
    gettext_noop("Missing argument"),
    gettext_noop("Missing option"),
    gettext_noop("Missing command."),
    gettext_noop("No such option {name!r}."),
    gettext_noop("No such command {name!r}."),
    gettext_noop("Option {name!r} does not take a value."),
    gettext_noop("{value!r} is not a valid {number_type}."),
    gettext_noop("{value} is not in the range {range}."),
    gettext_noop("default: {default}"),
    gettext_noop("required"),
    gettext_noop("Show this message and exit."),
    ngettext_lazy("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", "number"),
    ngettext_lazy("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", "number"),
    ngettext_lazy("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", "number"),
    ngettext_lazy(
        "{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}.", "number"
    ),
    ngettext_lazy("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", "number"),
)
# What stands for something to be typed, in usages and beside options.
PLACEHOLDERS: dict[str, StrPromise] = {
    "ARGS": pgettext_lazy("placeholder", "ARGS"),
    "CALL": pgettext_lazy("placeholder", "CALL"),
    "CODE": pgettext_lazy("placeholder", "CODE"),
    "COMMAND": pgettext_lazy("placeholder", "COMMAND"),
    "DATE": pgettext_lazy("placeholder", "DATE"),
    "DAYS": pgettext_lazy("placeholder", "DAYS"),
    "EDITION": pgettext_lazy("placeholder", "EDITION"),
    "ENTITY": pgettext_lazy("placeholder", "ENTITY"),
    "PREDECESSOR": pgettext_lazy("placeholder", "PREDECESSOR"),
    "SUCCESSOR": pgettext_lazy("placeholder", "SUCCESSOR"),
    "FILE": pgettext_lazy("placeholder", "FILE"),
    "NAME": pgettext_lazy("placeholder", "NAME"),
    "NUMBER": pgettext_lazy("placeholder", "NUMBER"),
    "ITEM": pgettext_lazy("placeholder", "ITEM"),
    "OPTIONS": pgettext_lazy("placeholder", "OPTIONS"),
    "OTHER": pgettext_lazy("placeholder", "OTHER"),
    "PATH": pgettext_lazy("placeholder", "PATH"),
    "ROLE": pgettext_lazy("placeholder", "ROLE"),
    "TEXT": pgettext_lazy("placeholder", "TEXT"),
    "USERNAME": pgettext_lazy("placeholder", "USERNAME"),
    "WORD": pgettext_lazy("placeholder", "WORD"),
}
DOMAIN = "django"


def language(environment: Mapping[str, str]) -> str:
    """Return the language of a terminal: English where its locale says so, Spanish everywhere else."""
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if said.lower().startswith("en") else settings.LANGUAGE_CODE


def placeholder(text: str) -> str:
    """Say what is to be typed in the language that is spoken; the reference in docs/ keeps what is written."""
    if gettext.textdomain() != DOMAIN:
        return text
    return re.sub(r"[A-Z]+", lambda found: str(PLACEHOLDERS.get(found[0], found[0])), text)


def speak(chosen: str) -> None:
    """Speak this language from here on."""
    activate(chosen)
    os.environ["LANGUAGE"] = chosen


@contextmanager
def spoken(chosen: str) -> Iterator[None]:
    """Speak this language inside, and what was spoken before afterwards."""
    before, domain = os.environ.get("LANGUAGE"), gettext.textdomain()
    gettext.bindtextdomain(DOMAIN, settings.LOCALE_PATHS[0])
    gettext.textdomain(DOMAIN)
    try:
        with override(chosen):
            speak(chosen)
            yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop("LANGUAGE", None)
        if before is not None:
            os.environ["LANGUAGE"] = before
