"""A reading as rows of raw.duckdb, still plain Python: made where the document is read, so that they travel cheaply.

Thousands of small records cost more to send to another process than reading them did; columns of texts and numbers
cost next to nothing. Column names are those of ``raw._TABLES``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.model import MAX_COLUMNS, FormRow, ReadDocument

_COLUMN_NOS = range(1, MAX_COLUMNS + 1)
_ABSENT = tuple((None,) * count for count in range(MAX_COLUMNS + 1))

# Of documents: all but revision_no and reader_version, which whoever writes the row knows.
_DOCUMENTS = (
    "document_id", "source_path", "sha256", "size_bytes", "media_type", "encoding", "layout",
    "state", "reason_code", "reason", "title",
    "agency_name", "agency_evidence", "agency_line_no",
    "issuer_name", "issuer_evidence", "issuer_line_no",
    "fiscal_year", "year_evidence", "year_line_no",
    "scope", "scope_evidence", "scope_line_no",
    "published_on", "published_evidence", "published_line_no",
    "source_url", "identity_conflicts", "page_count", "line_count", "table_count",
)  # fmt: skip
_TABLE_ROWS = ("document_id", "table_index", "row_index", "page_no", "line_no", "cells")
_FORM_TABLES = (
    "document_id", "table_no", "form_version", "version_evidence", "page_no", "first_line_no", "last_line_no",
)  # fmt: skip
_FORM_ROWS = (
    "document_id", "form_version", "table_no", "line_code", "label_text", "label_evidence", "page_no", "line_no",
    *(f"{column}_{k}" for column in ("text", "line_no", "placed_by") for k in _COLUMN_NOS),
)  # fmt: skip
_NARRATIVE_FIGURES = (  # as NarrativeFigure has them
    "document_id", "figure_no", "block_no", "page_no", "line_no", "sentence", "figure_text", "unit_text",
    "measure_code", "category_code", "subject_code", "doubts", "part_figure_no",
)  # fmt: skip
_TEXT_LINES = ("document_id", "line_no", "page_no", "text")

Columns = dict[str, list]


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one document: ``tables`` holds the columns of each table of content."""

    document_id: int
    source_path: str
    sha256: str
    state: str
    reason: str | None
    tables: dict[str, Columns]


def rows_of(document: ReadDocument) -> Rows:
    """The rows of a reading. Raises ValueError where a form row is wider than any form."""
    key = document.document_id
    tables = {
        "documents": _columns(_DOCUMENTS, [_document_row(document, key)]),
        "table_rows": _columns(
            _TABLE_ROWS,
            ((key, r.table_index, r.row_index, r.page_no, r.line_no, list(r.cells)) for r in document.table_rows),
        ),
        "form_tables": _columns(
            _FORM_TABLES,
            (
                (key, t.table_no, t.form_version, t.version_evidence, t.page_no, t.first_line_no, t.last_line_no)
                for t in document.form_tables
            ),
        ),
        "form_rows": _columns(_FORM_ROWS, (_form_row(key, row) for row in document.form_rows)),
        "narrative_figures": _columns(_NARRATIVE_FIGURES, ((key, *figure) for figure in document.narrative_figures)),
        "text_lines": _columns(_TEXT_LINES, ((key, t.line_no, t.page_no, t.text) for t in document.lines)),
    }
    return Rows(key, document.source_path, document.sha256, document.state, document.reason, tables)


def _columns(names: tuple[str, ...], rows: Iterable[tuple]) -> Columns:
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in names]
    return dict(zip(names, columns, strict=True))


def _document_row(document: ReadDocument, key: int) -> tuple:
    who = document.identity
    return (
        key, document.source_path, document.sha256, document.size_bytes, document.media_type,
        document.encoding, document.layout,
        document.state, document.reason_code, document.reason, who.title,
        who.agency_name, who.agency_evidence, who.agency_line_no,
        who.issuer_name, who.issuer_evidence, who.issuer_line_no,
        who.fiscal_year, who.year_evidence, who.year_line_no,
        who.scope, who.scope_evidence, who.scope_line_no,
        who.published_on, who.published_evidence, who.published_line_no,
        who.source_url, who.conflicts,
        document.page_count, len(document.lines), len({row.table_index for row in document.table_rows}),
    )  # fmt: skip


def _form_row(key: int, row: FormRow) -> tuple:
    if len(row.cells) > MAX_COLUMNS:
        raise ValueError(
            f"line {row.line_code} of table {row.table_no} has {len(row.cells)} cells, more than {MAX_COLUMNS}"
        )
    absent = _ABSENT[MAX_COLUMNS - len(row.cells)]
    return (
        key, row.form_version, row.table_no, row.line_code,
        row.label_text, row.label_evidence, row.page_no, row.line_no,
        *[cell.text for cell in row.cells], *absent,
        *[cell.line_no for cell in row.cells], *absent,
        *[cell.placed_by for cell in row.cells], *absent,
    )  # fmt: skip
