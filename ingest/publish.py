"""The part of publishing that SQL cannot do: files, the pointer, git.

dbt-duckdb loads ``Plugin`` (see profiles.yml) and registers five SQL functions on dbt's connection.
macros/publish.sql calls the first when a whole ``dbt build`` begins or fails, the others after a complete clean one:

    gongkai_note_build(build_db, outcome, reasons)  what became of this build (build_state.py); reasons are JSON
    gongkai_part_file(build_db, build_id)       -> the file to write: <DATA>/published/gongkai-<id>.duckdb.part
    gongkai_provenance(project)                 -> JSON: git_commit, git_is_dirty, project_version
    gongkai_begin_publish(build_db, build_id)   makes room for that file
    gongkai_finish_publish(build_db, build_id)  checks it, renames it, and as its last act flips <DATA>/gongkai.duckdb

``<DATA>`` is the folder of build.duckdb, so that dbt and this module can never disagree about it. dbt holds
build.duckdb locked while it runs: no two publishes of one folder ever overlap, and whatever an earlier
one left half-written is garbage.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import yaml
from dbt.adapters.duckdb.credentials import DuckDBCredentials
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

from ingest import build_state

POINTER = "gongkai.duckdb"
PUBLISHED = "published"
PREFIX = "gongkai-"
SUFFIX = ".duckdb"
PART = ".part"
KEEP = 5
GIT_VARIABLES = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"}


class PublishError(RuntimeError):
    """Publishing failed; the pointer still shows the build it showed before."""


class Plugin(BasePlugin):
    """Registers the publish functions on the connection that dbt opens."""

    def update_connection_config(self, creds: DuckDBCredentials, config: dict[str, Any]) -> None:
        """Before the connection is opened: say what to do where nothing was ever loaded. Raises DbtRuntimeError."""
        missing = [attached.path for attached in creds.attach or () if not Path(attached.path).exists()]
        if missing:
            raise DbtRuntimeError(
                f"{missing[0]} is not there, so no report was ever loaded. "
                "Run `python -m ingest load` first, or `make build`, which loads and then builds."
            )

    def configure_connection(self, conn: duckdb.DuckDBPyConnection) -> None:
        """Register the functions, unless an earlier connection to the same database has done so."""
        for name, function in FUNCTIONS.items():
            # DuckDB keeps a function until the last connection to the file is closed (dbt run twice in one
            # process). It is the same one then: the functions hold no state of a run.
            with contextlib.suppress(duckdb.CatalogException):
                # side_effects: called once and at run time, never folded into a constant while planning.
                conn.create_function(name, function, side_effects=True)


def published_file(data: Path, build_id: str) -> Path:
    """The file a build is published as; its name is the build's, so it is never written twice."""
    return data / PUBLISHED / f"{PREFIX}{build_id}{SUFFIX}"


def part_file(data: Path, build_id: str) -> Path:
    """The file to write to. A publish killed half-way must leave nothing that looks like a published build."""
    target = published_file(data, build_id)
    return target.with_name(target.name + PART)


def begin_publish(data: Path) -> None:
    """Make the folder of the published files, and sweep what killed publishes left there."""
    (data / PUBLISHED).mkdir(parents=True, exist_ok=True)
    sweep(data)


def sweep(data: Path) -> list[Path]:
    """Delete the leftovers of killed publishes: half-written files, their WAL, unfinished pointers."""
    leftovers = [path for path in (data / PUBLISHED).glob(f"{PREFIX}*") if path.suffix != SUFFIX]
    leftovers += data.glob(f".{POINTER}.*")
    for path in leftovers:
        path.unlink()
    return leftovers


def finish_publish(data: Path, build_id: str) -> Path:
    """Check the written file, give it its final name, prune old ones and, last of all, flip the pointer.

    Everything is on disk before the flip, so that not even a power cut leaves a pointer to half a file.
    Raises when the file is not what it should be or cannot be moved; the pointer is untouched then.
    """
    target = published_file(data, build_id)
    part = part_file(data, build_id)
    verify(part, build_id)
    if os.name == "posix":
        # `duckdb data/gongkai.duckdb` opens for writing by default and would lock every reader out.
        part.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    _fsync(part)
    part.rename(target)
    _fsync(target.parent)
    prune(data, target, KEEP)
    build_state.clear(data)
    flip_pointer(data / POINTER, target)
    return target


def verify(part: Path, build_id: str) -> None:
    """Open the file alone, as a reader will, and ask every relation for its columns.

    A view that names a private schema or another database still works on dbt's connection, where these
    are at hand; here it fails, before any reader meets it.
    """
    leftover = part.with_name(part.name + ".wal")
    if leftover.exists():
        raise PublishError(f"{leftover.name} is still there: the file was not closed")
    with duckdb.connect(str(part), read_only=True) as connection:
        rows = connection.execute("select build_id from meta.build").fetchall()
        if rows != [(build_id,)]:
            raise PublishError(f"meta.build says {rows}, not {build_id}")
        for schema, name in connection.execute("select schema_name, table_name from meta.tables").fetchall():
            try:
                connection.execute(f'describe select * from "{schema}"."{name}"')
            except duckdb.Error as error:
                raise PublishError(f"{schema}.{name} cannot be read from the published file: {error}") from error


