"""Figures in the prose of a report: what is counted, in whose name and with what doubts; still text.

A sentence is taken at its word only where every word between the figure before and this one is known: the cue that says
what is counted stands right before the figure, and all else before it is filler, a date or the name of who speaks.
Whatever else is found there becomes a doubt, and a figure with a doubt accuses nobody. All words are rows of
``seeds/narrative``; they are turned into one table of endings, once per process.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, product
from typing import NamedTuple

from ingest.model import Document, Line, NarrativeFigure
from ingest.paths import REPO
from ingest.readers.text import is_page_number

SEEDS = REPO / "seeds" / "narrative"
UNITS = REPO / "seeds" / "forms" / "value_units.csv"
SENTENCE_CHARS = 400
_LOOK_BACK = 1000  # characters; a sentence is no longer
_HEADING_CHARS = 24  # a line that numbers itself and is no longer is a heading, not the first line of a paragraph
_ROW_CHARS = 60  # a line recognised as a row of a table is prose all the same where it is longer
_NUMBERED = re.compile(
    r"[#*\s]*(?:[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[.、．](?!\d))"
)
_SAYS_SOMETHING = re.compile(r"。.|\d\s*[件条项]")
_PAGE_BREAK_LINES = 4  # blank lines and a page number may stand within a paragraph, a table may not
_ENDS_PARAGRAPH = tuple("。!?！？)）”|")
_UNSEEN = str.maketrans(dict.fromkeys("*#“”‘’\"'「」『』《》〈〉<>|"))
_BLANK_IN_FIGURE = re.compile(r"(?<=[\d.,])[^\S\n]+(?=\d)")
_BLANK = re.compile(r"[^\S\n]+")
_PARTED = "?"  # stands where two figures must not become one
_FULL_COMMA = "\x1e"  # NFKC would make a thousands separator of it
_BRACKETS = re.compile(r"\(([^()]{0,12})\)")
_CLAUSE = re.compile(r"[，,;；:：()。!?\[\]]|\.{3}")
_YEAR = re.compile(r"20\d\d(?=年)")
_DATE = re.compile(r"20\d\d年度?|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日")
_BEFORE = re.compile(
    r"[A-Za-z\d.,\-–—~/〔\[+第至]"
)  # after one of these a figure is an ordinal, a range or part of one


@dataclass(frozen=True, slots=True)
class Cue:
    """What a figure counts whose lead ends so: ``topics`` that must be spoken of, ``units`` and words ``then`` after
    it; all empty where any will do."""

    measure_code: str
    category_code: str
    topics: frozenset[str]
    units: frozenset[str]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Whose report it is: the year it covers, and its own name as its prose may print it."""

    year: str
    names: re.Pattern[str] | None


class _Reading(NamedTuple):
    """What a figure counts, in whose name and with which doubts; ``leans`` on what was spoken of before it."""

    measure: str
    category: str
    subject: str
    doubts: list[str]
    leans: bool


@dataclass(slots=True)
class _Block:
    """A paragraph: its lines and the topic of the heading above it."""

    lines: list[Line]
    topic: str


