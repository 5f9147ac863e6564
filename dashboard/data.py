"""``/data/<page>/<query>.<csv|xlsx|parquet|json>``: the result of a named query, from the build the page shows.

``with`` holds the parameters as JSON, ``build`` the build's name. Files are written to a temporary folder row by row,
so that the memory of the server does not grow with what is asked for, and are sent and deleted. JSON is for the
dashboard's own lists that are searched while one types.
"""

from __future__ import annotations

import json
import logging
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import pyarrow as pa
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from dashboard import i18n, warehouse
from dashboard.components.downloads import Selection
from dashboard.warehouse import Build
from ingest import export
from ingest.export import Column, ExportError, Sheet, Value

MAX_ROWS = 1_000_000
MAX_ROWS_OF_A_WORKBOOK = 100_000  # made in memory, about 30 seconds of work
MAX_ROWS_OF_A_LIST = 30
_BATCH = 10_000
_COME_AGAIN = {"Retry-After": "30"}
_LOG = logging.getLogger("gongkai.dashboard")
# A file costs a processor: two at a time leave the pages quick; who has to wait longer than this is told to come again.
_at_work = threading.BoundedSemaphore(2)
_PATIENCE_SECONDS = 60


def data(request: Request) -> Response:
    """The answer to a download: a file, or one sentence saying why there is none."""
    ending = request.path_params["ending"]
    if ending not in (*_TYPES, "json"):
        return PlainTextResponse("There is no such format.", status_code=404)
    try:
        selection = _selection(request)
        build = warehouse.named(request.query_params.get("build", ""))
    except ValueError:
        return PlainTextResponse("The address of this download is not complete.", status_code=400)
    except warehouse.NoBuildError:
        return gone()
    if ending == "json":
        return _answered(lambda: _list(build, selection))
    return made(lambda: _file(build, selection, ending))


def gone() -> Response:
    """The answer where the build a page shows is no longer kept."""
    return PlainTextResponse("This build is no longer kept: reload the page, then download.", status_code=410)


def made(answer: Callable[[], Response]) -> Response:
    """The answer once there is room for the work, or a sentence saying why there is none."""
    if not _at_work.acquire(timeout=_PATIENCE_SECONDS):
        return PlainTextResponse("Too many downloads at once: try again.", status_code=503, headers=_COME_AGAIN)
    try:
        return _answered(answer)
    finally:
        _at_work.release()


def sent(name: str, media_type: str, write: Callable[[Path], None]) -> FileResponse:
    """A file that ``write`` writes, under this name, gone once it is sent."""
    with tempfile.NamedTemporaryFile(prefix="gongkai-", suffix=Path(name).suffix, delete=False) as temporary:
        path = Path(temporary.name)
    try:
        write(path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return FileResponse(
        path,
        media_type=media_type,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}", "Cache-Control": "no-store"},
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def _selection(request: Request) -> Selection:
    """What is asked for. Raises ValueError where it is none."""
    parameters = json.loads(request.query_params.get("with", "{}"))
    if not isinstance(parameters, dict):
        raise ValueError(parameters)
    query = f"{request.path_params['page']}/{request.path_params['query']}"
    return Selection(query, parameters, is_sample=request.query_params.get("sample") == "1")


def _answered(answer: Callable[[], Response]) -> Response:
    """The answer, or what is wrong with the question; what happened inside is for the log."""
    try:
        return answer()
    except FileNotFoundError:
        return PlainTextResponse("There is no such list.", status_code=404)
    except ExportError as error:
        return PlainTextResponse(str(error), status_code=413)
    except duckdb.Error:
        _LOG.exception("a download failed")
        return PlainTextResponse("This list cannot be made with these filters.", status_code=400)


def _list(build: Build, selection: Selection) -> JSONResponse:
    asked = {**selection.parameters, "row_limit": MAX_ROWS_OF_A_LIST}
    with build.reading(selection.query, **asked) as cursor:
        heads = [column[0] for column in cursor.description or ()]
        return JSONResponse([dict(zip(heads, map(_plain, row), strict=True)) for row in cursor.fetchall()])


def _file(build: Build, selection: Selection, ending: str) -> FileResponse:
    name = f"{selection.file_stem(build.name)}.{ending}"
    return sent(name, _TYPES[ending], lambda path: _write(path, build, selection, ending))


_ABOUT_COLUMNS = (Column("item", 28), Column("content", 100))
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}


