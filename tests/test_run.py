"""The runner of both databases: what it counts and when it fails."""

from pathlib import Path

import pytest

from tests.conftest import CRAWLS, REPOSITORY, asks_a_database
from tests.run import Result, read, table, verdict

REPORT = """<?xml version="1.0"?>
<testsuites><testsuite>
  <testcase name="a"/>
  <testcase name="b"><failure message="1 != 2"/></testcase>
  <testcase name="c"><error message="no such fixture"/></testcase>
  <testcase name="d"><skipped message="the real documents are absent"/></testcase>
  <testcase name="e"><properties><property name="browser" value="yes"/></properties></testcase>
  <testcase name="f"><properties><property name="browser" value="yes"/></properties><skipped message="none"/></testcase>
</testsuite></testsuites>
"""


def test_a_report_is_read_test_by_test(tmp_path: Path) -> None:
    (tmp_path / "report.xml").write_text(REPORT)
    assert read(tmp_path / "report.xml", "SQLite") == [
        Result("SQLite", "passed"),
        Result("SQLite", "failed"),
        Result("SQLite", "failed"),
        Result("SQLite", "skipped", "the real documents are absent"),
        Result("browser", "passed"),
        Result("browser", "skipped", "none"),
    ]


def test_the_table_says_what_ran_where_what_was_skipped_and_why_and_last_the_sum() -> None:
    results = [
        Result("SQLite", "passed"),
        Result("PostgreSQL", "passed"),
        Result("PostgreSQL", "failed"),
        Result("browser", "skipped", "no browser"),
        Result("browser", "skipped", "no browser"),
    ]
    assert [line.split() for line in table(results)] == [
        ["passed", "failed", "skipped"],
        ["SQLite", "1", "0", "0"],
        ["PostgreSQL", "1", "1", "0"],
        ["browser", "0", "0", "2"],
        ["skipped", "2", "on", "browser:", "no", "browser"],
        ["2", "passed,", "1", "failed,", "2", "skipped"],
    ]


@pytest.mark.parametrize(
    ("outcomes", "codes", "expected"),
    [
        (["passed", "skipped"], [0, 0], 0),
        (["passed"], [0, 5], 0),
        (["passed", "failed"], [1, 0], 1),
        (["skipped"], [0, 0], 1),
        ([], [5, 5], 1),
        (["passed"], [0, 2], 1),
        (["passed"], [-9, 0], 1),
    ],
)
def test_only_a_run_in_which_tests_passed_and_none_failed_is_good(
    outcomes: list[str],
    codes: list[int],
    expected: int,
) -> None:
    assert verdict([Result("SQLite", outcome) for outcome in outcomes], codes) == expected


@pytest.mark.django_db
def test_what_asks_for_a_database_is_never_left_out(request: pytest.FixtureRequest) -> None:
    asking = [item for item in request.session.items if item.get_closest_marker("django_db")]
    left = {item.path.relative_to(REPOSITORY / "tests").as_posix() for item in asking if not asks_a_database(item)}
    known = (*CRAWLS, "hostile/", "test_permissions")
    assert (request.node in asking, [path for path in left if not path.startswith(known)]) == (True, [])


def test_rules_are_tried_once(request: pytest.FixtureRequest) -> None:
    path = REPOSITORY / "tests" / "domain" / "instruments" / "rules" / "test_compare.py"
    module = pytest.Module.from_parent(request.session, path=path)
    assert not asks_a_database(pytest.Function.from_parent(module, name="test_x", callobj=lambda: None))
