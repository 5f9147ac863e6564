"""What leaves the project as a file: no text is a formula, no figure changes, and nothing of the clock is in it."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from ingest.export import (
    Column,
    ExportError,
    Sheet,
    file_name,
    harmless,
    output_folder,
    write_csv,
    write_docx,
    write_xlsx,
)

FORMULAS = ("=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000=1", "\ufeff=1",
            "＝1+1", "＋1", "－1+1", "＠SUM(1)", "=HYPERLINK(\"http://x\")", "-", "+")  # fmt: skip
TEXTS = (
    "",
    "231",
    "-156",
    "+19",
    "1,234",
    "晋江市人民政府",
    "a=b",
    "−9",
    "2020/004.txt",
    "#N/A",
    "TRUE",
    "215+0 ≠ 231",
)


def sheet(*values: object) -> Sheet:
    return Sheet("表", (Column("值"), Column("状态")), [(value, "reported") for value in values])


def read_csv(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row[0] for row in csv.reader(file)][1:]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_a_text_in_csv_and_in_a_workbook(text: str, tmp_path: Path):
    write_csv(tmp_path / "a.csv", sheet(text))
    assert read_csv(tmp_path / "a.csv") == [f"'{text}"]
    write_xlsx(tmp_path / "a.xlsx", text, [sheet(text)])
    cell = load_workbook(tmp_path / "a.xlsx").active["A2"]
    assert cell.data_type == "s"
    assert cell.value == text.replace("\r", "·").replace("\ufeff", "·")  # neither can be in a cell
    assert cell.quotePrefix or cell.value.startswith("·")


def test_other_texts_stay_as_they_are(tmp_path: Path):
    assert [harmless(text) for text in TEXTS] == list(TEXTS)
    write_xlsx(tmp_path / "a.xlsx", "t", [sheet(*TEXTS[1:])])
    cells = [row[0] for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=2)]
    assert [(cell.data_type, cell.value, cell.quotePrefix) for cell in cells] == [("s", t, False) for t in TEXTS[1:]]


def test_the_way_back_from_csv_is_unique():
    texts = ["=1", "'=1", "''=1", "1", "'1"]
    assert len({harmless(text) for text in texts}) == len(texts)
    assert [led.removeprefix("'") if led.startswith("'") else led for led in map(harmless, texts)] == texts


def test_figures_stay_exact_and_what_is_not_there_stays_empty(tmp_path: Path):
    figures = [231, Decimal("231.000000"), Decimal("6834.335000"), Decimal(-156), 0, None, 4503599627370497]
    write_csv(tmp_path / "a.csv", sheet(*figures))
    assert read_csv(tmp_path / "a.csv") == ["231", "231", "6834.335", "-156", "0", "", "4503599627370497"]
    write_xlsx(tmp_path / "a.xlsx", "t", [sheet(*figures)])
    rows = list(load_workbook(tmp_path / "a.xlsx").active.iter_rows(min_row=2))
    assert [(row[0].value, row[0].data_type) for row in rows] == [
        (231, "n"), (231, "n"), (6834.335, "n"), (-156, "n"), (0, "n"), (None, "n"), ("4503599627370497", "s")
    ]  # fmt: skip
    assert {row[1].value for row in rows} == {"reported"}


@pytest.mark.parametrize("inexact", [231.0, True, b"231"])
def test_what_has_lost_its_exactness_is_refused(inexact: object, tmp_path: Path):
    for write in (lambda path: write_csv(path, sheet(inexact)), lambda path: write_xlsx(path, "t", [sheet(inexact)])):
        with pytest.raises(TypeError):
            write(tmp_path / "a")
    assert list(tmp_path.iterdir()) == []


def test_equal_content_gives_equal_bytes_whenever_it_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    written = []
    for clock in (1_000_000_000, 1_700_000_000):
        monkeypatch.setattr("time.time", lambda now=clock: now)
        write_csv(tmp_path / "a.csv", sheet(1, "二"))
        write_xlsx(tmp_path / "a.xlsx", "t", [sheet(1, "二")])
        write_docx(tmp_path / "a.docx", "t", Document())
        written.append([path.read_bytes() for path in sorted(tmp_path.iterdir())])
        monkeypatch.undo()
    assert written[0] == written[1]
    assert not any(b"202" in content[:200] for content in written[0])


def test_spreadsheets_see_that_a_csv_file_is_unicode(tmp_path: Path):
    write_csv(tmp_path / "a.csv", sheet("晋江"))
    assert (tmp_path / "a.csv").read_bytes().startswith("\ufeff值".encode())


def test_a_file_that_fails_half_way_leaves_the_earlier_one(tmp_path: Path):
    write_csv(tmp_path / "a.csv", sheet(1))
    with pytest.raises(TypeError):
        write_csv(tmp_path / "a.csv", sheet(2, 2.5))
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert read_csv(tmp_path / "a.csv") == ["1"]
    with pytest.raises(ExportError, match="cannot be written"):
        write_csv(tmp_path / "none" / "a.csv", sheet(1))


def test_a_text_longer_than_a_cell_holds_says_that_it_was_cut(tmp_path: Path):
    write_xlsx(tmp_path / "a.xlsx", "t", [sheet("长" * 40_000)])
    value = load_workbook(tmp_path / "a.xlsx").active["A2"].value
    assert len(value) == 32_767
    assert value.endswith("……（其余从略）")


def test_files_of_a_build_and_the_reports_folder_are_no_place_to_write_to(tmp_path: Path):
    data, reports = tmp_path / "data", tmp_path / "reports"
    for folder in (data, data / "published", data / "published" / "x", reports, reports / "x", data / ".." / "data"):
        with pytest.raises(ExportError):
            output_folder(folder, data=data, reports=reports)
        assert not folder.exists()
    assert output_folder(data / "problems", data=data, reports=reports).is_dir()


@pytest.mark.parametrize("name", ["../../etc/passwd", 'a\\b:c*?"<>|', ".hidden", "长" * 300, "", "\u202e=1"])
def test_a_name_from_a_report_is_a_plain_name_of_a_file(name: str):
    made = file_name(name)
    assert made
    assert len(made.encode()) <= 180
    assert not set(made) & set('/\\:*?"<>|.\u202e')
