"""Instruments in and out, in every format: who reads a file is told by the file itself."""

from yupana.interfaces.interchange.instruments.folders import FOLDER_ROLES
from yupana.interfaces.interchange.instruments.formats import ENDINGS, Format, read_instrument, write_instrument
from yupana.interfaces.interchange.instruments.words import COLUMNS, WORDS, role_of

__all__ = [
    "COLUMNS",
    "ENDINGS",
    "FOLDER_ROLES",
    "WORDS",
    "Format",
    "read_instrument",
    "role_of",
    "write_instrument",
]
