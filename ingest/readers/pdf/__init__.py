"""PDF with text: every page's tables and lines, tables joined over page breaks. Scans are told and refused.

A PDF knows no tables, only characters and lines at places; ``page`` takes those from PDFium, ``lattice`` makes
grids of the lines, ``blocks`` puts the text into the cells. This module puts the pages together.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2 as pdfium2
import pypdfium2.raw as pdfium

from ingest import limits
from ingest.model import Document, Line, Row
from ingest.readers import UnreadableFileError
from ingest.readers.pdf.blocks import Block, TableCell, blocks_of
from ingest.readers.pdf.content import PageContent
from ingest.readers.pdf.page import read_page
from ingest.readers.pdf.text import has_ordinal, is_figure

_MARGIN = 0.12  # of the page: what stands above or below on every page is no part of the text
_SAME_PLACE = 6.0  # points
_SCAN_PICTURE = 0.5  # of the page: a picture as large as that is the page
_SCAN_CHARACTERS = 40  # a page with more text than this is no scan
_TABLE_PICTURE = 0.15  # of the page: a picture large enough to show a table
_MAX_UNMAPPED = 0.2  # of the characters: with more the text cannot be read at all
_PAGE_NUMBER = re.compile(
    r"^[\s\-—–－_·•|第页共Page()（）]*\d{1,4}(?:\s*(?:/|of|页)[\s共]*\d{1,4})?[\s\-—–－_·•|页()（）]*$"
)


@dataclass(slots=True)
class _Page:
    page_no: int
    height: float
    blocks: list[Block]
    marginal: set[int] = field(default_factory=set)  # ids of blocks in the margins: headers, footers, page numbers

    @property
    def body(self) -> list[Block]:
        return [block for block in self.blocks if id(block) not in self.marginal]


def read_pdf(data: bytes) -> Document:
    """Lines and rows of a PDF with the page of each; nothing of it is interpreted.

    Raises UnreadableFileError: encrypted, damaged, too_large, scan, no_text, unmapped_fonts.
    """
    pages, contents = [], []
    with _open(data) as document:
        count = len(document)
        if count > limits.MAX_PDF_PAGES:
            raise UnreadableFileError(
                "too_large",
                f"the PDF has {count:,} pages; a report (年度报告) has at most {limits.MAX_PDF_PAGES:,}",
            )
        for index in range(count):
            content = read_page(document.raw, index)
            pages.append(_Page(index + 1, content.height, blocks_of(content)))
            contents.append(content)
    _refuse_unreadable(contents, has_tables=any(block.is_table for page in pages for block in page.blocks))
    _mark_marginal(pages)
    _join_pages(pages)
    return _document(pages)


def _open(data: bytes) -> pdfium2.PdfDocument:
    try:
        return pdfium2.PdfDocument(data)
    except pdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
            raise UnreadableFileError(
                "encrypted", "the PDF asks for a password: save it again without one (另存为不加密的文件)"
            ) from error
        raise UnreadableFileError(
            "damaged", "the PDF is damaged or cut off: fetch it again, or open it and save it anew"
        ) from error


def _refuse_unreadable(contents: list[PageContent], *, has_tables: bool) -> None:
    """Tell a PDF that cannot be read as text: pictures of pages, text without characters."""
    scans = [
        number
        for number, page in enumerate(contents, 1)
        if page.picture_share >= _SCAN_PICTURE and page.character_count <= _SCAN_CHARACTERS
    ]
    pictures = [number for number, page in enumerate(contents, 1) if page.picture_share >= _TABLE_PICTURE]
    if scans and (2 * len(scans) >= len(contents) or not has_tables):
        raise UnreadableFileError(
            "scan",
            f"{_pages(scans)} of {len(contents)} pages are pictures without text (扫描件): "
            "export the PDF from the original document, or recognise its text (OCR) and check it",
        )
    characters = sum(page.character_count for page in contents)
    if not characters:
        raise UnreadableFileError(
            "no_text", "the PDF shows no text: if its letters are drawn as outlines, export it again with fonts"
        )
    if sum(page.unmapped_count for page in contents) > _MAX_UNMAPPED * characters:
        raise UnreadableFileError(
            "unmapped_fonts",
            "the fonts of the PDF do not say which characters they show: export it again with another program",
        )
    if pictures and not has_tables:
        raise UnreadableFileError(
            "scan",
            f"{_pages(pictures)} of the PDF show pictures and no page a table of text: its tables are pictures "
            "(扫描件), export it from the original document",
        )


def _pages(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:5]))
    return f"page{'s' if len(numbers) > 1 else ''} {shown}{' …' if len(numbers) > 5 else ''}"


# -- over the pages ----------------------------------------------------------------------------------------------------


def _mark_marginal(pages: list[_Page]) -> None:
    """Page numbers, and lines that stand at the same place of several pages, are no text of the report."""
    seen: Counter[tuple[str, int]] = Counter()
    candidates: list[tuple[_Page, Block, list[tuple[str, int]]]] = []
    for page in pages:
        first, last = page.height * _MARGIN, page.height * (1 - _MARGIN)
        keys_of_page = set()
        for block in page.blocks:
            if first < block.bottom and block.top < last:
                continue
            text = " ".join(cell.text for row in block.rows for cell in row)
            if len(block.rows) == 1 and _PAGE_NUMBER.match(text):
                page.marginal.add(id(block))
                continue
            if len(block.rows) > 1:
                continue
            wording = re.sub(r"\d+", "0", re.sub(r"\s+", "", text))
            place = block.top / _SAME_PLACE
            keys = [(wording, int(place)), (wording, -1 - int(place + 0.5))]
            candidates.append((page, block, keys))
            keys_of_page.update(keys)
        seen.update(keys_of_page)
    for page, block, keys in candidates:
        if max(seen[key] for key in keys) > max(1, len(pages) // 2):
            page.marginal.add(id(block))


def _join_pages(pages: list[_Page]) -> None:
    """A row that is broken by a page break is put together again, in the table before the break."""
    for page, following in pairwise(pages):
        if not (page.body and following.body):
            continue
        above, below = page.body[-1], following.body[0]
        if above.rows and _continues(above, below) and _is_broken(above.rows[-1], below.rows[0]):
            above.rows[-1] = _put_together(above.rows[-1], below.rows.pop(0))


def _continues(above: Block, below: Block) -> bool:
    """Whether the table at the top of a page goes on from the one at the foot of the page before."""
    return (
        above.is_table and below.is_table
        and abs(above.left - below.left) <= _SAME_PLACE and abs(above.right - below.right) <= _SAME_PLACE
    )  # fmt: skip


def _partners(upper: list[TableCell], lower: list[TableCell]) -> list[tuple[TableCell, TableCell]]:
    """The cells of two rows that stand below each other; none where the rows have other columns.

    The lower row may begin with more cells: what goes on of a cell that spans rows is drawn on the new page again.
    """
    more = len(lower) - len(upper)
    pairs = list(zip(upper, lower[more:], strict=True)) if more >= 0 else []
    same = all(abs(a.left - b.left) <= _SAME_PLACE and abs(a.right - b.right) <= _SAME_PLACE for a, b in pairs)
    return pairs if same else []


def _is_broken(upper: list[TableCell], lower: list[TableCell]) -> bool:
    """Whether two rows at a page break are one: the figures on one side only, and a label that goes on.

    A row whose cells are all printed blank looks alike; so the label must be cut (its line full, and no outline number
    before the rest), or the figures must have no label at all.
    """
    pairs = _partners(upper, lower)
    words = [i for i, pair in enumerate(pairs) if any(cell.text and not is_figure(cell.text) for cell in pair)]
    if not words or words[-1] == len(pairs) - 1:
        return False
    label, rest = pairs[words[-1]]
    figures = pairs[words[-1] + 1 :]
    has_upper, has_lower = any(above.text for above, _ in figures), any(below.text for _, below in figures)
    if not label.text or (has_upper and has_lower):
        return False
    return label.is_full and not has_ordinal(rest.text) if rest.text else has_lower


def _put_together(upper: list[TableCell], lower: list[TableCell]) -> list[TableCell]:
    return [
        TableCell(above.left, above.right, "\n".join(text for text in (above.text, below.text) if text))
        for above, below in _partners(upper, lower)
    ]


def _document(pages: list[_Page]) -> Document:
    lines: list[Line] = []
    rows: list[Row] = []
    table_index = row_index = 0
    before: Block | None = None
    for page in pages:
        for block in page.blocks:
            is_marginal = id(block) in page.marginal
            if block.is_table and not is_marginal and not (before and _continues(before, block)):
                table_index, row_index = table_index + 1, 0
            for cells in block.rows:
                texts = tuple(cell.text for cell in cells)
                shown = "\t".join(text.replace("\n", " ") for text in texts)
                lines.append(Line(len(lines) + 1, page.page_no, shown))
                if is_marginal:
                    continue
                if block.is_table:
                    row_index += 1
                    rows.append(Row("grid", len(lines), page.page_no, texts, table_index, row_index))
                else:
                    rows.append(Row("line", len(lines), page.page_no, texts))
            if not is_marginal:
                before = block
    return Document(tuple(lines), tuple(rows), "pdf", page_count=len(pages))
