"""Workbooks of Excel 97-2003: the same comes out as from a newer workbook, and a hostile one is refused in time."""

from __future__ import annotations

import random
import struct
from dataclasses import replace
from datetime import date
from random import Random

import pytest

from benchmarks.generate import generate_report
from benchmarks.generate.corpus import random_style
from benchmarks.generate.writers.spans import Cell
from benchmarks.generate.writers.xls import Record, ole_file, write_xls
from benchmarks.generate.writers.xlsx import Number, Sheet, write_xlsx
from ingest import limits
from ingest.model import Document
from ingest.readers import UnreadableFileError
from ingest.readers.ole import OleFile
from ingest.readers.workbook import read_workbook
from ingest.readers.xls import read_xls
from tests.support.hostile import read_in_time, refusal

LABELSST, NUMBER, RK, MULRK, MULBLANK, BOOLERR, FORMULA, STRING = 0xFD, 0x203, 0x27E, 0xBD, 0xBE, 0x205, 0x06, 0x207


def shown(document: Document) -> list[str | tuple[str, ...]]:
    return [row.cells[0] if row.kind == "line" else row.cells for row in document.rows]


def read(*rows: list, **told: object) -> list[str | tuple[str, ...]]:
    return shown(read_xls(write_xls([Sheet(rows)], **told)))


def formula(result: bytes, flags: int = 0) -> Record:
    return Record(FORMULA, result + struct.pack("<HI", flags, 0) + b"\0\0")


def same(sheets: list[Sheet]) -> list[str | tuple[str, ...]]:
    """The rows of the same sheets in both formats, which must be alike in everything but the format's name."""
    old, new = read_workbook(write_xls(sheets)), read_workbook(write_xlsx(sheets))
    assert (old.lines, old.rows, old.page_count) == (new.lines, new.rows, new.page_count)
    return shown(old)


def test_a_report_reads_alike_from_both_formats():
    for index in range(12):
        style = random_style(Random(index), ["xls"])
        newer = replace(style, layout=replace(style.layout, ending=".xlsx"))
        old, new = (read_workbook(generate_report("xls", index, s).data) for s in (style, newer))
        assert (old.lines, old.rows) == (new.lines, new.rows)


def test_values_read_alike_from_both_formats():
    values = [231, -7, 25.1, 0.1 + 0.2, 1e15, 1e20, True, date(2021, 1, 31), "文\n字", "a\u00a0b", None, 2**30]
    formats = [Number(0.8625, "0.00%"), Number(31.2, '0.0"万件"'), Number(5, "0.0,"), Number(44227, "yyyy-m-d")]
    rows = [["值", *values], ["式", *formats], [Cell("合", 2, 2), 1], [2]]
    cells = same([Sheet(rows), Sheet([["x", 1]], "藏", "hidden"), Sheet([["y", 2]], "后")])
    assert cells[0][1:7] == ("231", "-7", "25.1", "0.3", "1000000000000000", "100000000000000000000")
    assert cells[1][1:5] == ("86.25%", "31.2万件", "5 [0.0,]", "2021-01-31")
    assert [row[0] for row in cells] == ["值", "式", "合", "2", "y"]


@pytest.mark.parametrize(
    ("record", "texts"),
    [
        (Record(RK, struct.pack("<I", 2510 << 2 | 3)), ("25.1",)),
        (Record(RK, struct.pack("<I", struct.unpack("<Q", struct.pack("<d", 2.5))[0] >> 32)), ("2.5",)),
        (Record(MULRK, struct.pack("<IHIH", 1 << 2 | 2, 0, 2 << 2 | 2, 2)), ("1", "2")),
        (Record(MULRK, struct.pack("<IH", 7 << 2 | 2, 1)), ("7",)),
        (Record(MULBLANK, struct.pack("<HHH", 4, 4, 3)), ("", "", "")),
        (Record(BOOLERR, b"\x17\x01"), ("#REF!",)),
        (Record(BOOLERR, b"\x99\x01"), ("#ERROR!",)),
        (Record(LABELSST, struct.pack("<I", 999)), ("\ufffd",)),
        (formula(struct.pack("<d", 7)), ("7",)),
        (formula(b"\2\0\x07\0\0\0\xff\xff"), ("#DIV/0!",)),
        (formula(b"\1\0\1\0\0\0\xff\xff"), ("TRUE",)),
        (formula(b"\3\0\0\0\0\0\xff\xff"), ()),
        (formula(struct.pack("<d", 0), flags=2), ("=",)),
        (Record(0x204, struct.pack("<HB", 2, 1) + "规章".encode("utf-16-le")), ("规章",)),
    ],
)
def test_every_kind_of_cell_is_read(record: Record, texts: tuple[str, ...]):
    assert read(["规章", 1, record])[0] == ("规章", "1", *texts)


