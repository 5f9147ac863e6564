"""Layouts that offices and converters publish, each in a small document of its own: read right, or not at all."""

from __future__ import annotations

import pytest

from ingest.forms.labels import forms
from ingest.forms.recognise import recognise
from ingest.model import FormRow
from ingest.readers.text import read_decoded

T2_2021 = "第二十条第（五）项\n信息内容\t本年处理决定数量\n"
T2_2021_1 = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
T2_2019_5 = "第二十条第（五）项\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n"
T3_HEAD = "申请人情况\n自然人\t法人或其他组织\t总计\n商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n"
T4_HEADS = "\t".join(["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"] * 3)
T4 = f"行政复议\t\t\t\t\t行政诉讼\n未经复议直接起诉\t\t\t\t\t复议后起诉\n{T4_HEADS}\n"
SEVEN = ["4", "1", "0", "0", "0", "0", "5"]


def found(text: str, fiscal_year: int | None = None) -> dict[str, FormRow]:
    return {row.line_code: row for row in recognise(read_decoded(text, "utf-8"), fiscal_year).rows}


def texts(row: FormRow) -> list[str | None]:
    return [cell.text for cell in row.cells]


def placed(text: str, fiscal_year: int | None = None) -> dict[str, list[str | None]]:
    """The lines that were placed, with their cells."""
    return {
        code: texts(row)
        for code, row in found(text, fiscal_year).items()
        if not row.cells[0].placed_by.startswith("refused")
    }


def refusal(row: FormRow) -> str:
    return row.cells[0].placed_by


def table_3(version: str = "2019", values: dict[str, list[int]] | None = None, sep: str = "\t") -> dict[str, str]:
    """A whole 表三 that adds up, one line of text a line of the form."""
    given = {"granted": [3, 1, 0, 0, 0, 0], "partial": [2, 0, 0, 0, 0, 1], "declined_repeat": [0, 0, 1, 0, 0, 0]}
    given |= values or {}
    lines = list(forms().tables[version, 3].columns)
    outcomes = lines[lines.index("granted") : lines.index("closed")]
    given["closed"] = [sum(given.get(code, [0] * 6)[i] for code in outcomes) for i in range(6)]
    given.setdefault("carried_in", [1, 0, 0, 0, 0, 0])
    given["new"] = [a - b for a, b in zip(given["closed"], given["carried_in"], strict=True)]
    labels = {"new": "一、本年新收政府信息公开申请数量", "carried_in": "二、上年结转政府信息公开申请数量"}
    labels |= {"closed": "（七）总计", "carried_out": "四、结转下年度继续办理", "other_remaining": "3.其他"}
    for core, names in forms().labels.items():
        for name in names:
            if (name.role, name.table_no) == ("line", 3) and name.form_version in ("", version):
                labels.setdefault(name.code, core)
    return {
        code: sep.join([labels[code], *map(str, given.get(code, [0] * 6)), str(sum(given.get(code, [0])))])
        for code in lines
    }


# -- a label and its figures on one line of text


@pytest.mark.parametrize(
    "line", ["行政许可 97", "行政许可　97", "行政许可:97", "行政许可：97", "行政许可 97；", "行政许可97"]
)
def test_a_label_and_its_figure_on_a_line_of_text(line: str):
    assert placed(T2_2021 + line) == {"permits": ["97"]}


def test_a_figure_on_a_line_of_text_keeps_its_unit():
    assert placed(T2_2021 + "行政许可：97件") == {"permits": ["97件"]}
    assert placed("第二十条第（八）项\n信息内容 本年收费金额（单位：万元）\n行政事业性收费：251000元") == {
        "fees": ["251000元"]
    }


def test_words_of_table_2_need_its_heads_or_articles():
    assert found("二、主动公开政府信息情况\n行政许可 97\n行政处罚 12") == {}


def test_fixed_width_text_is_a_table():
    text = (
        "第二十条第（一）项\n信息内容      本年制发件数   本年废止件数   现行有效件数\n"
        + "规章   1   0   9\n行政规范性文件   2   1   30\n"
        + "         自然人   商业企业   科研机构   社会公益组织   法律服务机构   其他   总计\n"
        + "一、本年新收政府信息公开申请数量   4   1   0   0   0   0   5\n"
        + "三、本年度办理结果   （一）予以公开   4   1   0   0   0   0   5\n"
    )
    rows = placed(text)
    assert rows["government_rules"] == ["1", "0", "9"]
    assert rows["normative_documents"] == ["2", "1", "30"]
    assert rows["new"] == rows["granted"] == SEVEN


