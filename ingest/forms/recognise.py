"""Recognise the three statutory tables: which form, which line, which column. Evidence or refusal, never a guess.

Pure: a ``Document`` in, form tables and form rows out. The labels come from ``seeds/forms``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.forms.cell import Cell
from ingest.forms.copies import one_per_line
from ingest.forms.found import Found
from ingest.forms.glued import by_cutting, is_glued
from ingest.forms.labels import Label, forms
from ingest.forms.order import by_order
from ingest.forms.place import Placement, by_count, by_header, joined_minus
from ingest.forms.proof import prove
from ingest.forms.shape import STUB, Shape, checked_in_table_2, checked_in_table_4, without_joined_cells
from ingest.forms.versions import UNTOLD, columns_differ, versions_of
from ingest.forms.walk import Record, Walk
from ingest.model import Document, FormCell, FormRow, FormTable


@dataclass(frozen=True, slots=True)
class Recognised:
    """The forms found, their rows, and the records that carry figures but no known label."""

    tables: tuple[FormTable, ...]
    rows: tuple[FormRow, ...]
    unlabelled: tuple[Record, ...]


def recognise(document: Document, fiscal_year: int | None = None) -> Recognised:
    """Form tables and rows of a document; ``fiscal_year`` decides a form that no label tells, and which of two copies
    of a table is meant where their captions name different years."""
    walk = Walk().over(document)
    claims = [(_line_labels(record, previous), record) for previous, record in _with_previous(walk.records)]
    claims, heads = _of_the_year(claims, walk, fiscal_year)
    versions = versions_of(heads, claims, fiscal_year)
    tables, rows = [], []
    known = {id(record) for labels, record in claims if labels}
    for table_no in (2, 3, 4):
        version, evidence = versions[table_no]
        found = _disputes(walk, version) if table_no == 4 else _lines(claims, versions[table_no], table_no, walk)
        if table_no == 3:
            found = by_order(prove(found, version), walk.records, version)
            known |= {id(item.record) for item in found}
        table_rows = _form_rows(found, version, table_no)
        if table_rows:
            places = [cell.line_no for row in table_rows for cell in row.cells] + [row.line_no for row in table_rows]
            tables.append(
                FormTable(table_no, version, evidence, table_rows[0].page_no, min(places), max(places))
            )  # fmt: skip
            rows.extend(table_rows)
    unlabelled = [r for r in walk.records if id(r) not in known and r.context != 4 and r.has_figures]
    return Recognised(tuple(tables), tuple(rows), tuple(unlabelled))


Claim = tuple[list[Label], Record]


def _with_previous(records: list[Record]) -> list[tuple[Record | None, Record]]:
    return list(zip([None, *records], records, strict=False))


def _line_labels(record: Record, previous: Record | None) -> list[Label]:
    """The lines a record may be, from its label and, for words used twice, from what stands before it."""
    if record.is_foreign:
        return []
    labels = [label for label in record.labels if label.table_no in (2, 3)]
    if any(label.table_no == 2 for label in labels) and not (record.is_told or _is_among_heads(record)):
        return []  # 行政许可 and the like are everyday words: without heads or articles of 表二 they are no line of it
    before = {label.code for label in previous.labels} if previous else set()
    kept = []
    for label in labels:
        if label.code == "other_remaining" and record.ordinal != "3" and "other_unpaid_fee" not in before:
            continue
        if label.code == "closed" and record.ordinal != "七" and record.context != 3:
            continue
        kept.append(label)
    return kept


def _is_among_heads(record: Record) -> bool:
    """Whether a row that no head or article tells stands among statutory tables: then it may be one of 表二 astray."""
    header = record.header
    if record.context in (3, 4) or header is None or record.label_index is None:
        return record.context in (3, 4)
    return header.table_no == 2 and header.cell_count == record.label_index + 1 + len(record.rest)


def _of_the_year(
    claims: list[Claim], walk: Walk, fiscal_year: int | None
) -> tuple[list[Claim], dict[int, list[Label]]]:
    """The claims and heads that are meant: where a table is printed for this year and another, those of this year."""
    told: dict[tuple[int, str], set[int | None]] = {}
    for labels, record in claims:
        for label in labels:
            told.setdefault((label.table_no, label.code), set()).add(record.caption_year)
    twice = {table_no for (table_no, _), years in told.items() if fiscal_year in years and len(years - {None}) > 1}

    def is_meant(table_no: int, year: int | None) -> bool:
        return table_no not in twice or year in (None, fiscal_year)

    return (
        [([label for label in labels if is_meant(label.table_no, r.caption_year)], r) for labels, r in claims],
        {table: [label for label, year in met if is_meant(table, year)] for table, met in walk.heads_met.items()},
    )


def _lines(claims: list[Claim], told: tuple[str, str], table_no: int, walk: Walk) -> list[Found]:
    version, evidence = told
    lines = []
    for labels, record in claims:
        codes = {label.code for label in labels if label.table_no == table_no and label.form_version in ("", version)}
        if len(codes) == 1 and forms().columns(version, table_no, code := codes.pop()):
            lines.append((code, record))
    if table_no == 2:
        found = [Found(line, record, _in_table_2(line, record, version, evidence)) for line, record in lines]
    elif fault := _applicant_order_fault(walk):
        found = [Found(line, record, Placement(None, f"refused: {fault}")) for line, record in lines]
    else:
        shape = Shape.of(lines)
        found = [Found(line, record, _in_table_3(line, record, shape)) for line, record in lines]
    return [item for item in found if table_no in walk.told or not item.is_of_another_table]


def _in_table_2(line: str, record: Record, version: str, evidence: str) -> Placement:
    columns = forms().columns(version, 2, line)
    if not record.is_told:
        return Placement(None, "refused: figures of 表二 among those of another table")
    if evidence.startswith(UNTOLD) and columns_differ(record.labels):
        return Placement(None, "refused: no heads tell which form's columns these are")
    placement = by_header(record, columns) or _count(joined_minus(record, columns), len(columns), 0, is_row=True)
    return checked_in_table_2(placement, record, is_last=line == [*forms().tables[version, 2].columns][-1])


def _in_table_3(line: str, record: Record, shape: Shape) -> Placement:
    covered = max(0, STUB - 1 - (record.label_index or 0))
    width = len(forms().columns("2021", 3, "new"))
    return shape.checked(line, _count(record, width, covered, is_row=shape.is_in_place(line, record)), record)


def _count(record: Record, width: int, covered: int = 0, *, is_row: bool = True) -> Placement:
    """Place a record's cells by counting them, or by cutting where they were run together."""
    if record.is_stripped and len(record.rest) == 1 < width and is_glued(record.rest[0].text):
        return by_cutting(record.rest[0], width)
    return by_count(record.rest, width, covered, is_row=is_row)


