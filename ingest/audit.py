"""What a load says of itself: the summary for whoever runs it, and a row of raw.load_audit per batch."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from ingest.checks.landing import Result


def now() -> datetime:
    """UTC, as raw.load_audit keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of one file: set_aside, quarantined, failed or withdrawn, and why."""

    kind: str
    source_path: str
    text: str


@dataclass(slots=True)
class Summary:
    """What a load did. Every file offered, and every part read, is counted once in skipped, read, set_aside,
    quarantined or failed."""

    offered: int = 0
    parts: int = 0  # reports read in files that hold several; such a file is set aside itself
    skipped: int = 0
    read: int = 0
    set_aside: int = 0
    quarantined: int = 0
    failed: int = 0
    revised: int = 0  # of the documents written: later revisions of a known path
    withdrawn: int = 0  # paths offered at the last load and gone now
    notes: list[Note] = field(default_factory=list)

    def note(self, kind: str, source_path: str, text: str) -> None:
        """Say something of a file."""
        self.notes.append(Note(kind, source_path, text))


@dataclass(slots=True)
class Batch:
    """Counts of one batch, for its row in load_audit."""

    number: int
    offered: int  # files, and the reports in those that hold several
    started_at: datetime
    written: dict[str, int] = field(default_factory=lambda: {"read": 0, "set_aside": 0, "quarantined": 0})
    failed: list[Note] = field(default_factory=list)
    form_rows: int = 0
    text_lines: int = 0
    result: Result | None = None  # of the batch as a whole: what the first check said

    def with_rows(self, tables: dict[str, pa.Table], files: int) -> Batch:
        """The counts as they are once these rows, of so many files, are committed."""
        states = tables["documents"]["state"].to_pylist()
        return replace(
            self,
            offered=self.offered + len(states) - files,
            written={state: count + states.count(state) for state, count in self.written.items()},
            form_rows=self.form_rows + tables["form_rows"].num_rows,
            text_lines=self.text_lines + tables["text_lines"].num_rows,
        )

    def audit_row(self, load_id: str, reader_version: str, skipped: int) -> tuple:
        """The batch as a row of raw.load_audit."""
        result = self.result
        said: dict[str, Any] = {"rows": result.rows, "broken": [asdict(b) for b in result.broken]} if result else {}
        if self.failed:
            said["failed_documents"] = [{"source_path": n.source_path, "message": n.text} for n in self.failed]
        return (
            load_id, self.number, self.started_at, now(), reader_version, self.offered, skipped,
            self.written["read"], self.written["set_aside"], self.written["quarantined"], len(self.failed),
            self.form_rows, self.text_lines,
            result.success if result else None,
            result.evaluated if result else None,
            len(result.broken) if result else None,
            json.dumps(said, ensure_ascii=False),
        )  # fmt: skip
