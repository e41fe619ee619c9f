"""What everybody is answered about the report of a period, as its entity writes it: a part of the table."""

from __future__ import annotations

# The columns are those of `permissions.TABLE`: a draft of the planner's entity, and a version under a restricted call.
TABLE = """\
report       -                             GET,HEAD              302   200   200   404   404   404   404   403
report       -                             POST                  403   409   403   404   404   404   404   403
report       -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
report-start -                             POST                  403   302   302   404   404   404   404   403
report-cells -                             POST                  403   200   403   404   404   404   404   403
report-same  -                             POST                  403   302   403   404   404   404   404   403
report-start,report-cells,report-same -    GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
report-evidence,report-discard -           GET,HEAD              302   200   403   404   404   404   404   403
report-evidence,report-discard -           POST                  403   302   403   404   404   404   404   403
report-evidence,report-discard -           PUT,OPTIONS           405   405   405   405   405   405   405   405
report-submit -                            GET,HEAD              302   200   200   404   404   404   404   403
report-submit -                            POST                  403   302   302   404   404   404   404   403
report-submit -                            PUT,OPTIONS           405   405   405   405   405   405   405   405
report-book,report-book-file -             GET,HEAD              302   200   200   404   404   404   404   403
report-book,report-book-file -             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
report-book-add,report-spending -          POST                  403   422   403   404   404   404   404   403
report-book-add,report-spending -          GET,HEAD              302   302   302   302   302   302   302   403
report-book-add,report-spending -          PUT,OPTIONS           405   405   405   405   405   405   405   405
report-book-apply -                        POST                  403   302   403   404   404   404   404   403
report-book-apply -                        GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
report-version -                           GET,HEAD              302   200   200   404   200   200   200   403
report-version -                           POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
"""
OF_DRAFTS = (
    "report",
    "report-start",
    "report-cells",
    "report-same",
    "report-evidence",
    "report-discard",
    "report-submit",
    "report-book",
    "report-book-file",
    "report-book-add",
    "report-spending",
    "report-book-apply",
)
SENT: dict[str, dict[str, str]] = {
    "report": {"base": "", "1.value": "7", "1.gap": "", "1.cause": "staff", "1.accrued": "7,5", "1.done": "x"},
    "report-start": {"x": ""},
    "report-cells": {"edits": '[{"act": "change", "row": 1, "cells": {"value": ["", "7"], "done": ["", "x"]}}]'},
    "report-same": {"x": ""},
    "report-evidence": {"seen": "", "x": ""},
    "report-submit": {"sure": "on"},
    "report-discard": {"sure": "on"},
    "report-book-add": {"x": ""},
    "report-spending": {"x": ""},
    "report-book-apply": {"told": ""},
}
ALONE = {*OF_DRAFTS, "report-version"}
