"""The frames the landing suite looks at: small ones, derived from a batch of raw rows with whole-column operations.

What one expectation per column would cost 30 ms each is counted here per row (``cells_beyond_form``) or named per row
(``missing``: the fields a document lacks), so that each promise is one expectation on a narrow frame.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from ingest.model import MAX_COLUMNS
from ingest.paths import REPO

FORM_CELLS = REPO / "seeds" / "forms" / "form_cells.csv"
NARRATIVE_MEASURES = REPO / "seeds" / "narrative" / "narrative_measures.csv"
PLACED_BY = re.compile(r"header|count|order|same|proof|refused: .+", re.DOTALL)

_ALWAYS = (
    "document_id",
    "source_path",
    "sha256",
    "size_bytes",
    "media_type",
    "reader_version",
    "state",
    "scope",
)
_WHERE_READ = ("agency_name", "fiscal_year", "layout")
_WHERE_NOT_READ = ("reason_code", "reason")
_EVIDENCE = {  # a value never stands without what told it
    "agency_name": "agency_evidence",
    "issuer_name": "issuer_evidence",
    "fiscal_year": "year_evidence",
    "published_on": "published_evidence",
}
_COLUMN_NOS = range(1, MAX_COLUMNS + 1)


@cache
def form_lines() -> dict[str, int]:
    """Number of columns of every line of both forms, by ``version|table|line``, from the form seed."""
    with FORM_CELLS.open(encoding="utf-8", newline="") as file:
        return dict(Counter(f"{c['form_version']}|{c['table_no']}|{c['line_code']}" for c in csv.DictReader(file)))


@cache
def narrative_measures() -> list[str]:
    """What a figure of the prose may count: ``measure|category`` of the measure seed, or a share."""
    with NARRATIVE_MEASURES.open(encoding="utf-8", newline="") as file:
        return ["share|all", *(f"{row['measure_code']}|{row['category_code']}" for row in csv.DictReader(file))]


def derive(tables: Mapping[str, pa.Table]) -> dict[str, pd.DataFrame]:
    """One frame per raw table. Those of text_lines and table_rows have a row per document, the others one per row."""
    documents = _documents(tables["documents"], tables["form_tables"])
    counts = documents.drop_duplicates("document_id").set_index("document_id")
    return {
        "documents": documents,
        "text_lines": _text_lines(tables["text_lines"], counts),
        "table_rows": _table_rows(tables["table_rows"], counts),
        "form_tables": _form_tables(tables["form_tables"], tables["form_rows"], counts),
        "form_rows": _form_rows(tables["form_rows"], tables["form_tables"], counts),
        "narrative_figures": _narrative_figures(tables["narrative_figures"], counts["line_count"]),
    }


def _documents(table: pa.Table, form_tables: pa.Table) -> pd.DataFrame:
    found = table.to_pandas()
    given = found.notna()
    is_read = found["state"] == "read"
    lacks = {column: ~given[column] for column in _ALWAYS}
    lacks |= {column: ~given[column] & is_read for column in _WHERE_READ}
    lacks |= {column: ~given[column] & ~is_read for column in _WHERE_NOT_READ}
    lacks |= {evidence: ~given[evidence] & given[value] for value, evidence in _EVIDENCE.items()}
    evidence_lines = found.filter(regex="_line_no$")
    outside = (evidence_lines < 1) | evidence_lines.gt(found["line_count"], axis=0)
    kept = (
        "document_id",
        "source_path",
        "sha256",
        "size_bytes",
        "revision_no",
        "state",
        "scope",
        "fiscal_year",
        "line_count",
        "table_count",
        "page_count",
    )
    has_form = found["document_id"].isin(form_tables["document_id"].to_pandas())
    return found[list(kept)].assign(
        missing=_names(lacks, len(found)),
        evidence_outside_document=outside.sum(axis=1),
        read_without_form=(is_read & ~has_form).astype(int),
    )


def _names(flags: Mapping[str, pd.Series], rows: int) -> np.ndarray:
    """The names of the flags set, per row, comma-separated; '' where none is."""
    names = np.full(rows, "", dtype=object)
    for name, flag in flags.items():
        names = np.where(flag, [f"{n}, {name}" if n else name for n in names], names) if flag.any() else names
    return names


def _numbers(table: pa.Table, *columns: str) -> pd.DataFrame:
    return table.select(list(columns)).to_pandas()


def _bad_page(rows: pd.DataFrame, counts: pd.DataFrame) -> pd.Series:
    """Whether a page number lies beyond 1 … page count, where the document tells one."""
    return (rows["page_no"] < 1) | (rows["page_no"] > rows["document_id"].map(counts["page_count"]))


def _text_lines(table: pa.Table, counts: pd.DataFrame) -> pd.DataFrame:
    """Per document: how many lines, the first and last number, how many numbers twice, the longest line."""
    lines = _numbers(table, "document_id", "line_no", "page_no")
    lines["repeated"] = lines.duplicated(["document_id", "line_no"])
    lines["chars"] = pc.utf8_length(table["text"]).to_numpy()
    lines["without_text"] = lines["chars"].isna()
    lines["bad_page"] = _bad_page(lines, counts)
    line_counts = counts["line_count"]
    found = lines.groupby("document_id").agg(
        lines=("line_no", "size"),
        first_line=("line_no", "min"),
        last_line=("line_no", "max"),
        repeated_lines=("repeated", "sum"),
        lines_without_text=("without_text", "sum"),
        longest_line=("chars", "max"),
        bad_pages=("bad_page", "sum"),
    )
    found = found.reindex(found.index.union(line_counts[line_counts > 0].index))
    found[["lines", "repeated_lines", "lines_without_text", "bad_pages"]] = found[
        ["lines", "repeated_lines", "lines_without_text", "bad_pages"]
    ].fillna(0)
    return found.assign(line_count=line_counts.reindex(found.index)).reset_index()


def _table_rows(table: pa.Table, counts: pd.DataFrame) -> pd.DataFrame:
    """Per document: how many tables, rows twice, rows without cells, rows outside the document, the longest cell."""
    rows = _numbers(table, "document_id", "table_index", "row_index", "page_no", "line_no")
    cells = table["cells"].combine_chunks()
    lengths = pd.Series(pc.utf8_length(pc.list_flatten(cells)).to_numpy(zero_copy_only=False))
    rows["longest_cell"] = lengths.groupby(pc.list_parent_indices(cells).to_numpy()).max().reindex(rows.index)
    rows["repeated"] = rows.duplicated(["document_id", "table_index", "row_index"])
    rows["without_cells"] = pc.equal(pc.fill_null(pc.list_value_length(cells), 0), 0).to_numpy(zero_copy_only=False)
    rows["outside"] = _outside(rows["line_no"], rows["document_id"].map(counts["line_count"]))
    rows["bad_page"] = _bad_page(rows, counts)
    found = rows.groupby("document_id").agg(
        tables=("table_index", "nunique"),
        repeated_rows=("repeated", "sum"),
        rows_without_cells=("without_cells", "sum"),
        rows_outside_document=("outside", "sum"),
        bad_pages=("bad_page", "sum"),
        longest_cell=("longest_cell", "max"),
    )
    found = found.reindex(found.index.union(counts.index[counts["table_count"] > 0]))
    of_rows = found.columns.drop("longest_cell")
    found[of_rows] = found[of_rows].fillna(0)
    return found.join(counts[["line_count", "table_count"]]).reset_index(names="document_id")


def _outside(line_nos: pd.Series, line_counts: pd.Series) -> pd.Series:
    """Whether a line number lies beyond 1 … line count; a row of no document is another check's matter."""
    return (line_nos < 1) | (line_nos > line_counts)


