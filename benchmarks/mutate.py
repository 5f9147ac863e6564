"""``python -m benchmarks.mutate``: damaged documents, and whether recognition reads any of them silently wrong.

A reading is right when every cell that was placed holds the one text the damaged document prints for it (``damages``
says what it prints where). A placed cell that holds another number is wrong. It is *loud* when an equation of the form
of which this cell is a term can be evaluated and fails (T3-APPLICANTS, T3-BALANCE, T3-OUTCOMES, T4-TOTAL, from
``seeds/rules``), because the warehouse then reports a finding on it; otherwise it is *silent*: that must not happen.

Two cases are no wrong numbers: a figure lost from the document but read as the original printed it there, and one of
several prints of a cell, the original included, that the equations prove to be the one (``proven``). A blank or a
不适用 read where a figure is printed is no number either; such cells are counted as ``hidden``. Refused and missing
cells are no readings.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from random import Random

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from benchmarks.batches import in_batches
from benchmarks.damages import FORMATS, Marked, Rows, as_document, damaged, marked_report
from benchmarks.generate import CellKey
from benchmarks.sums import equations
from ingest.forms.cell import is_value
from ingest.forms.labels import forms
from ingest.forms.recognise import recognise
from ingest.model import FormCell

BATCH = 40
DAMAGED_EACH = 4  # drawing a report costs more than damaging and reading it
SHOWN = 20  # reports with a fault that are named in full


@dataclass(slots=True)
class Judgement:
    """What became of one damaged report: cells by verdict, and the silent wrong ones with printed and read text."""

    counts: Counter[str] = field(default_factory=Counter)
    silent: dict[CellKey, tuple[tuple[str, ...], FormCell]] = field(default_factory=dict)


def judge(marked: Marked, rows: Rows) -> Judgement:
    """Read the damaged rows and hold every cell that was placed against what they print for it."""
    prints: dict[CellKey, set[str]] = defaultdict(set)
    for row in rows:
        for key, text in zip(row.keys, row.texts, strict=True):
            if key and text.strip():
                prints[key].add(text.strip())
    read: dict[CellKey, FormCell] = {}
    versions: dict[int, str] = {}
    original = {key: text for row in marked.rows for key, text in zip(row.keys, row.texts, strict=True) if key}
    for form_row in recognise(as_document(rows), marked.fiscal_year).rows:
        versions[form_row.table_no] = form_row.form_version
        columns = forms().columns(form_row.form_version, form_row.table_no, form_row.line_code)
        for column, cell in zip(columns, form_row.cells, strict=True):
            read[CellKey(form_row.table_no, form_row.line_code, column)] = cell
    placed = {key: cell for key, cell in read.items() if not cell.placed_by.startswith("refused")}
    broken = _broken_cells({key: _number(cell.text) for key, cell in placed.items()}, versions)
    result = Judgement(Counter(refused=len(read) - len(placed), missing=len(prints.keys() - read.keys())))
    for key, cell in placed.items():
        printed = prints.get(key, set())
        if printed == {cell.text} or (not printed and cell.text in ("", original.get(key))):
            result.counts["right"] += 1
        elif cell.text in {*printed, original.get(key)} and cell.placed_by in ("proof", "order"):
            result.counts["proven"] += 1
        elif not _is_number(cell.text):
            result.counts["hidden"] += 1
        elif key in broken:
            result.counts["loud"] += 1
        else:
            result.counts["silent"] += 1
            result.silent[key] = (tuple(sorted(printed)), cell)
    return result


def _is_number(text: str) -> bool:
    return is_value(text) and any(char.isdigit() for char in text)


def _number(text: str | None) -> int | None:
    plain = (text or "").replace(",", "").strip()
    return int(plain) if plain.isdecimal() else None


@cache
def _equations(version: str, table_no: int) -> tuple[Mapping[CellKey, int], ...]:
    """Every equation of a table: its terms as cells with signed weights, which add up to zero."""
    return tuple(e.weights for e in equations(version) if all(cell.table_no == table_no for cell in e.weights))


def _broken_cells(numbers: dict[CellKey, int | None], versions: dict[int, str]) -> set[CellKey]:
    """The cells of every equation that can be evaluated and fails."""
    broken: set[CellKey] = set()
    for table_no in (3, 4):
        for terms in _equations(versions[table_no], table_no) if table_no in versions else ():
            values = [numbers.get(key) for key in terms]
            if None not in values and sum(v * w for v, w in zip(values, terms.values(), strict=True)):
                broken |= terms.keys()
    return broken


@dataclass(frozen=True, slots=True)
class Outcome:
    """One damaged report: what befell it, what became of its cells, and its faults in words."""

    index: int
    ending: str
    damages: tuple[str, ...]
    counts: Counter[str]
    faults: tuple[str, ...]


@lru_cache(1)
def _marked(seed: str, report: int, formats: tuple[str, ...]) -> Marked | None:
    return marked_report(seed, report, formats)


def check(seed: str, index: int, formats: Sequence[str] = FORMATS) -> Outcome | None:
    """Damage a report, each ``DAMAGED_EACH`` times in turn, and judge its reading; None where it cannot be marked."""
    marked = _marked(seed, index // DAMAGED_EACH, tuple(formats))
    if marked is None:
        return None
    rows, names = damaged(marked, Random(f"{seed}/{index}/damage"))
    try:
        result = judge(marked, rows)
    except Exception as error:  # a crash is a fault like any other, and names its report
        return Outcome(index, marked.ending, tuple(names), Counter(crashed=1), (f"{type(error).__name__}: {error}",))
    faults = [
        f"{'/'.join(map(str, key))} read as {cell.text!r} ({cell.placed_by}), printed {' and '.join(printed) or '-'}"
        for key, (printed, cell) in result.silent.items()
    ]
    return Outcome(index, marked.ending, tuple(names), result.counts, tuple(faults))


def check_batch(seed: str, indexes: Sequence[int], formats: Sequence[str]) -> list[Outcome | None]:
    """The outcomes of several reports; runs in a process of its own."""
    return [check(seed, index, formats) for index in indexes]


def _checked(arguments: argparse.Namespace) -> Iterator[Outcome | None]:
    work = partial(check_batch, arguments.seed, formats=arguments.formats)
    return in_batches(work, arguments.first, arguments.count, BATCH, arguments.jobs)


def main() -> int:
    """Damage as many reports as asked for, print counts and faults. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutate", description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000, help="how many reports (default 10000)")
    parser.add_argument("--seed", default="0", help="same seed, same reports and damages (default 0)")
    parser.add_argument("--first", type=int, default=0, help="index of the first report (default 0)")
    parser.add_argument("--formats", nargs="+", choices=FORMATS, default=list(FORMATS), help="default: all")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default 2)")
    arguments = parser.parse_args()
    console = Console()
    totals: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    faulty = 0
    with Progress(BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console) as progress:
        for outcome in progress.track(_checked(arguments), total=arguments.count):
            if outcome is None:
                continue
            totals += outcome.counts
            reports[outcome.ending] += 1
            if outcome.faults and (faulty := faulty + 1) <= SHOWN:
                damages = ", ".join(outcome.damages)
                what = f"report {outcome.index} of seed {arguments.seed!r} ({outcome.ending}: {damages})"
                progress.console.print(f"{what}: {'; '.join(outcome.faults[:3])}", markup=False, highlight=False)
    console.print(f"{reports.total():,} damaged reports {dict(reports)}, cells: {dict(totals)}", highlight=False)
    console.print(f"{faulty:,} reports with a silent wrong number or a crash")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
