"""Manuscripts of every shape for the formats: trees, rows that hang nowhere or on themselves, hostile text."""

import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from yupana.domain.instruments.facts import (
    Heading,
    ItemRole,
    ItemRow,
    Manuscript,
    Origin,
    OriginKind,
    Target,
    TargetSource,
    Transition,
)

# What a database keeps: no NUL and no half characters; all else may come, control characters and right-to-left marks.
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20) | st.sampled_from(
    ["", " ", "a\nb", "a\r\nb", "\t", "]]>", "?>", "--", "<b>uno</b>", "&amp;", "null", "12", '"', "\u202eabc",
     "\u2028", "\ufffe",
     "\x0b", "\x85", "\ufeff", "😀", "1.5", "NaN", "yupana", "a\\u0041"]
)  # fmt: skip
CODE = st.sampled_from(["1", "2", "1.1", "a", "ac-1", "ñ-2", "_", "x.y", "²", "1+2(b)"]) | TEXT
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXT,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=4,
)
NUMBER = st.decimals(allow_nan=False, allow_infinity=False, places=2)
TARGETS = st.builds(
    Target, st.none() | NUMBER, TEXT, st.none() | st.dates(), st.none() | st.sampled_from(TargetSource), TEXT,
    st.none() | NUMBER,
)  # fmt: skip
KINDS = ["statement", "item", "Vision", "Mission", "Value", "Organization", "Stakeholder", "OtherInformation"]
OSCAL = st.fixed_dictionaries(
    {},
    optional={
        "id": CODE, "class": CODE, "name": st.sampled_from(KINDS) | TEXT, "said": st.sampled_from(["title", "name"]),
        "title": TEXT, "prose": TEXT, "import": st.integers(0, 2), "selection": JSON,
        "props": st.lists(st.fixed_dictionaries({"name": CODE, "value": TEXT}), max_size=2) | JSON,
        "links": st.lists(st.fixed_dictionaries({"href": TEXT}), max_size=2),
    },
)  # fmt: skip
STRATML = st.fixed_dictionaries(
    {},
    optional={
        "element": st.sampled_from(KINDS), "identifier": CODE, "sequence": CODE, "acronym": TEXT,
        "type": st.sampled_from(["Person", "Organization", "Nobody"]),
    },
)  # fmt: skip
MORE: st.SearchStrategy[Any] = st.one_of(
    st.just({}),
    st.dictionaries(TEXT, JSON, max_size=2),
    st.fixed_dictionaries({"oscal": OSCAL | JSON}),
    st.fixed_dictionaries({"stratml": STRATML | JSON}),
)
ROLES = st.sampled_from(ItemRole)
HEADINGS = st.builds(Heading, CODE, TEXT, TEXT, CODE, TEXT, TEXT)
IMPORTS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "href": TEXT, "include-all": st.just({}), "exclude-controls": JSON,
            "include-controls": st.lists(st.just({}) | st.just({"with-child-controls": "yes"}) | JSON, max_size=2),
        },
    ) | JSON,
    max_size=3,
)  # fmt: skip
WHOLES: st.SearchStrategy[Any] = MORE | st.fixed_dictionaries(
    {"oscal": st.fixed_dictionaries({}, optional={"imports": IMPORTS, "metadata": JSON, "uuid": CODE, "merge": JSON})}
)
ROWS = st.builds(
    ItemRow,
    where=st.just(""),
    role=ROLES,
    code=CODE,
    text=TEXT,
    parent=st.none() | st.tuples(ROLES, CODE),
    binds=st.none() | st.booleans(),
    body=TEXT,
    legal_basis=TEXT,
    due_on=st.none() | st.dates(),
    audience=TEXT,
    stake=st.none() | st.integers(0, 10000),
    transition=st.sampled_from(Transition),
    target=st.none() | TARGETS,
    lineage=TEXT,
    origins=st.lists(st.builds(Origin, st.sampled_from(OriginKind), TEXT), max_size=2).map(tuple),
    more=MORE,
)


@st.composite
def manuscripts(draw: st.DrawFn) -> Manuscript:
    """Rows mostly in a tree: each hangs on an earlier one, on nothing, or wherever chance puts it."""
    rows: list[ItemRow] = []
    for row in draw(st.lists(ROWS, max_size=7)):
        above = draw(st.sampled_from([None, *rows]))
        rows.append(replace(row, parent=(above.role, above.code)) if above else row)
    return Manuscript(draw(HEADINGS), tuple(rows), more=draw(WHOLES))


def essence(manuscript: Manuscript) -> Manuscript:
    """Leave out where things stood, the digest of the file, and what was mended on the way."""
    return replace(manuscript, digest="", mended=(), rows=tuple(replace(row, where="") for row in manuscript.rows))


def plan() -> Manuscript:
    """A plan of ours with all that an item can say, deeper than any of the formats."""
    axis, line, objective = (ItemRole.AXIS, "1"), (ItemRole.LINE, "1"), (ItemRole.OBJECTIVE, "1.a")
    rows = (
        ItemRow("", ItemRole.TEXT, "intro", "Antecedentes", None, body="Dos párrafos.\n\nY <b>otro</b> & más."),
        ItemRow("", *axis, "Cuenta clara", None),
        ItemRow("", *line, "Registros, todos", axis, legal_basis="Ley 1", audience="level:municipal", stake=2500),
        ItemRow("", *objective, "Un objetivo", line, binds=True, transition=Transition.NEXT_PLAN),
        ItemRow("", ItemRole.GUIDELINE, "1.a.1", "Lineamiento", objective, due_on=date(2027, 6, 30), lineage="abc"),
        ItemRow("", ItemRole.TARGET, "9", "La mitad", line, target=Target(Decimal(50), "%", date(2028, 1, 1))),
        ItemRow("", ItemRole.INDICATOR, "9.1", "Registros por año", (ItemRole.TARGET, "9")),
        ItemRow("", ItemRole.TEXT, "nota", "Nota al pie", line, origins=(Origin(OriginKind.SPLIT, "abc"),)),
    )
    return Manuscript(Heading("NUDO", "Plan del Nudo", "plan", "1", "Primera edición", "Ley 1"), rows, more={"a": [1]})


def pattern_letters() -> dict[str, str]:
    r"""The classes \p{L} and \p{N} as Python's expressions spell them."""
    spelled: dict[str, Any] = {"L": [], "N": []}
    for number in range(0x110000):
        of = unicodedata.category(chr(number))[0]
        if of in spelled:
            ranges = spelled[of]
            if ranges and ranges[-1][1] == number - 1:
                ranges[-1][1] = number
            else:
                ranges.append([number, number])
    return {
        name: "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges) for name, ranges in spelled.items()
    }
