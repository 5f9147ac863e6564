"""The open findings of an agency as it is told of them: each with its cells as printed and what may mend it.

Everything comes from the published build. What the equations leave open stays open here: a correction is suggested only
where it is unique, else all candidates are given.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import get_close_matches

import duckdb

from ingest.export import exact
from ingest.published import SAMPLE
from ingest.rulebook import EQUATION, equations

TABLES = {2: "表二", 3: "表三", 4: "表四"}
SCOPES = {"consolidated": "汇总", "own": "本机关", "unknown": "口径不明"}
STATUSES = {
    "reported": "已填", "blank": "空白", "not_applicable": "不适用", "missing": "原文缺", "unreadable": "无法辨认",
}  # fmt: skip
SEVERITIES = {"hard": "确有不符", "soft": "存疑"}

BATCH = 100  # agencies read at a time

Place = tuple[int, int, str, str]  # report, table, line, column


class UnknownAgencyError(Exception):
    """No agency or year of that name has reported; the message names those that come near."""


@dataclass(frozen=True, slots=True)
class Agency:
    """Whoever has reported, and how many of its findings are open."""

    agency_id: str
    name: str
    open_findings: int
    is_sample: bool = False

    @property
    def mark(self) -> str:
        """What stands before everything that is told of an invented agency; else nothing."""
        return f"【{SAMPLE}】" if self.is_sample else ""


@dataclass(frozen=True, slots=True)
class Report:
    """The report a finding is about."""

    report_id: int
    fiscal_year: int
    scope: str
    title: str | None
    source_path: str
    agency_id: str
    forms: dict[int, str] = field(compare=False)  # table → form version

    @property
    def called(self) -> str:
        """《title》, or what the report is."""
        return f"《{self.title or f'{self.fiscal_year}年政府信息公开工作年度报告'}》"


@dataclass(frozen=True, slots=True)
class Cell:
    """A term of an equation with what is printed in it; year is that of the report it stands in."""

    place: Place
    fiscal_year: int
    side: str
    weight: int
    line: str
    column: str
    value: Decimal | None
    status: str
    as_printed: str | None
    source_path: str
    page_no: int | None
    line_no: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One cell of a suggested correction; year is that of the report it stands in."""

    place: Place
    fiscal_year: int
    line: str
    column: str
    printed: Decimal | None
    suggested: Decimal | None
    source_path: str
    page_no: int | None
    line_no: int | None

    def sentence(self, year: int) -> str:
        """``“一、本年新收”×“商业企业”：0 → 9``; ``空`` where nothing is printed, with the year where it is another."""
        old, new = ("空" if v is None else exact(v) for v in (self.printed, self.suggested))
        other = "" if self.fiscal_year == year else f"{self.fiscal_year}年年报"
        return f"{other}“{self.line}”×“{self.column}”：{old} → {new}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Cells that together mend a group of broken equations, and the proof."""

    candidate_no: int
    is_unique: bool
    prose_verdict: str  # confirms, contradicts, divided or silent
    proof: str
    changes: tuple[Change, ...]

    def sentence(self, year: int) -> str:
        """Its changes, to someone who reads the report of this year."""
        return "；".join(change.sentence(year) for change in self.changes)


@dataclass(frozen=True, slots=True)
class Group:
    """Broken equations that are mended together; more candidates than are listed may have been counted."""

    group_id: str
    status: str  # unique, ambiguous or unresolved
    candidate_count: int
    is_thin: bool  # the only repair, but no equation is left that could have refuted it
    confirmed_no: int | None  # the one candidate the prose confirms
    candidates: tuple[Candidate, ...]

    @property
    def is_doubtful(self) -> bool:
        """The only repair, but on thin evidence or against what the prose says."""
        against = any(one.is_unique and one.prose_verdict == "contradicts" for one in self.candidates)
        return self.is_thin or against


@dataclass(frozen=True, slots=True)
class Problem:
    """One open finding."""

    finding_id: str
    report: Report
    rule_id: str
    rule_name: str
    equation: str
    severity: str
    table_no: int | None
    line: str | None
    column: str | None
    left_value: Decimal | None
    right_value: Decimal | None
    difference: Decimal | None
    equation_text: str
    message: str
    fix: str
    source_path: str
    page_no: int | None
    line_no: int | None
    is_of_prose: bool  # a figure of the prose; table, line and column are what it is held against
    cells: tuple[Cell, ...] = ()
    group: Group | None = None

    @property
    def table(self) -> str:
        """The statutory table, or the prose."""
        return TABLES.get(self.table_no or 0, "正文")

    @property
    def place(self) -> str:
        """``表三“商业企业”一列``; ``正文，对照表三…`` for a figure of the prose."""
        if self.line and self.column:
            along = f"“{self.line}”的“{self.column}”"
        else:
            along = f"“{self.line}”一行" if self.line else f"“{self.column}”一列" if self.column else ""
        return f"{'正文，对照' if self.is_of_prose and self.table_no else ''}{self.table}{along}"

    @property
    def source(self) -> str:
        """``file, page, line``, as far as they are known."""
        page = f"第{self.page_no}页" if self.page_no else ""
        line = f"第{self.line_no}行" if self.line_no else ""
        return "，".join(part for part in (self.source_path, page, line) if part)


