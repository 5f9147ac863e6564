"""The three statutory tables as printed on the form, drawn from the lines and columns of ``reference.form_lines``.

Rows come from ``queries/profile/form.sql``, one per cell in the order of the form. Which lines share a stub cell and
which columns a block of 表二 has is read off the labels: both forms, and a later one, need no code of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard.components import numbers
from dashboard.components.markup import Markup, el, join
from dashboard.i18n import Texts
from dashboard.warehouse import Row

CellId = tuple[int, str, str]
Doubts = Mapping[CellId, Sequence[Row]]

# 表三 prints these five under one heading, 法人或其他组织. (The form's lines carry no heading over columns.)
_LEGAL_PERSONS = ("business", "research", "public_interest", "legal_service", "other")
_PARENTS_APART = " > "


@dataclass(frozen=True)
class Line:
    """One line of a form: its printed label under its parents' labels, the same as shown, its cells left to right."""

    table_no: int
    code: str
    path: tuple[str, ...]
    labels: tuple[str, ...]
    cells: tuple[Row, ...]


def lines_of(rows: Iterable[Row], t: Texts) -> list[Line]:
    """Cells, in the order of the form, gathered to lines."""
    lines = []
    for (table_no, code), group in groupby(rows, key=lambda row: (row["table_no"], row["line_code"])):
        cells = tuple(group)
        first = cells[0]
        parents = first["parent_label_zh"].split(_PARENTS_APART) if first["parent_label_zh"] else []
        path = (*parents, first["line_label_zh"])
        lines.append(Line(table_no, code, path, _labels(first, path, t), cells))
    return lines


def _labels(cell: Row, path: tuple[str, ...], t: Texts) -> tuple[str, ...]:
    """The path in the language of the page; the English names repeat their group, which the stub already shows."""
    if t.language == "zh":
        return path
    group, name = cell["group_name_en"], cell["line_label_en"]
    parents = [group for _ in path[:-1]]
    if parents and cell["table_no"] == 3:
        parents[0] = t("form.outcomes")
    short = name.removeprefix(f"{group}: ")
    return (*parents, short[:1].upper() + short[1:])


def cell_key(table_no: int, line_code: str, column_code: str | None = None) -> str:
    """How a cell (or, without a column, a line) is named in the address: ``3.new.business``."""
    return ".".join(str(part) for part in (table_no, line_code, column_code) if part is not None)


def form_table(table_no: int, lines: Sequence[Line], doubts: Doubts, t: Texts) -> Markup:
    """One statutory table as an HTML table with the spans of the official form."""
    draw = {2: _table_2, 3: _table_3, 4: _table_4}[table_no]
    versions = "+".join(sorted({line.cells[0]["form_version"] for line in lines}))
    caption = el(
        "caption",
        el("span", t(f"form.title_{table_no}"), class_="form-title"),
        el("span", t.known("form_version", versions), class_="form-version"),
    )
    table = el("table", caption, draw(lines, doubts, t), class_=f"form form-{table_no}", data_form=table_no)
    return el("div", table, class_="form-scroll", tabindex=0, role="region", aria_label=t(f"form.title_{table_no}"))


def _table_2(lines: Sequence[Line], doubts: Doubts, t: Texts) -> Markup:
    """Blocks by article, each with its own column heads; a head that is alone takes the room of the missing ones."""
    width = max(len(line.cells) for line in lines)
    blocks = []
    for number, (article, group) in enumerate(groupby(lines, key=lambda line: line.path[:-1])):
        members = list(group)
        columns = members[0].cells
        article_label = "".join(members[0].labels[:-1]) or "".join(article)
        heads = [
            el(
                "th",
                t.of(cell, "column_label"),
                id=f"t2-{number}-{cell['column_code']}",
                scope="col",
                colspan=_room(index, len(columns), width),
            )
            for index, cell in enumerate(columns)
        ]
        rows = [
            el("tr", el("th", article_label, id=f"t2-{number}", colspan=width + 1, scope="rowgroup", class_="article")),
            el("tr", el("th", t("form.item"), scope="col", class_="item"), heads, class_="heads"),
        ]
        for line in members:
            row_id = f"t2-{line.code}"
            cells = [
                _cell(
                    cell,
                    doubts,
                    t,
                    colspan=_room(index, len(columns), width),
                    headers=f"t2-{number} {row_id} t2-{number}-{cell['column_code']}",
                )
                for index, cell in enumerate(line.cells)
            ]
            rows.append(el("tr", el("th", _line_button(line, t), id=row_id, scope="row"), cells))
        blocks.append(el("tbody", rows))
    columns_of_width = el("colgroup", el("col", class_="col-item"), [el("col") for _ in range(width)])
    return join([columns_of_width, *blocks])


