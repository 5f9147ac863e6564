"""``python -m benchmarks.roundtrip``: random reports in every format, read back and held against their truth.

A cell is ``right`` when its text and status are what the generator put there, ``refused`` when the document does not
tell its place (the truth says so), ``unread`` when it was refused or lost though a person could read it, and ``wrong``
when another text stands in it or the document does not have it. Anything wrong, and more unread than one cell in 5,000,
ends with exit code 1.
"""

from __future__ import annotations

import argparse
import io
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import BinaryIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from rich.table import Table

from benchmarks.batches import in_batches
from benchmarks.generate import FORMATS, CellKey, Report, generate_report
from benchmarks.generate.truth import TrueCell
from ingest.forms.cell import is_value
from ingest.forms.labels import forms
from ingest.model import FormCell, ReadDocument
from ingest.read import read_document

BATCH = 25
MOST_UNREAD = 0.0002  # of the cells that can be read: a refusal is no wrong number, but recall is a promise too
SHOWN = 20  # faults named in full


@dataclass(frozen=True, slots=True)
class InMemory:
    """A file that was never written: it opens as a path does."""

    data: bytes
    suffix: str

    def open(self, mode: str = "rb") -> BinaryIO:
        """A stream of the content; ``mode`` is always rb."""
        return io.BytesIO(self.data)


@dataclass(slots=True)
class Verdict:
    """What became of one report. ``faults`` names each wrong and unread cell and a wrong agency or year."""

    cells: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def check(report: Report) -> Verdict:
    """Read the report and hold every cell, its agency and its year against the truth."""
    truth = report.truth
    document = read_document(InMemory(report.data, report.ending), f"report{report.ending}")
    verdict = Verdict()
    found = _found(document)
    for key in {**truth.cells, **found}:
        true, cell = truth.cells.get(key), found.get(key)
        result = _judge(true, cell)
        verdict.cells[result] += 1
        if result in ("wrong", "unread"):
            verdict.faults.append(f"{result} {'/'.join(map(str, key))}: {_shown(cell)}, printed {_shown(true)}")
    who, true_who = document.identity, truth.identity
    told = (who.agency_name, who.fiscal_year)
    if told != (true_who.agency_name, true_who.fiscal_year):
        verdict.cells["misattributed"] += 1
        verdict.faults.append(f"attributed to {told}, not {(true_who.agency_name, true_who.fiscal_year)}")
    return verdict


def _found(document: ReadDocument) -> dict[CellKey, FormCell]:
    return {
        CellKey(row.table_no, row.line_code, column): cell
        for row in document.form_rows
        for column, cell in zip(forms().columns(row.form_version, row.table_no, row.line_code), row.cells, strict=True)
        if cell.text is not None
    }


def _judge(true: TrueCell | None, cell: FormCell | None) -> str:
    if true is None or true.text is None:
        # Even a refusal claims that the document has the cell, if not a number in it.
        return "right" if cell is None else "unread" if cell.placed_by.startswith("refused") else "wrong"
    text = None if cell is None or cell.placed_by.startswith("refused") else cell.text.replace("\n", "")
    if text == true.text:
        return "right"
    if text is not None and (not text or is_value(text)):
        return "wrong"
    return "unread" if true.is_readable else "refused"  # a text that is no value ends as unreadable


def _shown(cell: TrueCell | FormCell | None) -> str:
    if cell is None or cell.text is None:
        return "nothing"
    return f"{cell.text!r} ({cell.placed_by})" if isinstance(cell, FormCell) else repr(cell.text)


def check_batch(seed: str, indexes: Sequence[int], formats: Sequence[str], fault_rate: float) -> list[tuple]:
    """Index, format and verdict of each report; runs in a process of its own."""
    verdicts = []
    for index in indexes:
        report = generate_report(seed, index, formats=formats, fault_rate=fault_rate)
        try:
            verdict = check(report)
        except Exception as error:  # a crash of a reader is a fault like any other, and names its report
            verdict = Verdict(Counter(crashed=1), [f"{type(error).__name__}: {error}"])
        verdicts.append((index, report.ending.lstrip("."), verdict))
    return verdicts


def _checked(arguments: argparse.Namespace) -> Iterator[tuple[int, str, Verdict]]:
    work = partial(check_batch, arguments.seed, formats=arguments.formats, fault_rate=arguments.fault_rate)
    return in_batches(work, arguments.first, arguments.count, BATCH, arguments.jobs)


def summary(results: Iterable[tuple[str, Verdict]]) -> tuple[Table, Counter[str]]:
    """The counts by format as a table, and over all reports."""
    names = ("right", "refused", "unread", "wrong", "misattributed", "crashed")
    table = Table("format", "reports", *names)
    totals: dict[str, Counter[str]] = {}
    for ending, verdict in results:
        for row in (ending, "all"):
            totals.setdefault(row, Counter()).update({"reports": 1, **verdict.cells})
    for name, counts in sorted(totals.items(), key=lambda item: (item[0] == "all", item[0])):
        table.add_row(name, *(f"{counts[column]:,}" for column in ("reports", *names)))
    return table, totals.get("all", Counter())


def main() -> int:
    """Check as many reports as asked for, print counts and faults. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.roundtrip", description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000, help="how many reports (default 10000)")
    parser.add_argument("--seed", default="0", help="same seed, same reports (default 0)")
    parser.add_argument("--first", type=int, default=0, help="index of the first report (default 0)")
    parser.add_argument("--formats", nargs="+", choices=list(FORMATS), default=list(FORMATS), help="default: all")
    parser.add_argument("--fault-rate", type=float, default=0.0, help="share of reports with misprints (default 0)")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    arguments = parser.parse_args()
    console = Console()
    results: list[tuple[str, Verdict]] = []
    shown = 0
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console) as progress:
        for index, ending, verdict in progress.track(_checked(arguments), total=arguments.count):
            results.append((ending, verdict))
            if verdict.faults and (shown := shown + 1) <= SHOWN:
                more = f" … {len(verdict.faults) - 3} more" if len(verdict.faults) > 3 else ""
                progress.console.print(
                    f"report {index} of seed {arguments.seed!r} ({ending}): {'; '.join(verdict.faults[:3])}{more}",
                    markup=False, highlight=False,
                )  # fmt: skip
    table, counts = summary(results)
    console.print(table)
    faults = counts["wrong"] + counts["misattributed"] + counts["crashed"]
    unread = counts["unread"] / max(1, counts["right"] + counts["unread"])
    console.print(f"{faults:,} faults; {unread:.4%} of what can be read was not (at most {MOST_UNREAD:.2%})")
    return 1 if faults or unread > MOST_UNREAD else 0


if __name__ == "__main__":
    sys.exit(main())
