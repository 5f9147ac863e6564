"""Recognise the three statutory tables: which form, which line, which column. Evidence or refusal, never a guess.

Pure: a ``Document`` in, form tables and form rows out. The labels come from ``seeds/forms``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from ingest.forms.cell import Cell
from ingest.forms.glued import by_cutting, is_glued
from ingest.forms.labels import Label, forms
from ingest.forms.place import Placement, by_count, by_header
from ingest.forms.proof import prove
from ingest.forms.walk import Record, Walk
from ingest.model import Document, FormCell, FormRow, FormTable

STUB_WIDTH = {2: 1, 3: 3, 4: 1}  # cells of the printed stub: 表三 has three beside each other
FIRST_YEAR_OF_2021_FORM = 2021


@dataclass(frozen=True, slots=True)
class Recognised:
    """The forms found, their rows, and the records that carry figures but no known label."""

    tables: tuple[FormTable, ...]
    rows: tuple[FormRow, ...]
    unlabelled: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A record that belongs to a line, with its placement."""

    line_code: str
    record: Record
    placement: Placement


def recognise(document: Document, fiscal_year: int | None = None) -> Recognised:
    """Form tables and rows of a document; ``fiscal_year`` only decides a form that no label tells."""
    walk = Walk().over(document)
    claims = [(_line_labels(record, previous), record) for previous, record in _with_previous(walk.records)]
    versions = _versions(walk, claims, fiscal_year)
    tables, rows = [], []
    for table_no in (2, 3, 4):
        version, evidence = versions[table_no]
        found = _disputes(walk, version) if table_no == 4 else _lines(claims, version, table_no, walk)
        if table_no == 3:
            found = prove(found, version)
        table_rows = _form_rows(found, version, table_no)
        if table_rows:
            places = [cell.line_no for row in table_rows for cell in row.cells] + [row.line_no for row in table_rows]
            tables.append(
                FormTable(table_no, version, evidence, table_rows[0].page_no, min(places), max(places))
            )  # fmt: skip
            rows.extend(table_rows)
    known = {id(record) for labels, record in claims if labels}
    unlabelled = [r for r in walk.records if id(r) not in known and r.context != 4 and r.has_figures]
    return Recognised(tuple(tables), tuple(rows), tuple(unlabelled))


def _with_previous(records: list[Record]) -> list[tuple[Record | None, Record]]:
    return list(zip([None, *records], records, strict=False))


def _line_labels(record: Record, previous: Record | None) -> list[Label]:
    """The lines a record may be, from its label and, for words used twice, from what stands before it."""
    labels = [label for label in record.labels if label.table_no in (2, 3)]
    if any(label.table_no == 2 for label in labels) and record.context != 2:
        return []  # 行政许可 and the like are everyday words: without a heading of 表二 they are no line of it
    before = {label.code for label in previous.labels} if previous else set()
    kept = []
    for label in labels:
        if label.code == "other_remaining" and record.ordinal != "3" and "other_unpaid_fee" not in before:
            continue
        if label.code == "closed" and record.ordinal != "七" and record.context != 3:
            continue
        kept.append(label)
    return kept


def _versions(
    walk: Walk, claims: list[tuple[list[Label], Record]], fiscal_year: int | None
) -> dict[int, tuple[str, str]]:
    """Form version and evidence per table: labels that only one form has, else the sibling table, else the year."""
    votes: dict[int, Counter[str]] = {2: Counter(), 3: Counter()}
    words: dict[tuple[int, str], list[str]] = {}
    heads = [(2, label, "head") for label in walk.heads_met.get(2, [])]
    lines = [(label.table_no, label, "line") for labels, record in claims if record.has_figures for label in labels]
    for table_no, label, kind in heads + lines:
        if label.form_version:
            votes[table_no][label.form_version] += 1
            words.setdefault((table_no, label.form_version), []).append(f"{kind} {label.code}")
    told: dict[int, tuple[str, str]] = {}
    for table_no, counter in votes.items():
        ranked = counter.most_common(2)
        if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
            version = ranked[0][0]
            told[table_no] = (version, ", ".join(dict.fromkeys(words[table_no, version])))
    by_year = "2021" if fiscal_year is not None and fiscal_year >= FIRST_YEAR_OF_2021_FORM else "2019"
    fallback = (by_year, "no label tells; by fiscal year")
    sibling = told.get(3) or told.get(2)
    inherited = (sibling[0], "no label tells; as the document's other table") if sibling else fallback
    return {2: told.get(2, inherited), 3: told.get(3, inherited), 4: inherited if sibling else fallback}


