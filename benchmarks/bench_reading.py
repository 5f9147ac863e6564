"""Reading, each format against the library a user would take: the same tables from the same files, how fast."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

from benchmarks import peers
from benchmarks.bench import Measured, Work, in_turns
from benchmarks.generate import Style, generate_report
from benchmarks.generate.folder import write_reports
from benchmarks.generate.formats import Layout
from benchmarks.generate.formats.html import HtmlLayout
from benchmarks.generate.formats.pdf import PdfLayout
from benchmarks.generate.formats.text import TextLayout
from benchmarks.generate.formats.word import WordLayout
from benchmarks.generate.formats.workbook import WorkbookLayout
from benchmarks.peers import Grid, squeezed
from ingest import worker
from ingest.model import Document
from ingest.offered import scan
from ingest.pool import Pool
from ingest.readers.docx import read_docx
from ingest.readers.html import read_html
from ingest.readers.pdf import read_pdf
from ingest.readers.text import read_text
from ingest.readers.xlsx import read_xlsx
from ingest.survey import survey

MIXED = 360  # documents that one and two processes read


def _sample(layout: Layout, count: int) -> list[bytes]:
    """Reports as the form prescribes them, of both forms in turn."""
    versions = (("2019", "2019"), ("2021", "2021"))
    return [generate_report("bench", i, Style(versions[i % 2], layout=layout)).data for i in range(count)]


def _reading(reader: Callable[[bytes], object], data: bytes, times: int = 1) -> Work:
    """Reading one file; ``times`` over, as the caches that a slow reader warms in one go take a fast one several."""

    def read() -> int:
        for _ in range(times):
            reader(data)
        return times

    return read


def _against(
    name: str,
    layout: Layout,
    ours: Callable[[bytes], Document],
    peer: tuple[str, Callable[[bytes], Grid]],
    *,
    must: float,
    stretch: float,
    count: int = 20,
    by_texts: bool = False,
) -> Measured:
    """One format. The tables must be the same ones; ``by_texts`` compares what is printed in the rows of a whole sheet,
    of which nothing tells where a table begins and which cells are its blanks."""
    files = _sample(layout, count)

    def shown(grid: Grid) -> Grid:
        return [tuple(filter(None, row)) for row in squeezed(grid)] if by_texts else squeezed(grid)

    for number, data in enumerate(files):
        rows = [row.cells for row in ours(data).rows if by_texts or row.kind != "line"]
        theirs, own = shown(peer[1](data)), shown(rows)
        if theirs != own:
            apart = [pair for pair in zip(own, theirs, strict=False) if pair[0] != pair[1]][:1]
            raise AssertionError(f"{name} {number}: {len(own)} rows, the peer sees {len(theirs)}: {apart}")

    pairs = [(_reading(ours, data, times=10), _reading(peer[1], data)) for data in files]
    rate, peer_rate, ratio = in_turns(pairs)
    return Measured(f"read {name}", "docs", rate, peer_rate, peer[0], ratio, must, stretch, "same tables")


def html() -> Measured:
    """Web pages."""
    peer = ("bs4", peers.html_by_bs4)
    return _against("HTML", HtmlLayout(), read_html, peer, must=10, stretch=18)


def docx() -> Measured:
    """Word files."""
    peer = ("python-docx", peers.docx_by_python_docx)
    return _against("DOCX", WordLayout(), read_docx, peer, must=8, stretch=12)


def xlsx() -> Measured:
    """Workbooks."""
    peer = ("openpyxl", peers.xlsx_by_openpyxl)
    return _against("XLSX", WorkbookLayout(), read_xlsx, peer, must=8, stretch=13, by_texts=True)


def pdf() -> Measured:
    """PDF with ruled tables."""
    peer = ("pdfplumber", peers.pdf_by_pdfplumber)
    return _against("PDF", PdfLayout(embeds=True), read_pdf, peer, must=15, stretch=25, count=8)


def text() -> Measured:
    """Text, which has no peer."""
    readings = [_reading(read_text, data) for data in _sample(TextLayout("tsv"), 50)]
    rate, *_ = in_turns([(reading, reading) for reading in readings])
    return Measured("read text", "docs", rate)


@cache
def mixed_folder() -> tempfile.TemporaryDirectory:
    """A folder of documents in all formats; removed when the run ends."""
    folder = tempfile.TemporaryDirectory(prefix="gongkai-bench-")
    write_reports(Path(folder.name) / "reports", MIXED, "bench")
    return folder


def two_processes() -> Measured:
    """The reading stage of a load, hashes to rows, in two processes and in one."""
    with Pool(2) as two, Pool(1) as one:
        files = survey(scan(Path(mixed_folder().name) / "reports"), two)

        def read_in(pool: Pool) -> Callable[[], int]:
            return lambda: sum(len(answer.value) for answer in pool.map(worker.read_rows, [(f, {}) for f in files]))

        rate, peer, ratio = in_turns([(read_in(two), read_in(one))], rounds=5, clock=time.perf_counter)
    return Measured("two processes", "docs", rate, peer, "one", ratio, 1.8, None, "mixed documents, wall clock")


ROWS = (html, docx, xlsx, pdf, text, two_processes)
