"""Excel files: what a sheet prints comes out, each table row with its own cells, and nothing becomes a number."""

from __future__ import annotations

from datetime import date

import pytest

from benchmarks.generate.writers.docx import write_docx
from benchmarks.generate.writers.spans import Cell
from benchmarks.generate.writers.xlsx import SHEET_NAMESPACES, Number, Raw, Sheet, sheet_part, write_xlsx
from ingest import limits
from ingest.model import Document
from ingest.readers.number_formats import number_format, printed
from ingest.readers.xlsx import read_xlsx
from tests.support.hostile import read_in_time, refusal, stored

RAISED = '<rPr><vertAlign val="superscript"/></rPr>'
ONE = '<c r="{}"><v>1</v></c>'


def shown(document: Document) -> list[str | tuple[str, ...]]:
    """Lines as texts, table rows as tuples, in the order of the document."""
    return [row.cells[0] if row.kind == "line" else row.cells for row in document.rows]


def read(*rows: list, **told: object) -> list[str | tuple[str, ...]]:
    return shown(read_xlsx(write_xlsx([Sheet(rows, **told)])))


def of_part(rows_xml: str, after: str = "", before: str = "", **parts: str) -> bytes:
    """A workbook of one sheet given as XML."""
    xml = sheet_part(rows_xml, after).replace("<sheetData>", f"{before}<sheetData>")
    return write_xlsx([Sheet([])], parts={"xl/worksheets/sheet1.xml": xml, **parts})


# -- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (231.0, "231"),
        (25.10, "25.1"),
        (0.1 + 0.2, "0.3"),
        (6834.335, "6834.335"),
        (1e15, "1000000000000000"),
        (123456789012345678, "123456789012346000"),
        (1.5e-7, "0.00000015"),
        (-156, "-156"),
        (0, "0"),
        (True, "TRUE"),
        (date(2021, 1, 31), "2021-01-31"),
        ("231", "231"),
        ("007", "007"),
        (" 1,234 ", " 1,234 "),
        ("一\u00a0二\t三", "一 二 三"),
        ("甲_x000D_\n\n乙\r\n丙_x0041_", "甲\n乙\n丙A"),
        (Raw('<c r="{ref}"><v>007</v></c>'), "7"),
        (Raw('<c r="{ref}"><v>1E3</v></c>'), "1000"),
        (Raw('<c r="{ref}"><v>-0</v></c>'), "0"),
        (Raw('<c r="{ref}" t="inlineStr"><is><r><t>12</t></r><r><t>34</t></r></is></c>'), "1234"),
        (Raw('<c r="{ref}" t="inlineStr"><is><t>年</t><rPh><t>ねん</t></rPh></is></c>'), "年"),
        (Raw('<c r="{ref}" t="str"><f>A1</f><v>9</v></c>'), "9"),
        (Raw('<c r="{ref}"><f>SUM(A1:A2)</f><v>7</v></c>'), "7"),
        (Raw('<c r="{ref}" t="d"><v>2021-01-31</v></c>'), "2021-01-31"),
    ],
)
def test_values_come_out_as_printed(value: object, text: str):
    assert read(["规章", value]) == [("规章", text)]


@pytest.mark.parametrize(
    "value",
    [
        Raw('<c r="{ref}" t="e"><v>#REF!</v></c>'),
        Raw('<c r="{ref}" t="e"><f>A1/B1</f><v>#DIV/0!</v></c>'),
        Raw('<c r="{ref}"><f>SUM(A1:A2)</f></c>'),
        Raw('<c r="{ref}"><f/></c>'),
        Raw('<c r="{ref}" t="s"><v>999</v></c>'),
        Raw('<c r="{ref}"><v>1e999999999</v></c>'),
        Raw('<c r="{ref}"><v>nan</v></c>'),
        Raw('<c r="{ref}" t="inlineStr"><is><r><rPr><strike/></rPr><t>5</t></r><r><t>8</t></r></is></c>'),
        Raw(f'<c r="{{ref}}" t="inlineStr"><is><r><t>12</t></r><r>{RAISED}<t>1</t></r></is></c>'),
        Number(251000, '0!.0,"万元"'),
        Number(251000, "0.0,"),
        Number(251000, '0"."0'),
        Number(0.5, "yyyy-mm-dd hh:mm"),
        Number(-3, "yyyy-mm-dd"),
    ],
)
def test_what_is_no_figure_to_a_reader_is_neither_a_number_nor_blank(value: object):
    ((_, text),) = read(["规章", value])
    assert text
    assert not text.replace(".", "").replace("-", "").isdecimal()


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (0.8625, "0.00%", "86.25%"),
        (31.2, '0.0"万件"', "31.2万件"),
        (19, r"0\件", "19件"),
        (19, '[Red]0"件"_);[Blue]-0"件减"', "19件"),
        (-19, '0"件";-0"件减"', "-19件减"),
        (1234, "#,##0", "1234"),
        (1234.5, '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "1234.5"),
        (5, "General", "5"),
        (5, '"¥"#,##0.00', "5"),
        (44227, 'yyyy"年"m"月"d"日"', "2021-01-31"),
        (44227.5, "yyyy/m/d h:mm", "2021-01-31 12:00:00"),
        (0.5, "h:mm", "12:00:00"),
        (59, "m/d", "1900-02-28"),
        (61, "m/d", "1900-03-01"),
        (5, "[h]:mm", "1900-01-05"),
        (5, "0" * 256, f"5 [{'0' * 20}…]"),
    ],
)
def test_a_number_is_printed_by_its_format(value: float, code: str, text: str):
    assert read(["规章", Number(value, code)]) == [("规章", text)]


