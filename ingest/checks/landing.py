"""Landing suite: what must hold in the raw rows of every batch before they are written.

It blocks on OUR faults only: a key twice, a row without a document, a cell the form does not have, a line number the
document does not reach. What a published report says, however odd, never fails it.

Importing this module costs seconds (Great Expectations); the loader does so only when there is something to load.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import, which would already report its use to the net

import great_expectations as gx
import great_expectations.expectations as gxe
import pandas as pd
import pyarrow as pa
from great_expectations.core.batch_definition import BatchDefinition
from great_expectations.data_context.types.base import ProgressBarsConfig

from ingest.checks.frames import derive, form_lines, narrative_measures
from ingest.limits import MAX_FILE_BYTES, MAX_LINE_CHARS

MAX_KEY = 2**53 - 1  # keys are 53 bits: exact in a double, which spreadsheets and JavaScript use


@dataclass(frozen=True, slots=True)
class Check:
    """One expectation on one frame, named, with the promise it keeps in words."""

    name: str
    promise: str
    expectation: gxe.Expectation

    @property
    def frame(self) -> str:
        """The frame it looks at."""
        return self.name.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Broken:
    """A check that did not hold: on how many rows, and a few of the values found."""

    name: str
    promise: str
    rows: int
    examples: tuple[str, ...]

    def __str__(self) -> str:
        examples = f" (found: {'; '.join(self.examples)})" if self.examples else ""
        return f"{self.name}: {self.promise}{examples}"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of the suite for one batch; ``rows`` is what each frame held."""

    evaluated: int
    rows: dict[str, int]
    broken: tuple[Broken, ...]

    @property
    def success(self) -> bool:
        """Whether every check held; a suite that checked nothing did not."""
        return self.evaluated > 0 and not self.broken


def _in(column: str, values: list) -> gxe.Expectation:
    return gxe.ExpectColumnValuesToBeInSet(column=column, value_set=values)


def _none(column: str) -> gxe.Expectation:
    """No row has any of what the column counts."""
    return gxe.ExpectColumnValuesToBeBetween(column=column, min_value=0, max_value=0)


def _at_least(column: str, low: int, high: int | None = None) -> gxe.Expectation:
    return gxe.ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high)


def _present(column: str) -> gxe.Expectation:
    return gxe.ExpectColumnValuesToNotBeNull(column=column)


def _equal(left: str, right: str) -> gxe.Expectation:
    return gxe.ExpectColumnPairValuesToBeEqual(column_A=left, column_B=right, ignore_row_if="neither")


def _key(*columns: str) -> gxe.Expectation:
    if len(columns) == 1:
        return gxe.ExpectColumnValuesToBeUnique(column=columns[0])
    return gxe.ExpectCompoundColumnsToBeUnique(column_list=list(columns))


def _of_documents() -> list[Check]:
    return [
        Check("documents.key", "document_id is the key of documents", _key("document_id")),
        Check("documents.path_and_content", "one path with one content is one document", _key("source_path", "sha256")),
        Check("documents.missing", "no field is missing that a document of its state must have", _in("missing", [""])),
        Check("documents.document_id", "document_id has at most 53 bits", _at_least("document_id", 0, MAX_KEY)),
        Check(
            "documents.sha256",
            "sha256 is 64 hexadecimal digits",
            gxe.ExpectColumnValuesToMatchRegex(column="sha256", regex="^[0-9a-f]{64}$"),
        ),
        Check(
            "documents.source_path",
            "source_path is a posix path below the reports folder",
            gxe.ExpectColumnValuesToNotMatchRegex(column="source_path", regex=r"^$|^/|(?:^|/)\.\.(?:/|$)"),
        ),
        Check("documents.size_bytes", "a size is not negative", _at_least("size_bytes", 0)),
        Check("documents.revision_no", "revisions count from 1", _at_least("revision_no", 1)),
        Check("documents.state", "a state is one of the three", _in("state", ["read", "set_aside", "quarantined"])),
        Check("documents.scope", "a scope is one of the three", _in("scope", ["consolidated", "own", "unknown"])),
        Check("documents.fiscal_year", "a fiscal year has four digits", _at_least("fiscal_year", 1000, 9999)),
        Check("documents.forms", "a document that counts as read has a statutory table", _none("read_without_form")),
        Check("documents.evidence", "evidence stands on a line of the document", _none("evidence_outside_document")),
    ]


