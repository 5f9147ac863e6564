"""Both sides of every equation, worked out from the published cells alone: what the reconciliation suite looks at.

The cells of some reports are laid out as arrays, reports × cells, and every equation of the rulebook is added up over
all of them at once. Figures are whole numbers of half millionths, so that every sum and every half step of a rounding
is exact; where 64 bits might not hold a sum, Python's own integers do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from hashlib import sha256

import duckdb
import numpy as np
import pandas as pd

from ingest.rulebook import AXES, EQUATION, equations

SCALE = 2_000_000  # half millionths: figures have six decimals, and a rounding loosens an equation by half its step
BATCH = 5_000  # reports looked at together: some 300 MB, however many there are
NONE, BLANK, OTHER = 0, 1, 2  # what an equation lacks: nothing, blank cells only, something else
RELATIONS = {
    "eq": (True, "right"),
    "ge": (True, None),
    "le": (False, "right"),
    "between": (True, "upper"),
    "whole": (True, None),
}  # fmt: skip — is there a floor, and which side is the ceiling


def scaled_sql(column: str) -> str:
    """SQL for a decimal as a scaled whole number, 0 where it is null; what 64 bits do not hold is a text beside it."""
    number = f"try_cast({column} as decimal(30, 6)) * {SCALE}"
    return (
        f"coalesce(try_cast({number} as bigint), 0) as {column}, "
        f"case when {column} is not null and try_cast({number} as bigint) is null "
        f"then {column}::varchar end as {column}_wide"
    )


def scaled(rows: pd.DataFrame, column: str) -> np.ndarray:
    """What ``scaled_sql`` selected: 64 bits wide where all of it fits, else Python's integers."""
    found, wide = rows[column].to_numpy(), rows[f"{column}_wide"]
    if wide.notna().any():
        found = found.astype(object)
        found[wide.notna()] = [int(Decimal(text) * SCALE) for text in wide.dropna()]
    return found


def figure_text(scaled_figure: int) -> str:
    """A scaled whole number as the figure it stands for, with a typographic minus and no trailing zeros."""
    number = Decimal(int(scaled_figure)) / SCALE
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", "−")


_RULES = """
    select rule_id, relation, axis, tolerance, agency_levels, name_zh, name_en, severity
    from reference.rules
    where status = 'active'
    order by rule_id
"""
_REPORTS = """
    select
        reports.report_id, agencies.level_code, reports.table2_form, reports.table3_form, reports.table4_form,
        previous.report_id as previous_report_id
    from marts.dim_report as reports
    left join marts.dim_agency as agencies on reports.agency_id = agencies.agency_id
    left join marts.dim_report as previous
        on reports.agency_id = previous.agency_id and reports.scope_code = previous.scope_code
        and reports.fiscal_year = previous.fiscal_year + 1
    order by reports.agency_id, reports.scope_code, reports.fiscal_year
"""
_CELLS = f"""
    select
        report_id, table_no, line_code, column_code, value_status, unit_code, value is not null as has_value,
        {scaled_sql("value")}, {scaled_sql("precision_step")}
    from marts.form_cells
    where report_id in (select unnest($reports))
"""
_TERM = ("side", "term_line_code", "term_column_code", "weight", "year_offset", "requires_unit")
_FORM = "select form_version, table_no, line_code, column_code, column_no from reference.form_lines order by all"


@dataclass(frozen=True, slots=True)
class Rule:
    """An active rule that is a relation between sums of cells."""

    rule_id: str
    relation: str
    tolerance: int  # scaled
    levels: tuple[str, ...]  # of agencies it binds; empty for all
    name_zh: str
    name_en: str
    severity: str

    @property
    def has_floor(self) -> bool:
        return RELATIONS[self.relation][0]

    @property
    def ceiling(self) -> str | None:
        """The side the left may not exceed."""
        return RELATIONS[self.relation][1]


@dataclass(frozen=True, slots=True)
class Term:
    """One cell of an equation, as its place in the arrays."""

    side: str
    cell: int
    weight: int
    year_offset: int
    unit: str | None


@dataclass(frozen=True, slots=True)
class Equation:
    """An equation with the address under which its verdict stands."""

    form_version: str
    table_no: int
    line_code: str
    column_code: str
    terms: tuple[Term, ...]
    constants: dict[str, int]  # side → scaled constant; a side without terms and constant is not there


