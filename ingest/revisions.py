"""``python -m ingest diff``: what successive revisions of a report print differently, and which findings that moved.

The build keeps the findings of current reports only. Those of an earlier revision are worked out here from its cells:
the published ones, with what ``quality.revision_cells`` says was different, by the same sums as the audit's; those of
the next year's report that look back included. What the prose says and what members report is not compared: of earlier
revisions the build holds the cells alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from difflib import get_close_matches

import duckdb
import pandas as pd
from rich.console import RenderableType
from rich.text import Text

from ingest.checks.sides import Book, Cells, breaks, figure_text, laid_out, scaled_sql, sides
from ingest.problems import STATUSES, TABLES
from ingest.show import plain, table

CHANGES = {
    "changed": "数值改动", "filled_in": "补填", "removed": "删去", "reworded": "仅文字不同",
    "status_changed": "状态改动",
}  # fmt: skip
MOVES = {"came": "新出现", "went": "已消失", "stayed": "仍存在"}
_CELL = ["table_no", "line_code", "column_code"]

_PAIRS = """
    select distinct
        cells.from_document_id, cells.to_document_id, cells.from_revision_no, cells.to_revision_no,
        cells.report_id, documents.source_path
    from quality.revision_cells as cells
    inner join quality.documents as documents on cells.to_document_id = documents.document_id
    order by documents.source_path, cells.from_revision_no
"""
_CHANGED = f"""
    select
        from_document_id, table_no, line_code, column_code, old_as_printed, new_as_printed, old_status, new_status,
        change, old_form_version, new_form_version, old_unit_code, new_unit_code,
        old_value is not null as old_has_value, new_value is not null as new_has_value,
        {scaled_sql("old_value")}, {scaled_sql("new_value")},
        {scaled_sql("old_precision_step")}, {scaled_sql("new_precision_step")}
    from quality.revision_cells
    where list_contains($documents, from_document_id)
"""
_CURRENT = """
    select reports.report_id, reports.document_id, reports.fiscal_year, agencies.level_code,
        reports.table2_form, reports.table3_form, reports.table4_form, previous.report_id as previous_report_id
    from marts.dim_report as reports
    left join marts.dim_agency as agencies on reports.agency_id = agencies.agency_id
    left join marts.dim_report as previous
        on reports.agency_id = previous.agency_id and reports.scope_code = previous.scope_code
        and reports.fiscal_year = previous.fiscal_year + 1
    where reports.document_id in (select unnest($documents))
        or previous.document_id in (select unnest($documents))
        or reports.report_id in (
            select earlier.report_id
            from marts.dim_report as earlier
            inner join marts.dim_report as later
                on earlier.agency_id = later.agency_id and earlier.scope_code = later.scope_code
                and earlier.fiscal_year = later.fiscal_year - 1
            where later.document_id in (select unnest($documents))
        )
"""
_CELLS = f"""
    select
        report_id, table_no, line_code, column_code, value_status, unit_code, value is not null as has_value,
        {scaled_sql("value")}, {scaled_sql("precision_step")}
    from marts.form_cells
    where report_id in (select unnest($reports))
"""
_LABELS = (
    "select form_version, table_no, line_code, column_code, line_label_zh, column_label_zh from reference.form_lines"
)


class UnknownReportError(Exception):
    """No such report has more than one revision; the message says what is there."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that two revisions print differently; place is its number on the form."""

    place: int
    table_no: int
    line: str
    column: str
    old_as_printed: str | None
    new_as_printed: str | None
    old_status: str
    new_status: str
    change: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A broken equation that came, went or stayed, with the sides in each revision (None where it is not broken)."""

    move: str
    fiscal_year: int  # of the report it is asked of: this one, or the next year's, which looks back
    rule_id: str
    rule_name: str
    table_no: int
    line: str
    column: str
    old_sides: str | None
    new_sides: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Two successive revisions of a report; ``findings`` is None where those of one cannot be known, for ``why``."""

    source_path: str
    report_id: int
    from_revision: int
    to_revision: int
    cells: list[CellChange]
    findings: list[Moved] | None
    why: str | None
    not_compared: list[str]  # rules that ask for more than cells


