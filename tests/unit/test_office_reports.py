"""Generated reports as Word and Excel files: every cell is read as it was printed, from every kind of file alike."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from python_calamine import CalamineWorkbook

from benchmarks.generate.compose import Part
from benchmarks.generate.forms import CellKey
from ingest.forms.labels import forms
from ingest.forms.recognise import recognise
from ingest.identity import identify
from ingest.model import Document
from ingest.readers.docx import read_docx
from ingest.readers.workbook import read_workbook
from ingest.readers.xlsx import read_xlsx
from tests.support.office_reports import docx_of, office_report, xls_of, xlsx_of

REPORTS = 40
KINDS: dict[str, Callable[[Sequence[Part]], Document]] = {
    "docx": lambda parts: read_docx(docx_of(parts)),
    "xlsx with borders": lambda parts: read_xlsx(xlsx_of(parts)),
    "xlsx without borders": lambda parts: read_xlsx(xlsx_of(parts, is_ruled=False)),
    "xlsx of three sheets": lambda parts: read_xlsx(xlsx_of(parts, sheet_per_table=True)),
}


def cells_of(document: Document, fiscal_year: int | None) -> dict[CellKey, str]:
    """The texts of all cells found; a refused one shows its reason."""
    return {
        CellKey(row.table_no, row.line_code, column): cell.placed_by if "refused" in cell.placed_by else cell.text
        for row in recognise(document, fiscal_year).rows
        for column, cell in zip(forms().columns(row.form_version, row.table_no, row.line_code), row.cells, strict=True)
        if cell.text is not None
    }


@pytest.mark.parametrize("kind", KINDS)
def test_every_cell_is_read_as_it_was_printed(kind: str):
    for index in range(REPORTS):
        report = office_report("office", index)
        document = KINDS[kind](report.parts)
        who = identify(document)
        assert (who.agency_name, who.fiscal_year) == (
            report.truth.identity.agency_name,
            report.truth.identity.fiscal_year,
        )
        there = {key: cell.text for key, cell in report.truth.cells.items() if cell.text is not None}
        found = cells_of(document, who.fiscal_year)
        if kind == "xlsx without borders":
            # Nothing in such a sheet tells an empty cell from the paper beyond the table: it may be missing, not wrong.
            there = {key: text for key, text in there.items() if text or key in found}
        assert found == there, index


@pytest.mark.parametrize("write", [xlsx_of, xls_of])
@pytest.mark.parametrize("is_ruled", [True, False])
def test_another_reader_sees_the_same_texts(write: Callable[..., bytes], is_ruled: bool):
    for index in range(REPORTS):
        data = write(office_report("oracle", index).parts, is_ruled=is_ruled)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        seen = [
            f"{value:.15g}" if isinstance(value, float) else str(value) for row in sheet.to_python() for value in row
        ]
        rows = read_workbook(data).rows
        assert [text for row in rows for text in row.cells if text] == [text for text in seen if text], index
