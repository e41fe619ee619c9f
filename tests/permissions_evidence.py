"""What everybody is answered where evidence is brought, seen and taken along: a part of the table."""

from __future__ import annotations

# The columns are those of `permissions.TABLE`; the piece is the planner's entity's, and no report cites it.
TABLE = """\
evidence     -                             GET,HEAD              302   200   200   200   403   403   403   403
evidence     -                             POST                  403   302   302   302   403   403   403   403
evidence     -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
evidence-piece,evidence-file -             GET,HEAD              302   200   200   404   404   404   404   403
evidence-piece,evidence-file -             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
evidence_document -                        GET,HEAD              404   404   404   404   404   404   404   404
evidence_document -                        POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
"""
SENT: dict[str, dict[str, str]] = {
    "evidence": {"url": "https://a.example/acta", "name": "x", "level": "2", "visibility": "public"},
}
ADDRESSES = ("evidence-piece", "evidence-file", "evidence_document")