def differences(con: duckdb.DuckDBPyConnection, wanted: str) -> list[Difference]:
    """The successive revisions of the report with this file or id. Raises UnknownReportError."""
    pairs = con.execute(_PAIRS).df()
    chosen = pairs[(pairs["source_path"] == wanted) | (pairs["report_id"].astype(str) == wanted)]
    if chosen.empty:
        raise UnknownReportError(_nothing(con, wanted, sorted(set(pairs["source_path"]))))
    documents = [int(d) for d in {*chosen["from_document_id"], *chosen["to_document_id"]}]
    changed = con.execute(_CHANGED, {"documents": documents}).df()
    labels = {row[:4]: row[4:] for row in con.execute(_LABELS).fetchall()}
    broken = _Broken(con, chosen, changed)
    return [
        Difference(
            pair.source_path,
            int(pair.report_id),
            int(pair.from_revision_no),
            int(pair.to_revision_no),
            sorted((_cell_change(row, labels) for row in of_pair.to_dict("records")), key=lambda cell: cell.place),
            *broken.moved(int(pair.from_document_id), int(pair.to_document_id), of_pair, labels),
            broken.not_compared,
        )
        for pair in chosen.itertuples()
        for of_pair in [changed[changed["from_document_id"] == pair.from_document_id]]
    ]


def _nothing(con: duckdb.DuckDBPyConnection, wanted: str, revised: list[str]) -> str:
    known = "select count(*) from marts.dim_report where source_path = ? or report_id::varchar = ?"
    if con.execute(known, [wanted, wanted]).fetchone()[0]:
        return f"{wanted} has one revision only, or all its revisions print the same cells"
    near = get_close_matches(wanted, revised, n=5, cutoff=0.3)
    return f"no report “{wanted}” is published; reports with revisions: {'; '.join(near or revised[:5]) or 'none'}"


def _cell_change(row: dict, labels: dict) -> CellChange:
    key = tuple(row[name] for name in _CELL)
    version = next(v for v in (row["new_form_version"], row["old_form_version"]) if isinstance(v, str))
    old, new = (row[name] if isinstance(row[name], str) else None for name in ("old_as_printed", "new_as_printed"))
    place = list(labels).index((version, *key))
    return CellChange(
        place, key[0], *labels[version, *key], old, new, row["old_status"], row["new_status"], row["change"]
    )


class _Broken:
    """The broken equations of every revision whose cells are known: those of the current one, and what follows from it
    by the differences, towards earlier and later revisions (an old content may be offered again)."""

    def __init__(self, con: duckdb.DuckDBPyConnection, pairs: pd.DataFrame, changed: pd.DataFrame) -> None:
        documents = [int(d) for d in {*pairs["from_document_id"], *pairs["to_document_id"]}]
        reports = con.execute(_CURRENT, {"documents": documents}).df()
        current = reports[reports["document_id"].isin(documents)]
        self._equations: dict[int, dict[tuple, str]] = {}
        self.not_compared: list[str] = []
        if current.empty:
            return
        self._book = Book(con)
        self.not_compared = self._book.not_covered
        self._names = {rule.rule_id: rule.name_zh for rule in self._book.rules}
        cells = con.execute(_CELLS, {"reports": [int(r) for r in reports["report_id"]]}).df()
        report = current.iloc[0]
        self._forms = {number: report[f"table{number}_form"] for number in TABLES}
        next_year = reports[reports["previous_report_id"] == report["report_id"]]
        self._forms_of = {
            int(one["fiscal_year"]): {number: one[f"table{number}_form"] for number in TABLES}
            for one in (report, *(row for _, row in next_year.iterrows()))
        }
        known = {int(report["document_id"]): cells[cells["report_id"] == report["report_id"]]}
        steps = [(int(p.from_document_id), int(p.to_document_id)) for p in pairs.itertuples()]
        for _ in steps:
            for old, new in steps:
                if (old in known) == (new in known):
                    continue
                source, target, side = (new, old, "old") if new in known else (old, new, "new")
                found = _with(known[source], changed[changed["from_document_id"] == old], side, self._forms)
                if found is not None:
                    known[target] = found
        previous = reports[reports["report_id"] == report["previous_report_id"]]
        asked = pd.concat([report.to_frame().T, next_year, previous]).set_index("report_id")
        for document, rows in known.items():
            together = pd.concat(
                [rows, cells[cells["report_id"].isin([*next_year["report_id"], *previous["report_id"]])]]
            )
            self._equations[document] = self._of(laid_out(self._book, together, asked, 1 + len(next_year)), asked)

    def _of(self, cells: Cells, reports: pd.DataFrame) -> dict[tuple, str]:
        """The broken equations of one revision, the first of the reports, by their address, with both sides. Of the
        next year's report only those that look back."""
        found = {}
        for rule in self._book.rules:
            frame = sides(cells, rule)
            looks_back = any(term.year_offset for one in self._book.equations[rule.rule_id] for term in one.terms)
            if len(frame):
                if not looks_back:
                    frame = frame[frame["report_id"] == reports.index[0]]
                for row in frame[breaks(frame)].to_dict("records"):
                    year = int(reports.loc[row["report_id"], "fiscal_year"])
                    shown = [figure_text(row["left_side"])] + (
                        [figure_text(row["right_side"])] if row["has_right"] else []
                    )
                    address = (year, rule.rule_id, row["table_no"], row["line_code"], row["column_code"])
                    found[address] = " / ".join(shown)
        return found

    def moved(self, old: int, new: int, changed: pd.DataFrame, labels: dict) -> tuple[list[Moved] | None, str | None]:
        """Which findings came, went and stayed between two revisions, or why that is not known."""
        if old not in self._equations or new not in self._equations:
            if _changes_form(changed, None):
                return None, "the two follow different forms"
            return None, "neither revision stands for a report now"
        before, after = self._equations[old], self._equations[new]
        found = []
        for address in sorted({*before, *after}, key=lambda a: (a[0], a[2], a[1], *a[3:])):
            year, rule_id, table_no, line, column = address
            move = "stayed" if address in before and address in after else "came" if address in after else "went"
            of_table = [(k[2:], v) for k, v in labels.items() if k[:2] == (self._forms_of[year][table_no], table_no)]
            line_label = next((v[0] for k, v in of_table if k[0] == line), "")
            column_label = next((v[1] for k, v in of_table if k[1] == column and line in ("*", k[0])), "")
            found.append(
                Moved(move, year, rule_id, self._names[rule_id], table_no, line_label, column_label,
                      before.get(address), after.get(address))
            )  # fmt: skip
        return found, None