def _of_lines() -> list[Check]:
    return [
        Check("text_lines.document", "every line belongs to a document of its batch", _present("line_count")),
        Check("text_lines.all_kept", "a document has as many lines as it counts", _equal("lines", "line_count")),
        Check("text_lines.key", "document_id and line_no are the key of text_lines", _none("repeated_lines")),
        Check("text_lines.first", "lines are numbered from 1", _at_least("first_line", 1, 1)),
        Check("text_lines.last", "lines are numbered without a gap", _equal("last_line", "lines")),
        Check("text_lines.text", "every line has its text, be it empty", _none("lines_without_text")),
        Check(
            "text_lines.length", "no line is longer than a reader admits", _at_least("longest_line", 0, MAX_LINE_CHARS)
        ),
        Check("text_lines.page_no", "a page is one of the document's", _none("bad_pages")),
        Check("table_rows.document", "every table row belongs to a document of its batch", _present("line_count")),
        Check("table_rows.all_kept", "a document has as many tables as it counts", _equal("tables", "table_count")),
        Check("table_rows.key", "document, table and row number are the key of table_rows", _none("repeated_rows")),
        Check("table_rows.cells", "every table row has cells", _none("rows_without_cells")),
        Check("table_rows.line_no", "a table row stands on a line of its document", _none("rows_outside_document")),
        Check(
            "table_rows.length", "no cell is longer than a line may be", _at_least("longest_cell", 0, MAX_LINE_CHARS)
        ),
        Check("table_rows.page_no", "a page is one of the document's", _none("bad_pages")),
    ]


def _of_forms() -> list[Check]:
    lines = sorted(form_lines())
    versions = sorted({line.split("|")[0] for line in lines})
    tables = sorted({int(line.split("|")[1]) for line in lines})
    return [
        Check("form_tables.document", "every form table belongs to a document of its batch", _present("line_count")),
        Check("form_tables.key", "document and table are the key of form_tables", _key("document_id", "table_no")),
        Check("form_tables.table_no", "a table is one of the form seed's", _in("table_no", tables)),
        Check("form_tables.form_version", "a form version is one of the form seed's", _in("form_version", versions)),
        Check("form_tables.evidence", "what told the form version is kept", _present("version_evidence")),
        Check("form_tables.lines", "a form table stands within its document", _none("outside_document")),
        Check(
            "form_tables.order",
            "a form table ends where it begins or later",
            gxe.ExpectColumnPairValuesAToBeGreaterThanB(
                column_A="last_line_no", column_B="first_line_no", or_equal=True
            ),
        ),
        Check("form_tables.rows", "a form table has a row", _none("without_rows")),
        Check("form_tables.page_no", "a page is one of the document's", _none("bad_page")),
        Check("form_rows.document", "every form row belongs to a document of its batch", _present("line_count")),
        Check(
            "form_rows.key",
            "document, table and line are the key of form_rows",
            _key("document_id", "table_no", "line_code"),
        ),
        Check("form_rows.line", "version, table and line of a form row are in the form seed", _in("line_key", lines)),
        Check(
            "form_rows.version",
            "a form row has the version told for its table",
            _equal("form_version", "table_form_version"),
        ),
        Check("form_rows.label", "the label that was read is kept", _present("label_text")),
        Check("form_rows.evidence", "what told the line is kept", _present("label_evidence")),
        Check("form_rows.line_no", "a form row stands on a line of its document", _none("outside_document")),
        Check("form_rows.page_no", "a page is one of the document's", _none("bad_page")),
        Check("form_rows.beyond", "nothing stands beyond the columns of the line", _none("cells_beyond_form")),
        Check("form_rows.answered", "every column of the line says how it was placed", _none("cells_unanswered")),
        Check("form_rows.placed", "a cell with text has its line and placement", _none("cells_without_place")),
        Check("form_rows.cell_lines", "a cell stands on a line of its document", _none("cells_outside_document")),
        Check(
            "form_rows.placed_by",
            "a placement is header, count, order, same, proof or a refusal with its reason",
            _none("cells_of_unknown_placement"),
        ),
        Check("form_rows.length", "no text is longer than a file may be", _at_least("longest_text", 0, MAX_FILE_BYTES)),
    ]


