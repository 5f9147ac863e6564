"""What the tests of loading share: five reports in a folder of their own, and readers with a fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ingest import raw, read
from ingest.audit import Summary
from ingest.model import ReadDocument
from ingest.paths import REPO
from ingest.pool import Answer

SEEDS = sorted((REPO / "reports" / "2020").glob("*.txt"))

Change = Callable[[ReadDocument], ReadDocument]


def copied(folder: Path, seeds: Iterable[Path] = SEEDS) -> Path:
    """Reports of the repository in another folder."""
    (folder / "2020").mkdir(parents=True)
    for path in seeds:
        shutil.copy(path, folder / "2020" / path.name)
    return folder


def rows(database: Path, query: str) -> list[tuple]:
    """The answer of a query on raw.duckdb."""
    with duckdb.connect(database, read_only=True) as con:
        return con.execute(query).fetchall()


def content(database: Path) -> dict[str, list[tuple]]:
    """Everything a load leaves but its own record."""
    return {name: rows(database, f"from {name} order by all") for name in (*raw.CONTENT_TABLES, "offered_files")}


def counts(summary: Summary) -> dict[str, int]:
    """The counts of a load that are not zero."""
    names = ("offered", "skipped", "read", "set_aside", "quarantined", "failed", "revised", "withdrawn")
    return {name: getattr(summary, name) for name in names if getattr(summary, name)}


class InProcess:
    """The pool without processes: what a test does to the reader holds, and nothing has to start."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def map(self, function: Callable, arguments: Sequence[tuple]) -> Iterator[Answer]:
        """The answers, with what the calls raised."""
        for given in arguments:
            try:
                yield Answer(function(*given))
            except Exception as error:
                yield Answer(error=error)


def wrap(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """Let the reader's answers pass through a function."""
    honest = read.read_documents
    monkeypatch.setattr(read, "read_documents", lambda *arguments: tuple(map(change, honest(*arguments))))


def break_one(name: str, fault: Change) -> Change:
    """A fault in one document only, told by the end of its path."""
    return lambda document: fault(document) if document.source_path.endswith(name) else document


def without_its_last_line(document: ReadDocument) -> ReadDocument:
    """A fault of ours that the landing suite sees: a form row on a line the document does not have."""
    return replace(document, lines=document.lines[:10])


def stopped(document: ReadDocument) -> ReadDocument:
    """A fault of ours that stops the reader."""
    raise RecursionError("too deep")


def with_a_cell_of_the_wrong_type(document: ReadDocument) -> ReadDocument:
    """A fault of ours that already breaks the columns."""
    return replace(document, size_bytes="many")