def test_fixed_width_text_with_a_gap_is_not_read():
    assert placed("（一）予以公开   4   1   0      0   0   5") == {}


def test_the_figures_of_a_line_on_a_line_of_their_own():
    assert placed(
        "一、本年新收政府信息公开申请数量\n4 1 0 0 0 0 5\n二、上年结转政府信息公开申请数量\n0 0 0 0 0 0 0"
    ) == {
        "new": SEVEN,
        "carried_in": ["0"] * 7,
    }


def test_fifteen_figures_on_a_line_under_the_heads_of_table_4():
    text = (
        "行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n"
        + T4_HEADS.replace("\t", " ")
        + "\n"
        + " ".join(map(str, range(15)))
    )
    assert placed(text)["litigation_after_reconsideration"] == ["10", "11", "12", "13", "14"]


def test_labels_and_figures_run_together_on_a_line():
    text = "1.属于国家秘密 4 0 0 0 0 0 42.其他法律行政法规禁止公开 1 0 0 0 0 0 13.危及“三安全一稳定” 0 0 0 0 0 0 0"
    assert placed(text) == {
        "denied_state_secret": ["4", "0", "0", "0", "0", "0", "4"],
        "denied_law_forbidden": ["1", "0", "0", "0", "0", "0", "1"],
        "denied_security_stability": ["0"] * 7,
    }


def test_prose_that_names_labels_and_figures_is_no_table():
    prose = (
        "全年办理行政许可97件，行政处罚12件，行政强制3件；予以公开5件，部分公开2件，属于国家秘密1件，重复申请4件，"
        "要求提供公开出版物2件，信访举报投诉类申请6件，没有现成信息需要另行制作1件，补正后申请内容仍不明确1件，"
        "本机关不掌握相关政府信息8件，属于行政查询事项2件，保护第三方合法权益1件，属于三类内部事务信息3件。"
    )
    assert found(T2_2021 + prose) == {}
    assert found("二、主动公开政府信息情况\n第二十条第（五）项\n" + "其中行政许可 97 件、行政处罚 12 件") == {}
    assert found("（一）予以公开 14\n（二）部分公开 5\n（七）总计 19") == {}


# -- rows and labels


@pytest.mark.parametrize(
    "label",
    ["①属于国家秘密", "1)属于国家秘密", "(1)属于国家秘密", "（1）属于国家秘密", "１．属于国家秘密", "⒈属于国家秘密",
     "1 属于国家秘密", "属于国家秘密：", "1.属于国家秘密（件）", "1.属于国家秘密（单位：件）",
     "1.属于国家秘密 单位：件"],
)  # fmt: skip
def test_a_label_is_known_however_it_is_numbered_and_noted(label: str):
    assert placed("\t".join([label, *SEVEN])) == {"denied_state_secret": SEVEN}


def test_lines_out_of_order_are_known_by_their_labels():
    text = "8.属于行政查询事项\t2\t0\t0\t0\t0\t0\t2\n（一）予以公开\t" + "\t".join(SEVEN)
    assert placed(text) == {"denied_inquiry_item": ["2", "0", "0", "0", "0", "0", "2"], "granted": SEVEN}


@pytest.mark.parametrize("beside", [0, 1, 2])
def test_a_label_broken_over_rows_with_its_figures_beside_any_of_them(beside: int):
    parts = ["5.要求行政机关", "确认或重新出具", "已获取信息"]
    rows = ["\t".join([part, *(SEVEN if i == beside else [""] * 7)]) for i, part in enumerate(parts)]
    text = (
        "4.无正当理由大量反复申请\t"
        + "\t".join(["0"] * 7)
        + "\n"
        + "\n".join(rows)
        + "\n（七）总计\t"
        + "\t".join(SEVEN)
    )
    assert placed(text)["declined_confirm"] == SEVEN


def test_a_label_with_its_figures_between_its_halves_where_cells_stand_alone():
    text = "5.要求行政机关确认或重新\n" + "\n".join(SEVEN) + "\n出具已获取信息\n（七）总计\n" + "\n".join(SEVEN)
    assert placed(text) == {"declined_confirm": SEVEN, "closed": SEVEN}