@dataclass
class Words:
    """The words of ``seeds/narrative`` as what the reading asks of them."""

    cues: dict[str, list[Cue]] = field(default_factory=dict)
    longest: int = 0

    def __post_init__(self) -> None:
        rows = _rows("narrative_words")
        by_role: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            by_role.setdefault((row["role"], row["code"]), []).append(row["word"])
        lists = {code: words for (role, code), words in by_role.items() if role == "list"}

        def one(role: str, code: str = "") -> list[str]:
            return sorted(by_role[role, code], key=len, reverse=True)

        def groups(role: str) -> str:
            codes = [code for kind, code in by_role if kind == role]
            return "|".join(f"(?P<{code}>{'|'.join(one(role, code))})" for code in codes)

        with UNITS.open(encoding="utf-8", newline="") as file:
            units = {row["unit_word"] for row in csv.DictReader(file) if row["magnitude"] == "1"}
        units |= set(one("unit"))
        unit = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
        firsts = "".join(sorted({word[0] for word in units})) + "％"
        self.hint = re.compile(rf"\d\s*[百千万亿{''.join(one('approximate', 'after'))}]*\s*[{re.escape(firsts)}]")
        after = "|".join(one("approximate", "after"))
        self.figure = re.compile(
            rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
            rf"(?P<size>[百千]?万|亿|千|百)?(?P<more>{after})?(?P<unit>{unit})(?P<about>{after})?"
        )
        self.subject = re.compile(groups("subject"))
        self.topic = re.compile(groups("topic"))
        self.share = frozenset(one("share"))
        self.block_lead = re.compile("|".join(one("block", "lead")))
        self.block_clause = re.compile("|".join(one("block", "clause")))
        self.not_block = re.compile("|".join(one("not_block")))
        self.other_year = re.compile("|".join(one("other_year")))
        self.part_of_year = re.compile("|".join(one("part_of_year", "part")))
        self.whole_year = re.compile(rf"(?<!\d)(?:{'|'.join(one('part_of_year', 'whole'))})")
        self.cumulative = re.compile("|".join(one("cumulative")))
        self.approximate = re.compile(f"(?:{'|'.join(one('approximate', 'before'))})$")
        self.tail = re.compile(f"(?:{'|'.join(one('tail'))})+$")
        every = map(re.escape, one("filler", "all"))
        self.filler = re.compile(f"(?:{'|'.join(every)})*")
        loose = map(re.escape, sorted(one("filler", "all") + one("filler", "beyond"), key=len, reverse=True))
        self.loose_filler = re.compile(f"(?:{'|'.join(loose)})*")
        self.claimed = frozenset(row["measure_code"] for row in _rows("narrative_readings"))
        self.parts = frozenset(row["part_measure_code"] for row in _rows("narrative_partitions"))
        for row in _rows("narrative_cues"):
            cue = Cue(
                row["measure_code"],
                row["category_code"],
                frozenset(filter(None, row["topics"].split("|"))),
                frozenset(filter(None, row["units"].split("|"))),
                tuple(filter(None, row["then"].split("|"))),
            )
            for ending in _endings(row["before"], lists):
                known = self.cues.setdefault(ending, [])
                if cue not in known:
                    known.append(cue)
        self.longest = max(map(len, self.cues))

    def cue(self, clause: str, topic: str, unit: str, then: str) -> tuple[Cue, int] | None:
        """The cue the clause ends with, the longest that fits, and where it begins."""
        for begin in range(max(0, len(clause) - self.longest), len(clause)):
            for cue in self.cues.get(clause[begin:], ()):
                if (
                    (not cue.topics or topic in cue.topics)
                    and (not cue.units or unit in cue.units)
                    and (not cue.then or then.startswith(cue.then))
                    and not self._is_within_subject(clause, begin)
                ):
                    return cue, begin
        return None

    def _is_within_subject(self, clause: str, begin: int) -> bool:
        """Whether a cue would begin within the name of who speaks: 我街道主动公开 is no figure of the 街道."""
        return any(found.start() < begin < found.end() for found in self.subject.finditer(clause))


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _endings(before: str, lists: dict[str, list[str]]) -> Iterator[str]:
    """Every text a row of cues stands for: groups follow each other, ``|`` parts their words, ``{name}`` is a list of
    words, ``-`` nothing."""
    groups = []
    for group in before.split():
        words: list[str] = []
        for word in group.split("|"):
            words += lists[word[1:-1]] if word.startswith("{") else [word.removeprefix("-")]
        groups.append(words)
    yield from map("".join, product(*groups))


@cache
def words() -> Words:
    """The words of the seeds, read once per process."""
    return Words()


def narrative_figures(
    document: Document, rows_at: Collection[int], fiscal_year: int | None, agency_name: str | None
) -> tuple[NarrativeFigure, ...]:
    """The figures of a document's prose that say what they count, in its order, and those beside a printed share.

    ``rows_at`` are the lines that statutory tables were read from. A figure is still text, with its unit apart.
    """
    found: list[NarrativeFigure] = []
    speaker = _Speaker(str(fiscal_year), _names(agency_name))
    for block_no, block in enumerate(_blocks(document, rows_at), start=1):
        found += _figures(block, block_no, len(found), speaker)
    return tuple(found)


def _names(agency_name: str | None) -> re.Pattern[str] | None:
    """The agency's own name as its prose prints it, with or without the places above it and 人民政府."""
    if not agency_name:
        return None
    stem = unicodedata.normalize("NFKC", agency_name).removesuffix("人民政府")
    places = re.findall(r".+?[省市县区旗镇乡盟州](?=.)|.+$", stem)
    names = {"".join(places[i:]) for i in range(len(places))}
    return re.compile(
        "(?:" + "|".join(map(re.escape, sorted((n for n in names if len(n) > 1), key=len, reverse=True))) + ")"
        "(?:人民政府)?(?!信息)"
    )


