"""The rules as the forms and the manuals say them, in plain Python, and reports on which each of them shows itself.

Nothing here reads ``seeds/rules``: what the engine makes of the seeds is held against this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines, outcome_codes
from benchmarks.sums import empty_form, following, full_form

Values = Mapping[CellKey, int | str]

HARD = {"T3-BALANCE", "T3-OUTCOMES", "T3-APPLICANTS", "T4-TOTAL", "T2-SIGN", "COUNT", "XY-CARRY", "XY-ITEMS"}
SOFT = {"PL-RULES", "PL-UNIT", "XY-PUBLISHED", "XY-INFORCE", "LV-PARENT"}

Address = tuple[str, int, str, str]  # rule, table, line, column; * on the axis the rule runs along
Outcome = tuple[str, Decimal | None, Decimal | None]  # verdict, left, right


class Figure(NamedTuple):
    """What is printed in a cell: its value, and if it has none whether it is blank."""

    value: Decimal | None
    is_blank: bool = False


@dataclass
class Report:
    """A filled form, the level of its agency (None: not known), the report of the year before, and those of members."""

    version: str
    values: Values
    level: str | None = None
    previous: Report | None = None
    members: tuple[Report, ...] = field(default=())

    def figure(self, table_no: int, line: str, column: str, unit: str = "") -> Figure:
        """The figure of a cell; with a unit, only where that is printed after it."""
        text = str(self.values.get(CellKey(table_no, line, column), "missing"))
        if text == "":
            return Figure(None, is_blank=True)
        if text == "missing" or not text.endswith(unit):
            return Figure(None)
        return Figure(Decimal(text.removesuffix("元")))


Term = tuple[int, Figure]
Holds = Callable[[Decimal, Decimal], bool]
HOLDS: dict[str, Holds] = {
    "=": lambda left, right: left == right,
    "≥": lambda left, right: left >= right,
    "≤": lambda left, right: left <= right,
}


def added(terms: Iterable[Term]) -> Decimal:
    return sum((weight * (figure.value or 0) for weight, figure in terms), Decimal(0))


def outcome(left: list[Term], right: list[Term], holds: Holds, *, is_asked: bool = True) -> Outcome:
    """The verdict on an equation and its sides; a side that lacks a figure has no value."""
    gaps = [figure for _, figure in (*left, *right) if figure.value is None]
    is_true = holds(added(left), added(right))
    if not is_asked or any(not gap.is_blank for gap in gaps):
        verdict = "not_evaluable"
    elif gaps:
        verdict = "pass_if_blank_is_zero" if is_true else "not_evaluable"
    else:
        verdict = "pass" if is_true else "fail"
    sides = (None if any(f.value is None for _, f in side) else added(side) for side in (left, right))
    return (verdict, *sides)


def plain(report: Report, table_no: int, *cells: tuple[str, str]) -> list[Term]:
    return [(1, report.figure(table_no, line, column)) for line, column in cells]


def verdicts(report: Report) -> dict[Address, Outcome]:
    """What every rule that applies to a report says of it."""
    return dict(_verdicts(report))


def _verdicts(report: Report) -> Iterator[tuple[Address, Outcome]]:
    version, figure = report.version, report.figure
    for column in (*applicants(), TOTAL):
        balance = [plain(report, 3, *((line, column) for line in side)) for side in (
            ("new", "carried_in"), ("closed", "carried_out"))]  # fmt: skip
        yield ("T3-BALANCE", 3, "*", column), outcome(*balance, HOLDS["="])
        leaves = plain(report, 3, *((line, column) for line in outcome_codes(version)))
        yield ("T3-OUTCOMES", 3, "*", column), outcome(leaves, plain(report, 3, ("closed", column)), HOLDS["="])
    for table_no, rule in ((3, "T3-APPLICANTS"), (4, "T4-TOTAL")):
        for line in form_lines(version, table_no):
            *parts, total = ((key.line_code, key.column_code) for key in line.cell_keys())
            sides = plain(report, table_no, *parts), plain(report, table_no, total)
            yield (rule, table_no, line.line_code, "*"), outcome(*sides, HOLDS["="])
    zero = [(1, Figure(Decimal(0)))]
    for key in (key for table_no in (2, 3, 4) for line in form_lines(version, table_no) for key in line.cell_keys()):
        cell = [(1, figure(*key))]
        if key.table_no == 2 and key.column_code != "items_change":
            yield ("T2-SIGN", *key), outcome(cell, zero, HOLDS["≥"])
        if key.column_code not in ("procurement_amount", "fee_amount"):
            least = None if key.table_no == 2 else 0
            verdict, left, _ = outcome(cell, [], lambda n, _, least=least: n % 1 == 0 and (least is None or n >= least))
            yield ("COUNT", *key), (verdict, left, None if least is None else Decimal(0))
    yield from _plausible(report)
    if report.previous is not None:
        yield from _over_two_years(report, report.previous)
    if report.members:
        yield from _with_members(report)


def _plausible(report: Report) -> Iterator[tuple[Address, Outcome]]:
    if report.level in (None, "county", "township"):
        line = next(line for line in form_lines(report.version, 2) if line.line_code == "government_rules")
        cells = [(1, report.figure(*key)) for key in line.cell_keys()]
        zero = [(1, Figure(Decimal(0)))]
        yield (
            ("PL-RULES", 2, "government_rules", "*"),
            outcome(cells, zero, HOLDS["≤"], is_asked=report.level is not None),
        )
    if report.version == "2019":
        amount = [(1, report.figure(2, "procurement", "procurement_amount", unit="元"))]
        projects = report.figure(2, "procurement", "procurement_projects")
        verdict, left, least = outcome(amount, [(1000, projects)], lambda n, m: m <= n <= 100_000 * m)
        # Of two bounds the broken one is shown.
        right = least * 100_000 if left is not None and least is not None and left > least * 100_000 else least
        yield ("PL-UNIT", 2, "procurement", "*"), (verdict, left, right)


def _over_two_years(report: Report, previous: Report) -> Iterator[tuple[Address, Outcome]]:
    for column in (*applicants(), TOTAL):
        sides = plain(previous, 3, ("carried_out", column)), plain(report, 3, ("carried_in", column))
        yield ("XY-CARRY", 3, "*", column), outcome(*sides, HOLDS["="])
    if report.version != previous.version:
        return
    now, then = report.figure, previous.figure
    for line in form_lines(report.version, 2):
        code, columns = line.line_code, {column for column, _ in line.columns}
        if "previous_items" in columns:
            sides = plain(previous, 2, (code, "previous_items"), (code, "items_change")), plain(
                report, 2, (code, "previous_items"))  # fmt: skip
            yield ("XY-ITEMS", 2, code, "*"), outcome(*sides, HOLDS["="])
        if "published_total" in columns:
            left = [(1, then(2, code, "published_total")), (1, now(2, code, "published"))]
            yield ("XY-PUBLISHED", 2, code, "*"), outcome(left, plain(report, 2, (code, "published_total")), HOLDS["="])
        if "in_force" in columns:
            left = [(1, then(2, code, "in_force")), (1, now(2, code, "issued")), (-1, now(2, code, "repealed"))]
            yield ("XY-INFORCE", 2, code, "*"), outcome(left, plain(report, 2, (code, "in_force")), HOLDS["="])


def _with_members(report: Report) -> Iterator[tuple[Address, Outcome]]:
    for line in ("new", "carried_in", "closed", "carried_out"):
        left = plain(report, 3, (line, TOTAL))
        right = [term for member in report.members for term in plain(member, 3, (line, TOTAL))]
        found = outcome(left, right, HOLDS["≥"])
        if left[0][1].value is not None and added(left) < added(right):  # some of the members are more than the whole
            found = ("fail", added(left), added(right))
        yield ("LV-PARENT", 3, line, TOTAL), found


# -- reports on which every rule passes, fails and cannot be evaluated -------------------------------------------------

AMOUNT, PROJECTS = CellKey(2, "procurement", "procurement_amount"), CellKey(2, "procurement", "procurement_projects")
TABLE_2 = {
    "2019": {"made": 3, "published": 2, "published_total": 7, "previous_items": 5, "items_change": -2, "decisions": 4,
             "procurement_projects": 10, "procurement_amount": "500000.5元"},
    "2021": {"issued": 3, "repealed": 1, "in_force": 10, "decisions": 4, "fee_amount": "25.1"},
}  # fmt: skip
YEAR_AFTER = {"2019": {"previous_items": 3, "published_total": 9}, "2021": {"in_force": 12}}


def filled(version: str, *, after: bool = False) -> dict[CellKey, int | str]:
    """A form in which every equation holds, 表二 included; ``after``: it goes on from the one that is not."""
    values: dict[CellKey, int | str] = dict(following(version) if after else full_form(version))
    figures = TABLE_2[version] | (YEAR_AFTER[version] if after else {})
    return values | {key: figures[key.column_code] for key in values if key.table_no == 2}


def off_by(step: int, version: str) -> dict[CellKey, int | str]:
    """The form of the year after with one figure of every rule off by one step."""
    values = filled(version, after=True)
    for line, column in (("new", "business"), ("granted", "research"), ("carried_in", "other"), ("closed", TOTAL)):
        values[CellKey(3, line, column)] += step
    values[CellKey(4, "reconsideration", "upheld")] += step
    for line, column in (("permits", "previous_items"), ("normative_documents", "published_total"),
                         ("normative_documents", "in_force")):  # fmt: skip
        if (key := CellKey(2, line, column)) in values:
            values[key] += step
    return values


def lacking(version: str, text: str | None) -> dict[CellKey, int | str]:
    """A form of zeros with a cell of every equation blank (text '') or missing (None), and a few figures above zero."""
    values: dict[CellKey, int | str] = dict(empty_form(version))
    columns = ("business", "upheld", "published_total", "in_force", "items_change", "previous_items")
    for key in list(values):
        if key.column_code in columns or key.line_code in ("carried_in", "carried_out", "closed", "procurement"):
            if text is None:
                del values[key]
            else:
                values[key] = text
    return values | {CellKey(3, "granted", "natural_person"): 1, CellKey(3, "new", "other"): 1}


def case_reports() -> dict[str, Report]:
    """The reports by the path under which the engine gets them; ``agency@year``."""
    reports: dict[str, Report] = {}

    def add(agency: str, year: int, version: str, values: Values, level: str | None = None) -> Report:
        report = Report(version, values, level, reports.get(f"{agency}@{year - 1}"))
        reports[f"{agency}@{year}"] = report
        return report

    for version in ("2019", "2021"):
        for name, second in (("kept", filled(version, after=True)), ("more", off_by(1, version)),
                             ("less", off_by(-1, version)), ("blank", lacking(version, "")),
                             ("missing", lacking(version, None)), ("zero", empty_form(version))):  # fmt: skip
            add(f"rule case {version} {name}", 2030, version, filled(version))
            add(f"rule case {version} {name}", 2031, version, second)
        add(f"rule case {version} blank", 2032, version, empty_form(version))
        bad = {key: ("3.5", -1, "0.5")[number % 3] for number, key in enumerate(empty_form(version))}
        add(f"rule case {version} no counts", 2030, version, bad)
    add("rule case new form", 2030, "2019", filled("2019"))
    add("rule case new form", 2031, "2021", filled("2021", after=True))
    for number, amount in enumerate(("9999元", "10000元", "1000000000元", "1000000001元", "7", "")):
        add(f"rule case amounts {number}", 2030, "2019", filled("2019") | {AMOUNT: amount})
    add("漳平市西园镇人民政府", 2050, "2021", filled("2021"), "township")
    _with_levels(add)
    return reports


def _with_levels(add: Callable[..., Report]) -> None:
    """Agencies of the seeds: two counties and the city above them, which reports for all."""
    for version, first_year in (("2019", 2030), ("2021", 2060)):
        rules = [key for key in empty_form(version) if key.line_code == "government_rules"]
        none = dict.fromkeys(rules, 0)
        for number, changed in enumerate([*({key: 1} for key in rules), {}, {rules[0]: -1}, {rules[1]: ""}]):
            year = first_year + 2 * number  # not in succession: the rules over two years have cases of their own
            county = filled(version) | none | changed
            other = filled("2019")
            if number == 3:
                other[CellKey(3, "new", TOTAL)] = ""
            if number == 4:
                del other[CellKey(3, "new", TOTAL)]
            parts = (
                add("安溪县人民政府", year, version, county, "county"),
                add("石狮市人民政府", year, "2019", other, "county"),
            )
            city = filled(version)
            for line in ("new", "carried_in", "closed", "carried_out"):
                sums = [p.figure(3, line, TOTAL).value or 0 for p in parts]
                city[CellKey(3, line, TOTAL)] = int(sum(sums)) + (-1, 1, 0)[number % 3]
            if number == 2:
                city[CellKey(3, "closed", TOTAL)] = ""
            add("泉州市人民政府", year, version, city, "prefecture").members = parts