def test_two_rows_run_together_are_parted_at_the_label():
    text = "1.属于国家秘密\t" + "\t".join(SEVEN) + "2.其他法律行政法规禁止公开\t" + "\t".join(["0"] * 7)
    assert placed(text) == {"denied_state_secret": SEVEN, "denied_law_forbidden": ["0"] * 7}


def test_an_ordinal_glued_to_the_last_figure_of_a_run_is_parted_where_the_form_has_it():
    text = "1.本机关不掌握相关政府信息\n4\n0\n0\n0\n0\n0\n42.没有现成信息需要另行制作\n" + "\n".join(["0"] * 7)
    assert placed(text)["unable_not_held"] == ["4", "0", "0", "0", "0", "0", "4"]
    assert placed("12.没有现成信息需要另行制作\t" + "\t".join(SEVEN)).keys() == {"unable_must_create"}


def test_a_lone_minus_belongs_to_the_figure_right_of_it():
    assert placed(T2_2019_5 + "行政许可\t843\t-\t156\t12550") == {"permits": ["843", "-156", "12550"]}
    assert placed(T2_2019_5 + "行政许可 843 -156 12550") == {"permits": ["843", "-156", "12550"]}
    assert refusal(found(T2_2019_5 + "行政许可\t-\t843\t156\t12550")["permits"]).startswith("refused")


def test_heads_with_nothing_but_dashes_under_them_are_not_applicable():
    assert placed(T4 + "\t".join(["-"] * 15))["reconsideration"] == ["-"] * 5
    assert placed(T2_2021 + "行政许可\t-") == {"permits": ["-"]}


def test_a_total_is_head_and_line_and_three_heads_of_table_4():
    text = T3_HEAD + "（七）总计\t" + "\t".join(SEVEN) + "\n" + T4 + "\t".join(map(str, range(15)))
    rows = placed(text)
    assert rows["closed"] == SEVEN
    assert rows["reconsideration"] == ["0", "1", "2", "3", "4"]


def test_other_is_head_and_line():
    text = (
        T3_HEAD + "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\t" + "\t".join(["0"] * 7)
        + "\n其他\t" + "\t".join(SEVEN) + "\n（七）总计\t" + "\t".join(SEVEN)
    )  # fmt: skip
    assert placed(text, 2022)["other_remaining"] == SEVEN


@pytest.mark.parametrize("digits", ["00", "05", "０２", "-0"])
def test_a_figure_that_begins_with_a_zero_is_two_cells_run_together(digits: str):
    row = found("\t".join(["（一）予以公开", "4", "1", digits, "0", "0", "0", "5"]))["granted"]
    assert "begins with a zero" in refusal(row)


def test_a_figure_that_cannot_be_read_is_a_cell_all_the_same():
    row = found("（一）予以公开\n4\n1\n0\nO\n0\n0\n5\n（二）部分公开\n" + "\n".join(["0"] * 7))["granted"]
    assert texts(row) == ["4", "1", "0", "O", "0", "0", "5"]


def test_a_row_that_lost_a_cell_is_not_filled_up_with_a_blank():
    rows = [f"{label}\t\t\t0\t0\t0\t0\t0\t0\t0" for label in ("（一）予以公开", "（二）部分公开", "（六）其他处理")]
    row = found("\n".join([*rows, "（七）总计\t\t\t20\t5\t0\t0\t0\t25"]))["closed"]
    assert refusal(row) == "refused: an empty cell at the end of a row that is not as wide as the others"


# -- tables


def test_a_cell_lost_from_table_4_is_not_made_up_for_by_what_fills_up_its_row():
    heads = T4_HEADS.split("\t")
    text = "\n".join(
        "\t".join([*row, ""])
        for row in (["行政复议", "行政诉讼"], [*heads[:5], "未经复议直接起诉", "复议后起诉"], heads[5:])
    )
    figures = ["0", "0", "226", "189", "415", "0", "0", "200", "0", "200", "0", "0", "93", "179", "272"]
    whole = found(f"{text}\n" + "\t".join([*figures, ""]))["litigation_after_reconsideration"]
    assert texts(whole) == ["0", "0", "93", "179", "272"]
    lost = found(f"{text}\n" + "\t".join([*figures[:9], *figures[10:], ""]))["litigation_after_reconsideration"]
    assert refusal(lost) == "refused: the empty cell at the end may be what the heads' row is filled up with"


