"""Reading the register. It is public: whoever asks may read it whole."""

from yupana.domain.entities.queries.audiences import Explained, audience, explained, names_in, reached, valid
from yupana.domain.entities.queries.naming import MOST_SORT_KEY, named, territory_names
from yupana.domain.entities.queries.register import (
    MOST_ALIKE,
    alike,
    bindable,
    row_of,
    rows_of,
    sealed_contents,
    search,
)

__all__ = [
    "MOST_ALIKE",
    "MOST_SORT_KEY",
    "Explained",
    "alike",
    "audience",
    "bindable",
    "explained",
    "named",
    "names_in",
    "reached",
    "row_of",
    "rows_of",
    "sealed_contents",
    "search",
    "territory_names",
    "valid",
]
