"""The one room through which tables and letters leave the project as files.

What it promises of every file: a text is never a formula, a figure is exact (231, not 231.0), an empty cell is empty,
equal content gives equal bytes (so rows come sorted), and a file is there whole or not at all.
"""

from __future__ import annotations

import csv
import io
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, TYPE_CHECKING
from uuid import uuid4
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from ingest.paths import shown

if TYPE_CHECKING:
    from docx.document import Document

Value = str | int | Decimal | None

# What a spreadsheet takes for the beginning of a formula, in the full-width forms too (Chinese Excel takes them).
_TRIGGERS = frozenset("=+-@＝＋－＠\t\r\n")
_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_EXACT_DIGITS = 15  # a spreadsheet keeps no more of a number: longer ones, such as keys, stay exact as text
_MAX_CHARS = 32767  # of a cell in a workbook
_MAX_ROWS = 1_048_576  # of a sheet
_CUT = "……（其余从略）"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the least time a ZIP entry can have: the clock is not in the file
_CORE = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>gongkai</dc:creator>\
</cp:coreProperties>"""


class ExportError(Exception):
    """A file cannot be written where or as it was asked for; the message names the cure."""


@dataclass(frozen=True, slots=True)
class Column:
    """A head, and the width of the column in a workbook, in characters."""

    head: str
    width: int = 12


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: rows of as many values as there are columns, in the order they are to be written. A workbook needs all
    rows at once; a CSV file also takes them one by one."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def output_folder(folder: Path, *, data: Path, reports: Path) -> Path:
    """The folder, made. Raises ExportError where files would mix with those of a build, or be read as reports."""
    resolved = folder.resolve()
    if resolved == data.resolve() or resolved.is_relative_to((data / "published").resolve()):
        raise ExportError(f"{shown(folder)} holds the files of the build: name a folder of its own")
    if resolved.is_relative_to(reports.resolve()):
        raise ExportError(
            f"{shown(folder)} lies in the reports folder, where it would be read as reports: name another"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ExportError(f"{shown(folder)} cannot be made ({error.strerror}): name another folder") from error
    return folder


def file_name(text: str) -> str:
    """A text as the name of a file on any system, at most 60 characters; never hidden, never a path."""
    kept = "".join(c if c.isalnum() or c in "-_()（）·" else "_" for c in unicodedata.normalize("NFC", text))
    return kept[:60] or "_"


def write_csv(path: Path, sheet: Sheet) -> None:
    """A CSV file in UTF-8 with BOM, as spreadsheets expect it. A text that would be a formula is led by an apostrophe,
    and so is one that begins with an apostrophe, which makes the way back unique."""
    with _replaced(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        writer = csv.writer(text)
        writer.writerow([harmless(column.head) for column in sheet.columns])
        writer.writerows([_csv_value(value) for value in row] for row in sheet.rows)
        text.detach()


def write_parquet(path: Path, batches: pa.RecordBatchReader, about: Mapping[str, str]) -> None:
    """A Parquet file with the types of the query; ``about`` becomes key-value metadata of the file. DuckDB hands sums
    of counts on as DECIMAL(38,0), which few readers take for whole numbers: they become BIGINT."""
    fields = [field.with_type(pa.int64()) if field.type == pa.decimal128(38, 0) else field for field in batches.schema]
    schema = pa.schema(fields, metadata=dict(about))
    with _replaced(path) as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))


def write_text(path: Path, text: str) -> None:
    """A text file, such as a page, in UTF-8."""
    with _replaced(path) as file:
        file.write(text.encode())


def harmless(text: str) -> str:
    """A text as no spreadsheet takes it for a formula. A plain number, such as −156 as printed, is none."""
    first = next((c for c in text if c in _TRIGGERS or not (c.isspace() or unicodedata.category(c) == "Cf")), "")
    if text.startswith("'") or (first in _TRIGGERS and first and not _PLAIN_NUMBER.fullmatch(text)):
        return f"'{text}"
    return text


def exact(value: int | Decimal) -> str:
    """A figure in full, without trailing zeros: 231, 6834.335."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _csv_value(value: Value) -> str:
    if value is None:
        return ""
    return harmless(value) if isinstance(value, str) else exact(_figure(value))