def _with(rows: pd.DataFrame, changed: pd.DataFrame, side: str, forms: dict[int, str]) -> pd.DataFrame | None:
    """The cells of the revision on one side of a difference, from those of the other; None where the forms differ."""
    if _changes_form(changed, forms):
        return None
    other = changed.set_index(_CELL)
    at = pd.MultiIndex.from_frame(rows[_CELL])
    differs = at.isin(other.index)
    found = rows.copy()
    places = other.loc[at[differs]]
    columns = {"value_status": "status", "unit_code": "unit_code", "has_value": "has_value", "value": "value",
               "value_wide": "value_wide", "precision_step": "precision_step",
               "precision_step_wide": "precision_step_wide"}  # fmt: skip
    for column, name in columns.items():
        values = found[column].to_numpy(dtype=object, copy=True)
        values[differs] = places[f"{side}_{name}"].to_numpy(dtype=object)
        found[column] = values
    return found.astype({"value": "int64", "precision_step": "int64", "has_value": bool})


def _changes_form(changed: pd.DataFrame, forms: dict[int, str] | None) -> bool:
    """Whether a cell of the difference is of another form than the current report's, or than the other revision's."""
    told = changed[["old_form_version", "new_form_version"]]
    if forms is None:
        return bool((told.notna().all(axis=1) & (told.iloc[:, 0] != told.iloc[:, 1])).any())
    expected = changed["table_no"].map(forms)
    return bool(((told.iloc[:, 0].notna() & (told.iloc[:, 0] != expected))
                 | (told.iloc[:, 1].notna() & (told.iloc[:, 1] != expected))).any())  # fmt: skip


def tables(found: list[Difference]) -> Iterator[RenderableType]:
    """The cells and the findings of each pair of revisions, as tables."""
    for one in found:
        yield Text(plain(f"{one.source_path} · 第{one.from_revision}版 → 第{one.to_revision}版"), style="bold")
        yield table(
            f"改动的格位 {len(one.cells):,}",
            ("表", "行", "列", "旧版", "新版", "旧状态", "新状态", "改动"),
            ((TABLES[c.table_no], c.line, c.column, c.old_as_printed, c.new_as_printed,
              STATUSES.get(c.old_status, c.old_status), STATUSES.get(c.new_status, c.new_status), CHANGES[c.change])
             for c in one.cells),
        )  # fmt: skip
        if one.findings is None:
            yield Text(f"The findings of the two are not compared: {one.why}.")
            continue
        yield table(
            f"勾稽问题 {len(one.findings):,}",
            ("变化", "年度", "规则", "名称", "表", "行", "列", "旧版两边", "新版两边"),
            ((MOVES[f.move], f.fiscal_year, f.rule_id, f.rule_name, TABLES[f.table_no], f.line,
              f.column, f.old_sides, f.new_sides)
             for f in one.findings),
        )  # fmt: skip
        yield Text(f"Not compared, as they ask for more than the cells of a revision: {', '.join(one.not_compared)}.")


def as_dicts(found: list[Difference]) -> list[dict]:
    """For JSON."""
    return [asdict(one) for one in found]
