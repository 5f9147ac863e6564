"""Reports made by lot, of both forms and in every format, are read cell for cell: text, status, agency and year.

``python -m benchmarks.roundtrip`` does the same with as many reports as one likes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks.generate import CellKey, Style, TextLayout, generate_report
from benchmarks.generate.formats.html import HtmlLayout
from benchmarks.generate.formats.pdf import PdfLayout
from benchmarks.generate.formats.text import READABLE_FAMILIES
from benchmarks.generate.formats.word import WordLayout
from benchmarks.generate.formats.workbook import WorkbookLayout
from benchmarks.generate.printing import NumberStyle
from benchmarks.roundtrip import Verdict, check

CELLS = {("2019", "2019"): 198, ("2021", "2021"): 200, ("2021", "2019"): 186}
WORKBOOKS = (WorkbookLayout(), WorkbookLayout(".xls"))
PLAIN = (*map(TextLayout, READABLE_FAMILIES), HtmlLayout(), WordLayout(), *WORKBOOKS, PdfLayout())
BATCHES, BATCH = 20, 25


@pytest.mark.parametrize("layout", PLAIN, ids=lambda layout: getattr(layout, "family", type(layout).__name__))
@pytest.mark.parametrize("versions", list(CELLS))
def test_a_plain_report_is_read_cell_for_cell(versions: tuple[str, str], layout: object):
    for index in range(2):
        verdict = check(generate_report("plain", index, Style(versions, layout=layout)))
        assert verdict == Verdict({"right": CELLS[versions]})


@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_reports_are_read_right_or_refused_where_they_do_not_tell(batch: int):
    for index in range(batch * BATCH, (batch + 1) * BATCH):
        report = generate_report("random", index)
        assert check(report).faults == [], f"report {index} of seed 'random', {report.style}"


def test_misprints_are_read_as_they_are_printed():
    for index in range(50):
        report = generate_report("misprint", index, fault_rate=1.0)
        assert check(report).faults == [], f"report {index} of seed 'misprint', {report.style}"


@pytest.mark.parametrize(("borders", "least"), [("level", 0.8), ("columns", 0.6), ("none", 0.7)])
def test_no_figure_is_made_up_where_columns_are_not_ruled(borders: str, least: float):
    cells: Counter[str] = Counter()
    for index, blank_rate in enumerate((0, 0, 0.1, 0.3)):
        style = Style(("2021", "2021"), NumberStyle(blank_rate=blank_rate), layout=PdfLayout(borders, size=8.0))
        verdict = check(generate_report("unruled", index, style))
        assert verdict.faults == []
        cells += Counter() if blank_rate else verdict.cells
    assert cells["right"] > least * cells.total()  # gaps tell less than lines


def test_the_check_tells_wrong_unread_and_refused_cells_apart():
    report = generate_report("check", 0, Style(("2021", "2021")))
    key = CellKey(3, "new", "natural_person")
    cell = report.truth.cells[key]

    def checked(told: bytes | None = None, **changes: object) -> Verdict:
        cells = {**report.truth.cells, key: replace(cell, **changes)}
        return check(replace(report, data=told or report.data, truth=replace(report.truth, cells=cells)))

    assert checked().cells == {"right": 200}
    assert checked(text="4711").cells == {"wrong": 1, "right": 199}
    assert checked(text=None).cells == {"wrong": 1, "right": 199}  # a cell that the document does not have
    lines = report.data.splitlines(keepends=True)
    lost = b"".join(line for line in lines if not line.startswith("一、本年新收".encode()))
    assert checked(lost).cells == {"unread": 7, "right": 193}
    assert checked(lost, is_readable=False).cells == {"unread": 6, "refused": 1, "right": 193}
    whose = replace(report.truth, identity=replace(report.truth.identity, fiscal_year=2000))
    assert check(replace(report, truth=whose)).cells == {"right": 200, "misattributed": 1}
