"""Several reports in one file are told apart by their titles, and only where their tables say so too."""

from __future__ import annotations

from pathlib import Path

from ingest.read import read_documents

ROW = "\t{}\t0\t0\t0\t0\t0\t{}"


def report(agency: str, year: int, count: int) -> str:
    """A short report: one figure tells it from others."""
    labels = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "四、结转下年度继续办理")
    rows = "\n".join(label + ROW.format(count, count) for label in labels)
    return f"{agency}{year}年政府信息公开工作年度报告\n一、总体情况\n无。\n三、收到和处理政府信息公开申请情况\n{rows}\n"


def read(tmp_path: Path, text: str) -> list[tuple[str, str, str | None, int | None, list[str | None]]]:
    """Path, state, agency, year and the figures of 自然人 of every report in a file."""
    file = tmp_path / "a.txt"
    file.write_text(text, encoding="utf-8")
    return [
        (d.source_path, d.state, d.identity.agency_name, d.identity.fiscal_year, [r.cells[0].text for r in d.form_rows])
        for d in read_documents(file, "2020/a.txt")
    ]


def test_reports_of_several_organs_and_years_are_read_one_by_one(tmp_path: Path):
    text = report("甲县水利局", 2020, 1) + report("乙县林业局", 2020, 2) + report("乙县林业局", 2021, 3)
    file, *reports = read(tmp_path, text)
    assert file == ("2020/a.txt", "set_aside", None, None, [])
    assert reports == [
        ("2020/a.txt#1", "read", "甲县水利局", 2020, ["1", "1", "1"]),
        ("2020/a.txt#2", "read", "乙县林业局", 2020, ["2", "2", "2"]),
        ("2020/a.txt#3", "read", "乙县林业局", 2021, ["3", "3", "3"]),
    ]


def test_the_file_says_what_it_holds(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text(report("甲县水利局", 2020, 1) + report("乙县林业局", 2020, 2), encoding="utf-8")
    found = read_documents(file, "a.txt")[0]
    assert found.reason_code == "several_reports"
    assert "a.txt#2 乙县林业局2020年政府信息公开工作年度报告" in (found.reason or "")


def test_a_title_without_tables_of_its_own_parts_nothing(tmp_path: Path):
    others = "乙县林业局2019年政府信息公开工作年度报告\n丙县财政局2018年政府信息公开工作年度报告\n"
    ((path, state, agency, year, figures),) = read(tmp_path, report("甲县水利局", 2020, 1) + others)
    assert (path, state, agency, year, figures) == ("2020/a.txt", "read", "甲县水利局", 2020, ["1", "1", "1"])


def test_a_title_in_the_middle_of_a_table_parts_nothing(tmp_path: Path):
    """A page header may carry the title of another year by mistake; each line of the form stands there once."""
    first, second = report("甲县水利局", 2020, 1).rsplit("四、", 1)
    text = f"{first}甲县水利局2019年政府信息公开工作年度报告\n四、{second}"
    assert [(agency, year, len(rows)) for *_, agency, year, rows in read(tmp_path, text)] == [("甲县水利局", 2020, 3)]


def test_the_same_title_on_every_page_parts_nothing(tmp_path: Path):
    text = report("甲县水利局", 2020, 1)
    title = text.partition("\n")[0]
    assert len(read(tmp_path, text.replace("四、", f"{title}\n四、"))) == 1
