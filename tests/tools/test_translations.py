"""The tool that keeps the Spanish complete."""

from pathlib import Path

import polib
import pytest

from tools.translations import Message, catalogue, check, compile_all, gather, in_python, in_template, main, merge


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A small program with one message in Python and one in a template."""
    package = tmp_path / "program"
    (package / "templates" / "deep").mkdir(parents=True)
    (package / "code.py").write_text('from x import gettext as _\nGREETING = _("Good morning")\n')
    (package / "templates" / "deep" / "page.html").write_text('{% load i18n %}{% translate "Plan" %}')
    return package


def spanish(package: Path, **texts: str) -> None:
    """Write the catalogue: underscores stand for spaces."""
    file = polib.POFile()
    file.extend(polib.POEntry(msgid=key.replace("_", " "), msgstr=text) for key, text in texts.items())
    catalogue(package).parent.mkdir(parents=True, exist_ok=True)
    file.save(str(catalogue(package)))


def complete(package: Path) -> None:
    spanish(package, Good_morning="Buenos días", Plan="Plan")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('_("Plan")', Message("Plan")),
        ('_("one " "sentence")', Message("one sentence")),
        ('gettext_lazy("Plan")', Message("Plan")),
        ('translation.gettext("Plan")', Message("Plan")),
        ('_("%(n)s of them") % {"n": _n}', Message("%(n)s of them")),
        ('ngettext("%d plan", "%d plans", n)', Message("%d plan", plural="%d plans")),
        ('pgettext("verb", "plan")', Message("plan", context="verb")),
        ('npgettext("verb", "one", "many", n)', Message("one", context="verb", plural="many")),
    ],
)
def test_a_message_in_python_is_found(source: str, message: Message) -> None:
    assert list(in_python(source)) == [message]


@pytest.mark.parametrize("source", ["_(word)", "_(1)", 'other("Plan")', 'ngettext("one", many, n)', "f()()"])
def test_what_is_no_literal_message_is_none(source: str) -> None:
    assert list(in_python(source)) == []


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ('{% translate "Plan" %}', Message("Plan")),
        ("{% trans 'Plan' as p %}", Message("Plan")),
        ('{% translate "It\'s ours" %}', Message("It's ours")),
        ('{% translate "plan" context "verb" %}', Message("plan", context="verb")),
        ("{% blocktranslate %}by {{ who }}{% endblocktranslate %}", Message("by %(who)s")),
        ("{% blocktranslate trimmed %}\n one\n two\n{% endblocktranslate %}", Message("one two")),
        (
            "{% blocktranslate count n=n %}{{ n }} plan{% plural %}{{ n }} plans{% endblocktranslate %}",
            Message("%(n)s plan", plural="%(n)s plans"),
        ),
        ('{{ _("Plan") }}', Message("Plan")),
        ("{% blocktranslate %}100% sure{% endblocktranslate %}", Message("100%% sure")),
    ],
)
def test_a_message_in_a_template_is_found(source: str, message: Message) -> None:
    assert list(in_template(source)) == [message]


def test_the_code_is_read_whole_with_the_places_of_each_message(package: Path) -> None:
    assert gather(package) == {
        Message("Good morning"): {"program/code.py"},
        Message("Plan"): {"program/templates/deep/page.html"},
    }


def test_a_message_said_alone_and_counted_is_one_entry(package: Path) -> None:
    (package / "code.py").write_text('_("Plan"); ngettext("Plan", "Plans", 2)')
    assert list(gather(package)) == [Message("Plan", plural="Plans")]


def test_complete_spanish_has_no_fault(package: Path) -> None:
    complete(package)
    assert check(package) == []


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        ({"Plan": "Plan"}, "missing: 'Good morning' (program/code.py)"),
        ({"Plan": "Plan", "Good_morning": " "}, "empty: 'Good morning' (program/code.py)"),
        (
            {"Plan": "Plan", "Good_morning": "Buenos días, %(who)s"},
            "other placeholders: 'Good morning' (program/code.py)",
        ),
        ({"Plan": "Plan", "Good_morning": "Buenos días", "Bye": "Adiós"}, "not used any more: 'Bye'"),
    ],
)
def test_each_fault_is_named_with_its_place(package: Path, texts: dict[str, str], fault: str) -> None:
    spanish(package, **texts)
    assert check(package) == [fault]


def test_fuzzy_spanish_is_a_fault(package: Path) -> None:
    complete(package)
    file = polib.pofile(str(catalogue(package)))
    file[0].flags.append("fuzzy")
    file.save(str(catalogue(package)))
    assert check(package) == ["fuzzy: 'Good morning' (program/code.py)"]


@pytest.mark.parametrize(
    ("one", "many", "faults"),
    [
        ("un plan", "%(n)s planes", []),
        ("%(n)s plan", "%(n)s planes", []),
        ("un plan", "planes", ["other placeholders: '%(n)s plan' (program/code.py)"]),
        ("", "%(n)s planes", ["empty: '%(n)s plan' (program/code.py)"]),
    ],
)
def test_the_form_for_many_must_say_the_number(package: Path, one: str, many: str, faults: list[str]) -> None:
    (package / "code.py").write_text('ngettext("%(n)s plan", "%(n)s plans", n)')
    (package / "templates" / "deep" / "page.html").unlink()
    file = polib.POFile()
    forms = {0: one, 1: many}
    file.append(polib.POEntry(msgid="%(n)s plan", msgid_plural="%(n)s plans", msgstr_plural=forms))
    catalogue(package).parent.mkdir(parents=True)
    file.save(str(catalogue(package)))
    assert check(package) == faults


def test_a_plural_that_the_code_does_not_have_is_a_fault(package: Path) -> None:
    complete(package)
    (package / "code.py").write_text('ngettext("Good morning", "Good mornings", n)')
    assert check(package) == ["plural differs from the code: 'Good morning' (program/code.py)"]


def test_merging_keeps_the_spanish_and_lists_what_lacks_it(package: Path) -> None:
    spanish(package, Plan="Plan", Bye="Adiós")
    assert merge(package) == ["empty: 'Good morning' (program/code.py)"]


def test_merging_writes_every_message_once_in_order_with_its_places(package: Path) -> None:
    merge(package)
    entries = [(entry.msgid, entry.occurrences) for entry in polib.pofile(str(catalogue(package)))]
    assert entries == [
        ("Good morning", [("program/code.py", "")]),
        ("Plan", [("program/templates/deep/page.html", "")]),
    ]


def test_merging_keeps_plurals_and_contexts(package: Path) -> None:
    (package / "code.py").write_text('npgettext("verb", "one %d", "many %d", n)')
    (package / "templates" / "deep" / "page.html").unlink()
    merge(package)
    file = polib.pofile(str(catalogue(package)))
    file[0].msgstr_plural = {0: "uno %d", 1: "muchos %d"}
    file.save(str(catalogue(package)))
    assert (merge(package), polib.pofile(str(catalogue(package)))[0].msgstr_plural) == (
        [],
        {0: "uno %d", 1: "muchos %d"},
    )


def test_merging_twice_changes_no_byte(package: Path) -> None:
    complete(package)
    merge(package)
    once = catalogue(package).read_bytes()
    merge(package)
    assert catalogue(package).read_bytes() == once


def test_compiling_writes_what_django_reads_and_only_when_it_is_older(package: Path) -> None:
    complete(package)
    first, second = compile_all(package), compile_all(package)
    assert (first, second) == ([catalogue(package).with_suffix(".mo")], [])


def test_what_was_compiled_says_the_spanish(package: Path) -> None:
    complete(package)
    [compiled] = compile_all(package)
    assert polib.mofile(str(compiled)).find("Good morning").msgstr == "Buenos días"


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("check", 1, "missing: 'Good morning' (program/code.py)\n1 to mend\n"),
        ("merge", 1, "empty: 'Good morning' (program/code.py)\n1 to mend\n"),
    ],
)
def test_the_command_fails_while_something_lacks(
    command: str,
    code: int,
    said: str,
    package: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    spanish(package, Plan="Plan")
    assert (main([command], package), capsys.readouterr().out) == (code, said)


def test_the_command_succeeds_when_nothing_lacks(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    complete(package)
    assert (main(["check"], package), capsys.readouterr().out) == (0, "The Spanish is complete.\n")


def test_the_command_compiles(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    complete(package)
    assert (main(["compile"], package), capsys.readouterr().out.strip()) == (
        0,
        str(catalogue(package).with_suffix(".mo")),
    )
