"""The text reader keeps what is printed: every cell, every blank, every place."""

from __future__ import annotations

import pytest

from ingest.readers import UnreadableFileError
from ingest.readers.text import decode, is_page_number, read_decoded


def rows(text: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_decoded(text, "utf-8").rows]


def test_a_trailing_tab_is_a_cell():
    assert rows("四、结转下年度继续办理\t\t\t0\t0\t") == [("四、结转下年度继续办理", "", "", "0", "0", "")]


def test_a_markdown_row_keeps_its_blank_cells_and_its_rule_is_no_row():
    assert rows("| 规章 |  | 0 |\n|---|:-:|---|\n|  | 1 |  |") == [("规章", "", "0"), ("", "1", "")]


@pytest.mark.parametrize("text", ["| - | - |", "- |", "| 0 | --- |"])
def test_a_dash_may_be_a_value_and_is_no_rule(text: str):
    assert len(rows(text)) == 1


def test_a_break_inside_a_markdown_cell_joins_the_words():
    assert rows("| 采购项目<br>数量 | 1 |") == [("采购项目数量", "1")]


def test_an_escaped_pipe_is_text():
    assert rows(r"| 甲\|乙 | 1 |") == [("甲|乙", "1")]


def test_one_cell_a_line_and_bare_pipes_stand_for_empty_cells():
    document = read_decoded("46 |\n|||\n2.953亿元 |", "utf-8")
    assert [(row.kind, row.cells) for row in document.rows] == [
        ("cell", ("46",)),
        ("cell", ("", "", "")),
        ("cell", ("2.953亿元",)),
    ]


def test_layouts_are_told_line_by_line():
    assert [row.kind for row in read_decoded("prose\na\tb\n| a | b |\na |", "utf-8").rows] == [
        "line",
        "tsv",
        "pipe",
        "cell",
    ]


def test_a_blank_line_does_not_end_a_table_and_prose_does():
    document = read_decoded("a\tb\n\nc\td\nprose here\ne\tf", "utf-8")
    assert [(row.table_index, row.row_index) for row in document.table_rows] == [(1, 1), (1, 2), (2, 1)]


@pytest.mark.parametrize("text", ["- 4 -", "— 12 —", "－3－", "第 4 页", "第4页 共9页"])
def test_page_numbers_are_told(text: str):
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["4", "-4", "4 -", "-156", "第四页", "- - -", "0"])
def test_figures_are_no_page_numbers(text: str):
    assert not is_page_number(text)


def test_pages_follow_the_printed_page_numbers():
    document = read_decoded("a\n- 3 -\nb\n- 4 -\nc", "utf-8")
    assert [(line.text, line.page_no) for line in document.lines] == [
        ("a", 3), ("- 3 -", 3), ("b", 4), ("- 4 -", 4), ("c", 5),
    ]  # fmt: skip


def test_pages_follow_form_feeds():
    assert [line.page_no for line in read_decoded("a\n\fb\nc", "utf-8").lines] == [1, 2, 2]


def test_without_page_marks_no_page_is_made_up():
    document = read_decoded("a\nb", "utf-8")
    assert document.page_count is None
    assert {line.page_no for line in document.lines} == {None}


def test_line_numbers_are_those_of_the_file():
    document = read_decoded("\r\n甲\t1\r\n\r\n乙\t2", "utf-8")
    assert [row.line_no for row in document.rows] == [2, 4]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_decoded_from_what_offices_use(encoding: str):
    assert decode("政府信息公开".encode(encoding))[0] == "政府信息公开"


@pytest.mark.parametrize("data", [b"PK\x03\x04\x00\x00", b"\xff\xff\xff", "表\0格".encode()])
def test_what_is_no_text_is_refused(data: bytes):
    with pytest.raises(UnreadableFileError, match="export the text again"):
        decode(data)
