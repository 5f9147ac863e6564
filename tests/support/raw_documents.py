"""Texts straight into raw.duckdb, with all that is read of whose reports they are and no figures."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ingest import raw
from ingest.identity import identify
from ingest.model import ReadDocument
from ingest.readers.text import read_text
from ingest.rows import rows_of


def write_documents(path: Path, texts: Mapping[str, str]) -> None:
    """raw.duckdb as ``ingest load`` leaves it for some texts by their source path, each taken for a report."""
    read, offered = [], []
    for source_path, text in texts.items():
        document = read_text(text.encode())
        sha256 = hashlib.sha256(f"{source_path}\n{text}".encode()).hexdigest()
        identity = identify(document, source_path)
        file = ReadDocument(source_path, sha256, 1, "text", "read", identity=identity, lines=document.lines)
        read.append(rows_of(file))
        offered.append((source_path, sha256, file.document_id))
    tables = raw.content(read, [1] * len(read), ["test"] * len(read))
    tables["offered_files"] = raw.arrow("offered_files", offered)
    with raw.connect(path) as con:
        for name, rows in tables.items():
            raw.append(con, name, rows)
