"""The PDF reader: tables from ruling lines however they are drawn, text in the cell where it stands, scans refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.generate.formats.pdf import BORDERS, draw_borders
from benchmarks.generate.writers.pdf import Box, Clip, Form, Item, Note, Page, Picture, Rule, Text, write_pdf
from ingest import limits
from ingest.model import Document
from ingest.readers import UnreadableFileError
from ingest.readers.pdf import read_pdf

LEFT, TOP, WIDTH, HEIGHT = 72.0, 200.0, 60.0, 20.0


def read(*pages: Page | Sequence[Item]) -> Document:
    return read_pdf(write_pdf(pages))


def grids(document: Document) -> list[tuple[str, ...]]:
    return [row.cells for row in document.rows if row.kind == "grid"]


def lines(document: Document) -> list[str]:
    return [row.cells[0] for row in document.rows if row.kind == "line"]


def boxes(rows: int, columns: int, top: float = TOP) -> list[Box]:
    """The cells of a plain table."""
    return [
        Box(LEFT + x * WIDTH, top + y * HEIGHT, LEFT + (x + 1) * WIDTH, top + (y + 1) * HEIGHT)
        for y in range(rows)
        for x in range(columns)
    ]


def table(cells: Sequence[Sequence[str]], borders: str = "strokes", top: float = TOP) -> list[Item]:
    texts = [
        Text(LEFT + x * WIDTH + 3, top + y * HEIGHT + 14, text)
        for y, row in enumerate(cells)
        for x, text in enumerate(row)
        if text
    ]
    return [*draw_borders(boxes(len(cells), len(cells[0]), top), borders), *texts]


CELLS = [("规章", "0", "12"), ("行政许可", "", "97"), ("行政处罚", "-", "3")]


# -- tables ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("borders", BORDERS)
def test_a_table_reads_the_same_however_its_borders_are_drawn(borders: str):
    assert grids(read(table(CELLS, borders))) == CELLS


def test_a_row_of_single_boxes_is_a_table_where_one_of_the_same_width_is():
    alone = table([("行政强制", "", "1")], "gapped", TOP + 200)
    assert grids(read([*table(CELLS, "gapped"), *alone])) == [*CELLS, ("行政强制", "", "1")]


def test_lines_that_do_not_quite_meet_still_make_a_table():
    items = [item for item in table(CELLS) if isinstance(item, Text)]
    for box in boxes(3, 3):
        items += [Rule(box.x0 + 1, y, box.x1 - 1, y) for y in (box.y0, box.y1)]
        items += [Rule(x, box.y0 + 1, x, box.y1 - 1) for x in (box.x0, box.x1)]
    assert grids(read(items)) == CELLS


def test_a_cell_over_rows_or_columns_is_a_cell_of_its_first_row_only():
    spanning = [
        Box(72, 200, 132, 240), Box(132, 200, 252, 220), Box(132, 220, 192, 240), Box(192, 220, 252, 240),
    ]  # fmt: skip
    texts = [Text(75, 224, "行政复议"), Text(140, 214, "行政诉讼"), Text(140, 234, "1"), Text(200, 234, "2")]
    assert grids(read([*draw_borders(spanning, "rects"), *texts])) == [("行政复议", "行政诉讼"), ("1", "2")]


def test_the_value_between_two_lines_of_its_label_stands_in_its_own_cell():
    items = draw_borders([Box(72, 200, 172, 230), Box(172, 200, 232, 230)], "strokes")
    items += [Text(75, 212, "（二）部分公开（区"), Text(190, 218, "447"), Text(75, 226, "分处理的）")]
    items += [*draw_borders([Box(72, 230, 172, 250), Box(172, 230, 232, 250)], "strokes"), Text(75, 244, "（三）不予")]
    assert grids(read(items)) == [("（二）部分公开（区\n分处理的）", "447"), ("（三）不予", "")]


def test_an_underline_in_a_cell_does_not_split_it():
    items = [*table(CELLS), Rule(LEFT + 3, TOP + 10, LEFT + 30, TOP + 10)]
    assert grids(read(items)) == CELLS


def test_small_squares_in_a_cell_are_no_table():
    ticks = [Box(LEFT + 40 + 6 * i, TOP + 5, LEFT + 46 + 6 * i, TOP + 11, width=0.5) for i in range(2)]
    assert grids(read([*table(CELLS), *ticks])) == CELLS


def test_a_frame_around_the_page_is_no_table():
    document = read([Box(50, 50, 545, 790, width=1), Text(72, 100, "一、总体情况"), *table(CELLS)])
    assert grids(document) == CELLS
    assert lines(document) == ["一、总体情况"]


def test_a_table_that_holds_tables_dissolves():
    layout = draw_borders([Box(60, 150, 300, 280), Box(300, 150, 540, 280)], "strokes")
    document = read([*layout, *table(CELLS), Text(310, 200, "导航")])
    assert grids(document) == CELLS
    assert lines(document) == ["导航"]


def test_a_shaded_heading_between_tables_is_no_cell():
    items = [*table(CELLS[:2]), Box(70, 245, 400, 270, fill=1.0), Text(75, 262, "三、申请情况"), *table(CELLS, top=280)]
    document = read(items)
    assert grids(document) == CELLS[:2] + CELLS
    assert lines(document) == ["三、申请情况"]
    assert sorted({row.table_index for row in document.table_rows}) == [1, 2]


def test_rows_keep_their_line_page_and_place_in_the_table():
    document = read([Text(72, 100, "标题")], [*table(CELLS)])
    assert [(row.page_no, row.line_no, row.table_index, row.row_index) for row in document.rows] == [
        (1, 1, 0, 0), (2, 2, 1, 1), (2, 3, 1, 2), (2, 4, 1, 3),
    ]  # fmt: skip
    assert [line.text for line in document.lines] == ["标题", "规章\t0\t12", "行政许可\t\t97", "行政处罚\t-\t3"]
    assert document.page_count == 2


# -- text into cells ---------------------------------------------------------------------------------------------------


def test_figures_beside_or_below_each_other_never_become_one():
    items = draw_borders([Box(72, 200, 172, 240), Box(172, 200, 272, 240)], "strokes")
    items += [Text(75, 220, "12"), Text(92, 220, "34"), Text(180, 215, "56"), Text(180, 230, "78")]
    assert grids(read(items)) == [("12 34", "56\n78")]


def test_several_figures_in_one_box_are_cells():
    """A table whose inner upright lines are missing."""
    items = draw_borders([Box(72, 200, 132, 220), Box(132, 200, 372, 220)], "strokes")
    items += [
        Text(75, 214, "重复申请"),
        *[Text(140 + 40 * i, 214, text) for i, text in enumerate(("25", "0", "0", "25"))],
    ]
    items += draw_borders([Box(72, 220, 132, 240), Box(132, 220, 372, 240)], "strokes")
    assert grids(read(items))[0] == ("重复申请", "25", "0", "0", "25")


def test_a_figure_too_long_for_its_cell_stays_whole():
    items = [*table([("行政处罚", "", "0")]), Text(LEFT + WIDTH + 8, TOP + 14, "3985758123456")]
    assert grids(read(items)) == [("行政处罚", "3985758123456", "0")]


def test_a_figure_that_runs_far_over_its_cell_is_not_read_as_any_cells():
    """It begins in one cell and has its middle in another: no one can say where it belongs."""
    items = [*table([("处罚", "", "", "")]), Text(LEFT + WIDTH + 3, TOP + 14, "1234567890123456789012345678901234")]
    (row,) = grids(read(items))
    assert not any(cell.isdigit() for cell in row)


def test_figures_of_two_cells_that_touch_are_two():
    boxes_ = [Box(72, 200, 132, 220), Box(132, 200, 144, 220), Box(144, 200, 156, 220)]
    items = [*draw_borders(boxes_, "strokes"), Text(75, 214, "规章"), Text(133, 214, "12"), Text(144.5, 214, "34")]
    assert grids(read(items)) == [("规章", "12", "34")]


def test_bold_by_printing_twice_counts_once():
    twice = [item for text in ("行政许可", "22") for item in (Text(75, 100, text), Text(75.3, 100, text))]
    assert lines(read(twice[:2])) == ["行政许可"]
    assert lines(read(twice[2:])) == ["22"]
    by_letter = [Text(72 + 5.25 * i + dx, 100, "2") for i in range(2) for dx in (0, 0.3)]
    assert lines(read(by_letter)) == ["22"]


def test_a_dash_is_a_value_even_where_it_looks_like_a_hyphen():
    assert grids(read(table([("ab", "0"), ("cd-", "ef")])))[1] == ("cd-", "ef")


def test_a_glyph_without_a_character_keeps_its_place():
    items = table([("规章", "", "1")])
    items += [Text(140, 214, "1"), Text(145.25, 214, "3", font="unmapped"), Text(155.75, 214, "2")]
    items += [Text(72, 300, "统计期限自一月至十二月")]
    assert grids(read(items)) == [("规章", "1\ufffd2", "1")]


def test_text_in_a_font_that_no_one_has_is_read_all_the_same():
    """What is read must not hang on the fonts of this system."""
    items = [*table([("规章", "", "", "")]), Text(75, 300, "０", font="absent")]
    items += [Text(140 + 60 * i, 214, text, font="absent") for i, text in enumerate(("０", "—", "１２"))]
    document = read(items)
    assert grids(document) == [("规章", "０", "—", "１２")]
    assert lines(document) == ["０"]


def test_nothing_is_read_that_is_not_printed():
    hidden = [Text(75, 100, "99", visible=False), Picture(400, 50, 500, 90), Text(900, 100, "beside the page")]
    clipped = Clip((Rule(LEFT + 90, TOP, LEFT + 90, TOP + 60),), 0, 0, 50, 50)
    document = read([*hidden, *table(CELLS), clipped])
    assert grids(document) == CELLS
    assert lines(document) == []


def test_a_wide_area_clipped_to_a_line_is_a_line():
    texts = [item for item in table(CELLS) if isinstance(item, Text)]
    rules = [item for item in table(CELLS) if isinstance(item, Rule)]
    clips = [Clip((Box(0, 0, 595, 842, fill=0.0),), r.x0 - 0.3, r.y0 - 0.3, r.x1 + 0.3, r.y1 + 0.3) for r in rules]
    assert grids(read([*clips, *texts])) == CELLS


def test_a_table_drawn_through_forms_reads_as_drawn_directly():
    form = Form((Form(tuple(table(CELLS)), dx=10, dy=20),), dx=30, dy=-50)
    assert grids(read([form, Text(72, 90, "标题")])) == CELLS


def test_what_is_typed_into_the_page_is_read():
    assert grids(read([*table([("规章", "", "1")]), Note(140, 214, "88")])) == [("规章", "88", "1")]


# -- how a page lies ---------------------------------------------------------------------------------------------------


def turned(items: Sequence[Item], angle: int, width: float, height: float) -> list[Item]:
    """Items set sideways (90 or 270 counterclockwise) or upside down on a page of the given size."""

    def place(x: float, y: float) -> tuple[float, float]:
        return {90: (y, height - x), 270: (width - y, x), 180: (width - x, height - y)}[angle]

    out: list[Item] = []
    for item in items:
        if isinstance(item, Text):
            out.append(Text(*place(item.x, item.y), item.text, item.size, angle=angle))
        elif isinstance(item, Rule):
            out.append(Rule(*place(item.x0, item.y0), *place(item.x1, item.y1)))
    return out


@pytest.mark.parametrize("angle", [90, 180, 270])
@pytest.mark.parametrize("is_declared", [True, False])
def test_a_page_set_sideways_is_read_upright(angle: int, is_declared: bool):
    items = turned([Text(72, 100, "标题"), *table(CELLS)], angle, 595, 842)
    document = read(Page(items, rotate=angle if is_declared else 0))
    assert lines(document) == ["标题"]
    assert grids(document) == CELLS


def test_a_page_whose_box_begins_elsewhere_reads_the_same():
    assert grids(read(Page(table(CELLS), origin=(-100.0, 300.0)))) == CELLS


# -- over pages --------------------------------------------------------------------------------------------------------


def open_table(cells: Sequence[Sequence[str]], top: float, *, open_above: bool, open_below: bool) -> list[Item]:
    """A table without a border where a page breaks it."""
    bottom = top + HEIGHT * len(cells)
    levels = ({top} if open_above else set()) | ({bottom} if open_below else set())
    texts = [item for item in table(cells, top=top) if isinstance(item, Text)]
    return [*draw_borders(boxes(len(cells), len(cells[0]), top), "strokes", levels), *texts]


def test_a_table_left_open_at_a_page_break_loses_no_row():
    document = read(
        [*open_table(CELLS[:2], 700, open_above=False, open_below=True), Text(290, 810, "- 4 -")],
        [*open_table(CELLS[2:], 72, open_above=True, open_below=False), Text(290, 810, "- 5 -")],
    )
    assert grids(document) == CELLS
    assert {row.table_index for row in document.table_rows} == {1}
    assert [row.row_index for row in document.table_rows] == [1, 2, 3]
    assert lines(document) == []


def broken(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, ...]]:
    """The rows of a table whose last row on a page is ``upper`` and whose first on the next one is ``lower``."""
    return grids(read(table([("一", "1", "1"), upper], top=700), table([lower, ("九", "9", "9")], top=72)))[1:-1]


def test_a_row_broken_by_a_page_break_is_put_together():
    assert broken(("5.要求行政", "", ""), ("机关确认", "1", "0")) == [("5.要求行政\n机关确认", "1", "0")]
    assert broken(("5.要求行政", "1", "0"), ("机关确认", "", "")) == [("5.要求行政\n机关确认", "1", "0")]
    assert broken(("2.重复", "", ""), ("", "1", "0")) == [("2.重复", "1", "0")]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (("5.要求行政", "1", "0"), ("机关确认", "1", "0")),  # figures on both sides
        (("5.要求行政", "", ""), ("6.其他处", "1", "0")),  # a number of its own
        (("规章", "", ""), ("文件", "1", "0")),  # the line was not full
        (("5.要求行政", "1", "0"), ("", "", "")),
    ],
)
def test_two_rows_at_a_page_break_stay_two(upper: tuple[str, ...], lower: tuple[str, ...]):
    assert broken(upper, lower) == [upper, lower]


def test_a_header_repeated_after_a_break_is_a_row_like_any_other():
    head = ("信息内容", "本年制发", "本年废止")
    assert grids(read(table([head, CELLS[0]], top=700), table([head, CELLS[1]], top=72))) == [
        head, CELLS[0], head, CELLS[1],
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["- 4 -", "4", "第 4 页 共 9 页", "Page 4 of 9", "4/9", "— 4 —"])
def test_page_numbers_are_lines_but_no_rows(number: str):
    document = read([Text(72, 100, "正文"), Text(290, 800, number)])
    assert lines(document) == ["正文"]
    assert len(document.lines) == 2


def test_headers_and_footers_that_return_are_no_rows():
    pages = [
        [Text(72, 40, f"2025/1/2 09:3{i}"), Text(72, 300, f"正文{'甲乙丙'[i]}"), Text(72, 810, "example.cn/a.html")]
        for i in range(3)
    ]
    document = read(*pages)
    assert lines(document) == ["正文甲", "正文乙", "正文丙"]
    assert len(document.lines) == 9


# -- no upright lines, no lines at all ---------------------------------------------------------------------------------

ROWS = [("1.属于国家秘密", "2", "0", "0", "2"), ("2.重复申请", "30", "1", "0", "31"), ("3.其他", "5", "", "0", "5")]


def columns(rows: Sequence[Sequence[str]], pitch: float = 20.0) -> list[Item]:
    places = (72, 260, 320, 380, 440)
    return [
        Text(x, 214 + pitch * y, text)
        for y, row in enumerate(rows)
        for x, text in zip(places, row, strict=True)
        if text
    ]


def test_columns_of_a_table_ruled_across_only_are_told_by_gaps():
    rules: list[Item] = [Rule(72, 200 + 20 * i, 500, 200 + 20 * i) for i in range(4)]
    assert grids(read([*rules, *columns(ROWS)])) == ROWS


def test_columns_without_any_lines_are_told_by_gaps():
    assert grids(read([Text(72, 100, "办理结果"), *columns(ROWS)])) == ROWS


def test_rows_without_lines_between_them_are_told_by_their_figures():
    places = (72, 250, 310, 370, 430, 500)
    uprights: list[Item] = [Rule(x, 200, x, 260) for x in places]
    frame: list[Item] = [Rule(72, 200, 500, 200), Rule(72, 260, 500, 260)]
    assert grids(read([*uprights, *frame, *columns(ROWS)])) == ROWS


def test_without_lines_a_label_around_its_figures_is_put_together():
    figures = ("447", "7", "0", "0", "0", "0", "454")
    items = [Text(72, 200, "（二）部分公开（区分处理的，只计这一情"), Text(72, 214, "形，不计其他情形）")]
    items += [Text(300 + 36 * i, 207, text, 9) for i, text in enumerate(figures)]
    items += [Text(72, 240, "（三）不予公开的情况如下所述。")]
    document = read(items)
    assert grids(document) == [("（二）部分公开（区分处理的，只计这一情\n形，不计其他情形）", *figures)]
    assert lines(document) == ["（三）不予公开的情况如下所述。"]


def test_prose_makes_no_table():
    document = read(
        [Text(72, 100, "2024 年，全市共受理 12 件，"), Text(72, 120, "答复 3 050 件。"), Rule(72, 122, 140, 122)]
    )
    assert grids(document) == []
    assert lines(document) == ["2024 年，全市共受理 12 件，", "答复 3 050 件。"]


# -- what cannot be read -----------------------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as caught:
        read_pdf(data)
    assert len(caught.value.reason) > 20
    return caught.value.code


SCAN = [Picture(0, 0, 595, 842)]


@pytest.mark.parametrize(
    "pages",
    [
        [SCAN],
        [[*SCAN, Text(290, 800, "- 4 -")], SCAN],
        [[*SCAN, *(Text(72, 100 + 14 * i, "本报告由办公室编制", visible=False) for i in range(9))]],
        [[Text(72, 100, "年度报告")], [Text(72, 100, "二、主动公开"), Picture(72, 200, 500, 500)]],
    ],
)
def test_a_scan_is_told(pages: list[list[Item]]):
    assert refusal(write_pdf(pages)) == "scan"


def test_a_picture_beside_text_is_no_scan():
    assert grids(
        read([Picture(0, 0, 595, 842), *table(CELLS), *(Text(72, 400 + 20 * i, "总体情况") for i in range(12))])
    )


def test_a_photograph_page_among_pages_of_text_is_no_scan():
    assert grids(read(table(CELLS), SCAN, [Text(72, 100, "六、其他需要报告的事项")])) == CELLS


def test_other_faults_have_codes_of_their_own():
    assert refusal(write_pdf([[Text(72, 100, "报告")]], encrypt=True)) == "encrypted"
    assert refusal(b"%PDF-1.7\n garbage") == "damaged"
    assert refusal(b"") == "damaged"
    assert refusal(write_pdf([[Rule(72, 100, 300, 100)]])) == "no_text"
    assert refusal(write_pdf([[Text(72, 100, "统计期限", font="unmapped")]])) == "unmapped_fonts"


@pytest.mark.parametrize(
    ("bound", "page"),
    [
        ("MAX_PDF_PAGE_CHARS", [Text(72, 100, "甲" * 60)]),
        ("MAX_PDF_OBJECTS", [Rule(0, i, 5, i) for i in range(60)]),
        ("MAX_PDF_RULES", [Rule(0, 10 * i, 90, 10 * i) for i in range(60)]),
        ("MAX_PDF_PAGES", None),
    ],
)
def test_bounds_are_kept(bound: str, page: list[Item] | None, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, bound, 50)
    assert refusal(write_pdf([page] if page else [[Text(72, 100, "甲")]] * 60)) == "too_large"


@pytest.mark.parametrize("bound", ["MAX_PDF_SQUARES", "MAX_PDF_SEGMENTS"])
def test_a_drawing_beyond_the_bounds_costs_its_table_only(bound: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limits, bound, 8)
    document = read([Text(72, 100, "一、总体情况"), *table(CELLS, "boxes")])
    assert "一、总体情况" in lines(document)


def test_every_cut_off_file_is_read_or_refused():
    data = write_pdf([[Text(72, 100, "标题"), *table(CELLS)]])
    for end in range(0, len(data), 97):
        try:
            read_pdf(data[:end])
        except UnreadableFileError as refused:
            assert refused.code in {"damaged", "no_text", "encrypted", "unmapped_fonts"}