def _lines(claims: list[tuple[list[Label], Record]], version: str, table_no: int, walk: Walk) -> list[_Found]:
    found = []
    order = _applicant_order_fault(walk) if table_no == 3 else None
    for labels, record in claims:
        codes = {label.code for label in labels if label.table_no == table_no and label.form_version in ("", version)}
        columns = forms().columns(version, table_no, next(iter(codes))) if len(codes) == 1 else ()
        if not columns:
            continue
        if order:
            placement = Placement(None, f"refused: {order}")
        else:
            placement = (by_header(record, columns) if table_no == 2 else None) or _count(
                record, len(columns), STUB_WIDTH[table_no]
            )
        found.append(_Found(codes.pop(), record, placement))
    return found


def _count(record: Record, width: int, stub_width: int = 1) -> Placement:
    """Place a record's cells by counting them, or by cutting where they were run together."""
    if len(record.rest) == 1 < width and is_glued(record.rest[0].text):
        return by_cutting(record.rest[0], width)
    covered = max(0, stub_width - 1 - (record.label_index or 0))
    return by_count(record.rest, width, covered, is_row=record.label_index is not None or stub_width == 1)


def _applicant_order_fault(walk: Walk) -> str | None:
    """Why the columns of 表三 cannot be counted: its heads stand in an order the form does not have."""
    order = ("business", "research", "public_interest", "legal_service")
    met = [label.code for label in walk.heads_met.get(3, []) if label.code in order]
    if any(code != order[i % len(order)] for i, code in enumerate(met)):
        return "the heads of 表三 stand in an order that is not the form's: " + ", ".join(met)
    return None


def _disputes(walk: Walk, version: str) -> list[_Found]:
    """表四: fifteen figures under the repeated heads, or five a kind of dispute."""
    routes = list(forms().tables[version, 4].columns)
    results = forms().columns(version, 4, routes[0])
    found = []
    for record in walk.records:
        own = [label.code for label in record.labels if label.table_no == 4]
        if (record.labels and not own) or record.context != 4 or not record.has_figures:
            continue
        if any(head != results[i % len(results)] for i, head in enumerate(record.heads_of_4)):
            refusal = Placement(None, "refused: the heads of 表四 stand in an order that is not the form's")
            found.extend(_Found(route, record, refusal) for route in (own or routes))
        elif own:
            found.append(_Found(own[0], record, _count(record, len(results))))
        elif record.heads_of_4:
            found.extend(_unlabelled_disputes(record, routes, results))
    return found


def _unlabelled_disputes(record: Record, routes: list[str], results: tuple[str, ...]) -> list[_Found]:
    width, whole = len(results), len(results) * len(routes)
    figures = sum(not cell.is_blank for cell in record.rest)
    if figures <= width and record.routes and record.heads_since_route == width:
        return [_Found(record.routes[-1], record, _count(record, width))]
    if list(dict.fromkeys(record.routes)) not in ([], routes) or len(record.heads_of_4) % whole not in (0, width):
        return []
    placement = _count(record, whole)
    return [
        _Found(
            route,
            record,
            Placement(placement.cells[i * width : (i + 1) * width], placement.how) if placement.cells else placement,
        )
        for i, route in enumerate(routes)
    ]


def _form_rows(found: list[_Found], version: str, table_no: int) -> list[FormRow]:
    """One row per line of the form; a line printed twice with different figures is refused."""
    rows = []
    by_line: dict[str, list[_Found]] = {}
    for item in found:
        by_line.setdefault(item.line_code, []).append(item)
    for line_code, columns in forms().tables[version, table_no].columns.items():
        items = by_line.get(line_code)
        if not items:
            continue
        item = items[0]
        texts = {tuple(c.text.strip() for c in i.placement.cells) if i.placement.cells else id(i) for i in items}
        if len(texts) > 1:
            lines = ", ".join(str(i.record.line_no) for i in items)
            cells = _refused(item.record, f"refused: printed more than once (lines {lines})", len(columns))
        elif item.placement.cells is None:
            cells = _refused(item.record, item.placement.how, len(columns))
        else:
            cells = tuple(_form_cell(cell, item.placement.how) for cell in item.placement.cells)
        rows.append(
            FormRow(version, table_no, line_code, item.record.label_text.strip(), item.record.label_evidence,
                    item.record.page_no, item.record.line_no, cells)
        )  # fmt: skip
    return rows


def _form_cell(cell: Cell, how: str) -> FormCell:
    return FormCell("" if cell.is_blank else cell.text.strip(), cell.line_no, how)


def _refused(record: Record, reason: str, width: int) -> tuple[FormCell, ...]:
    """Cells of a row that could not be placed: each shows the whole run that was printed."""
    printed = " ".join(cell.text.strip() for cell in record.rest if not cell.is_blank)
    return tuple(FormCell(printed, record.line_no, reason) for _ in range(width))
