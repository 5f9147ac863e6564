"""Generated reports in one warehouse: some by lot, of any organ, and the small prefecture with its truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import duckdb

from benchmarks.generate import Report, generate_reports
from benchmarks.generate.prefecture import SMALL, Prefecture, generate_prefecture
from ingest.load import load
from tests.support.warehouse import MODELS_AND_TESTS, Dbt

COUNT, SEED = 60, "warehouse"


@dataclass(frozen=True)
class Samples:
    """What went into the warehouse ``build``; a build is not published."""

    build: Path

    def opened(self) -> duckdb.DuckDBPyConnection:
        """The build, read-only, with raw.duckdb beside it: lines of counts stand there."""
        con = duckdb.connect(self.build, read_only=True)
        con.execute(f"attach '{self.build.with_name('raw.duckdb')}' as raw (read_only)")
        return con

    @cached_property
    def prefecture(self) -> Prefecture:
        """The small prefecture: its reports are those below 示例数据/."""
        return generate_prefecture(SMALL)

    @cached_property
    def others(self) -> dict[str, Report]:
        """The reports by lot, by path."""
        first: dict[tuple[str, int], tuple[str, Report]] = {}  # a second report of one organ and year is a duplicate
        for source_path, report in generate_reports(COUNT, SEED):
            first.setdefault(
                (report.truth.identity.agency_name, report.truth.identity.fiscal_year), (source_path, report)
            )
        return dict(first.values())

    @cached_property
    def current(self) -> dict[str, Report]:
        """Every report that stands, by path."""
        return self.others | {filing.path: filing.report for filing in self.prefecture.current.values()}


def build_samples(dbt: Dbt, data: Path) -> None:
    """Load and build all of it in ``data``, with every dbt test; corrected reports are loaded a second time."""
    samples = Samples(data / "build.duckdb")
    for source_path, report in samples.others.items():
        path = data / "reports" / source_path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(report.data)
    for revision_no in (1, 2):
        samples.prefecture.write(data / "reports", revision_no)
        load(data / "reports", data / "raw.duckdb")
    dbt(data, *MODELS_AND_TESTS)
