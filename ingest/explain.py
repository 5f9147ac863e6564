"""``python -m ingest explain FILE``: what was made of a document, and why, from the document alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from ingest.forms.labels import FORM_SEEDS, forms
from ingest.model import FormRow, ReadDocument
from ingest.show import plain, table

_TABLES = {2: "表二 proactive disclosure", 3: "表三 applications", 4: "表四 disputes"}

_LABEL_CHARS = 200  # a longer text is no label

Line = tuple[str, int, str]  # form version, table, line code


@cache
def _form_lines() -> dict[Line, str]:
    """The printed label of every line of both forms, in the order of the form."""
    with (FORM_SEEDS / "form_cells.csv").open(encoding="utf-8", newline="") as file:
        return {
            (cell["form_version"], int(cell["table_no"]), cell["line_code"]): cell["line_label"]
            for cell in csv.DictReader(file)
        }


def source_path_of(path: Path, reports: Path) -> str:
    """The key of a file: its path below the reports folder, or its name where it lies elsewhere."""
    try:
        return path.resolve().relative_to(reports.resolve()).as_posix()
    except ValueError:
        return path.name


def explained(document: ReadDocument) -> Iterator[RenderableType]:
    """The identity with all its clues, the lines with the labels matched in them, every value with its placement, why
    cells were refused, and the gaps."""
    yield _state(document)
    yield _identity(document)
    yield _clues(document)
    if document.lines:
        yield _lines(document)
    yield _tables(document)
    for form_table in document.form_tables:
        rows = [row for row in document.form_rows if row.table_no == form_table.table_no]
        yield _values(f"{_TABLES[form_table.table_no]} · form {form_table.form_version}", rows)
    yield _refused(document)
    yield _gaps(document)


def _state(document: ReadDocument) -> Text:
    reason = f" · {document.reason_code}: {document.reason}" if document.reason else ""
    return Text(plain(f"{document.source_path} · {document.state}{reason}"), style="bold")


def _identity(document: ReadDocument) -> RenderableType:
    who = document.identity
    return table(
        "Identity",
        ("what", "value", "evidence", "line"),
        (
            ("title 标题", who.title, None, None),
            ("agency 单位", who.agency_name, who.agency_evidence, who.agency_line_no),
            ("issuer 落款", who.issuer_name, who.issuer_evidence, who.issuer_line_no),
            ("fiscal year 年度", who.fiscal_year, who.year_evidence, who.year_line_no),
            ("scope 范围", who.scope, who.scope_evidence, who.scope_line_no),
            ("published on 公布日期", who.published_on, who.published_evidence, who.published_line_no),
            ("source 来源", who.source_url, None, None),
            ("against it", who.conflicts, None, None),
            ("file", f"{document.media_type}, {document.encoding}, {document.layout}", None, None),
            ("bytes", f"{document.size_bytes:,}", None, None),
            ("sha256", document.sha256, None, None),
        ),
    )  # fmt: skip


def _clues(document: ReadDocument) -> RenderableType:
    """Every piece of evidence on the identity; the first of its field was taken."""
    taken: set[str] = set()
    rows = []
    for clue in document.identity.clues:
        mark = "" if clue.field in taken else "✓"
        taken.add(clue.field)
        rows.append((mark, clue.field, clue.value, clue.evidence, clue.line_no))
    return table("Evidence on the identity, the best first; ✓ was taken", ("", "of", "says", "by", "line"), rows)


def _lines(document: ReadDocument) -> RenderableType:
    """The lines of tables, and others in which a label was matched: their cells, the labels (with the table each
    belongs to), and the lines of the form they were recognised as. A form row may take several of them."""
    recognised: dict[int, dict[str, None]] = {}
    for row in document.form_rows:
        for line_no in {row.line_no, *(cell.line_no for cell in row.cells if cell.text is not None)}:
            recognised.setdefault(line_no, {})[f"{row.table_no}:{row.line_code}"] = None
    rows_at = {row.line_no: row for row in document.table_rows}
    shown = []
    for line in document.lines:
        row = rows_at.get(line.line_no)
        cells = row.cells if row else (line.text,)
        matched = [", ".join(_labels(cell)) for cell in cells]
        if row or any(matched) or line.line_no in recognised:
            grid = f"{row.table_index}.{row.row_index}" if row and row.table_index else ""
            labels = " | ".join(matched) if any(matched) else ""
            found = ", ".join(recognised.get(line.line_no, ())) or "—"
            shown.append((line.line_no, line.page_no, grid, " | ".join(cells), labels, found))
    return table(
        "Lines as printed, the labels matched in their cells, and the line of the form each was recognised as",
        ("line", "page", "row", "cells", "labels", "recognised"),
        shown,
    )


def _labels(text: str) -> list[str]:
    """What a cell's text may stand for, as ``3:new`` (a line), ``3:business column`` or ``2:item_1 group``."""
    if not text.strip() or len(text) > _LABEL_CHARS:
        return []
    _, labels = forms().match(text)
    roles = {"line": ""}
    return list(
        dict.fromkeys(f"{label.table_no}:{label.code} {roles.get(label.role, label.role)}".strip() for label in labels)
    )