def _of_prose() -> list[Check]:
    name = "narrative_figures"
    return [
        Check(
            f"{name}.document", "every figure of the prose belongs to a document of its batch", _present("line_count")
        ),
        Check(f"{name}.key", "document_id and figure_no are its key", _key("document_id", "figure_no")),
        Check(f"{name}.measure", "a figure counts what the measure seed knows", _in("measure", narrative_measures())),
        Check(f"{name}.line_no", "a figure stands on a line of its document", _none("outside_document")),
        Check(f"{name}.part", "a share has the part it is printed beside", _none("share_without_part")),
    ]


@cache
def checks() -> tuple[Check, ...]:
    """All checks of the landing suite."""
    return (*_of_documents(), *_of_lines(), *_of_forms(), *_of_prose())


class Landing:
    """The suite, set up once and run on batch after batch."""

    def __init__(self) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        source = context.data_sources.add_pandas("raw")
        self._checks = {check.name: check for check in checks()}
        self._suites: dict[str, tuple[gx.ExpectationSuite, BatchDefinition]] = {}
        for check in checks():
            if check.frame not in self._suites:
                asset = source.add_dataframe_asset(check.frame)
                suite = context.suites.add(gx.ExpectationSuite(name=f"landing_{check.frame}"))
                self._suites[check.frame] = (suite, asset.add_batch_definition_whole_dataframe(check.frame))
            named = check.expectation.copy(update={"meta": {"check": check.name}, "description": check.promise})
            self._suites[check.frame][0].expectations.append(named)

    def check(self, tables: Mapping[str, pa.Table]) -> Result:
        """Run every check on the raw tables of a batch."""
        evaluated, broken = 0, []
        for name, frame in derive(tables).items():
            evaluated += len(self._suites[name][0].expectations)
            broken += self.check_frame(name, frame)
        return Result(evaluated, {name: table.num_rows for name, table in tables.items()}, tuple(broken))

    def check_frame(self, name: str, frame: pd.DataFrame) -> list[Broken]:
        """The checks of one frame that do not hold."""
        suite, definition = self._suites[name]
        batch = definition.get_batch(batch_parameters={"dataframe": frame})
        answers = batch.validate(suite, result_format="BOOLEAN_ONLY").results
        if len(answers) != len(suite.expectations):
            raise RuntimeError(f"{len(answers)} of {len(suite.expectations)} checks of {name} were answered")
        # Counts and examples cost twice the time, so they are asked for only where something is broken.
        names = [answer.expectation_config.meta["check"] for answer in answers if not answer.success]
        return [
            self._broken(name, batch.validate(self._checks[name].expectation, result_format="SUMMARY"))
            for name in names
        ]

    def _broken(self, name: str, result: Any) -> Broken:
        check = self._checks[name]
        found = result.result.get("partial_unexpected_list") or []
        error = (result.exception_info or {}).get("exception_message")
        return Broken(
            check.name,
            check.promise,
            result.result.get("unexpected_count") or 0,
            (str(error),) if error else tuple(str(value) for value in found[:3]),
        )


@cache
def landing() -> Landing:
    """The suite, set up once per process."""
    return Landing()
