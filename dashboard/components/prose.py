"""What the prose of reports counts: a table of figures by year, and the sentences that say them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.components import numbers
from dashboard.components.cards import table
from dashboard.components.markup import Child, Markup, el, join
from dashboard.components.page import Page
from dashboard.warehouse import Row


@dataclass(frozen=True)
class _Line:
    measure: str
    markup: Markup


def prose_figures(page: Page, rows: Sequence[Row], years: Sequence[int], *, title: str) -> Markup:
    """A row a measure and category, a column a year; rows of ``proactive/prose`` of one agency."""
    t = page.t
    reported = {row["fiscal_year"] for row in rows}
    heads = el(
        "tr",
        el("th", t("prose.measure"), scope="col"),
        [el("th", t("year", year=year), scope="col", class_="number") for year in years],
    )
    body = []
    for measure, of_measure in groupby(rows, key=lambda row: row["measure_code"]):
        for category, group in groupby(of_measure, key=lambda row: row["category_code"]):
            by_year = {row["fiscal_year"]: row for row in group}
            first = next(iter(by_year.values()))
            is_part = category != "all"
            if is_part and (not body or body[-1].measure != measure):
                name = el("th", t.of(first, "measure"), scope="colgroup", colspan=len(years) + 1)
                body.append(_Line(measure, el("tr", name, class_="whole")))
            cells = [
                el("td", _cell(by_year.get(year), year in reported, page), class_="number", data_year=year)
                for year in years
            ]
            name = el("th", t.of(first, "category" if is_part else "measure"), scope="row")
            place = {"data_measure": measure, "data_category": category}
            body.append(_Line(measure, el("tr", name, cells, class_="part" if is_part else None, **place)))
    return table(heads, [line.markup for line in body], class_="prose-figures", label=title)


def _cell(row: Row | None, is_there: bool, page: Page) -> Markup:
    t = page.t
    if row is None:
        word = t("prose.not_said") if is_there else t("prose.nothing_said")
        return el("span", word, class_="nil")
    place = {"agency": row["subject_id"], "year": row["fiscal_year"], "scope": row["scope"]}
    if row["figure"] is None:
        return page.link(el("span", t("prose.contradictory"), class_="swatch is-unreadable"), "profile", **place)
    # Most are counts of no unit in particular; only money has one.
    unit = t("unit.yuan") if row["unit_code"] == "yuan" else ""
    written = " ".join(filter(None, (numbers.figure(row["figure"]), unit)))
    shown = t("prose.about", figure=written) if row["is_approximate"] else written
    return page.link(shown, "profile", **place)


def sentences(page: Page, rows: Sequence[Row]) -> Markup:
    """The sentences of each year, folded, with the figures each of them says and its line in the document."""
    t = page.t
    folds = []
    for year, group in groupby(sorted(rows, key=lambda row: -row["fiscal_year"]), key=lambda row: row["fiscal_year"]):
        said: dict[str, list[Row]] = {}
        for row in group:
            said.setdefault(row["sentence"], []).append(row)
        listed = [_sentence(text, of_sentence, page) for text, of_sentence in said.items()]
        folds.append(
            el(
                "details",
                el("summary", t("prose.sentences", year=year, count=len(listed))),
                listed,
                class_="sentences",
                data_year=year,
            )
        )
    return join(folds)


def _sentence(text: str, rows: Sequence[Row], page: Page) -> Markup:
    t = page.t
    lines = sorted({row["line_no"] for row in rows if row["line_no"] is not None})
    figures: list[Child] = []
    for row in rows:
        name = t.of(row, "measure" if row["category_code"] == "all" else "category")
        figure = t("prose.contradictory") if row["figure"] is None else numbers.figure(row["figure"])
        figures.append(el("li", name, " ", el("b", figure)))
    where = t("list_separator").join(t("source.line", number=line) for line in lines)
    first = rows[0]
    link = page.link(
        where or t("prose.report"),
        "profile",
        agency=first["subject_id"],
        year=first["fiscal_year"],
        scope=first["scope"],
    )
    return el("figure", el("blockquote", text), el("figcaption", el("ul", figures), link))
