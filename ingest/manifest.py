"""``manifest.csv``: what whoever collected the files knows about them and the files do not say.

One row a file, named relative to the folder of the manifest; a report in an archive or in a file with several by its
path (``2020.zip/a.docx``, ``all.txt#2``). Columns, all but the first optional and any cell empty where nothing is to
be said: ``file, agency_name, fiscal_year, scope, issuer_name, published_on, source_url``. What it says outranks the
document, with the line of the manifest as its evidence. A row that cannot be understood is left out and reported.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ingest.model import Clue, Given
from ingest.offered import MANIFEST, file_of

MAX_BYTES = 64 * 2**20
_FIELDS = {
    "agency_name": "agency",
    "issuer_name": "issuer",
    "fiscal_year": "year",
    "scope": "scope",
    "published_on": "published",
    "source_url": "url",
}
_SCOPES = ("consolidated", "own", "unknown")


@dataclass(slots=True)
class Manifest:
    """What the manifests of a folder say, by the path of the file and of the report in it, and what cannot be used."""

    given: dict[str, Given] = field(default_factory=dict)
    by_file: dict[str, dict[str, Given]] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)  # path of the manifest, what is wrong and the cure

    def of(self, source_path: str) -> dict[str, Given]:
        """What is said of a file, and of the reports in it."""
        return self.by_file.get(source_path, {})


def read_manifests(paths: Mapping[str, Path]) -> Manifest:
    """The manifests at some paths, each by its posix path below the reports folder."""
    manifest = Manifest()
    for source_path, path in sorted(paths.items()):
        folder = source_path.removesuffix(MANIFEST)
        try:
            rows = list(_rows(path))
        except (OSError, ValueError, csv.Error) as error:
            manifest.faults.append((source_path, f"it cannot be read ({error}): save it as CSV in UTF-8"))
            continue
        for line_no, row in rows:
            told = _told(row, f"{MANIFEST} line {line_no}")
            named = f"{folder}{row['file']}"
            if isinstance(told, str):
                manifest.faults.append((source_path, f"line {line_no}: {told}; the row is not used"))
            elif named in manifest.given:
                manifest.faults.append(
                    (source_path, f"line {line_no}: {row['file']} stands in an earlier row too; the row is not used")
                )
            else:
                manifest.given[named] = told
                manifest.by_file.setdefault(file_of(named), {})[named] = told
    return manifest


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with their line numbers. Raises ValueError, OSError or csv.Error where the file is no such table."""
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES:,} bytes")
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")  # what Excel saves as CSV on a Chinese system
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [name.strip().lower() for name in next(reader, [])]
    unknown = [name for name in header if name not in ("file", *_FIELDS)]
    if "file" not in header or unknown or len(set(header)) < len(header):
        wrong = f"unknown columns {', '.join(unknown)}" if unknown else "no column file, or one twice"
        raise ValueError(f"{wrong}; its columns are file, {', '.join(_FIELDS)}")
    for cells in reader:
        if any(cell.strip() for cell in cells):
            padded = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
            yield reader.line_num, dict(zip(header, padded, strict=False))


def _told(row: Mapping[str, str], evidence: str) -> Given | str:
    """The clues of a row by field, or what is wrong with it."""
    if not row["file"]:
        return "no file is named"
    clues: dict[str, Clue] = {}
    for column, name in _FIELDS.items():
        text = row.get(column, "")
        if not text:
            continue
        value = _value(name, text)
        if value is None:
            return f"{column} {text!r} is no {_WANTED[name]}"
        clues[name] = Clue(name, value, evidence, None)
    return clues


_WANTED = {
    "year": "year such as 2020",
    "scope": f"scope: write {', '.join(_SCOPES)}",
    "published": "date such as 2021-01-31",
    "url": "address that begins with http",
}


def _value(name: str, text: str) -> str | int | date | None:
    if name == "year":
        return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and text >= "2008" else None
    if name == "published":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return None
    if name == "scope":
        return text if text in _SCOPES else None
    if name == "url":
        return text if text.startswith(("http://", "https://")) else None
    return text
