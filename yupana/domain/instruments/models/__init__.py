"""What is kept of instruments: editions and their items, what people said of them, and what they contribute to."""

from yupana.domain.instruments.models.alignments import Alignment, AlignmentEnd
from yupana.domain.instruments.models.consultations import Answer, Comment, Consultation
from yupana.domain.instruments.models.editions import Aside, Document, Edition, Instrument, Item, Repeal, Unplaced

__all__ = [
    "Alignment",
    "AlignmentEnd",
    "Answer",
    "Aside",
    "Comment",
    "Consultation",
    "Document",
    "Edition",
    "Instrument",
    "Item",
    "Repeal",
    "Unplaced",
]
