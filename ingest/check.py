"""``python -m ingest check``: every open finding of the published build, for people, scripts and build servers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from rich.console import RenderableType
from rich.text import Text

from ingest.published import SAMPLE, published_build
from ingest.show import plain

_OPEN = """
    with repairs as (
        select
            group_id, candidate_no,
            string_agg(
                format(
                    '{} {} × {} {} → {}', concat_ws(':', source_path, line_no), line_code, column_code,
                    regexp_replace(printed_value::varchar, '\\.?0+$', ''),
                    regexp_replace(suggested_value::varchar, '\\.?0+$', '')
                ),
                '; ' order by source_path, table_no, line_no nulls last, line_code, column_code
            ) as changes,
            any_value(prose_verdict) as prose_verdict
        from quality.suggested_corrections
        group by group_id, candidate_no
    )

    select
        findings.finding_id, findings.severity, findings.rule_id, agencies.agency_name, findings.fiscal_year,
        findings.table_no, findings.line_code, findings.column_code, findings.equation_text,
        findings.left_value, findings.right_value, findings.difference,
        findings.message_zh, findings.message_en, findings.source_path, findings.page_no, findings.line_no,
        groups.status as repair_status, groups.is_thin, groups.candidate_count, repairs.changes, repairs.prose_verdict,
        coalesce(agencies.is_sample, false)
    from quality.findings as findings
    left join marts.dim_agency as agencies using (agency_id)
    left join quality.finding_groups as groups on findings.finding_id = groups.finding_id
    left join repairs
        on groups.group_id = repairs.group_id
        and case groups.status when 'unique' then 1 else groups.confirmed_candidate_no end = repairs.candidate_no
    where findings.status = 'open'
    order by findings.source_path, findings.severity, findings.line_no nulls last, findings.finding_id
"""
_LAPSED = """
    select record_type, record_id, finding_id, source_path, line_code, column_code, decided_on_value, value_now, state
    from quality.steward_records
    where state <> 'applies'
    order by record_type, source_path nulls last, record_id
"""


@dataclass(frozen=True, slots=True)
class Finding:
    """One row of ``quality.findings``; severity is hard (an error for certain) or soft (a doubt)."""

    finding_id: str
    severity: str
    rule_id: str
    agency_name: str | None
    fiscal_year: int
    table_no: int | None  # None where the prose contradicts itself
    line_code: str
    column_code: str
    equation_text: str
    left_value: Decimal | None
    right_value: Decimal | None
    difference: Decimal | None
    message_zh: str
    message_en: str
    source_path: str
    page_no: int | None
    line_no: int | None
    repair_status: str | None  # unique, ambiguous or unresolved; None where no repair is sought
    is_thin: bool | None  # the only repair, but no equation is left that could have refuted it
    repair_count: int | None
    repair: str | None  # the only repair, or the one of several that the prose confirms
    prose_verdict: str | None  # confirms, contradicts, divided or silent about the repair
    is_sample: bool  # of an invented agency

    @property
    def repair_told(self) -> str | None:
        """The repair and how much speaks for it."""
        if self.repair is None:
            return None
        if self.repair_status == "unique":
            said = None if self.prose_verdict == "silent" else f"the prose: {self.prose_verdict}"
            told = ", ".join(text for text in ("thin evidence" if self.is_thin else None, said) if text)
            return f"the only repair{f' ({told})' if told else ''}: {self.repair}"
        return f"of {self.repair_count} repairs the prose confirms: {self.repair}"

    @property
    def place(self) -> str:
        """``file:line``, as editors and build servers understand it."""
        return self.source_path if self.line_no is None else f"{self.source_path}:{self.line_no}"


@dataclass(frozen=True, slots=True)
class LapsedRecord:
    """A row of ``quality.steward_records`` that applies no more."""

    record_type: str
    record_id: str
    finding_id: str | None
    source_path: str | None
    line_code: str | None
    column_code: str | None
    decided_on_value: str
    value_now: str | None
    state: str

    @property
    def sentence(self) -> str:
        """What was decided on, what is there now, and why the record lapsed."""
        cell = " × ".join(code for code in (self.line_code, self.column_code) if code)
        what = ", ".join(part for part in (self.finding_id, self.source_path, cell) if part)
        now = "nothing" if self.value_now is None else f"“{self.value_now}”"
        then = f"decided on “{self.decided_on_value}”, now {now}"
        return f"{self.record_type} {self.record_id} ({what}): {self.state}; {then}"


def open_findings(pointer: Path) -> tuple[list[Finding], list[LapsedRecord]]:
    """The open findings of the published build, by file, and the steward's records that lapsed. Raises BuildError."""
    with published_build(pointer) as con:
        findings = [Finding(*row) for row in con.execute(_OPEN).fetchall()]
        return findings, [LapsedRecord(*row) for row in con.execute(_LAPSED).fetchall()]


def for_people(findings: Sequence[Finding], lapsed: Sequence[LapsedRecord]) -> Iterator[RenderableType]:
    """One block a report: the equations with their figures, file and line, and what to make of them."""
    for _, group in groupby(findings, key=lambda finding: finding.source_path):
        report = list(group)
        told = (report[0].source_path, report[0].agency_name, report[0].fiscal_year, *_mark(report[0]))
        yield Text(plain(" · ".join(map(str, told))), style="bold")
        for one in report:
            yield Text(plain(f"  {one.place}  {one.severity}  {one.rule_id}  {one.equation_text}"))
            yield Text(plain(f"    {one.message_zh}"), style="dim")
            if one.repair_told:
                yield Text(plain(f"    {one.repair_told}"))
    for record in lapsed:
        yield Text(plain(f"lapsed: {record.sentence}"))
    hard = sum(finding.severity == "hard" for finding in findings)
    files = len({finding.source_path for finding in findings})
    yield Text(f"{len(findings):,} open findings in {files:,} reports: {hard:,} hard, {len(findings) - hard:,} soft")


def as_json(findings: Sequence[Finding]) -> str:
    """A JSON array of objects with the columns of ``Finding``; figures as text, so that none is rounded."""
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2, default=_exact)


def _exact(value: object) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def as_junit(findings: Sequence[Finding]) -> str:
    """JUnit's XML, as build servers read it: a suite for each report, a failed case for each finding."""
    root = ElementTree.Element("testsuites", name="gongkai", tests=str(len(findings)), failures=str(len(findings)))
    for path, group in groupby(findings, key=lambda finding: finding.source_path):
        report = list(group)
        suite = ElementTree.SubElement(
            root, "testsuite", name=_printable(" · ".join((path, *_mark(report[0])))),
            tests=str(len(report)), failures=str(len(report)),
        )  # fmt: skip
        for one in report:
            name = f"{one.rule_id} {one.line_code} {one.column_code}"
            case = ElementTree.SubElement(suite, "testcase", classname=_printable(path), name=name)
            failure = ElementTree.SubElement(case, "failure", type=one.severity, message=_printable(one.equation_text))
            told = (one.place, one.message_zh, one.message_en, one.repair_told)
            failure.text = _printable("\n".join(text for text in told if text))
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode")


def _mark(finding: Finding) -> tuple[str, ...]:
    return (SAMPLE,) if finding.is_sample else ()


def _printable(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(char for char in text if char.isprintable() or char == "\n")
