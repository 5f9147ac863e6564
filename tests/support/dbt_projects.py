"""dbt projects that a test may break: a copy of the real one and a small one, each with a data folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import yaml

from ingest.load import load
from ingest.paths import REPO
from tests.support.warehouse import Run, run_dbt

PASSING_TEST = "select 1 as one where false"
WARNING_TEST = "{{ config(severity='warn') }} select 1 as one"
FAILING_TEST = "select 1 as one"


@dataclass(frozen=True)
class Project:
    """A project folder and, beside it, a data folder with a space, a quote and an accent in its name, as users have."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root.parent / "data of l'été"

    @property
    def reports(self) -> Path:
        return self.root.parent / "reports"

    @property
    def pointer(self) -> Path:
        return self.data / "gongkai.duckdb"

    @property
    def shown(self) -> str:
        """The id of the build the pointer shows."""
        return self.pointer.resolve().stem.removeprefix("gongkai-")

    @property
    def published(self) -> list[str]:
        """The names in the folder of published files."""
        folder = self.data / "published"
        return sorted(path.name for path in folder.iterdir()) if folder.exists() else []

    def dbt(self, *arguments: str) -> Run:
        """Run a dbt command in this process, as a user in the project's folder would."""
        return run_dbt(self.root, self.data, *arguments)

    def kill_dbt_build(self, is_time: Callable[[subprocess.Popen[str]], bool]) -> None:
        """Start `dbt build` in a process of its own and kill it (SIGKILL) as soon as it is time."""
        process = subprocess.Popen(
            [sys.executable, "-c", "from dbt.cli.main import cli; cli()", "build"],
            cwd=self.root,
            env=os.environ | {"GONGKAI_DATA": str(self.data)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            while not is_time(process):
                time.sleep(0.002)
                assert process.poll() is None, f"dbt ended before it could be killed:\n{process.stdout.read()}"
        finally:
            process.kill()
            process.communicate()

    def kill_publishes(self, *moments: str) -> list[tuple[str, ...]]:
        """Publish the last build again and again, killed at the moments (see killed_publish for what comes back)."""
        script = next((self.root / "target" / "compiled").rglob("*on-run-end-0.sql"))
        program = [sys.executable, "-m", "tests.support.killed_publish"]
        command = [*program, self.data / "build.duckdb", script, self.shown, *moments]
        answer = subprocess.run(command, cwd=REPO, check=True, timeout=300, capture_output=True, text=True)
        return [tuple(line.split()) for line in answer.stdout.splitlines()]

    @contextmanager
    def with_file(self, path: str, text: str) -> Iterator[None]:
        """Have one file more in the project for as long as the block runs."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        try:
            yield
        finally:
            target.unlink()


def copy_of_the_project(folder: Path) -> Project:
    """The real project with the reports of the repository, loaded.

    Without the tests of its models: they are run elsewhere, and would make every build four times as long.
    Two small ones stand in for them, one that passes and one that warns.
    """
    project = Project(folder / "project")
    project.root.mkdir()
    project.data.mkdir()
    for name in ("ingest", "profiles.yml", "selectors.yml"):
        (project.root / name).symlink_to(REPO / name)
    # Copies: someone may be editing the originals while the tests run.
    for name in ("macros", "models", "seeds"):
        shutil.copytree(REPO / name, project.root / name)
    for path in (*project.root.glob("models/**/*.yml"), *project.root.glob("seeds/**/*.yml")):
        described = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        text = yaml.dump(_without_tests(described), Dumper=yaml.CSafeDumper, allow_unicode=True, width=1000)
        path.write_text(text, encoding="utf-8")
    (project.root / "own_tests").mkdir()
    (project.root / "own_tests" / "assert_passes.sql").write_text(PASSING_TEST, encoding="utf-8")
    (project.root / "own_tests" / "assert_warns.sql").write_text(WARNING_TEST, encoding="utf-8")
    definition = yaml.safe_load((REPO / "dbt_project.yml").read_text(encoding="utf-8")) | {"test-paths": ["own_tests"]}
    text = yaml.safe_dump(definition, allow_unicode=True)
    (project.root / "dbt_project.yml").write_text(text, encoding="utf-8")
    shutil.copytree(REPO / "reports", project.reports)
    load(project.reports, project.data / "raw.duckdb")
    return project


def _without_tests(described: object) -> object:
    """What a YAML file says of models or seeds but for the tests it declares."""
    if isinstance(described, dict):
        return {
            key: _without_tests(value) for key, value in described.items() if key not in ("data_tests", "unit_tests")
        }
    return [_without_tests(value) for value in described] if isinstance(described, list) else described


def decide(project: Project, corrections: Iterable[str] = (), exceptions: Iterable[str] = ()) -> None:
    """Add records of stewards to the seeds of a copy, one CSV line each."""
    for path, lines in (
        ("corrections/accepted_corrections.csv", corrections),
        ("exceptions/finding_exceptions.csv", exceptions),
    ):
        with (project.root / "seeds" / path).open("a", encoding="utf-8") as seed:
            seed.writelines(f"{line}\n" for line in lines)


def revise(project: Project, path: str, old: str, new: str, *, after: str) -> None:
    """Load a revision of a report as it was published first, with another text after some words."""
    original = (REPO / "reports" / path).read_bytes().decode()
    head, words, tail = original.partition(after)
    assert words
    assert old in tail
    (project.reports / path).write_bytes(f"{head}{words}{tail.replace(old, new, 1)}".encode())
    load(project.reports, project.data / "raw.duckdb")


def small_project(folder: Path) -> Project:
    """The small project of tests/fixtures with the real macros, plugin and profile, and three reports loaded."""
    project = Project(folder / "project")
    shutil.copytree(REPO / "tests" / "fixtures" / "small_project", project.root)
    project.data.mkdir()
    for name in ("ingest", "profiles.yml", "selectors.yml"):
        (project.root / name).symlink_to(REPO / name)
    (project.root / "macros").mkdir()
    for pattern in ("publish*.sql", "materializations.sql", "as_of.sql", "ref.sql", "generate_schema_name.sql"):
        for macro in (REPO / "macros").glob(pattern):
            (project.root / "macros" / macro.name).symlink_to(macro)
    load_small(project, reports=3)
    return project


def load_small(project: Project, reports: int) -> None:
    """Replace what the small project reads: so many reports of 40 cells."""
    with duckdb.connect(str(project.data / "raw.duckdb")) as con:
        con.execute(
            """
            create or replace table cells as
            select report_id, cell_no, cast(report_id * 1000 + cell_no as decimal(24, 6)) as value
            from range(cast(? as bigint)) as reports (report_id), range(40) as cells (cell_no)
            """,
            [reports],
        )