def test_the_text_of_a_formula_is_in_the_next_record():
    waiting = formula(b"\0\0\0\0\0\0\xff\xff")
    text = Record(STRING, struct.pack("<HB", 2, 1) + "九件".encode("utf-16-le"))
    assert read(["规章", waiting], sheet_records=[text]) == [("规章", "九件")]


@pytest.mark.parametrize("segment", [64, 65, 66, 100, 8224])
def test_shared_texts_go_on_over_records(segment: int):
    texts = [f"第{i}条 行政许可处理决定数量" * (i % 4 + 1) for i in range(40)] + ["ascii " * 30, "x"]
    assert read(*([text, i] for i, text in enumerate(texts)), segment=segment) == [
        (text, str(i)) for i, text in enumerate(texts)
    ]


def test_texts_with_struck_out_parts_are_marked_and_readings_left_out():
    rich = struct.pack("<HBHI", 2, 1 | 8 | 4, 1, 6) + "58".encode("utf-16-le") + struct.pack("<HH", 0, 1) + b"kana.."
    plain = struct.pack("<HB", 1, 0) + b"9"
    shared = Record(0xFC, struct.pack("<II", 2, 2) + rich + plain)
    cells = [Record(LABELSST, struct.pack("<I", i)) for i in (0, 1)]
    content = OleFile(write_xls([Sheet([["a", *cells]])])).stream("Workbook")
    at = content.index(struct.pack("<HHII", 0xFC, 8 + 3 + 1, 1, 1))
    patched = content[:at] + struct.pack("<HH", shared.kind, len(shared.content)) + shared.content + content[at + 16 :]
    moved = patched.replace(
        struct.pack("<I", content.rindex(struct.pack("<HHHH", 0x809, 16, 0x600, 0x10))),
        struct.pack("<I", patched.rindex(struct.pack("<HHHH", 0x809, 16, 0x600, 0x10))),
    )
    assert shown(read_xls(ole_file({"Workbook": moved}))) == [("~~58~~", "~~58~~", "9")]


def test_hidden_rows_and_columns_and_struck_cells():
    hidden_row = Record(0x208, struct.pack("<H10xHxx", 1, 0x20))
    hidden_column = Record(0x7D, struct.pack("<HHHHHxx", 1, 1, 0, 0, 1))
    rows = [["a", "藏", 1], ["藏", "藏", "藏"], ["b", "藏", 2]]
    assert read(*rows, sheet_records=[hidden_row, hidden_column]) == [("a", "1"), ("b", "2")]
    struck = write_xls([Sheet([["a", 5]])]).replace(
        struct.pack("<HHHHHI", RK, 10, 0, 1, 0, 5 << 2 | 2), struct.pack("<HHHHHI", RK, 10, 0, 1, 2, 5 << 2 | 2)
    )
    assert shown(read_xls(struck)) == [("a", "~~5~~")]


def test_charts_inside_a_sheet_and_the_other_calendar():
    chart = [Record(0x809, struct.pack("<HH", 0x600, 0x20) + bytes(12)), Record(NUMBER, bytes(14)), Record(0x0A, b"")]
    other = Record(0x22, b"\1\0")
    rows = [["a", date(2021, 1, 31)]]
    assert read(*rows, sheet_records=chart) == [("a", "2021-01-31")]
    assert read(*rows, more=[other]) == [("a", "2025-02-01")]


def test_a_short_workbook_among_the_small_sectors_is_read():
    assert read(["规章", 1], is_small=True) == [("规章", "1")]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (ole_file({"Book": b"\x09\x08" + bytes(20)}), "old_format", "save it as .xlsx"),
        (ole_file({"WordDocument": b"x"}), "old_format", "save it as .xlsx"),
        (ole_file({"EncryptedPackage": b"x", "Workbook": b"x"}), "encrypted", "password"),
        (ole_file({"Workbook": struct.pack("<HHH", 0x809, 16, 0x500) + bytes(14)}), "old_format", "before Excel 97"),
        (write_xls([Sheet([[1]])], more=[Record(0x2F, bytes(54))]), "encrypted", "password"),
        (write_xls([Sheet([[1]])])[:100], "damaged", "cut off"),
        (write_xls([Sheet([["a"]] * 900)])[:9_000], "damaged", "directory is missing"),
        (write_xls([Sheet([[Record(NUMBER, b"12")]])]), "damaged", "a record is cut off"),
    ],
    ids=["book", "word", "locked", "biff5", "filepass", "header", "cut", "record"],
)
def test_what_is_no_sound_workbook_is_refused_with_the_cure(data: bytes, code: str, words: str):
    error = refusal(read_xls, data)
    assert error.code == code
    assert words in error.reason