def test_built_in_formats_and_the_other_calendar():
    assert [printed("0.5", number_format(i, None)) for i in (0, 9, 10, 4, 43)] == ["0.5", "50%", "50%", "0.5", "0.5"]
    assert printed("44227", number_format(14, None)) == "2021-01-31"
    assert printed("42765", number_format(31, None), from_1904=True) == "2021-01-31"


def test_a_struck_out_cell_is_marked():
    styles = (
        f"<styleSheet {SHEET_NAMESPACES}><fonts><font/><font><strike/></font><font><strike val='0'/></font></fonts>"
        "<cellXfs><xf/><xf fontId='1'/><xf fontId='2'/></cellXfs></styleSheet>"
    )
    row = "".join(f'<c r="{column}1" s="{i}"><v>5</v></c>' for i, column in enumerate("ABC"))
    assert shown(read_xlsx(of_part(f'<row r="1">{row}</row>', **{"xl/styles.xml": styles}))) == [("5", "~~5~~", "5")]


# -- rows and tables -------------------------------------------------------------------------------------------------


def test_covered_cells_are_no_cells_and_titles_are_lines():
    rows = [
        [Cell("年度报告", 4)],
        [Cell("三、", 1, 3), Cell("（一）", 2), 1],
        [Cell("（三）", 1, 2), "1.", 2],
        ["2.", None],
        [Cell("四、", 3), 0],
    ]
    table = [("三、", "（一）", "1"), ("（三）", "1.", "2"), ("2.", ""), ("四、", "0")]
    assert read(*rows) == ["年度报告", *table]
    assert read(*rows, is_ruled=True, first_row=4, first_column=3) == ["年度报告", *table]


def test_text_in_a_covered_cell_is_not_printed():
    row = f'<row r="1">{ONE.format("A1")}{ONE.format("B1")}{ONE.format("C1")}</row>'
    merged = '<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="C1"/><mergeCell ref="B2:A1"/></mergeCells>'
    assert shown(read_xlsx(of_part(row, merged))) == [("1", "1")]


def test_borders_tell_where_a_row_ends():
    narrow, wide = (
        [["规章", 1, None, None], ["规范性文件", None, None, None]],
        [["新收", *[None] * 9], ["结转", *[0] * 9]],
    )
    ruled = read(*narrow, *wide, is_ruled=True)
    assert [len(cells) for cells in ruled] == [4, 4, 10, 10]
    assert ruled[1] == ("规范性文件", "", "", "")


def test_without_borders_a_row_is_as_wide_as_its_table():
    heads = ["信息内容", "制发", "废止", "有效"]
    rows = [
        ["二、主动公开"],
        [],
        heads,
        ["规章", 1, None, None],
        ["规范性文件"],
        ["三、申请"],
        ["x"] * 7,
        ["y", 1],
        ["注"],
    ]
    cells = read(*rows)
    assert cells[0] == "二、主动公开"
    assert cells[1:4] == [tuple(heads), ("规章", "1", "", ""), ("规范性文件", "", "", "")]
    assert [len(row) for row in cells[4:]] == [4, 7, 7, 7]


