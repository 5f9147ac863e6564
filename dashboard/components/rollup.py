"""What a region declared beside what its members add up to: the headline cells as a list, the whole tables as forms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard.components import numbers
from dashboard.components.cards import table
from dashboard.components.form_table import cell_key, lines_of
from dashboard.components.markup import Markup, el, join
from dashboard.components.page import Page
from dashboard.i18n import Texts
from dashboard.warehouse import Row

_SIGNS = {"equal": "＝", "above": "＞", "below": "＜", "not_comparable": "—"}
COMPARISONS = tuple(_SIGNS)
# How deep a line of a table is told without the head above it: 本年度办理结果 in 表三 goes without saying.
_OUTERMOST = {2: 1, 3: 2, 4: 1}


def headline_table(cells: Sequence[Row], region: Row, year: int, page: Page) -> Markup:
    """One line a cell: declared, summed, n of N, the difference, how they compare and why."""
    t = page.t
    heads = el(
        "tr",
        [
            el("th", t(f"rollup.{name}"), scope="col", class_=class_)
            for name, class_ in (
                ("cell", None),
                ("declared", "number"),
                ("member_sum", "number"),
                ("coverage", "number"),
                ("difference", "number"),
                ("comparison", None),
                ("reason", None),
            )
        ],
    )
    rows = [
        el(
            "tr",
            el("th", _place(cell, t), scope="row"),
            el("td", _declared(cell, region, year, page), class_="number"),
            el("td", _summed(cell, t), class_="number"),
            el("td", f"{cell['reported_count']}/{cell['expected_member_count']}", class_="number"),
            el("td", numbers.figure(cell["difference"]), class_="number"),
            el("td", comparison(cell["comparison"], t)),
            el("td", reason(cell, t), class_="small"),
            class_=_look(cell),
            data_cell=cell_key(cell["table_no"], cell["line_code"], cell["column_code"]),
        )
        for cell in cells
    ]
    return table(heads, rows, class_="rollup", label=t("regions.rollup"))


def comparison(code: str, t: Texts) -> Markup:
    """``＞ 大于``: a sign and its word."""
    return el(
        "span", el("i", _SIGNS[code], aria_hidden="true"), t.known("comparison", code), class_=f"compared is-{code}"
    )


def _look(cell: Row) -> str:
    return f"roll-{cell['comparison']} is-short" if cell["is_short"] else f"roll-{cell['comparison']}"


def reason(cell: Row, t: Texts) -> str:
    """Why the cell compares as it does, with whoever is not in the sum."""
    told = t(
        f"rollup_reason.{cell['reason_code']}",
        status=t.known("status", cell["declared_status"]),
    )
    left_out = [
        t(f"rollup.{name}", count=cell[name])
        for name in ("absent_count", "blank_count", "not_reported_count", "other_form_count")
        if cell[name]
    ]
    if not left_out:
        return told
    return told + t("rollup.not_in_sum", members=t("list_separator").join(left_out))


def _place(cell: Row, t: Texts) -> Markup:
    return join(
        [
            el("span", t(f"table.{cell['table_no']}"), class_="muted"),
            " ",
            t.of(cell, "line_label"),
            el("small", t.of(cell, "column_label")),
        ]
    )


def _declared(cell: Row, region: Row, year: int, page: Page) -> Markup:
    """The figure of the consolidated report, as a link to its cell; or in words why there is none."""
    t = page.t
    if cell["declared_value"] is None:
        status = cell["declared_status"]
        return el("span", t.known("rollup_declared", status, t.known("status_short", status)), class_="no-value")
    return page.link(
        numbers.figure(cell["declared_value"]),
        "profile",
        agency=region["agency_id"],
        year=year,
        scope="consolidated",
        cell=cell_key(cell["table_no"], cell["line_code"], cell["column_code"]),
    )


def _summed(cell: Row, t: Texts) -> Markup | str:
    if cell["member_sum"] is None:
        return el("span", t("rollup.no_sum"), class_="no-value")
    return numbers.figure(cell["member_sum"])


def whole_tables(cells: Sequence[Row], region: Row, year: int, page: Page) -> Markup:
    """All cells of the three tables: the declared figure, below it how the sum of the members compares."""
    tables = []
    for table_no, group in groupby(lines_of(cells, page.t), key=lambda line: line.table_no):
        bodies = []
        for columns, block in groupby(group, key=lambda line: [cell["column_code"] for cell in line.cells]):
            lines = list(block)
            heads = [el("th", page.t.of(cell, "column_label"), scope="col", class_="number") for cell in lines[0].cells]
            rows = [
                el(
                    "tr",
                    el(
                        "th",
                        el("small", line.labels[-2]) if len(line.labels) > _OUTERMOST[table_no] else None,
                        line.labels[-1],
                        scope="row",
                    ),
                    [_whole_cell(cell, region, year, page) for cell in line.cells],
                )
                for line in lines
            ]
            head = el("tr", el("th", page.t("form.item"), scope="col"), heads, class_=f"heads of-{len(columns)}")
            bodies.append(el("tbody", head, rows))
        caption = el(
            "caption",
            el("span", page.t(f"form.title_{table_no}"), class_="form-title"),
            el("span", page.t.known("form_version", cells[0]["form_version"]), class_="form-version"),
        )
        inner = el("table", caption, bodies, class_="list rollup-form")
        label = page.t(f"form.title_{table_no}")
        tables.append(el("div", inner, class_="list-scroll", tabindex=0, role="region", aria_label=label))
    return join(tables)


def _whole_cell(cell: Row, region: Row, year: int, page: Page) -> Markup:
    t, told = page.t, reason(cell, page.t)
    known = f"{cell['reported_count']}/{cell['expected_member_count']}"
    below = [
        el("i", _SIGNS[cell["comparison"]], aria_hidden="true"),
        el("span", t.known("comparison", cell["comparison"]), " ", class_="visually-hidden"),
        # What is equal only as far as rounding tells is another figure.
        None if cell["difference"] == 0 else _summed(cell, t),
        None if cell["member_sum_status"] == "complete" else el("span", known, class_="known"),
    ]
    return el(
        "td",
        _declared(cell, region, year, page),
        el("span", below, class_=f"compared is-{cell['comparison']}"),
        class_=f"number {_look(cell)}",
        title=told,
        data_cell=cell_key(cell["table_no"], cell["line_code"], cell["column_code"]),
    )
