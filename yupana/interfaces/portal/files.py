"""A published edition to take along, in every format that others read; and how to cite it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from yupana.domain.instruments import public as instruments
from yupana.interfaces import sending
from yupana.interfaces.interchange.instruments import Format, write_instrument
from yupana.interfaces.portal.books import published
from yupana.interfaces.portal.page import public_page
from yupana.interfaces.tags import number
from yupana.projections.overviews.text import manuscript

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from yupana.domain.instruments.public import EditionCard, Seal

# Names of formats are the same in every language.
NAMES = {
    Format.MARKDOWN: "Markdown",
    Format.XLSX: "Excel (XLSX)",
    Format.ODS: "ODS",
    Format.CSV: "CSV",
    Format.JSON: "JSON",
    Format.STRATML: "StratML (XML)",
    Format.OSCAL: "OSCAL (JSON)",
}
ENDINGS = {
    Format.MARKDOWN: ".md",
    Format.XLSX: ".xlsx",
    Format.ODS: ".ods",
    Format.CSV: ".csv",
    Format.JSON: ".json",
    Format.STRATML: ".stratml.xml",
    Format.OSCAL: ".oscal.json",
}
TYPES = {
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.XLSX: sending.XLSX,
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.CSV: "text/csv; charset=utf-8",
    Format.JSON: "application/json",
    Format.STRATML: "application/xml",
    Format.OSCAL: "application/json",
}


@public_page
def edition(request: HttpRequest, instrument: str, code: str, form: str) -> HttpResponseBase:
    """Give an edition as a file. It never changes, so whoever has it is told so before anything is written."""
    chosen = _format(form)
    book = published(instrument, code)
    mark = f'"{instruments.seal(book.id).digest[:32]}-{chosen.value}"'
    unchanged = get_conditional_response(request, etag=mark)
    if unchanged is not None:
        return unchanged
    name = f"{instrument}-{code}{ENDINGS[chosen]}"
    with TemporaryDirectory(prefix="yupana-") as folder:
        target = Path(folder) / name
        write_instrument(manuscript(book), chosen, target)
        response = sending.written(name, target.read_bytes(), TYPES[chosen])
    response.headers["ETag"] = mark
    return response


def citation(request: HttpRequest, book: EditionCard, seal: Seal) -> str:
    """Write a reference to an edition, ready to be put into a report."""
    there = request.build_absolute_uri(reverse("portal:edition", args=[book.instrument, book.code]))
    parts = [
        book.title,
        book.ref,
        f"{book.act}, {date_format(book.published_on, 'DATE_FORMAT')}",
        there,
        f"SHA-256 {seal.digest}",
    ]
    if seal.position is not None:
        parts.append(_("entry %(position)s of the public record") % {"position": number(seal.position)})
    return f"{'. '.join(part.rstrip('.') for part in parts)}."


def _format(name: str) -> Format:
    try:
        return Format(name)
    except ValueError:
        raise Http404 from None