def test_the_rest_of_a_table_without_borders_is_as_wide_as_the_table():
    """Its last columns are blank: were they lost, the blank before its figures would be taken for the first of them."""
    whole, rest = ["新收", None, None, *[1] * 7], ["结转", None, None, *[2] * 6]
    assert read(whole, ["页"], [], rest)[-1] == ("结转", "", "", *["2"] * 6, "")
    assert read(["a", 1, 2, 3], [], ["b", 1])[-1] == ("b", "1", "", "")
    assert read(["a", *[1] * 5], [], ["b", 1])[-1] == ("b", "1")


def test_a_text_alone_is_a_line_where_borders_are_drawn():
    rows = [["a", 1], ["注：本表"]]
    assert read(*rows, is_ruled=True) == [("a", "1"), "注：本表"]
    assert read(["说明一\n说明二"]) == ["说明一", "说明二"]


def test_blank_rows_and_columns_around_the_tables_go_and_part_them():
    document = read_xlsx(
        write_xlsx([Sheet([["a", 1], [], [], ["b", 2], [None, None], ["c", 3]], first_row=7, first_column=5)])
    )
    assert shown(document) == [("a", "1"), ("b", "2"), ("c", "3")]
    assert [(row.table_index, row.row_index) for row in document.rows] == [(1, 1), (2, 1), (3, 1)]


def test_hidden_sheets_rows_and_columns_are_not_printed():
    rows = [["a", "藏", 1], ["藏", "藏", "藏"], ["b", "藏", 2]]
    plain = write_xlsx([Sheet(rows), Sheet([["x", "y"]], "h", "hidden"), Sheet([["x", "y"]], "v", "veryHidden")])
    xml = sheet_part(
        "".join(
            f'<row r="{i}"{" hidden=" + chr(34) + "1" + chr(34) if i == 2 else ""}>'
            + "".join(f'<c r="{column}{i}" t="str"><v>{column}{i}</v></c>' for column in "ABCD")
            + "</row>"
            for i in (1, 2, 3)
        ),
        '<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B1:C1"/><mergeCell ref="D2"/></mergeCells>',
    ).replace(
        "<sheetData>", '<cols><col min="2" max="2" hidden="1"/><col min="4" max="4" hidden="0"/></cols><sheetData>'
    )
    document = read_xlsx(stored(plain, {"xl/worksheets/sheet1.xml": xml}))
    assert shown(document) == [("A1", "B1", "D1"), ("A2", "C3", "D3")]
    assert document.page_count is None


def test_sheets_follow_each_other_as_pages():
    sheets = [Sheet([["二、"], [], ["a", 1]], "表二"), Sheet([["b", 2], ["c", 3]], "表三")]
    document = read_xlsx(write_xlsx(sheets))
    assert shown(document) == ["二、", ("a", "1"), ("b", "2"), ("c", "3")]
    assert [line.page_no for line in document.lines] == [1, 1, 2, 2]
    assert [(row.table_index, row.row_index) for row in document.rows] == [(0, 0), (1, 1), (2, 1), (2, 2)]
    assert [line.text for line in document.lines][1:] == ["a\t1", "b\t2", "c\t3"]
    assert (document.page_count, document.encoding) == (2, "xlsx")


def test_cells_and_rows_without_references_stand_next_to_each_other():
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c r='B2'><v>4</v></c><c><v>5</v></c></row>"
    assert shown(read_xlsx(of_part(rows))) == [("1", "", "3"), ("", "4", "5")]


def test_prefixed_and_strict_files_read_alike():
    data = write_xlsx([Sheet([["规章", 1]])])
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = sheet_part(f'<row r="1">{ONE.format("A1")}{ONE.format("B1")}</row>').replace(
        main, "http://purl.oclc.org/ooxml/spreadsheetml/main"
    )
    cells = "<x:c><x:v>1</x:v></x:c><x:c><x:v>2</x:v></x:c>"
    rows = f"<x:sheetData><x:row>{cells}</x:row></x:sheetData>"
    prefixed = f'<x:worksheet xmlns:x="{main}">{rows}</x:worksheet>'
    assert shown(read_xlsx(stored(data, {"xl/worksheets/sheet1.xml": strict}))) == [("1", "1")]
    assert shown(read_xlsx(stored(data, {"xl/worksheets/sheet1.xml": prefixed}))) == [("1", "2")]


def test_an_empty_workbook_is_an_empty_document():
    assert read_xlsx(write_xlsx([Sheet([])])).rows == ()
    assert read([None], [None, None]) == []


