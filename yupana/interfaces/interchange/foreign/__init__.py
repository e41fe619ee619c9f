"""Plans in workbooks that are not ours: which table is in them, what its columns mean, what its rows say.

`propose` finds the table and guesses a field for each column; a person corrects the guess, and `Layout` is what they
said. `read` reads the rows by a layout, and names with place and reason whatever it does not put into one.
"""

from yupana.interfaces.interchange.foreign.aligning import align
from yupana.interfaces.interchange.foreign.books import load
from yupana.interfaces.interchange.foreign.layout import IGNORED, KEPT, PARTS, Column, Layout
from yupana.interfaces.interchange.foreign.proposing import Guess, Proposal, propose
from yupana.interfaces.interchange.foreign.reading import read

__all__ = ["IGNORED", "KEPT", "PARTS", "Column", "Guess", "Layout", "Proposal", "align", "load", "propose", "read"]
