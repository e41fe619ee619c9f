"""The door `yupana`: all commands in one group."""

from __future__ import annotations

import os
import sys

import click
import django
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yupana.settings")
try:
    django.setup()
except (ImproperlyConfigured, ValueError) as error:
    sys.exit(f"yupana: {error}")

# The rooms hold tables, and tables can be read only after the setup.
from django.utils.translation import gettext_noop

from yupana import __version__
from yupana.interfaces.cli import (
    align,
    applies,
    authority,
    coming,
    compare,
    consult,
    doctor,
    evaluation,
    exports,
    holidays,
    imports,
    indicators,
    lint,
    mail,
    people,
    radar,
    record,
    report_books,
    reports,
    safekeeping,
    serve,
    succession,
    workbooks,
)
from yupana.interfaces.cli.demo import command as demo
from yupana.interfaces.cli.frame import Door, Option, lang_option


@click.group(
    cls=Door,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=gettext_noop(
        "Keep count of a State's digital plan: register, plans, calls, what was handed in, and the proof of it all."
        "\n\nAll state lives in YUPANA_HOME (default ./var)."
    ),
)
@lang_option
@click.version_option(__version__, prog_name="yupana", cls=Option, help=gettext_noop("Show the version and exit."))
def main() -> None:
    """Hold the commands."""


for task in (
    imports.import_,
    exports.export,
    authority.publish,
    authority.call,  # with what `succession` adds to it
    succession.succeed,
    reports.reports,
    consult.consult,
    consult.repeal,
    applies.applies,
    compare.diff,
    compare.impact,
    holidays.holiday,
    indicators.indicators,
    lint.lint,
    radar.radar,
    align.alignment,
    align.unalign,
    evaluation.scheme,
    evaluation.evaluation,
    record.tick,
    record.figures,
    record.verify,
    record.erase,
    record.erase_piece,
    record.migrate,
    doctor.doctor,
    safekeeping.backup,
    safekeeping.restore,
    safekeeping.resume,
    people.createuser,
    people.mandate,
    coming.people,
    mail.mail,
    serve.serve,
    demo.demo,
):
    main.add_command(task)
exports.export.add_command(workbooks.export_workbook)
exports.export.add_command(report_books.export_report)
imports.import_.add_command(report_books.import_report)
imports.import_.add_command(report_books.import_spending)
imports.import_.add_command(workbooks.import_workbook)
