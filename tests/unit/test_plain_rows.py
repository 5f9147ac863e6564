"""Rows taken apart by pattern are those of the tree; where a part is written in another way, nothing is said."""

from __future__ import annotations

import pytest

from benchmarks.generate import generate_report
from benchmarks.generate.writers.xlsx import Sheet, sheet_part, write_xlsx
from ingest.readers import xlsx
from ingest.readers.plain_rows import plain_rows

ROWS = '<row r="2"><c r="A2" s="1" t="s"><v>0</v></c><c r="C2"><v>-3</v></c></row><row r="4"/>'


def part(rows_xml: str = ROWS) -> str:
    return sheet_part(rows_xml)


def test_a_part_as_office_programs_write_it_is_taken_apart():
    found = plain_rows(part().encode())
    assert found is not None
    rows, rest = found
    assert rest == part("").encode()
    assert [(number, list(cells)) for number, cells in rows] == [
        (2, [("A", "2", "1", "s", "0"), ("C", "2", None, None, "-3")]),
        (4, []),
    ]


@pytest.mark.parametrize(
    "content",
    [
        part().replace("<sheetData>", "<sheetData><!-- -->"),
        part().replace("<v>0</v>", "<v><!-- -->0</v>"),
        part().replace("<v>0</v>", "<v>&#49;</v>"),
        part().replace("<v>0</v>", "<v><![CDATA[1]]></v>"),
        part().replace("<v>0</v>", "<v>1\r\n</v>"),
        part().replace("<v>0</v>", "<f>A1</f><v>0</v>"),
        part().replace("<v>0</v>", "<is><t>0</t></is>"),
        part().replace('<c r="A2"', "<c\nr='A2'"),
        part().replace('<c r="A2"', "<c"),
        part().replace('<row r="2">', '<row r="2" hidden="1">'),
        part().replace('<row r="2">', '<row r="2"><x><c r="B2"/></x>'),
        part().replace('<row r="2">', '<row xmlns="other" r="2">'),
        part('<row r="2"></row><c r="A2"/>'),
        part('<row r="2"/><c r="A2"/>'),
        part('<c r="A2"/><row r="2"/>'),
        part().replace("<row", "<x:row").replace("</row", "</x:row"),
        part().replace(">", " xmlns:x='http&#58;//schemas.openxmlformats.org/spreadsheetml/2006/main'>", 2),
        part().replace("UTF-8", "GB18030"),
        part().replace("<v>0</v>", "<v>\x0b</v>"),
        part().replace("<v>0</v>", "<v>]]></v>"),
        part().replace('<row r="2">', '<row r="2" r="2">'),
        part().replace('<row r="2">', '<row r="2" spans=1>'),
        part().replace('<row r="2">', '<row r="2" x14ac:dyDescent="0.2">'),
    ],
)
def test_what_is_written_in_another_way_is_left_to_the_tree(content: str):
    assert content != part()
    assert plain_rows(content.encode()) is None


def test_bytes_that_are_no_utf_8_are_left_to_the_tree():
    assert plain_rows(part().encode().replace(b"<v>0</v>", b"<v>\xff</v>")) is None


def test_both_ways_give_the_same_document(monkeypatch: pytest.MonkeyPatch):
    reports = [generate_report("plain", index, formats=["xlsx"]).data for index in range(12)]
    reports.append(write_xlsx([Sheet([["一", 1.5, None, True], [None], ["=甲", -3]])]))
    taken: list[bool] = []

    def noted(content: bytes):
        rows = plain_rows(content)
        taken.append(rows is not None)
        return rows

    monkeypatch.setattr(xlsx, "plain_rows", noted)
    by_pattern = [xlsx.read_xlsx(data) for data in reports]
    assert taken.count(True) >= len(reports) - 3
    monkeypatch.setattr(xlsx, "plain_rows", lambda content: None)
    assert by_pattern == [xlsx.read_xlsx(data) for data in reports]
