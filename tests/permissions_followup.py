"""What everybody is answered where the authority asks for reports and sees who answered: a part of the table."""

from __future__ import annotations

# The columns are those of `permissions.TABLE`.
TABLE = """\
followup     *                             GET,HEAD              302   403   403   403   200   200   200   403
followup     *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
followup-ask restricted                    POST                  403   403   403   403   403   302   403   403
followup-ask public                        POST                  403   403   403   403   403   422   403   403
followup-ask *                             GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
followup-rhythm *                          POST                  403   403   403   403   403   302   403   403
followup-rhythm *                          GET,HEAD,PUT,OPTIONS  405   405   405   405   405   405   405   405
answers,answers-csv,answers-xlsx *         GET,HEAD              302   403   403   403   200   200   200   403
answers,answers-csv,answers-xlsx *         POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
"""
SENT: dict[str, dict[str, str]] = {
    "followup-ask": {"period": "2030-Q2", "due_in": "20"},
    "followup-rhythm": {"frequency": "quarter", "since": "2030-01-01", "due_in": "20"},
}
