"""How an organ reports, every year alike: its file format and layout, its wording, and when it changes the form."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from benchmarks.generate.compose import Outline
from benchmarks.generate.formats import Layout
from benchmarks.generate.formats.html import HtmlLayout
from benchmarks.generate.formats.pdf import PdfLayout
from benchmarks.generate.formats.text import TextLayout
from benchmarks.generate.formats.word import WordLayout
from benchmarks.generate.formats.workbook import WorkbookLayout
from benchmarks.generate.happenings import Versions
from benchmarks.generate.organs import Organ
from benchmarks.generate.printing import NumberStyle
from benchmarks.generate.wording import Wording, random_wording

MARK = "示例数据"
NOTE = f"【{MARK}】本文件由程序生成，其中的机关和数字都是虚构的。"
CHANGE_OF_FORM = 2021  # the form of 2021 is in force from the report of this year on
# How many years early or late an organ changes the form, and whether it keeps the old 表三 for a year.
ADOPTION = ((0, False), (-1, False), (1, False), (0, True))
ADOPTION_WEIGHTS = (88, 4, 5, 3)
BLANK_SHARE = 0.08  # of organs that leave zeros blank
LAYOUTS: tuple[Layout, ...] = (
    HtmlLayout(), HtmlLayout(program="word"), HtmlLayout(has_metadata=True, is_framed=True), WordLayout(), WordLayout(),
    WorkbookLayout(), WorkbookLayout(".xls"), PdfLayout(), PdfLayout("shaded"), TextLayout(), TextLayout("pipe"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Habits:
    """How an organ reports, every year alike."""

    layout: Layout
    wording: Wording
    outline: Outline
    numbers: NumberStyle
    adoption: tuple[int, bool]
    office_signs: bool

    @classmethod
    def drawn(cls, rng: Random, organ: Organ) -> Habits:
        def maybe(share: float) -> bool:
            return rng.random() < share

        return cls(
            layout=rng.choice(LAYOUTS),
            wording=random_wording(rng),
            outline=Outline(
                spaced_year=maybe(0.3), other_headings=maybe(0.4), total_beside=maybe(0.5), group_rows=maybe(0.1),
                article_tables=maybe(0.2), note=NOTE,
            ),
            numbers=NumberStyle(
                item_units=maybe(0.1), sign_words=maybe(0.1), thousands=maybe(0.1), full_width=maybe(0.05),
                amount_unit=rng.choice(("元", "万元", "万元")), blank_rate=0.5 if maybe(BLANK_SHARE) else 0.0,
            ),
            # A government changes the form when it is told to: the sums of its region hang on it.
            adoption=ADOPTION[0] if organ.is_government else rng.choices(ADOPTION, ADOPTION_WEIGHTS)[0],
            office_signs=maybe(0.4),
        )  # fmt: skip

    def versions(self, year: int) -> Versions:
        """The forms of 表二 and 表三 that the organ takes for a year."""
        shift, by_halves = self.adoption
        if by_halves and year == CHANGE_OF_FORM:
            return "2021", "2019"
        version = "2021" if year >= CHANGE_OF_FORM + shift else "2019"
        return version, version
