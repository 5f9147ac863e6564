"""Recognition places a figure on evidence or refuses it: each test is a layout met in print, or a way to be wrong."""

from __future__ import annotations

import pytest

from ingest.forms.labels import forms
from ingest.forms.recognise import recognise
from ingest.model import FormRow
from ingest.readers.text import read_decoded

T2_2019 = "第二十条第（一）项\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n"
T2_2019_ITEMS = "第二十条第（五）项\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n"
T2_2021 = "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
T4_HEAD = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
T4_FULL = (
    "行政复议\t\t\t\t\t行政诉讼\n"
    + T4_HEAD + "\t未经复议直接起诉\t\t\t\t\t复议后起诉\n"
    + "\t\t\t\t\t" + T4_HEAD + "\t" + T4_HEAD + "\n"
)  # fmt: skip


def found(text: str, fiscal_year: int | None = None) -> dict[str, FormRow]:
    return {row.line_code: row for row in recognise(read_decoded(text, "utf-8"), fiscal_year).rows}


def texts(row: FormRow) -> list[str | None]:
    return [cell.text for cell in row.cells]


def refusal(row: FormRow) -> str:
    reasons = {cell.placed_by for cell in row.cells}
    assert len(reasons) == 1
    return reasons.pop()


def test_heads_above_a_row_place_its_figures():
    row = found(T2_2019 + "规范性文件\t84\t84\t286")["normative_documents"]
    assert texts(row) == ["84", "84", "286"]
    assert refusal(row) == "header"
    assert row.line_no == 3


def test_heads_in_another_order_are_followed():
    text = "信息内容\t对外公开总数量\t本年新制作数量\t本年新公开数量\n规章\t9\t1\t2"
    assert texts(found(text)["government_rules"]) == ["1", "2", "9"]


def test_truncated_heads_leave_the_count():
    text = "第二十条第(一)项 |\n信息内容 |\n本年新 |\n本年新 |\n对外公开总数量 |\n规章 |\n1 |\n2 |\n9 |\n规范性文件 |\n"
    row = found(text)["government_rules"]
    assert (texts(row), refusal(row)) == (["1", "2", "9"], "count")


def test_a_blank_cell_is_blank_and_not_the_next_figure():
    assert texts(found(T2_2019 + "规章\t\t2\t9")["government_rules"]) == ["", "2", "9"]


def test_too_few_cells_are_refused():
    row = found("第二十条第（一）项\n信息内容\t本年新\t本年新\t总数\n规章\t2\t9\n其他对外管理服务事项\t1\t2\t3")
    assert refusal(row["government_rules"]) == "refused: 2 cells for 3 columns"
    assert texts(row["government_rules"]) == ["2 9"] * 3


def test_words_of_every_day_are_no_line_outside_their_table():
    assert found("行政许可\t12\t3\t4\n行政处罚\t1\t2\t3") == {}


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("一、本年新收政府信息公开申请数量\t\t\t20\t5\t0\t0\t0\t0\t25", ["20", "5", "0", "0", "0", "0", "25"]),
        ("一、本年新收政府信息公开申请数量\t\t20\t5\t0\t0\t0\t0\t25\t", ["20", "5", "0", "0", "0", "0", "25"]),
        ("一、本年新收政府信息公开申请数量\t20\t5\t0\t0\t0\t0\t25\t\t", ["20", "5", "0", "0", "0", "0", "25"]),
        ("四、结转下年度继续办理\t\t\t0\t0\t0\t0\t0\t0\t", ["0", "0", "0", "0", "0", "0", ""]),
        ("四、结转下年度继续办理\t\t\t\t0\t0\t0\t0\t0\t0", ["", "0", "0", "0", "0", "0", "0"]),
        ("（七）总计\t\t1\t\t0\t0\t0\t0\t1", ["1", "", "0", "0", "0", "0", "1"]),
    ],
)  # fmt: skip
def test_covered_label_cells_may_stand_or_be_dropped(row: str, cells: list[str]):
    assert [texts(r) for r in found(row).values()] == [cells]


def test_a_blank_that_may_be_either_end_is_refused():
    row = found("四、结转下年度继续办理\t\t0\t0\t0\t0\t0\t0\t")["carried_out"]
    assert refusal(row) == "refused: 6 figures fit 2 ways into 7 columns"


