"""How commands tell what they did."""

import io
import json
import sys

import pytest

from yupana.foundation.kernel.report import Note, Report
from yupana.interfaces.cli import speak

MANY = tuple(Note(f"file.csv:{line}", "code-duplicated", f"A-{line}") for line in range(2, 15))


def test_a_report_has_exactly_the_keys_that_scripts_rely_on() -> None:
    told = speak.report_json(Report(3, 1, 1, 1, flagged=(Note("f.csv:2", "code-duplicated", "Ñ"),)))
    assert told == {
        "read": 3,
        "created": 1,
        "updated": 1,
        "unchanged": 1,
        "unplaced": (),
        "flagged": ({"where": "f.csv:2", "why": "code-duplicated", "text": "Ñ"},),
    }


def test_json_is_one_line_of_utf8(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    speak.print_json({"text": "Ñandú"})
    assert capsysbinary.readouterr().out == b'{"text": "\xc3\x91and\xc3\xba"}\n'


@pytest.mark.parametrize(("everything", "shown", "more"), [(False, 10, True), (True, 13, False)])
def test_people_see_the_first_ten_notes_or_all(
    everything: bool, shown: int, more: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    speak.tell_report("Bodies", Report(13, 13, flagged=MANY), everything=everything)
    out = capsys.readouterr().out
    assert (out.count("file.csv:"), "--all" in out) == (shown, more)


def test_a_note_without_text_has_no_empty_quotation_marks(capsys: pytest.CaptureFixture[str]) -> None:
    speak.tell_report("Bodies", Report(1, unplaced=(Note("f.csv:2", "code-duplicated", ""),)), everything=False)
    assert "«" not in capsys.readouterr().out


def test_a_note_ends_with_the_code_that_guides_and_json_know(capsys: pytest.CaptureFixture[str]) -> None:
    speak.tell_report("Bodies", Report(1, flagged=MANY[:1]), everything=False)
    [line] = [line for line in capsys.readouterr().out.splitlines() if "file.csv:2" in line]
    assert line.endswith("«A-2» [code-duplicated]")


def test_a_note_is_one_line_also_where_its_text_is_not(capsys: pytest.CaptureFixture[str]) -> None:
    note = Note("f.csv:2", "row-without-line", "Uno\ny  dos")
    speak.tell_report("Plans", Report(1, flagged=(note,)), everything=False)
    assert "«Uno y dos» [row-without-line]\n" in capsys.readouterr().out


def test_columns_are_as_wide_as_their_longest_text() -> None:
    assert speak.table(["a", "bb"], [("ccc", "d")]) == "a    bb\n---  --\nccc  d"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "drawn"), [(io.StringIO, False), (Terminal, True)])
def test_progress_is_drawn_on_a_terminal_and_plain_elsewhere(
    stream: type[io.StringIO], drawn: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = stream()
    monkeypatch.setattr(sys, "stderr", terminal)
    with speak.progress("Counting", 4) as tick:
        tick(4)
    written = terminal.getvalue()
    assert ("Counting" in written, "4/4" in written, written.isascii()) == (True, True, not drawn)


def test_progress_ends_full_where_rows_needed_no_work(capsys: pytest.CaptureFixture[str]) -> None:
    with speak.progress("Counting", 5) as tick:
        tick(2)
    captured = capsys.readouterr()
    assert ("5/5" in captured.err, captured.out) == (True, "")


def test_progress_of_nothing_is_shown_too(capsys: pytest.CaptureFixture[str]) -> None:
    with speak.progress("Counting", 0):
        pass
    assert "Counting" in capsys.readouterr().err


def test_json_survives_what_is_not_text(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    speak.print_json({"text": "\udcff"})
    assert json.loads(capsysbinary.readouterr().out) == {"text": "\udcff"}
