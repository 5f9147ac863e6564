"""The generator keeps its word: forms add up, the truth is complete, and a seed always gives the same report."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from benchmarks.generate import FAMILIES, FORMATS, CellKey, Report, Style, TextLayout, generate_form, generate_report
from benchmarks.generate.compose import Pagination, paginate
from benchmarks.generate.corpus import FORM_PAIRS
from benchmarks.generate.figures import SIZES, Form
from benchmarks.generate.folder import write_reports
from benchmarks.generate.formats.flatten import COVERED, FlatRow, add_value, flatten
from benchmarks.generate.formats.text import PAGE_MARKS, READABLE_FAMILIES, render_text
from benchmarks.generate.forms import applicants, form_lines, outcome_codes
from benchmarks.generate.grid import OUTCOMES, applications_grid, disputes_grid, proactive_grid
from benchmarks.generate.printing import NumberStyle, Printed, print_form
from benchmarks.generate.wording import Wording
from ingest.offered import offers, scan
from ingest.read import read_document

CELLS = {("2019", "2019"): 198, ("2021", "2021"): 200, ("2021", "2019"): 186}
PAIRS = tuple(CELLS)
LINES_3 = ("new", "carried_in", "closed", "carried_out")


def form_of(versions: tuple[str, str], seed: int = 1, size: str = "county") -> Form:
    return generate_form(Random(seed), *versions, size=size)


def as_printed(form: Form, **texts: str) -> dict[CellKey, Printed]:
    """Every cell printed plainly, cells of 表三 named ``line__column`` as given."""
    printed = dict(print_form(form, NumberStyle(), Random(1)))
    for name, text in texts.items():
        printed[CellKey(3, *name.split("__"))] = Printed(text, None, "blank" if not text else "reported")
    return printed


def rows_of(form: Form, printed: dict[CellKey, Printed], covered: str, **options: bool) -> dict[str, FlatRow]:
    grid = applications_grid(form, printed, Wording(), total_beside=True, group_rows=False)
    rows = flatten(grid, covered, Random(1), **options)
    return {row.values[0].key.line_code: row for row in rows if row.values}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("versions", PAIRS)
def test_every_equation_of_the_form_holds(versions, size):
    for seed in range(20):
        form = form_of(versions, seed, size)
        value = form.values
        assert len(value) == CELLS[versions]
        for line in (*LINES_3, *outcome_codes(versions[1])):
            assert sum(value[3, line, kind] for kind in applicants()) == value[3, line, "total"]
        for column in (*applicants(), "total"):
            new, carried_in, closed, carried_out = (value[3, line, column] for line in LINES_3)
            assert new + carried_in == closed + carried_out
            assert sum(value[3, line, column] for line in outcome_codes(versions[1])) == closed
        for line in form_lines(versions[1], 4):
            *parts, total = (value[key] for key in line.cell_keys())
            assert sum(parts) == total


@pytest.mark.parametrize("versions", PAIRS)
def test_only_a_change_of_items_may_be_negative_and_only_amounts_have_fractions(versions):
    for seed in range(50):
        for key, value in form_of(versions, seed, "city").values.items():
            assert value >= 0 or key.column_code == "items_change"
            assert value == value.to_integral_value() or key.column_code in ("procurement_amount", "fee_amount")


def test_rules_are_made_by_cities_only_and_amounts_are_plausible():
    for seed in range(100):
        value = form_of(("2019", "2019"), seed).values
        assert not any(v for key, v in value.items() if key.line_code == "government_rules")
        projects = value[2, "procurement", "procurement_projects"]
        amount = value[2, "procurement", "procurement_amount"]
        assert 1_000 * projects <= amount <= 100_000_000 * projects
    assert any(form_of(("2019", "2019"), seed, "city").values[2, "government_rules", "made"] for seed in range(20))


def test_a_seed_gives_the_same_report_whatever_came_before():
    alone = [generate_report("s", 7, formats=[name]) for name in FORMATS]
    for index in range(7):
        assert generate_report("s", index).data != alone[0].data
    assert [generate_report("s", 7, formats=[name]) for name in FORMATS] == alone
    assert generate_report("t", 7, formats=["text"]).data != alone[0].data


def test_a_report_says_the_same_in_every_format():
    style = Style(("2021", "2019"), pagination=Pagination(breaks=4, lost_page=True))
    layouts = [generate_report("s", 7, formats=[name]).style.layout for name in FORMATS]
    reports = [generate_report("s", 7, replace(style, layout=layout)) for layout in layouts]
    texts = [{key: cell.text for key, cell in report.truth.cells.items()} for report in reports]
    assert texts == [texts[0]] * len(FORMATS)
    assert [report.ending for report in reports[1:]] == [".html", ".docx", ".xlsx", ".xls", ".pdf"]


@pytest.mark.parametrize("family", READABLE_FAMILIES)
@pytest.mark.parametrize("versions", PAIRS)
def test_the_truth_of_a_plain_report_has_every_cell_of_its_form(versions, family):
    report = generate_report("plain", 0, Style(versions, layout=TextLayout(family)))
    cells = report.truth.cells
    keys = {key for table, v in zip((2, 3, 4), (*versions, versions[1]), strict=True)
            for line in form_lines(v, table) for key in line.cell_keys()}  # fmt: skip
    assert set(cells) == keys
    assert len(cells) == CELLS[versions]
    assert {(cell.status, cell.is_readable) for cell in cells.values()} == {("reported", True)}
    assert all(Decimal(cell.text) == cell.value for cell in cells.values())
    assert report.truth.identity.agency_name in report.data.decode()


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [generate_report("many", index, formats=["text"]) for index in range(250)]


def test_whatever_a_random_truth_holds_stands_in_its_text(reports: list[Report]):
    for report in reports:
        text = report.data.decode(report.style.layout.encoding)
        for cell in report.truth.cells.values():
            assert (cell.text is None) == (cell.status == "missing")
            assert (cell.value is None) == (cell.status != "reported")
            assert (cell.text == "") == (cell.status == "blank")
            assert cell.text is None or cell.text in text


def test_random_reports_meet_every_option(reports: list[Report]):
    styles = [report.style for report in reports]
    assert {style.versions for style in styles} == set(FORM_PAIRS)
    assert {style.layout.family for style in styles} == set(FAMILIES)
    assert {style.layout.covered for style in styles} == set(COVERED) - {"own"}
    assert {style.layout.page_mark for style in styles} == set(PAGE_MARKS)
    statuses = Counter(cell.status for report in reports for cell in report.truth.cells.values())
    assert set(statuses) == {"reported", "blank", "not_applicable", "missing"}
    assert statuses["reported"] > 0.8 * statuses.total(), "most cells hold a figure"
    readable = [cell.is_readable for report in reports for cell in report.truth.cells.values()]
    assert sum(readable) > 0.85 * len(readable), "most cells can be read"


def test_a_lost_page_takes_its_cells_and_no_others():
    style = Style(("2021", "2021"), pagination=Pagination(breaks=4, lost_page=True))
    lost = 0
    for index in range(20):
        whole = generate_report("lost", index, Style(("2021", "2021"), pagination=Pagination(breaks=4)))
        report = generate_report("lost", index, style)
        missing = {key for key, cell in report.truth.cells.items() if cell.status == "missing"}
        assert {cell.status for cell in whole.truth.cells.values()} == {"reported"}
        kept = [line for line in report.data.decode().splitlines() if line]
        assert Counter(kept) <= Counter(whole.data.decode().splitlines())
        lost += len(missing)
    assert lost > 200


def test_a_label_over_two_pages_is_printed_once_again_or_in_parts():
    form = form_of(("2019", "2019"))
    grid = applications_grid(form, as_printed(form), Wording(), total_beside=True, group_rows=False)
    for label, expected in (
        ("once", (OUTCOMES, "")),
        ("again", (OUTCOMES, OUTCOMES)),
        ("parted", ("三、本年", "度办理结果")),
    ):
        upper, lower = grid.split(10, label)
        assert (upper.rows[5].cells[0].text, lower.rows[0].cells[0].text) == expected
        assert upper.cell_keys() | lower.cell_keys() == grid.cell_keys()
        for part in (upper, lower):
            assert {len(row.cells) for row in flatten(part, "kept", Random(1))} == {10}


@pytest.mark.parametrize("versions", PAIRS)
def test_every_grid_is_a_full_rectangle(versions):
    form = form_of(versions)
    printed = as_printed(form)
    grids = [proactive_grid(form, printed, Wording()), disputes_grid(form, printed, Wording())]
    grids += [
        applications_grid(form, printed, Wording(), total_beside=beside, group_rows=groups)
        for beside in (True, False)
        for groups in (True, False)
    ]
    for grid in grids:
        assert {len(row.cells) for row in flatten(grid, "kept", Random(1))} == {grid.width}


def test_a_repeated_header_and_a_page_mark_stand_at_each_break():
    form = form_of(("2019", "2019"))
    grid = applications_grid(form, as_printed(form), Wording(), total_beside=True, group_rows=False)
    parts = paginate([grid], Pagination(breaks=2, repeats_header=True), Random(3))
    text = render_text(parts, TextLayout("tsv", page_mark="number"), Random(1)).data.decode()
    assert text.count("申请人情况") == 3
    assert [line for line in text.splitlines() if line.startswith("-")] == ["- 1 -", "- 2 -"]


def test_cells_closed_by_a_pipe_look_like_the_report_of_anxi():
    """The layout as the file in the repository has it: blanks run together, the end of a table stripped."""
    seen = (Path(__file__).parents[2] / "reports/2020/002_anxi.txt").read_text(encoding="utf-8").splitlines()
    start = next(i for i, line in enumerate(seen) if line.startswith("一、本年新收"))
    style = Style(("2019", "2019"), layout=TextLayout("cell_per_line", "dropped"), wording=Wording(half_width=True))
    made = generate_report("anxi", 0, style).data.decode().splitlines()
    begin = next(i for i, line in enumerate(made) if line.startswith("一、本年新收"))
    shape = [line if not line.split(" ")[0].isdigit() else "figure" for line in seen[start : start + 210]]
    assert [line if not line.split(" ")[0].isdigit() else "figure" for line in made[begin : begin + 210]] == shape


def test_a_blank_last_total_can_be_read_where_the_stub_is_whole():
    form = form_of(("2019", "2019"))
    row = rows_of(form, as_printed(form, carried_out__total=""), "kept")["carried_out"]
    assert [cell.text for cell in row.cells[:3]] == ["四、结转下年度继续办理", "", ""]
    assert row.cells[-1].text == ""
    assert row.readable


def test_a_blank_first_value_cannot_be_read_where_the_stub_was_dropped():
    form = form_of(("2019", "2019"))
    row = rows_of(form, as_printed(form, partial__natural_person="", partial__total="7"), "dropped")["partial"]
    assert not row.readable


def test_a_row_that_would_mislead_is_written_whole():
    """Two blanks first, stub dropped: the row would say that its last two values are blank."""
    form = form_of(("2019", "2019"))
    printed = as_printed(form, new__natural_person="", new__business="", new__other="1", new__total="1")
    row = rows_of(form, printed, "dropped")["new"]
    assert [cell.text for cell in row.cells[1:5]] == ["", "", "", ""]
    assert row.readable


def test_the_end_of_a_row_is_not_told_where_cells_stand_one_a_line():
    form = form_of(("2019", "2019"))
    printed = as_printed(form, declined_repeat__natural_person="", declined_repeat__business="")
    assert rows_of(form, printed, "kept")["declined_repeat"].readable
    assert not rows_of(form, printed, "kept", as_run=True)["declined_repeat"].readable


def test_a_value_too_many_changes_an_equal_row_in_nothing_and_spoils_any_other():
    form = form_of(("2019", "2019"))
    zeros = dict.fromkeys((f"other__{column}" for column in (*applicants(), "total")), "0")
    rows = rows_of(form, as_printed(form, **zeros), "narrow")
    equal = add_value(rows["other"], Random(1), equal=True)
    assert [cell.text for cell in equal.cells].count("0") == 8
    assert len(equal.cells) == 10
    assert equal.readable
    assert add_value(rows["closed"], Random(1), equal=True) == rows["closed"]
    spoiled = add_value(rows["closed"], Random(1), equal=False)
    assert sum(bool(cell.text) for cell in spoiled.cells) == sum(bool(cell.text) for cell in rows["closed"].cells) + 1
    assert not spoiled.readable


@pytest.mark.parametrize(
    ("style", "column", "value", "text", "read"),
    [
        (NumberStyle(item_units=True, sign_words=True), "items_change", -73, {"减少73项", "减73项", "-73项"}, -73),
        (NumberStyle(sign_words=True), "items_change", 19, {"增加19", "增19", "+19"}, 19),
        (NumberStyle(), "items_change", -156, {"-156"}, -156),
        (NumberStyle(rounded=True), "decisions", 312_049, {"31.2万件"}, 312_000),
        (NumberStyle(item_units=True), "decisions", 3175, {"3175件"}, 3175),
        (NumberStyle(thousands=True), "decisions", 1234, {"1,234"}, 1234),
        (NumberStyle(full_width=True), "decisions", 1234, {"１２３４"}, 1234),
        (NumberStyle(amount_unit="亿元"), "procurement_amount", 295_300_000, {"2.953亿元"}, 295_300_000),
        (NumberStyle(amount_unit="亿元"), "procurement_amount", 20_000, {"2万元"}, 20_000),
        (NumberStyle(), "procurement_amount", Decimal("249887966.42"), {"249887966.42"}, Decimal("249887966.42")),
        (NumberStyle(amount_unit="元"), "fee_amount", Decimal("25.1"), {"251000元"}, Decimal("25.1")),
        (NumberStyle(blank_rate=1), "decisions", 0, {""}, None),
        (NumberStyle(not_applicable_rate=1), "decisions", 0, {"/", "-", "—", "不适用"}, None),
        (NumberStyle(blank_rate=1, not_applicable_rate=1), "decisions", 1, {"1"}, 1),
    ],
)
def test_figures_are_printed_as_offices_print_them(style, column, value, text, read):
    key = CellKey(2, "permits", column)
    printed = print_form(Form("2019", "2019", {key: Decimal(value)}), style, Random(1))[key]
    assert printed.text in text
    assert printed.value == read


def test_a_head_may_be_broken_over_a_page():
    form = form_of(("2019", "2019"))
    parts = paginate([proactive_grid(form, as_printed(form), Wording())], Pagination(parts_head=True), Random(1))
    assert parts[0].rows[-1].cells[1].text == "采购项目数"
    assert [cell.text for cell in parts[2].rows[0].cells] == ["", "量", "", ""]


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, dict]]:
    """A folder with a bit of everything, and the truth of it by path."""
    folder = tmp_path_factory.mktemp("collection") / "reports"
    truths = write_reports(folder, 60, "folder", fault_rate=0.5, others=0.5)
    assert truths.parent == folder.parent
    records = [json.loads(line) for line in truths.read_text(encoding="utf-8").splitlines()]
    return folder, {record["source_path"]: record for record in records}


def test_a_folder_of_documents_comes_with_its_truth_beside_it(collection: tuple[Path, dict[str, dict]]):
    folder, truth = collection
    offered = {part.source_path: part for file in scan(folder).files for part in offers(file)}
    assert offered.keys() == truth.keys()
    for path, record in truth.items():
        document = read_document(offered[path].opens, path)
        if record["state"]:
            assert (document.state, document.reason_code) == (record["state"], record.get("reason_code")), path
        if "cells" in record:
            assert path.startswith(f"{record['fiscal_year']}/")
            assert len(record["cells"]) in CELLS.values()
    reasons = {record.get("reason_code") for record in truth.values()}
    assert reasons == {None, "old_indicator_list", "not_an_annual_report", "scan"}
    assert any(".zip/" in path for path in truth)


def test_a_report_in_two_formats_names_the_other_file(collection: tuple[Path, dict[str, dict]]):
    _, truth = collection
    pairs = [(path, record["same_report"]) for path, record in truth.items() if "same_report" in record]
    assert pairs
    for path, other in pairs:
        assert truth[other]["same_report"] == path
        assert Path(other).suffix != Path(path).suffix
        printed = [{key: cell[:3] for key, cell in truth[p]["cells"].items()} for p in (path, other)]
        assert printed[0] == printed[1]


def test_a_misprint_is_another_count_than_the_one_meant():
    counts: Counter[int] = Counter()
    for index in range(60):
        cells = generate_report("misprint", index, fault_rate=1.0).truth.cells
        wrong = [cell for cell in cells.values() if cell.meant is not None]
        counts[len(wrong)] += 1
        assert all(cell.value not in (None, cell.meant) for cell in wrong)
        assert all(key.table_no != 2 for key, cell in cells.items() if cell.meant is not None)
    assert set(counts) <= {0, 1, 2}  # none where the misprint was on a lost page
    assert counts[1] > counts[2] > 0
