"""Where a cell or line of a form stands in the document, what is printed there, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components import numbers
from dashboard.components.cards import equation
from dashboard.components.form_table import Doubts, Line, content
from dashboard.components.markup import Child, Markup, el, join
from dashboard.i18n import Texts
from dashboard.warehouse import Row


def source_panel(selected: str, lines: Sequence[Line], doubts: Doubts, t: Texts) -> Markup:
    """The panel beside the form for ``3.new.business`` or ``3.new``; a hint where that names nothing of this form."""
    table_no, line_code, column_code = (*selected.split("."), "", "", "")[:3]
    line = next((line for line in lines if str(line.table_no) == table_no and line.code == line_code), None)
    if line is None:
        return el("p", t("source.hint"), class_="hint")
    cell = next((cell for cell in line.cells if cell["column_code"] == column_code), None)
    return _of_line(line, t) if cell is None else _of_cell(cell, line, lines, doubts, t)


def _of_cell(cell: Row, line: Line, lines: Sequence[Line], doubts: Doubts, t: Texts) -> Markup:
    status = cell["value_status"]
    facts: list[tuple[str, Child]] = [(t("source.status"), t(f"status.{status}"))]
    if cell["value_as_printed"] not in (None, ""):
        facts.append((t("source.printed"), el("q", cell["value_as_printed"], class_="printed-text")))
    if status == "reported" and cell["unit_code"] != "count":
        facts.append((t("source.unit"), t.known("unit", cell["unit_code"])))
    if cell["precision_step"] is not None:
        facts.append((t("source.precision"), t("source.precision_step", step=numbers.figure(cell["precision_step"]))))
    facts += _where(cell, t)
    if cell["placed_by"]:
        facts.append((t("source.placed_by"), _placed_by(cell["placed_by"], t)))
    found = doubts.get((cell["table_no"], cell["line_code"], cell["column_code"]), ())
    return join(
        [
            _title(line, t, t.of(cell, "column_label")),
            el("p", content(cell, t), class_=f"source-value is-{status}"),
            el("p", t(f"source.why_{status}"), class_="muted small") if status != "reported" else None,
            _facts(facts),
            _printed_line(cell, lines, t),
            _doubts(found, t),
        ]
    )


def _of_line(line: Line, t: Texts) -> Markup:
    places = {(cell["page_no"], cell["source_line_no"]) for cell in line.cells}
    first = line.cells[0]
    facts = (
        _where(first, t) if len(places) == 1 else [(t("source.file"), el("span", first["source_path"], class_="path"))]
    )
    rows = [
        el(
            "tr",
            el("th", t.of(cell, "column_label"), scope="row"),
            el("td", content(cell, t), class_="number"),
            el(
                "td",
                t("source.line_short", number=cell["source_line_no"]) if cell["source_line_no"] is not None else "",
                class_="muted number",
            ),
        )
        for cell in line.cells
    ]
    return join([_title(line, t), _facts(facts), el("table", el("tbody", rows), class_="printed-line")])


def _title(line: Line, t: Texts, column: str | None = None) -> Markup:
    return join(
        [
            el("p", t("source.title"), class_="eyebrow"),
            el(
                "h3",
                t(f"table.{line.table_no}"),
                t("place_separator"),
                line.labels[-1],
                f" × {column}" if column else None,
            ),
        ]
    )


def _where(cell: Row, t: Texts) -> list[tuple[str, Child]]:
    facts: list[tuple[str, Child]] = [(t("source.file"), el("span", cell["source_path"], class_="path"))]
    if cell["page_no"] is not None:
        facts.append((t("source.page_label"), t("source.page", number=cell["page_no"])))
    if cell["source_line_no"] is not None:
        facts.append((t("source.line_label"), t("source.line", number=cell["source_line_no"])))
    return facts


def _facts(facts: Sequence[tuple[str, Child]]) -> Markup:
    return el("dl", [join([el("dt", name), el("dd", value)]) for name, value in facts], class_="facts")


def _placed_by(placed_by: str, t: Texts) -> str:
    if placed_by.startswith("refused"):
        return t("placed_by.refused", reason=placed_by.removeprefix("refused").lstrip(": "))
    return t.known("placed_by", placed_by)


def _printed_line(cell: Row, lines: Sequence[Line], t: Texts) -> Markup | None:
    """The cells printed on the same line of the document, in the order of the form; nothing where it is alone there."""
    if cell["source_line_no"] is None:
        return None
    here = [
        other
        for line in lines
        for other in line.cells
        if (other["page_no"], other["source_line_no"]) == (cell["page_no"], cell["source_line_no"])
        and other["value_as_printed"] is not None
    ]
    if len(here) < 2:
        return None
    several = len({(other["table_no"], other["line_code"]) for other in here}) > 1
    rows = [
        el(
            "tr",
            el(
                "th",
                f"{t.of(other, 'line_label')} × {t.of(other, 'column_label')}"
                if several
                else t.of(other, "column_label"),
                scope="row",
            ),
            el("td", other["value_as_printed"] or t("status_short.blank"), class_="number"),
            class_="here" if other is cell else None,
        )
        for other in here
    ]
    return el(
        "details",
        el("summary", t("source.same_line")),
        el("table", el("tbody", rows), class_="printed-line"),
        open=True,
    )


def _doubts(found: Sequence[Row], t: Texts) -> Markup:
    """The equations that cast doubt on a cell, and once below them what was found out about it."""
    notes: list[Child] = [
        el(
            "section",
            el(
                "header",
                el("span", t(f"mark.{doubt['severity']}"), class_="mark"),
                el("b", t.of(doubt, "rule_name")),
                el("code", doubt["rule_id"], class_="rule-id"),
            ),
            equation(doubt, t, small=True),
            class_=f"doubt-note doubt-{doubt['severity']}",
        )
        for doubt in found
    ]
    suspicions = {
        (doubt["suggested_value"], doubt["is_unique"], t.of(doubt, "proof")) for doubt in found if doubt["is_suspect"]
    }
    for value, is_unique, proof in sorted(suspicions, key=str):
        shown = numbers.figure(value)
        notes.append(
            el(
                "section",
                el("header", el("span", t("mark.suspect"), class_="mark"), el("b", t("doubt.suspected"))),
                el("p", t("doubt.unique" if is_unique else "doubt.candidate", value=shown), class_="suggested"),
                el("p", proof, class_="small"),
                class_="doubt-note doubt-suspect",
            )
        )
    return join(notes)
