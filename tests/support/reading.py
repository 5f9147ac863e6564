"""Compares what was read from a generated report with what the generator put there."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.generate import CellKey, Report
from benchmarks.generate.truth import TrueCell
from ingest.forms.labels import forms
from ingest.model import FormCell
from ingest.read import read_document


@dataclass(slots=True)
class Verdict:
    """Cells of one report. ``wrong`` are misplaced or invented ones, ``unread`` ones a person could read."""

    right: int = 0
    refused: int = 0
    wrong: dict[CellKey, tuple[TrueCell | None, FormCell]] = field(default_factory=dict)
    unread: dict[CellKey, tuple[TrueCell, FormCell | None]] = field(default_factory=dict)


def compare(report: Report, folder: Path) -> Verdict:
    """Write the report into ``folder``, read it, and hold every cell of the reading against the truth."""
    path = folder / "report.txt"
    path.write_text(report.text, encoding="utf-8", newline="")
    read = read_document(path, f"{report.truth.identity.fiscal_year}/report.txt")
    found = {
        CellKey(row.table_no, row.line_code, column): cell
        for row in read.form_rows
        for column, cell in zip(forms().columns(row.form_version, row.table_no, row.line_code), row.cells, strict=True)
        if cell.text is not None
    }
    verdict = Verdict()
    for key in {*report.truth.cells, *found}:
        _judge(key, report.truth.cells.get(key), found.get(key), verdict)
    return verdict


def _judge(key: CellKey, true: TrueCell | None, cell: FormCell | None, verdict: Verdict) -> None:
    placed = cell is not None and not cell.placed_by.startswith("refused")
    if true is None or true.text is None:
        if cell is not None:  # even a refusal claims that the document has the cell
            verdict.wrong[key] = (true, cell)
        else:
            verdict.right += 1
    elif placed and cell.text != true.text:
        verdict.wrong[key] = (true, cell)
    elif placed:
        verdict.right += 1
    elif true.is_readable:
        verdict.unread[key] = (true, cell)
    else:
        verdict.refused += 1
