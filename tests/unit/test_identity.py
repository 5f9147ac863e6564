"""Whom, for which year and scope: taken from evidence in the document, with its line, or left empty."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.identity import identify
from ingest.model import Identity
from ingest.readers.text import read_decoded


def identity(text: str) -> Identity:
    return identify(read_decoded(text, "utf-8"))


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("# 晋江市人民政府 2020 年政府信息公开工作年度报告", "晋江市人民政府", 2020),
        ("2019年上海市人民政府办公厅政府信息公开工作年度报告", "上海市人民政府办公厅", 2019),
        ("平潭综合实验区2018年度政府信息公开工作年度报告", "平潭综合实验区", 2018),
        ("标题: 平潭综合实验区2019年度政府信息公开工作年度报告", "平潭综合实验区", 2019),
        ("泉州市教育局二〇二一年政府信息公开工作年度报告", "泉州市教育局", 2021),
        ("某县人民政府\n2022年度政府信息公开工作年度报告", "某县人民政府", 2022),
        ("某市财政局关于2023年政府信息公开工作情况的报告", "某市财政局", 2023),
        ("某镇人民政府２０２４年政府信息公开年报", "某镇人民政府", 2024),
    ],
)
def test_the_title_tells_agency_and_year(title: str, agency: str, year: int):
    found = identity(title)
    assert (found.agency_name, found.fiscal_year) == (agency, year)
    assert found.agency_evidence == found.year_evidence == "title 标题"
    assert found.agency_line_no == 1


def test_a_letterhead_above_the_title_is_not_part_of_the_name():
    found = identity("# 漳平市人民政府文件\n\n## 漳平市人民政府 2020 年政府信息公开工作年度报告")
    assert (found.agency_name, found.agency_line_no) == ("漳平市人民政府", 3)


def test_a_sentence_that_mentions_the_report_is_no_title():
    text = "根据上级要求编制2020年政府信息公开工作年度报告，现将情况公布如下。"
    assert identity(text).agency_name is None


def test_without_a_title_the_sign_off_tells_and_its_date_confirms_the_year():
    text = "一、总体情况\n2020年，本局共主动公开政府信息12条，较上年增加。\n某县水利局\n2021年1月12日\n(此件公开发布)"
    found = identity(text)
    assert (found.agency_name, found.issuer_name, found.fiscal_year) == ("某县水利局", "某县水利局", 2020)
    assert found.agency_evidence == "sign-off 落款"
    assert found.published_on == date(2021, 1, 12)
    assert found.year_line_no == 2


def test_an_office_that_signs_for_the_whole_county_reports_for_its_government():
    text = "2020年,全县累计收到政府信息公开申请46件,均已答复完毕。\n安溪县人民政府办公室\n2021年1月12日"
    found = identity(text)
    assert (found.agency_name, found.issuer_name) == ("安溪县人民政府", "安溪县人民政府办公室")
    assert (found.scope, found.scope_evidence) == ("consolidated", "全县累计收到政府信息公开申请46")


def test_an_office_that_reports_on_itself_stays_the_office():
    text = "2020年，我办认真贯彻条例，共受理政府信息公开申请7件。\n石狮市人民政府办公室\n2021年1月12日"
    found = identity(text)
    assert (found.agency_name, found.scope) == ("石狮市人民政府办公室", "own")


def test_a_year_that_the_sign_off_does_not_confirm_is_no_year():
    assert identity("2018年，本局共主动公开政府信息12条，较上年增加。\n某县水利局\n2021年1月12日").fiscal_year is None


def test_the_stated_period_tells_the_year():
    found = identity("本报告数据统计期限自2020年1月1日起至2020年12月31日止，特此说明。\n某县水利局\n2021年3月2日")
    assert (found.fiscal_year, found.year_evidence) == (2020, "period 统计期限")


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("汇总了2020年漳平市人民政府、各乡镇（街道）、市直各部门政府信息公开统计数据", "consolidated"),
        ("全市各级各部门受理信息公开申请264件，依法办结259件", "consolidated"),
        ("我镇通过网站主动公开政府信息25条。", "own"),
        ("汇总了2020年西园镇政府信息公开统计数据。我镇未收到依申请公开申请。", "own"),
        ("我办持续推进公开，指导督促全市各部门编制目录。", "own"),
        ("本单位2021年收到政府信息公开申请3件。", "own"),
        ("持续推进全市政务公开工作。", "unknown"),
    ],
)
def test_scope_is_told_by_the_words_of_the_report(text: str, scope: str):
    assert identity(text).scope == scope


def test_publication_line_and_address():
    found = identity("发布时间: 2020-01-20 15:22\n原文链接: https://www.example.gov.cn/t20200120.htm\n")
    assert (found.published_on, found.published_line_no) == (date(2020, 1, 20), 1)
    assert found.source_url == "https://www.example.gov.cn/t20200120.htm"


def test_nothing_is_made_up():
    assert identity("这是一段与年度报告无关的文字。") == Identity()


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("某县教育局政府信息公开工作年度报告（2021年度）", "某县教育局", 2021),
        ("某县教育局（2021年）政府信息公开工作年度报告", "某县教育局", 2021),
        ("某市科委2022年政府信息公开工作年度报告-某市政府门户网站", "某市科委", 2022),
    ],
)
def test_the_year_of_a_title_may_stand_in_brackets_and_a_site_after_it(title: str, agency: str, year: int):
    found = identity(title)
    assert (found.agency_name, found.fiscal_year) == (agency, year)


def test_of_the_titles_a_page_lists_the_one_above_the_text_is_meant():
    """Navigation lists the reports of other organs and years before the report itself."""
    found = identity(
        "甲县水利局2019年政府信息公开工作年度报告\n乙县林业局2020年政府信息公开工作年度报告\n首页\n"
        "丙县财政局2021年政府信息公开工作年度报告\n一、总体情况\n2021年，我局主动公开信息12条，均按时公开。\n"
        "丁县审计局2018年政府信息公开工作年度报告"
    )
    assert (found.agency_name, found.fiscal_year, found.agency_line_no) == ("丙县财政局", 2021, 4)
    assert "甲县水利局" in (found.conflicts or "")


def test_a_title_of_another_year_than_the_stated_period_is_not_meant():
    found = identity(
        "丙县财政局2021年政府信息公开工作年度报告\n丙县财政局2020年政府信息公开工作年度报告\n"
        "一、总体情况\n本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止。"
    )
    assert found.fiscal_year == 2021


def test_a_year_that_the_period_contradicts_is_shown_as_a_conflict():
    found = identity(
        "丙县财政局2021年政府信息公开工作年度报告\n一、总体情况\n统计期限自2020年1月1日起至2020年12月31日止。"
    )
    assert found.fiscal_year == 2021
    assert found.conflicts == "year 2020 by period 统计期限 (line 3)"


def test_a_table_of_metadata_tells_issuer_dates_and_address():
    found = identity(
        "索引号\tFJ0101\t发布机构\t某县水利局\n成文日期\t\t发布日期\t2021-02-03\n"
        "发 文 机 关：某县水利局  生成日期：2021年1月30日\n原文链接: https://www.example.gov.cn/a.html\n"
        "2020年政府信息公开工作年度报告"
    )
    assert (found.agency_name, found.agency_evidence) == ("某县水利局", "metadata 发布机构")
    assert (found.issuer_name, found.fiscal_year) == ("某县水利局", 2020)
    assert (found.published_on, found.published_line_no) == (date(2021, 2, 3), 2)
    assert found.source_url == "https://www.example.gov.cn/a.html"


def test_when_it_was_written_stands_in_for_when_it_was_published_only_where_that_is_not_told():
    assert identity("成文日期\t2021-01-30\t发布日期\t2021-02-03").published_on == date(2021, 2, 3)
    found = identity("成文日期\t2021-01-30\n某县水利局\n2021年1月28日")
    assert (found.published_on, found.published_evidence) == (date(2021, 1, 30), "metadata 成文日期")


def test_an_empty_cell_of_metadata_does_not_take_the_next_cells_value():
    assert identity("发布日期\t\t索引号\tFJ20210112").published_on is None


@pytest.mark.parametrize(
    ("path", "agency", "year"),
    [
        ("2020/丁县审计局2020年政府信息公开工作年度报告.pdf", "丁县审计局", 2020),
        ("2020/丁县审计局.pdf", "丁县审计局", 2020),
        ("丁县审计局/2020年年报.docx", "丁县审计局", 2020),
        ("2021/丁县审计局_2020.xlsx", "丁县审计局", 2020),
        ("归档/2020.xlsx", None, 2020),
        ("丁县审计局.zip/2020年/年报.docx", "丁县审计局", 2020),
        ("a/b.txt", None, None),
    ],
)
def test_names_of_file_and_folders_tell_what_the_text_does_not(path: str, agency: str | None, year: int | None):
    found = identify(read_decoded("一、总体情况\n无。", "utf-8"), path)
    assert (found.agency_name, found.fiscal_year) == (agency, year)


def test_the_text_outranks_the_path_and_the_difference_is_shown():
    text = read_decoded("戊县民政局2021年政府信息公开工作年度报告\n一、总体情况", "utf-8")
    found = identify(text, "2020/丁县审计局2020年政府信息公开工作年度报告.txt")
    assert (found.agency_name, found.fiscal_year) == ("戊县民政局", 2021)
    assert (
        found.conflicts
        == "agency 丁县审计局 by file name 文件名; year 2020 by file name 文件名; year 2020 by folder name 文件夹名"
    )


def test_a_folder_named_after_the_year_of_publication_is_no_fiscal_year():
    text = read_decoded("一、总体情况\n无。\n丁县审计局\n2021年1月20日", "utf-8")
    assert identify(text, "2021/报告.txt").fiscal_year is None


def test_a_date_in_chinese_numerals_signs_a_report():
    found = identity("丁县审计局\n二〇二一年一月二十一日")
    assert (found.issuer_name, found.published_on) == ("丁县审计局", date(2021, 1, 21))
