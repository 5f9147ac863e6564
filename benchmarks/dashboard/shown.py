"""What a page of the dashboard shows, and what the files it offers hold, as figures that can be compared."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from benchmarks.browser import Visit
from dashboard.components.downloads import Selection

Figures = dict[str, Decimal | None]


@dataclass
class Compared:
    """The same figures, by name, from the screen, from SQL of our own and from a file; None where there is none."""

    where: str
    screen: Figures = field(default_factory=dict)
    sql: Figures = field(default_factory=dict)
    export: Figures = field(default_factory=dict)

    def differing(self) -> list[str]:
        """A line for each figure that is not the same in all three."""
        return [
            f"{self.where}: {name}: screen {self.screen.get(name)}, SQL {value}, export {self.export.get(name)}"
            for name, value in self.sql.items()
            if not self.screen.get(name) == value == self.export.get(name)
        ]


def opened(visit: Visit, language: str, page: str, **filters: object) -> str:
    """Open a page; returns its address."""
    address = f"/{page}?{urlencode({**filters, 'lang': language})}"
    visit.open(address)
    return address


def charted(visit: Visit) -> dict[tuple[str, str, str], tuple[str, str]]:
    """The tables behind the charts: what begins a cell, and the class of the word that stands for a figure, by chart,
    year and series."""
    cells = visit.page.evaluate(
        """() => [...document.querySelectorAll("table.chart-figures td[data-series]")].map((cell) => {
            const row = cell.closest("tr");
            const chart = cell.closest("[class*='st-key-chart-']").className.match(/st-key-chart-([\\w-]+)/)[1];
            return [chart, row.dataset.year ?? row.dataset.bar, cell.dataset.series,
                    cell.firstChild?.textContent ?? "", cell.querySelector(".swatch")?.className ?? ""];
        })"""
    )
    return {(chart, year, series): (text, word) for chart, year, series, text, word in cells}


def followed(visit: Visit, query: str) -> list[dict[str, str]]:
    """The rows of the CSV file that the page itself offers of a query (whatever of its kinds it asked)."""
    link = visit.page.locator(f".downloads a[href*='data/{query}'][href*='.csv?']").first.get_attribute("href")
    return _rows(visit, link or "")


def exported(visit: Visit, query: str, **parameters: Any) -> list[dict[str, str]]:
    """The rows of the CSV file of a query the page asks without offering it."""
    build = f"gongkai-{_BUILD.search(visit.page.locator('.gk .build').inner_text())[0]}"
    return _rows(visit, Selection(query, parameters).address(build, "csv"))


_BUILD = re.compile(r"\d{8}T\d{9}Z-\w+")
_NUMBER = re.compile(r"−?\d[\d,]*(?:\.\d+)?")


def _rows(visit: Visit, address: str) -> list[dict[str, str]]:
    answer = visit.page.request.get(f"{visit.server.address}/{address}")
    if not answer.ok:
        raise RuntimeError(f"{address}: {answer.status} {answer.text()[:200]}")
    return list(csv.DictReader(io.StringIO(answer.body().decode("utf-8-sig"))))


def figures_in(text: str) -> list[Decimal]:
    """All figures of a text as the screen writes them."""
    return [Decimal(found.replace(",", "").replace("−", "-")) for found in _NUMBER.findall(text)]


def first_of(text: str) -> Decimal | None:
    """The figure a text begins with; None where it begins with words."""
    return figures_in(text)[0] if _NUMBER.match(text.lstrip()) else None


def decimal(text: str) -> Decimal | None:
    """A figure of a file."""
    return Decimal(text) if text else None


def percent(rate: float | None) -> Decimal | None:
    """A rate as the screen rounds it."""
    return None if rate is None else Decimal(f"{rate:.1%}".rstrip("%"))
