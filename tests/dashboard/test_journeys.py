"""The ways of ``benchmarks.dashboard.journeys``, on the five reports."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest
from playwright.sync_api import Browser

from benchmarks.dashboard.journeys import JOURNEYS, Walk
from tests.dashboard.conftest import Visit


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_readers_arrive(
    journey: Callable[[Walk], None], browser: Browser, visit: Visit, sql: duckdb.DuckDBPyConnection
) -> None:
    journey(Walk(browser, visit, sql))
    visit.assert_clean()
