"""Where a cell or line of a form stands in the document, what is printed there, and what is doubtful about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.components import numbers
from dashboard.components.cards import equation
from dashboard.components.form_table import Doubts, Line, content
from dashboard.components.markup import Child, Markup, el, join
from dashboard.i18n import Texts
from dashboard.warehouse import Row

_LINES_AROUND = 1  # shown before and after: where each cell stands on a line of its own, its label is near


def source_panel(selected: str, lines: Sequence[Line], doubts: Doubts, sources: Mapping[int, str], t: Texts) -> Markup:
    """The panel beside the form for ``3.new.business`` or ``3.new``; a hint where that names nothing of this form.

    ``sources`` are the lines of the document by their number.
    """
    table_no, line_code, column_code = (*selected.split("."), "", "", "")[:3]
    line = next((line for line in lines if str(line.table_no) == table_no and line.code == line_code), None)
    if line is None:
        return el("p", t("source.hint"), class_="hint")
    cell = next((cell for cell in line.cells if cell["column_code"] == column_code), None)
    return _of_line(line, sources, t) if cell is None else _of_cell(cell, line, doubts, sources, t)


def _of_cell(cell: Row, line: Line, doubts: Doubts, sources: Mapping[int, str], t: Texts) -> Markup:
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
            _source_text([cell["source_line_no"]], sources, t),
            _doubts(found, t),
        ]
    )


def _of_line(line: Line, sources: Mapping[int, str], t: Texts) -> Markup:
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
    return join(
        [
            _title(line, t),
            _facts(facts),
            _source_text([cell["source_line_no"] for cell in line.cells], sources, t),
            el("table", el("tbody", rows), class_="printed-line"),
        ]
    )


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


def _source_text(line_nos: Sequence[int | None], sources: Mapping[int, str], t: Texts) -> Markup | None:
    """The lines of the document with the lines around them, tabs made visible; nothing for what is not printed."""
    meant = {number for number in line_nos if number is not None}
    if not meant:
        return None
    around = [n for n in range(min(meant) - _LINES_AROUND, max(meant) + _LINES_AROUND + 1) if n in sources]
    rows = [
        el(
            "tr",
            el("td", str(number), class_="muted number"),
            el("td", sources[number].replace("\t", " ⇥ "), class_="source-text"),
            class_="here" if number in meant else None,
        )
        for number in around
    ]
    return el(
        "details",
        el("summary", t("source.text")),
        el("table", el("tbody", rows), class_="printed-line"),
        open=True,
    )


def _facts(facts: Sequence[tuple[str, Child]]) -> Markup:
    return el("dl", [join([el("dt", name), el("dd", value)]) for name, value in facts], class_="facts")


def _placed_by(placed_by: str, t: Texts) -> str:
    if placed_by.startswith("refused"):
        return t("placed_by.refused", reason=placed_by.removeprefix("refused").lstrip(": "))
    return t.known("placed_by", placed_by)


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
        (doubt["suggested_value"], doubt["is_unique"], doubt["is_thin"], t.of(doubt, "proof"))
        for doubt in found
        if doubt["is_suspect"]
    }
    for value, is_unique, is_thin, proof in sorted(suspicions, key=str):
        shown = numbers.figure(value)
        told = t("doubt.unique" if is_unique else "doubt.candidate", value=shown)
        notes.append(
            el(
                "section",
                el("header", el("span", t("mark.suspect"), class_="mark"), el("b", t("doubt.suspected"))),
                el("p", t("doubt.thin", value=shown) if is_thin else told, class_="suggested"),
                el("p", proof, class_="small"),
                class_="doubt-note doubt-suspect",
            )
        )
    return join(notes)
