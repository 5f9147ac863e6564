"""Loading: rows into raw.duckdb, and the whole command."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from benchmarks.bench import Measured, in_turns
from benchmarks.bench_reading import MIXED, mixed_folder
from benchmarks.generate import generate_report
from benchmarks.roundtrip import InMemory
from ingest import raw
from ingest.load import load
from ingest.read import read_documents
from ingest.rows import Rows, rows_of

DOCUMENTS = 400
DOCUMENTS_ONE_BY_ONE = 4


def _readings(count: int) -> list[Rows]:
    """The readings of some documents, under as many paths as are wanted."""
    documents = []
    for index in range(20):
        report = generate_report("bench", index, formats=["text"])
        documents += read_documents(InMemory(report.data, report.ending), report.path(index))[:1]
    return [rows_of(replace(documents[i % 20], source_path=f"{i}.txt")) for i in range(count)]


def _tables(readings: list[Rows]) -> dict[str, pa.Table]:
    return raw.content(readings, [1] * len(readings), ["bench"] * len(readings))


def loading() -> Measured:
    """A batch as the load writes it, columns at once, and row by row with executemany."""
    readings = _readings(DOCUMENTS)
    few = {name: table.to_pylist() for name, table in _tables(readings[:DOCUMENTS_ONE_BY_ONE]).items()}
    few["form_text_rows"] = few.pop("form_rows")  # the one-by-one writer keeps every line as text

    with tempfile.TemporaryDirectory() as folder, raw.connect(Path(folder) / "raw.duckdb") as con:

        def emptied() -> None:
            raw.delete(con, [reading.document_id for reading in readings])

        def at_once() -> int:
            emptied()
            con.begin()
            tables = _tables(readings)
            for name, table in tables.items():
                raw.append(con, name, table)
            con.commit()
            return sum(table.num_rows for table in tables.values())

        def one_by_one() -> int:
            emptied()
            con.begin()
            for name, rows in few.items():
                columns = ", ".join(rows[0])
                marks = ", ".join("?" * len(rows[0]))
                con.executemany(f"insert into {name} ({columns}) values ({marks})", [list(r.values()) for r in rows])
            con.commit()
            return sum(map(len, few.values()))

        rate, peer, ratio = in_turns([(at_once, one_by_one)], clock=time.perf_counter)
    return Measured("load rows", "rows", rate, peer, "executemany", ratio, 100, 400)


def whole_load() -> Measured:
    """``python -m ingest load`` on mixed documents: hashed, read, checked, written."""
    reports = Path(mixed_folder().name) / "reports"
    rates = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            started = time.perf_counter()
            load(reports, Path(folder) / "raw.duckdb")
            rates.append(MIXED / (time.perf_counter() - started))
    return Measured("load, all of it", "docs", max(rates), note="mixed documents, best of three")


ROWS = (loading, whole_load)
