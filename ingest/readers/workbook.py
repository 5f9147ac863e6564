"""Workbooks by their content: many a file named .xls is a newer workbook, and the other way round."""

from __future__ import annotations

from ingest.model import Document
from ingest.readers.ole import MAGIC
from ingest.readers.xls import read_xls
from ingest.readers.xlsx import read_xlsx


def read_workbook(data: bytes) -> Document:
    """Lines and table rows of a workbook of either format. Raises UnreadableFileError."""
    return read_xls(data) if data.startswith(MAGIC) else read_xlsx(data)