def test_a_surplus_figure_is_placed_when_it_makes_no_difference():
    row = found("(六) 其他处理\t0\t0\t0\t0\t0\t0\t0\t0\t")["other"]
    assert (texts(row), refusal(row)) == (["0"] * 7, "same")


def test_surplus_figures_alike_may_be_one_that_was_parted():
    row = found("第二十条第（一）项\n信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量\n规章\t4\t4\t4\t4\n")[
        "government_rules"
    ]
    assert refusal(row) == "refused: 4 figures in 4 cells for 3 columns"  # 4, 4 and 44 as likely as 4, 4 and 4


def test_a_surplus_figure_that_makes_a_difference_is_refused():
    row = found("(六) 其他处理\t3\t0\t0\t0\t0\t0\t0\t3")["other"]
    assert refusal(row) == "refused: 8 figures in 8 cells for 7 columns"


def test_a_surplus_figure_is_placed_when_the_equations_leave_one_way():
    leaves = [
        f"{label}\t0\t0\t0\t0\t0\t0\t0"
        for code, label in _outcome_labels("2019").items()
        if code not in ("granted", "other")
    ]
    text = "\n".join(
        [
            "（一）予以公开\t4\t1\t0\t0\t0\t0\t5",
            *leaves,
            "（六）其他处理\t2\t1\t0\t0\t0\t0\t3\t3",
            "（七）总计\t6\t2\t0\t0\t0\t0\t8",
        ]
    )
    row = found(text)["other"]
    assert (texts(row), refusal(row)) == (["2", "1", "0", "0", "0", "0", "3"], "proof")


def test_equations_that_fail_prove_nothing():
    leaves = [
        f"{label}\t0\t0\t0\t0\t0\t0\t0"
        for code, label in _outcome_labels("2019").items()
        if code not in ("granted", "other")
    ]
    text = "\n".join(
        [
            "（一）予以公开\t4\t1\t0\t0\t0\t0\t5",
            *leaves,
            "（六）其他处理\t2\t1\t0\t0\t0\t0\t3\t3",
            "（七）总计\t7\t2\t0\t0\t0\t0\t9",
        ]
    )
    assert refusal(found(text)["other"]) == "refused: 8 figures in 8 cells for 7 columns"


def _outcome_labels(version: str) -> dict[str, str]:
    """Line code → a printed label, for the outcome lines of 表三."""
    lines = list(forms().tables[version, 3].columns)
    wanted = lines[lines.index("granted") : lines.index("closed")]
    known = {
        label.code: core
        for core, labels in forms().labels.items()
        for label in labels
        if label.role == "line" and label.table_no == 3 and label.form_version in ("", version)
    }
    return {code: known[code] for code in wanted}


def test_the_same_line_twice_with_the_same_figures_is_one():
    text = "一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n" * 2
    assert texts(found(text)["new"]) == ["1", "0", "0", "0", "0", "0", "1"]


def test_the_same_line_twice_with_other_figures_is_refused():
    text = (
        "一、本年新收政府信息公开申请数量\t1\t0\t0\t0\t0\t0\t1\n一、本年新收政府信息公开申请数量\t2\t0\t0\t0\t0\t0\t2\n"
    )
    assert refusal(found(text)["new"]) == "refused: printed more than once (lines 1, 2)"


def test_a_run_of_cells_ends_where_a_text_begins():
    values = "\n".join(["7", "0", "0", "0", "0", "0", "7"])
    text = (
        f"一、本年新收政府信息公开申请数量\n{values}\n二、上年结转政府信息公开申请数量\n{values}\n这里是说明文字\n9\n"
    )
    rows = found(text)
    assert texts(rows["new"]) == texts(rows["carried_in"]) == ["7", "0", "0", "0", "0", "0", "7"]
    assert [cell.line_no for cell in rows["new"].cells] == [2, 3, 4, 5, 6, 7, 8]


def test_a_page_number_inside_a_run_is_no_figure():
    text = "一、本年新收政府信息公开申请数量\n7\n0\n0\n- 4 -\n0\n0\n0\n7\n"
    assert texts(found(text)["new"]) == ["7", "0", "0", "0", "0", "0", "7"]


def test_a_line_of_bare_pipes_is_several_blanks_of_the_run():
    text = "（一）予以公开 |\n1 |\n||\n0 |\n0 |\n0 |\n1 |\n"
    assert texts(found(text)["granted"]) == ["1", "", "", "0", "0", "0", "1"]
    text = "3.补正后申请内容仍不明确 |\n|\n45 |\n2 |\n0 |\n2 |\n2 |\n53 |\n||\n"
    assert refusal(found(text)["unable_unclear"]) == "refused: 6 figures fit 2 ways into 7 columns"


