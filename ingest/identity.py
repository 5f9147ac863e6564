"""Whom a report is about, who signed it, for which year and scope, when: each with the evidence and its line.

Every piece of evidence is a clue; clues are ranked, the best one decides, and those that say otherwise are kept as
conflicts. Nothing is guessed: what no clue tells stays empty, and the caller sets a document without agency or year
apart. The words looked for are in ``seeds/agencies``.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import PurePosixPath

from ingest.model import Clue, Document, Given, Identity, Line
from ingest.paths import REPO

AGENCY_SEEDS = REPO / "seeds" / "agencies"
TITLE_LINES = 80  # a title further down is a quotation, or begins another report
METADATA_CHARS = 400  # longer lines are prose
PROSE_LINE_CHARS = 12  # shorter lines are headings and cells, no sentences

_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"二[〇○零]([〇○零一二三四五六七八九])([〇○零一二三四五六七八九])年")
_REPORT = r"(?:政府|政务)?信息公开(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:年度)?(?:工作)?(?:报告|年报)"
_AGENCY = r"(?P<agency>(?!年?度?(?:政府|政务)?信息公开)[一-鿿（）()·]{2,40}?)"
_YEAR = r"\(?(?P<year>20\d\d)年?(?:年度|度)?\)?"
_TITLES = (
    re.compile(rf"^(?:关于)?{_AGENCY}(?:关于)?{_YEAR}(?:的)?(?:本级)?{_REPORT}"),
    re.compile(rf"^{_YEAR}{_AGENCY}(?:的)?{_REPORT}"),
    re.compile(rf"^(?:关于)?{_AGENCY}(?:的)?{_REPORT}{_YEAR}$"),
)
_TITLE_WITHOUT_AGENCY = re.compile(rf"^{_YEAR}(?:的)?{_REPORT}")
_TITLE_MARK = re.compile(r"^(?:标题|题名|名称|文件名称|信息名称)[:：]?")
_TITLE_TAIL = 12  # characters that may follow a title on its line, such as （汇总） or the name of a site
_TITLE_CHARS = 120
_BODY = re.compile(r"^(?:一、|\(一\)|第一部分|根据|按照|依据|为(?:深入|认真|全面)?贯彻|本(?:年度)?报告|现将)")
_NO_NAME = re.compile(r"根据|按照|现将|本报告|依据|要求|关于|公布|编制|年度报告|信息公开")
_DATE = re.compile(
    r"(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})|(20\d\d)(\d\d)(\d\d)(?!\d)"
)
_CHINESE_DATE = re.compile(
    r"^[(]?(二[〇○零][〇○零一二三四五六七八九]{2}年)([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日[)]?$"
)
_PAGE_NUMBER = re.compile(r"第?\d{1,4}(?:页(?:共\d{1,4}页)?)?")  # may stand between an organ and its date
_DATE_ALONE = re.compile(r"^[(（]?(?:20\d\d年\d{1,2}月\d{1,2}日)[)）]?$")
_PERIOD = re.compile(
    r"(20\d\d)年1月1日[^。]{0,6}(?:至|到|-|—|起)[^。]{0,6}?(20\d\d)年12月31日|统计期限[^。]{0,20}?(20\d\d)年"
)
_NAMED_YEAR = re.compile(r"(20\d\d)年(?!\d)")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_FOLDER_YEAR = re.compile(r"(20\d\d)(?:年|年度)?(?:年报|报告)?")
_SEPARATORS = re.compile(r"[\s_.,，+-]+")


@dataclass(frozen=True, slots=True)
class _Clean:
    """A line folded for reading: NFKC, no spaces, no markdown marks."""

    line_no: int
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """A line that reads as the title of a report; ``agency`` is None where it names none."""

    line_no: int
    text: str
    agency: str | None
    year: int


def identify(document: Document, source_path: str = "", given: Given | None = None) -> Identity:
    """Everything that text, path and manifest tell about a report's identity.

    ``source_path`` is the posix path of the file below the reports folder; ``given`` what a manifest says of it, by
    field, which outranks all else.
    """
    lines = [clean for clean in map(_clean, document.lines) if clean.text and not _PAGE_NUMBER.fullmatch(clean.text)]
    signer, signed_on = _sign_off(lines)
    period = _period(lines)
    metadata = list(_metadata(document.lines))
    found = _titles(lines)
    title = _chosen(found, lines, period)
    scope = _scope(lines)
    clues = [
        *(given or {}).values(),
        *_title_clues(title),
        *([period] if period else []),
        *_signed_clues(signer, signed_on, scope),
        *metadata,
        *_path_clues(source_path),
        *_prose_year(lines, signed_on),
        *_folder_year(source_path, signed_on, metadata),
        *([scope] if scope else []),
        *_other_titles(found, title),
    ]
    best: dict[str, Clue] = {}
    for clue in clues:
        best.setdefault(clue.field, clue)
    return _identity(best, title, clues)


def _identity(best: Mapping[str, Clue], title: Title | None, clues: Sequence[Clue]) -> Identity:
    fields: dict[str, object] = {}
    for name, column, value in (
        ("agency", "agency", "agency_name"),
        ("issuer", "issuer", "issuer_name"),
        ("year", "year", "fiscal_year"),
        ("scope", "scope", "scope"),
        ("published", "published", "published_on"),
    ):
        # A report that does not say when it was published was so no earlier than it was written or signed.
        clue = best.get(name) or (best.get("dated", best.get("signed")) if name == "published" else None)
        if clue:
            fields |= {value: clue.value, f"{column}_evidence": clue.evidence, f"{column}_line_no": clue.line_no}
    return Identity(
        **fields,  # type: ignore[arg-type]
        title=title.text if title else None,
        source_url=str(best["url"].value) if "url" in best else None,
        conflicts=_conflicts(best, clues),
        clues=tuple(clues),
    )


def titles(document: Document) -> list[Title]:
    """Every line of a document that by itself reads as the title of a report with agency and year, in reading order."""
    short = (_clean(line) for line in document.lines if "报" in line.text and len(line.text) <= _TITLE_CHARS)
    found = (_title(_TITLE_MARK.sub("", line.text), line.line_no) for line in short)
    return [title for title in found if title and title.agency]


# -- the title ---------------------------------------------------------------------------------------------------------


def _titles(lines: Sequence[_Clean]) -> list[Title]:
    """The lines that read as titles; a title may be broken over up to three lines."""
    head = [_Clean(line.line_no, _TITLE_MARK.sub("", line.text)) for line in lines[:TITLE_LINES]]
    found: dict[int, Title] = {}
    for span in (1, 2, 3):  # a whole title on one line is better evidence than one put together
        for i in range(len(head) - span + 1):
            texts = [line.text for line in head[i : i + span]]
            if "公开" in texts[-1] and i not in found and (title := _title("".join(texts), head[i].line_no)):
                found[i] = title
        if any(title.agency for title in found.values()):
            break
    return [found[i] for i in sorted(found)]


def _title(text: str, line_no: int) -> Title | None:
    dated = _arabic_year(text)
    for pattern in _TITLES:
        match = pattern.match(dated)
        if match and not _NO_NAME.search(match["agency"]) and len(dated) - match.end() <= _TITLE_TAIL:
            return Title(line_no, match[0], match["agency"].strip("()（）"), int(match["year"]))
    if match := _TITLE_WITHOUT_AGENCY.match(dated):
        return Title(line_no, match[0], None, int(match["year"]))
    return None


def _chosen(found: list[Title], lines: Sequence[_Clean], period: Clue | None) -> Title | None:
    """The title meant: pages list the titles of other reports too, so the last one above the text is taken.

    Where the text states its period, a title of another year is not meant.
    """
    named = [title for title in found if title.agency] or found
    if period and any(title.year == period.value for title in named):
        named = [title for title in named if title.year == period.value]
    body = next((line.line_no for line in lines if _BODY.match(line.text)), None)
    above = [title for title in named if body is None or title.line_no < body]
    if not above:
        return named[0] if named else None
    last = above[-1]
    # The same title may stand further up too, as the page's headline: that is where it is looked for.
    return next(title for title in above if (title.agency, title.year) == (last.agency, last.year))


def _title_clues(title: Title | None) -> Iterator[Clue]:
    if title:
        if title.agency:
            yield Clue("agency", title.agency, "title 标题", title.line_no)
        yield Clue("year", title.year, "title 标题", title.line_no)


def _other_titles(found: Sequence[Title], chosen: Title | None) -> Iterator[Clue]:
    """Titles of other reports on the page: they never decide, but whoever checks should know of them."""
    for title in found:
        if chosen and title.agency and chosen.agency and title != chosen:
            evidence = f"another title {title.text}"
            yield Clue("agency", title.agency, evidence, title.line_no)
            yield Clue("year", title.year, evidence, title.line_no)


def _arabic_year(text: str) -> str:
    """二〇二〇年 → 2020年."""
    return _CHINESE_YEAR.sub(lambda m: "20" + (m[1] + m[2]).translate(_CHINESE_DIGITS) + "年", text)


# -- sign-off, period, prose -------------------------------------------------------------------------------------------


def _sign_off(lines: Sequence[_Clean]) -> tuple[_Clean | None, _Clean | None]:
    """The last organ name that stands alone above a date that stands alone; and that date."""
    for i in range(len(lines) - 1, 0, -1):
        if _DATE_ALONE.match(_arabic_date(lines[i].text)) and _organ_pattern().match(lines[i - 1].text):
            return lines[i - 1], lines[i]
    return None, None


def _signed_clues(signer: _Clean | None, signed_on: _Clean | None, scope: Clue | None) -> Iterator[Clue]:
    """Without a title the signer tells whose report it is; an office that signs for a region reports for its
    government."""
    if signer is None:
        return
    yield Clue("issuer", signer.text, "sign-off 落款", signer.line_no)
    office = re.match(r"^(.+人民政府)办公[室厅]$", signer.text)
    if office and scope and scope.value == "consolidated":
        evidence = f"sign-off 落款 {signer.text} with consolidated scope ({scope.evidence})"
        yield Clue("agency", office[1], evidence, signer.line_no)
    else:
        yield Clue("agency", signer.text, "sign-off 落款", signer.line_no)
    if signed_on and (on := _as_date(signed_on.text)):
        yield Clue("signed", on, "sign-off 落款", signed_on.line_no)


def _period(lines: Sequence[_Clean]) -> Clue | None:
    for line in lines:
        if ("12月31日" in line.text or "统计期限" in line.text) and (found := _PERIOD.search(line.text)):
            return Clue("year", int(found[2] or found[3]), "period 统计期限", line.line_no)
    return None


def _prose_year(lines: Sequence[_Clean], signed_on: _Clean | None) -> Iterator[Clue]:
    """The year the prose names most, where it is the one before the sign-off."""
    signed = _as_date(signed_on.text) if signed_on else None
    if signed is None:
        return
    prose = [line for line in lines if len(line.text) > PROSE_LINE_CHARS]
    named = Counter(match for line in prose for match in _NAMED_YEAR.findall(line.text))
    if named and str(signed.year - 1) == named.most_common(1)[0][0]:
        year = signed.year - 1
        line_no = next(line.line_no for line in prose if f"{year}年" in line.text)
        yield Clue(
            "year", year, f"year named most in the prose, confirmed by the sign-off of {signed.isoformat()}", line_no
        )


def _scope(lines: Sequence[_Clean]) -> Clue | None:
    """consolidated or own, with the words that tell it; the strongest rank decides."""
    patterns = _scope_patterns()
    for _, group in groupby(patterns, key=lambda pattern: pattern[0]):
        ranked = list(group)
        for line in lines:
            for _, scope, pattern in ranked:
                if found := pattern.search(line.text):
                    return Clue("scope", scope, found[0], line.line_no)
    return None


# -- metadata and path -------------------------------------------------------------------------------------------------


def _metadata(lines: Sequence[Line]) -> Iterator[Clue]:
    """What tables and lines of metadata say: 发布机构, 发布日期 and the like, each with what stands after it."""
    for line in lines:
        if len(line.text) > METADATA_CHARS or not _metadata_hint().search(line.text):
            continue
        text = unicodedata.normalize("NFKC", line.text)
        for found in _metadata_pattern().finditer(text):
            label = re.sub(r"\s", "", found["label"])
            field = _metadata_fields()[label]
            if (value := _metadata_value(field, text[found.end() :])) is not None:
                yield Clue(field, value, f"metadata {label}", line.line_no)
                if field == "issuer" and _organ_pattern().match(str(value)):
                    yield Clue("agency", value, f"metadata {label}", line.line_no)


def _metadata_value(field: str, rest: str) -> str | int | date | None:
    """The value after a label, where it is one of the kind that the field holds."""
    first = next((part for part in re.split(r"[\t|]|\s{2,}", rest) if part.strip()), "").strip()
    if field in ("published", "dated"):
        return _as_date(first) if first[:2] in ("20", "二〇", "二○", "二零") else None
    if field == "year":
        found = re.match(r"(20\d\d)年?度?$", first)
        return int(found[1]) if found else None
    if field == "url":
        found = re.match(r"https?://[^\s<>\"']+", first)
        return found[0] if found else None
    words = first.split()
    return words[0] if words and re.fullmatch(r"[一-鿿()·]{3,40}", words[0]) else None


def _path_clues(source_path: str) -> Iterator[Clue]:
    """What the names of file and folders tell: a title, or an organ and a year."""
    if not source_path:
        return
    folders, name = _folders_and_name(unicodedata.normalize("NFKC", source_path))
    stem = _SEPARATORS.sub("", re.sub(r"\.\w{1,8}(?:#\d+)?$", "", name))
    if title := _title(stem, 0):
        if title.agency:
            yield Clue("agency", title.agency, "file name 文件名", None)
        yield Clue("year", title.year, "file name 文件名", None)
        return
    without_year = re.sub(r"20\d\d年?(?:度|年度)?(?:年报|报告)?|政府信息公开|(?:工作)?(?:年度)?(?:报告|年报)", "", stem)
    for words, evidence in (
        (without_year, "file name 文件名"),
        *((f, "folder name 文件夹名") for f in reversed(folders)),
    ):
        if _organ_pattern().match(words):
            yield Clue("agency", words, evidence, None)
            return


def _folders_and_name(source_path: str) -> tuple[list[str], str]:
    """The folders a file lies in, outermost first, and its name; an archive is a folder without its ending."""
    *folders, name = PurePosixPath(source_path).parts or ("",)
    return [re.sub(r"\.zip$", "", folder, flags=re.IGNORECASE) for folder in folders], name


def _folder_year(source_path: str, signed_on: _Clean | None, metadata: Sequence[Clue]) -> Iterator[Clue]:
    """A year in the names of file or folder, unless the report was published too early for it: then the folders go by
    the year of publication."""
    published = [_as_date(signed_on.text)] if signed_on else []
    published += [clue.value for clue in metadata if clue.field in ("published", "dated")]
    folders, name = _folders_and_name(source_path)
    told = [(int(y), "file name 文件名") for y in _YEAR_IN_NAME.findall(name)[:1]]
    told += [(int(m[1]), "folder name 文件夹名") for f in reversed(folders) if (m := _FOLDER_YEAR.fullmatch(f))]
    for year, evidence in told:
        if all(isinstance(on, date) and on.year > year for on in published):
            yield Clue("year", year, evidence, None)


# -- conflicts ---------------------------------------------------------------------------------------------------------


def _conflicts(best: Mapping[str, Clue], clues: Sequence[Clue]) -> str | None:
    """What other clues say against the agency and year taken, in one sentence; None where none does."""
    against = []
    for clue in clues:
        taken = best[clue.field]
        if clue.value == taken.value or clue.field not in ("agency", "year"):
            continue
        if clue.field == "agency" and _may_be_one(str(taken.value), str(clue.value)):
            continue
        where = f" (line {clue.line_no})" if clue.line_no else ""
        against.append(f"{clue.field} {clue.value} by {clue.evidence}{where}")
    return "; ".join(dict.fromkeys(against)) or None


def _may_be_one(name: str, other: str) -> bool:
    """Whether two names may be of organs of one place: a report is often signed or put online by a sister organ."""
    return name[:2] == other[:2] or name[:2] in other or other[:2] in name


# -- words -------------------------------------------------------------------------------------------------------------


def _clean(line: Line) -> _Clean:
    folded = unicodedata.normalize("NFKC", line.text)
    return _Clean(line.line_no, "".join(folded.split()).strip("#*>|-_"))


def _arabic_date(text: str) -> str:
    """二〇二一年一月十二日 → 2021年1月12日; other text unchanged."""
    found = _CHINESE_DATE.match(text)
    if not found:
        return text
    return f"{_arabic_year(found[1])}{_numeral(found[2])}月{_numeral(found[3])}日"


def _numeral(text: str) -> int:
    """十二 → 12, up to 三十一."""
    tens, ten, ones = text.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.index(tens) if tens else bool(ten)) * 10 + (digits.index(ones) if ones else 0)


def _as_date(text: str) -> date | None:
    found = _DATE.search(_arabic_date(text))
    if not found:
        return None
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _organ_pattern() -> re.Pattern[str]:
    with (AGENCY_SEEDS / "organ_types.csv").open(encoding="utf-8", newline="") as file:
        suffixes = sorted((row["suffix"] for row in csv.DictReader(file)), key=len, reverse=True)
    return re.compile(r"^[一-鿿()]{2,36}(?:" + "|".join(map(re.escape, suffixes)) + r")(?:\([^()]*\))?$")


@cache
def _scope_patterns() -> list[tuple[int, str, re.Pattern[str]]]:
    with (AGENCY_SEEDS / "scope_evidence.csv").open(encoding="utf-8", newline="") as file:
        rows = [(int(r["rank"]), r["scope"], re.compile(r["pattern"])) for r in csv.DictReader(file)]
    return sorted(rows, key=lambda row: row[0])


@cache
def _metadata_fields() -> dict[str, str]:
    with (AGENCY_SEEDS / "metadata_labels.csv").open(encoding="utf-8", newline="") as file:
        return {row["label"]: row["field"] for row in csv.DictReader(file)}


@cache
def _metadata_pattern() -> re.Pattern[str]:
    labels = "|".join(r"\s?".join(map(re.escape, label)) for label in _metadata_fields())
    return re.compile(rf"(?<![一-鿿])(?P<label>{labels})\s*(?:[:|]|\t|\s(?=\s))[\s|]*")


@cache
def _metadata_hint() -> re.Pattern[str]:
    """The second half of every label: what a line must hold to be looked at more closely."""
    return re.compile("|".join(sorted({label[-1] + r"\s*[:：|\t ]" for label in _metadata_fields()})))
