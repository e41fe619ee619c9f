"""What everybody is answered about evaluations, at the desk and in public: a part of the table."""

from __future__ import annotations

# The columns are those of `permissions.TABLE`. The evaluation is a draft without a word: in public it is not there.
TABLE = """\
evaluating,bands -                         GET,HEAD              302   403   403   403   403   200   403   403
evaluating,bands -                         POST                  403   403   403   403   403   302   403   403
evaluating,bands -                         PUT,OPTIONS           405   405   405   405   405   405   405   405
evaluation-write,evaluation-publish -      GET,HEAD              302   403   403   403   403   200   403   403
evaluation-write -                         POST                  403   403   403   403   403   409   403   403
evaluation-publish -                       POST                  403   403   403   403   403   422   403   403
evaluation-write,evaluation-publish -      PUT,OPTIONS           405   405   405   405   405   405   405   405
evaluation-discard -                       GET,HEAD              302   403   403   403   403   200   403   403
evaluation-discard -                       POST                  403   403   403   403   403   302   403   403
evaluation-discard -                       PUT,OPTIONS           405   405   405   405   405   405   405   405
evaluation-figures -                       GET,HEAD              302   403   403   403   403   200   403   403
evaluation-figures -                       POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
dossier      public                        GET,HEAD              200   200   200   200   200   200   200   200
dossier      restricted                    GET,HEAD              404   404   404   404   404   404   404   404
dossier      *                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
evaluations  -                             GET,HEAD              200   200   200   200   200   200   200   200
evaluations  -                             POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
evaluation,evaluation_bodies,evaluation_figure - GET,HEAD        404   404   404   404   404   404   404   404
evaluation,evaluation_bodies,evaluation_figure -  POST,PUT,OPTIONS 405 405   405   405   405   405   405   405
evaluation_json,evaluation_xlsx -          GET,HEAD              404   404   404   404   404   404   404   404
evaluation_json,evaluation_xlsx -          POST,PUT,OPTIONS      405   405   405   405   405   405   405   405
"""
SENT: dict[str, dict[str, str]] = {
    "evaluating": {"call": "PLAN-2021", "period": "2021", "as_of": "2021-12-31"},
    "evaluation-write": {"title": "x", "summary": "x"},
    "evaluation-publish": {"sure": "on"},
    "bands": {"instrument": "", "since": "2026-01-01", "floor": "70", "bands": "0 x", "act": "y"},
}
DRAFT = "PLAN-2021-2021"
OF_ONE: tuple[str, ...] = ("evaluation-write", "evaluation-publish", "evaluation-discard", "evaluation-figures")
OF_ONE += ("evaluation", "evaluation_bodies", "evaluation_figure", "evaluation_json", "evaluation_xlsx")
ALONE = {"evaluating", "bands", "evaluations", *OF_ONE}
