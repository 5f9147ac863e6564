"""Another reader as witness: python-calamine sees the same texts in generated workbooks, new and old."""

from __future__ import annotations

import io

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from benchmarks.generate import generate_report
from ingest.readers.workbook import read_workbook

REPORTS = 20


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_another_reader_sees_the_same_texts(ending: str):
    for index in range(REPORTS):
        data = generate_report("oracle", index, formats=[ending]).data
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
        values = [value for name in sheets for row in book.get_sheet_by_name(name).to_python() for value in row]
        seen = [f"{value:.15g}" if isinstance(value, float) else str(value) for value in values]
        read = [text for row in read_workbook(data).rows for text in row.cells]
        assert "\n".join(filter(None, read)) == "\n".join(filter(None, seen)), index
