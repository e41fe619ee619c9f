"""Writing plans: drafted, handed in, decided about, imported, erased. Interfaces call these and nothing below."""

from yupana.domain.commitments.actions.carried import CarriedPlan, CarriedRow, Carrying, LeftOut
from yupana.domain.commitments.actions.carrying import carry_over, preview_carry
from yupana.domain.commitments.actions.deciding import (
    accept_plan,
    confirm_year_one,
    misfile_plan,
    reclassify,
    return_plan,
)
from yupana.domain.commitments.actions.drafting import save_plan, start_plan, submit_plan
from yupana.domain.commitments.actions.editing import Edited, edit_rows
from yupana.domain.commitments.actions.erasing import erase_plan
from yupana.domain.commitments.actions.importing import import_plans

__all__ = [
    "CarriedPlan",
    "CarriedRow",
    "Carrying",
    "Edited",
    "LeftOut",
    "accept_plan",
    "carry_over",
    "confirm_year_one",
    "edit_rows",
    "erase_plan",
    "import_plans",
    "misfile_plan",
    "preview_carry",
    "reclassify",
    "return_plan",
    "save_plan",
    "start_plan",
    "submit_plan",
]
