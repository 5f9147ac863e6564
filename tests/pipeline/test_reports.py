"""The five reports in the repository come out of the warehouse as they were checked by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.five_reports import FiveReports, Published
from tests.support.warehouse import open_warehouse


@pytest.fixture(scope="module")
def published(built_reports: Path) -> Iterator[Published]:
    with open_warehouse(built_reports) as con:
        yield Published(con, "report")


class TestTranscripts(FiveReports):
    """The promises, on the transcripts in ``reports/``."""
