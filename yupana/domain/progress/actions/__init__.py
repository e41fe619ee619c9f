"""Writing follow-up. Interfaces call these and nothing below."""

from yupana.domain.progress.actions.calling import open_due, open_reports, set_rhythm
from yupana.domain.progress.actions.deciding import accept_report, look_at_report, misfile_report, return_report
from yupana.domain.progress.actions.reporting import (
    discard_report,
    save_measured,
    save_rows,
    start_report,
    submit_report,
)

__all__ = [
    "accept_report",
    "discard_report",
    "look_at_report",
    "misfile_report",
    "open_due",
    "open_reports",
    "return_report",
    "save_measured",
    "save_rows",
    "set_rhythm",
    "start_report",
    "submit_report",
]
