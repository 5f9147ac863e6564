"""The prose of a report: what the tables hold, told in sentences, and what they do not hold, counted.

Every figure that a table has too is taken from the form, so a consistent form makes a consistent report.
"""

from __future__ import annotations

from random import Random

from benchmarks.generate.figures import Form, heavy
from benchmarks.generate.forms import applicants
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
CHANNELS = ("网络申请", "信函申请", "当面申请")
PROBLEMS = (
    "一是解读方式较单一，二是个别单位更新不够及时。下一步将加强培训和检查。",
    "公开的深度还不够，人员变动较快。今后将配备专人，定期核查栏目。",
    "依申请公开的答复水平有待提高。将统一文书格式，组织案例学习。",
)


def opening(identity: Identity) -> str:
    """What the report is, which year it covers and whom."""
    year = identity.fiscal_year
    covered = "本级政府、各乡镇（街道）和各部门" if identity.scope == "consolidated" else identity.agency_name
    return f"本报告汇总{covered}{year}年的数据，统计期限为{year}年1月1日至{year}年12月31日。"


def overview(form: Form, identity: Identity, rng: Random) -> list[str]:
    """The sections of 一、总体情况."""
    return [_published(identity, rng), _applications(form, identity, rng), _platforms(identity, rng)]


def problems(rng: Random) -> str:
    """The text of 五、存在的主要问题及改进情况."""
    return rng.choice(PROBLEMS)


def _split(total: int, parts: int, rng: Random) -> list[int]:
    """``total`` as a sum of non-negative counts."""
    cuts = sorted(rng.randint(0, total) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def _published(identity: Identity, rng: Random) -> str:
    total = heavy(rng, 5000, 0.0) + 20
    counts = _split(total, len(CATEGORIES), rng)
    parts = "，".join(f"{name}{count}条" for name, count in zip(CATEGORIES, counts, strict=True))
    return (
        f"（一）主动公开。{identity.fiscal_year}年{identity.whole}主动公开政府信息{total}条，其中{parts}。"
        f"发布政策解读{heavy(rng, 80, 0.2)}篇，专栏访问量{heavy(rng, 90_000, 0.0)}人次。"
    )


def _applications(form: Form, identity: Identity, rng: Random) -> str:
    new, carried_in, closed = form.count("new"), form.count("carried_in"), form.count("closed")
    if not new + carried_in:
        return f"（二）依申请公开。{identity.ours}全年未收到政府信息公开申请。"
    first, *others = applicants()
    people, bodies = form.count("new", first), sum(form.count("new", code) for code in others)
    channels = "，".join(f"{name}{n}件" for name, n in zip(CHANNELS, _split(new, len(CHANNELS), rng), strict=True))
    return (
        f"（二）依申请公开。{identity.whole}新收政府信息公开申请{new}件，其中自然人{people}件、法人或其他组织{bodies}件；"
        f"按渠道分，{channels}。上年结转{carried_in}件，办结{closed}件，结转下年度{form.count('carried_out')}件。"
        f"办理结果中，予以公开{form.count('granted')}件，部分公开{form.count('partial')}件。"
    )


def _platforms(identity: Identity, rng: Random) -> str:
    wechat, weibo = heavy(rng, 60, 0.1), heavy(rng, 10, 0.3)
    messages = heavy(rng, 3000, 0.1)
    return (
        f"（三）平台建设。{identity.whole}政务新媒体{wechat + weibo}个，其中微信公众号{wechat}个、微博{weibo}个；"
        f"收到网民留言{messages}条，全部答复。开展培训{rng.randint(1, 6)}场。"
    )
