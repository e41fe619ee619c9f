"""What everybody is answered where targets are measured: a part of the table."""

from __future__ import annotations

# The columns are those of `permissions.TABLE`.
TABLE = """\
sheets,sheet published                     GET,HEAD              302   403   403   403   403   200   403   403
sheets       published                     POST                  403   403   403   403   403   302   403   403
sheet        published                     POST                  403   403   403   403   403   302   403   403
sheets,sheet unpublished                   GET,HEAD              302   403   403   403   403   404   403   403
sheets,sheet unpublished                   POST                  403   403   403   403   403   404   403   403
sheets,sheet *                             PUT,OPTIONS           405   405   405   405   405   405   405   405
indicators,indicators_csv,indicator published   GET,HEAD         200   200   200   200   200   200   200   200
indicators,indicators_csv,indicator unpublished GET,HEAD         404   404   404   404   404   404   404   404
indicators,indicators_csv,indicator *      POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
"""
SENT: dict[str, dict[str, str]] = {
    "sheets": {"by": "all"},
    "sheet": {"seen": "0", "name": "x", "accumulation": "last", "source": "report", "over_bodies": "sum"},
}
OF_EDITIONS = ("sheets", "sheet", "indicators", "indicators_csv", "indicator")
