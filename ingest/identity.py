"""Whom a report is about, who signed it, for which year and scope, when: each with the evidence and its line.

Ranked evidence, never a guess: the title first, then the sign-off, then the period the text states. What no evidence
tells stays empty, and a document without agency or year is quarantined by the caller.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache

from ingest.model import Document, Identity, Line
from ingest.paths import REPO

AGENCY_SEEDS = REPO / "seeds" / "agencies"
TITLE_LINES = 60  # a title further down is a quotation
PROSE_LINE_CHARS = 12  # shorter lines are headings and cells, no sentences

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_REPORT = r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报)"
_AGENCY = r"(?P<agency>(?!年?度?(?:政府|政务)?信息公开)[一-鿿（）()·]{2,40}?)"
_TITLES = (
    re.compile(rf"^(?:关于)?{_AGENCY}(?:关于)?(?P<year>20\d\d)年?(?:年度|度)?(?:的)?(?:本级)?{_REPORT}"),
    re.compile(rf"^(?P<year>20\d\d)年?(?:年度|度)?{_AGENCY}(?:的)?{_REPORT}"),
)
_TITLE_WITHOUT_AGENCY = re.compile(rf"^(?P<year>20\d\d)年?(?:年度|度)?(?:的)?{_REPORT}")
_TITLE_MARK = re.compile(r"^(?:标题|题名|名称|文件名称|信息名称)[:：]")
_DATE = re.compile(r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})")
_DATE_ALONE = re.compile(r"^[(（]?(?:20\d\d年\d{1,2}月\d{1,2}日)[)）]?$")
_PERIOD = re.compile(
    r"(20\d\d)年1月1日[^。]{0,6}(?:至|到|-|—|起)[^。]{0,6}?(20\d\d)年12月31日|统计期限[^。]{0,20}?(20\d\d)年"
)
_PUBLISHED = re.compile(r"(?:发布时间|发布日期|公开日期|公布日期|生成日期)[:：]?\s*")
_URL = re.compile(r"(?:原文链接|来源链接|网址|URL)[:：]\s*(https?://[^\s<>]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Clean:
    """A line folded for reading: NFKC, no spaces, no markdown marks."""

    line_no: int
    text: str


@cache
def _organ_pattern() -> re.Pattern[str]:
    with (AGENCY_SEEDS / "organ_types.csv").open(encoding="utf-8", newline="") as file:
        suffixes = sorted((row["suffix"] for row in csv.DictReader(file)), key=len, reverse=True)
    return re.compile(r"^[一-鿿()]{2,36}(?:" + "|".join(map(re.escape, suffixes)) + r")(?:\([^()]*\))?$")


@cache
def _scope_patterns() -> list[tuple[int, str, re.Pattern[str]]]:
    with (AGENCY_SEEDS / "scope_evidence.csv").open(encoding="utf-8", newline="") as file:
        return [(int(r["rank"]), r["scope"], re.compile(r["pattern"])) for r in csv.DictReader(file)]


def _clean(line: Line) -> _Clean:
    folded = unicodedata.normalize("NFKC", line.text)
    return _Clean(line.line_no, re.sub(r"\s+", "", folded).strip("#*>|-_"))


def _as_date(text: str) -> date | None:
    found = _DATE.search(text)
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def identify(document: Document) -> Identity:
    """Everything the text tells about the report's identity, with the line that tells it."""
    lines = [clean for clean in map(_clean, document.lines) if clean.text]
    title, agency, year = _title(lines)
    signer, signed_on = _sign_off(lines)
    scope, scope_words, scope_line = _scope(lines, agency[0] if agency else signer.text if signer else None)
    fields: dict[str, object] = {"scope": scope, "scope_evidence": scope_words, "scope_line_no": scope_line}
    if title:
        fields |= {"title": title.text}
    if signer:
        fields |= {"issuer_name": signer.text, "issuer_evidence": "sign-off 落款", "issuer_line_no": signer.line_no}
    if agency:
        fields |= {"agency_name": agency[0], "agency_evidence": "title 标题", "agency_line_no": agency[1]}
    elif signer:
        fields |= _agency_of_signer(signer, scope, scope_words)
    year_found = year or _stated_year(lines, signed_on)
    if year_found:
        fields |= dict(zip(("fiscal_year", "year_evidence", "year_line_no"), year_found, strict=True))
    published = _published(lines, signed_on)
    if published:
        fields |= dict(zip(("published_on", "published_evidence", "published_line_no"), published, strict=True))
    url = next((found[1] for line in document.lines if (found := _URL.search(line.text))), None)
    return Identity(**fields, source_url=url)  # type: ignore[arg-type]