def _write(path: Path, build: Build, selection: Selection, ending: str) -> None:
    most = MAX_ROWS_OF_A_WORKBOOK if ending == "xlsx" else MAX_ROWS
    asked = dict(selection.parameters)
    if "row_limit" in asked:
        asked["row_limit"] = most + 1
    if "row_offset" in asked:
        asked["row_offset"] = 0
    about = _about(build, selection)
    with build.reading(selection.query, **asked) as cursor:
        if ending == "parquet":
            with cursor.to_arrow_reader(_BATCH) as batches:
                export.write_parquet(path, _bounded_batches(batches, most), about)
            return
        heads = [column[0] for column in cursor.description or ()]
        rows = _rows(cursor, most)
        if ending == "csv":
            # Two columns at the end, the same in every row: the file stays a plain table for every program, and rows
            # of several files put together still tell where they come from.
            last = ("gongkai_build", "gongkai_filters")
            told = (about[last[0]], about[last[1]])
            columns = [Column(head) for head in (*heads, *last)]
            export.write_csv(path, Sheet("data", columns, ((*row, *told) for row in rows)))
            return
        columns = [Column(head, max(12, min(40, len(head) + 4))) for head in heads]
        sheets = (
            Sheet(_in_both("downloads.sheet_data"), columns, list(rows)),
            Sheet(_in_both("downloads.sheet_about"), _ABOUT_COLUMNS, list(about.items())),
        )
        export.write_xlsx(path, selection.file_stem(build.name), sheets)


def _about(build: Build, selection: Selection) -> dict[str, str]:
    """What a file says of itself."""
    told = build.row("shared/build") or {}
    mark = f"{_in_both('sample.mark')}; " if selection.is_sample else ""
    return {
        "gongkai_build": str(told.get("build_id") or build.name),
        "gongkai_filters": mark + selection.filters_as_text,
        "gongkai_query": selection.query,
        "gongkai_built_at": str(told.get("built_at") or ""),
        "gongkai_code": str(told.get("git_commit") or ""),
    }


def _in_both(key: str) -> str:
    """A word of the interface in Chinese and English: a file is handed on to readers of either."""
    return " ".join(i18n.texts(language)(key) for language in i18n.LANGUAGES)


def _rows(cursor: duckdb.DuckDBPyConnection, most: int) -> Iterator[tuple[Value, ...]]:
    """The rows of a result in the values files are made of. Raises ExportError where there are too many."""
    seen = 0
    while batch := cursor.fetchmany(_BATCH):
        seen += len(batch)
        _refuse_more_than(most, seen)
        for row in batch:
            yield tuple(map(_plain_text, row))


def _bounded_batches(batches: pa.RecordBatchReader, most: int) -> pa.RecordBatchReader:
    """The same reader, refusing a result that is too long. Raises ExportError."""

    def counted() -> Iterator[pa.RecordBatch]:
        seen = 0
        for batch in batches:
            seen += batch.num_rows
            _refuse_more_than(most, seen)
            yield batch

    return pa.RecordBatchReader.from_batches(batches.schema, counted())


def _refuse_more_than(most: int, seen: int) -> None:
    if seen > most:
        raise ExportError(f"More than {most:,} rows: narrow the filters, or take CSV or Parquet instead of XLSX.")


def _plain_text(value: Any) -> Value:
    """A value of DuckDB as text or exact figure: a rate as its shortest decimals, a date as 2021-01-31."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return Decimal(repr(value)).normalize() if isfinite(value) else None
    if value is None or isinstance(value, (str, int, Decimal)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence):
        return "; ".join("" if one is None else str(one) for one in value)
    return str(value)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, (str, bool, float, int)) else str(value)
