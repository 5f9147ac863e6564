"""The tables of a document as a user would take them with the usual libraries: the peers of our readers.

Each function turns the bytes of a file into rows of texts: a row's own cells, not those that a span covers.
"""

from __future__ import annotations

import io

import docx
import openpyxl
import pdfplumber
from bs4 import BeautifulSoup

Grid = list[tuple[str, ...]]


def squeezed(grid: Grid) -> Grid:
    """The grid without what readers show each in its own way: spaces and line breaks, and rows of nothing."""
    rows = (tuple("".join(text.split()) for text in row) for row in grid)
    return [row for row in rows if any(row)]


def html_by_bs4(data: bytes) -> Grid:
    """BeautifulSoup on lxml, its fastest parser."""
    soup = BeautifulSoup(data, "lxml")
    return [
        tuple(cell.get_text() for cell in row.find_all(["td", "th"], recursive=False))
        for table in soup.find_all("table")
        for row in table.find_all("tr")
    ]


def docx_by_python_docx(data: bytes) -> Grid:
    """python-docx repeats a merged cell in every row and column it covers."""
    grid: Grid = []
    for table in docx.Document(io.BytesIO(data)).tables:
        seen = set()
        for row in table.rows:
            own = []
            for cell in row.cells:
                if cell._tc not in seen:
                    seen.add(cell._tc)
                    own.append(cell.text)
            grid.append(tuple(own))
    return grid


def xlsx_by_openpyxl(data: bytes) -> Grid:
    """openpyxl gives None for what a merged cell covers and for what is empty."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    return [
        tuple("" if value is None else str(value) for value in row)
        for sheet in book.worksheets
        for row in sheet.iter_rows(values_only=True)
    ]


def pdf_by_pdfplumber(data: bytes) -> Grid:
    """pdfplumber gives None for what a merged cell covers."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [
            tuple(text for text in row if text is not None)
            for page in document.pages
            for table in page.extract_tables()
            for row in table
        ]
