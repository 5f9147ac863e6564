"""``make bench``: what is promised about speed, measured against what a user would otherwise take, in one run.

A row is a function that returns ``Measured``; name it in ``ROWS``. Ours and the peer take turns and the median counts,
so that a machine that is busy for a while changes little. Exit code 1 when a must is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from statistics import median

from rich.console import Console
from rich.table import Table

from ingest.paths import REPO

RESULTS = REPO / "benchmarks" / "results"
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Measured:
    """One row: our rate and the peer's in ``unit`` a second, how often ours is the peer's, and what was promised.

    Without a ``must`` the row is information.
    """

    name: str
    unit: str
    ours: float
    peer: float | None = None
    peer_name: str = ""
    ratio: float | None = None
    must: float | None = None
    stretch: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """``met``, ``MISSED``, or nothing where nothing was promised."""
        if self.must is None:
            return ""
        return "met" if self.ratio is not None and self.ratio >= self.must else "MISSED"


Clock = Callable[[], float]


Work = Callable[[], int]  # does something and says how much


def in_turns(
    pairs: Sequence[tuple[Work, Work]], *, rounds: int = ROUNDS, clock: Clock = time.process_time
) -> tuple[float, float, float]:
    """Our rate, the peer's, and how often ours is the peer's: the medians over all pairs and rounds.

    Ours and the peer's work on the same thing stand beside each other in time, and there are many pairs: what else the
    machine does meets both. The clock is of computing; name ``time.perf_counter`` where several processes or threads
    work.
    """

    def rate(work: Work) -> float:
        started = clock()
        done = work()
        return done / (clock() - started)

    for ours, peer in pairs[:2]:  # imports and caches are nobody's merit
        ours(), peer()
    found = [(rate(ours), rate(peer)) for _ in range(rounds) for ours, peer in pairs]
    return median(a for a, _ in found), median(b for _, b in found), median(a / b for a, b in found)


def measure(rows: Sequence[Callable[[], Measured]]) -> list[Measured]:
    """Run the rows, with a line for each."""
    table = Table("measured", "ours", "peer", "ratio", "must", "stretch", "", show_edge=False)
    found: list[Measured] = []
    for row in rows:
        one = row()
        found.append(one)
        table.add_row(
            one.name + (f" ({one.note})" if one.note else ""),
            f"{one.ours:,.{0 if one.ours >= 100 else 1}f} {one.unit}/s",
            "" if one.peer is None else f"{one.peer_name} {one.peer:,.{0 if one.peer >= 100 else 1}f}",
            "" if one.ratio is None else f"{one.ratio:,.{1 if one.ratio >= 1 else 2}f}×",
            "" if one.must is None else f"≥ {one.must:g}×",
            "" if one.stretch is None else f"{one.stretch:g}×",
            one.verdict,
        )
    Console(width=150).print(table)
    return found


def keep(found: Sequence[Measured]) -> None:
    """Write the results beside those of other runs."""
    now = datetime.now(UTC)
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "load": os.getloadavg()[0]}
    rows = [asdict(one) | {"verdict": one.verdict} for one in found]
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{now:%Y%m%dT%H%M%S}.json"
    path.write_text(json.dumps({"at": now.isoformat(), **machine, "rows": rows}, indent=1), encoding="utf-8")


def main() -> int:
    """Measure the rows asked for, all by default."""
    from benchmarks.bench_build import ROWS as BUILD  # noqa: PLC0415  # they import this module
    from benchmarks.bench_engine import ROWS as ENGINE  # noqa: PLC0415
    from benchmarks.bench_loading import ROWS as LOADING  # noqa: PLC0415
    from benchmarks.bench_reading import ROWS as READING  # noqa: PLC0415
    from benchmarks.bench_rules import ROWS as RULES  # noqa: PLC0415

    rows = {row.__name__: row for row in (*READING, *LOADING, *RULES, *ENGINE, *BUILD)}
    parser = argparse.ArgumentParser(prog="python -m benchmarks.bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=list(rows), help="these rows only")
    arguments = parser.parse_args()
    found = measure([rows[name] for name in arguments.only or rows])
    keep(found)
    if not arguments.only:
        print("Not measured: R validate; it comes from CRAN alone, and neither PyPI nor Debian 12 has it.")
    missed = [one.name for one in found if one.verdict == "MISSED"]
    if missed:
        print(f"MISSED: {', '.join(missed)}", file=sys.stderr)
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