def _tables(document: ReadDocument) -> RenderableType:
    return table(
        "Statutory tables",
        ("table", "form", "told by", "lines", "rows found"),
        (
            (
                _TABLES[found.table_no],
                found.form_version,
                found.version_evidence,
                f"{found.first_line_no}–{found.last_line_no}",
                f"{sum(row.table_no == found.table_no for row in document.form_rows)} of "
                f"{sum(key[:2] == (found.form_version, found.table_no) for key in _form_lines())}",
            )
            for found in document.form_tables
        ),
    )


def _values(title: str, rows: list[FormRow]) -> RenderableType:
    """A blank cell shows as ␣ and a cell the document does not have as ×, which an empty field would not tell apart."""
    return table(
        title,
        ("line", "label as printed", "at", "label by", "values in the columns of the form", "placed by"),
        (
            (
                f"{row.line_code} {_form_lines().get((row.form_version, row.table_no, row.line_code), '')}",
                row.label_text,
                row.line_no,
                row.label_evidence,
                " | ".join("×" if cell.text is None else cell.text or "␣" for cell in row.cells),
                "; ".join(dict.fromkeys(cell.placed_by for cell in row.cells)),
            )
            for row in rows
        ),
    )


def _refused(document: ReadDocument) -> RenderableType:
    """The lines of the form whose figures could not be placed, what is printed there, and why."""
    rows = []
    for row in document.form_rows:
        refused = [cell for cell in row.cells if cell.placed_by.startswith("refused")]
        for why in dict.fromkeys(cell.placed_by for cell in refused):
            printed = dict.fromkeys(cell.text or "" for cell in refused if cell.placed_by == why)
            rows.append((f"{row.table_no}:{row.line_code}", row.line_no, row.label_text, " | ".join(printed), why))
    if not rows:
        return Text("Refused: nothing", style="bold")
    heads = ("of", "line", "label", "printed", "why")
    return table("Refused: printed, but nothing tells which figure is whose", heads, rows)


def _gaps(document: ReadDocument) -> RenderableType:
    """Lines of the forms found that the document does not have, and tables that are not there at all."""
    versions = {found.table_no: found.form_version for found in document.form_tables}
    given = {(row.form_version, row.table_no, row.line_code) for row in document.form_rows}
    absent = [
        (_TABLES[key[1]], key[2], label)
        for key, label in _form_lines().items()
        if versions.get(key[1]) == key[0] and key not in given
    ]
    absent += [(name, "(the whole table)", "") for table_no, name in _TABLES.items() if table_no not in versions]
    if not absent:
        return Text("Missing: nothing", style="bold")
    return table("Missing: lines of the form that were not found", ("table", "line", "label on the form"), absent)
