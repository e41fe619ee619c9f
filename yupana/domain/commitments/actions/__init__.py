"""Writing plans: drafted, handed in, decided about, imported, erased. Interfaces call these and nothing below."""

from yupana.domain.commitments.actions.approving import approve_plan, give_back, hand_in_plan, put_before_executive
from yupana.domain.commitments.actions.carried import CarriedPlan, CarriedRow, Carrying, LeftOut
from yupana.domain.commitments.actions.carrying import carry_over, carry_sources, preview_carry
from yupana.domain.commitments.actions.copying import Copied, copy_plan
from yupana.domain.commitments.actions.deciding import (
    accept_plan,
    confirm_year_one,
    look_at,
    misfile_plan,
    reclassify,
    return_plan,
)
from yupana.domain.commitments.actions.discarding import discard_draft
from yupana.domain.commitments.actions.drafting import save_plan, start_plan, submit_plan
from yupana.domain.commitments.actions.editing import Edited, edit_rows
from yupana.domain.commitments.actions.erasing import erase_plan
from yupana.domain.commitments.actions.importing import import_plans
from yupana.domain.commitments.actions.justifying import justify
from yupana.domain.commitments.actions.partnering import answer_partner, ask_partner
from yupana.domain.commitments.actions.transferring import Transferred, transfer_plan
from yupana.domain.commitments.actions.uploading import apply_upload, bring_upload, drop_upload

__all__ = [
    "CarriedPlan",
    "CarriedRow",
    "Carrying",
    "Copied",
    "Edited",
    "LeftOut",
    "Transferred",
    "accept_plan",
    "answer_partner",
    "apply_upload",
    "approve_plan",
    "ask_partner",
    "bring_upload",
    "carry_over",
    "carry_sources",
    "confirm_year_one",
    "copy_plan",
    "discard_draft",
    "drop_upload",
    "edit_rows",
    "erase_plan",
    "give_back",
    "hand_in_plan",
    "import_plans",
    "justify",
    "look_at",
    "misfile_plan",
    "preview_carry",
    "put_before_executive",
    "reclassify",
    "return_plan",
    "save_plan",
    "start_plan",
    "submit_plan",
    "transfer_plan",
]
