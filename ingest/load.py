"""The only writer of raw.duckdb: what lies in the reports folder goes in once, a document's rows all together.

Append-only by (source_path, sha256): an unchanged file is skipped, a changed one becomes a new revision, a vanished one
drops out of ``offered_files``. A document read by an earlier reader is read again in its place. Files are read in child
processes, which may be killed; here their rows are checked and written in batches. A batch that fails is halved until
the faulty file stands alone; the others load. A killed load loses at most the batch in work, and the next one goes on
from there. A file may hold several reports: they are written together, and offered as long as their file is.
"""

from __future__ import annotations

import shlex
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from ingest import raw, read, worker
from ingest.audit import Batch, Note, Summary, now
from ingest.limits import Bounds
from ingest.manifest import Manifest, read_manifests
from ingest.model import stable_id
from ingest.offered import Folder, Offered, file_of, scan
from ingest.paths import shown
from ingest.pool import Answer, Pool
from ingest.rows import Rows, rows_of
from ingest.survey import BATCH_BYTES, Progress, batches, survey, told

if TYPE_CHECKING:
    from ingest.checks.landing import Result

BATCH_SIZE = 1000  # the landing suite costs half a second a batch, whatever its size


class NothingToLoad(Exception):
    """The reports folder is missing or empty; the message names the cure."""


