"""What every test may ask for. The people and bodies of the tests are in `cast.py`, the browser in `browser.py`."""

import gc
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from yupana.foundation.ledger import guards, memory

SLOW = [HealthCheck.too_slow]  # a slow machine is no fault of the test
hypothesis.register_profile("house", deadline=None, max_examples=50, suppress_health_check=SLOW)
hypothesis.register_profile("ci", hypothesis.get_profile("house"), derandomize=True, max_examples=20)
hypothesis.load_profile("ci" if os.environ.get("CI") else "house")

# Looking for garbage all the time takes a sixth of the time of the tests; there is enough memory to look now and then.
gc.set_threshold(50_000, 20, 20)

REPOSITORY = Path(__file__).parent.parent
REAL_DATA = Path(os.environ.get("YUPANA_DATA") or REPOSITORY.parent / "shared" / "data")

# Rooms whose tests run once where they ask for nothing that leads to a database, or open homes of their own.
PURE = (
    *("domain/", "golden/", "interfaces/", "projections/", "foundation/kernel/", "tools/"),
    *("test_cast", "test_fixtures", "test_run", "test_settings"),
)
# Readers of pages, of what commands say and of documents look at words, which do not know the database: that each
# address answers each role on each database is told by test_permissions, and what stands behind it by the tests of
# domain and projections.
CRAWLS = (
    *("test_leaks", "test_markup", "test_house", "test_figures_open", "real/test_reading", "real/test_guide"),
    *("interfaces/desk/", "interfaces/portal/", "interfaces/cli/", "hostile/test_files", "real/"),
)
# What commands do to a database itself they do on each.
KEPT = tuple(f"interfaces/cli/test_{name}" for name in ("database", "doctor", "imports", "record", "safekeeping"))
# Of what is typed into forms databases take these differently; everything else is refused before it comes to one.
TAKEN_DIFFERENTLY = ("nul", "apart", "digits", "64-bits", "year-0")
DATABASES = {"db", "django_db_setup", "transactional_db", "stands"}

pytest_plugins = [
    f"tests.{name}" for name in ("browser", "cast", "stands") if (REPOSITORY / "tests" / f"{name}.py").exists()
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the runner leave out, on its second database, what no database can change."""
    parser.addoption("--only-database", action="store_true", help="run only the tests that can know their database")


def asks_a_database(item: pytest.Item) -> bool:
    """Whether a test can know on which database it runs: those of rules and formats need none."""
    path = item.path.relative_to(REPOSITORY / "tests").as_posix()
    if (path.startswith(CRAWLS) and not path.startswith(KEPT)) or _of_databases(item) == {"sqlite"}:
        return False
    if path == "test_permissions.py":
        return item.name.startswith("test_everybody")
    if path == "hostile/test_forms.py" and "[" in item.name:
        return any(value in item.name for value in TAKEN_DIFFERENTLY)
    return not path.startswith(PURE) or bool(
        item.get_closest_marker("django_db") or DATABASES & {*getattr(item, "fixturenames", ())}
    )


def _of_databases(item: pytest.Item) -> set[str]:
    """Name the databases that a test brings itself: between which it carries something, or on which it stands."""
    told = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    return {each for each in told if isinstance(each, str)} & {"sqlite", "postgresql"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs no database where only those are asked for; skip what needs absent documents, and say so."""
    if config.getoption("--only-database"):
        left = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if asks_a_database(item)]
    if REAL_DATA.is_dir():
        return
    absent = pytest.mark.skip(reason="the real documents are absent (YUPANA_DATA)")
    for item in items:
        if item.get_closest_marker("real"):
            item.add_marker(absent)


def pytest_collection_finish() -> None:
    """Look no more at what was there before the first test: it stays."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of the real documents; for tests marked `real`."""
    return REAL_DATA


@pytest.fixture(autouse=True)
def _every_test_starts_in_our_language() -> None:
    """Forget the language in which an earlier test was served last."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _guards_leave_before_the_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """Take the guards away before a test with real transactions is cleaned up: emptying a guarded table is refused.

    They stand in every test, as in production: each migrate and each flush puts them back.
    """
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" not in request.fixturenames and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    memory.forget()
    yield
    memory.forget()  # of a record that is gone after the flush
    guards.remove(connection)


@pytest.fixture
def guarded_db(transactional_db: None) -> None:
    """A database with real transactions, which refuses to change what is append-only."""
    assert guards.missing(connection) == []


@pytest.fixture
def unguarded_db(db: None) -> None:
    """A database on which a test may do what only a forger does; the guards are back with the rollback."""
    guards.remove(connection)


@pytest.fixture
def query_budget() -> Callable[[int], AbstractContextManager[CaptureQueriesContext]]:
    """Return a context that fails when more queries than the budget ran in it, and shows them."""
    return Budget


class Budget(CaptureQueriesContext):
    """At most so many queries: `with query_budget(7): client.get(...)`."""

    def __init__(self, most: int) -> None:
        super().__init__(connection)
        self.most = most

    def __exit__(self, exc_type: object, exc_value: object, traceback: object) -> None:
        super().__exit__(exc_type, exc_value, traceback)  # type: ignore[arg-type] # the stubs are narrower than `with`
        if exc_type is None and len(self) > self.most:
            shown = "\n".join(query["sql"] for query in self.captured_queries)
            pytest.fail(f"{len(self)} queries, the budget is {self.most}:\n{shown}")