def _room(index: int, count: int, width: int) -> int | None:
    spare = width - count
    return spare + 1 if spare and index == count - 1 else None


def _table_3(lines: Sequence[Line], doubts: Doubts, t: Texts) -> Markup:
    """The stub is as deep as the deepest label; parents span their lines, short labels the columns they do not use."""
    depth = max(len(line.path) for line in lines)
    columns = lines[0].cells
    legal = [cell for cell in columns if cell["column_code"] in _LEGAL_PERSONS]
    top, second = [], []
    for cell in columns:
        label = t.of(cell, "column_label")
        if cell in legal:
            second.append(el("th", label, scope="col"))
            if cell is legal[0]:
                top.append(el("th", t("form.legal_persons"), scope="colgroup", colspan=len(legal)))
        else:
            top.append(el("th", label, scope="col", rowspan=2))
    head = el(
        "thead",
        el(
            "tr",
            el("th", t("form.balance_note"), colspan=depth, rowspan=3, scope="col", class_="note"),
            el("th", t("form.applicants"), colspan=len(columns), scope="colgroup"),
        ),
        el("tr", top),
        el("tr", second),
    )
    body = []
    for position, line in enumerate(lines):
        stub = []
        for level, label in enumerate(line.labels[:-1]):
            if position and lines[position - 1].path[: level + 1] == line.path[: level + 1]:
                continue
            span = sum(1 for _ in _same_parent(lines[position:], line.path[: level + 1]))
            stub.append(el("th", el("span", label), rowspan=span, scope="rowgroup", class_=f"stub-{level}"))
        leaf = el(
            "th",
            _line_button(line, t),
            scope="row",
            class_=f"leaf leaf-{len(line.path)}",
            colspan=depth - len(line.path) + 1,
        )
        body.append(el("tr", stub, leaf, [_cell(cell, doubts, t) for cell in line.cells]))
    stub_columns = [el("col", class_=f"col-stub-{level}") for level in range(depth)]
    return join([el("colgroup", stub_columns, [el("col") for _ in columns]), head, el("tbody", body)])


def _same_parent(lines: Sequence[Line], parents: tuple[str, ...]) -> Iterable[Line]:
    for line in lines:
        if len(line.path) <= len(parents) or line.path[: len(parents)] != parents:
            return
        yield line


def _table_4(lines: Sequence[Line], doubts: Doubts, t: Texts) -> Markup:
    """Routes side by side in one line of figures: a line of the warehouse is a group of columns on the form."""
    top, second, third, figures = [], [], [], []
    for parents, group in groupby(lines, key=lambda line: line.path[:-1]):
        members = list(group)
        width = sum(len(line.cells) for line in members)
        if parents:
            top.append(el("th", "".join(members[0].labels[:-1]), colspan=width, scope="colgroup"))
        for line in members:
            heads = [
                el(
                    "th",
                    t.of(cell, "column_label"),
                    scope="col",
                    rowspan=None if parents else 2,
                    class_="first" if cell is line.cells[0] else None,
                )
                for cell in line.cells
            ]
            button = _line_button(line, t)
            if parents:
                second.append(el("th", button, colspan=len(line.cells), scope="colgroup"))
                third.extend(heads)
            else:
                top.append(el("th", button, colspan=len(line.cells), scope="colgroup"))
                second.extend(heads)
            figures.extend(_cell(cell, doubts, t, first=cell is line.cells[0]) for cell in line.cells)
    return join([el("thead", el("tr", top), el("tr", second), el("tr", third)), el("tbody", el("tr", figures))])


