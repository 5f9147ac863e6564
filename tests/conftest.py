"""One build of the reports in the repository, shared by all tests that look at what it publishes."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.paths import REPO
from tests.support.warehouse import build_warehouse


@pytest.fixture(scope="session")
def built_reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pointer to the published warehouse of ``reports/``."""
    return build_warehouse(REPO / "reports", tmp_path_factory.mktemp("reports"))
