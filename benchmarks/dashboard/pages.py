"""Every page as a reader opens it: how soon, how clean, for whom."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import product
from statistics import median

from playwright.sync_api import Browser, Page

from benchmarks.browser import Server, Visit, profile_of, tab
from dashboard import i18n

TITLE_SECONDS, CHART_SECONDS, SWITCH_SECONDS = 3.0, 5.0, 1.5
SCHEMES = ("light", "dark")
NARROW = 320
WIDE = 3840
_CHART = "[data-testid=stVegaLiteChart] :is(canvas, svg), .gk table"
_LINK = "[data-testid=stTopNavLink]"


def pages(page: Page) -> list[str]:
    """The addresses of all pages, as the navigation of an open one has them."""
    links = page.locator(_LINK).evaluate_all("links => links.map(link => new URL(link.href).pathname)")
    return [path.removeprefix("/") for path in links]


@dataclass
class Opened:
    """Seconds until title and first chart or table of a page were seen, by visit, and until it was switched to."""

    title: list[float] = field(default_factory=list)
    chart: list[float] = field(default_factory=list)
    switch: list[float] = field(default_factory=list)


def measure(browser: Browser, server: Server) -> list[str]:
    """Open everything, print a line a page; returns what was missed."""
    missed: list[str] = []
    with profile_of(browser) as profile:
        with tab(profile, server) as visit:
            visit.open("/")  # what a browser fetches once is fetched
            found = {path: Opened() for path in pages(visit.page)}
        for path, language, scheme in product(found, i18n.LANGUAGES, SCHEMES):
            with tab(profile, server) as visit:
                visit.page.emulate_media(color_scheme=scheme)
                title, chart = _timed(visit, f"/{path}?lang={language}")
                found[path].title.append(title)
                found[path].chart.append(chart)
                where = f"/{path} {language} {scheme}"
                missed += [f"{where}: {fault}" for fault in visit.faults()]
                missed += [f"{where}: {barrier}" for barrier in visit.barriers()]
                for width in (NARROW, WIDE):
                    visit.page.set_viewport_size({"width": width, "height": 900})
                    visit.page.wait_for_timeout(300)
                    if (over := visit.overhang()) > 0:
                        missed.append(f"{where}: {over} px too wide at {width} px")
        with tab(profile, server) as visit:
            visit.open("/")
            for _ in range(3):
                for path in (*filter(None, found), ""):
                    found[path].switch.append(_switched(visit.page, path))
                    visit.drawn()
            missed += [f"switching pages: {fault}" for fault in visit.faults()]
    print(f"{'page':16}{'title s':>10}{'chart s':>10}{'switch s':>10}   medians; {len(found) * 4} visits")
    for path, times in found.items():
        row = (median(times.title), median(times.chart), median(times.switch))
        print(f"{'/' + path:16}{row[0]:10.2f}{row[1]:10.2f}{row[2]:10.2f}")
        for what, took, limit in zip(
            ("title", "first chart", "switch"), row, (TITLE_SECONDS, CHART_SECONDS, SWITCH_SECONDS), strict=True
        ):
            if took > limit:
                missed.append(f"/{path}: {what} after {took:.2f} s ({limit:g})")
    return missed


def _timed(visit: Visit, path: str) -> tuple[float, float]:
    start = time.perf_counter()
    visit.page.goto(visit.server.address + path, wait_until="commit")
    visit.page.wait_for_selector(".gk h1", timeout=30_000)
    title = time.perf_counter() - start
    visit.page.locator(_CHART).filter(visible=True).first.wait_for(timeout=30_000)
    chart = time.perf_counter() - start
    visit.drawn()
    return title, chart


def _switched(page: Page, path: str) -> float:
    """Seconds from the click in the navigation until the title of the other page is there."""
    before = page.locator(".gk h1").first.inner_text()
    link = page.locator(f"{_LINK}[href$='/{path}']").first
    start = time.perf_counter()
    link.click()
    page.wait_for_function(
        "before => { const h1 = document.querySelector('.gk h1'); return h1 && h1.innerText !== before; }", arg=before
    )
    return time.perf_counter() - start
