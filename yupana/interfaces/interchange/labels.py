"""What the formats say about files that they cannot read."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Why the machine does not do as it is told; what is not here is said in its own words.
PROBLEMS: dict[int, StrPromise] = {
    errno.ENOENT: _("there is no such file or folder"),
    errno.EACCES: _("you may not use it"),
    errno.EPERM: _("you may not use it"),
    errno.EISDIR: _("it is a folder"),
    errno.ENOTDIR: _("there is a file where a folder should be"),
    errno.EEXIST: _("it is there already"),
    errno.ENOSPC: _("the disk is full"),
    errno.EROFS: _("the disk is read-only"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.EADDRINUSE: _("another program uses the port"),
    errno.EADDRNOTAVAIL: _("this machine has no such address"),
}


def problem(error: OSError) -> str:
    """Say what the machine objects."""
    known = PROBLEMS.get(error.errno) if error.errno else None
    return str(known or error.strerror or error)


MESSAGES: dict[str, StrPromise] = {
    "file-unreadable": _("%(where)s: the file cannot be opened (%(problem)s)."),
    "file-too-large": _("%(where)s: the file is larger than %(most)s MB. Divide it."),
    "file-not-utf8": _("%(where)s: the text is not UTF-8. Save the file as “CSV UTF-8”."),
    "file-has-nul": _("%(where)s: there is a NUL character, which no text holds. Save the file anew as “CSV UTF-8”."),
    "table-malformed": _(
        "%(where)s: the row cannot be read (%(problem)s). Look for a quotation mark that is not closed."
    ),
    "headers-missing": _("%(where)s: the first line must hold the names of the columns."),
    "header-repeated": _("%(where)s: several columns have the same name (%(column)s)."),
    "cell-without-header": _("%(where)s: “%(text)s” stands in a column without a name."),
    "map-unreadable": _("%(where)s: the map is not valid TOML (%(problem)s)."),
    "map-malformed": _("%(where)s: the map says “%(field)s” in a form that is not understood."),
    "field-unknown": _("%(where)s: the map names a field “%(field)s”. Known are: %(known)s."),
    "column-missing": _("%(where)s: there is no column “%(column)s”. The columns are: %(headers)s."),
    "columns-not-recognised": _(
        "%(where)s: no column was recognised as %(missing)s. The columns of the file are: %(headers)s. "
        "Looked for: %(looked)s. Rename one, or say in a map which it is: --map TOML (docs/formats.md)."
    ),
    "columns-missing": _(
        "%(where)s: no column was recognised as %(missing)s. The columns of the file are: %(headers)s. "
        "Looked for: %(looked)s. Rename the one that holds it (docs/formats.md)."
    ),
    "value-unreadable": _("%(where)s: “%(text)s” in the column “%(column)s” is not understood."),
}