# -- refusals --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (write_docx(["x"]), "wrong_type", "name it .docx"),
        (write_xlsx([Sheet([[1]])])[:-40], "damaged", "directory"),
        (of_part("<row><c"), "damaged", "no sound XML"),
        (of_part('<row r="1"><c r="A99999999999"><v>1</v></c></row>'), "damaged", "no cell"),
        (of_part('<row r="1"><c r="XFE1"><v>1</v></c></row>'), "damaged", "no cell"),
        (of_part('<row r="1"><c r="A2"><v>1</v></c></row>'), "damaged", "stands in row 1"),
        (of_part("<!DOCTYPE x>"), "refused_markup", "document type"),
    ],
    ids=["docx", "cut", "xml", "row", "column", "misplaced", "doctype"],
)
def test_what_is_no_sound_workbook_is_refused_with_the_cure(data: bytes, code: str, words: str):
    error = refusal(read_xlsx, data)
    assert error.code == code
    assert words in error.reason


# -- hostile files ---------------------------------------------------------------------------------------------------


def far(row: int, column: str) -> str:
    return f'<row r="{row}">{ONE.format(f"{column}{row}")}</row>'


def test_one_cell_far_off_costs_nothing():
    document = read_in_time(read_xlsx, of_part(far(1, "A") + far(1_048_576, "XFD")))
    assert shown(document) == ["1", "1"]


SHARED = f"<sst {SHEET_NAMESPACES}><si><t>{{}}</t></si></sst>"
REFERRING = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(1, 60_000))
COLUMN_A = "".join(far(i, "A") for i in range(1, 50_000))
BOTH_ENDS = "".join(f'<row r="{i}">{ONE.format(f"A{i}")}{ONE.format(f"XFD{i}")}</row>' for i in range(1, 500))
ALL = '<mergeCell ref="A1:XFD1048576"/>'
HOSTILE = {
    "cells far apart": of_part(BOTH_ENDS),
    "too many cells": of_part("".join(f'<row r="{i}">{"<c><v>1</v></c>" * 50}</row>' for i in range(1, 2_400))),
    "merges over everything": of_part(COLUMN_A, f"<mergeCells>{ALL * 10}</mergeCells>"),
    "too many merges": of_part(far(1, "A"), f"<mergeCells>{ALL * 400_000}</mergeCells>"),
    "a long text in every cell": of_part(REFERRING, **{"xl/sharedStrings.xml": SHARED.format("字" * 10_000)}),
    "a text too long": of_part(far(1, "A"), **{"xl/sharedStrings.xml": SHARED.format("字" * 11_000_000)}),
    "too many sheets": write_xlsx([Sheet([[1]], f"s{i}") for i in range(limits.MAX_SHEETS + 1)]),
    "one sheet very often": write_xlsx(
        [Sheet([[1] * 100] * 200)],
        parts={
            "xl/workbook.xml": f"<workbook {SHEET_NAMESPACES}><sheets>"
            + '<sheet name="a" sheetId="1" r:id="rId1"/>' * 5_000
            + "</sheets></workbook>"
        },
    ),
    "nested": of_part("<row>" + "<c>" * 5_000 + "</c>" * 5_000 + "</row>"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_too_much_of_anything_is_refused_in_time(kind: str):
    assert refusal(read_xlsx, stored(HOSTILE[kind], {})).code in ("too_large", "damaged")
    assert refusal(read_xlsx, HOSTILE[kind]).code in ("too_large", "damaged", "refused_archive")


COLUMN = '<col min="2" max="16384" hidden="1"/>'


def test_hidden_columns_and_formats_without_end_take_no_time():
    columns = f"<cols>{COLUMN * 400_000}</cols>"
    document = read_in_time(read_xlsx, stored(of_part(far(1, "A"), before=columns), {}))
    assert shown(document) == ["1"]
    code = "0," * 200_000 + "[[" * 200_000 + "&quot;" * 100_000
    formats = f"<numFmts><numFmt numFmtId='200' formatCode='{code}'/></numFmts>"
    styles = f"<styleSheet {SHEET_NAMESPACES}>{formats}<cellXfs><xf numFmtId='200'/></cellXfs></styleSheet>"
    document = read_in_time(read_xlsx, stored(of_part(far(1, "A"), **{"xl/styles.xml": styles}), {}))
    assert shown(document) == ["1 [0,0,0,0,0,0,0,0,0,0,…]"]
