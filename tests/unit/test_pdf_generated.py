"""Whole reports laid out as PDFs, in every way a program may draw a table: what is read is what was put there."""

from __future__ import annotations

from random import Random

import pytest

from benchmarks.generate.compose import Outline, Pagination, compose, paginate
from benchmarks.generate.corpus import FORM_PAIRS
from benchmarks.generate.figures import generate_form
from benchmarks.generate.forms import CellKey
from benchmarks.generate.identity import generate_identity
from benchmarks.generate.printing import NumberStyle, print_form
from benchmarks.generate.wording import random_wording
from ingest.forms.cell import is_value
from ingest.forms.labels import forms
from ingest.forms.recognise import recognise
from ingest.model import Document
from ingest.readers.pdf import read_pdf
from tests.support.pdf_layout import BORDERS, UNRULED, PdfStyle, lay_out
from tests.support.pdf_writer import write_pdf


def generated(style: PdfStyle, seed: str) -> tuple[dict[CellKey, str], Document, int]:
    """What is printed in each cell, the PDF as it was read, and the year of the report."""
    rng = Random(seed)
    identity = generate_identity(rng)
    form = generate_form(rng, *rng.choice(FORM_PAIRS), size=identity.level)
    printed = print_form(form, NumberStyle(blank_rate=0.1, not_applicable_rate=0.05), rng)
    parts = compose(form, identity, printed, random_wording(rng), outline=Outline(), rng=rng)
    parts = paginate(parts, Pagination(breaks=2, repeats_header=rng.random() < 0.5, spanning_label="parted"), rng)
    document = read_pdf(write_pdf(lay_out(parts, style, rng)))
    return {key: cell.text for key, cell in printed.items()}, document, identity.fiscal_year


def cells_of(document: Document, year: int) -> dict[CellKey, str]:
    """The text of every cell that recognition places, without the line breaks of narrow cells."""
    return {
        CellKey(row.table_no, row.line_code, column): (cell.text or "").replace("\n", "")
        for row in recognise(document, year).rows
        for column, cell in zip(forms().columns(row.form_version, row.table_no, row.line_code), row.cells, strict=True)
        if not cell.placed_by.startswith("refused")
    }


@pytest.mark.parametrize("borders", BORDERS)
@pytest.mark.parametrize("variant", range(2))
def test_every_cell_of_a_ruled_report_is_read(borders: str, variant: int):
    style = PdfStyle(
        borders,
        size=(8.0, 9.0)[variant],
        figures=("right", "center")[variant],
        upright=("bottom", "middle")[variant],
        breaks_open=variant == 0,
        by_character=variant == 0,
        bold=variant == 0,
        shuffled=variant == 1,
    )
    printed, document, year = generated(style, f"{borders}/{variant}")
    assert cells_of(document, year) == printed


@pytest.mark.parametrize("borders", UNRULED)
@pytest.mark.parametrize("variant", range(2))
def test_no_figure_is_made_up_where_a_table_is_not_ruled(borders: str, variant: int):
    """Gaps tell less than lines: cells may be lost, but none is wrong."""
    printed, document, year = generated(PdfStyle(borders, size=8.0), f"{borders}/{variant}")
    read = cells_of(document, year)
    wrong = {key: text for key, text in read.items() if text != printed.get(key) and (not text or is_value(text))}
    assert read
    assert wrong == {}
