"""``problems``: what an agency is told of its report, in a problem list and a return letter."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from ingest.__main__ import main
from ingest.letters import ALL, letter, problem_sheets, write_papers
from ingest.problems import Agency, Problem, Problems
from tests.support.warehouse import open_warehouse

JINJIANG = "晋江市人民政府_350582"


@pytest.fixture(scope="module")
def papers(built_reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    assert (
        main(["problems", "--data", str(built_reports.parent), "--output", str(folder), "--date", "2021年2月1日"]) == 0
    )
    return folder


@pytest.fixture(scope="module")
def found(built_reports: Path) -> list[tuple[Agency, list[Problem]]]:
    with open_warehouse(built_reports) as con:
        problems = Problems(con)
        return [pair for pair in problems.of(problems.agencies(None, None), None) if pair[1]]


def paragraphs(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(path).paragraphs]


def test_every_open_finding_is_in_the_papers_of_its_agency_once(papers: Path, built_reports: Path):
    with open_warehouse(built_reports) as con:
        open_ones = {
            row[0]: row[1:]
            for row in con.execute(
                "select finding_id, agency_id, equation_text, source_path, line_no from quality.findings"
            ).fetchall()
        }
    with (papers / ALL).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {
        row["发现编号"]: (row["机关代码"], row["印出的数"], row["来源文件"], int(row["行号"])) for row in rows
    } == open_ones
    assert len(rows) == len(open_ones)
    listed = []
    for path in papers.glob("*.xlsx"):
        cells = list(load_workbook(path)["问题清单"].iter_rows(values_only=True))
        listed += [row[cells[0].index("发现编号")] for row in cells[1:]]
        text = "\n".join(paragraphs(Path(str(path).replace("问题清单.xlsx", "退回函.docx"))))
        assert all(row[cells[0].index("印出的数")] in text for row in cells[1:])
    assert sorted(listed) == sorted(open_ones)


def test_a_letter_names_agency_report_numbers_and_the_proven_correction(papers: Path):
    lines = paragraphs(papers / f"{JINJIANG}_退回函.docx")
    assert lines[1] == "晋江市人民政府："
    assert "《晋江市人民政府2020年政府信息公开工作年度报告》（2020年度，汇总；文件：2020/004_jinjiang.txt）" in lines
    assert "印出的数：215+0+0+1+3+3 ≠ 231 (差 −9)" in lines
    assert any(
        x.startswith("参考改法：“一、本年新收政府信息公开申请数量”×“商业企业”：0 → 9。依据：不成立：") for x in lines
    )
    assert "参考改法：与第 1 项同出一处，见该项。" in lines
    assert "位置：正文，对照表三“（七）总计”的“总计”（2020/004_jinjiang.txt，第9行）" in lines
    assert lines[-1] == "2021年2月1日"
    replies = Document(papers / f"{JINJIANG}_退回函.docx").tables[0]
    assert [row.cells[0].text for row in replies.rows][1:] == [str(n) for n in range(1, len(replies.rows))]
    assert replies.rows[1].cells[2].text == "□ 更正\n□ 说明"


def test_where_nothing_is_proven_all_candidates_are_given(papers: Path):
    lines = paragraphs(papers / "安溪县人民政府_350524_退回函.docx")
    assert "仅凭等式不能确定哪一格有误，可能的改法有 5 种，请对照原始台账确定。" in lines
    assert "（5）“未经复议直接起诉”×“总计”：5 → 0" in lines
    assert not [line for line in lines if line.startswith("参考改法：")]


def test_the_list_has_the_cells_of_an_equation_with_value_and_status(papers: Path):
    page = load_workbook(papers / f"{JINJIANG}_问题清单.xlsx")["等式各项"]
    rows = [row for row in page.iter_rows(values_only=True) if row[1] == "F-663646982934"]
    assert [row[8] for row in rows] == [215, 0, 0, 1, 3, 3, 231]
    assert {row[9] for row in rows} == {"已填"}


def test_two_runs_write_the_same_bytes_and_say_what_is_of_an_earlier_one(
    papers: Path, built_reports: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    again = tmp_path / "again"
    run = ["problems", "--data", str(built_reports.parent), "--output", str(again), "--date", "2021年2月1日"]
    assert main(run) == 0
    first = {path.name: path.read_bytes() for path in papers.iterdir()}
    assert {path.name: path.read_bytes() for path in again.iterdir()} == first
    shutil.copy(again / f"{JINJIANG}_退回函.docx", again / "旧_退回函.docx")
    capsys.readouterr()
    assert main([*run, "--agency", "350582", "--year", "2020"]) == 0
    out = capsys.readouterr().out
    assert "3 files written" in out
    assert "  旧_退回函.docx" in out


def test_hostile_names_reach_no_formula_and_no_other_folder(found: list[tuple[Agency, list[Problem]]], tmp_path: Path):
    problems = next(problems for agency, problems in found if agency.agency_id == "350582")
    evil = Agency("../=1", "=cmd|'/C calc'!A0\x07", len(problems))
    made = [
        replace(p, report=replace(p.report, title="=1+1", source_path="=2/../x.txt"), line="@SUM(1)", source_path="=2")
        for p in problems
    ]

    class Told(Problems):
        def __init__(self) -> None:
            pass

        def of(self, agencies, year):
            return iter([(evil, made)])

    written, _ = write_papers(Told(), [evil], tmp_path)
    assert {path.parent for path in written} == {tmp_path}
    assert len(list(tmp_path.iterdir())) == len(written)
    for page in load_workbook(written[0]):
        assert not [cell for row in page.iter_rows() for cell in row if cell.data_type in ("f", "e")]
    assert load_workbook(written[0])["问题清单"]["H2"].value == "@SUM(1)"
    assert paragraphs(written[1])[1] == "=cmd|'/C calc'!A0·："
    with (tmp_path / ALL).open(encoding="utf-8-sig", newline="") as file:
        assert next(csv.DictReader(file))["行"] == "'@SUM(1)"


def test_papers_of_an_invented_agency_say_so_in_name_and_content(
    found: list[tuple[Agency, list[Problem]]], tmp_path: Path
):
    pairs = [(replace(agency, is_sample=number == 0), problems) for number, (agency, problems) in enumerate(found)]

    class Told(Problems):
        def __init__(self) -> None:
            pass

        def of(self, agencies, year):
            return iter(pairs)

    written, _ = write_papers(Told(), [agency for agency, _ in pairs], tmp_path)
    sheet, paper, *others, summary = written
    assert all(path.name.startswith("示例数据_") for path in (sheet, paper, summary))
    assert not any("示例" in path.name for path in others)
    assert load_workbook(sheet).sheetnames == ["【示例数据】问题清单", "【示例数据】等式各项", "【示例数据】参考改法"]
    assert load_workbook(sheet).properties.title.startswith("【示例数据】")
    assert paragraphs(paper)[0] == "【示例数据】政府信息公开工作年度报告数据核对退回函"
    assert "虚构的示例数据" in paragraphs(paper)[1]
    with summary.open(encoding="utf-8-sig", newline="") as file:
        marked = {row["机关代码"] for row in csv.DictReader(file) if row["机关名称"].startswith("【示例数据】")}
    assert marked == {pairs[0][0].agency_id}


def test_many_candidates_stay_out_of_the_letter_but_not_of_the_list(found: list[tuple[Agency, list[Problem]]]):
    agency, problems = next(pair for pair in found if pair[0].agency_id == "350524")
    group = problems[0].group
    many = replace(problems[0], group=replace(group, candidates=group.candidates * 4, candidate_count=1000))
    lines = [p.text for p in letter(agency, [many], date=None, sender=None).paragraphs]
    assert "（其余改法见问题清单。）" in lines
    assert sum("→" in line for line in lines) == 10
    assert len(problem_sheets([many])[2].rows) == 20
    assert any("可能的改法有 1,000 种以上" in line for line in lines)
    confirmed = replace(problems[0], group=replace(group, confirmed_no=5))
    lines = [p.text for p in letter(agency, [confirmed], date=None, sender=None).paragraphs]
    assert any(line.startswith("其中与正文所称相符的是（5）“未经复议直接起诉”×“总计”：5 → 0。依据：") for line in lines)
    only = (replace(group.candidates[0], is_unique=True),)
    thin = replace(problems[0], group=replace(group, status="unique", is_thin=True, candidates=only))
    lines = [p.text for p in letter(agency, [thin], date=None, sender=None).paragraphs]
    assert any(line.startswith("可能的改法：“未经复议直接起诉”") for line in lines)
    assert problem_sheets([thin])[0].rows[0][15] == "改法唯一，但有疑问"
    against = (replace(only[0], prose_verdict="contradicts"),)
    contradicted = replace(thin, group=replace(thin.group, is_thin=False, candidates=against))
    assert problem_sheets([contradicted])[0].rows[0][15] == "改法唯一，但有疑问"
    unresolved = replace(many, group=replace(group, status="unresolved", candidates=(), candidate_count=0))
    lines = [p.text for p in letter(agency, [unresolved], date=None, sender=None).paragraphs]
    assert "仅凭等式不能推断哪些格有误，请对照原始台账逐格核对。" in lines


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--agency", "晋江市"], 3, "near: 晋江市人民政府 (350582)"),
        (["--agency", "无此机关"], 3, "no report of “无此机关” is published"),
        (["--year", "2019"], 3, "there are reports of: 2020"),
        (["--agency", "350581-office"], 0, "No open finding"),
    ],
)
def test_what_cannot_be_written_is_said(
    options: list[str],
    code: int,
    said: str,
    *,
    built_reports: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
):
    folders = ["--data", str(built_reports.parent), "--output", str(tmp_path / "out")]
    assert main(["problems", *folders, *options]) == code
    captured = capsys.readouterr()
    assert said in captured.out + captured.err
    assert not (tmp_path / "out").exists()


def test_without_a_build_it_says_what_to_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["problems", "--data", str(tmp_path)]) == 2
    assert "run `make build`" in capsys.readouterr().err