class Book:
    """The rules of a published build, and where each cell of the forms has its place in the arrays."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        form = con.execute(_FORM).fetchall()
        self.cells = {cell: i for i, cell in enumerate(dict.fromkeys(row[1:4] for row in form))}
        # Two forms have the same cell only where it stands in the same column too.
        self.column_no = {(version, self.cells[table, line, column]): no for version, table, line, column, no in form}
        rules = con.execute(_RULES).fetchall()
        self.not_covered = [row[0] for row in rules if row[1] not in RELATIONS or row[2] not in AXES]
        self.rules = [
            Rule(row[0], row[1], int(row[3] * SCALE), tuple(filter(None, (row[4] or "").split("|"))), *row[5:])
            for row in rules
            if row[0] not in self.not_covered
        ]
        self.equations: dict[str, list[Equation]] = {rule.rule_id: [] for rule in self.rules}
        terms: dict[tuple, list[tuple]] = {}
        for row in equations(con)[[*EQUATION, *_TERM]].itertuples(index=False, name=None):
            terms.setdefault(row[: len(EQUATION)], []).append(row[len(EQUATION) :])
        for address, of_equation in terms.items():
            if address[0] in self.equations:
                self.equations[address[0]].append(self._equation(address, of_equation))

    @property
    def fingerprint(self) -> str:
        """Tells whether two audits asked the same: twelve digits of SHA-256 over rules and terms."""
        asked = [(rule, sorted(map(repr, self.equations[rule.rule_id]))) for rule in self.rules]
        return sha256(repr(asked).encode()).hexdigest()[:12]

    def _equation(self, address: tuple, terms: list[tuple]) -> Equation:
        found, constants = [], {}
        for side, line_code, column_code, weight, year_offset, unit in terms:
            if isinstance(line_code, str):
                cell = self.cells[address[2], line_code, column_code]
                found.append(Term(side, cell, int(weight), int(year_offset), unit if isinstance(unit, str) else None))
            else:
                constants[side] = constants.get(side, 0) + int(weight) * SCALE
        return Equation(*address[1:], tuple(found), constants)


@dataclass(frozen=True)
class Cells:
    """Cells of some reports as arrays, reports × cells, and what is asked of the reports."""

    book: Book
    report_ids: np.ndarray
    asked: int  # the first so many reports; the others are there as somebody's year before
    previous: np.ndarray  # row of the report of the year before; -1 where there is none
    levels: np.ndarray
    forms: dict[int, np.ndarray]  # table → form version of each report
    value: np.ndarray  # scaled; 0 where there is none
    has_value: np.ndarray
    is_blank: np.ndarray
    unit: np.ndarray
    step: np.ndarray  # scaled

    @cached_property
    def largest(self) -> int:
        """The largest figure or step, to see whether 64 bits hold a sum."""
        return max((int(abs(a).max()) for a in (self.value, self.step) if a.size), default=0)


def batches(con: duckdb.DuckDBPyConnection, book: Book, size: int = BATCH) -> Iterator[Cells]:
    """The cells of all current reports, some reports at a time."""
    reports = con.execute(_REPORTS).df()
    by_id = reports.set_index("report_id")
    for start in range(0, len(reports), size):
        batch = reports.iloc[start : start + size]
        earlier = batch["previous_report_id"].dropna().astype("int64")
        ids = np.array([*batch["report_id"], *earlier[~earlier.isin(batch["report_id"])]], dtype="int64")
        rows = con.execute(_CELLS, {"reports": ids.tolist()}).df()
        yield laid_out(book, rows, by_id.loc[ids], len(batch))


def laid_out(book: Book, rows: pd.DataFrame, reports: pd.DataFrame, asked: int) -> Cells:
    """Rows as ``_CELLS`` selects them as arrays; ``reports`` is ``_REPORTS`` by id, of which so many are asked."""
    place = pd.Series(np.arange(len(reports)), index=reports.index)
    keys = pd.MultiIndex.from_frame(rows[["table_no", "line_code", "column_code"]])
    at = (place[rows["report_id"]].to_numpy(), pd.Series(book.cells)[keys].to_numpy())

    def array(values: object, fill: object, dtype: object) -> np.ndarray:
        found = np.full((len(reports), len(book.cells)), fill, dtype=dtype)
        found[at] = values
        return found

    value, step = scaled(rows, "value"), scaled(rows, "precision_step")
    return Cells(
        book,
        reports.index.to_numpy(),
        asked,
        reports["previous_report_id"].map(place).fillna(-1).astype(int).to_numpy(),
        reports["level_code"].fillna("unknown").to_numpy(dtype=object),
        {table: reports[f"table{table}_form"].to_numpy(dtype=object) for table in (2, 3, 4)},
        array(value, 0, value.dtype),
        array(rows["has_value"].to_numpy(), False, bool),
        array((rows["value_status"] == "blank").to_numpy(), False, bool),
        array(rows["unit_code"].to_numpy(dtype=object), None, object),
        array(step, 0, step.dtype),
    )


def sides(cells: Cells, rule: Rule) -> pd.DataFrame:
    """Every equation of a rule in every report it is asked of, blanks counted as zeros.

    Columns: the address of the verdict (report_id, table_no, line_code, column_code); left_side; floor and ceiling as
    the relation bounds it, loosened by tolerance and roundings (null: no such bound); fraction (what is above a whole
    number); gap (NONE, BLANK, OTHER); right_side as it is shown; has_left and has_right: whether the side is there and
    every term of it has its figure. Figures are scaled.
    """
    found = [_side_by_side(cells, rule, equation) for equation in cells.book.equations[rule.rule_id]]
    return pd.DataFrame({name: np.concatenate([one[name] for one in found]) for name in found[0]} if found else {})


def breaks(found: pd.DataFrame) -> pd.Series:
    """Which equations of ``sides`` have all their figures and do not hold."""
    left = found["left_side"]
    below = found["floor"].notna() & (left < found["floor"].fillna(0))
    above = found["ceiling"].notna() & (left > found["ceiling"].fillna(0))
    return (found["gap"] == NONE) & (below | above | (found["fraction"] != 0))


def _asked(cells: Cells, rule: Rule, equation: Equation) -> np.ndarray:
    """Rows of the reports an equation is asked of: form, level, and for rules over two years the year before."""
    forms = cells.forms[equation.table_no]
    asked = forms[: cells.asked] == equation.form_version
    if rule.levels:
        levels = cells.levels[: cells.asked]
        asked &= np.isin(levels, [*rule.levels, "unknown"])
    earlier = [term.cell for term in equation.terms if term.year_offset < 0]
    if earlier:
        number = cells.book.column_no
        forms_alike = {
            version
            for version in set(forms)
            if all(number.get((version, c)) == number[equation.form_version, c] for c in earlier)
        }
        previous = cells.previous[: cells.asked]
        asked &= (previous >= 0) & np.isin(forms[previous], list(forms_alike))
    return np.flatnonzero(asked)


def _side_by_side(cells: Cells, rule: Rule, equation: Equation) -> dict[str, np.ndarray]:
    rows = _asked(cells, rule, equation)
    terms = equation.terms
    most = 2 * cells.largest * sum(abs(t.weight) for t in terms) + sum(map(abs, equation.constants.values()))
    dtype = object if most + 2 * rule.tolerance >= 2**62 else "int64"
    there = {t.side for t in terms} | set(equation.constants)
    total = {
        side: np.full(len(rows), equation.constants.get(side, 0), dtype=dtype) for side in ("left", "right", "upper")
    }
    steps = {side: np.zeros(len(rows), dtype=dtype) for side in total}
    lacks = {side: np.zeros(len(rows), dtype=bool) for side in total}
    gap = np.where((cells.levels[rows] == "unknown") & bool(rule.levels), OTHER, NONE)
    for term in terms:
        at = (rows if term.year_offset == 0 else cells.previous[rows], term.cell)
        total[term.side] = total[term.side] + cells.value[at].astype(dtype) * term.weight
        steps[term.side] = steps[term.side] + cells.step[at].astype(dtype) * abs(term.weight)
        is_gap = ~cells.has_value[at]
        if term.unit:
            is_gap |= cells.unit[at] != term.unit
        lacks[term.side] |= is_gap
        gap = np.maximum(gap, np.where(is_gap, np.where(cells.is_blank[at], BLANK, OTHER), NONE))

    def bound(side: str | None, sign: int) -> np.ndarray:
        if side not in there:
            return np.full(len(rows), None)
        slack = rule.tolerance + (steps["left"] + steps[side]) // 2
        return total[side] + sign * slack

    # Of two bounds the broken one is shown.
    is_above = (total["left"] > total["upper"]) & ("upper" in there)

    def same(value: object) -> np.ndarray:
        return np.full(len(rows), value)

    return {
        "report_id": cells.report_ids[rows],
        "table_no": same(equation.table_no),
        "line_code": same(equation.line_code).astype(object),
        "column_code": same(equation.column_code).astype(object),
        "left_side": total["left"],
        "floor": bound("right", -1) if rule.has_floor else same(None),
        "ceiling": bound(rule.ceiling, 1),
        "fraction": total["left"] % SCALE if rule.relation == "whole" else same(0),
        "gap": gap,
        "right_side": np.where(is_above, total["upper"], total["right"]),
        "has_left": ~lacks["left"],
        "has_right": ~(lacks["right"] | lacks["upper"]) & ("right" in there),
    }
