import pytest
from hypothesis import given
from hypothesis import strategies as st

from yupana.domain.instruments.facts import ItemRole, ItemRow
from yupana.domain.instruments.rules import MOST_ITEM_CODE, check_row
from yupana.foundation.kernel.errors import Refused
from yupana.interfaces.interchange.codes import Codes, clipped, code_like, title_code, usable


def taken_by_an_edition(code: str) -> bool:
    try:
        check_row(ItemRow("", ItemRole.LINE, code, "Texto", None))
    except Refused:
        return False
    return True


@given(st.text(st.sampled_from("aZ9ñ._-()+/ #²½:\n"), max_size=6) | st.text(max_size=5))
def test_what_is_usable_is_what_an_edition_takes(code: str) -> None:
    assert usable(code) == taken_by_an_edition(code)


@pytest.mark.parametrize(("length", "fits"), [(MOST_ITEM_CODE, True), (MOST_ITEM_CODE + 1, False)])
def test_a_code_has_an_end(length: int, fits: bool) -> None:
    assert (usable("a" * length), taken_by_an_edition("a" * length)) == (fits, fits)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.2", "1.2"),
        ("Meta 3: salud", "Meta-3-salud"),
        ("..a..", "a"),
        ("{uuid}", "uuid"),
        ("/ #", ""),
        ("Ñandú", "Ñandú"),
        ("x" * 100, "x" * 80),
    ],
)
def test_a_code_reads_like_its_text(text: str, code: str) -> None:
    assert code_like(text) == code


@given(st.text())
def test_what_reads_like_a_text_is_usable_or_nothing(text: str) -> None:
    assert code_like(text) == "" or usable(code_like(text))


@pytest.mark.parametrize(
    ("title", "most", "code"),
    [
        ("Plan de Gobierno Electrónico", 40, "PLAN-DE-GOBIERNO-ELECTRONICO"),
        ("Plan de Gobierno Electrónico", 12, "PLAN-DE"),
        ("Electroencefalografista", 7, "ELECTRO"),
        ("SP 800-53 (rev. 5)", 40, "SP-800-53-REV-5"),
        ("¿?", 40, ""),
    ],
)
def test_a_title_gives_a_code_of_whole_words(title: str, most: int, code: str) -> None:
    assert title_code(title, most) == code


@pytest.mark.parametrize(("title", "cut"), [("uno\ndos", "uno dos"), ("a" * 11, "a" * 9 + "…"), ("", "")])
def test_a_title_is_one_line_of_bounded_length(title: str, cut: str) -> None:
    assert clipped(title, 10) == cut


def test_a_code_is_handed_out_once_and_reserved_ones_are_kept() -> None:
    codes = Codes(["a", "a-2"])
    assert [codes.fresh(each) for each in ("a", "a", "b", "b", "", "/")] == ["a-3", "a-4", "b", "b-2", "item", "item-2"]
    assert (codes.has("b"), codes.has("c")) == (True, False)


@given(st.lists(st.text(max_size=3) | st.just("x" * 90), max_size=12))
def test_codes_are_all_usable_and_all_different(wanted: list[str]) -> None:
    codes = Codes()
    given_out = [codes.fresh(each) for each in wanted]
    assert (len(set(given_out)), all(map(usable, given_out))) == (len(wanted), True)