def _line_button(line: Line, t: Texts) -> Markup:
    return el(
        "button",
        line.labels[-1],
        type="button",
        data_cell=cell_key(line.table_no, line.code),
        class_="line",
        aria_pressed="false",
        title=t("form.select_line"),
    )


def _cell(
    cell: Row, doubts: Doubts, t: Texts, *, colspan: int | None = None, headers: str | None = None, first: bool = False
) -> Markup:
    """One cell: its figure or, in words, why there is none; marked where it is doubtful."""
    found = doubts.get((cell["table_no"], cell["line_code"], cell["column_code"]), ())
    status = cell["value_status"]
    classes = ["cell", f"is-{status}"]
    if first:
        classes.append("first")
    mark = None
    reason = None
    if found:
        suspect = any(doubt["is_suspect"] for doubt in found)
        severity = "hard" if any(doubt["severity"] == "hard" for doubt in found) else "soft"
        classes.append("is-suspect" if suspect else f"is-doubtful-{severity}")
        reason = "\n".join(dict.fromkeys(f"{t.of(doubt, 'rule_name')}  {doubt['equation_text']}" for doubt in found))
        mark = el("span", t("mark.suspect" if suspect else f"mark.{severity}"), class_="mark")
    key = cell_key(cell["table_no"], cell["line_code"], cell["column_code"])
    if cell["column_code"] == "total":
        classes.append("total")
    button = el(
        "button",
        content(cell, t),
        mark,
        type="button",
        data_cell=key,
        aria_pressed="false",
        title=reason,
    )
    return el("td", button, class_=" ".join(classes), colspan=colspan, headers=headers)


def content(cell: Row, t: Texts) -> Markup:
    """What stands in a cell: the exact figure, its unit and, where it says more, the text as printed; or the status."""
    status, printed = cell["value_status"], (cell["value_as_printed"] or "").strip()
    if status == "reported":
        plain = numbers.figure(cell["value"])
        unit = t.known("unit_short", cell["unit_code"]) if cell["unit_code"] != "count" else None
        # 176.03万元 says no more than the figure and its unit beside it.
        says_more = numbers.grouped(printed).removesuffix(unit or "") != numbers.grouped(plain)
        return join(
            [
                el("span", plain, class_="figure"),
                el("span", unit, class_="unit") if unit else None,
                _as_printed(printed, t) if says_more else None,
            ]
        )
    word = t(f"status_short.{status}")
    says_more = status in ("not_applicable", "unreadable") and printed not in ("", word)
    return join([el("span", word, class_="status-word"), _as_printed(printed, t) if says_more else None])


def _as_printed(printed: str, t: Texts) -> Markup:
    """In a narrow cell the style sheet cuts it; the tooltip and the source panel have the whole."""
    return el("span", t("form.as_printed", text=printed), class_="printed", title=printed)


def legend(counts: Mapping[str, int], t: Texts) -> Markup:
    """Every status and mark as it looks in the tables, with the number of cells of this report."""
    entries = [
        el(
            "li",
            el(
                "span",
                t("legend.sample") if status == "reported" else t(f"status_short.{status}"),
                class_=f"swatch is-{status}",
            ),
            el("span", t(f"legend.{status}"), class_="legend-word"),
            el("b", numbers.figure(count)),
        )
        for status, count in counts.items()
    ]
    marks = [
        el(
            "li",
            el("span", t("legend.sample"), el("span", t(f"mark.{mark}"), class_="mark"), class_=f"swatch {look}"),
            el("span", t(f"legend.{mark}"), class_="legend-word"),
        )
        for mark, look in (("suspect", "is-suspect"), ("hard", "is-doubtful-hard"), ("soft", "is-doubtful-soft"))
    ]
    return el(
        "div",
        el("ul", entries, class_="legend", aria_label=t("legend.title")),
        el("ul", marks, class_="legend"),
        class_="legends",
    )
