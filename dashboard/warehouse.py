"""Read-only access to the current published build.

``<DATA>/gongkai.duckdb`` is a link that a publish replaces by rename. DuckDB keeps one instance per path and process:
a process that opened the link itself would go on reading the first build for ever. Everything here is therefore keyed
by the REAL file the link leads to: the connection, and the results remembered with it.

A ``Build`` is taken once per page run and passed on, so that one page never mixes two builds. A build that a session
still holds stays open after the pointer has moved and after its file was pruned; it is closed with the last session.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import duckdb

from ingest import paths

QUERIES = Path(__file__).resolve().parent / "queries"

# A reader of one file needs neither other files nor the net, and must not be talked into either.
_CONFIG = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "memory_limit": "1GB",
    # Each query by one thread. With two, `count(*) over ()` fails now and then in DuckDB 1.5 with an internal error,
    # and that makes the file unreadable for every session; many sessions keep all processors busy anyhow.
    "threads": "1",
    "lock_configuration": "true",
}
_REMEMBERED_RESULTS = 256
_MAGIC = slice(8, 12)  # where a file says that it is DuckDB's, after a checksum
_BUILD_NAME = re.compile(r"[\w-]{1,100}", re.ASCII)

Row = dict[str, Any]


class NoBuildError(Exception):
    """Nothing can be read: no build was published yet, or what the pointer names is no readable build."""


class Build:
    """One published file, open for reading. Safe to share between threads and sessions."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()
        self._results: OrderedDict[tuple, tuple[Row, ...]] = OrderedDict()
        try:
            self._connection = duckdb.connect(str(file), read_only=True, config=_CONFIG)
        except duckdb.Error as error:
            raise NoBuildError(str(error)) from error

    @property
    def name(self) -> str:
        """The file's stem, e.g. ``gongkai-20210131-120000``: what caches and readiness answers are told apart by."""
        return self.file.stem

    def rows(self, query: str, /, **parameters: Any) -> tuple[Row, ...]:
        """Run ``queries/<query>.sql`` with its named parameters; one dict per row, in the query's order.

        Results are remembered for the life of the build (it never changes), so callers must not alter them.
        Raises duckdb.Error where the query does not fit the file, FileNotFoundError for a query that does not exist.
        """
        key = (query, tuple(sorted((name, _hashable(value)) for name, value in parameters.items())))
        with self._lock:
            if key in self._results:
                self._results.move_to_end(key)
                return self._results[key]
        with self.reading(query, **parameters) as cursor:
            columns = [column[0] for column in cursor.description or ()]
            found = tuple(dict(zip(columns, values, strict=True)) for values in cursor.fetchall())
        with self._lock:
            self._results[key] = found
            while len(self._results) > _REMEMBERED_RESULTS:
                self._results.popitem(last=False)
        return found

    @contextmanager
    def reading(self, query: str, /, **parameters: Any) -> Iterator[duckdb.DuckDBPyConnection]:
        """The result of a query, yet to be fetched: for what is too long to be remembered. Raises as ``rows`` does."""
        with self.cursor() as cursor:
            cursor.execute(_sql(query), parameters)
            yield cursor

    @contextmanager
    def cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection of its own, for one query or for the papers of ``ingest.problems``, which ask by themselves:
        threads that share a connection can be handed each other's rows."""
        try:
            with self._connection.cursor() as cursor:
                yield cursor
        except (duckdb.FatalException, duckdb.InternalException):
            # DuckDB refuses every query after a fault of its own: who comes next opens the file anew.
            _give_up(self)
            raise

    def check(self) -> None:
        """Ask the file itself, nothing remembered. Raises OSError or duckdb.Error where it cannot be read, and
        NoBuildError where it is no database any more."""
        with self.file.open("rb") as file:
            if file.read(_MAGIC.stop)[_MAGIC.start :] != b"DUCK":
                raise NoBuildError(f"{self.file.name} is no database")
        with self.reading("shared/ready") as cursor:
            cursor.fetchall()

    def row(self, query: str, /, **parameters: Any) -> Row | None:
        """The first row of a query, or None."""
        found = self.rows(query, **parameters)
        return found[0] if found else None

    def value(self, query: str, /, **parameters: Any) -> Any:
        """The first column of the first row; None where there is no row."""
        first = self.row(query, **parameters)
        return next(iter(first.values())) if first else None

    def close(self) -> None:
        self._connection.close()


# Builds that some session still reads, and a strong hold on the newest only: an old one goes with its last session.
_open: WeakValueDictionary[Path, Build] = WeakValueDictionary()
_latest: list[Build] = []
_opening = threading.Lock()


def current_file() -> Path:
    """The real file the pointer names now. Raises NoBuildError where there is none."""
    pointer = paths.pointer()
    try:
        return pointer.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise NoBuildError(f"{pointer.name} does not exist") from error


def current() -> Build:
    """The current build, opened at most once per real file. Raises NoBuildError."""
    for _ in range(3):
        file = current_file()
        with _opening:
            try:
                build = _opened(file)
            except NoBuildError:
                # A publish may have moved on and pruned the file between the two steps: look again, then give up.
                if current_file() == file:
                    raise
                continue
            _latest[:] = [build]
            return build
    raise NoBuildError("the pointer keeps moving")


def named(name: str) -> Build:
    """The build that calls itself so, as long as a session shows it or its file is kept: what a reader downloads comes
    from the build of the page, published anew or not. Raises NoBuildError."""
    file = current_file()
    if not _BUILD_NAME.fullmatch(name):
        raise NoBuildError("no name of a build")
    with _opening:
        return _opened(file.with_stem(name))


def _opened(file: Path) -> Build:
    """The build of a file, for whoever holds the lock. Raises NoBuildError."""
    build = _open.get(file)
    if build is None:
        build = _open[file] = Build(file)
    return build


def _give_up(build: Build) -> None:
    """Close a build that answers no more, for all sessions."""
    with _opening:
        _open.pop(build.file, None)
        _latest[:] = [one for one in _latest if one is not build]
        build.close()


@cache
def _sql(query: str) -> str:
    file = (QUERIES / f"{query}.sql").resolve()
    if not file.is_relative_to(QUERIES):
        raise FileNotFoundError(query)
    return file.read_text(encoding="utf-8")


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
