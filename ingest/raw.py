"""raw.duckdb: its tables, how it is opened, and how the rows of readings become Arrow tables for it.

Column meanings follow ``ingest/model.py``. Text stands as printed; nothing here interprets it. The tables are the
interface to dbt, which attaches the file as ``raw``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import chain
from pathlib import Path

import duckdb
import pyarrow as pa

from ingest.count_rows import COUNT_ROWS, parted, spelt_out
from ingest.model import MAX_COLUMNS
from ingest.paths import shown
from ingest.rows import Rows

_COLUMN_NOS = range(1, MAX_COLUMNS + 1)

_TABLES = {
    # One row per revision: a path with a content.
    "documents": """
        document_id bigint primary key, source_path varchar not null,
        sha256 varchar not null, size_bytes bigint not null, media_type varchar not null,
        encoding varchar, layout varchar, reader_version varchar not null, revision_no integer not null,
        state varchar not null, reason_code varchar, reason varchar, title varchar,
        agency_name varchar, agency_evidence varchar, agency_line_no integer,
        issuer_name varchar, issuer_evidence varchar, issuer_line_no integer,
        fiscal_year integer, year_evidence varchar, year_line_no integer,
        scope varchar not null, scope_evidence varchar, scope_line_no integer,
        published_on date, published_evidence varchar, published_line_no integer,
        source_url varchar, identity_conflicts varchar,
        page_count integer, line_count integer not null, table_count integer not null""",
    # Every row that stands in a table of the document, verbatim.
    "table_rows": """
        document_id bigint not null, table_index integer not null, row_index integer not null, page_no integer,
        line_no integer not null, cells varchar[] not null""",
    # Which form each statutory table of a document follows.
    "form_tables": """
        document_id bigint not null, table_no integer not null, form_version varchar not null,
        version_evidence varchar not null, page_no integer,
        first_line_no integer not null, last_line_no integer not null""",
    # Recognised lines of the statutory tables. Nearly all are nothing but counts and kept as integers; of the others
    # text_k NULL = no such cell in the document, '' = printed blank. The view form_rows has all, as text.
    "form_count_rows": COUNT_ROWS,
    "form_text_rows": f"""
        document_id bigint not null, form_version varchar not null, table_no integer not null,
        line_code varchar not null, label_text varchar not null, label_evidence varchar not null,
        page_no integer, line_no integer not null,
        {", ".join(f"text_{k} varchar" for k in _COLUMN_NOS)},
        {", ".join(f"line_no_{k} integer" for k in _COLUMN_NOS)},
        {", ".join(f"placed_by_{k} varchar" for k in _COLUMN_NOS)}""",
    # Figures of the prose that say what they count; codes are those of seeds/narrative, doubts are parted by |.
    "narrative_figures": """
        document_id bigint not null, figure_no integer not null, block_no integer not null,
        page_no integer, line_no integer not null, sentence varchar not null,
        figure_text varchar not null, unit_text varchar not null, measure_code varchar, category_code varchar,
        subject_code varchar not null, doubts varchar not null, part_figure_no integer""",
    "text_lines": "document_id bigint not null, line_no integer not null, page_no integer, text varchar not null",
    # What lies in the reports folder now: replaced as a whole at the end of each load.
    "offered_files": "source_path varchar not null, sha256 varchar not null, document_id bigint not null",
    # One row per batch; batch_no 0 closes a load and counts the files it could skip.
    "load_audit": """
        load_id varchar not null, batch_no integer not null,
        started_at timestamp not null, finished_at timestamp not null,
        reader_version varchar not null, documents_offered bigint not null, documents_skipped bigint not null,
        documents_read bigint not null, documents_set_aside bigint not null, documents_quarantined bigint not null,
        documents_failed bigint not null, form_rows bigint not null, text_lines bigint not null,
        checks_success boolean, checks_evaluated integer, checks_failed integer, checks_result varchar""",
}

_VIEWS = {"form_rows": f"{spelt_out()} union all from form_text_rows"}
_PARTS = {"form_rows": ("form_count_rows", "form_text_rows")}

# What belongs to one document and is written and replaced together.
CONTENT_TABLES = ("documents", "table_rows", "form_tables", "form_rows", "narrative_figures", "text_lines")


class RawError(Exception):
    """raw.duckdb cannot be used; the message names the cure."""


def is_interrupt(error: Exception) -> bool:
    """Whether Ctrl-C ended a query: DuckDB then raises an error of its own in place of KeyboardInterrupt."""
    return isinstance(error, duckdb.InterruptException) or str(error) == "Query interrupted"


def explained(error: duckdb.Error, path: Path) -> RawError:
    """A DuckDB error as a sentence with its cure."""
    text, name = str(error), shown(path)
    if "Could not set lock" in text or "different configuration" in text:
        holder = text.partition("held in ")[2].partition(". See")[0]
        return RawError(
            f"{name} is held by another process{f': {holder}' if holder else ''}. "
            "Wait for the load or dbt build that runs, or close the DuckDB shell that has it open; then run this again."
        )
    if "Permission denied" in text:
        return RawError(
            f"{name} may not be opened ({text.splitlines()[0]}). Give yourself the right, or set GONGKAI_DATA."
        )
    if isinstance(error, duckdb.OutOfMemoryException) or "No space left" in text:
        return RawError(
            f"{name}: no memory or disk space left ({text.splitlines()[0]}). Make room or take a smaller --batch-size, "
            "then run this again: what is written stays and is not read twice."
        )
    return RawError(
        f"{name} cannot be read as a DuckDB database ({text.splitlines()[0]}). "
        f"Move it away (mv {name} {name}.broken) and load again: it is rebuilt from the reports."
    )


@cache
def _empty() -> dict[str, pa.Schema]:
    """Arrow schema of every table and view, told by DuckDB itself from the declarations above."""
    with duckdb.connect() as con:
        _create(con)
        names = (*_TABLES, *_VIEWS)
        return {name: con.execute(f"select * from {name} limit 0").to_arrow_table().schema for name in names}


def _create(con: duckdb.DuckDBPyConnection) -> None:
    for name, columns in _TABLES.items():
        con.execute(f"create table if not exists {name} ({columns})")
    for name, query in _VIEWS.items():
        con.execute(f"create view if not exists {name} as {query}")


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open raw.duckdb, with its tables created where they are not there yet (unless read-only).

    Raises RawError, with the cure, where the file is held by another process, is no database, or has other columns.
    """
    try:
        if not read_only:
            path.parent.mkdir(parents=True, exist_ok=True)
        con = duckdb.connect(path, read_only=read_only)
        if not read_only:
            con.begin()
            _create(con)
            con.commit()
        columns = dict(
            con.execute(
                "select table_name, list(column_name order by column_index) from duckdb_columns() "
                "where database_name = current_database() and schema_name = 'main' and not internal group by all"
            ).fetchall()
        )
    except duckdb.Error as error:
        raise explained(error, path) from error
    except OSError as error:
        raise RawError(
            f"{shown(path)} cannot be created: {error.strerror}. Make the folder writable or set GONGKAI_DATA."
        ) from error
    if any(columns.get(name) != schema.names for name, schema in _empty().items()):
        con.close()
        raise RawError(
            f"{shown(path)} was written by another version of this project and has other columns. "
            f"Move it away (mv {shown(path)} {shown(path)}.old) and load again: it is rebuilt from the reports."
        )
    return con