_AGENCIES = """
    select
        reports.agency_id,
        coalesce(max(agencies.agency_name), max(reports.printed_agency_name), reports.agency_id),
        count(findings.finding_id),
        bool_or(reports.is_sample)
    from marts.dim_report as reports
    left join marts.dim_agency as agencies on reports.agency_id = agencies.agency_id
    left join quality.findings as findings
        on reports.report_id = findings.report_id and findings.status = 'open'
        and coalesce(reports.fiscal_year = $year, true)
    group by reports.agency_id
    order by reports.agency_id
"""
_REPORTS = """
    select report_id, fiscal_year, scope_code, title, source_path, agency_id, table2_form, table3_form, table4_form
    from marts.dim_report
    where list_contains($agencies, agency_id)
"""
_FINDINGS = """
    select
        findings.finding_id, findings.report_id, findings.rule_id, rules.name_zh, rules.equation, findings.severity,
        findings.table_no, findings.line_code, findings.column_code, findings.left_value, findings.right_value,
        findings.difference, findings.equation_text, findings.message_zh, rules.fix_zh,
        findings.source_path, findings.page_no, findings.line_no, rules.axis = 'prose' as is_of_prose
    from quality.findings as findings
    inner join reference.rules as rules on findings.rule_id = rules.rule_id
    where list_contains($agencies, findings.agency_id) and findings.status = 'open'
        and coalesce(findings.fiscal_year = $year, true)
    order by
        findings.fiscal_year, findings.source_path, findings.severity, findings.table_no nulls last,
        findings.line_no nulls last, findings.finding_id
"""
_CELLS = """
    select report_id, table_no, line_code, column_code, value, value_status, value_as_printed,
        source_path, page_no, line_no
    from marts.form_cells
    where report_id in (select report_id from marts.dim_report where list_contains($agencies, agency_id))
"""
_SUGGESTIONS = """
    select group_id, candidate_no, is_unique, prose_verdict, proof, report_id, table_no, line_code, column_code,
        printed_value, suggested_value, source_path, page_no, line_no
    from quality.suggested_corrections
    where report_id in (select report_id from marts.dim_report where list_contains($agencies, agency_id))
    order by group_id, candidate_no, report_id, table_no, line_no nulls last, line_code, column_code
"""
_GROUPS = """
    select finding_id, group_id, status, candidate_count, is_thin, confirmed_candidate_no
    from quality.finding_groups
    where report_id in (select report_id from marts.dim_report where list_contains($agencies, agency_id))
"""
_LABELS = """
    select form_version, table_no, line_code, column_code, line_label_zh, column_label_zh
    from reference.form_lines
    order by all
"""


