"""Tables of follow-up, one module a task."""

from yupana.domain.progress.models.checks import Corrective, CorrectiveStep, Dispute, Verdict
from yupana.domain.progress.models.evaluations import Evaluation, Scheme
from yupana.domain.progress.models.evidence import Evidence, Fetch, Support
from yupana.domain.progress.models.indicators import Measured, Sheet
from yupana.domain.progress.models.reports import Progress, Rhythm

__all__ = [
    "Corrective",
    "CorrectiveStep",
    "Dispute",
    "Evaluation",
    "Evidence",
    "Fetch",
    "Measured",
    "Progress",
    "Rhythm",
    "Scheme",
    "Sheet",
    "Support",
    "Verdict",
]