def test_tables_in_any_order_after_a_table_of_metadata():
    text = (
        "| 索引号 | 000014349/2021-00012 | 主题分类 | 政务公开 |\n|---|---|---|---|\n"
        "| 发文机关 | 某市人民政府 | 成文日期 | 2021年1月20日 |\n\n"
        + T4.replace("\t", " | ") + " | ".join(map(str, range(15))) + "\n"
        + T2_2021 + "行政许可\t97\n" + T3_HEAD + "（一）予以公开\t" + "\t".join(SEVEN)
    )  # fmt: skip
    rows = placed(text, 2021)
    assert rows["permits"] == ["97"]
    assert rows["granted"] == SEVEN
    assert rows["direct_litigation"] == ["5", "6", "7", "8", "9"]


def test_a_small_table_of_its_own_below_each_label():
    heads = (
        "| 自然人 | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | 总计 |\n|---|---|---|---|---|---|---|\n"
    )
    values = "| 4 | 1 | 0 | 0 | 0 | 0 | 5 |\n"
    rule = "|---|---|---|\n"
    text = (
        f"规章\n\n| 本年制发件数 | 现行有效件数 | 本年废止件数 |\n{rule}| 1 | 9 | 0 |\n\n"
        f"一、本年新收政府信息公开申请数量\n\n{heads}{values}\n（一）予以公开\n\n{heads}{values}"
    )
    assert placed(text) == {"government_rules": ["1", "0", "9"], "new": SEVEN, "granted": SEVEN}


def test_a_table_continued_after_a_page_break_is_one_table():
    lines = list(table_3().values())
    rows = placed("\n".join([*lines[:9], "", "- 3 -", T3_HEAD, *lines[9:]]))
    assert len(rows) == 23


def test_a_table_of_other_heads_is_not_taken():
    text = "申请渠道\t当面\t网络\t信函\t传真\t电话\t其他\t总计\n本年新收政府信息公开申请数量\t1\t2\t3\t4\t5\t6\t21\n"
    assert found(text) == {}
    text = "办理结果\t一季度\t二季度\t三季度\t四季度\t上半年\t下半年\t全年\n予以公开\t1\t2\t3\t4\t3\t7\t10\n"
    assert found(text) == {}


def test_a_short_list_of_the_same_words_does_not_spoil_the_table():
    text = (
        "办理结果\t件数\n予以公开\t5\n部分公开\t2\n\n三、收到和处理政府信息公开申请情况\n（一）予以公开\t"
        + "\t".join(SEVEN)
    )
    assert placed(text) == {"granted": SEVEN}


def test_a_word_of_table_2_counted_elsewhere_is_not_taken():
    assert found("信息类别\t数量\n行政许可\t69\n行政处罚\t12\n", 2022) == {}
    text = T2_2021 + "行政许可\t97\n" + T3_HEAD + "行政许可\t69"
    assert refusal(found(text)["permits"]) == "refused: printed more than once (lines 3, 7)"


# -- which form


def test_each_document_tells_the_single_and_the_parted_line_6():
    for version, codes in (
        ("2019", {"other"}),
        ("2021", {"other_no_correction", "other_unpaid_fee", "other_remaining"}),
    ):
        rows = placed("\n".join(table_3(version).values()), 2020)
        assert len(rows) == len(forms().tables[version, 3].columns)
        assert codes <= rows.keys()


def test_one_lost_label_does_not_flip_the_form():
    lines = table_3("2021")
    lines["other_no_correction"] = lines["other_no_correction"].replace("申请人无正当理由", "")
    lines.pop("other_remaining")
    tables = recognise(read_decoded("\n".join(lines.values()), "utf-8"), 2019).tables
    assert [table.form_version for table in tables] == ["2021"]


def test_the_figures_of_a_line_tell_the_form_where_its_heads_are_lost():
    assert placed("第二十条第（五）项\n行政许可\t843\t-156\t12550", 2022) == {"permits": ["843", "-156", "12550"]}
    assert placed("第二十条第（五）项\n行政许可\t97", 2020) == {"permits": ["97"]}


def test_without_heads_nothing_tells_what_three_figures_of_a_document_count():
    row = found("第二十条第（一）项\n规章\t1\t2\t9", 2021)["government_rules"]
    assert refusal(row) == "refused: no heads tell which form's columns these are"


# -- rows without labels


