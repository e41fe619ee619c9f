"""What plans say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.commitments.rules import Accumulation, Direction, Fate, Kind, Likeness, Medium
from yupana.domain.commitments.rules.coherence import Weight

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "not-authority-planner": _("Only the authority's planners may do this."),
    "not-handed-in": _("A draft is not part of the record yet: change it instead of erasing it."),
    "draft-moved": _(
        "Somebody else saved this draft in the meantime. Nothing of theirs was overwritten: compare and save anew."
    ),
    "not-executive": _("Only the entity's highest executive authority approves its plan."),
    "executive-missing": _("Nobody has an account as executive of your entity. Ask the authority to open one."),
    "not-before-executive": _("The plan does not wait for the executive any more. Look at it again."),
    "draft-changed": _("The plan changed while you read it. Nothing was signed: read it again."),
    "resolution-unsaid": _("Say the number of the resolution."),
    "resolution-day": _("%(resolution_on)s cannot be the day of the resolution: it is today or earlier."),
    "finding-unknown": _("There is nothing to explain there any more: it was mended meanwhile."),
    "finding-unexplained": _("Row %(row)s says something that makes no sense. Mend it, or say beside it why."),
    "justification-too-long": _("A reason has at most %(most)s characters."),
    "call-asks-no-plan": _("The call %(call)s asks for a progress report, not for a plan."),
    "plan-empty": _("There is not a single activity: a plan needs at least one."),
    "amendment-unexplained": _(
        "Version %(version)s of this plan was accepted: say why it changes, and which act approves the change."
    ),
    "period-closed": _(
        "Row %(row)s: “%(field)s” changes what was accepted in version %(version)s for a time that has passed. "
        "Put it back: only what is still to come can change."
    ),
    "text-too-long": _("Row %(row)s: what stands in “%(field)s” is too long."),
    "row-unknown": _("There is no row %(row)s."),
    "row-number-far": _("There is no row %(row)s, nor near it: new rows are numbered from %(free)s on."),
    "budget-is-sum": _("Row %(row)s: the budget is the sum of the amounts by year. Change those."),
    "plan-item-unknown": _("“%(item)s” is not one of the items that this plan has to answer."),
    "plan-item-ambiguous": _("“%(item)s” names several items: put the instrument and the edition before it."),
    "plan-medium-unknown": _("Row %(row)s: “%(medium)s” is not one of the means: project, line of action, activity."),
    "plan-choice-unknown": _("Row %(row)s: “%(text)s” is not one of the choices of “%(field)s”."),
    "cell-unknown": _("Row %(row)s: a plan has no column “%(field)s”."),
    "cell-unreadable": _("Row %(row)s: “%(text)s” cannot be read as what belongs in “%(field)s”."),
    "periods-too-many": _("Row %(row)s: at most %(most)s periods of one activity can be programmed."),
    "period-outside": _("Row %(row)s: “%(period)s” lies outside of the plan, which is about %(first)s to %(last)s."),
    "partnership-unknown": _("Nobody asked that of your entity."),
    "partner-part": _("Say in at most %(most)s characters which part it would take."),
    "partner-unfit": _("%(entity)s cannot be a partner of this activity."),
    "partner-asked-already": _("%(entity)s was asked already."),
    "partner-answered-already": _("Your entity has answered already."),
    "transferred-already": _("What this body owed passed to a successor already."),
    "transfer-under-review": _("A plan or a report of %(entity)s waits for a decision. Decide about it first."),
    "transfer-in-hand": _("%(entity)s has a version in hand. It is handed in and decided first."),
    "transfer-no-succession": _(
        "No act is recorded by which %(successor)s goes on with the work of %(entity)s. Record the succession first."
    ),
    "transfer-year-open": _(
        "Activities of %(entity)s begin or end in a year such as “Año 1”. Confirm first which year that is in its plan."
    ),
    "transfer-other-call": _("The call %(call)s is not open, or puts other editions."),
    "transfer-would-publish": _("The call %(call)s is public, and what would pass to it is not."),
    "upload-unknown": _("There is no such workbook, or it was applied already."),
    "draft-says-more": _("Something was written in this draft that stands nowhere else. Say that you are sure."),
    "copy-not-empty": _("There are activities in this draft already: an earlier plan is copied into an empty one."),
    "look-moved": _("Somebody else noted something else meanwhile. Compare what is marked below, and send it again."),
    "item-unchanged": _("The row answers that item already."),
    "row-moved": _("Somebody else has just said what row %(row)s answers. Look at it again."),
    "likeness-of-itself": _("These are one and the same activity."),
    "likeness-unchanged": _("That was said of these two activities already."),
    "likeness-moved": _("Somebody else has just said something of these two activities. Look at them again."),
    "likeness-verdict-unknown": _("“%(text)s” is not one of the choices: join, different."),
    "year-out-of-range": _("%(year)s cannot be a plan's first year: say one from %(first)s to %(last)s."),
    "year-confirmed-already": _("The first year of this plan was confirmed already."),
    "plan-changed": _(
        "%(where)s: this plan was imported before and says something else now. What was handed in does not change."
    ),
    "plan-twice": _("%(where)s: this plan stands already at %(first)s."),
    "plan-text-too-long": _("%(where)s: what stands in “%(field)s” is too long to be kept."),
    "plan-in-hand": _("%(where)s: the entity is just writing or waiting for a decision about a version of its own."),
    "plan-entity-unknown": _("No body of the register has this key, so the plan has no place."),
    "plan-entity-not-bound": _("The call does not bind this body, so the plan has no place."),
    "plan-entity-ambiguous": _("Several bodies that the call binds have this code, so the plan has no place."),
    "row-without-plan": _("The row names a plan that is not in the table of plans."),
    "row-without-line": _("The row names no line; it is kept and answers none."),
    "line-unknown": _("The row names a line that this call does not put; it is kept and answers none."),
    "resolution-missing": _("No usable resolution is named; the plan counts and its resolution is pending."),
    "belongs-elsewhere": _("A note says that this is another kind of plan: it is kept and counts nowhere."),
    "plan-without-rows": _("The plan has not a single activity."),
    "date-unreadable": _("This is no date that exists; it is kept as it was written."),
    "date-ambiguous": _("Day and month could be swapped; it is kept as it was written."),
    "end-before-start": _("It ends before it starts."),
    "header-differs": _(
        "The rows of one plan say different things about the plan as a whole; the first one was taken."
    ),
    "plan-files-missing": _("%(where)s: no table of plans is here, such as plans.csv beside plan_detalle.csv."),
    "plan-files-ambiguous": _("%(where)s: there are several tables of activities (%(found)s). Name the file of one."),
    "received-unreadable": _("The day of reception is no date; it is kept as it was written."),
    "carry-unrelated": _("%(target)s puts no edition of an instrument that %(source)s put."),
    "carry-backwards": _("Edition %(target)s is older than edition %(source)s: nothing is carried back."),
    "carry-same-edition": _("%(target)s puts the same edition as %(source)s: there is nothing to go on to."),
    "carry-other-kind": _("%(source)s and %(target)s ask for plans of different kinds: one is not the other."),
    "carry-other-year": _("%(source)s and %(target)s ask for the annual plans of different years: write a new one."),
    "carry-into-complement": _(
        "%(target)s puts only what changed, so that it is answered anew; what did not change stays answered as it is."
    ),
    "carry-would-publish": _("%(source)s is restricted and %(target)s is public: what is in it would be published."),
    "carry-not-split": _("“%(item)s” is no item that was split, so there is nothing to choose."),
    "carry-no-part": _("“%(part)s” is no part of %(item)s, which was split into: %(parts)s."),
    "medium-unknown": _("The means is not one that is known; it is kept in the original row."),
    "budget-unreadable": _("The budget is no amount; it is kept in the original row."),
}

CELLS: dict[str, StrPromise] = {
    "item": _("Line it answers"),
    "also": _("Also answers"),
    "medium": _("Means"),
    "name": _("Activity"),
    "responsible": _("Responsible unit"),
    "person": _("Post in charge"),
    "result": _("Expected result"),
    "indicator": _("Indicator"),
    "unit": _("Unit of measure"),
    "accumulation": _("How it adds up"),
    "direction": _("Which way it goes"),
    "baseline": _("Baseline"),
    "target": _("Target"),
    "budget": _("Budget in Bs"),
    "money": _("Budget by year"),
    "starts": _("Start"),
    "ends": _("End"),
    "verification": _("Means of verification"),
    "derives": _("Comes from"),
    "waits": _("Comes after"),
    "notes": _("Notes"),
}
"""The names of the cells of a row; those of periods are named after their period."""

LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    Likeness: {
        Likeness.JOIN: pgettext_lazy("two activities", "join forces"),
        Likeness.DIFFERENT: pgettext_lazy("two activities", "different"),
    },
    Medium: {
        Medium.PROJECT: pgettext_lazy("medium", "project"),
        Medium.LINE: pgettext_lazy("medium", "line of action"),
        Medium.ACTIVITY: pgettext_lazy("medium", "activity"),
    },
    Accumulation: {
        Accumulation.SUM: pgettext_lazy("accumulation", "adds up"),
        Accumulation.LAST: pgettext_lazy("accumulation", "last value"),
        Accumulation.YES_NO: pgettext_lazy("accumulation", "yes or no"),
    },
    Direction: {
        Direction.UP: pgettext_lazy("direction", "to rise"),
        Direction.DOWN: pgettext_lazy("direction", "to fall"),
    },
    Fate: {
        Fate.SAME: pgettext_lazy("carried row", "the same item"),
        Fate.MERGED: pgettext_lazy("carried row", "the item it was merged into"),
        Fate.CHOSEN: pgettext_lazy("carried row", "the part that was chosen"),
        Fate.SPLIT: pgettext_lazy("carried row", "without an item: it was split, and no part was chosen"),
        Fate.REMOVED: pgettext_lazy("carried row", "without an item: it was removed"),
        Fate.NOT_OWED: pgettext_lazy("carried row", "without an item: the entity does not owe it any more"),
        Fate.NONE: pgettext_lazy("carried row", "without an item, as before"),
    },
    Weight: {
        Weight.SENSELESS: pgettext_lazy("finding", "it makes no sense"),
        Weight.DOUBTFUL: pgettext_lazy("finding", "look at it"),
        Weight.HINT: pgettext_lazy("finding", "hint"),
    },
    Kind: {
        Kind.EMPTY: pgettext_lazy("date", "not said"),
        Kind.DAY: pgettext_lazy("date", "day"),
        Kind.MONTH: pgettext_lazy("date", "month"),
        Kind.STRETCH: pgettext_lazy("date", "part of a year"),
        Kind.YEAR: pgettext_lazy("date", "year"),
        Kind.RELATIVE: pgettext_lazy("date", "counted from the first year of the plan"),
        Kind.AMBIGUOUS: pgettext_lazy("date", "day and month could be swapped"),
        Kind.UNREADABLE: pgettext_lazy("date", "not a date that exists"),
    },
}
# Why a plan is not carried over.
LEFT_OUT = {
    "not-called": pgettext_lazy("left out", "it is not called"),
    "waived": pgettext_lazy("left out", "it was exempted"),
    "has-version": pgettext_lazy("left out", "it has a version there already"),
    "passed": pgettext_lazy("left out", "its successor goes on with it"),
    "own-entity": pgettext_lazy("left out", "somebody else decides about the plan of your own entity"),
}
