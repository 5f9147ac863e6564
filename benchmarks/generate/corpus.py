"""Whole reports at random, and folders of them. Report ``index`` of ``seed`` is the same in every run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from benchmarks.generate.compose import Outline, Pagination, compose, paginate
from benchmarks.generate.figures import generate_form
from benchmarks.generate.grid import Grid
from benchmarks.generate.identity import generate_identity
from benchmarks.generate.printing import AMOUNT_UNITS, NumberStyle, print_form
from benchmarks.generate.text import FAMILIES, PAGE_MARKS, TextLayout, render_text
from benchmarks.generate.truth import Truth, truth_of
from benchmarks.generate.wording import Wording, random_wording

# 表二 of 2021 with the single （六） of 2019 is met in print; the other mixture is not.
FORM_PAIRS = (("2019", "2019"), ("2021", "2021"), ("2021", "2021"), ("2021", "2019"))


@dataclass(frozen=True, slots=True)
class Style:
    """Everything about a report but its organ and its figures."""

    versions: tuple[str, str]  # of 表二 and 表三
    numbers: NumberStyle = field(default_factory=NumberStyle)
    wording: Wording = field(default_factory=Wording)
    outline: Outline = field(default_factory=Outline)
    pagination: Pagination = field(default_factory=Pagination)
    layout: TextLayout = field(default_factory=TextLayout)


@dataclass(frozen=True, slots=True)
class Report:
    """A generated report: its text, what it says and how it was made."""

    text: str
    truth: Truth
    style: Style


def plain_style(versions: tuple[str, str], family: str) -> Style:
    """The form as prescribed, nothing odd about it, in one text family."""
    return Style(versions, layout=TextLayout(family))


def random_style(rng: Random) -> Style:
    """Any mixture of what offices and converters do."""

    def maybe(share: float) -> bool:
        return rng.random() < share

    return Style(
        versions=rng.choice(FORM_PAIRS),
        numbers=NumberStyle(
            item_units=maybe(0.2),
            sign_words=maybe(0.2),
            rounded=maybe(0.1),
            thousands=maybe(0.1),
            full_width=maybe(0.1),
            amount_unit=rng.choice(tuple(AMOUNT_UNITS)),
            blank_rate=rng.choice((0, 0, 0, 0.02, 0.3)),
            blank_total_rate=rng.choice((0, 0, 0, 0.1)),
            not_applicable_rate=rng.choice((0, 0, 0, 0.02, 0.3)),
        ),
        wording=random_wording(rng),
        outline=Outline(
            has_title=maybe(0.9),
            has_sign_off=maybe(0.8),
            spaced_year=maybe(0.4),
            other_headings=maybe(0.4),
            first_part=rng.choice((1, 1, 1, 2)),
            total_beside=maybe(0.5),
            group_rows=maybe(0.15),
        ),
        pagination=Pagination(
            breaks=rng.choice((0, 0, 1, 2, 4)),
            repeats_header=maybe(0.5),
            spanning_label=rng.choice(("once", "again", "parted")),
            parts_head=maybe(0.1),
            lost_page=maybe(0.2),
        ),
        layout=TextLayout(
            family=rng.choice(FAMILIES),
            covered=rng.choice(("kept", "kept", "dropped", "ragged", "narrow", "mixed")),
            page_mark=rng.choice(PAGE_MARKS),
            extra_value=rng.choice(("none", "none", "none", "equal", "unequal")),
            trailing_column=maybe(0.15),
            is_markdown=maybe(0.4),
            is_padded=maybe(0.5),
            breaks_cells=maybe(0.2),
        ),
    )


def generate_report(seed: int | str, index: int = 0, style: Style | None = None) -> Report:
    """One report; without a ``style`` everything about it is drawn by lot."""
    rng = Random(f"{seed}/{index}")
    style = style or random_style(rng)
    identity = generate_identity(rng)
    form = generate_form(rng, *style.versions, size=identity.level)
    printed = print_form(form, style.numbers, rng)
    parts = compose(form, identity, printed, style.wording, outline=style.outline, rng=rng)
    parts = paginate(parts, style.pagination, rng)
    text, doubtful = render_text(parts, style.layout, rng)
    present = {key for part in parts if isinstance(part, Grid) for key in part.cell_keys()}
    return Report(text, truth_of(form, identity, dict(printed), present, doubtful), style)


def generate_reports(count: int, seed: int | str, first: int = 0) -> Iterator[tuple[str, Report]]:
    """``count`` random reports with the path each belongs at, relative to a reports folder."""
    for index in range(first, first + count):
        report = generate_report(seed, index)
        yield f"{report.truth.identity.fiscal_year}/{index:07d}.txt", report


def write_reports(out: Path, count: int, seed: int | str) -> Path:
    """Write reports into folder ``out`` and their truth, one JSON a line, beside it. Returns the truth's path."""
    truth_path = out.with_name(f"{out.name}.truth.jsonl")
    out.mkdir(parents=True, exist_ok=True)
    with truth_path.open("w", encoding="utf-8") as truths:
        for source_path, report in generate_reports(count, seed):
            path = out / source_path
            path.parent.mkdir(exist_ok=True)
            path.write_text(report.text, encoding="utf-8", newline="")
            truths.write(report.truth.to_json(source_path) + "\n")
    return truth_path
