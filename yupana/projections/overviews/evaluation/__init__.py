"""The evaluation of one period: one function counts it, from the record up to a position and as of a day.

``population`` reads who owes what, ``progress`` what each plan reached, ``sums`` adds up, ``counting`` puts the
canonical structure together, and ``reading`` gives it to pages and files.
"""

from yupana.projections.overviews.evaluation.counting import compute
from yupana.projections.overviews.evaluation.reading import Reading, agrees, read

__all__ = ["Reading", "agrees", "compute", "read"]
