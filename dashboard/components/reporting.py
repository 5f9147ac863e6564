"""Who reported, as several pages show it: a shape and a word for each state, bars of counts, and the legend of both."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.components import numbers
from dashboard.components.markup import Child, Markup, el, join
from dashboard.components.page import Page
from dashboard.i18n import Texts
from dashboard.warehouse import Row

# Shapes are told apart without colour: full, half, empty, square, doubt, to come, absent.
_SHAPES = {
    "reported": "●",
    "late": "◐",
    "unknown_date": "○",
    "set_aside": "◇",
    "in_review": "◈",
    "not_due": "…",
    "missing": "✕",
}
STATES = tuple(_SHAPES)


def mark(status: str) -> Markup:
    """The shape alone, where a sentence says the word."""
    return el("span", el("i", _SHAPES[status], aria_hidden="true"), class_=f"state state-{status}")


def state(status: str, t: Texts, *, text: Child = None) -> Markup:
    """A shape and its word (or ``text`` instead of the word, with the word for screen readers)."""
    word = t.known("reporting", status)
    shape = el("i", _SHAPES.get(status, ""), aria_hidden="true")
    told = word if text is None else [el("span", word, " ", class_="visually-hidden"), text]
    return el("span", shape, told, class_=f"state state-{status}")


def state_of_year(row: Row, page: Page) -> Markup:
    """One organ in one year: the state, the days it was late, as a link to the report where there is one."""
    t = page.t
    if row["status"] == "late":
        # Where only a signature is dated, it came out no earlier than that.
        told = t("regions.days_late" if row["published_on"] else "regions.days_late_at_least", days=row["days_late"])
        shown = state("late", t, text=told)
    else:
        shown = state(row["status"], t)
    if row["report_id"] is None:
        return shown
    return page.link(
        shown,
        "profile",
        agency=row["agency_id"],
        year=row["fiscal_year"],
        scope=row["reported_scope_code"],
        class_="quiet",
    )


def bar(counts: Mapping[str, int], t: Texts) -> Markup:
    """Counts by state as one bar, in the order of STATES, beside the figures it stands for."""
    parts = [
        el("span", class_=f"part-{status}", style=f"flex-grow:{int(counts[status])}")
        for status in STATES
        if counts.get(status)
    ]
    told = t("list_separator").join(
        f"{t.known('reporting', status)} {numbers.figure(counts[status])}" for status in STATES if counts.get(status)
    )
    return join([el("span", parts, class_="bar", aria_hidden="true"), el("span", told, class_="visually-hidden")])


def legend(t: Texts) -> Markup:
    """Every state with its shape, its part of a bar and what it means."""
    entries = [
        el(
            "li",
            el("i", class_=f"key part-{status}", aria_hidden="true"),
            state(status, t),
            el("span", t(f"reporting_legend.{status}"), class_="legend-word"),
        )
        for status in STATES
    ]
    return el("ul", entries, class_="legend", aria_label=t("legend.title"))
