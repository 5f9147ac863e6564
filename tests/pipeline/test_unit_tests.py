"""The unit tests of the models bring their own rows: they judge the code once, here, and no build of a user's."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from ingest.paths import REPO
from tests.support.warehouse import run_parsed


def test_every_unit_test_of_the_models_passes(built_reports: Path, parsed: Path, tmp_path: Path) -> None:
    for name in ("raw.duckdb", "build.duckdb"):  # dbt asks the relations of a build what columns they have
        shutil.copy(built_reports.with_name(name), tmp_path / name)
    run = run_parsed(parsed, tmp_path, "test", "--select", "test_type:unit")
    described = [yaml.load(path.read_bytes(), yaml.CSafeLoader) for path in REPO.glob("models/**/*.yml")]
    written = {test["name"] for of_folder in described for test in of_folder.get("unit_tests", [])}
    passed = {node.rpartition(".")[2] for node, status in run.statuses.items() if status == "pass"}
    assert passed == written
    assert len(written) > 0
