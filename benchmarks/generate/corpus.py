"""Whole reports at random, and streams of them. Report ``index`` of ``seed`` is the same in every run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from random import Random

from benchmarks.generate import prose
from benchmarks.generate.compose import Outline, Pagination, compose, paginate
from benchmarks.generate.figures import Form, generate_form
from benchmarks.generate.formats import FORMATS, Layout, render
from benchmarks.generate.formats.text import TextLayout
from benchmarks.generate.forms import CellKey
from benchmarks.generate.grid import Grid
from benchmarks.generate.identity import Identity, generate_identity
from benchmarks.generate.misprints import misprint
from benchmarks.generate.printing import AMOUNT_UNITS, NumberStyle, print_form
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
    layout: Layout = field(default_factory=TextLayout)
    has_misprint: bool = False
    contradicts: bool = False  # the prose tells a figure that no table agrees with


@dataclass(frozen=True, slots=True)
class Report:
    """A generated report: the file, what it says and how it was made."""

    data: bytes
    ending: str
    truth: Truth
    style: Style

    def path(self, index: int) -> str:
        """Where report ``index`` belongs in a reports folder."""
        return f"{self.truth.identity.fiscal_year}/{index:07d}{self.ending}"


def random_style(
    rng: Random, formats: Sequence[str] = tuple(FORMATS), fault_rate: float = 0.0, contradiction_rate: float = 0.0
) -> Style:
    """Any mixture of what offices and converters do, in one of ``formats``; a share ``fault_rate`` has misprints in
    its tables, a share ``contradiction_rate`` a wrong figure in its prose."""

    def maybe(share: float) -> bool:
        return rng.random() < share

    layout, has_misprint = FORMATS[rng.choice(list(formats))](rng), maybe(fault_rate)
    if has_misprint and isinstance(layout, TextLayout):
        # A cell too many beside a wrong figure in one row: leave out the figure and all adds up.
        layout = replace(layout, extra_value="none")
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
            article_tables=maybe(0.2),
            unusual_order=maybe(0.1),
        ),
        pagination=Pagination(
            breaks=rng.choice((0, 0, 1, 2, 4)),
            repeats_header=maybe(0.5),
            spanning_label=rng.choice(("once", "again", "parted")),
            parts_head=maybe(0.1),
            lost_page=maybe(0.2),
        ),
        layout=layout,
        has_misprint=has_misprint,
        contradicts=maybe(contradiction_rate),
    )


def generate_report(seed: int | str, index: int = 0, style: Style | None = None, **drawn: object) -> Report:
    """One report; without a ``style`` everything about it is drawn by lot (``drawn`` goes to ``random_style``)."""
    style = style or random_style(Random(f"{seed}/{index}/style"), **drawn)
    rng = Random(f"{seed}/{index}")  # apart from the style: with another layout the report still says the same
    identity = generate_identity(rng)
    form = generate_form(rng, *style.versions, size=identity.level)
    return make_report(form, identity, style, rng, prose_seed=f"{seed}/{index}/prose")


def make_report(
    form: Form,
    identity: Identity,
    style: Style,
    rng: Random,
    *,
    prose_seed: str,
    meant: Mapping[CellKey, Decimal] | None = None,
) -> Report:
    """The report of an organ with the figures of ``form``; ``meant`` are the right ones where the form has others."""
    printed, meant = print_form(form, style.numbers, rng), meant or {}
    if style.has_misprint:
        printed, meant = misprint(printed, style.numbers, rng)
    overview, contradiction = prose.overview(form, identity, prose_seed, contradicts=style.contradicts)
    parts = compose(form, identity, printed, style.wording, outline=style.outline, overview=overview, rng=rng)
    parts = paginate(parts, style.pagination, rng)
    file = render(parts, style.layout, rng)
    present = {key for part in parts if isinstance(part, Grid) for key in part.cell_keys()}
    truth = truth_of(form, identity, printed, present=present, doubtful=file.doubtful, meant=meant)
    truth = replace(truth, contradiction=contradiction)
    return Report(file.data, file.ending, truth, style)


def generate_reports(count: int, seed: int | str, first: int = 0, **drawn: object) -> Iterator[tuple[str, Report]]:
    """``count`` random reports with the path each belongs at, relative to a reports folder."""
    for index in range(first, first + count):
        report = generate_report(seed, index, **drawn)
        yield report.path(index), report
