"""The files of publishing: what is kept, what is swept, how the pointer moves, what a file must be to be shown."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import duckdb
import pytest
from dbt.adapters.duckdb.credentials import Attachment, DuckDBCredentials
from dbt_common.exceptions import DbtRuntimeError

from ingest.paths import REPO
from ingest.publish import (
    GIT_VARIABLES,
    Plugin,
    PublishError,
    begin_publish,
    finish_publish,
    flip_pointer,
    part_file,
    provenance,
    prune,
    published_file,
)

BUILDS = [f"2026010{day}T000000000Z-aaaaaaaa" for day in range(1, 8)]


def write_part(data: Path, build_id: str, statements: str = "") -> None:
    """A file as the publish script leaves it: the two meta tables and whatever the statements add."""
    part = part_file(data, build_id)
    with duckdb.connect(str(part)) as con:
        con.execute("create schema meta; create schema marts; create schema private")
        con.execute("create table meta.tables (schema_name varchar, table_name varchar)")
        con.execute("create table meta.build as select ?::varchar as build_id", [build_id])
        con.execute(statements)


def publish(data: Path, build_id: str) -> Path:
    begin_publish(data)
    write_part(data, build_id)
    return finish_publish(data, build_id)


def names(data: Path) -> list[str]:
    return sorted(path.name for path in (data / "published").iterdir())


def test_the_last_five_files_are_kept(tmp_path: Path) -> None:
    for build_id in BUILDS:
        publish(tmp_path, build_id)
    assert names(tmp_path) == [f"gongkai-{build_id}.duckdb" for build_id in BUILDS[-5:]]
    assert (tmp_path / "gongkai.duckdb").resolve().name == f"gongkai-{BUILDS[-1]}.duckdb"


def test_the_file_that_the_pointer_shows_is_never_pruned(tmp_path: Path) -> None:
    for build_id in BUILDS[:5]:
        publish(tmp_path, build_id)
    oldest = published_file(tmp_path, BUILDS[0])
    flip_pointer(tmp_path / "gongkai.duckdb", oldest)
    deleted = prune(tmp_path, published_file(tmp_path, BUILDS[4]), keep=1)
    assert oldest.exists()
    assert len(deleted) == 3


def test_a_build_is_shown_though_the_clock_was_set_back(tmp_path: Path) -> None:
    for build_id in (*BUILDS[1:], BUILDS[0]):
        publish(tmp_path, build_id)
    assert (tmp_path / "gongkai.duckdb").resolve() == published_file(tmp_path, BUILDS[0])
    assert (tmp_path / "gongkai.duckdb").exists()


def test_leftovers_of_killed_publishes_are_swept(tmp_path: Path) -> None:
    publish(tmp_path, BUILDS[0])
    part = part_file(tmp_path, BUILDS[1])
    part.write_bytes(b"half a file")
    part.with_name(part.name + ".wal").write_bytes(b"")
    (tmp_path / ".gongkai.duckdb.half-made").symlink_to("published/nowhere")
    (tmp_path / "raw.duckdb").write_bytes(b"not ours")
    publish(tmp_path, BUILDS[2])
    assert names(tmp_path) == [f"gongkai-{BUILDS[0]}.duckdb", f"gongkai-{BUILDS[2]}.duckdb"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gongkai.duckdb", "published", "raw.duckdb"]


def test_where_links_cannot_be_made_the_pointer_is_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("a required privilege is not held by the client")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for build_id in BUILDS[:2]:
        publish(tmp_path, build_id)
        pointer = tmp_path / "gongkai.duckdb"
        assert not pointer.is_symlink()
        with duckdb.connect(str(pointer), read_only=True) as con:
            assert con.execute("from meta.build").fetchall() == [(build_id,)]


def test_the_data_folder_can_be_moved(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    publish(before, BUILDS[0])
    before.rename(after)
    with duckdb.connect(str(after / "gongkai.duckdb"), read_only=True) as con:
        assert con.execute("from meta.build").fetchall() == [(BUILDS[0],)]


def test_a_wal_left_beside_the_pointer_does_not_stop_readers(tmp_path: Path) -> None:
    publish(tmp_path, BUILDS[0])
    (tmp_path / "gongkai.duckdb.wal").write_bytes(b"of a session that had the pointer open for writing")
    publish(tmp_path, BUILDS[1])
    with duckdb.connect(str(tmp_path / "gongkai.duckdb"), read_only=True) as con:
        assert con.execute("from meta.build").fetchall() == [(BUILDS[1],)]


@pytest.mark.parametrize(
    ("statements", "message"),
    [
        (
            "create table private.lines (x int); create view marts.cells as from private.lines; "
            "insert into meta.tables values ('marts', 'cells'); drop table private.lines",
            "marts.cells cannot be read from the published file",
        ),
        ("insert into meta.tables values ('marts', 'gone')", "marts.gone cannot be read from the published file"),
        ("update meta.build set build_id = 'another'", "meta.build says"),
        ("delete from meta.build", "meta.build says"),
    ],
    ids=["view on a private table", "table not copied", "of another build", "without its build"],
)
def test_a_file_that_is_not_what_it_should_be_is_not_shown(tmp_path: Path, statements: str, message: str) -> None:
    shown = publish(tmp_path, BUILDS[0])
    begin_publish(tmp_path)
    write_part(tmp_path, BUILDS[1], statements)
    with pytest.raises(PublishError, match=message):
        finish_publish(tmp_path, BUILDS[1])
    assert (tmp_path / "gongkai.duckdb").resolve() == shown


def test_a_file_that_is_still_open_is_not_shown(tmp_path: Path) -> None:
    begin_publish(tmp_path)
    write_part(tmp_path, BUILDS[0])
    part = part_file(tmp_path, BUILDS[0])
    part.with_name(part.name + ".wal").touch()
    with pytest.raises(PublishError, match="was not closed"):
        finish_publish(tmp_path, BUILDS[0])


def git(folder: Path, *arguments: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name not in GIT_VARIABLES}
    names = {f"GIT_{who}_{what}": "test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, env=inherited | names, capture_output=True, text=True, check=True).stdout.strip()


def test_provenance_names_the_commit_and_tells_changed_files(tmp_path: Path) -> None:
    definition = (REPO / "dbt_project.yml").read_text(encoding="utf-8")
    (tmp_path / "dbt_project.yml").write_text(definition, encoding="utf-8")
    outside = provenance(tmp_path)
    assert (outside["git_commit"], outside["git_is_dirty"]) == ("unknown", None)

    git(tmp_path, "init", "--quiet")
    assert provenance(tmp_path)["git_commit"] == "unknown"  # a repository around it that does not track the project
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message", "first")
    clean = provenance(tmp_path)
    assert (clean["git_commit"], clean["git_is_dirty"]) == (git(tmp_path, "rev-parse", "HEAD"), False)

    (tmp_path / "new_model.sql").write_text("select 1", encoding="utf-8")
    assert provenance(tmp_path)["git_is_dirty"] is True
    assert definition.count(f'"{clean["project_version"]}"') == 1


def test_a_build_before_any_load_says_what_to_run(tmp_path: Path):
    raw = tmp_path / "raw.duckdb"
    credentials = DuckDBCredentials(
        database="build", schema="main", path=str(tmp_path / "build.duckdb"), attach=[Attachment(path=str(raw))]
    )
    plugin = Plugin("publish", {})
    with pytest.raises(DbtRuntimeError, match="python -m ingest load"):
        plugin.update_connection_config(credentials, {})
    raw.touch()
    plugin.update_connection_config(credentials, {})
