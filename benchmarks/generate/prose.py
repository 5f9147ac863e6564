"""The prose of a report: what the tables hold, told in sentences, and what they do not hold, counted.

Every figure that a table has too is taken from the form, so a consistent form makes a consistent report - told in any
wording an office may use, among sentences that count something else: other years, other organs, round figures, classes
of documents. Asked for a contradiction, one of the figures that can be checked is told wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from benchmarks.generate.figures import Form, heavy
from benchmarks.generate.forms import TOTAL, CellKey, applicants, form_lines, outcome_codes
from benchmarks.generate.identity import Identity

CATEGORIES = (
    "机构职能类",
    "规划计划类",
    "行政许可类",
    "重大建设项目类",
    "为民办实事类",
    "安全生产、应急管理类",
    "其他类",
)
CHANNELS = ("网络", "信函", "当面", "传真")
RESULTS = {"upheld": "结果维持", "corrected": "结果纠正", "other": "其他结果", "pending": "尚未审结"}
PROBLEMS = (
    "一是解读方式较单一，二是个别单位更新不够及时。下一步将加强培训和检查。",
    "公开的深度还不够，人员变动较快。今后将配备专人，定期核查栏目。",
    "依申请公开的答复水平有待提高。将统一文书格式，组织案例学习。",
)


class Contradiction(NamedTuple):
    """A figure told wrong: the rule it breaks, what was meant and what is told."""

    rule_id: str
    meant: int
    told: int


@dataclass(slots=True)
class Teller:
    """Tells figures that can be checked; the one numbered ``wrong`` is told as another than any it may mean."""

    form: Form
    identity: Identity
    rng: Random
    wrong: int | None = None
    said: int = 0
    contradiction: Contradiction | None = None
    paragraphs: list[str] = field(default_factory=list)

    def say(self, rule_id: str, value: int, *admissible: int) -> int:
        """The figure to print for ``value``, which may also be read as one of ``admissible``."""
        self.said += 1
        if self.said - 1 != self.wrong:
            return value
        told = next(value + step for step in (1, 10, 9, 33, 300, 3001) if value + step not in admissible)
        self.contradiction = Contradiction(rule_id, value, told)
        return told

    def whom(self) -> str:
        """Whose figures these are, where the sentence says it."""
        who = self.identity
        return self.rng.choice((who.whole, who.ours, f"{who.fiscal_year}年，{who.whole}"))


def opening(identity: Identity) -> str:
    """What the report is, which year it covers and whom; where nothing tells the scope, not whom."""
    year = identity.fiscal_year
    if identity.scope == "unknown":
        return f"本报告的统计期限为{year}年1月1日至{year}年12月31日。"
    covered = f"{identity.agency_name}（以下称“{identity.ours}”）"
    if identity.scope == "consolidated":
        covered = "本级政府、各乡镇（街道）和各部门"
    return f"本报告汇总{covered}{year}年的数据，统计期限为{year}年1月1日至{year}年12月31日。"


def overview(
    form: Form, identity: Identity, seed: int | str, *, contradicts: bool = False
) -> tuple[Sequence[str], Contradiction | None]:
    """The sections of 一、总体情况, and the figure told wrong where ``contradicts`` asks for one."""
    teller = _told(Teller(form, identity, Random(seed)))
    if contradicts and teller.said:
        wrong = Random(f"{seed}/wrong").randrange(teller.said)
        teller = _told(Teller(form, identity, Random(seed), wrong))
    return teller.paragraphs, teller.contradiction


def problems(rng: Random) -> str:
    """The text of 五、存在的主要问题及改进情况."""
    return rng.choice(PROBLEMS)


def _told(teller: Teller) -> Teller:
    # Three of them, as long as the first section of most reports: its tables begin where those of real ones do.
    others = (_results, _disputes, _platforms)
    sections = (teller.rng.choice((_published, _documents)), _applications, teller.rng.choice(others))
    for numeral, section in zip("一二三", sections, strict=True):
        teller.paragraphs.append(f"（{numeral}）{section(teller)}")
    return teller


def _split(total: int, parts: int, rng: Random) -> list[int]:
    """``total`` as a sum of non-negative counts."""
    cuts = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def _share(part: int, whole: int, rng: Random) -> str:
    """``，占12.3%``: rounded to what offices print, or cut off."""
    decimals = rng.choice((0, 1, 2))
    tenths = 100 * part * 10**decimals // whole if rng.random() < 0.3 else round(100 * part * 10**decimals / whole)
    return f"，{rng.choice(('占', '占比', '占比为'))}{tenths / 10**decimals:.{decimals}f}%"


def _published(teller: Teller) -> str:
    rng, who = teller.rng, teller.identity
    total = heavy(rng, 5000, 0.0) + 20
    counts = _split(total, len(CATEGORIES), rng)
    whole = teller.say("NT-SUM", total)
    with_shares = rng.random() < 0.3
    parts = "，".join(
        f"{name}信息{n}条{_share(n, whole, rng) if with_shares else ''}"
        for name, n in zip(CATEGORIES, counts, strict=True)
    )
    text = f"主动公开。{teller.whom()}主动公开政府信息{whole}条，其中{parts}。"
    if rng.random() < 0.4:
        text += f"历年累计公开{total * rng.randint(3, 9)}条。"
    if who.scope == "consolidated" and rng.random() < 0.4:
        own, offices, towns = _split(whole, 3, rng)
        text += f"按层级看，主动公开政府信息中本级政府公开{own}条，各部门公开{offices}条，各乡镇（街道）公开{towns}条。"
    opened = rng.choice(("专栏访问量", "自网站开通以来，访问量"))
    return text + f"发布政策解读{heavy(rng, 80, 0.2)}篇，{opened}{heavy(rng, 90_000, 0.0)}人次。"


def _applications(teller: Teller) -> str:
    rng, form, who = teller.rng, teller.form, teller.identity
    new, carried_in, closed, left = (form.count(c) for c in ("new", "carried_in", "closed", "carried_out"))
    if not new + carried_in:
        return f"依申请公开。{who.ours}全年未收到政府信息公开申请。"
    beside = rng.choice(
        (
            "",
            f"热线受理群众诉求{heavy(rng, 9000, 0.1)}件，办结{heavy(rng, 9000, 0.1)}件。",
            f"上年，{who.whole}受理政府信息公开申请{new + rng.randint(1, 40)}件。",
            f"办理人大代表建议{rng.randint(1, 90)}件，答复{rng.randint(1, 90)}件。",
            f"政府办公室受理政府信息公开申请{rng.randint(0, new)}件。",
            f"历年累计收到政府信息公开申请{new + rng.randint(5, 900)}件。",
        )
    )
    if who.agency_name.endswith("办公室") and beside.startswith("政府办公室"):
        beside = ""  # no other organ than the one that reports
    how = rng.choice(("received", "together", "new", "about"))
    if how == "new":
        told = teller.say("NT-RECEIVED", new)
        first = f"{teller.whom()}新收政府信息公开申请{told}件，上年结转{teller.say('NT-CARRIED', carried_in)}件"
    elif how == "together":
        told = teller.say("NT-RECEIVED", new + carried_in, new)
        first = f"{teller.whom()}共受理政府信息公开申请{told}件（含上年结转{carried_in}件）"
    elif how == "about" and new >= 20:
        told = new
        first = f"{teller.whom()}收到依申请公开申请{new // 10 * 10}余件"
    else:
        told = teller.say("NT-RECEIVED", new, new + carried_in)
        first = rng.choice(
            (f"{teller.whom()}收到政府信息公开申请{told}件", f"{teller.whom()}共收到{told}件政府信息公开申请")
        )
    done = teller.say("NT-CLOSED", closed, closed - carried_in, closed - _others(form))
    rest = teller.say("NT-CARRIED", left)
    text = f"依申请公开。{beside}{first}，{rng.choice(('按时办结', '依法办结', '答复'))}{done}件，"
    text += f"{rng.choice(('结转下年度', '结转至下一年度继续办理'))}{rest}件。"
    return text + _applicants(teller, new) + _channels(teller, told if how != "about" else 0)


def _others(form: Form) -> int:
    return sum(form.count(code) for code in outcome_codes(form.version_3) if code.startswith("other"))


def _applicants(teller: Teller, new: int) -> str:
    first, *others = applicants()
    if not new or teller.rng.random() < 0.3:
        return ""
    form = teller.form
    people, bodies = form.count("new", first), sum(form.count("new", code) for code in others)
    before = [form.count("carried_in", first), sum(form.count("carried_in", code) for code in others)]
    people = teller.say("NT-APPLICANTS", people, people + before[0])
    bodies = teller.say("NT-APPLICANTS", bodies, bodies + before[1])
    return f"新收的依申请公开中，自然人申请{people}件、法人或其他组织申请{bodies}件。"


def _channels(teller: Teller, told: int) -> str:
    if told < 1:
        return ""
    counts = _split(told, len(CHANNELS), teller.rng)
    counts[0] = teller.say("NT-CHANNELS", counts[0])  # more than there are: a list that falls short proves nothing
    form = teller.rng.choice(("{}{}件", "{}申请{}件"))
    listed = "、".join(form.format(name, n) for name, n in zip(CHANNELS, counts, strict=True))
    return f"按渠道分：{listed}。"


def _results(teller: Teller) -> str:
    rng, form = teller.rng, teller.form
    closed = form.count("closed")
    if not closed or rng.random() < 0.2:
        return "政府信息管理。信息先审后发，每季度核查一次。"
    granted, partial = form.count("granted"), form.count("partial")
    groups = {
        "不予公开": sum(form.count(c) for c in outcome_codes(form.version_3) if c.startswith("denied")),
        "无法提供": sum(form.count(c) for c in outcome_codes(form.version_3) if c.startswith("unable")),
        "不予处理": sum(form.count(c) for c in outcome_codes(form.version_3) if c.startswith("declined")),
        "其他处理": _others(form),
    }
    told = [("予以公开", teller.say("NT-OUTCOMES", granted, granted + partial)),
            ("部分公开", teller.say("NT-OUTCOMES", partial))]  # fmt: skip
    told += [(name, teller.say("NT-OUTCOMES", n)) for name, n in groups.items() if n or rng.random() < 0.3]
    mark = rng.choice(("“{}”{}件", "{}{}件", "{}答复{}件"))
    with_shares = rng.random() < 0.3
    listed = "，".join(
        mark.format(name, n) + (_share(n, closed, rng) if with_shares and n <= closed else "") for name, n in told
    )
    return f"办理结果。{teller.whom()}答复政府信息公开申请{closed}件，其中{listed}。"


def _documents(teller: Teller) -> str:
    rng, form, who = teller.rng, teller.form, teller.identity
    made = int(form.values[CellKey(2, "normative_documents", "made" if form.version_2 == "2019" else "issued")])
    published = int(form.values.get(CellKey(2, "normative_documents", "published"), made))
    papers = rng.randint(30, 900)
    text = "政府信息管理。"
    if rng.random() < 0.6:
        told = teller.say("NT-NORMATIVE", made, published)
        text += f"{teller.whom()}制定{rng.choice(('行政', ''))}规范性文件{told}件。"
    if who.scope == "consolidated" and rng.random() < 0.5:
        text += f"{who.whole[-1]}政府及办公室制定规范性文件{made // 2}件。"
    return text + f"制发公文{papers}份，主动公开{papers // 3}份，依申请公开{papers // 4}份。"


def _disputes(teller: Teller) -> str:
    rng, form = teller.rng, teller.form
    if rng.random() < 0.3:
        return f"监督保障。全年组织检查{rng.randint(1, 4)}次，力争下年再开展培训9场。"
    count = {
        line.line_code: {key.column_code: int(form.values[key]) for key in line.cell_keys()}
        for line in form_lines(form.version_3, 4)
    }
    reviews = count.pop("reconsideration")
    suits = {column: sum(line[column] for line in count.values()) for column in (*RESULTS, TOTAL)}
    told = teller.say("NT-DISPUTES", reviews[TOTAL])
    listed = "，".join(f"{name}{reviews[code]}件" for code, name in RESULTS.items())
    text = f"监督保障。{teller.identity.whole}政府信息公开行政复议{told}件" + (f"，其中{listed}" if told else "")
    return f"{text}；政府信息公开行政诉讼{teller.say('NT-DISPUTES', suits[TOTAL])}件。"


def _platforms(teller: Teller) -> str:
    rng, whole = teller.rng, teller.identity.whole
    wechat, weibo, app, video = (heavy(rng, most, 0.2) for most in (60, 10, 4, 5))
    messages = heavy(rng, 3000, 0.1)
    total = wechat + weibo + app + video
    accounts = teller.say("NT-SUM", total) if min(wechat, weibo, app, video) else total
    return (
        f"平台建设。{whole}政务新媒体{accounts}个，其中微信公众号{wechat}个、微博{weibo}个、客户端{app}个、抖音{video}个；"
        f"收到网民留言{messages}条，全部答复。开展培训{rng.randint(1, 6)}场。"
    )
