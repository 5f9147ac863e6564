"""Figures in the prose: what is taken at its word, what is doubted, what is left alone. All sentences are made up."""

from __future__ import annotations

import pytest

from ingest.model import NarrativeFigure
from ingest.narrative import narrative_figures
from ingest.readers.text import read_text

AGENCY = "长乐县人民政府"


def read(text: str, rows_at: tuple[int, ...] = ()) -> tuple[NarrativeFigure, ...]:
    return narrative_figures(read_text(text.encode()), rows_at, 2023, AGENCY)


def told(text: str) -> list[tuple[str, str, str]]:
    """What is counted, the figure and the doubts of each figure that counts something."""
    return [
        (f"{f.measure_code}.{f.category_code}".removesuffix(".all"), f.figure_text + f.unit_text, f.doubts)
        for f in read(text)
        if f.measure_code
    ]


SURE = {
    "受理": ("2023年，全县受理政府信息公开申请 120 件。", [("applications_received", "120件", "")]),
    "受理, the noun behind": ("全县共收到118件政府信息公开申请。", [("applications_received", "118件", "")]),
    "收到, of the public": (
        "全年收到公民、法人和其他组织提交的政府信息公开申请9件。",
        [("applications_received", "9件", "")],
    ),
    "新收": ("我县新收政府信息公开申请１２０件。", [("applications_new", "120件", "")]),
    "办结 of what was spoken of": (
        "受理依申请公开30件，按时办结28件，结转下年度2件。",
        [("applications_received", "30件", ""), ("applications_closed", "28件", ""),
         ("applications_carried_out", "2件", "")],
    ),
    "结果": (
        "答复政府信息公开申请28件，其中“予以公开”20件、部分公开5件、“不予处理”3件。",
        [("applications_closed", "28件", ""), ("application_outcomes.granted", "20件", ""),
         ("application_outcomes.partial", "5件", ""), ("application_outcomes.declined", "3件", "")],
    ),
    "申请人": (
        "收到政府信息公开申请30件，其中自然人25件，法人或其他组织5件。",
        [("applications_received", "30件", ""), ("applications_by_applicant.natural_person", "25件", ""),
         ("applications_by_applicant.organisations", "5件", "")],
    ),
    "渠道": (
        "收到政府信息公开申请30件。按渠道分：网络20件，信函9件，当面1件。",
        [("applications_received", "30件", ""), ("applications_by_channel.online", "20件", ""),
         ("applications_by_channel.letter", "9件", ""), ("applications_by_channel.in_person", "1件", "")],
    ),
    "复议诉讼": (
        "政府信息公开行政复议6件，其中结果维持4件、尚未审结2件；因政府信息公开被提起行政诉讼3起。",
        [("reconsiderations", "6件", ""), ("reconsideration_results.upheld", "4件", ""),
         ("reconsideration_results.pending", "2件", ""), ("litigations", "3起", "")],
    ),
    "表外": (
        "主动公开政府信息2.3万条，其中规划计划类信息40条。政务新媒体12个，其中微信公众号10个、微博2个；发布政策解读33篇。",
        [("disclosures", "2.3万条", ""), ("disclosures_by_category.plans", "40条", ""),
         ("new_media_accounts", "12个", ""), ("new_media_by_platform.wechat", "10个", ""),
         ("new_media_by_platform.weibo", "2个", ""), ("interpretations", "33篇", "")],
    ),
    "占比": (
        "全年办结事项8000件，其中网上申报6000件，占比75%。",
        [("share", "75%", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SURE)
def test_a_figure_whose_sentence_is_known_is_taken_at_its_word(case: str):
    text, want = SURE[case]
    assert told(text) == want


DOUBTED = {
    "about so many": ("全县受理政府信息公开申请300余件。", "approximate"),
    "nearly so many": ("全县受理政府信息公开申请近300件。", "approximate"),
    "perhaps of several years": ("全县累计受理政府信息公开申请300件。", "cumulative"),
    "of another year": ("2022年，全县受理政府信息公开申请300件。", "other_year"),
    "of a kind nobody counts": ("全县收到征地拆迁政府信息公开申请300件。", None),
    "by one channel only": ("通过网站受理政府信息公开申请300件。", "words"),
    "as part of a part": ("网络申请8件，其中电子邮件申请3件。政府信息公开申请", None),
}


@pytest.mark.parametrize("case", DOUBTED)
def test_a_figure_that_may_mean_something_else_is_doubted_or_left_alone(case: str):
    text, doubt = DOUBTED[case]
    assert [doubts for _, _, doubts in told(text)] == ([doubt] if doubt else [])


LEFT_ALONE = {
    "documents classed 依申请公开": "全年制发公文900份，主动公开500份，依申请公开300份。",
    "all years together": "历年累计受理政府信息公开申请1730件。",
    "since a day": "自网站开通以来，访问量10万人次。",
    "a target": "力争全年发布政策解读50篇。",
    "other things received": "12345热线受理群众诉求9000件，办结9000件。",
    "answers to proposals": "办理人大代表建议60件，答复60件。",
    "an ordinal and a document number": "县政府第43次常务会议研究依申请公开〔2023〕19号，受理第3件。",
    "a range": "每月受理政府信息公开申请3-5件。",
    "a growth": "受理量较上年增加12件。",
    "figures with a blank between": "受理政府信息公开申请1 200件。",
}


@pytest.mark.parametrize("case", LEFT_ALONE)
def test_what_counts_something_else_is_no_figure_of_the_year(case: str):
    assert [one for one in told(LEFT_ALONE[case]) if one[0].startswith("app") or one[0] != "disclosures"] == []


def test_who_is_spoken_of_goes_with_the_figure():
    def subject(text: str) -> str:
        return read(text)[0].subject_code

    assert subject("全县各级各部门受理政府信息公开申请9件。") == "region"
    assert subject("我局受理政府信息公开申请9件。") == "self"
    assert subject("县政府办公室受理政府信息公开申请9件。") == "part"
    assert subject("长乐县2023年受理政府信息公开申请9件。") == "unnamed"
    assert subject("全县开展培训3场。受理政府信息公开申请9件。".partition("。")[2]) == "unnamed"


def test_no_cue_begins_within_the_name_of_who_speaks():
    (figure,) = read("我街道主动公开政府信息30条。")
    assert (figure.measure_code, figure.subject_code) == ("disclosures", "self")


def test_a_part_of_a_part_is_told_from_the_parts():
    (_, online, email) = read("收到政府信息公开申请9件，网络申请8件，其中电子邮件申请3件。")
    assert (online.doubts, email.doubts) == ("", "nested")


def test_lines_that_a_page_broke_are_read_together_and_keep_their_place():
    text = "2023年，全县受理政府信息公\n- 4 -\n开申请 120 件，办结 118\n件。\n\n（二）培训\n开展培训 3 场。"
    found = [(f.measure_code, f.figure_text, f.line_no) for f in read(text)]
    assert found == [
        ("applications_received", "120", 3),
        ("applications_closed", "118", 3),
        ("training_sessions", "3", 7),
    ]


def test_a_figure_broken_between_two_lines_is_not_put_together():
    assert [f.figure_text for f in read("全县受理政府信息公开申请1\n20件。")] == []


def test_tables_are_no_prose_and_end_a_paragraph():
    text = "全县主动公开\n政府信息公开申请\t25件\t3件\n受理政府信息公开申请 7 件"
    assert [f.figure_text for f in read(text, rows_at=(3,))] == []


def test_a_share_keeps_the_figure_it_is_of():
    _, part, share = read("公开信息25条，其中规划计划类信息7条，占28%。")
    assert (share.measure_code, share.part_figure_no, part.figure_text) == ("share", part.figure_no, "7")
    assert read("办结率100%，占比20%。") == ()


def test_the_sentence_is_the_evidence():
    (figure,) = read("开头一句。全县受理政府信息公开申请 9 件，全部办结。末尾一句。")
    assert figure.sentence == "全县受理政府信息公开申请9件，全部办结。"