def test_in_a_run_nothing_tells_where_the_row_ends():
    text = "1．属于国家秘密 |\n||\n0 |\n0 |\n|\n0 |\n0 |\n||\n2．其他法律行政法规禁止公开 |\n"
    assert refusal(found(text)["denied_state_secret"]) == "refused: 4 figures fit 3 ways into 7 columns"


def test_a_layout_that_cannot_be_evaluated_is_not_refuted():
    leaves = [f"{label}\t0\t0\t0\t0\t0\t0\t0" for code, label in _outcome_labels("2019").items() if code != "granted"]
    text = "\n".join(["（一）予以公开\t1\t0\t-\t0\t0\t0\t0\t1", *leaves, "（七）总计\t1\t0\t0\t0\t0\t0\t1"])
    assert refusal(found(text)["granted"]) == "refused: 8 figures in 8 cells for 7 columns"


def test_a_gap_is_not_closed_up_to_make_the_count_right():
    row = found("3. 补正后申请内容仍不明确\t0\t0\t\t0\t0\t0\t0\t0")["unable_unclear"]
    assert refusal(row) == "refused: 7 figures in 8 cells for 7 columns"


def test_a_serial_number_before_the_label_is_no_figure():
    assert texts(found("3\t（一）予以公开\t4\t1\t0\t0\t0\t0\t5")["granted"]) == ["4", "1", "0", "0", "0", "0", "5"]


def test_a_dash_is_a_cell_of_its_own():
    assert texts(found(T2_2019 + "规范性文件\t-\t84\t286")["normative_documents"]) == ["-", "84", "286"]
    text = "3.要求提供公开出版物\n1\n2\n3\n4\n5\n6\n7\n—\n"
    assert refusal(found(text)["declined_publication"]) == "refused: 8 figures in 8 cells for 7 columns"
    rows = found(T4_FULL + "-\t" + "\t".join(["0"] * 14))
    assert texts(rows["reconsideration"]) == ["-", "0", "0", "0", "0"]


def test_a_label_broken_over_lines_is_put_together():
    text = "5.要求行政机关确认或重新出\n具已获取信息\n1\n0\n0\n0\n0\n0\n1\n"
    assert texts(found(text)["declined_confirm"]) == ["1", "0", "0", "0", "0", "0", "1"]


@pytest.mark.parametrize(
    ("text", "versions"),
    [
        (T2_2019 + "规章\t0\t0\t0", {2: "2019"}),
        (T2_2021 + "规章\t0\t0\t0", {2: "2021"}),
        (T2_2021 + "规章\t0\t0\t0\n（六）其他处理\t0\t0\t0\t0\t0\t0\t0", {2: "2021", 3: "2019"}),
        (T2_2019_ITEMS + "行政许可\t0\t0\t0\n3.其他\t0\t0\t0\t0\t0\t0\t0", {2: "2019", 3: "2021"}),
        (T2_2021 + "规章\t0\t0\t0\n（七）总计\t0\t0\t0\t0\t0\t0\t0", {2: "2021", 3: "2021"}),
    ],
)
def test_the_form_is_told_per_table_by_its_labels(text: str, versions: dict[int, str]):
    tables = recognise(read_decoded(text, "utf-8"), fiscal_year=2020).tables
    assert {table.table_no: table.form_version for table in tables} == versions


@pytest.mark.parametrize(("year", "version"), [(2020, "2019"), (2021, "2021"), (None, "2019")])
def test_the_year_decides_only_a_form_that_no_label_tells(year: int | None, version: str):
    tables = recognise(read_decoded("（一）予以公开\t0\t0\t0\t0\t0\t0\t0", "utf-8"), year).tables
    assert [(table.form_version, table.version_evidence) for table in tables] == [
        (version, "no label tells; by fiscal year")
    ]


def test_fifteen_figures_under_the_heads_of_table_4():
    rows = found(T4_FULL + "\t".join(map(str, range(15))))
    assert texts(rows["reconsideration"]) == ["0", "1", "2", "3", "4"]
    assert texts(rows["direct_litigation"]) == ["5", "6", "7", "8", "9"]
    assert texts(rows["litigation_after_reconsideration"]) == ["10", "11", "12", "13", "14"]


