"""How commands read the published build: through the pointer, read-only, with the cure named where there is none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ingest.paths import shown

SAMPLE = "示例数据"  # marks what is told of agencies that do not exist


class BuildError(Exception):
    """The published build cannot be read; the message names the cure."""


@contextmanager
def published_build(pointer: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the build behind the pointer, which may be flipped meanwhile: this one stays. Raises BuildError,
    also where a query inside fails: the tables of a build are promises, so then it is an older one or damaged."""
    if not pointer.exists():
        raise BuildError(f"no build is published at {shown(pointer)}: run `make build`, or `dbt build` after a load")
    try:
        with duckdb.connect(pointer.resolve(), read_only=True) as con:
            yield con
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        raise BuildError(f"the published build {shown(pointer)} cannot be read ({reason}): build it again") from error
