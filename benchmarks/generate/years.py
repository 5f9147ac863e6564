"""The figures of an organ over some years, and of a whole from its members: every equation between years holds.

A year's figures are the cells of both forms at once, so that any organ may print either form in any year and a whole
is the sum of its members cell by cell, whichever form each of them prints. Between years 四 (y−1) = 二 (y), and
上一年项目数量 + 本年增/减 (y−1) = 上一年项目数量 (y); 对外公开总数量 and 现行有效件数 go on from the year before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.generate.figures import Form, applications, disputes, heavy
from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines, outcome_codes

Figures = Mapping[CellKey, Decimal]

YEARLY_NOISE = (0.85, 1.2)  # a year against the organ's trend
GROWTH = (0.94, 1.14)  # of applications and decisions a year
CHANGED_ITEMS_SHARE = 0.5  # years in which the power list is revised
AMOUNT_STEP = 100  # 元: amounts can be printed in 元 and 万元 without rounding


@dataclass(frozen=True, slots=True)
class Workload:
    """What an organ has to do in a year, (least, most) on average: applications closed, normative documents issued,
    decisions on permits and penalties, procurement projects. ``disputes`` is its size for 表四."""

    closed: tuple[float, float]
    documents: tuple[float, float]
    decisions: tuple[float, float]
    projects: tuple[float, float]
    disputes: int
    makes_rules: bool = False  # 规章


WORKLOADS = {
    ("office", "prefecture"): Workload((120, 300), (8, 20), (0, 0), (2, 12), 100, makes_rules=True),
    ("department", "prefecture"): Workload((15, 180), (1, 6), (500, 40_000), (5, 60), 60),
    ("office", "county"): Workload((25, 90), (4, 12), (0, 0), (1, 8), 60),
    ("department", "county"): Workload((3, 60), (0, 4), (100, 9_000), (1, 25), 40),
    ("township", "township"): Workload((0, 8), (0, 3), (0, 600), (0, 5), 4),
}


def figures_by_year(rng: Random, kind: str, level: str, years: Sequence[int]) -> dict[int, Figures]:
    """The figures of an organ (not of a government) in each of some successive years."""
    load = WORKLOADS[kind, level]
    growth = rng.uniform(*GROWTH)
    closed, documents, decisions, projects = (
        rng.uniform(*bounds) for bounds in (load.closed, load.documents, load.decisions, load.projects)
    )
    shares = {line: rng.random() ** 2 for line in ("permits", "other_services", "penalties", "coercive_measures")}
    found: dict[int, Figures] = {}
    before: dict[CellKey, int | Decimal] = {}
    for number, year in enumerate(years):
        values: dict[CellKey, int | Decimal] = {}

        def drawn(mean: float, trend: float = growth**number) -> int:
            return round(mean * trend * rng.uniform(*YEARLY_NOISE))

        carried_in = {kind: int(before[CellKey(3, "carried_out", kind)]) for kind in applicants()} if before else None
        applications(rng, values, "2021", drawn(closed), carried_in)
        disputes(rng, values, "2021", load.disputes)
        for column in (*applicants(), TOTAL):  # form 2019 has one line for three
            others = (code for code in outcome_codes("2021") if code.startswith("other_"))
            values[CellKey(3, "other", column)] = sum(values[CellKey(3, code, column)] for code in others)
        _documents(rng, values, before, "normative_documents", drawn(documents, 1))
        _documents(rng, values, before, "government_rules", rng.randint(0, 3) if load.makes_rules else 0)
        for line, share in shares.items():
            _items(rng, values, before, line)
            values[CellKey(2, line, "decisions")] = drawn(decisions * share)
        _items(rng, values, before, "fees")
        fees = drawn(decisions * shares["permits"] / 10) * 10 if shares["permits"] > shares["penalties"] else 0
        values[CellKey(2, "fees", "fee_amount")] = Decimal(fees) / 1000
        count = drawn(projects)
        values[CellKey(2, "procurement", "procurement_projects")] = count
        values[CellKey(2, "procurement", "procurement_amount")] = count * rng.randint(400, 9_000) * AMOUNT_STEP
        found[year] = {key: Decimal(value) for key, value in values.items()}
        before = values
    return found


def _documents(rng: Random, values: dict, before: Mapping, line: str, issued: int) -> None:
    """Documents of a kind in both forms: what was made and published in the year, and all there is."""
    older = before.get(CellKey(2, line, "in_force"))
    if older is None:
        older = heavy(rng, 60, 0.2) if issued else 0
    published_before = before.get(CellKey(2, line, "published_total"), 3 * older)
    repealed = rng.randint(0, int(older) // 6)
    year = {"made": issued, "published": issued, "published_total": published_before + issued}
    year |= {"issued": issued, "repealed": repealed, "in_force": older + issued - repealed}
    for column, value in year.items():
        values[CellKey(2, line, column)] = value


def _items(rng: Random, values: dict, before: Mapping, line: str) -> None:
    """Items of the power list: as many as the year before with that year's change."""
    previous = before.get(CellKey(2, line, "previous_items"))
    items = heavy(rng, 200, 0.3) if previous is None else previous + before[CellKey(2, line, "items_change")]
    values[CellKey(2, line, "previous_items")] = items
    changed = rng.random() < CHANGED_ITEMS_SHARE
    values[CellKey(2, line, "items_change")] = rng.randint(-(int(items) // 5), 12) if changed and items else 0


def summed(members: Iterable[Figures]) -> Figures:
    """The figures of a whole: the sum of its members' in every cell."""
    total: Counter[CellKey] = Counter()
    for figures in members:
        for key, value in figures.items():
            total[key] += value
    return dict(total)


def form_of(figures: Figures, version_2: str, version_3: str) -> Form:
    """What an organ prints of its figures in the form of its choice."""
    lines = [line for table, version in ((2, version_2), (3, version_3), (4, version_3))
             for line in form_lines(version, table)]  # fmt: skip
    return Form(version_2, version_3, {key: Decimal(figures[key]) for line in lines for key in line.cell_keys()})
