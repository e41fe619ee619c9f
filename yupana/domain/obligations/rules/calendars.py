"""The calendars that there are, as data.

Bolivia's: the Supreme Decrees 2750 (2016) and 5019 (2023) make the day after free where a holiday, national or of a
department, falls on a Sunday. They excepted 2 November, which was on no Sunday until Supreme Decree 5483 (2025) brought
it under the rule. 22 January is free since Supreme Decree 405 (2010), 21 June since 173 (2009). What a decree moves or
adds in one year, as 5328 did in 2025 and 5521 in 2026, is declared by an act. Pando keeps 24 September, the day on
which it was founded; where it is to be 11 October, or any other day, an act declares that too.
"""

from __future__ import annotations

from yupana.domain.obligations.rules.calendar import Calendar, Feast, Fixed

# Code (INE), name, ways to write it, month and day that it keeps.
_DEPARTMENTS = (
    ("01", "Chuquisaca", ("CH",), 5, 25),
    ("02", "La Paz", ("LP",), 7, 16),
    ("03", "Cochabamba", ("CB", "CBBA"), 9, 14),
    ("04", "Oruro", ("OR",), 2, 10),
    ("05", "Potosí", ("PT", "PO"), 11, 10),
    ("06", "Tarija", ("TJ", "TA"), 4, 15),
    ("07", "Santa Cruz", ("SC", "SCZ"), 9, 24),
    ("08", "Beni", ("BE", "BN"), 11, 18),
    ("09", "Pando", ("PD", "PA"), 9, 24),
)
_BOLIVIA = Calendar(
    code="bolivia",
    fixed=(
        Fixed(Feast.NEW_YEAR, 1, 1),
        Fixed(Feast.STATE, 1, 22, since=2010),
        Fixed(Feast.LABOUR, 5, 1),
        Fixed(Feast.ANDEAN_YEAR, 6, 21, since=2009),
        Fixed(Feast.INDEPENDENCE, 8, 6),
        Fixed(Feast.ALL_SOULS, 11, 2),
        Fixed(Feast.CHRISTMAS, 12, 25),
    ),
    moving=((Feast.CARNIVAL, -48), (Feast.CARNIVAL, -47), (Feast.GOOD_FRIDAY, -2), (Feast.CORPUS_CHRISTI, 60)),
    local={code: (Fixed(Feast.DEPARTMENT, month, day),) for code, _, _, month, day in _DEPARTMENTS},
    names={code: name for code, name, *_ in _DEPARTMENTS},
    known_as={each: code for code, _, written, *_ in _DEPARTMENTS for each in written},
)
CALENDARS = {each.code: each for each in (_BOLIVIA,)}