# -- paragraphs --------------------------------------------------------------------------------------------------------


def _blocks(document: Document, rows_at: Collection[int]) -> Iterator[_Block]:
    """The paragraphs outside the tables. Lines that a page or its margin broke are put together again."""
    in_tables = {row.line_no for row in document.rows if row.kind != "line"}
    prose = [
        line
        for line in document.lines
        if line.line_no not in in_tables
        and not (line.line_no in rows_at and len(line.text) < _ROW_CHARS)
        and not is_page_number(line.text)
    ]
    topic, last, last_no, block = "", "", 0, None
    for line in prose:
        text = line.text.strip()
        if not text.strip("-—_="):
            continue
        is_numbered = _NUMBERED.match(text) is not None
        is_heading = is_numbered and len(text) <= _HEADING_CHARS and not _SAYS_SOMETHING.search(text)
        if block and (is_numbered or last.endswith(_ENDS_PARAGRAPH) or line.line_no - last_no > _PAGE_BREAK_LINES):
            yield block
            block = None
        if is_heading:
            topic = _last(words().topic, text) or ""
        elif block:
            block.lines.append(line)
        else:
            block = _Block([line], topic)
        last, last_no = text, line.line_no
    if block:
        yield block


def _plain(lines: list[Line]) -> tuple[str, list[int]]:
    """The text of a paragraph without blanks, quotes and marks of layout, and where each line begins in it.

    Of two figures with a blank or the end of a line between them none becomes longer.
    """
    text = _BLANK_IN_FIGURE.sub(_PARTED, "\n".join(line.text.strip().replace("\n", " ") for line in lines))
    text = unicodedata.normalize("NFKC", text.replace("，", _FULL_COMMA)).replace(_FULL_COMMA, "，")
    pieces = _BLANK.sub("", text).translate(_UNSEEN).split("\n")
    for i in range(1, len(pieces)):
        if pieces[i - 1][-1:].isdigit() and pieces[i][:1].isdigit():
            pieces[i - 1] += _PARTED
    return "".join(pieces), [0, *accumulate(map(len, pieces))][:-1]


def _last(pattern: re.Pattern[str], text: str, begin: int = 0, end: int | None = None) -> str | None:
    """The name of the group that matches last."""
    found = [match.lastgroup for match in pattern.finditer(text, begin, len(text) if end is None else end)]
    return found[-1] if found else None


# -- figures -----------------------------------------------------------------------------------------------------------


def _figures(block: _Block, block_no: int, before: int, speaker: _Speaker) -> list[NarrativeFigure]:
    if not any(words().hint.search(line.text) for line in block.lines):
        return []
    text, starts = _plain(block.lines)
    tokens = [
        token for token in words().figure.finditer(text) if not _BEFORE.match(text[token.start() - 1 : token.start()])
    ]
    topics = [(0, block.topic), *((found.end(), found.lastgroup or "") for found in words().topic.finditer(text))]
    topic_ends = [at for at, _ in topics]
    readings: list[_Reading | None] = []
    end = 0
    for token in tokens:
        topic = topics[bisect_right(topic_ends, token.start()) - 1][1]
        readings.append(_reading(text, end, token, topic, speaker))
        end = token.end()
    _doubt_lists(text, tokens, readings)
    for i, reading in enumerate(readings):
        if reading and reading.measure == "share" and (i == 0 or tokens[i - 1]["unit"] == "%"):
            readings[i] = None  # of nothing that is told
    has_share = any(reading and reading.measure == "share" for reading in readings)
    figures: list[NarrativeFigure] = []
    for token, reading in zip(tokens, readings, strict=True):
        if not reading and not has_share:
            continue
        measure, category, subject, doubts, _ = reading or (None, None, "unnamed", [], False)
        line = block.lines[bisect_right(starts, token.start()) - 1]
        figure_no = before + len(figures) + 1
        figures.append(
            NarrativeFigure(
                figure_no=figure_no,
                block_no=block_no,
                page_no=line.page_no,
                line_no=line.line_no,
                sentence=_sentence(text, token),
                figure_text=token["number"] + (token["size"] or ""),
                unit_text=token["unit"],
                measure_code=measure,
                category_code=category,
                subject_code=subject,
                doubts="|".join(doubts),
                part_figure_no=figure_no - 1 if measure == "share" else None,
            )
        )
    return figures


