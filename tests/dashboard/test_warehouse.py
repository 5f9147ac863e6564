"""The reader of builds: one cursor a query, real files as keys, nothing but the one file within reach."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from dashboard import warehouse


def make_build(folder: Path, name: str, reports: int) -> Path:
    """A file with as little as the readiness query needs: ``reports`` rows."""
    file = folder / "published" / f"{name}.duckdb"
    file.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(file)) as connection:
        connection.execute("create schema marts")
        connection.execute(f"create table marts.dim_report as select range as report_id from range({reports})")
    return file


def point(folder: Path, file: Path) -> None:
    fresh = folder / "fresh"
    fresh.symlink_to(file.relative_to(folder))
    fresh.replace(folder / "gongkai.duckdb")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path))
    yield tmp_path
    warehouse._latest.clear()
    gc.collect()


@pytest.fixture
def queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of queries of the test's own."""
    folder = tmp_path / "queries"
    folder.mkdir()
    monkeypatch.setattr(warehouse, "QUERIES", folder)
    warehouse._sql.cache_clear()
    yield folder
    warehouse._sql.cache_clear()


def test_no_pointer_is_no_build(data: Path) -> None:
    with pytest.raises(warehouse.NoBuildError):
        warehouse.current()


def test_a_pointer_to_nothing_is_no_build(data: Path) -> None:
    (data / "gongkai.duckdb").symlink_to("published/gone.duckdb")
    with pytest.raises(warehouse.NoBuildError):
        warehouse.current()


def test_a_file_that_is_no_database_is_no_build(data: Path) -> None:
    (data / "gongkai.duckdb").write_text("not a database")
    with pytest.raises(warehouse.NoBuildError):
        warehouse.current()


@pytest.mark.parametrize("fault", ["gone", "cut short", "no database"])
def test_a_file_that_cannot_be_read_any_more_is_noticed_though_it_is_open(data: Path, fault: str) -> None:
    file = make_build(data, "one", 1)
    point(data, file)
    build = warehouse.current()
    build.check()
    if fault == "gone":
        file.unlink()
    else:
        file.write_bytes(b"" if fault == "cut short" else b"no database at all")
    with pytest.raises((OSError, warehouse.NoBuildError)):
        build.check()


def test_a_build_whose_engine_failed_is_opened_anew(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point(data, make_build(data, "one", 1))
    build = warehouse.current()

    def fails(query: str) -> str:
        raise duckdb.InternalException(query)

    with monkeypatch.context() as patch:
        patch.setattr(warehouse, "_sql", fails)
        with pytest.raises(duckdb.InternalException):
            build.rows("shared/ready")
    assert warehouse.current() is not build
    assert warehouse.current().value("shared/ready") == 1


def test_a_build_is_opened_once(data: Path) -> None:
    point(data, make_build(data, "one", 1))
    assert warehouse.current() is warehouse.current()


def test_a_flipped_pointer_is_followed_and_the_old_build_stays_readable(data: Path) -> None:
    one = make_build(data, "one", 1)
    point(data, one)
    before = warehouse.current()
    assert before.value("shared/ready") == 1
    point(data, make_build(data, "two", 2))
    one.unlink()  # pruned while a session still shows it
    after = warehouse.current()
    assert (after.name, after.value("shared/ready")) == ("two", 2)
    assert before.value("shared/ready") == 1


def test_a_build_nobody_shows_any_more_is_closed(data: Path) -> None:
    point(data, make_build(data, "one", 1))
    first = warehouse.current().file
    point(data, make_build(data, "two", 2))
    warehouse.current()
    gc.collect()
    assert set(warehouse._open) == {warehouse.current_file()}
    assert first not in warehouse._open


def test_results_are_remembered_for_the_build_they_come_from(data: Path) -> None:
    point(data, make_build(data, "one", 1))
    build = warehouse.current()
    assert build.rows("shared/ready") is build.rows("shared/ready")
    point(data, make_build(data, "two", 2))
    assert warehouse.current().rows("shared/ready") == ({"reports": 2},)


def test_every_query_runs_on_a_cursor_of_its_own(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point(data, make_build(data, "one", 1))
    build = warehouse.current()
    real = build._connection
    opened = []

    class OnlyCursors:
        def cursor(self) -> duckdb.DuckDBPyConnection:
            opened.append(real.cursor())
            return opened[-1]

    monkeypatch.setattr(build, "_connection", OnlyCursors())
    build.rows("shared/ready")
    build._results.clear()
    build.rows("shared/ready")
    assert len(opened) == 2
    for cursor in opened:
        with pytest.raises(duckdb.ConnectionException):
            cursor.execute("select 1")  # closed after its query


def test_threads_get_their_own_rows(data: Path, queries: Path) -> None:
    (queries / "who.sql").write_text("select $who as who, count(*) as n from range($who * 1000)")
    point(data, make_build(data, "one", 1))
    build = warehouse.current()
    ready = threading.Barrier(16)

    def ask(thread: int) -> bool:
        ready.wait()
        asked = range(thread, 1600, 16)
        return all(build.rows("who", who=who) == ({"who": who, "n": who * 1000},) for who in asked)

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(ask, range(16)))


def test_a_window_over_few_rows_never_makes_the_build_unreadable(data: Path, queries: Path) -> None:
    """DuckDB 1.5 fails one time in a hundred where more than one thread works on such a window."""
    (queries / "window.sql").write_text(
        """
        with listed as (select range as x from range($n)), chosen as (
            select * from listed where x >= 5000
            union all
            select * from listed where not exists (select 1 from listed where x >= 5000)
        )
        select x, count(*) over () as n from chosen order by x limit 5
        """
    )
    point(data, make_build(data, "one", 1))
    build = warehouse.current()
    for _ in range(500):
        build._results.clear()
        assert build.rows("window", n=1) == ({"x": 0, "n": 1},)


def test_remembered_results_are_bounded(data: Path, queries: Path) -> None:
    (queries / "who.sql").write_text("select $who as who")
    point(data, make_build(data, "one", 1))
    build = warehouse.current()
    for who in range(2 * warehouse._REMEMBERED_RESULTS):
        build.rows("who", who=who)
    assert len(build._results) == warehouse._REMEMBERED_RESULTS


@pytest.mark.parametrize(
    "statement",
    [
        "create table t as select 1",
        "attach 'other.duckdb'",
        "select * from read_csv('/etc/hostname')",
        "copy (select 1) to 'out.csv'",
        "install httpfs",
        "set enable_external_access = true",
        "set memory_limit = '100GB'",
    ],
)
def test_a_query_reaches_nothing_but_the_file(data: Path, queries: Path, statement: str) -> None:
    (queries / "bad.sql").write_text(statement)
    point(data, make_build(data, "one", 1))
    with pytest.raises(duckdb.Error):
        warehouse.current().rows("bad")


def test_a_query_name_does_not_leave_the_folder(data: Path, queries: Path) -> None:
    (queries.parent / "outside.sql").write_text("select 1")
    point(data, make_build(data, "one", 1))
    with pytest.raises(FileNotFoundError):
        warehouse.current().rows("../outside")
