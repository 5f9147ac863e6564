"""What lies among the reports of a real collection and is none, or is one of them again.

indicator_list  the lists of FY2008-18          ·  page   a page of the site that is no report
scan            pages that are images only      ·  twice  the same report in two formats  ·  zip  a report in an archive
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.generate.corpus import generate_report
from benchmarks.generate.figures import heavy
from benchmarks.generate.formats import FORMATS
from benchmarks.generate.identity import Identity, generate_identity
from benchmarks.generate.writers.pdf import A4, Page, Picture, write_pdf

KINDS = ("indicator_list", "page", "scan", "twice", "zip")
_INDICATORS = (
    ("一、主动公开情况", "——", ""),
    ("（一）主动公开政府信息数", "条", "count"),
    ("其中：主动公开规范性文件数", "条", "count"),
    ("二、回应解读情况", "——", ""),
    ("（一）回应公众关注热点或重大舆情数", "次", "count"),
    ("三、依申请公开情况", "——", ""),
    ("（一）收到申请数", "件", "count"),
    ("1．当面申请数", "件", "count"),
    ("（二）申请办结数", "件", "count"),
    ("四、行政复议数量", "件", "count"),
)
_PAGES = (
    ("关于举办{area}春季招聘会的通知", "定于本月下旬在体育中心举办招聘会，提供岗位{n}个，请各单位组织参加。"),
    ("{area}森林防火工作会议召开", "会议通报了近期火情{n}起，部署下一阶段巡护工作。"),
    ("{area}政府信息公开指南", "本机关自信息形成之日起20个工作日内公开，受理地点在服务中心{n}号窗口。"),
)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A file that holds no report to be read, and why a reader sets it aside."""

    data: bytes
    ending: str
    reason_code: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files that belong together, by path, and one line of truth (JSON) for each document in them."""

    files: dict[str, bytes]
    truth: tuple[str, ...]


def generate_other(seed: int | str, index: int, formats: Sequence[str] = tuple(FORMATS)) -> Bundle:
    """Document ``index`` of a seed as one of ``KINDS``, drawn by lot. A report among them is in one of ``formats``."""
    rng = Random(f"{seed}/{index}/other")
    kind = rng.choice(KINDS)
    if kind in ("twice", "zip"):
        return _twice(seed, index, formats, rng) if kind == "twice" else _zipped(seed, index, formats)
    identity = generate_identity(rng, fiscal_year=rng.randint(2009, 2018) if kind == "indicator_list" else None)
    other = set_aside(kind, identity, rng)
    path = f"{identity.fiscal_year}/{index:07d}{other.ending}"
    truth = {"source_path": path, "state": "set_aside", "reason_code": other.reason_code}
    return Bundle({path: other.data}, (json.dumps(truth),))


def set_aside(kind: str, identity: Identity, rng: Random, note: str = "") -> SetAside:
    """What an organ published beside its reports: indicator_list, page, scan, or a report whose tables are pictures
    (no_tables). ``note`` stands below the title, where there is text."""
    makers = {"indicator_list": _indicator_list, "page": _page, "scan": _scan, "no_tables": _no_tables}
    return SetAside(*makers[kind](identity, rng, note))


def _zipped(seed: int | str, index: int, formats: Sequence[str]) -> Bundle:
    report = generate_report(seed, index, formats=formats)
    path, name = f"{report.truth.identity.fiscal_year}/{index:07d}.zip", f"年度报告{report.ending}"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), report.data, zipfile.ZIP_DEFLATED)  # without a date: same bytes again
    return Bundle({path: out.getvalue()}, (report.truth.to_json(f"{path}/{name}"),))


def _twice(seed: int | str, index: int, formats: Sequence[str], rng: Random) -> Bundle:
    first = generate_report(seed, index, formats=formats)
    drawn = [FORMATS[name](rng) for name in FORMATS]
    layout = rng.choice([layout for layout in drawn if type(layout) is not type(first.style.layout)])
    second = generate_report(seed, index, replace(first.style, layout=layout))
    path = f"{first.truth.identity.fiscal_year}/{index:07d}"
    paths = (f"{path}{first.ending}", f"{path}{second.ending}")
    truth = (
        first.truth.to_json(paths[0], same_report=paths[1]),
        second.truth.to_json(paths[1], same_report=paths[0]),
    )
    return Bundle(dict(zip(paths, (first.data, second.data), strict=True)), truth)


def _indicator_list(identity: Identity, rng: Random, note: str) -> tuple[bytes, str, str]:
    title = f"{identity.agency_name}{identity.fiscal_year}年政府信息公开情况统计表"
    rows = [("指标名称", "计量单位", f"{identity.fiscal_year}年", "历年累计")]
    for name, unit, kind in _INDICATORS:
        count = heavy(rng, 500) if kind else ""
        rows.append((name, unit, str(count), str(count + heavy(rng, 5000)) if kind else ""))
    if rng.random() < 0.5:
        lines = [title, *([note] if note else []), *("\t".join(row) for row in rows)]
        return ("\n".join(lines) + "\n").encode(), ".txt", "old_indicator_list"
    cells = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f"<html><body><h1>{title}</h1>{_paragraph(note)}<table>{cells}</table></body></html>".encode("gb18030"),
        ".htm",
        "old_indicator_list",
    )


def _page(identity: Identity, rng: Random, note: str) -> tuple[bytes, str, str]:
    title, text = rng.choice(_PAGES)
    words = {"area": identity.agency_name, "n": rng.randint(2, 90)}
    body = _paragraph(note) + _paragraph(text.format(**words))
    return (
        f"<html><body><h1>{title.format(**words)}</h1>{body}</body></html>".encode(),
        ".html",
        "not_an_annual_report",
    )


def _no_tables(identity: Identity, rng: Random, note: str) -> tuple[bytes, str, str]:
    title = f"{identity.agency_name}{identity.fiscal_year}年政府信息公开工作年度报告"
    day = identity.published_on
    texts = [
        note,
        "二、主动公开政府信息情况",
        "见下图。",
        identity.issuer_name,
        f"{day.year}年{day.month}月{day.day}日",
    ]
    picture = f'<img src="{rng.randint(100, 999)}.jpg">'
    body = "".join(map(_paragraph, texts[:3])) + picture + "".join(map(_paragraph, texts[3:]))
    return f"<html><body><h1>{title}</h1>{body}</body></html>".encode(), ".html", "no_statutory_tables"


def _paragraph(text: str) -> str:
    return f"<p>{text}</p>" if text else ""


def _scan(identity: Identity, rng: Random, note: str) -> tuple[bytes, str, str]:
    pages = [Page([Picture(0, 0, *A4)]) for _ in range(rng.randint(1, 4))]
    return write_pdf(pages), ".pdf", "scan"
