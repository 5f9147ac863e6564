"""``python -m ingest status``: the reports folder, raw.duckdb and the published build beside each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
from rich.console import RenderableType
from rich.text import Text

from ingest import raw
from ingest.offered import file_of, scan
from ingest.paths import shown
from ingest.pool import Pool
from ingest.published import BuildError, published_build
from ingest.read import reader_version
from ingest.show import table
from ingest.survey import survey

_LAST_LOAD = """
    select
        load_id,
        count(*) filter (where batch_no = 0) = 1 as is_complete,
        sum(documents_offered)::bigint,
        sum(documents_skipped)::bigint,
        sum(documents_read)::bigint,
        sum(documents_set_aside)::bigint,
        sum(documents_quarantined)::bigint,
        sum(documents_failed)::bigint,
        max(finished_at)
    from load_audit
    group by load_id
    order by load_id desc
    limit 1
"""
_STATES = """
    select documents.state, coalesce(documents.reason_code, ''), count(*)
    from documents
    inner join offered_files using (document_id)
    group by all
    order by all
"""


def status(reports: Path, raw_db: Path, pointer: Path) -> Iterator[RenderableType]:
    """What is new in the folder, what raw.duckdb holds, what is published. Raises RawError and FolderError."""
    if not raw_db.is_file():
        yield Text(f"{shown(raw_db)}: nothing is loaded yet; `python -m ingest load` does it")
        yield _folder(reports, {}, set())
        yield _published(pointer)
        return
    con = raw.connect(raw_db, read_only=True)
    try:
        versions = {
            (path, sha256): version
            for path, sha256, version in con.execute(
                "select source_path, sha256, reader_version from documents"
            ).fetchall()
        }
        offered = {path for (path,) in con.execute("select source_path from offered_files").fetchall()}
        last = con.execute(_LAST_LOAD).fetchone()
        states = con.execute(_STATES).fetchall()
    except duckdb.Error as error:
        raise raw.explained(error, raw_db) from error
    finally:
        con.close()
    yield _folder(reports, versions, offered)
    yield _raw(raw_db, states, len(versions))
    if last:
        yield _last_load(last)
    yield _published(pointer)


def _folder(reports: Path, versions: dict[tuple[str, str], str], offered: set[str]) -> RenderableType:
    if not reports.is_dir():
        return Text(f"The reports folder {shown(reports)} does not exist.")
    with Pool() as pool:
        files = survey(scan(reports), pool)
    paths = {path for path, _ in versions}
    counts = Counter()
    for file in files:
        if file.fault:
            counts["cannot be opened"] += 1
        elif (file.source_path, file.sha256) in versions:
            is_current = versions[file.source_path, file.sha256].partition(".")[0] == reader_version()
            counts["loaded" if is_current else "loaded by an earlier reader (will be read again)"] += 1
        else:
            counts["changed since the load" if file.source_path in paths else "new"] += 1
    still_there = {file.source_path for file in files}
    counts["gone since the load"] = sum(file_of(path) not in still_there for path in offered)
    return table(f"Reports folder {shown(reports)}: {len(files):,} files", ("state", "files"), counts.items())


def _raw(raw_db: Path, states: list[tuple[str, str, int]], revisions: int) -> RenderableType:
    current = sum(count for *_, count in states)
    title = f"{shown(raw_db)}: {current:,} current documents, {revisions - current:,} superseded or withdrawn"
    return table(title, ("state", "reason", "documents"), states)


def _last_load(last: tuple) -> RenderableType:
    load_id, is_complete, *counts, finished_at = last
    names = ("offered", "skipped", "read", "set aside", "quarantined", "failed")
    told = "complete" if is_complete else "interrupted: load again, it goes on where it stopped"
    title = f"Last load {load_id} UTC, finished {finished_at:%Y-%m-%d %H:%M:%S}: {told}"
    return table(title, ("files", "count"), zip(names, counts, strict=True))


def _published(pointer: Path) -> RenderableType:
    try:
        with published_build(pointer) as con:
            found = con.execute("from meta.build")
            names = [column[0] for column in found.description]
            row = found.fetchone()
    except BuildError as error:
        return Text(f"{error}.")
    return table(f"Published build {shown(pointer)}", ("what", "value"), zip(names, row or (), strict=False))
