"""The only writer of raw.duckdb: what lies in the reports folder goes in once, a document's rows all together.

Append-only by (source_path, sha256): an unchanged file is skipped, a changed one becomes a new revision, a vanished one
drops out of ``offered_files``. A document read by an earlier reader is read again in its place. Documents are read,
checked and written in batches; a batch that fails is halved until the faulty document stands alone; the others load.
A killed load loses at most the batch in work, and the next one goes on from there.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from ingest import raw, read
from ingest.audit import Batch, Note, Summary, now
from ingest.model import ReadDocument, stable_id
from ingest.offered import Folder, Offered, hashed, scan
from ingest.paths import shown

if TYPE_CHECKING:
    from ingest.checks.landing import Result

BATCH_SIZE = 500
BATCH_BYTES = 64 * 2**20  # a batch of large files ends earlier, which bounds the memory a load takes

Progress = Callable[[str, int, int], None]  # what is done, how many of them, of how many


class NothingToLoad(Exception):
    """The reports folder is missing or empty; the message names the cure."""


class _Rejected(Exception):
    """A batch breaks the landing suite."""

    def __init__(self, result: Result) -> None:
        super().__init__("; ".join(map(str, result.broken)))
        self.result = result


@dataclass(frozen=True, slots=True)
class _Work:
    """A file to be read: its revision number, and whether rows of an earlier reader stand in its place."""

    file: Offered
    revision_no: int
    is_read_again: bool


def load(reports: Path, raw_db: Path, *, batch_size: int = BATCH_SIZE, progress: Progress | None = None) -> Summary:
    """Bring raw.duckdb up to what lies in the reports folder.

    Raises NothingToLoad, FolderError or RawError, each with its cure. Documents that fail on their own are counted in
    the summary's ``failed`` and noted.
    """
    if not reports.is_dir():
        raise NothingToLoad(
            f"the reports folder {shown(reports)} does not exist: create it, or name another by --reports"
        )
    folder = scan(reports)
    if not folder.files:
        links = f" ({len(folder.links)} symbolic links are not followed)" if folder.links else ""
        raise NothingToLoad(
            f"no report lies in {shown(reports)}{links}: put files there, or name another folder by --reports"
        )
    con = raw.connect(raw_db)
    try:
        return _Loader(con, batch_size, progress or (lambda *_: None)).run(folder)
    except (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalException) as error:
        raise raw.explained(error, raw_db) from error
    finally:
        con.close()


class _Loader:
    """One run of the load on an open connection."""

    def __init__(self, con: duckdb.DuckDBPyConnection, batch_size: int, progress: Progress) -> None:
        self._con = con
        self._batch_size = batch_size
        self._progress = progress
        self._reader_version = read.reader_version()
        self._started_at = now()
        self._load_id = self._started_at.isoformat(timespec="microseconds")
        self.summary = Summary()

    def run(self, folder: Folder) -> Summary:
        """Look at every file, read what is new or changed, and close with the snapshot of what is offered."""
        self.summary.offered = len(folder.files)
        for source_path in folder.links:
            self.summary.note(
                "ignored", source_path, "a symbolic link, which is not followed: put the file itself there"
            )
        files = []
        for count, file in enumerate(folder.files, 1):
            files.append(hashed(file))
            self._progress("looked at", count, len(folder.files))
        unopened = [self._fail(file.source_path, file.fault) for file in files if file.fault]
        work = self._plan(files)
        self.summary.skipped = len(files) - len(work) - len(unopened)
        done = 0
        for number, part in enumerate(self._batches(work), 1):
            self._load_batch(number, part, lambda n, done=done: self._progress("read", done + n, len(work)))
            done += len(part)
        self._close(files, unopened)
        return self.summary

    def _fail(self, source_path: str, text: str) -> Note:
        self.summary.failed += 1
        self.summary.note("failed", source_path, text)
        return self.summary.notes[-1]

    # -- what is to be done ------------------------------------------------------------------------------------------

    def _plan(self, files: list[Offered]) -> list[_Work]:
        """The files to read, in the order of their paths: new ones, changed ones, and those of an earlier reader."""
        offered = pa.table(
            {
                "file_no": pa.array([i for i, f in enumerate(files) if f.sha256], pa.int64()),
                "source_path": pa.array([f.source_path for f in files if f.sha256], pa.string()),
                "sha256": pa.array([f.sha256 for f in files if f.sha256], pa.string()),
            }
        )
        self._con.register("offered_now", offered)
        rows = self._con.execute(
            """
            with revisions as (
                select source_path, max(revision_no) as last_revision_no from documents group by source_path
            )
            select
                offered_now.file_no,
                coalesce(documents.revision_no, coalesce(revisions.last_revision_no, 0) + 1),
                documents.document_id is not null
            from offered_now
            left join documents using (source_path, sha256)
            left join revisions on offered_now.source_path = revisions.source_path
            where documents.reader_version is distinct from ?
            order by offered_now.file_no
            """,
            [self._reader_version],
        ).fetchall()
        self._con.unregister("offered_now")
        return [_Work(files[file_no], revision_no, again) for file_no, revision_no, again in rows]

    def _batches(self, work: list[_Work]) -> Iterator[list[_Work]]:
        part: list[_Work] = []
        size = 0
        for item in work:
            if part and (len(part) == self._batch_size or size + item.file.size_bytes > BATCH_BYTES):
                yield part
                part, size = [], 0
            part.append(item)
            size += item.file.size_bytes
        if part:
            yield part

    # -- one batch ---------------------------------------------------------------------------------------------------

    def _load_batch(self, number: int, part: list[_Work], done: Callable[[int], None]) -> None:
        batch = Batch(number, len(part), now())
        readings: list[tuple[_Work, ReadDocument]] = []
        for count, item in enumerate(part, 1):
            try:
                readings.append((item, self._read(item.file)))
            except Exception as error:  # a reader must not raise: whatever it is, only this document fails
                batch.failed.append(self._fail(item.file.source_path, _reader_fault(item.file, error)))
            done(count)
        self._write_or_halve(batch, readings, is_whole=True)
        self.summary.read += batch.written["read"]
        self.summary.set_aside += batch.written["set_aside"]
        self.summary.quarantined += batch.written["quarantined"]

    @staticmethod
    def _read(file: Offered) -> ReadDocument:
        if file.refusal:
            media_type = Path(file.source_path).suffix.lower().lstrip(".") or "unknown"
            return ReadDocument(
                file.source_path, file.sha256 or "", file.size_bytes, media_type, "set_aside", *file.refusal
            )
        document = read.read_document(file.opens, file.source_path)
        if document.sha256 != file.sha256:
            raise OSError("it changed while it was being read")
        return document

    def _write_or_halve(self, batch: Batch, readings: list[tuple[_Work, ReadDocument]], *, is_whole: bool) -> None:
        """Write all or, where they cannot be written together, each half: in the end only faulty ones are left out."""
        try:
            self._write(batch, readings, is_whole=is_whole)
            return
        except (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalException, MemoryError):
            raise  # the database's or the machine's fault, not a document's
        except Exception as error:
            if len(readings) == 1:
                item, _ = readings[0]
                batch.failed.append(self._fail(item.file.source_path, _reading_fault(item.file, error)))
            else:
                middle = len(readings) // 2
                self._write_or_halve(batch, readings[:middle], is_whole=False)
                self._write_or_halve(batch, readings[middle:], is_whole=False)
        if is_whole:
            self._audit(batch)

    def _write(self, batch: Batch, readings: list[tuple[_Work, ReadDocument]], *, is_whole: bool) -> None:
        tables = raw.content([(document, item.revision_no) for item, document in readings], self._reader_version)
        if readings:
            result = self._check(tables)
            batch.result = batch.result or result
            if not result.success:
                raise _Rejected(result)
        with self._transaction():
            if any(item.is_read_again for item, _ in readings):
                self._delete([document.document_id for item, document in readings if item.is_read_again])
            for name, table in tables.items():
                self._append(name, table)
            counted = batch.with_rows(tables)
            if is_whole:
                self._audit(counted)
        batch.written, batch.form_rows, batch.text_lines = counted.written, counted.form_rows, counted.text_lines
        for item, document in readings:
            self.summary.revised += item.revision_no > 1 and not item.is_read_again
            if document.state != "read":
                self.summary.note(document.state, document.source_path, document.reason or "")

    def _check(self, tables: dict[str, pa.Table]) -> Result:
        # Great Expectations takes seconds to import: only where there is something to load.
        from ingest.checks.landing import landing  # noqa: PLC0415

        return landing().check(tables)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._con.begin()
        try:
            yield
            self._con.commit()
        except BaseException:
            with suppress(duckdb.Error):  # after a fatal error there is nothing to roll back; the first error tells
                self._con.rollback()
            raise

    def _delete(self, document_ids: list[int]) -> None:
        self._con.register("read_again", pa.table({"document_id": pa.array(document_ids, pa.int64())}))
        for name in raw.CONTENT_TABLES:
            self._con.execute(f"delete from {name} where document_id in (select document_id from read_again)")
        self._con.unregister("read_again")

    def _append(self, name: str, table: pa.Table) -> None:
        self._con.register("rows_to_append", table)
        self._con.execute(f"insert into {name} by name select * from rows_to_append")
        self._con.unregister("rows_to_append")

    # -- the end -----------------------------------------------------------------------------------------------------

    def _close(self, files: list[Offered], unopened: list[Note]) -> None:
        """Replace the snapshot of what is offered. A file that cannot be opened keeps what was known of its path."""
        known = {path: (path, sha256, key) for path, sha256, key in self._con.execute("from offered_files").fetchall()}
        kept = {f.source_path for f in files if not f.sha256}
        inside = tuple(f"{path}/" for path in kept)  # it may be an archive, whose reports are known below it
        offered = [(f.source_path, f.sha256, stable_id(f.source_path, f.sha256)) for f in files if f.sha256]
        offered += [row for path, row in known.items() if path in kept or path.startswith(inside)]
        gone = sorted(known.keys() - {source_path for source_path, *_ in offered})
        self.summary.withdrawn = len(gone)
        for source_path in gone:
            self.summary.note("withdrawn", source_path, "it no longer lies in the reports folder")
        with self._transaction():
            self._con.execute("delete from offered_files")
            self._append("offered_files", raw.arrow("offered_files", offered))
            closing = Batch(0, self.summary.skipped + len(unopened), self._started_at, failed=unopened)
            self._audit(closing, skipped=self.summary.skipped)

    def _audit(self, batch: Batch, skipped: int = 0) -> None:
        row = batch.audit_row(self._load_id, self._reader_version, skipped)
        self._append("load_audit", raw.arrow("load_audit", [row]))


def _reader_fault(file: Offered, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror or error}: run the load again"
    return f"the reader stopped with {type(error).__name__} ({error}). {_cure(file, '--debug ')}"


def _reading_fault(file: Offered, error: Exception) -> str:
    return f"its reading was not written: {error}. {_cure(file)}"


def _cure(file: Offered, option: str = "") -> str:
    path = shlex.quote(shown(file.shown_path))
    return (
        f"The fault is the reader's, not the report's: see `python -m ingest explain {option}{path}`, "
        "and take the file out of the folder until it is mended."
    )
