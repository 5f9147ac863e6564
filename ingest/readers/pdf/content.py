"""What a page of a PDF shows, as the other modules use it: runs of characters, ruling lines, areas, pictures.

All places are points from the top left corner of the page as it is read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

UNMAPPED = "\ufffd"  # a glyph of which the font does not say what character it is


class Run(NamedTuple):
    """Characters that touch each other on one line; ``is_spaced`` where a blank is printed before them.

    ``first`` and ``last`` (exclusive) are its place among the characters of the page; between them some may be left
    out, such as those printed twice.
    """

    left: float
    top: float
    right: float
    bottom: float
    text: str
    is_spaced: bool
    first: int
    last: int

    @property
    def is_whole(self) -> bool:
        """Whether every character of the page from ``first`` to ``last`` is one of the text."""
        return self.last - self.first == len(self.text)

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


class Stroke(NamedTuple):
    """A ruling line: at ``at`` across, from ``start`` to ``end`` along."""

    at: float
    start: float
    end: float


class Area(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class PageContent:
    """One page, upright. ``lefts`` and ``rights`` are the sides of every character, blanks included."""

    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    lefts: list[float] = field(default_factory=list)
    rights: list[float] = field(default_factory=list)
    horizontals: list[Stroke] = field(default_factory=list)
    verticals: list[Stroke] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    unmapped_count: int = 0

    @property
    def character_count(self) -> int:
        """How many characters are printed."""
        return sum(len(run.text) for run in self.runs)

    @property
    def picture_share(self) -> float:
        """How much of the page its largest picture covers, 0 to 1."""
        return max((self._share(picture) for picture in self.pictures), default=0.0)

    def _share(self, area: Area) -> float:
        across = min(area.right, self.width) - max(area.left, 0.0)
        down = min(area.bottom, self.height) - max(area.top, 0.0)
        return max(across, 0.0) * max(down, 0.0) / max(self.width * self.height, 1.0)


class Matrix(NamedTuple):
    """x' = a·x + c·y + e, y' = b·x + d·y + f, as PDF writes it."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def after(self, first: Matrix) -> Matrix:
        """The transformation that does ``first`` and then this one."""
        a, b, c, d, e, f = self
        return Matrix(
            a * first.a + c * first.b, b * first.a + d * first.b,
            a * first.c + c * first.d, b * first.c + d * first.d,
            a * first.e + c * first.f + e, b * first.e + d * first.f + f,
        )  # fmt: skip

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def area(self, x0: float, y0: float, x1: float, y1: float) -> Area:
        """The box around a transformed box."""
        a, b, c, d, e, f = self
        if b == c == 0.0:
            left, right, top, bottom = a * x0 + e, a * x1 + e, d * y0 + f, d * y1 + f
        elif a == d == 0.0:
            left, right, top, bottom = c * y0 + e, c * y1 + e, b * x0 + f, b * x1 + f
        else:
            corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
            left, right = min(x for x, _ in corners), max(x for x, _ in corners)
            top, bottom = min(y for _, y in corners), max(y for _, y in corners)
        return Area(min(left, right), min(top, bottom), max(left, right), max(top, bottom))