class Problems:
    """The problems of any agency, read some agencies at a time: a nation of them needs no more memory."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._lines: dict[tuple[str, int, str], str] = {}
        self._columns: dict[tuple[str, int, str], str] = {}
        for form, table, line, column, line_label, column_label in con.execute(_LABELS).fetchall():
            self._lines.setdefault((form, table, line), line_label)
            self._columns.setdefault((form, table, column), column_label)
        self._terms: dict[tuple, list[tuple]] = {}
        terms = equations(con).dropna(subset=["term_line_code"]).sort_values(["side", "term_no"])
        kept = terms[[*EQUATION, "side", "weight", "year_offset", "term_line_code", "term_column_code"]]
        for row in kept.itertuples(index=False, name=None):
            self._terms.setdefault(row[: len(EQUATION)], []).append(row[len(EQUATION) :])

    def agencies(self, wanted: str | None, year: int | None) -> list[Agency]:
        """All agencies that have reported, or the one with this name or id. Raises UnknownAgencyError."""
        found = [Agency(*row) for row in self._con.execute(_AGENCIES, {"year": year}).fetchall()]
        years = {y for (y,) in self._con.execute("select distinct fiscal_year from marts.dim_report").fetchall()}
        if year is not None and year not in years:
            there = "、".join(map(str, sorted(years))) or "none"
            raise UnknownAgencyError(f"no report of {year} is published; there are reports of: {there}")
        if wanted is None:
            return found
        matching = [one for one in found if wanted in (one.agency_id, one.name)]
        if len(matching) == 1:
            return matching
        close = get_close_matches(wanted, [one.name for one in found], n=5, cutoff=0.5)
        near = [one for one in found if wanted in one.name or one.agency_id.startswith(wanted) or one.name in close]
        shown = "; ".join(f"{one.name} ({one.agency_id})" for one in (matching or near)[:8])
        if matching:
            raise UnknownAgencyError(f"“{wanted}” is the name of several agencies, name one by its id: {shown}")
        raise UnknownAgencyError(f"no report of “{wanted}” is published{f'; near: {shown}' if shown else ''}")

    def of(self, agencies: Sequence[Agency], year: int | None) -> Iterator[tuple[Agency, list[Problem]]]:
        """The open findings of each agency, of one year or all, in the order they are to be told."""
        for start in range(0, len(agencies), BATCH):
            batch = agencies[start : start + BATCH]
            found = self._batch([agency.agency_id for agency in batch], year)
            yield from ((agency, [p for p in found if p.report.agency_id == agency.agency_id]) for agency in batch)

    def _batch(self, agencies: list[str], year: int | None) -> list[Problem]:
        asked = {"agencies": agencies}
        reports = {row[0]: Report(*row[:6], dict(zip((2, 3, 4), row[6:], strict=True)))
                   for row in self._con.execute(_REPORTS, asked).fetchall()}  # fmt: skip
        cells = {row[:4]: row[4:] for row in self._con.execute(_CELLS, asked).fetchall()}
        candidates = self._candidates(reports, self._con.execute(_SUGGESTIONS, asked).fetchall())
        groups = {
            finding: Group(group, *rest, tuple(candidates.get(group, ())))
            for finding, group, *rest in self._con.execute(_GROUPS, asked).fetchall()
        }
        found = self._con.execute(_FINDINGS, asked | {"year": year}).fetchall()
        return [self._problem(row, reports, cells, groups) for row in found]

    def _problem(self, row: Sequence, reports: dict, cells: dict, groups: dict[str, Group]) -> Problem:
        finding_id, report_id, rule_id, rule_name, equation, severity, table_no, line, column, *rest = row
        report = reports[report_id]
        form = report.forms.get(table_no, "")
        terms = tuple(self._cells(report, (rule_id, form, table_no, line, column), reports, cells))
        labels = (self._lines.get((form, table_no, line)), self._columns.get((form, table_no, column)))
        return Problem(
            finding_id, report, rule_id, rule_name, equation, severity, table_no, *labels, *rest,
            cells=terms, group=groups.get(finding_id),
        )  # fmt: skip

    def _cells(self, report: Report, address: tuple, reports: dict, cells: dict) -> Iterator[Cell]:
        """The terms of an equation as printed, in this report or in that of the year before."""
        form, table_no = address[1], address[2]
        for side, weight, year_offset, line, column in self._terms.get(address, ()):
            other = (one for one in reports.values()
                     if (one.agency_id, one.scope) == (report.agency_id, report.scope)
                     and one.fiscal_year == report.fiscal_year + year_offset)  # fmt: skip
            holder = report if year_offset == 0 else next(other, None)
            place = (holder.report_id, table_no, line, column) if holder else None
            if holder and place in cells:
                labels = (self._lines[form, table_no, line], self._columns[form, table_no, column])
                yield Cell(place, holder.fiscal_year, side, weight, *labels, *cells[place])

    def _candidates(self, reports: dict[int, Report], rows: Sequence[tuple]) -> dict[str, list[Candidate]]:
        """The candidates of each group of broken equations; those of several cells together."""
        changes: dict[tuple, list[Change]] = {}
        for *candidate, report_id, table_no, line, column, printed, suggested, path, page_no, line_no in rows:
            form = reports[report_id].forms[table_no]
            labels = (self._lines[form, table_no, line], self._columns[form, table_no, column])
            place = (report_id, table_no, line, column)
            change = Change(place, reports[report_id].fiscal_year, *labels, printed, suggested, path, page_no, line_no)
            changes.setdefault(tuple(candidate), []).append(change)
        groups: dict[str, list[Candidate]] = {}
        for (group, *candidate), cells in changes.items():
            groups.setdefault(group, []).append(Candidate(*candidate, tuple(cells)))
        return groups