def test_a_workbook_is_known_by_its_content():
    assert read_workbook(write_xls([Sheet([[1, 2]])])).encoding == "xls"
    assert read_workbook(write_xlsx([Sheet([[1, 2]])])).encoding == "xlsx"
    assert refusal(read_workbook, b"<html>").code == "wrong_type"


# -- hostile files ---------------------------------------------------------------------------------------------------

FILLED = b"".join(struct.pack("<HHHHHI", RK, 10, i % 65_000, i // 65_000, 0, 6) for i in range(limits.MAX_CELLS + 1))


def test_one_cell_far_off_costs_nothing():
    far = Sheet([["a"], *[[]] * 65_534, ["z"]])
    assert [len(row) for row in shown(read_in_time(read_xls, write_xls([far])))] == [1, 1]


@pytest.mark.parametrize(
    "data",
    [
        write_xls([Sheet([])], sheet_records=[Record(0x201, b"\0" * 6)] * (limits.MAX_OFFICE_TAGS + 1)),
        write_xls([Sheet([])], sheet_records=[Record(RK, FILLED[i + 4 : i + 14]) for i in range(0, len(FILLED), 14)]),
        write_xls([Sheet([["字" * 30_000]] * 200)]),
        write_xls([Sheet([["a", 1]])], sheet_records=[Record(0xE5, b"\1\0" + bytes(8) * 1000)] * 40),
        write_xls([Sheet([[1]], f"s{i}") for i in range(limits.MAX_SHEETS + 1)]),
    ],
    ids=["records", "cells", "characters", "merges", "sheets"],
)
def test_too_much_of_anything_is_refused_in_time(data: bytes):
    assert refusal(read_xls, data).code == "too_large"


def test_sheets_that_are_one_and_the_same_share_their_bound():
    content = OleFile(write_xls([Sheet([[1] * 200] * 100)])).stream("Workbook")
    at = content.index(struct.pack("<H", 0x85))
    bound = content[at : at + 4 + struct.unpack_from("<H", content, at + 2)[0]]
    shift = len(bound) * 99
    moved = bound[:4] + struct.pack("<I", struct.unpack_from("<I", bound, 4)[0] + shift) + bound[8:]
    many = content[:at] + moved * 100 + content[at + len(bound) :]
    assert refusal(read_xls, ole_file({"Workbook": many})).code == "too_large"


@pytest.mark.parametrize("where", [44, 48, 60, 68, 72, 76])
def test_chains_that_lead_nowhere_or_in_circles_end(where: int):
    data = bytearray(write_xls([Sheet([["a", 1]] * 500)]))
    for value in (0, 1, 5, len(data) // 512, 2**31, 2**32 - 1):
        struct.pack_into("<I", data, where, value)
        try:
            read_in_time(read_xls, bytes(data))
        except UnreadableFileError:
            continue


def test_a_chain_in_a_circle_ends():
    data = bytearray(write_xls([Sheet([["a", 1]] * 500)]))
    (table,) = struct.unpack_from("<I", data, 76)
    struct.pack_into("<I", data, 512 + table * 512 + 4 * 3, 0)  # the fourth sector of the stream leads to the first
    try:
        read_in_time(read_xls, bytes(data))
    except UnreadableFileError as error:
        assert error.reason


def test_whatever_is_changed_in_a_workbook_it_is_read_or_refused():
    data = write_xls([Sheet([["规章", 1, 2.5, None, True], [Cell("合", 2), "文字" * 20, 3]] * 8, is_ruled=True)])
    rng = random.Random(97)
    for _ in range(600):
        broken = bytearray(data)
        for _ in range(rng.choice((1, 2, 8, 40))):
            broken[rng.randrange(len(broken))] = rng.choice((0, 1, 255, rng.randrange(256)))
        try:
            read_in_time(read_xls, bytes(broken[: rng.choice((len(broken), rng.randrange(len(broken))))]))
        except UnreadableFileError:
            continue