def _doubt_lists(text: str, tokens: list[re.Match[str]], readings: list[_Reading | None]) -> None:
    """Doubt what a sentence lists among figures of the same unit that count something unknown.

    What leans on the words before it may be a part of that; and parts beside it are not all there are. A part of the
    part before it is marked too.
    """
    known = words()
    unknown: dict[tuple[int, str], int] = {}  # by sentence and unit, the first figure that counts something unknown
    places = [(_sentence_start(text, token), token["unit"]) for token in tokens]
    end = 0
    for i, (token, reading) in enumerate(zip(tokens, readings, strict=True)):
        lead = text[max(end, places[i][0]) : token.start()]
        end = token.end()
        last = readings[i - 1] if i else None
        if reading and last and reading.measure == last.measure and "其中" in lead:
            reading.doubts.append("nested")
        is_unknown = reading is None or ("words" in reading.doubts and not reading.leans)
        if is_unknown and token["unit"] != "%" and not known.block_lead.search(lead):
            unknown.setdefault(places[i], i)
    for i, reading in enumerate(readings):
        first = unknown.get(places[i])
        if reading is None or first is None or "words" in reading.doubts:
            continue
        if (reading.leans and i > first) or reading.measure in known.parts:
            reading.doubts.append("words")


def _sentence_start(text: str, token: re.Match[str]) -> int:
    """Where the sentence of a figure begins; one that is endless is looked at a part of."""
    earliest = max(0, token.start() - _LOOK_BACK)
    return max(text.rfind("。", earliest, token.start()) + 1, earliest)


def _reading(text: str, end: int, token: re.Match[str], topic: str, speaker: _Speaker) -> _Reading | None:
    """What a figure counts; None where it counts nothing known. ``end`` is that of the figure before it."""
    known, unit = words(), token["unit"]
    sentence_start = _sentence_start(text, token)
    lead = text[max(end, sentence_start) : token.start()]
    clause = _CLAUSE.split(_BRACKETS.sub(r"\1", lead))[-1].replace("、", "")
    doubts = ["approximate"] if token["more"] or token["about"] else []
    if unit == "%":
        is_share = clause in known.share and len(lead) <= len(clause) + 2
        return _Reading("share", "all", "unnamed", doubts, False) if is_share else None
    if about := known.approximate.search(clause):
        clause, doubts = clause[: about.start()], ["approximate"]
    then = text[token.end() : token.end() + 12]
    found = known.cue(clause, topic, unit, then)
    if not found:
        clause = known.tail.sub("", clause)
        found = known.cue(clause, topic, unit, then)
    if not found:
        return None
    cue, begin = found
    rest, ending = clause[:begin], clause[begin:]
    at = text.rfind(ending, sentence_start, token.start())
    at = max(end, sentence_start) if at < 0 else at  # brackets or 、 within: what it says itself is no evidence
    earlier = text[max(end, sentence_start) : at]
    if known.block_clause.search(rest) or known.block_lead.search(known.not_block.sub("", earlier)):
        return None
    subject = _last(known.subject, text, sentence_start, at) or "unnamed"
    years = _YEAR.findall(text, sentence_start, token.start())
    if known.cumulative.search(lead):
        doubts.append("cumulative")
    before = known.whole_year.sub("", text[sentence_start:at])
    if (years and years[-1] != speaker.year) or known.other_year.search(earlier) or known.part_of_year.search(before):
        doubts.append("other_year")
    rest = _DATE.sub("", rest)
    rest = known.subject.sub("", speaker.names.sub("", rest) if speaker.names else rest)
    filler = known.filler if cue.measure_code in known.claimed else known.loose_filler
    if not filler.fullmatch(rest):
        doubts.append("words")
    return _Reading(cue.measure_code, cue.category_code, subject, doubts, bool(cue.topics))


def _sentence(text: str, token: re.Match[str]) -> str:
    """The sentence a figure stands in; of a very long one the part around the figure."""
    begin = _sentence_start(text, token)
    end = text.find("。", token.end(), token.end() + _LOOK_BACK)
    sentence = text[begin : end + 1 if end >= 0 else token.end() + _LOOK_BACK]
    if len(sentence) <= SENTENCE_CHARS:
        return sentence
    begin = max(0, token.start() - begin - SENTENCE_CHARS // 2)
    return sentence[begin : begin + SENTENCE_CHARS]
