"""What instruments say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yupana.domain.instruments.facts import (
    AlignmentKind,
    EditionState,
    ItemRole,
    OriginKind,
    TargetSource,
    Transition,
    Verdict,
)
from yupana.domain.instruments.rules.changes import ChangeKind
from yupana.domain.instruments.rules.lint import LintRule, Severity
from yupana.domain.instruments.rules.proposals import ProposalKind
from yupana.domain.instruments.rules.targets import Basis, Unread

if TYPE_CHECKING:
    from enum import StrEnum

    from django_stubs_ext import StrPromise

MESSAGES: dict[str, StrPromise] = {
    "alignment-planners-only": _("Only the authority's planners say what an instrument contributes to."),
    "alignment-within": _("%(item)s and %(other)s belong to one instrument. Align items of different ones."),
    "alignment-contradicts": _("It is stated already that %(item)s %(kind)s %(other)s. End that first."),
    "alignment-ended": _("What was stated of %(item)s and %(other)s has been ended already."),
    "alignment-reason-missing": _("Say why it ends."),
    "alignment-unknown": _("Nothing of that kind is stated of %(item)s and %(other)s."),
    "alignment-kind-unknown": _("%(where)s: “%(found)s” is no kind of alignment. Write one of %(known)s."),
    "item-ref-unreadable": _("“%(item)s” names no item. Write it as PIGE/1#line:4."),
    "item-unpublished": _("There is no item %(item)s in a published edition."),
    "edition-planners-only": _("Only the authority's planners draft and publish instruments."),
    "edition-unknown": _("There is no edition %(edition)s."),
    "edition-published": _(
        "%(edition)s is published and does not change. Import what is different as a new edition of the instrument."
    ),
    "edition-empty": _("There is not a single item: an edition needs at least one."),
    "edition-code-unusable": _(
        "“%(found)s” cannot be a code: it begins with a letter or a digit, holds only letters, digits and . _ - ( ) +,"
        " and is at most %(most)s characters long."
    ),
    "edition-title-length": _("A title is needed, of at most %(most)s characters: “%(title)s”."),
    "edition-kind-length": _("Say what kind of instrument it is, in at most %(most)s characters: “%(kind)s”."),
    "edition-act-missing": _("Say by which legal act %(edition)s is published, in at most %(most)s characters."),
    "edition-act-in-future": _("The day of the act, %(on)s, has not come yet."),
    "edition-before-previous": _(
        "%(edition)s would be published on %(on)s, before the edition that was published last (%(previous)s)."
    ),
    "edition-in-consultation": _(
        "%(edition)s is in consultation: its text stands still and nothing is published until it is closed."
    ),
    "documents-many": _("An edition is published with at most %(most)s documents."),
    "document-lost": _("The document %(name)s is not in the vault any more. Remove it and add it again."),
    "consultation-closes-before": _("The consultation would close on %(closes_on)s, before it opens (%(opens_on)s)."),
    "consultation-not-open": _("%(edition)s is not in consultation."),
    "consultation-over": _("The consultation on %(edition)s took comments until %(closes_on)s."),
    "consultation-unanswered": _(
        "%(number)s comments on %(edition)s wait for an answer. Whoever was asked is answered before it is published."
    ),
    "comment-not-for-body": _("You do not act for this body."),
    "comment-length": _("Write between 1 and %(most)s characters; there are %(length)s."),
    "comment-unknown": _("There is no such comment."),
    "comment-answered": _("This comment has been answered; an answer stays."),
    "answer-length": _("Say why, in at most %(most)s characters; there are %(length)s."),
    "repeal-act": _("Say by which legal act it is repealed, in at most %(most)s characters."),
    "repeal-reason": _("Say why it is repealed, in at most %(most)s characters; there are %(length)s."),
    "repeal-not-in-force": _("%(edition)s is not in force: only what is in force can be repealed."),
    "repeal-before-publication": _(
        "%(edition)s would be repealed on %(on)s, before it was published (%(published_on)s)."
    ),
    "instrument-published": _(
        "%(instrument)s was published as “%(title)s” (%(kind)s); title and kind of an instrument stay. A new edition"
        " may have a title of its own."
    ),
    "edition-not-draft": _(
        "%(edition)s is no draft now: its text stands still. In consultation, close it first to mend the text."
    ),
    "edition-not-published": _("%(edition)s was not published: edit it as it is, there is nothing to begin from it."),
    "edition-code-taken": _("There is an edition %(edition)s already. Give the new one another code."),
    "instrument-code-taken": _("There is an instrument %(instrument)s already: begin its next edition instead."),
    "cover-changed": _("Somebody else changed the cover meanwhile. Nothing is lost: compare and save again."),
    "tree-changed": _("Somebody else changed the tree since you opened it. Look at it again, then repeat your step."),
    "branch-changed": _("Somebody else wrote there since you looked. Look at it again before you remove it."),
    "item-changed": _("Somebody else changed the same meanwhile. Both texts are kept: choose what stands."),
    "item-gone": _("Somebody else removed this item meanwhile. What you wrote is kept."),
    "item-code-taken": _("%(item)s is there already: each item of a role needs its own code."),
    "item-value-unusable": _("The field %(field)s cannot hold this."),
    "item-place-gone": _("The place you chose is not there any more. Choose another."),
    "item-below-itself-here": _("Nothing can stand below or behind itself."),
    "item-no-way": _("It cannot go further that way."),
    "aside-unknown": _("What was kept here has been settled already."),
    "line-unknown": _("This line, or the item it was to go to, is not there any more."),
    "lineage-formers": _("Choose one item of the edition in force; for a merger, two or more."),
    "lineage-taken": _("%(former)s is already %(item)s of this draft. Two items cannot be the same one."),
    "item-unknown": _("There is no item %(item)s in this edition."),
    "item-code-unusable": _(
        "%(where)s: the code of %(item)s must begin with a letter or a digit, hold only letters, digits and"
        " . _ - ( ) +, and be at most %(most)s characters long."
    ),
    "item-text-missing": _("%(where)s: %(item)s has no readable text."),
    "item-twice": _("%(where)s: %(item)s stands already at %(first)s. Each item of a role needs its own code."),
    "item-stake-outside": _("%(where)s: the share of %(item)s must lie between 0 and 100%%."),
    "item-audience-unreadable": _("%(where)s: nobody can tell whom %(item)s is for. %(problem)s"),
    "item-parent-unknown": _("%(where)s: %(item)s belongs to %(parent)s, which is not in the table."),
    "item-below-itself": _("%(where)s: following the parents of %(item)s leads back to itself."),
    "item-axis-differs": _("%(where)s: %(item)s names %(axis)s, but its line %(parent)s belongs to another."),
    "item-parent-unnamed": _("%(where)s: no row of the table has the code %(parent)s."),
    "item-parent-ambiguous": _("%(where)s: several rows have the code %(parent)s: write one of %(candidates)s."),
    "instrument-files-missing": _(
        "%(where)s: the folder holds no table of lines (a file such as plan_lineas.csv), no README that lists parts in"
        " Markdown, and not just one Markdown document."
    ),
    "instrument-files-ambiguous": _("%(where)s: %(first)s and %(second)s hold the same role. Name one file."),
    "instrument-files-mixed": _("%(where)s: the tables belong to several instruments (%(found)s)."),
}

MESSAGES |= {
    "item-target-number": _("%(where)s: the number of the target of %(item)s is no number that can be reached."),
    "item-origin-unreadable": _("%(where)s: the items from which %(item)s would come are not named by their ids."),
    "edition-too-long": _("It has %(number)s items; an edition has at most %(most)s."),
    "asides-waiting": _(
        "%(edition)s: two people wrote about the same item at once, and nobody has chosen yet (%(number)s). Choose"
        " first."
    ),
    "draft-another": _(
        "The draft %(edition)s holds another text: %(left)s of its %(number)s items are not in what comes in. Give it"
        " another code, or import with --replace."
    ),
    "draft-edited": _(
        "Somebody wrote in the draft %(edition)s since it was read. Export it first; then import with --replace."
    ),
    "items-left": _("The draft held items that are not in what came in; they left it."),
    "target-no-number": _("The target says no number: somebody has to say how much is to be reached."),
    "target-several-numbers": _("The target says several numbers; none was taken for it."),
    "target-unclear-number": _("The number of the target can be read in two ways; it was left out."),
    "target-too-long": _("It is too long to be the statement of a target; no number was read from it."),
}

LABELS: dict[type[StrEnum], dict[str, StrPromise]] = {
    ItemRole: {
        ItemRole.AXIS: pgettext_lazy("item role", "axis"),
        ItemRole.LINE: pgettext_lazy("item role", "strategic line"),
        ItemRole.OBJECTIVE: pgettext_lazy("item role", "objective"),
        ItemRole.GUIDELINE: pgettext_lazy("item role", "guideline"),
        ItemRole.REQUIREMENT: pgettext_lazy("item role", "requirement"),
        ItemRole.ACTION: pgettext_lazy("item role", "planned action"),
        ItemRole.TARGET: pgettext_lazy("item role", "target"),
        ItemRole.INDICATOR: pgettext_lazy("item role", "indicator"),
        ItemRole.TEXT: pgettext_lazy("item role", "text"),
    },
    EditionState: {
        EditionState.DRAFT: pgettext_lazy("edition", "draft"),
        EditionState.CONSULTATION: pgettext_lazy("edition", "in consultation"),
        EditionState.PUBLISHED: pgettext_lazy("edition", "in force"),
        EditionState.SUPERSEDED: pgettext_lazy("edition", "superseded"),
        EditionState.REPEALED: pgettext_lazy("edition", "repealed"),
    },
    Transition: {
        Transition.NOW: pgettext_lazy("transition", "at once"),
        Transition.NEXT_PLAN: pgettext_lazy("transition", "with the next annual plan"),
        Transition.END_OF_YEAR: pgettext_lazy("transition", "when the year ends"),
    },
    TargetSource: {
        TargetSource.COUNT: pgettext_lazy("target", "counted over all whom it binds"),
        TargetSource.ASK: pgettext_lazy("target", "from their answers"),
        TargetSource.REPORT: pgettext_lazy("target", "reported by the body responsible"),
    },
    AlignmentKind: {
        AlignmentKind.CONTRIBUTES: pgettext_lazy("alignment", "contributes to"),
        AlignmentKind.BROADER: pgettext_lazy("alignment", "is broader than"),
        AlignmentKind.NARROWER: pgettext_lazy("alignment", "is narrower than"),
    },
    Verdict: {
        Verdict.ADOPTED: pgettext_lazy("comment", "adopted"),
        Verdict.PARTLY: pgettext_lazy("comment", "adopted in part"),
        Verdict.DECLINED: pgettext_lazy("comment", "not adopted"),
        Verdict.WITHHELD: pgettext_lazy("comment", "withheld"),
    },
    OriginKind: {
        OriginKind.SPLIT: pgettext_lazy("origin", "split from"),
        OriginKind.MERGE: pgettext_lazy("origin", "merged from"),
    },
    ChangeKind: {
        ChangeKind.ADDED: pgettext_lazy("change", "new"),
        ChangeKind.REMOVED: pgettext_lazy("change", "gone"),
        ChangeKind.REWORDED: pgettext_lazy("change", "worded differently"),
        ChangeKind.RENUMBERED: pgettext_lazy("change", "numbered differently"),
        ChangeKind.MOVED: pgettext_lazy("change", "moved"),
        ChangeKind.REWEIGHTED: pgettext_lazy("change", "given another share"),
        ChangeKind.SHIFTED: pgettext_lazy("change", "weighs more or less, because of what changed around it"),
        ChangeKind.REDATED: pgettext_lazy("change", "given another deadline"),
        ChangeKind.READDRESSED: pgettext_lazy("change", "binds others"),
        ChangeKind.RETARGETED: pgettext_lazy("change", "given another target"),
        ChangeKind.SPLIT: pgettext_lazy("change", "split"),
        ChangeKind.MERGED: pgettext_lazy("change", "merged"),
        ChangeKind.OTHER: pgettext_lazy("change", "changed in another way"),
    },
    ProposalKind: {
        ProposalKind.SAME: pgettext_lazy("proposal", "perhaps the same"),
        ProposalKind.SPLIT: pgettext_lazy("proposal", "perhaps split into"),
        ProposalKind.MERGE: pgettext_lazy("proposal", "perhaps merged into"),
    },
    Basis: {
        Basis.ENTITIES: pgettext_lazy("target", "a share of public entities"),
        Basis.SOME_ENTITIES: pgettext_lazy("target", "a share of the entities that meet a condition"),
        Basis.OTHERS: pgettext_lazy("target", "a share of something else than entities"),
        Basis.THINGS: pgettext_lazy("target", "a number of things"),
    },
    Unread: {
        Unread.NO_NUMBER: pgettext_lazy("target", "It says no number."),
        Unread.SEVERAL_NUMBERS: pgettext_lazy("target", "It says several numbers, and any of them could be meant."),
        Unread.UNCLEAR_NUMBER: pgettext_lazy("target", "Its number can be read in two ways."),
        Unread.TOO_LONG: pgettext_lazy("target", "It is too long to be the statement of a target."),
    },
    Severity: {
        Severity.ERROR: pgettext_lazy("lint", "error"),
        Severity.WARNING: pgettext_lazy("lint", "warning"),
        Severity.HINT: pgettext_lazy("lint", "hint"),
    },
}

# What a plan is looked at for: the fault, and why it is one or what mends it.
LINT: dict[LintRule, tuple[StrPromise, StrPromise]] = {
    LintRule.NOTHING_BINDS: (
        _("Nothing binds"),
        _("No item has to be followed by anybody, so there is nothing to ask for and nothing to follow up."),
    ),
    LintRule.TEXT_EMPTY: (
        _("Item without words"),
        _("The item has a place and a code and says nothing. Write what it is, or take it out."),
    ),
    LintRule.RESPONSIBLE_MISSING: (
        _("Nobody is responsible"),
        _("It binds, and nobody in particular: whoever reads it may think that another is meant. Name who must do it."),
    ),
    LintRule.AUDIENCE_EMPTY: (
        _("It binds nobody"),
        _("No body of the register belongs to those that it names. Look for a mistyped level, kind or code."),
    ),
    LintRule.DEADLINE_MISSING: (
        _("No deadline"),
        _("Other items fall due; this one never does, neither by itself nor by what it belongs to."),
    ),
    LintRule.DEADLINES_NOWHERE: (
        _("No deadline in the whole text"),
        _("Nothing falls due, so that nothing is ever late. Give deadlines to the items or to what they belong to."),
    ),
    LintRule.PLACEHOLDER: (
        _("Still to be defined"),
        _("The text holds the place of something that was never written."),
    ),
    LintRule.EDITOR_NOTE: (
        _("Editor's note"),
        _("A word between those who wrote the draft was left in it. Do what it asks for, and take it out."),
    ),
    LintRule.VERB_MISSING: (
        _("Action that does not begin with a verb"),
        _("An action begins with what is to be done: “train …”, “publication of …”. This one begins otherwise."),
    ),
    LintRule.TARGET_NUMBER: (
        _("Target without a number"),
        _("How much is to be reached is not said, so nobody can tell when it is."),
    ),
    LintRule.TARGET_UNIT: (
        _("Target without a unit"),
        _("There is a number, and not of what."),
    ),
    LintRule.TARGET_BASELINE: (
        _("Target without a baseline"),
        _("From where it starts is not said, so that what was there before may count as progress."),
    ),
    LintRule.TARGET_SOURCE: (
        _("Target without a source"),
        _("Say who tells how far it is: a count over all whom it binds, their answers, or the body responsible."),
    ),
    LintRule.DUPLICATE: (
        _("Said twice"),
        _("Another item of the same role says the same. Whoever answers would have to answer twice."),
    ),
    LintRule.NEAR_DUPLICATE: (
        _("Nearly said twice"),
        _("Another item of the same role says nearly the same. Tell them apart, or make them one."),
    ),
    LintRule.DEAD_LINK: (
        _("Link that leads nowhere"),
        _("It leads to a file or a place that is not part of this text."),
    ),
    LintRule.DEAD_REFERENCE: (
        _("Reference to nothing"),
        _("It names an item or an annex that is not there, perhaps because items were renumbered."),
    ),
    LintRule.CODE_SHARED: (
        _("One code for two items"),
        _("Another item has this code, or one that only case or accents tell apart. People will confuse them."),
    ),
    LintRule.CODE_REUSED: (
        _("Code used again"),
        _("In the edition before, this code stood for something else. Old reports that cite it will mislead."),
    ),
    LintRule.MERGED_BUT_STANDING: (
        _("Merged, and still there"),
        _("It says that another item was merged into it, and that one is still in the text. One of the two is wrong."),
    ),
    LintRule.STAKES_SUM: (
        _("Shares that do not add up"),
        _("The shares of what stands side by side must make up the whole."),
    ),
    LintRule.STAKES_PARTIAL: (
        _("Shares said for some only"),
        _("Some items that stand side by side say their share and others do not; those divide what is left."),
    ),
}