def _applicant_order_fault(walk: Walk) -> str | None:
    """Why the columns of 表三 cannot be counted: its heads stand in an order the form does not have."""
    order = ("business", "research", "public_interest", "legal_service")
    met = [label.code for label, _ in walk.heads_met.get(3, []) if label.code in order]
    if any(code != order[i % len(order)] for i, code in enumerate(met)):
        return "the heads of 表三 stand in an order that is not the form's: " + ", ".join(met)
    return None


def _disputes(walk: Walk, version: str) -> list[Found]:
    """表四: fifteen figures under the repeated heads, or five a kind of dispute."""
    routes = list(forms().tables[version, 4].columns)
    results = forms().columns(version, 4, routes[0])
    found: list[Found] = []
    rivals: list[Found] = []
    for record in walk.records:
        own = [label.code for label in record.labels if label.table_no == 4]
        unnamed = Placement(None, "refused: no heads above")
        if record.context in (2, 3) and record.figures == len(routes) * len(results) and not record.label_text:
            rivals.extend(Found(route, record, unnamed) for route in routes)  # a row of 表四 astray
        if (record.labels and not own) or record.context != 4 or not record.has_figures or record.is_foreign:
            continue
        if not own and _has_broken_heads(record, routes, results):
            found.extend(_side_by_side(record, routes, results))
        elif any(head != results[i % len(results)] for i, head in enumerate(record.heads_of_4)):
            refusal = Placement(None, "refused: the heads of 表四 stand in an order that is not the form's")
            found.extend(Found(route, record, refusal) for route in (own or routes))
        elif own:
            found.append(Found(own[0], record, without_joined_cells(_count(record, len(results)))))
        elif placed := _unlabelled_disputes(record, routes, results) if record.heads_of_4 else []:
            found.extend(placed)
        elif record.figures >= len(results) and not record.label_text:
            # More figures, of which nothing tells what they count: they may be another print of the first.
            rivals.extend(Found(route, record, unnamed) for route in routes)
    return found + rivals if found else []


def _unlabelled_disputes(record: Record, routes: list[str], results: tuple[str, ...]) -> list[Found]:
    width, whole = len(results), len(results) * len(routes)
    if record.figures <= width and record.routes and record.heads_since_route == width:
        return [Found(record.routes[-1], record, without_joined_cells(_count(record, width)))]
    if list(dict.fromkeys(record.routes)) not in ([], routes) or len(record.heads_of_4) % whole not in (0, width):
        return []
    return _side_by_side(record, routes, results)


def _has_broken_heads(record: Record, routes: list[str], results: tuple[str, ...]) -> bool:
    """Whether fifteen figures stand below all routes in order, and heads broken to pieces that contradict no order."""
    whole = results * len(routes)
    left = iter(whole)
    return (
        record.figures == len(record.rest) == len(whole)
        and len(record.heads_of_4) < len(whole)
        and list(dict.fromkeys(record.routes)) == routes
        and all(head in left for head in record.heads_of_4)
    )


def _side_by_side(record: Record, routes: list[str], results: tuple[str, ...]) -> list[Found]:
    width, whole = len(results), len(results) * len(routes)
    placement = checked_in_table_4(_count(record, whole), record)
    return [
        Found(
            route,
            record,
            Placement(placement.cells[i * width : (i + 1) * width], placement.how) if placement.cells else placement,
        )
        for i, route in enumerate(routes)
    ]


def _form_rows(found: Sequence[Found], version: str, table_no: int) -> list[FormRow]:
    """One row per line of the form, in the order of the form."""
    chosen = one_per_line(found)
    rows = []
    for line_code, columns in forms().tables[version, table_no].columns.items():
        if line_code not in chosen:
            continue
        item = chosen[line_code]
        if item.placement.cells is None:
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
