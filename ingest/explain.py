"""``python -m ingest explain FILE``: what was made of a document, and why, from the document alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from rich.console import RenderableType
from rich.text import Text

from ingest.forms.labels import FORM_SEEDS
from ingest.model import FormRow, ReadDocument
from ingest.show import plain, table

_TABLES = {2: "表二 proactive disclosure", 3: "表三 applications", 4: "表四 disputes"}

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
    """The identity with its evidence, the tables, every row as recognised, every value with its placement, the gaps."""
    yield _state(document)
    yield _identity(document)
    if document.table_rows:
        yield _rows(document)
    yield _tables(document)
    for form_table in document.form_tables:
        rows = [row for row in document.form_rows if row.table_no == form_table.table_no]
        yield _values(f"{_TABLES[form_table.table_no]} · form {form_table.form_version}", rows)
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
            ("file", f"{document.media_type}, {document.encoding}, {document.layout}", None, None),
            ("bytes", f"{document.size_bytes:,}", None, None),
            ("sha256", document.sha256, None, None),
        ),
    )  # fmt: skip


def _rows(document: ReadDocument) -> RenderableType:
    """The rows of the document's tables with the line each was recognised as; a form row may take several of them."""
    lines: dict[int, dict[str, None]] = {}
    for row in document.form_rows:
        for line_no in {row.line_no, *(cell.line_no for cell in row.cells if cell.text is not None)}:
            lines.setdefault(line_no, {})[f"{row.table_no}:{row.line_code}"] = None
    return table(
        "Rows as printed and the line each was recognised as",
        ("row", "line", "page", "recognised", "cells"),
        (
            (
                f"{row.table_index}.{row.row_index}",
                row.line_no,
                row.page_no,
                ", ".join(lines.get(row.line_no, ())) or "—",
                " | ".join(row.cells),
            )
            for row in document.table_rows
        ),
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
