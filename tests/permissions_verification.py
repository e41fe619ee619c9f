"""What everybody is answered where what entities reported is verified: a part of the table."""

from __future__ import annotations

# The columns are those of `permissions.TABLE`; all of it is about the planner's entity and a restricted call.
TABLE = """\
to-verify,to-verify-csv,to-verify-xlsx -   GET,HEAD              302   403   403   403   200   200   200   403
to-verify,to-verify-csv,to-verify-xlsx -   POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
findings     -                             GET,HEAD              302   200   200   200   200   200   200   403
findings     -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
check        -                             GET,HEAD              302   200   200   404   200   200   200   403
check        -                             POST                  403   403   403   404   302   403   302   403
check        -                             PUT,OPTIONS           405   405   405   405   405   405   405   405
verdict-dispute -                          POST                  403   302   302   404   403   403   403   403
verdict-dispute -                          GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
verdict-answer,corrective-open -           POST                  403   403   403   403   302   403   302   403
verdict-answer,corrective-open -           GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
corrective-step -                          POST                  403   403   403   404   302   403   302   403
corrective-step -                          GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
"""
SENT: dict[str, dict[str, str]] = {
    "check": {"finding": "holds", "basis": "x"},
    "verdict-dispute": {"text": "x"},
    "verdict-answer": {"upheld": "no", "answer": "x"},
    "corrective-open": {"text": "x", "due_on": "2028-01-01"},
    "corrective-step": {"after": "closed", "text": "x", "seen": "0"},
}
ALONE = {"to-verify", "to-verify-csv", "to-verify-xlsx", "findings", "check", *SENT}
