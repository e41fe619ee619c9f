"""What the formats say about files that they cannot read."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Why the machine does not do as it is told; what is not here is said in its own words.
PROBLEMS: dict[int, StrPromise] = {
    errno.ENOENT: _("there is no such file or folder"),
    errno.EACCES: _("you may not use it"),
    errno.EPERM: _("you may not use it"),
    errno.EISDIR: _("it is a folder"),
    errno.ENOTDIR: _("there is a file where a folder should be"),
    errno.EEXIST: _("it is there already"),
    errno.ENOSPC: _("the disk is full"),
    errno.EROFS: _("the disk is read-only"),
    errno.ENAMETOOLONG: _("the name is too long"),
    errno.EADDRINUSE: _("another program uses the port"),
    errno.EADDRNOTAVAIL: _("this machine has no such address"),
}


def problem(error: OSError) -> str:
    """Say what the machine objects."""
    known = PROBLEMS.get(error.errno) if error.errno else None
    return str(known or error.strerror or error)


MESSAGES: dict[str, StrPromise] = {
    "file-unreadable": _("%(where)s: the file cannot be opened (%(problem)s)."),
    "file-too-large": _("%(where)s: the file is larger than %(most)s MB. Divide it."),
    "file-not-utf8": _("%(where)s: the text is not UTF-8. Save the file as “CSV UTF-8”."),
    "file-has-nul": _("%(where)s: there is a NUL character, which no text holds. Save the file anew as “CSV UTF-8”."),
    "table-malformed": _(
        "%(where)s: the row cannot be read (%(problem)s). Look for a quotation mark that is not closed."
    ),
    "headers-missing": _("%(where)s: the first line must hold the names of the columns."),
    "header-repeated": _("%(where)s: several columns have the same name (%(column)s)."),
    "cell-without-header": _("%(where)s: “%(text)s” stands in a column without a name."),
    "map-unreadable": _("%(where)s: the map is not valid TOML (%(problem)s)."),
    "map-malformed": _("%(where)s: the map says “%(field)s” in a form that is not understood."),
    "field-unknown": _("%(where)s: the map names a field “%(field)s”. Known are: %(known)s."),
    "column-missing": _("%(where)s: there is no column “%(column)s”. The columns are: %(headers)s."),
    "columns-not-recognised": _(
        "%(where)s: no column was recognised as %(missing)s. The columns of the file are: %(headers)s. "
        "Looked for: %(looked)s. Rename one, or say in a map which it is: --map TOML (docs/formats.md)."
    ),
    "columns-missing": _(
        "%(where)s: no column was recognised as %(missing)s. The columns of the file are: %(headers)s. "
        "Looked for: %(looked)s. Rename the one that holds it (docs/formats.md)."
    ),
    "invited-day-unreadable": _("“%(found)s” is no day. Write it as 9/3/2026 or 2026-03-09."),
    "value-unreadable": _("%(where)s: “%(text)s” in the column “%(column)s” is not understood."),
    "cell-too-long": _(
        "Row %(line)s: “%(text)s…” is longer than the %(most)s characters that a cell of this format holds. "
        "Choose another format."
    ),
    "cell-formula": _(
        "%(where)s: there is a formula or an error (%(text)s), and what it comes to is not read. Paste it as a value."
    ),
    "workbook-unreadable": _(
        "%(where)s: the workbook cannot be read (%(problem)s). Open it in a spreadsheet and save it anew."
    ),
    "workbook-bomb": _("%(where)s: unpacked the workbook is larger than %(most)s MB, or has too many parts."),
    "workbook-too-large": _("%(where)s: the sheets hold more than %(rows)s rows or %(columns)s columns. Divide them."),
    "workbook-macros": _("%(where)s: the workbook holds macros, which are programs. Save it without, as .xlsx."),
    "workbook-locked": _("%(where)s: the workbook is locked by a password. Save it without."),
    "workbook-entities": _("%(where)s: the part declares entities or is not UTF-8, as no spreadsheet writes it."),
    "sheets-ambiguous": _("%(where)s: several sheets hold items (%(found)s). Leave one in the file."),
    "cover-twice": _("%(where)s: a second row of the role “%(part)s”. A table says its cover once."),
    "json-no-instrument": _(
        "%(where)s: the JSON is no OSCAL and holds no list of items under a word for their role, such as “ejes” or"
        " “axes”, nor under “items”. Say which word means which role, with --role WORD=ROLE."
    ),
    "json-no-item": _("%(where)s: “%(text)s” stands in a list of items and is none."),
    "json-value": _("%(where)s: what the item says of itself is not understood (%(problem)s)."),
    "outline-role-unsaid": _(
        "%(where)s: “%(code)s” does not say its role. Say it for all of its level, with --role %(level)s=ROLE."
    ),
    "outline-parent-missing": _("%(where)s: “%(code)s” stands below %(parent)s, which was not read before it."),
    "format-unknown": _("%(where)s: this is no format of instruments. Readable are %(readable)s."),
    "column-not-read": _("The column has no name that is known, so what stands in it was not read."),
    "field-not-read": _("The field has no name that is known, so what stands in it was not read; also in other items."),
    "line-not-read": _("The line is no number, tab and text, and was not read."),
    "row-not-read": _("The row stands above the names of the columns and was not read."),
    "sheet-not-read": _("The sheet holds no items and was not read."),
    # Why a plan in Markdown is refused
    "markdown-not-utf8": _("%(where)s: the text is not UTF-8. Save the file as UTF-8."),
    "markdown-has-nul": _("%(where)s: there is a NUL character, which no text holds. Save the file anew as UTF-8."),
    "markdown-too-deep": _(
        "%(where)s: bullets are nested more than %(most)s deep. Nobody reads that; make it flatter."
    ),
    "markdown-too-large": _(
        "%(where)s: the files hold more than %(lines)s lines or 16 MB, or are more than %(parts)s. Divide the plan."
    ),
    "markdown-too-many-items": _("%(where)s: there are more than %(most)s items. Divide the plan."),
    "markdown-readme-missing": _("%(where)s: the folder has no README.md that lists the parts in their order."),
    "markdown-cover-unreadable": _(
        "%(where)s: the cover cannot be read. Between the two lines --- each line is a name, a colon and a text in "
        "quotation marks."
    ),
    "markdown-part-lost": _("%(where)s: the part %(part)s is not there, and without it the plan is not whole."),
    "markdown-target-occupied": _(
        "%(where)s holds something else than an earlier export of a plan. Name an empty folder."
    ),
    "markdown-unwritable": _("%(where)s: this cannot be written (%(problem)s)."),
    "grammar-malformed": _(
        "%(where)s: the labels say “%(field)s” in a form that is not understood. docs/formats.md shows the form."
    ),
    # What has no place in its tree
    "markdown-label-empty": _("There is nothing behind the label."),
    "markdown-rule": _("A rule between items; the tree needs none."),
    "markdown-part-unlisted": _("The README does not list this file, so it was not read."),
    "markdown-before-items": _("It stands before the first item and belongs to none."),
    # What was read though it was wrong
    "markdown-label-unknown": _(
        "This looks like a label, but nobody knows it; it stays text. Said once for each label."
    ),
    "markdown-label-misspelt": _("The label is misspelt; it was read as what it nearly is."),
    "markdown-indent-jump": _("The bullet is indented by more than one step."),
    "markdown-bullet-glued": _("A blank is missing behind the bullet."),
    "markdown-bullet-missing": _("There are bullets below it, but it has none itself."),
    "markdown-bullet-stray": _("The bullet has no label; it was taken for an explanation of the item above."),
    "markdown-heading-broken": _("The heading is not written as one; it was read as one."),
    "markdown-heading-unlabelled": _("The heading does not say what it is; it was read as a section."),
    "markdown-fence-open": _("The code that begins here never ends; it was read as text."),
    "markdown-title-differs": _("The heading of the part says something else than the README; both were kept."),
    "markdown-part-missing": _("The README lists a part that is not there."),
    "markdown-part-twice": _("The README lists a part that was read already."),
    "markdown-part-outside": _("The README lists a part outside the folder; it was not read."),
    "markdown-link-dead": _("The link leads nowhere."),
    "markdown-link-from-root": _("The link leads nowhere from this file; it is meant from the folder of the plan."),
    "markdown-link-outside": _("The link leads out of the folder."),
    "markdown-image-missing": _("The image is not there."),
    "markdown-text-missing": _("Behind the label there is no text; the label itself was taken for it."),
    "markdown-text-below": _("The text stands in the bullets below the label; it was read as that of the item."),
    "markdown-code-twice": _("Another item of its role has this number; it was given a new one."),
    "markdown-deadline-unreadable": _("The deadline is no day; it was kept as text."),
    "markdown-field-unreadable": _("What is said of the item is not understood; it was kept as text."),
}

# XML, JSON, StratML and OSCAL
MESSAGES |= {
    "text-has-nul": _("%(where)s: there is a NUL character, which no text holds."),
    "xml-malformed": _("%(where)s: this cannot be read as XML (%(problem)s)."),
    "xml-entities": _("%(where)s: the file declares entities of its own. Such a file is not read; write them out."),
    "xml-encoding-unknown": _("%(where)s: the encoding “%(encoding)s” is not read. Save the file as UTF-8."),
    "xml-encoding-wrong": _("%(where)s: the text is not in the encoding “%(encoding)s”, as the file says it is."),
    "json-malformed": _("%(where)s: this cannot be read as JSON (%(problem)s)."),
    "json-not-utf8": _("%(where)s: the text is not UTF-8. JSON always is."),
    "json-too-deep": _("%(where)s: more than %(most)s objects or lists stand in each other."),
    "oscal-neither": _("%(where)s: the file holds neither a “catalog” nor a “profile” of OSCAL."),
    "stratml-root": _("%(where)s: the file begins with “%(root)s”; a plan in StratML begins with “StrategicPlan”."),
    # what was read though it was wrong
    "xml-literal-mended": _("A character stood there that begins something in XML, or that XML cannot hold."),
    "xml-mended": _("The XML is broken here; it was read as far as it makes sense."),
    "json-number-kept-as-text": _("A number with a point was kept as text."),
    "json-name-repeated": _("The name stands twice in one object; the last one counts, this is the other."),
    "text-unkeepable": _("A character stood there that no database keeps; a mark stands for it."),
    "own-fields-unreadable": _("What was said here in words of our own is not understood; it was left out."),
    "oscal-title-missing": _("The title is missing; the id stands for it."),
    "oscal-id-unusable": _("The id is missing, stands twice or cannot be a code; another code was made."),
    "stratml-root-of-part-2": _("This is a performance plan or report (Part 2); it was read as a plan."),
    "stratml-namespace": _("The name space is not the one of the standard."),
    "stratml-container": _("The standard has no such container; what it holds was read without it."),
    "stratml-identifier-unusable": _("The identifier is empty, a placeholder or not allowed; mended or left out."),
    "stratml-identifier-twice": _("The identifier stands a second time; it was left out here."),
    "stratml-name-missing": _("The name is missing; another text stands for it."),
    "stratml-date-unreadable": _("The date is none; it was left out."),
    "stratml-markup-in-text": _("There are elements inside the text; only their text was read."),
    "xml-doctype-ignored": _("The file points to a definition elsewhere; nothing was fetched."),
    # what has no place in the tree
    "oscal-misplaced": _("It stands where an object belongs and is none."),
    "oscal-person-left-out": _("The party is a person; nothing of it is kept."),
    "stratml-unplaced": _("The text stands in an element that is not read."),
    "stratml-submitter-left-out": _("Who submitted the plan is a person; nothing of that is kept."),
    # what an export does not say, or not so that others understand it
    "export-leaves-out-unplaced": _("The line has no place in the tree and is not in the file."),
    "export-leaves-out-lines": _("So many lines have no place in the tree and are not in the file."),
    "export-in-own-words": _("Other programs do not understand this field; it is in the file in words of our own."),
    "export-stands-elsewhere": _("The format has no place for the item where it belongs; it stands next to it."),
    "export-character-replaced": _("XML cannot hold a character of the text; a mark stands for it."),
    "oscal-moment-assumed": _("OSCAL demands the moment of the last change; none is known, so this one stands there."),
    "stratml-goal-assumed": _("StratML demands a goal and the plan has none; one with its title stands there."),
}

# Plans in other people's workbooks
MESSAGES |= {
    "workbook-old": _(
        "%(where)s: this is a workbook of before 2007, or one under a password. Open it and save it as .xlsx, "
        "without one."
    ),
    "form-missing": _(
        "%(where)s: no sheet has a row of column names with rows below it. Send the sheet on which the activities "
        "stand."
    ),
    "form-empty": _("%(where)s: below the names of the columns there is no activity that could be read."),
    "form-too-long": _("%(where)s: there are more than %(most)s activities. Divide the form."),
    "form-differs": _("%(where)s: the columns are not those of the form that was described. They are: %(titles)s."),
    "layout-malformed": _("What was said of the columns is not understood. Choose for each column what it holds."),
    "layout-nameless": _("Say which column holds the name of the activity."),
    "layout-twice": _("Two columns were said to be “%(field)s”. Choose one, and keep the other among the notes."),
    # What is no activity
    "foreign-sheet": _("The sheet was not read."),
    "foreign-title": _("It is a title, not an activity."),
    "foreign-heading-again": _("The names of the columns stand here once more."),
    "foreign-total": _("It is a sum of other rows, and they do come to it."),
    "foreign-total-differs": _(
        "It is a sum of other rows, but they come to something else. Look which of them is wrong."
    ),
    "foreign-nameless": _("The row has no activity, so it was left out."),
    "foreign-column-ignored": _("The column was left out, as was chosen."),
    # What was read and is doubtful
    "foreign-error": _("The sheet could not compute this cell; it was read as empty."),
    "foreign-shared": _("One amount stands for several rows: the first of them got it, the others none."),
    "foreign-code-missing": _("No code stands before the text; all of it was taken as the text."),
    "foreign-amount": _("This is no amount; it is kept in the notes of the row."),
    "foreign-quantity": _("This is no number; it is kept in the notes of the row."),
    "foreign-choice": _("This is none of the choices; it is kept in the notes of the row."),
    "foreign-too-long": _("This is too long for its field; it is kept in the notes of the row."),
    "foreign-item": _("This names none of the lines that the plan answers; it is kept in the notes of the row."),
    "foreign-source": _("No activity of the strategic plan has this name; it is kept in the notes of the row."),
    "foreign-year": _("Nobody said of which year this is; it is kept in the notes of the row."),
    "foreign-outside": _("The plan is not about this year; it is kept in the notes of the row."),
    "foreign-budget-differs": _("The budget is not what its lines come to; the lines were taken."),
}
