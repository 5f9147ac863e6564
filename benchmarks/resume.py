"""``python -m benchmarks.resume``: a load that is killed again and again ends with the rows of one that was not.

Mixed documents are made by lot and loaded by the command a user types: once undisturbed, once with ``kill -9`` at
random moments and then to the end. Every table must hold the same rows, but the record of the loads themselves.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import duckdb

from benchmarks.generate.folder import write_reports
from ingest.paths import REPO
from ingest.raw import CONTENT_TABLES


def load_command(folder: Path, name: str, *options: str) -> subprocess.Popen:
    """A load of ``folder/reports`` into ``folder/<name>/raw.duckdb``, started."""
    command = [sys.executable, "-m", "ingest", "load", "--reports", str(folder / "reports")]
    command += ["--data", str(folder / name), *options]
    return subprocess.Popen(command, cwd=REPO, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def load_whole(folder: Path, name: str, *options: str) -> float:
    """Load to the end; the seconds it took. Raises RuntimeError where the load fails."""
    started = time.perf_counter()
    with load_command(folder, name, *options) as running:
        _, said = running.communicate()
    if running.returncode != 0:
        raise RuntimeError(f"the load ended with {running.returncode}: {said[-2000:]}")
    return time.perf_counter() - started


def load_killed(folder: Path, name: str, seconds: float, *options: str) -> bool:
    """Start a load and kill it after some seconds; whether it was still at work."""
    with load_command(folder, name, *options) as running:
        try:
            running.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            running.kill()
            return True
    return False


def counts(folder: Path, name: str) -> dict[str, int]:
    """The rows of every table and view; none where no load got as far as making them."""
    path = folder / name / "raw.duckdb"
    if not path.exists():
        return {}
    with duckdb.connect(path, read_only=True) as con:
        names = [table for (table,) in con.execute("show tables").fetchall()]
        return {table: con.execute(f"select count(*) from {table}").fetchone()[0] for table in names}


def differences(folder: Path, one: str, other: str) -> dict[str, int]:
    """How many rows of each table stand in one database and not, or not as often, in the other."""
    with duckdb.connect() as con:
        for name in (one, other):
            con.execute(f"attach '{folder / name / 'raw.duckdb'}' as {name} (read_only)")
        found = {}
        for table in (*CONTENT_TABLES, "offered_files"):
            apart = " union all ".join(
                f"(from {a}.{table} except all from {b}.{table})" for a, b in ((one, other), (other, one))
            )
            found[table] = con.execute(f"select count(*) from ({apart})").fetchone()[0]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Run it all in a temporary folder and print what was found; 1 where a row differs."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.resume", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="documents (%(default)s)")
    parser.add_argument("--kills", type=int, default=5, help="how often the load is killed (%(default)s)")
    parser.add_argument("--batch-size", type=int, default=500, help="documents that commit together (%(default)s)")
    parser.add_argument("--seed", default="resume", help="same seed, same documents and moments")
    arguments = parser.parse_args(argv)
    rng, options = Random(arguments.seed), ("--batch-size", str(arguments.batch_size))
    with tempfile.TemporaryDirectory(prefix="gongkai-resume-") as name:
        folder = Path(name)
        write_reports(folder / "reports", arguments.count, arguments.seed, others=0.1, fault_rate=0.2)
        seconds = load_whole(folder, "undisturbed", *options)
        print(
            f"undisturbed: {arguments.count:,} documents in {seconds:.1f} s, {arguments.count / seconds:,.1f} a second"
        )
        killed = 0
        for _ in range(arguments.kills):
            moment = rng.uniform(0.2, 0.95) * seconds
            killed += load_killed(folder, "killed", moment, *options)
            print(f"killed after {moment:.1f} s: {counts(folder, 'killed').get('documents', 0):,} documents are kept")
        print(f"then to the end in {load_whole(folder, 'killed', *options):.1f} s")
        rows, apart = counts(folder, "undisturbed"), differences(folder, "undisturbed", "killed")
    for table, count in apart.items():
        print(f"{table}: {rows[table]:,} rows, {count:,} differ")
    if not killed:
        print("no load was at work when it was to be killed", file=sys.stderr)
    return int(any(apart.values()) or not killed)


if __name__ == "__main__":
    sys.exit(main())
