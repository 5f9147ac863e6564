"""A reader in a process of its own: opens the pointer again and again and checks that what it reads fits together.

    python -m tests.support.pointer_reader <pointer> <stop file> <result file>

Runs until the stop file is there and then writes, as JSON: reads (number), errors and torn (messages),
builds (build_id -> digest of its tables, in the order they were first seen).
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from ingest.paths import REPO

CELLS_A_ROW = {"marts.fct_applications": 4}  # new, carried in, closed, carried out
OF_THE_PROSE = {"marts.fct_narrative_figures"}  # counts no cells of the form


class Torn(Exception):
    """What was read belongs to no one build."""


def read_once(pointer: Path, *, with_slow_views: bool = False) -> tuple[str, str]:
    """Read the build behind the pointer; return its id and a digest of its relations.

    Views outside marts are long forms of tables that are read anyway, and take longer than all the others together.

    Raises Torn when a table has not the rows that meta says, or when tables that count the same cells disagree.
    """
    with duckdb.connect(str(pointer), read_only=True, config={"threads": 1}) as con:
        build_id, reports, cells = con.execute("select build_id, report_count, cell_count from meta.build").fetchone()
        digest = []
        rows_of = {}
        for schema, name, promised in con.execute(
            """
            select schema_name, table_name, row_count from meta.tables
            where schema_name <> 'meta' and (kind = 'table' or schema_name = 'marts' or ?)
            order by all
            """,
            [with_slow_views],
        ).fetchall():
            rows, total = con.execute(
                f'select count(*), sum(hash(t)::hugeint) from "{schema}"."{name}" as t'
            ).fetchone()
            if promised not in (rows, None):
                raise Torn(f"{build_id}: {schema}.{name} has {rows} rows, meta.tables says {promised}")
            rows_of[f"{schema}.{name}"] = rows
            digest.append(f"{schema}.{name}:{rows}:{total}")
        expected = con.execute("select count(*), sum(cells_total) from marts.dim_report").fetchone()
    if (reports, cells) != expected:
        raise Torn(f"{build_id}: meta.build counts {reports} reports, {cells} cells; dim_report {expected}")
    facts = sum(
        rows * CELLS_A_ROW.get(name, 1)
        for name, rows in rows_of.items()
        if name.startswith("marts.fct_") and name not in OF_THE_PROSE
    )
    if not facts == rows_of["marts.form_cells"] == cells:
        raise Torn(
            f"{build_id}: {facts} cells in the facts, {rows_of['marts.form_cells']} form cells, {cells} promised"
        )
    return build_id, "\n".join(digest)


def main(pointer: Path, stop: Path, result: Path) -> None:
    """Read until told to stop."""
    reads, errors, torn, builds = 0, [], [], {}
    while not stop.exists():
        began = time.monotonic()
        try:
            build_id, digest = read_once(pointer)
            if builds.setdefault(build_id, digest) != digest:
                torn.append(f"{build_id} was read with two contents")
        except Torn as problem:
            torn.append(str(problem))
        except Exception as error:
            errors.append(f"{type(error).__name__}: {error}")
        reads += 1
        time.sleep(3 * (time.monotonic() - began))  # leave the machine to the builds that are watched
    found = {"reads": reads, "errors": errors, "torn": torn, "builds": builds}
    result.write_text(json.dumps(found), encoding="utf-8")


@dataclass
class Found:
    """What the readers found, one entry a reader; filled when the readers have stopped."""

    readers: list[dict] = field(default_factory=list)

    def checked_against(self, good: list[str]) -> dict[str, str]:
        """Assert that only good builds were read, in their order and each as one; return build_id -> digest."""
        digests: dict[str, str] = {}
        for reader in self.readers:
            print(f"{reader['reads']} reads, {len(reader['errors'])} errors, {len(reader['torn'])} torn")
            assert reader["errors"] == []
            assert reader["torn"] == []
            assert list(reader["builds"]) == [build_id for build_id in good if build_id in reader["builds"]]
            for build_id, digest in reader["builds"].items():
                assert digests.setdefault(build_id, digest) == digest, f"{build_id} was read with two contents"
        return digests


@contextmanager
def readers(pointer: Path, count: int) -> Iterator[Found]:
    """Read the pointer from `count` processes for as long as the block runs."""
    found = Found()
    with TemporaryDirectory() as folder:
        stop = Path(folder) / "stop"
        results = [Path(folder) / f"{number}.json" for number in range(count)]
        command = [sys.executable, "-m", __name__, pointer, stop]
        processes = [subprocess.Popen([*command, result], cwd=REPO) for result in results]
        try:
            yield found
        finally:
            stop.touch()
            for process in processes:
                process.wait(timeout=300)
        found.readers = [json.loads(result.read_text(encoding="utf-8")) for result in results]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
