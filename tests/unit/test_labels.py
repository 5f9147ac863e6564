"""Labels are known by their words, whatever brackets, widths, spaces and numbering surround them."""

from __future__ import annotations

import pytest

from ingest.forms.labels import forms, split_label


def codes(text: str, role: str = "line") -> set[str]:
    return {label.code for label in forms().match(text)[1] if label.role == role}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("（一）予以公开", "granted"),
        ("(一) 予 以 公 开", "granted"),
        ("「(一) 」予以公开", "granted"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "partial"),
        ("(二) 部分公开(区分处理的, 只计这一情形, 不计其他情形)", "partial"),
        ("2. 部分公开", "partial"),
        ("1．属于国家秘密", "denied_state_secret"),
        ("1、属于国家秘密", "denied_state_secret"),
        ('3.危及"三安全一稳定"', "denied_security_stability"),
        ("3. 危及“三安全一稳定”", "denied_security_stability"),
        ("3.危及三安全一稳定", "denied_security_stability"),
        ("2.其他法律行政止公开", "denied_law_forbidden"),
        ("⾏政许可", "permits"),
        ("行政规范性文件", "normative_documents"),
        ("规范性文件", "normative_documents"),
        ("一、本年新收政府信息公开申请数量", "new"),
        ("四、结转下年度继续办理", "carried_out"),
    ],
)
def test_a_line_is_known_by_its_words(text: str, code: str):
    assert codes(text) == {code}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("本年增\\减", "items_change"),
        ("本年增/减", "items_change"),
        ("2019 年起 对外公开总数量", "published_total"),
        ("对外公开总数量(2019 年起)", "published_total"),
        ("本年 新制作数量", "made"),
        ("本年收费金额（单位：万元）", "fee_amount"),
        ("本年收费金额(单位:万元)", "fee_amount"),
        ("社会组织", "public_interest"),
        ("处理决定数量", "decisions"),
    ],
)
def test_a_column_is_known_by_its_words(text: str, code: str):
    assert codes(text, "column") == {code}


@pytest.mark.parametrize("text", ["行政许可事项目录", "予以公开的政府信息共14件", "2020年", "本年新", ""])
def test_words_that_only_contain_a_label_are_none(text: str):
    assert forms().match(text)[1] == []


def test_the_ordinal_is_kept_apart():
    assert split_label("（七）总计").ordinal == "七"
    assert split_label("3.其他").ordinal == "3"
    assert split_label("总计").ordinal == ""


def test_words_used_for_a_line_and_for_heads_stay_ambiguous_here():
    assert codes("总计") == {"closed"}
    assert codes("总计", "column") == {"total"}
    assert codes("其他", "line") == {"other_remaining"}


def test_the_forms_have_the_cells_of_the_decree():
    size = {
        (version, table): sum(map(len, forms().tables[version, table].columns.values()))
        for version, table in forms().tables
    }
    assert size == {
        ("2019", 2): 22, ("2019", 3): 161, ("2019", 4): 15,
        ("2021", 2): 10, ("2021", 3): 175, ("2021", 4): 15,
    }  # fmt: skip
