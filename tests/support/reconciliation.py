"""Filled forms straight into raw.duckdb, and the engine run on them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.generate.forms import CellKey, form_lines
from ingest import raw
from ingest.narrative import narrative_figures
from ingest.readers.text import read_text
from tests.support.warehouse import MODELS_ONLY, Dbt

Values = Mapping[CellKey, int | str]  # what is printed in each cell; '' is a blank, no entry no such cell

_ENGINE = (
    "+findings", "+suggested_corrections", "+finding_groups", "+correction_equations", "+rule_results", "+rule_verdicts"
)  # fmt: skip
PROSE_ENGINE = ("+findings", "+narrative_claims", "+suggested_corrections", "+finding_groups")
_AUDITED = ("+printed_form_cells", "+dim_agency", "rules", "rule_terms")


def write_raw(path: Path, reports: Mapping[str, tuple[str, Values]], prose: Mapping[str, str] | None = None) -> None:
    """raw.duckdb as ``ingest load`` leaves it, with one report for every source path and what its ``prose`` says.

    Each is of an agency of its own, but ``name@2020`` and ``name@2021`` are reports of one for these years. A name that
    ends in 人民政府 is that of the agency; those of a 市 report for all below them.
    """
    documents, tables, rows, offered, told = [], [], [], [], []
    agencies: dict[str, int] = {}
    for number, (source_path, (version, values)) in enumerate(reports.items(), start=1):
        name, _, year = source_path.partition("@")
        agency_no = agencies.setdefault(name, number)
        sha256 = hashlib.sha256(source_path.encode()).hexdigest()
        documents.append(
            {"document_id": number, "source_path": source_path, "sha256": sha256,
             "size_bytes": 1, "media_type": "text", "reader_version": "test", "revision_no": 1, "state": "read",
             "agency_name": name if name.endswith("人民政府") else f"第{agency_no}县水利局",
             "fiscal_year": int(year or 2022), "scope": "consolidated" if name.endswith("市人民政府") else "own",
             "line_count": 1, "table_count": 3}
        )  # fmt: skip
        offered.append({"source_path": source_path, "sha256": sha256, "document_id": number})
        text = read_text((prose or {}).get(source_path, "").encode())
        told += [
            {"document_id": number} | one._asdict() for one in narrative_figures(text, (), int(year or 2022), None)
        ]
        for table_no in (2, 3, 4):
            place = {"document_id": number, "form_version": version, "table_no": table_no}
            tables.append(place | {"version_evidence": "test", "first_line_no": 1, "last_line_no": 1})
            for line_no, line in enumerate(form_lines(version, table_no), start=1):
                texts = {
                    f"text_{k}": str(values[key]) for k, key in enumerate(line.cell_keys(), start=1) if key in values
                }
                label = {"line_code": line.line_code, "label_text": line.label, "label_evidence": "test"}
                at = {"line_no": 100 * table_no + line_no}
                placed = {
                    f"{stem}_{k}": value
                    for stem, value in {"placed_by": "header", **at}.items()
                    for k in range(1, len(line.columns) + 1)
                }
                rows.append(place | label | at | placed | texts)
    with raw.connect(path) as con:
        for name, records in (
            ("documents", documents), ("form_tables", tables), ("form_rows", rows), ("offered_files", offered),
            ("narrative_figures", told),
        ):  # fmt: skip
            raw.append(con, name, pa.Table.from_pylist(records, schema=_schema(con, name)))


def _schema(con: duckdb.DuckDBPyConnection, name: str) -> pa.Schema:
    return con.execute(f"from {name} limit 0").to_arrow_table().schema


def run_engine(dbt: Dbt, data: Path, selected: tuple[str, ...] = (*_ENGINE, *_AUDITED)) -> duckdb.DuckDBPyConnection:
    """dbt's seeds and models up to findings, suggestions and what an audit reads, over ``data``/raw.duckdb.

    Returns the build, opened read-only.
    """
    con = duckdb.connect(str(dbt(data, *MODELS_ONLY, "--select", *selected)), read_only=True)
    con.execute(f"attach '{data / 'raw.duckdb'}' as raw (read_only)")  # lines of counts stand there
    return con