def _without_labels(lines: dict[str, str], *codes: str) -> str:
    return "\n".join("\t" + line.split("\t", 1)[1] if code in codes else line for code, line in lines.items())


def test_rows_without_labels_are_placed_by_order_and_proof():
    rows = found(_without_labels(table_3(), "partial", "denied_state_secret", "declined_repeat"))
    assert texts(rows["partial"]) == ["2", "0", "0", "0", "0", "1", "3"]
    assert texts(rows["declined_repeat"]) == ["0", "0", "1", "0", "0", "0", "1"]
    assert {refusal(rows[code]) for code in ("partial", "denied_state_secret", "declined_repeat")} == {"order"}


def test_cells_alone_on_their_lines_are_placed_by_order_too():
    text = (
        _without_labels(table_3(sep="\t"), "partial", "denied_state_secret").replace("\n\t", "\n").replace("\t", "\n")
    )
    rows = found(text)
    assert texts(rows["partial"]) == ["2", "0", "0", "0", "0", "1", "3"]
    assert texts(rows["granted"]) == ["3", "1", "0", "0", "0", "0", "4"]
    assert len(rows) == 23


def test_rows_without_labels_are_left_alone_where_their_count_is_not_the_forms():
    lines = table_3()
    lines.pop("denied_state_secret")
    assert "partial" not in found(_without_labels(lines, "partial"))


def test_rows_without_labels_are_left_alone_where_an_equation_fails_or_cannot_be_evaluated():
    assert "partial" not in found(_without_labels(table_3() | {"closed": "（七）总计\t5\t1\t1\t0\t0\t0\t7"}, "partial"))
    assert "partial" not in found(
        _without_labels(table_3() | {"other": "（六）其他处理\t0\t0\t0\t0\t0\t\t0"}, "partial")
    )


def test_rows_of_table_2_and_4_without_labels_are_left_alone():
    rows = placed(T2_2021_1 + "规章\t1\t0\t9\n\t2\t1\t30\n")
    assert rows == {"government_rules": ["1", "0", "9"]}


# -- tables printed twice


def test_two_different_tables_are_never_mixed():
    own = table_3()
    region = table_3(values={"granted": [9, 3, 0, 0, 0, 0], "partial": [8, 0, 0, 0, 0, 2]})
    own.pop("carried_out")
    rows = found("本机关情况\n" + "\n".join(own.values()) + "\n全区情况\n" + "\n".join(region.values()))
    assert refusal(rows["granted"]).startswith("refused: printed more than once")
    assert refusal(rows["carried_out"]) == "refused: its table is printed more than once, this line in one of them only"
    assert texts(rows["declined_publication"]) == ["0"] * 7


def test_captions_tell_this_years_table_from_last_years():
    this, last = table_3(), table_3(values={"granted": [9, 3, 0, 0, 0, 0]})
    this.pop("carried_out")
    text = "2022年度收到和处理申请情况表\n" + "\n".join(this.values())
    rows = found(text + "\n2021年度收到和处理申请情况表\n" + "\n".join(last.values()), 2022)
    assert texts(rows["granted"]) == ["3", "1", "0", "0", "0", "0", "4"]
    assert "carried_out" not in rows


def test_a_row_doubled_with_another_figure_is_refused_alone():
    lines = table_3()
    rows = found("\n".join([*lines.values(), lines["granted"].replace("3", "4", 1)]))
    assert refusal(rows["granted"]).startswith("refused: printed more than once")
    assert len([row for row in rows.values() if refusal(row) == "count"]) == 22


def test_cells_alone_under_the_rows_of_group_heads_keep_a_blank_among_their_figures():
    heads = {"denied_state_secret": "（三）不予公开", "unable_not_held": "（四）无法提供"}
    heads["declined_petition"] = "（五）不予处理"
    rows = {code: line.split("\t") for code, line in table_3(values={"declined_confirm": [47, 3, 0, 0, 1, 2]}).items()}
    rows["declined_confirm"][3] = ""
    cells = []
    for code, (label, *figures) in rows.items():
        covered = min(forms().depths[3, code], 1)  # 三、 alone: the lines of a group stand as far in as its head
        if code in heads:
            cells += ["", heads[code], *[""] * 8]
        cells += [*[""] * covered, label, *[""] * (2 - covered), *figures]
    row = found("\n".join(f"{cell} |" for cell in cells))["declined_confirm"]
    assert texts(row) == ["47", "3", "", "0", "1", "2", "53"]