def prune(data: Path, target: Path, keep: int) -> list[Path]:
    """Delete all but the newest `keep` published files, counting `target`, which is about to be shown; return them.

    Names sort by time, but a clock may have been set back: neither `target` nor the file that the pointer shows is
    ever deleted. A reader that has a deleted file open goes on reading it (POSIX); where an open file cannot be
    deleted (Windows) it stays until a later publish.
    """
    pointer = data / POINTER
    spared = {target.resolve(), pointer.resolve()}
    files = sorted((data / PUBLISHED).glob(f"{PREFIX}*{SUFFIX}"), reverse=True)
    files.sort(key=lambda path: path != target)  # the one about to be shown is the newest, whatever its name says
    deleted = []
    for path in files[keep:]:
        if path.resolve() in spared:
            continue
        try:
            path.unlink()
        except PermissionError:
            continue
        deleted.append(path)
    return deleted


def flip_pointer(pointer: Path, target: Path) -> None:
    """Let `pointer` show `target` by one rename: a reader opens the old build or the new one, nothing between.

    The link is relative, so that the data folder can be moved. Where links cannot be made (Windows without
    the privilege, some network drives) the pointer is a copy.
    """
    fresh = pointer.with_name(f".{pointer.name}.{target.stem}")
    try:
        fresh.symlink_to(target.relative_to(pointer.parent))
    except (OSError, NotImplementedError):
        shutil.copyfile(target, fresh)
        _fsync(fresh)
    # Someone may have opened the pointer for writing: a WAL of another build beside it would stop every reader.
    pointer.with_name(pointer.name + ".wal").unlink(missing_ok=True)
    fresh.replace(pointer)
    _fsync(pointer.parent)


def _fsync(path: Path) -> None:
    """Force a file or a folder to disk; Windows can do neither on a read-only handle and needs no folder sync."""
    if os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def provenance(project: Path) -> dict[str, str | bool | None]:
    """What the build was made from: git commit, whether files differ from it, the project's version.

    Outside git (no git, no repository, or a folder that a surrounding repository does not track)
    the commit is 'unknown' and git_is_dirty is None.
    """
    definition = yaml.safe_load((project / "dbt_project.yml").read_text(encoding="utf-8"))
    commit = None
    if _git(project, "ls-files", "--error-unmatch", "dbt_project.yml") is not None:
        commit = _git(project, "rev-parse", "HEAD")
    status = _git(project, "status", "--porcelain") if commit else None
    return {
        "git_commit": commit or "unknown",
        "git_is_dirty": None if status is None else status != "",
        "project_version": str(definition["version"]),
    }


def _git(project: Path, *arguments: str) -> str | None:
    """The trimmed answer of a git command in the project folder, None when git cannot answer."""
    # No optional locks: reading the status must not get in the way of someone's commit.
    command = ["git", "--no-optional-locks", "-C", str(project), *arguments]
    # Inside a git hook these name another repository than the one around the folder.
    environment = {name: value for name, value in os.environ.items() if name not in GIT_VARIABLES}
    try:
        answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.strip()


@contextlib.contextmanager
def _told_to_the_analyst(build_db: str | None = None) -> Iterator[None]:
    """Turn any failure into one sentence that says what it means for the readers; and tell these, where the data
    folder is known, that a build failed."""
    try:
        yield
    except Exception as error:
        if build_db is not None:
            with contextlib.suppress(OSError):
                build_state.note(_data(build_db), "failed", [f"not published: {type(error).__name__}"])
        raise PublishError(
            f"gongkai could not publish this build ({type(error).__name__}: {error}). Readers keep the last good build."
        ) from error


def _data(build_db: str) -> Path:
    return Path(build_db).parent.resolve()


def _note_build(build_db: str, outcome: str, reasons: str) -> str:
    with _told_to_the_analyst():
        build_state.note(_data(build_db), outcome, json.loads(reasons))
        return outcome


def _part_file(build_db: str, build_id: str) -> str:
    with _told_to_the_analyst(build_db):
        return str(part_file(_data(build_db), build_id))


def _provenance(project: str) -> str:
    with _told_to_the_analyst():
        return json.dumps(provenance(Path(project)))


def _begin_publish(build_db: str, build_id: str) -> str:
    with _told_to_the_analyst(build_db):
        begin_publish(_data(build_db))
        return build_id


def _finish_publish(build_db: str, build_id: str) -> str:
    with _told_to_the_analyst(build_db):
        return str(finish_publish(_data(build_db), build_id))


# Module level, for good: DuckDB calls them without keeping them alive (a closure would be a dangling pointer).
FUNCTIONS = {
    "gongkai_note_build": _note_build,
    "gongkai_part_file": _part_file,
    "gongkai_provenance": _provenance,
    "gongkai_begin_publish": _begin_publish,
    "gongkai_finish_publish": _finish_publish,
}
