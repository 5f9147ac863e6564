"""What readers take along, and how they find an agency: files of the list on the screen, a list while one types."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from dashboard import data, warehouse
from dashboard.components.downloads import Selection
from ingest.export import ExportError
from tests.dashboard.conftest import DataFolder, Server, Visit


@pytest.fixture
def build(published: Path, empty_data: DataFolder, monkeypatch: pytest.MonkeyPatch) -> Iterator[warehouse.Build]:
    """The published build as the dashboard opens it; of a copy, as `sql` opens the file itself in its own way."""
    file = (published / "gongkai.duckdb").resolve()
    copy = empty_data.path / "published" / file.name
    copy.parent.mkdir()
    shutil.copyfile(file, copy)
    empty_data.point_at(copy)
    monkeypatch.setenv("GONGKAI_DATA", str(empty_data.path))
    yield warehouse.current()
    warehouse._latest.clear()


def reports_of(year: int, **others: object) -> Selection:
    shown = {"fiscal_year": year, "is_sample": False, "sort_by": None, "is_descending": None}
    shown |= {"row_limit": 2, "row_offset": 2}
    return Selection("overview/reports", shown, **others)


def test_every_format_holds_the_whole_list_its_filters_and_its_build(build: warehouse.Build, tmp_path: Path) -> None:
    selection = reports_of(2020)
    expected = build.rows("overview/reports", **selection.parameters | {"row_limit": 99, "row_offset": 0})
    for ending in ("csv", "xlsx", "parquet"):
        data._write(tmp_path / f"a.{ending}", build, selection, ending)
    build_id = build.row("shared/build")["build_id"]
    told = "fiscal_year=2020; is_sample=false"

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["agency_id"] for row in rows] == [row["agency_id"] for row in expected]
    assert {(row["gongkai_build"], row["gongkai_filters"]) for row in rows} == {(build_id, told)}
    assert [row["new_count"] for row in rows] == [
        "" if r["new_count"] is None else f"{r['new_count']:.0f}" for r in expected
    ]

    book = load_workbook(tmp_path / "a.xlsx")
    heads, *lines = book.worksheets[0].iter_rows(values_only=True)
    assert [line[heads.index("new_count")] for line in lines] == [row["new_count"] for row in expected]
    assert [line[heads.index("report_id")] for line in lines] == [str(row["report_id"]) for row in expected]
    about = dict(book.worksheets[1].iter_rows(values_only=True, max_col=2))
    assert (about["gongkai_build"], about["gongkai_filters"]) == (build_id, told)

    table = pq.read_table(tmp_path / "a.parquet")
    assert table["new_count"].to_pylist() == [row["new_count"] for row in expected]
    assert (table.schema.metadata[b"gongkai_build"], table.schema.metadata[b"gongkai_filters"]) == (
        build_id.encode(),
        told.encode(),
    )


def test_sample_data_are_marked_in_name_and_content(build: warehouse.Build, tmp_path: Path) -> None:
    selection = reports_of(2020, is_sample=True)
    assert selection.file_stem(build.name).startswith("示例数据-")
    data._write(tmp_path / "a.csv", build, selection, "csv")
    assert "示例数据" in (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()[1]


def test_names_of_files_tell_filters_and_builds_apart(build: warehouse.Build) -> None:
    names = {reports_of(year).file_stem(name) for year in (2020, 2021) for name in ("one", "two")}
    assert len(names) == 4
    assert Selection("a/b", {"x": 1, "row_limit": 5}).file_stem("c") == Selection("a/b", {"x": 1}).file_stem("c")


def test_figures_leave_as_they_are() -> None:
    given = (231, Decimal("25.100000"), 0.5, 231.0, float("nan"), None, True, [1, None, 2])
    assert [data._plain_text(value) for value in given] == [
        231, Decimal("25.1"), Decimal("0.5"), 231, None, None, "true", "1; ; 2",
    ]  # fmt: skip


def test_a_list_that_is_too_long_is_refused_not_cut(
    build: warehouse.Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data, "MAX_ROWS", 3)
    monkeypatch.setattr(data, "MAX_ROWS_OF_A_WORKBOOK", 3)
    for ending in ("csv", "xlsx", "parquet"):
        with pytest.raises(ExportError, match="3 rows"):
            data._write(tmp_path / "a", build, reports_of(2020), ending)
    assert not (tmp_path / "a").exists()


def test_what_cannot_be_downloaded_is_said_in_a_sentence(server: Server, build: warehouse.Build) -> None:
    known, asked = f"build={build.name}", quote(json.dumps({"fiscal_year": 2020}))
    for address, status in (
        (f"/data/overview/nothing.csv?{known}", 404),
        (f"/data/overview/reports.exe?{known}", 404),
        (f"/data/overview/reports.csv?{known}&with=3", 400),
        (f"/data/overview/reports.csv?{known}&with={asked}", 400),
        ("/data/overview/reports.csv?build=gongkai-gone", 410),
        ("/data/overview/reports.csv?build=..%2Fbuild", 410),
    ):
        found, body, _ = server.get(address)
        assert (found, "Traceback" in body, len(body) < 120) == (status, False, True), address


def test_an_agency_is_found_by_typing_a_part_of_its_name(visit: Visit) -> None:
    page = visit.open("/profile?agency=350582")
    field = page.get_by_role("combobox", name="单位")
    expect(field).to_have_value("晋江市人民政府")
    field.fill("西园")
    expect(page.get_by_role("option")).to_have_count(1)
    field.press("Enter")
    expect(page.locator("h1")).to_contain_text("西园镇人民政府")
    visit.drawn()
    assert "agency=350881108" in page.url
    field.fill("没有这个单位")
    expect(page.get_by_role("status").filter(has_text="没有符合的单位")).to_be_visible()
    field.press("Escape")
    expect(field).to_have_value("漳平市西园镇人民政府")
    visit.assert_clean()
