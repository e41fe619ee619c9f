"""How a score is read: whether enough is known to say it, and in which band it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yupana.domain.progress.rules.shares import WHOLE
from yupana.foundation.kernel.errors import Refused

if TYPE_CHECKING:
    from fractions import Fraction

    from yupana.foundation.kernel.share import Share

MOST_BANDS = 7
MOST_NAME = 60


@dataclass(frozen=True, slots=True)
class Band:
    """A band begins at ``floor`` basis points and ends where the next one begins."""

    floor: int
    name: str


@dataclass(frozen=True, slots=True)
class Bands:
    """The least coverage in basis points, and the bands from the lowest on."""

    coverage: int
    bands: tuple[Band, ...]

    def band(self, ratio: Fraction) -> Band:
        """Return the band in which a ratio lies."""
        return max((each for each in self.bands if ratio * WHOLE >= each.floor), key=lambda each: each.floor)

    def is_enough(self, coverage: Share) -> bool:
        """Whether enough is known to rank: nothing due is not enough."""
        return coverage.ratio is not None and coverage.ratio * WHOLE >= self.coverage


# In force until the authority says otherwise; names are shown as they stand where nobody translated them.
HOUSE = Bands(7_000, (Band(0, "low"), Band(5_000, "partial"), Band(7_000, "good"), Band(9_000, "full")))


def check_bands(bands: Bands) -> None:
    """Refuse bands that do not begin at 0 or do not rise, and a floor that is no part."""
    floors = [each.floor for each in bands.bands]
    if not 0 <= bands.coverage <= WHOLE:
        raise Refused("scheme-floor", found=bands.coverage)
    if not 1 <= len(floors) <= MOST_BANDS or floors[0] != 0 or floors != sorted(set(floors)) or floors[-1] > WHOLE:
        raise Refused("scheme-bands", most=MOST_BANDS)
    if any(not 0 < len(each.name.strip()) <= MOST_NAME for each in bands.bands):
        raise Refused("scheme-band-name", most=MOST_NAME)
