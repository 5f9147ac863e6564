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

from ingest.published import published_build
from ingest.show import plain

_OPEN = """
    select
        findings.finding_id, findings.severity, findings.rule_id, agencies.agency_name, findings.fiscal_year,
        findings.table_no, findings.line_code, findings.column_code, findings.equation_text,
        findings.left_value, findings.right_value, findings.difference,
        findings.message_zh, findings.message_en, findings.source_path, findings.page_no, findings.line_no
    from quality.findings as findings
    left join marts.dim_agency as agencies using (agency_id)
    where findings.status = 'open'
    order by findings.source_path, findings.severity, findings.line_no nulls last, findings.finding_id
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

    @property
    def place(self) -> str:
        """``file:line``, as editors and build servers understand it."""
        return self.source_path if self.line_no is None else f"{self.source_path}:{self.line_no}"


def open_findings(pointer: Path) -> list[Finding]:
    """The open findings of the published build, by file. Raises BuildError."""
    with published_build(pointer) as con:
        return [Finding(*row) for row in con.execute(_OPEN).fetchall()]


def for_people(findings: Sequence[Finding]) -> Iterator[RenderableType]:
    """One block a report: the equations with their figures, file and line, and what to make of them."""
    for _, group in groupby(findings, key=lambda finding: finding.source_path):
        report = list(group)
        yield Text(plain(f"{report[0].source_path} · {report[0].agency_name} · {report[0].fiscal_year}"), style="bold")
        for one in report:
            yield Text(plain(f"  {one.place}  {one.severity}  {one.rule_id}  {one.equation_text}"))
            yield Text(plain(f"    {one.message_zh}"), style="dim")
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
            root, "testsuite", name=_printable(path), tests=str(len(report)), failures=str(len(report))
        )
        for one in report:
            name = f"{one.rule_id} {one.line_code} {one.column_code}"
            case = ElementTree.SubElement(suite, "testcase", classname=_printable(path), name=name)
            failure = ElementTree.SubElement(case, "failure", type=one.severity, message=_printable(one.equation_text))
            failure.text = _printable(f"{one.place}\n{one.message_zh}\n{one.message_en}")
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode")


def _printable(text: str) -> str:
    """Text without the control characters that XML cannot hold."""
    return "".join(char for char in text if char.isprintable() or char == "\n")
