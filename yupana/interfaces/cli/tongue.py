"""The language of the command line: ours, and the words of the library that reads the arguments.

That library looks its words up in a catalogue of its own with Python's gettext; here it is given ours.
"""

from __future__ import annotations

import gettext
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import activate, gettext_noop, ngettext_lazy, override

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    gettext_noop("Show the version and exit."),
    ngettext_lazy("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", "number"),
    ngettext_lazy("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", "number"),
    ngettext_lazy("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", "number"),
    ngettext_lazy(
        "{value!r} does not match the format {format}.", "{value!r} does not match the formats {formats}.", "number"
    ),
    ngettext_lazy("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", "number"),
)
DOMAIN = "django"


def language(environment: Mapping[str, str]) -> str:
    """Return the language of a terminal: English where its locale says so, Spanish everywhere else."""
    said = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    return "en" if said.lower().startswith("en") else settings.LANGUAGE_CODE


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
