"""Figures of a valid report: every cell of the form, and every equation printed on it holds.

表三  Σ applicants = 总计 on each line; 一 + 二 = （七） + 四 and Σ outcomes = （七） in each column.
表四  维持 + 纠正 + 其他 + 未审结 = 总计 on each route.
The fill is that of real reports: mostly zeros, natural persons first, a few large figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines, outcome_codes

# Closed applications a year by size of the organ: (least, most).
CLOSED = {"township": (0, 4), "department": (0, 30), "county": (10, 400), "city": (150, 6000)}
SIZES = tuple(CLOSED)
APPLICANT_WEIGHTS = {"natural_person": 85, "business": 9, "other": 3, "legal_service": 2, "public_interest": 1}
OUTCOME_WEIGHTS = {"granted": 40, "partial": 12, "unable_not_held": 20, "unable_must_create": 5, "declined_petition": 6}
RARE = 1  # weight of every applicant or outcome not named above
PUBLISHED_SINCE = (0, 300)  # normative documents 2019: published before this year, still counted in the total


@dataclass(frozen=True, slots=True)
class Form:
    """A filled form: which version each table follows and the value of every cell.

    Amounts are in 元 (采购总金额) and 万元 (收费金额); everything else counts.
    """

    version_2: str
    version_3: str
    values: dict[CellKey, Decimal]

    @property
    def versions(self) -> dict[int, str]:
        """Form version by table. 表四 is the same in both; it is filed with 表三."""
        return {2: self.version_2, 3: self.version_3, 4: self.version_3}

    def count(self, line_code: str, column_code: str = TOTAL) -> int:
        """A count of 表三, by default its 总计."""
        return int(self.values[CellKey(3, line_code, column_code)])


def generate_form(rng: Random, version_2: str, version_3: str, size: str = "county") -> Form:
    """A consistent form for an organ of the given size (one of ``SIZES``)."""
    values: dict[CellKey, int | Decimal] = {}
    busy = CLOSED[size][1]
    _proactive_2019(rng, values, size, busy) if version_2 == "2019" else _proactive_2021(rng, values, size, busy)
    applications(rng, values, version_3, rng.randint(*CLOSED[size]))
    disputes(rng, values, version_3, busy)
    return Form(version_2, version_3, {key: Decimal(value) for key, value in values.items()})


def heavy(rng: Random, most: int, zero_share: float = 0.4) -> int:
    """A count with many zeros and a long tail up to ``most``."""
    return 0 if rng.random() < zero_share else int(most * rng.random() ** 4)


def applications(
    rng: Random, values: dict, version: str, closed: int, carried_in: Mapping[str, int] | None = None
) -> None:
    """表三 with about ``closed`` applications closed; ``carried_in`` by applicant where the year before tells it."""
    outcomes = outcome_codes(version)
    weights = [OUTCOME_WEIGHTS.get(code, RARE) for code in outcomes]
    kinds = applicants()
    by_kind = Counter(rng.choices(kinds, [APPLICANT_WEIGHTS.get(k, RARE) for k in kinds], k=closed))
    if carried_in is not None:
        by_kind |= Counter(carried_in)  # what was carried in is closed, and more where more came
    lines = (*outcomes, "new", "carried_in", "closed", "carried_out")
    for kind in kinds:
        counts: Counter[str] = Counter(rng.choices(outcomes, weights, k=by_kind[kind]))
        counts["closed"] = by_kind[kind]
        counts["carried_out"] = heavy(rng, by_kind[kind] // 4 + 2, 0.6)
        everything = counts["closed"] + counts["carried_out"]
        drawn = min(heavy(rng, by_kind[kind] // 4 + 2, 0.6), everything)
        counts["carried_in"] = drawn if carried_in is None else carried_in[kind]
        counts["new"] = everything - counts["carried_in"]
        for line in lines:
            values[CellKey(3, line, kind)] = counts[line]
    for line in lines:
        values[CellKey(3, line, TOTAL)] = sum(values[CellKey(3, line, kind)] for kind in kinds)


def disputes(rng: Random, values: dict, version: str, busy: int) -> None:
    """表四: a few cases, more where the organ is ``busy``."""
    for line in form_lines(version, 4):
        parts = [key for key in line.cell_keys() if key.column_code != TOTAL]
        for key in parts:
            values[key] = heavy(rng, busy // 20 + 2, 0.7)
        values[CellKey(4, line.line_code, TOTAL)] = sum(values[key] for key in parts)


def _rules_made(rng: Random, size: str) -> int:
    """规章 made in the year: only provinces and cities with districts may make any."""
    return rng.randint(0, 5) if size == "city" else 0


def _proactive_2019(rng: Random, values: dict, size: str, busy: int) -> None:
    for line in ("government_rules", "normative_documents"):
        made = _rules_made(rng, size) if line == "government_rules" else heavy(rng, busy // 3 + 5)
        published = made if rng.random() < 0.8 else rng.randint(0, made)
        before = rng.randint(*PUBLISHED_SINCE) if made else 0
        for column, value in zip(("made", "published", "published_total"), (made, published, before + published),
                                 strict=True):  # fmt: skip
            values[CellKey(2, line, column)] = value
    for line in ("permits", "other_services", "penalties", "coercive_measures", "fees"):
        previous = heavy(rng, 3000, 0.3)
        values[CellKey(2, line, "previous_items")] = previous
        values[CellKey(2, line, "items_change")] = rng.randint(-previous, 2000) if rng.random() < 0.5 else 0
        if line != "fees":
            values[CellKey(2, line, "decisions")] = heavy(rng, busy * 3000, 0.3)
    projects = heavy(rng, busy * 2)
    values[CellKey(2, "procurement", "procurement_projects")] = projects
    # The amount a project stays between the bounds that PL-UNIT finds plausible.
    amount = Decimal(projects * rng.randint(150_000, 60_000_000)) / 100
    values[CellKey(2, "procurement", "procurement_amount")] = amount


def _proactive_2021(rng: Random, values: dict, size: str, busy: int) -> None:
    for line in ("government_rules", "normative_documents"):
        issued = _rules_made(rng, size) if line == "government_rules" else heavy(rng, busy // 3 + 5)
        older = heavy(rng, 60, 0.3) if line == "normative_documents" or issued else 0
        values[CellKey(2, line, "issued")] = issued
        values[CellKey(2, line, "repealed")] = rng.randint(0, older // 2)
        values[CellKey(2, line, "in_force")] = issued + older
    for line in ("permits", "penalties", "coercive_measures"):
        values[CellKey(2, line, "decisions")] = heavy(rng, busy * 3000, 0.3)
    values[CellKey(2, "fees", "fee_amount")] = Decimal(heavy(rng, busy * 100_000)) / 10_000