def _title(lines: list[_Clean]) -> tuple[_Clean | None, tuple[str, int] | None, tuple[int, str, int] | None]:
    """The title line, the agency it names and the year; a title may be broken over up to three lines."""
    head = [_Clean(line.line_no, _TITLE_MARK.sub("", line.text)) for line in lines[:TITLE_LINES]]
    for span in (1, 2, 3):  # a whole title on one line is better evidence than one put together
        for i in range(len(head)):
            text = "".join(line.text for line in head[i : i + span])
            dated = _arabic_year(text)
            for pattern in _TITLES:
                found = pattern.match(dated)
                if found and _is_name(found["agency"]):
                    line_no = head[i].line_no
                    evidence = (int(found["year"]), "title 标题", line_no)
                    return _Clean(line_no, dated[: found.end()]), (found["agency"], line_no), evidence
    for line in head:
        dated = _arabic_year(line.text)
        if found := _TITLE_WITHOUT_AGENCY.match(dated):
            evidence = (int(found["year"]), "title 标题", line.line_no)
            return _Clean(line.line_no, dated[: found.end()]), None, evidence
    return None, None, None


def _arabic_year(text: str) -> str:
    """二〇二〇年 → 2020年."""
    return re.sub(r"二[〇○零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年",
                  lambda m: "20" + (m[1] + m[2]).translate(_CHINESE_DIGITS) + "年", text)  # fmt: skip


def _is_name(text: str) -> bool:
    """Whether the words before the year name an organ or a region, and are no piece of a sentence."""
    return not re.search(r"根据|按照|现将|本报告|依据|要求|关于|公布|编制", text)


def _sign_off(lines: list[_Clean]) -> tuple[_Clean | None, _Clean | None]:
    """The last organ name that stands alone above a date that stands alone; and that date."""
    for i in range(len(lines) - 1, 0, -1):
        if _DATE_ALONE.match(lines[i].text) and _organ_pattern().match(lines[i - 1].text):
            return lines[i - 1], lines[i]
    return None, None


def _agency_of_signer(signer: _Clean, scope: str, scope_words: str | None) -> dict[str, object]:
    """Without a title: the signer; an office that signs for the whole region reports for its government."""
    name, evidence = signer.text, "sign-off 落款"
    office = re.match(r"^(.+人民政府)办公[室厅]$", name)
    if office and scope == "consolidated":
        name, evidence = office[1], f"sign-off 落款 {signer.text} with consolidated scope ({scope_words})"
    return {"agency_name": name, "agency_evidence": evidence, "agency_line_no": signer.line_no}


def _stated_year(lines: list[_Clean], signed_on: _Clean | None) -> tuple[int, str, int] | None:
    """The year of the stated period; else the year the prose names most, where the sign-off confirms it."""
    for line in lines:
        if found := _PERIOD.search(line.text):
            return int(found[2] or found[3]), "period 统计期限", line.line_no
    signed = _as_date(signed_on.text) if signed_on else None
    prose = [line for line in lines if len(line.text) > PROSE_LINE_CHARS]
    named = Counter(match for line in prose for match in re.findall(r"(20\d\d)年(?!\d)", line.text))
    if signed and named and str(signed.year - 1) == named.most_common(1)[0][0]:
        year = signed.year - 1
        line_no = next(line.line_no for line in prose if f"{year}年" in line.text)
        return year, f"year named most in the prose, confirmed by the sign-off of {signed.isoformat()}", line_no
    return None


def _scope(lines: list[_Clean], agency: str | None) -> tuple[str, str | None, int | None]:
    """consolidated, own or unknown, with the words that tell it; the strongest rank decides."""
    best: tuple[int, str, str, int] | None = None
    for rank, scope, pattern in _scope_patterns():
        for line in lines:
            found = pattern.search(line.text)
            if found and (best is None or rank < best[0]):
                best = (rank, scope, found[0], line.line_no)
    if best:
        return best[1], best[2], best[3]
    return "unknown", None, None


def _published(lines: list[_Clean], signed_on: _Clean | None) -> tuple[date, str, int] | None:
    for line in lines:
        found = _PUBLISHED.search(line.text)
        if found and (on := _as_date(line.text[found.end() :])):
            return on, "publication line 发布日期", line.line_no
    if signed_on and (on := _as_date(signed_on.text)):
        return on, "sign-off 落款", signed_on.line_no
    return None