class _Rejected(Exception):
    """A batch breaks the landing suite."""

    def __init__(self, result: Result) -> None:
        super().__init__("; ".join(map(str, result.broken)))
        self.result = result


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of a file: one document, or the file itself and the reports in it. They are written together."""

    file: Offered
    documents: tuple[Rows, ...]


@dataclass(frozen=True, slots=True)
class _Earlier:
    """What raw.duckdb holds of some files: revision numbers by path and by document, documents to be replaced."""

    last_no: dict[str, int]
    own_no: dict[int, int]
    read_again: list[int]

    def revision_no(self, document: Rows) -> int:
        """The number a document keeps or gets."""
        return self.own_no.get(document.document_id) or self.last_no.get(document.source_path, 0) + 1


def load(
    reports: Path,
    raw_db: Path,
    *,
    batch_size: int = BATCH_SIZE,
    jobs: int | None = None,
    bounds: Bounds | None = None,
    progress: Progress | None = None,
) -> Summary:
    """Bring raw.duckdb up to what lies in the reports folder; ``jobs`` processes read (default: one per core).

    Raises NothingToLoad, FolderError, PoolError or RawError, each with its cure. Documents that fail on their own are
    counted in the summary's ``failed`` and noted.
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
        with Pool(jobs, bounds) as pool:
            return _Loader(con, pool, batch_size, progress or (lambda *_: None)).run(folder)
    except (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalException) as error:
        raise raw.explained(error, raw_db) from error
    finally:
        con.close()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until libraries are imported: interrupted there, some swallow it and others stay half imported."""
    pressed: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    earlier = signal.signal(signal.SIGINT, lambda number, _: pressed.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, earlier)
    if pressed:
        raise KeyboardInterrupt


class _Loader:
    """One run of the load on an open connection."""

    def __init__(self, con: duckdb.DuckDBPyConnection, pool: Pool, batch_size: int, progress: Progress) -> None:
        self._con = con
        self._pool = pool
        self._batch_size = batch_size
        self._progress = progress
        self._reader_version = read.reader_version()
        self._manifest = Manifest()
        self._started_at = now()
        self._load_id = self._started_at.isoformat(timespec="microseconds")
        self.summary = Summary()

    def run(self, folder: Folder) -> Summary:
        """Look at every file, read what is new or changed, and close with the snapshot of what is offered."""
        for source_path in folder.links:
            self.summary.note(
                "ignored", source_path, "a symbolic link, which is not followed: put the file itself there"
            )
        self._manifest = read_manifests(folder.manifests)
        for source_path, text in self._manifest.faults:
            self.summary.note("ignored", source_path, text)
        files = survey(folder, self._pool, self._progress)
        self.summary.offered = len(files)
        unopened = [self._fail(file.source_path, file.fault) for file in files if file.fault]
        work = self._plan(files)
        self.summary.skipped = len(files) - len(work) - len(unopened)
        answers = self._pool.map(worker.read_rows, [(file, self._manifest.of(file.source_path)) for file in work])
        done = 0
        for number, part in enumerate(batches(work, self._batch_size, BATCH_BYTES), 1):
            self._load_batch(number, part, answers, lambda n, done=done: self._progress("read", done + n, len(work)))
            done += len(part)
        self._close(files, unopened)
        return self.summary

    def _fail(self, source_path: str, text: str) -> Note:
        self.summary.failed += 1
        self.summary.note("failed", source_path, text)
        return self.summary.notes[-1]

    # -- what is to be done ------------------------------------------------------------------------------------------

    def _plan(self, files: list[Offered]) -> list[Offered]:
        """The files to read, in the order of their paths: new ones, changed ones, and those of an earlier reader."""
        with raw.registered(self._con, "offered_now", self._keys(files)):
            rows = self._con.execute(
                """
                select offered_now.file_no
                from offered_now
                left join documents using (source_path, sha256)
                where documents.reader_version is distinct from offered_now.reader_version
                order by offered_now.file_no
                """
            ).fetchall()
        return [files[file_no] for (file_no,) in rows]

    def _keys(self, files: list[Offered]) -> pa.Table:
        """Paths, contents and what is to read them, of the files that could be opened, with their place in the list."""
        known = [(number, file) for number, file in enumerate(files) if file.sha256]
        return pa.table(
            {
                "file_no": pa.array([number for number, _ in known], pa.int64()),
                "source_path": pa.array([file.source_path for _, file in known], pa.string()),
                "sha256": pa.array([file.sha256 for _, file in known], pa.string()),
                "reader_version": pa.array([self._version(file) for _, file in known], pa.string()),
            }
        )

    def _version(self, file: Offered) -> str:
        """What decides the reading of a file: the reader, and what a manifest says of it."""
        given = self._manifest.of(file.source_path)
        return f"{self._reader_version}.{stable_id(repr(given)):x}" if given else self._reader_version

    # -- one batch ---------------------------------------------------------------------------------------------------

    def _load_batch(
        self, number: int, part: list[Offered], answers: Iterator[Answer], done: Callable[[int], None]
    ) -> None:
        batch = Batch(number, len(part), now())
        readings: list[_Reading] = []
        for count, (file, answer) in enumerate(zip(part, answers, strict=False), 1):
            if answer.error:  # a reader must not raise: whatever it is, only this document fails
                batch.failed.append(self._fail(file.source_path, _reader_fault(file, answer.error)))
            elif answer.refusal:
                readings.append(_Reading(file, (rows_of(worker.set_aside(file, *answer.refusal)),)))
            else:
                readings.append(_Reading(file, answer.value))
            done(count)
        self._write_or_halve(batch, readings, is_whole=True)
        self.summary.read += batch.written["read"]
        self.summary.set_aside += batch.written["set_aside"]
        self.summary.quarantined += batch.written["quarantined"]
        self.summary.parts += batch.offered - len(part)

    def _write_or_halve(self, batch: Batch, readings: list[_Reading], *, is_whole: bool) -> None:
        """Write all or, where they cannot be written together, each half: in the end only faulty ones are left out."""
        try:
            self._write(batch, readings, is_whole=is_whole)
            return
        except (duckdb.OperationalError, duckdb.FatalException, duckdb.InternalException, MemoryError):
            raise  # the database's or the machine's fault, not a document's
        except Exception as error:
            if raw.is_interrupt(error):
                raise KeyboardInterrupt from error
            if len(readings) == 1:
                file = readings[0].file
                batch.failed.append(self._fail(file.source_path, _reading_fault(file, error)))
            else:
                middle = len(readings) // 2
                self._write_or_halve(batch, readings[:middle], is_whole=False)
                self._write_or_halve(batch, readings[middle:], is_whole=False)
        if is_whole:
            self._audit(batch)

    def _write(self, batch: Batch, readings: list[_Reading], *, is_whole: bool) -> None:
        documents = [document for reading in readings for document in reading.documents]
        versions = [self._version(reading.file) for reading in readings for _ in reading.documents]
        earlier = self._earlier([reading.file for reading in readings])
        revision_nos = [earlier.revision_no(document) for document in documents]
        tables = raw.content(documents, revision_nos, versions)
        if readings:
            result = self._check(tables)
            batch.result = batch.result or result
            if not result.success:
                raise _Rejected(result)
        with self._transaction():
            if earlier.read_again:
                raw.delete(self._con, earlier.read_again)
            for name, table in tables.items():
                self._append(name, table)
            counted = batch.with_rows(tables, files=len(readings))
            if is_whole:
                self._audit(counted)
        batch.offered, batch.written = counted.offered, counted.written
        batch.form_rows, batch.text_lines = counted.form_rows, counted.text_lines
        for document, revision_no in zip(documents, revision_nos, strict=True):
            self.summary.revised += revision_no > 1 and document.document_id not in earlier.read_again
            if document.state != "read":
                self.summary.note(document.state, document.source_path, document.reason or "")

    def _earlier(self, files: list[Offered]) -> _Earlier:
        """What raw.duckdb holds of some files, and of the reports in them."""
        with raw.registered(self._con, "batch_files", self._keys(files)):
            rows = self._con.execute(
                """
                with documents as (
                    select *, regexp_replace(source_path, '#[0-9]+$', '') as file_path from documents
                )
                select
                    documents.source_path,
                    documents.document_id,
                    documents.revision_no,
                    documents.sha256 = batch_files.sha256
                from documents
                inner join batch_files on documents.file_path = batch_files.source_path
                """
            ).fetchall()
        found = _Earlier({}, {}, [])
        for source_path, document_id, revision_no, is_same_content in rows:
            found.last_no[source_path] = max(revision_no, found.last_no.get(source_path, 0))
            if is_same_content:
                found.own_no[document_id] = revision_no
                found.read_again.append(document_id)
        return found

    def _check(self, tables: dict[str, pa.Table]) -> Result:
        with _undisturbed():
            # Great Expectations takes seconds to import: only where there is something to load.
            from ingest.checks.landing import landing  # noqa: PLC0415

            suite = landing()
        return suite.check(tables)

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

    def _append(self, name: str, table: pa.Table) -> None:
        raw.append(self._con, name, table)

    # -- the end -----------------------------------------------------------------------------------------------------

    def _close(self, files: list[Offered], unopened: list[Note]) -> None:
        """Replace the snapshot of what is offered. A file that cannot be opened keeps what was known of its path."""
        known = dict(
            self._con.execute("select source_path, (source_path, sha256, document_id) from offered_files").fetchall()
        )
        kept = {f.source_path for f in files if not f.sha256}
        inside = tuple(f"{path}/" for path in kept)  # it may be an archive, whose reports are known below it
        offered = [(f.source_path, f.sha256, stable_id(f.source_path, f.sha256)) for f in files if f.sha256]
        offered += self._reports_in(files)
        offered += [row for path, row in known.items() if file_of(path) in kept or path.startswith(inside)]
        gone = sorted(known.keys() - {source_path for source_path, *_ in offered})
        self.summary.withdrawn = len(gone)
        paths = {f.source_path for f in files}
        for source_path in gone:
            is_part = file_of(source_path) in paths
            where = "its file holds other reports now" if is_part else "it no longer lies in the reports folder"
            self.summary.note("withdrawn", source_path, where)
        for source_path in sorted(self._manifest.by_file.keys() - paths):
            self.summary.note("ignored", source_path, "a manifest names it, but it does not lie there")
        with self._transaction():
            self._con.execute("delete from offered_files")
            self._append("offered_files", raw.arrow("offered_files", offered))
            closing = Batch(0, self.summary.skipped + len(unopened), self._started_at, failed=unopened)
            self._audit(closing, skipped=self.summary.skipped)

    def _reports_in(self, files: list[Offered]) -> list[tuple]:
        """The reports in files that hold several: they are offered as long as their file is, as it is."""
        with raw.registered(self._con, "offered_now", self._keys(files)):
            return self._con.execute(
                """
                select documents.source_path, documents.sha256, documents.document_id
                from documents
                inner join offered_now
                    on documents.sha256 = offered_now.sha256
                    and regexp_replace(documents.source_path, '#[0-9]+$', '') = offered_now.source_path
                where documents.source_path <> offered_now.source_path
                """
            ).fetchall()

    def _audit(self, batch: Batch, skipped: int = 0) -> None:
        row = batch.audit_row(self._load_id, self._reader_version, skipped)
        self._append("load_audit", raw.arrow("load_audit", [row]))


def _reader_fault(file: Offered, error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{told(error)}: run the load again"
    return f"the reader stopped with {type(error).__name__} ({error}). {_cure(file, '--debug ')}"


def _reading_fault(file: Offered, error: Exception) -> str:
    return f"its reading was not written: {error}. {_cure(file)}"


def _cure(file: Offered, option: str = "") -> str:
    path = shlex.quote(shown(file.shown_path))
    return (
        f"The fault is the reader's, not the report's: see `python -m ingest explain {option}{path}`, "
        "and take the file out of the folder until it is mended."
    )
