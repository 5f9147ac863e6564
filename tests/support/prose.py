"""Sentences of reports by the rule they are held against: what holds, what is contradicted, what is unsure."""

from __future__ import annotations

from benchmarks.generate.forms import CellKey
from benchmarks.sums import full_form

FULL = full_form("2021")


def _total(line: str, column: str = "total", table_no: int = 3) -> int:
    return FULL[CellKey(table_no, line, column)]


NEW, CARRIED, CLOSED = _total("new"), _total("carried_in"), _total("closed")
SPOKEN = "我局依申请公开中，"
# What the prose of a report with the full form says, by rule: what holds, what every reading contradicts and how that
# is told, what proves nothing.
PROSE = {
    "NT-RECEIVED": (
        (f"我局受理政府信息公开申请{NEW}件。", f"我局受理政府信息公开申请{NEW + CARRIED}件。"),
        (f"我局受理政府信息公开申请{NEW + 1}件。", f"{NEW + 1} ≠ {NEW} (差 1)"),
        (f"我局受理政府信息公开申请{NEW + 1}余件。", f"我局累计受理政府信息公开申请{NEW + 1}件。",
         f"我局办公室受理政府信息公开申请{NEW + 1}件。", f"我局通过网站受理政府信息公开申请{NEW - 1}件。"),
    ),
    "NT-CLOSED": (
        (f"{SPOKEN}办结{CLOSED}件。", f"{SPOKEN}办结{CLOSED - CARRIED}件。"),
        (f"{SPOKEN}办结{CLOSED + 2}件。", f"{CLOSED + 2} ≠ {CLOSED} (差 2)"),
        (f"{SPOKEN}办结近{CLOSED + 2}件。",),
    ),
    "NT-CARRIED": (
        (f"{SPOKEN}上年结转{CARRIED}件。", f"{SPOKEN}结转下年度{_total('carried_out')}件。"),
        (f"{SPOKEN}上年结转{CARRIED + 5}件。", f"{CARRIED + 5} ≠ {CARRIED} (差 5)"),
        (f"{SPOKEN}涉及征地的上年结转{CARRIED + 5}件。",),
    ),
    "NT-APPLICANTS": (
        (f"{SPOKEN}自然人申请{_total('new', 'natural_person')}件。",),
        (f"{SPOKEN}商业企业申请{_total('new', 'business') + 1}件。",
         f"{_total('new', 'business') + 1} ≠ {_total('new', 'business')} (差 1)"),
        (f"{SPOKEN}网上提交的自然人申请{_total('new', 'natural_person') - 1}件。",),
    ),
    "NT-OUTCOMES": (
        (f"{SPOKEN}予以公开{_total('granted')}件。", f"{SPOKEN}予以公开{_total('granted') + _total('partial')}件。"),
        (f"{SPOKEN}部分公开{_total('partial') - 1}件。", f"{_total('partial') - 1} ≠ {_total('partial')} (差 −1)"),
        (f"{SPOKEN}经复议后部分公开{_total('partial') - 1}件。",),
    ),
    "NT-NORMATIVE": (
        ("我局制定行政规范性文件0件。",),
        ("我局制定行政规范性文件3件。", "3 ≠ 0 (差 3)"),
        ("县政府办公室制定行政规范性文件3件。",),
    ),
    "NT-DISPUTES": (
        (f"我局政府信息公开行政复议{_total('reconsideration', table_no=4)}件。",),
        ("我局政府信息公开行政复议99件。", f"99 ≠ {_total('reconsideration', table_no=4)} "
         f"(差 {99 - _total('reconsideration', table_no=4)})"),
        ("2021年，我局政府信息公开行政复议99件。",),
    ),
    "NT-CHANNELS": (
        (f"我局受理政府信息公开申请{NEW}件。按渠道分：网络{NEW - 7}件、信函7件。",),
        (f"我局受理政府信息公开申请{NEW}件。按渠道分：网络{NEW - 7}件、信函8件。",
         f"{NEW - 7}+8 ≠ {NEW} (差 1)"),
        (f"我局受理政府信息公开申请{NEW}件。按渠道分：网络9件、信函7件。",),
    ),
    "NT-SUM": (
        ("我局主动公开政府信息30条，其中规划计划类信息10条，其他类信息20条。",),
        ("我局主动公开政府信息30条，其中规划计划类信息10条，其他类信息19条。", "10+19 ≠ 30 (差 −1)"),
        ("我局主动公开政府信息30条，其中规划计划类信息10条，行政许可类信息19条。",),
    ),
    "NT-SHARE": (
        ("我局发布信息48条，其中原创32条，占66.67%。", "我局发布信息48条，其中原创32条，占66.66%。"),
        ("我局发布信息48条，其中原创32条，占66.7%，图片12条，占24%。", "24% ≠ 12/48 = 25% (差 −1)"),
        ("我局发布信息48条，转载50条，其中图片12条，占26%。",),
    ),
}  # fmt: skip


def prose() -> dict[str, str]:
    """A report for each sentence of ``PROSE``, and one whose tables lack what it claims."""
    told = {"lost/NT-RECEIVED": f"我局受理政府信息公开申请{NEW + 1}件。"}
    for rule, (holding, (broken, _), unsure) in PROSE.items():
        told |= {f"holds/{rule}/{n}": text for n, text in enumerate(holding)} | {f"broken/{rule}": broken}
        told |= {f"unsure/{rule}/{n}": text for n, text in enumerate(unsure)}
    return told


DISPUTES = CellKey(4, "reconsideration", "total")
UPHELD = DISPUTES._replace(column_code="upheld")
PEOPLE = CellKey(3, "new", "natural_person")
WRONG = FULL | {DISPUTES: FULL[DISPUTES] + 4}
SAID = "我局政府信息公开行政复议{}件。"
# Reports with a wrong figure and what their prose says of it: the cells changed, the prose, what the prose says of each
# candidate that is not silent, and the cell of the one it confirms.
TOLD_OF_REPAIRS = {
    "absent": (WRONG, "", {}, None),
    "decides": (WRONG, SAID.format(FULL[DISPUTES]), {DISPUTES: "confirms"}, DISPUTES),
    "as printed": (WRONG, SAID.format(WRONG[DISPUTES]), {DISPUTES: "contradicts"}, None),
    "of something else": (WRONG, SAID.format(99), {}, None),
    "at odds with itself": (WRONG, SAID.format(FULL[DISPUTES]) + SAID.format(WRONG[DISPUTES]), {}, None),
    "in doubt": (WRONG, SAID.replace("{}", "近{}").format(FULL[DISPUTES]), {}, None),
    "for two": (
        WRONG,
        SAID.format(f"{FULL[DISPUTES]}件，其中结果维持{FULL[UPHELD] + 4}"),
        {DISPUTES: "confirms", UPHELD: "confirms"},
        None,
    ),
    "against the only one": (
        FULL | {PEOPLE: FULL[PEOPLE] + 1}, f"{SPOKEN}自然人申请{FULL[PEOPLE] + 1}件。", {PEOPLE: "contradicts"}, None
    ),
    "for a part of a blank total": (
        FULL | {PEOPLE: FULL[PEOPLE] + 1, CellKey(3, "new", "total"): ""},
        f"我局受理政府信息公开申请{NEW}件。",
        {PEOPLE: "confirms"},
        PEOPLE,
    ),
}  # fmt: skip
