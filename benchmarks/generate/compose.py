"""A report as a sequence of parts - headings, paragraphs, tables, page breaks - still without any format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from benchmarks.generate import prose
from benchmarks.generate.figures import Form
from benchmarks.generate.forms import CellKey
from benchmarks.generate.grid import Grid, GridCell, GridRow, Kind, applications_grid, disputes_grid, proactive_grid
from benchmarks.generate.identity import Identity
from benchmarks.generate.printing import Printed
from benchmarks.generate.wording import Wording

PROCUREMENT_PROJECTS = "采购项目数量"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, a line of the sign-off or a note."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The end of page ``number``."""

    number: int


Part = Heading | Paragraph | Grid | PageBreak


@dataclass(frozen=True, slots=True)
class Outline:
    """How a report is put together. Which title and headings an office uses, and how its tables are drawn."""

    has_title: bool = True
    has_sign_off: bool = True
    spaced_year: bool = False
    other_headings: bool = False
    first_part: int = 1  # 2 where the numbering starts at 二、
    total_beside: bool = True
    group_rows: bool = False
    article_tables: bool = False  # a table of its own for each article of 表二
    unusual_order: bool = False  # sections and articles stand in another order than the form's
    note: str = ""  # a line of its own below the title


@dataclass(frozen=True, slots=True)
class Pagination:
    """What page breaks do to the tables. ``lost_page`` needs two breaks or more, else no page is lost."""

    breaks: int = 0
    repeats_header: bool = False
    spanning_label: str = "once"  # once | again | parted, see Grid.split
    parts_head: bool = False  # 采购项目数 + 量
    lost_page: bool = False


HEADINGS = {
    False: ("总体情况", "主动公开政府信息情况", "收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况",
            "存在的主要问题及改进情况", "其他需要报告的事项"),
    True: ("总体情况", "主动公开政府信息的情况", "收到和处理政府信息公开申请的情况",
           "因政府信息公开申请行政复议、提起行政诉讼的情况", "政府信息公开工作存在的主要问题及改进情况",
           "其他需要报告的事项"),
}  # fmt: skip
NUMERALS = "一二三四五六七"


def compose(
    form: Form,
    identity: Identity,
    printed: Mapping[CellKey, Printed],
    wording: Wording,
    *,
    outline: Outline,
    overview: Sequence[str],
    rng: Random,
) -> list[Part]:
    """The whole report, on one endless page; ``overview`` are the paragraphs of its first section."""
    year = f" {identity.fiscal_year} " if outline.spaced_year else str(identity.fiscal_year)
    titles = HEADINGS[outline.other_headings]
    heads = [Heading(f"{NUMERALS[i + outline.first_part - 1]}、{text}", 2) for i, text in enumerate(titles)]
    applications = applications_grid(
        form, printed, wording, total_beside=outline.total_beside, group_rows=outline.group_rows
    )
    proactive = [proactive_grid(form, printed, wording)]
    if outline.article_tables or outline.unusual_order:
        proactive = _by_article(proactive[0])
    if outline.unusual_order:
        rng.shuffle(proactive)
    if not outline.article_tables:
        proactive = [replace(proactive[0], rows=tuple(row for grid in proactive for row in grid.rows))]
    tables: list[list[Part]] = [
        [heads[1], *proactive],
        [heads[2], applications],
        [heads[3], disputes_grid(form, printed, wording)],
    ]
    if outline.unusual_order:
        rng.shuffle(tables)
    title = f"{identity.agency_name}{year}年政府信息公开工作年度报告"
    parts: list[Part] = [
        *([Heading(title, 1)] if outline.has_title else []),
        *([Paragraph(outline.note)] if outline.note else []),
        Paragraph(prose.opening(identity)),
        heads[0],
        *(Paragraph(text) for text in overview),
        *(part for section in tables for part in section),
        heads[4],
        Paragraph(prose.problems(rng)),
        heads[5],
        Paragraph("无。"),
    ]
    if outline.has_sign_off or not outline.has_title:  # something must say whose report it is
        day = identity.published_on
        parts += [Paragraph(identity.issuer_name), Paragraph(f"{day.year}年{day.month}月{day.day}日")]
    return parts


def _by_article(grid: Grid) -> list[Grid]:
    """表二 as a table for each article."""
    parts = dict.fromkeys(row.part for row in grid.rows)
    return [replace(grid, rows=tuple(row for row in grid.rows if row.part == part)) for part in parts]


def paginate(parts: list[Part], pages: Pagination, rng: Random) -> list[Part]:
    """Break tables over pages, as printed paper does; with ``lost_page`` one page in the middle goes missing."""
    cuts = [(i, row) for i, part in enumerate(parts) if isinstance(part, Grid) for row in _cuts(part)]
    chosen = sorted(rng.sample(cuts, min(pages.breaks, len(cuts))), reverse=True)
    parts = list(parts)
    for i, row in chosen:  # from the end, so that earlier places stay where they are
        grid = parts[i]
        upper, lower = grid.split(row, pages.spanning_label)
        if pages.repeats_header and grid.table_no == 3:
            heads = tuple(r for r in grid.rows if r.kind is Kind.HEAD)
            lower = replace(lower, rows=heads + lower.rows)
        parts[i : i + 1] = [upper, PageBreak(0), lower]
    if pages.parts_head:
        parts = [piece for part in parts for piece in _part_head(part)]
    number = 0
    for i, part in enumerate(parts):
        if isinstance(part, PageBreak):
            number += 1
            parts[i] = PageBreak(number)
    return _lose_page(parts, number, rng) if pages.lost_page and number > 1 else parts


def _cuts(grid: Grid) -> list[int]:
    """Rows before which a page may end: never beside a head, which stays with its first line."""
    kinds = [row.kind for row in grid.rows]
    return [i for i in range(1, len(kinds)) if Kind.HEAD not in (kinds[i - 1], kinds[i])]


def _part_head(part: Part) -> list[Part]:
    """The head 采购项目数量 broken over a page: its last character stands in a row of its own."""
    if not isinstance(part, Grid):
        return [part]
    for i, row in enumerate(part.rows):
        for j, cell in enumerate(row.cells):
            if cell.text == PROCUREMENT_PROJECTS and i + 1 < len(part.rows):
                cells = list(row.cells)
                cells[j] = replace(cell, text=cell.text[:-1])
                tail = [GridCell("", is_filler=True)] * len(cells)
                tail[j] = GridCell(cell.text[-1])
                upper = replace(part, rows=(*part.rows[:i], replace(row, cells=tuple(cells))))
                lower = replace(part, rows=(GridRow(tuple(tail), Kind.HEAD, row.part), *part.rows[i + 1 :]))
                return [upper, PageBreak(0), lower]
    return [part]


def _lose_page(parts: list[Part], breaks: int, rng: Random) -> list[Part]:
    lost = rng.randint(2, breaks)
    ends = [i for i, part in enumerate(parts) if isinstance(part, PageBreak)]
    return parts[: ends[lost - 2] + 1] + parts[ends[lost - 1] + 1 :]
