"""What a reader yields and what recognition makes of it: plain, immutable records.

``Document`` is what every reader produces: the text lines of a file and its rows of cells, each with its place.
``ReadDocument`` is the finished reading of one file, ready to be written to raw.duckdb as it stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, TypeAlias

MAX_COLUMNS = 7  # the widest line of any form: six kinds of applicant and their 总计


def stable_id(*parts: str) -> int:
    """53 bits of SHA-256: the same key in every build, and exact in JavaScript and spreadsheets too."""
    digest = hashlib.sha256("\0".join(parts).encode()).digest()
    return int.from_bytes(digest[:7], "big") >> 3


class Line(NamedTuple):
    """One line of the document's text; ``line_no`` counts from 1, ``page_no`` is None where no page is told."""

    line_no: int
    page_no: int | None
    text: str


class Row(NamedTuple):
    """Cells that stand beside each other in the document.

    ``kind`` names the layout: ``tsv``, ``pipe`` (markdown), ``cell`` (one cell a line, closed by a pipe), ``grid`` (a
    row of a real table, as in HTML) and ``line`` (bare text, which may be a cell on its own line or prose). A grid row
    holds its own cells only: one that is covered by the rowspan or colspan of another is no cell of the row.
    """

    kind: str
    line_no: int
    page_no: int | None
    cells: tuple[str, ...]
    table_index: int = 0
    row_index: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file, before anything is recognised in it."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]
    encoding: str
    page_count: int | None = None

    @property
    def table_rows(self) -> list[Row]:
        """Rows that stand in a table; bare lines are text."""
        return [row for row in self.rows if row.kind != "line"]


class FormCell(NamedTuple):
    """A recognised cell, still text: '' is a printed blank, None a cell the document does not have."""

    text: str | None
    line_no: int
    placed_by: str


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of a statutory table as found; ``cells`` in the column order of its form."""

    form_version: str
    table_no: int
    line_code: str
    label_text: str
    label_evidence: str
    page_no: int | None
    line_no: int
    cells: tuple[FormCell, ...]


@dataclass(frozen=True, slots=True)
class FormTable:
    """Which form (2019 or 2021) a table of the document follows, and what told it."""

    table_no: int
    form_version: str
    version_evidence: str
    page_no: int | None
    first_line_no: int
    last_line_no: int


class NarrativeFigure(NamedTuple):
    """A figure of the prose, still text, with what it counts; codes are those of ``seeds/narrative``.

    ``measure_code`` is ``share`` for a percentage printed beside the figure ``part_figure_no``, and None for a figure
    that counts nothing known but may be the whole of such a share. ``doubts`` says what speaks against taking the
    sentence at its word, parted by ``|``. ``block_no`` numbers the paragraphs of the document.
    """

    figure_no: int
    block_no: int
    page_no: int | None
    line_no: int
    sentence: str
    figure_text: str
    unit_text: str
    measure_code: str | None
    category_code: str | None
    subject_code: str
    doubts: str
    part_figure_no: int | None


@dataclass(frozen=True, slots=True)
class Clue:
    """One piece of evidence: what it says of which field, in what words, and on which line (None outside the text)."""

    field: str  # agency, issuer, year, scope, published, dated, signed or url
    value: str | int | date
    evidence: str
    line_no: int | None


Given: TypeAlias = Mapping[str, Clue]  # what a manifest says of a report, by field


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a report is about, for which year and scope, each with its evidence and line.

    ``clues`` holds all evidence found, the deciding clue of each field first; ``conflicts`` says in words what speaks
    against the agency and year taken.
    """

    title: str | None = None
    agency_name: str | None = None
    agency_evidence: str | None = None
    agency_line_no: int | None = None
    issuer_name: str | None = None
    issuer_evidence: str | None = None
    issuer_line_no: int | None = None
    fiscal_year: int | None = None
    year_evidence: str | None = None
    year_line_no: int | None = None
    scope: str = "unknown"
    scope_evidence: str | None = None
    scope_line_no: int | None = None
    published_on: date | None = None
    published_evidence: str | None = None
    published_line_no: int | None = None
    source_url: str | None = None
    conflicts: str | None = None
    clues: tuple[Clue, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """The reading of one file. ``state`` is read, set_aside or quarantined; the latter two with a reason."""

    source_path: str
    sha256: str
    size_bytes: int
    media_type: str
    state: str
    reason_code: str | None = None
    reason: str | None = None
    encoding: str | None = None
    layout: str | None = None
    page_count: int | None = None
    identity: Identity = field(default_factory=Identity)
    lines: tuple[Line, ...] = ()
    table_rows: tuple[Row, ...] = ()
    form_tables: tuple[FormTable, ...] = ()
    form_rows: tuple[FormRow, ...] = ()
    narrative_figures: tuple[NarrativeFigure, ...] = ()

    @property
    def document_id(self) -> int:
        """Key of this revision: the path and the content."""
        return stable_id(self.source_path, self.sha256)