def _figure(value: int | Decimal) -> int | Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise TypeError(f"{value!r} is neither text nor an exact figure")
    return value


def write_xlsx(path: Path, title: str, sheets: Sequence[Sheet]) -> None:
    """A workbook with a sheet for each table: heads that stay and filter, texts that stay texts when they are edited.
    Raises ExportError where a sheet has more rows than a workbook holds."""
    whole = [(sheet, list(sheet.rows)) for sheet in sheets]
    for value in (value for _, rows in whole for row in rows for value in row):
        if not isinstance(value, str | None):
            _figure(value)  # before the library has begun to write
    book = Workbook(write_only=True)
    for sheet, rows in whole:
        if len(rows) >= _MAX_ROWS:
            raise ExportError(f"{len(rows):,} rows are more than a sheet holds: choose fewer, or take CSV")
        page = book.create_sheet(sheet.title)
        page.freeze_panes = "A2"
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
        for number, column in enumerate(sheet.columns, start=1):
            page.column_dimensions[get_column_letter(number)].width = column.width
        heads = [_cell(page, column.head) for column in sheet.columns]
        for head in heads:
            head.font = Font(bold=True)
        page.append(heads)
        for row in rows:
            page.append([_cell(page, value) for value in row])
    unfixed = io.BytesIO()
    book.save(unfixed)
    _write_package(path, unfixed, title)


def _cell(page: object, value: Value) -> WriteOnlyCell | None:
    if value is None:
        return None
    if isinstance(value, str):
        text = _printable(value)
        is_formula_like = harmless(text) != text
        text = text if len(text) <= _MAX_CHARS else text[: _MAX_CHARS - len(_CUT)] + _CUT
    elif len(exact(abs(value)).replace(".", "")) > _EXACT_DIGITS:
        text, is_formula_like = exact(value), False
    else:
        return WriteOnlyCell(page, value)
    cell = WriteOnlyCell(page, text)
    cell.data_type = "s"  # the library takes a leading = for a formula and #N/A for an error
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.quotePrefix = is_formula_like  # else it would become a formula when someone edits the cell
    return cell


def write_docx(path: Path, title: str, document: Document) -> None:
    """A document made with python-docx."""
    unfixed = io.BytesIO()
    document.save(unfixed)
    _write_package(path, unfixed, title)


def printable(text: object) -> str:
    """A value as text for a letter, without the control characters no XML can hold."""
    return _printable("" if text is None else str(text))


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c in "\n\t\u3000\u00a0" else "·" for c in text)


def _write_package(path: Path, unfixed: io.BytesIO, title: str) -> None:
    """An Office package with nothing of the clock in it: entries of one time, properties of our own."""
    with _replaced(path) as file, zipfile.ZipFile(unfixed) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.infolist():
            is_core = entry.filename == "docProps/core.xml"
            content = _CORE.format(title=escape(_printable(title))).encode() if is_core else old.read(entry)
            fixed = zipfile.ZipInfo(entry.filename, _EPOCH)
            fixed.external_attr = 0o644 << 16
            new.writestr(fixed, content, zipfile.ZIP_DEFLATED)


@contextmanager
def _replaced(path: Path) -> Iterator[IO[bytes]]:
    """A new file beside the path that takes its name once it is whole."""
    part = path.with_name(f".{uuid4().hex}.part")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        cure = "close it where it is open, or name another folder"
        raise ExportError(f"{shown(path)} cannot be written ({error.strerror}): {cure}") from error
    finally:
        part.unlink(missing_ok=True)


def left_over(folder: Path, endings: Iterable[str], written: Iterable[Path]) -> list[Path]:
    """Files with such endings that an earlier run left in the folder: they do not speak of this build."""
    mine = set(written)
    return sorted(p for p in folder.iterdir() if p not in mine and p.name.endswith(tuple(endings)))
