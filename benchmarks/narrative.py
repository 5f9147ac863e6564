"""``python -m benchmarks.narrative``: prose against tables on generated reports, through the whole warehouse.

``--count`` reports whose prose says what their tables say, in any wording and among sentences that count something
else: any NT finding of theirs is a false alarm and ends with exit code 1. As many with one figure told wrong: how many
of these are found, by rule. Some cannot be: the cell it contradicts may be lost, or the sentence may speak of a part.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb
from rich.console import Console
from rich.table import Table

from benchmarks.dbt import build_models
from benchmarks.generate import Report, generate_reports
from ingest.load import load

_FOUND = """
    select documents.source_path, findings.rule_id, findings.equation_text
    from quality.documents as documents
    left join quality.findings as findings
        on documents.report_id = findings.report_id and findings.rule_id like 'NT-%'
    where documents.status = 'accepted'
"""


def findings_of(reports: dict[str, Report], folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Rule and equation of every NT finding of each report taken in; a second one of the same year is not."""
    for path, report in reports.items():
        file = folder / "reports" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(report.data)
    data = folder / "data"
    load(folder / "reports", data / "raw.duckdb")
    build = build_models(data, "+findings", "+documents", "+narrative_claims")
    found: dict[str, list[tuple[str, str]]] = {}
    with duckdb.connect(str(build), read_only=True) as con:
        for path, rule, equation in con.execute(_FOUND).fetchall():
            found.setdefault(path, []).extend([(rule, equation)] if rule else [])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 1 where a consistent report has a finding."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.narrative", description="Prose against tables.")
    parser.add_argument("--count", type=int, default=500, help="reports of each kind")
    parser.add_argument("--seed", default="prose", help="the same reports for the same seed")
    options = parser.parse_args(arguments)
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        sound = dict(generate_reports(options.count, options.seed))
        alarms = {path: one for path, one in findings_of(sound, Path(folder) / "sound").items() if one}
        wrong = dict(generate_reports(options.count, f"{options.seed} wrong", contradiction_rate=1))
        found = findings_of(wrong, Path(folder) / "wrong")
    for path, findings in sorted(alarms.items()):
        console.print(f"false alarm: {path}: {findings}", style="red")
    table = Table("rule", "told wrong", "found")
    told, seen = Counter(), Counter()
    for path, findings in found.items():
        if contradiction := wrong[path].truth.contradiction:
            told[contradiction.rule_id] += 1
            seen[contradiction.rule_id] += bool(findings)
    for rule in sorted(told):
        table.add_row(rule, str(told[rule]), f"{seen[rule]} ({seen[rule] / told[rule]:.0%})")
    console.print(table)
    console.print(f"{len(alarms)} of {options.count} consistent reports have an NT finding")
    console.print(f"{sum(seen.values())} of {sum(told.values())} contradictions were found")
    return 1 if alarms else 0


if __name__ == "__main__":
    sys.exit(main())