def test_table_4_without_its_heads_is_not_counted():
    assert found("四、政府信息公开行政复议、行政诉讼情况\n" + "\t".join(map(str, range(15)))) == {}


def test_table_4_in_three_parts():
    heads = "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|"
    routes = ["行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）"]
    parts = [f"### {route}\n{heads}\n| {n} | 0 | 0 | 0 | {n} |\n" for n, route in enumerate(routes, 1)]
    rows = found("\n".join(parts))
    assert [texts(rows[r])[0] for r in rows] == ["1", "2", "3"]
    assert list(rows) == ["reconsideration", "direct_litigation", "litigation_after_reconsideration"]


def test_heads_of_table_4_in_another_order_are_refused():
    head = "结果纠正\t结果维持\t其他结果\t尚未审结\t总计"
    rows = found(f"行政复议\n{head}\n1\t2\t3\t4\t10")
    assert "order that is not the form's" in refusal(rows["reconsideration"])


def test_heads_of_table_3_in_another_order_are_refused():
    head = "自然人\t科研机构\t商业企业\t社会公益组织\t法律服务机构\t其他\t总计\n"
    row = found(head + "（一）予以公开\t4\t1\t0\t0\t0\t0\t5")["granted"]
    assert "order that is not the form's" in refusal(row)


def test_figures_without_a_known_label_are_reported_not_placed():
    recognised = recognise(read_decoded("（一）予以公布\t4\t1\t0\t0\t0\t0\t5", "utf-8"))
    assert recognised.rows == ()
    assert [record.label_text for record in recognised.unlabelled] == ["（一）予以公布"]


def _stripped(values: dict[str, str]) -> str:
    """A page stripped of its markup: labels of 表三 and digits run together in one line."""
    labels = {"new": "一、本年新收政府信息公开申请数量", "carried_in": "二、上年结转政府信息公开申请数量"}
    labels |= {code: f"{n % 9 + 1}.{label}" for n, (code, label) in enumerate(_outcome_labels("2019").items())}
    labels |= {"closed": "（七）总计", "carried_out": "四、结转下年度继续办理"}
    return (
        "表三 申请人情况" + "".join(label + values.get(code, "0000000") for code, label in labels.items()) + " 五、问题"
    )


def test_glued_digits_are_cut_where_one_cut_exists():
    row = found(_stripped({}))["granted"]
    assert (texts(row), refusal(row)) == (["0"] * 7, "proof")


def test_glued_digits_are_cut_where_the_equations_leave_one_cut():
    rows = found(
        _stripped({"new": "230 000023", "granted": "160000016", "partial": "7 0 00007", "closed": "23 0 00 0 023"})
    )
    assert texts(rows["new"]) == texts(rows["closed"]) == ["23", "0", "0", "0", "0", "0", "23"]
    assert texts(rows["granted"]) == ["16", "0", "0", "0", "0", "0", "16"]
    assert texts(rows["partial"]) == ["7", "0", "0", "0", "0", "0", "7"]
    assert refusal(rows["new"]) == "proof"


def test_glued_digits_that_break_an_equation_stay_unread():
    rows = found(_stripped({"new": "230000023", "granted": "170000017", "closed": "230000023"}))
    assert refusal(rows["granted"]).startswith("refused: digits")


def test_glued_digits_without_equations_are_unread_unless_only_zeros():
    t2 = "第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章000规范性文件898989"
    rows = found(t2 + _stripped({}))
    assert texts(rows["government_rules"]) == ["0", "0", "0"]
    assert refusal(rows["normative_documents"]).startswith("refused: digits")


def test_a_single_cut_is_no_proof_where_a_blank_may_have_left_no_trace():
    t2 = "第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章000规范性文件120"
    rows = found(t2 + _stripped({"granted": "1500015"}))  # 15, 0, 0, blank, 0, 0, 15
    assert refusal(rows["normative_documents"]) == (
        "refused: digits that can be cut into 3 figures or, with a blank among them, into fewer"
    )
    assert refusal(rows["granted"]).startswith("refused: digits")


def test_an_ordinal_glued_to_the_last_digit_belongs_to_the_next_label():
    rows = found(
        _stripped({"denied_state_secret": "4000004", "granted": "5000005", "closed": "9000009", "new": "9000009"})
    )
    assert texts(rows["denied_state_secret"]) == ["4", "0", "0", "0", "0", "0", "4"]