def _form_tables(table: pa.Table, rows: pa.Table, counts: pd.DataFrame) -> pd.DataFrame:
    found = table.to_pandas()
    line_count = found["document_id"].map(counts["line_count"])
    outside = _outside(found["first_line_no"], line_count) | _outside(found["last_line_no"], line_count)
    key = ["document_id", "table_no"]
    has_rows = pd.MultiIndex.from_frame(found[key]).isin(pd.MultiIndex.from_frame(_numbers(rows, *key)))
    return found.assign(
        line_count=line_count,
        outside_document=outside.astype(int),
        without_rows=(~has_rows).astype(int),
        bad_page=_bad_page(found, counts).astype(int),
    )


def _narrative_figures(table: pa.Table, line_counts: pd.Series) -> pd.DataFrame:
    found = table.to_pandas()
    found["line_count"] = found["document_id"].map(line_counts)
    found["measure"] = found["measure_code"] + "|" + found["category_code"]
    # The part of a share is a figure before it in the same paragraph.
    return found.assign(
        outside_document=_outside(found["line_no"], found["line_count"]).astype(int),
        share_without_part=((found["measure_code"] == "share") & found["part_figure_no"].isna()).astype(int),
    )


def _form_rows(rows: pa.Table, tables: pa.Table, counts: pd.DataFrame) -> pd.DataFrame:
    """Per form row: its key in the seed and how many of its cells break which promise."""
    found = _numbers(
        rows,
        "document_id",
        "form_version",
        "table_no",
        "line_code",
        "label_text",
        "label_evidence",
        "page_no",
        "line_no",
    )
    found["line_key"] = found["form_version"] + "|" + found["table_no"].astype(str) + "|" + found["line_code"]
    found["line_count"] = found["document_id"].map(counts["line_count"])
    found["bad_page"] = _bad_page(found, counts).astype(int)
    found["outside_document"] = _outside(found["line_no"], found["line_count"]).astype(int)
    told = _numbers(tables, "document_id", "table_no", "form_version").drop_duplicates(["document_id", "table_no"])
    merged = found.merge(told, "left", on=["document_id", "table_no"], suffixes=("", "_told"))
    found["table_form_version"] = merged["form_version_told"].to_numpy()

    texts = [rows[f"text_{k}"] for k in _COLUMN_NOS]
    has_text = _matrix([pc.is_valid(column) for column in texts])
    placed_by = [rows[f"placed_by_{k}"] for k in _COLUMN_NOS]
    has_placement = _matrix([pc.is_valid(column) for column in placed_by])
    cell_lines = _matrix([pc.cast(rows[f"line_no_{k}"], pa.float64()) for k in _COLUMN_NOS])
    has_line = ~np.isnan(cell_lines)
    on_form = (
        np.arange(1, MAX_COLUMNS + 1) <= found["line_key"].map(form_lines()).fillna(MAX_COLUMNS).to_numpy()[:, None]
    )
    unknown = {
        how
        for column in placed_by
        for how in pc.unique(column).to_pylist()
        if how is not None and not PLACED_BY.fullmatch(how)
    }
    unknown_values = pa.array(sorted(unknown), pa.string())
    return found.assign(
        cells_beyond_form=((has_text | has_placement | has_line) & ~on_form).sum(axis=1),
        cells_unanswered=(~has_placement & on_form).sum(axis=1),
        cells_without_place=(has_text & ~(has_line & has_placement)).sum(axis=1),
        cells_outside_document=((cell_lines < 1) | (cell_lines > found["line_count"].to_numpy()[:, None])).sum(axis=1),
        cells_of_unknown_placement=_matrix([pc.is_in(column, unknown_values) for column in placed_by]).sum(axis=1),
        longest_text=_matrix([pc.fill_null(pc.utf8_length(column), 0) for column in texts]).max(axis=1, initial=0),
    )


def _matrix(columns: list[pa.ChunkedArray]) -> np.ndarray:
    """Columns beside each other: rows × columns."""
    return np.column_stack([column.to_numpy() for column in columns])
