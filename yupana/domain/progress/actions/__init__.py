"""Writing follow-up. Interfaces call these and nothing below."""

from yupana.domain.progress.actions.calling import ask_late, open_due, open_reports, set_rhythm
from yupana.domain.progress.actions.checking import answer_dispute, dispute, give_verdict
from yupana.domain.progress.actions.correcting import (
    answer_corrective,
    close_corrective,
    open_corrective,
    reopen_corrective,
)
from yupana.domain.progress.actions.deciding import accept_report, look_at_report, misfile_report, return_report
from yupana.domain.progress.actions.editing import cite, edit_report, say_no_change
from yupana.domain.progress.actions.erasing import erase_evidence, erase_report
from yupana.domain.progress.actions.measuring import Loaded, load_sheets, set_sheet
from yupana.domain.progress.actions.proving import Brought, add_file, add_link, note_fetch
from yupana.domain.progress.actions.reporting import (
    discard_report,
    save_measured,
    save_rows,
    start_report,
    submit_report,
)

__all__ = [
    "Brought",
    "Loaded",
    "accept_report",
    "add_file",
    "add_link",
    "answer_corrective",
    "answer_dispute",
    "ask_late",
    "cite",
    "close_corrective",
    "discard_report",
    "dispute",
    "edit_report",
    "erase_evidence",
    "erase_report",
    "give_verdict",
    "load_sheets",
    "look_at_report",
    "misfile_report",
    "note_fetch",
    "open_corrective",
    "open_due",
    "open_reports",
    "reopen_corrective",
    "return_report",
    "save_measured",
    "save_rows",
    "say_no_change",
    "set_rhythm",
    "set_sheet",
    "start_report",
    "submit_report",
]