def arrow(name: str, rows: Iterable[tuple]) -> pa.Table:
    """Rows as an Arrow table with the columns of raw table ``name``."""
    schema = _empty()[name]
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.Table.from_arrays([pa.array(c, f.type) for c, f in zip(columns, schema, strict=True)], schema=schema)


def content(
    documents: Sequence[Rows], revision_nos: Sequence[int], reader_versions: Sequence[str]
) -> dict[str, pa.Table]:
    """All rows of some documents as one Arrow table per raw table; each document with its revision and reader."""
    tables = {}
    for name in CONTENT_TABLES:
        known: dict[str, list] = {}
        if name == "documents":
            known = {"revision_no": list(revision_nos), "reader_version": list(reader_versions)}
        schema = _empty()[name]
        columns = [
            pa.array(
                known[field.name]
                if field.name in known
                else list(chain.from_iterable(document.tables[name][field.name] for document in documents)),
                field.type,
            )
            for field in schema
        ]
        tables[name] = pa.Table.from_arrays(columns, schema=schema)
    return tables


@contextmanager
def registered(con: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> Iterator[None]:
    """The table under this name for the queries of the block."""
    con.register(name, table)
    try:
        yield
    finally:
        con.unregister(name)


def append(con: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Write rows to the table, or to the tables behind the view, of this name."""
    parts = dict(zip(_PARTS[name], parted(rows), strict=True)) if name in _PARTS else {name: rows}
    for part, rows_of_part in parts.items():
        with registered(con, "rows_to_append", rows_of_part):
            con.execute(f"insert into {part} by name from rows_to_append")


def delete(con: duckdb.DuckDBPyConnection, document_ids: Sequence[int]) -> None:
    """Take all content of some documents out again."""
    with registered(con, "documents_to_delete", pa.table({"document_id": pa.array(document_ids, pa.int64())})):
        for name in chain.from_iterable(_PARTS.get(name, (name,)) for name in CONTENT_TABLES):
            con.execute(f"delete from {name} where document_id in (from documents_to_delete)")
