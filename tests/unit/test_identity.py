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
