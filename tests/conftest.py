"""What all tests share, made once however many processes run them: the project as dbt parses it, and one build."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from ingest.paths import REPO
from tests.support.samples import Samples, build_samples
from tests.support.warehouse import Dbt, build_parsed, build_warehouse, parse_project

# The first of these makes the build that many others read, while the next needs none; the last makes that of generated
# reports. So of two processes neither waits for what the other makes.
FIRST = ("test_audit.py", "test_load.py", "test_publish.py", "test_build_generated.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: FIRST.index(item.path.name) if item.path.name in FIRST else len(FIRST))


@contextmanager
def _one_at_a_time(lock: Path) -> Iterator[None]:
    """The block is run by one process at a time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def shared_data(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The data folder of the build of ``reports/``, the same for all processes of a run."""
    run = tmp_path_factory.getbasetemp()
    folder = (run if worker_id == "master" else run.parent) / "built_reports"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def parsed(shared_data: Path) -> Path:
    """The project as dbt parsed it for the build of ``reports/``: parsing takes dbt as long as building the models."""
    done = shared_data / "parsed"
    with _one_at_a_time(shared_data / "parsed.lock"):
        if not done.exists():
            done.write_bytes(parse_project(shared_data).read_bytes())  # a build writes into its own again
    return done


@pytest.fixture(scope="session")
def dbt(parsed: Path) -> Dbt:
    """`dbt build` without a process and a parse of its own: ``dbt(data, *arguments)`` returns the build's file."""
    return partial(build_parsed, parsed)


@pytest.fixture(scope="session")
def built_reports(shared_data: Path, parsed: Path) -> Path:
    """The pointer to the published warehouse of ``reports/``."""
    pointer = shared_data / "gongkai.duckdb"
    with _one_at_a_time(shared_data / "built.lock"):
        if not pointer.exists():
            build_warehouse(REPO / "reports", shared_data)
    return pointer


@pytest.fixture(scope="session")
def samples(shared_data: Path, dbt: Dbt) -> Samples:
    """The warehouse of generated reports, the small prefecture among them, and all that is true of them."""
    folder = shared_data / "samples"
    folder.mkdir(exist_ok=True)
    done = folder / "built"
    with _one_at_a_time(folder / "built.lock"):
        if not done.exists():
            build_samples(dbt, folder)
            done.touch()
    return Samples(folder / "build.duckdb")
