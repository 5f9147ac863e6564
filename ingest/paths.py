"""Where the project reads and writes: the one place that knows the two environment variables.

``GONGKAI_REPORTS`` is the folder of reports, ``GONGKAI_DATA`` the folder of everything the project writes. Relative
values are taken from the repository's root, so ingest, dbt, dashboard and tests mean the same folder wherever they run.
"""

from __future__ import annotations

import os
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]


def _folder(variable: str, default: str) -> Path:
    return REPO / Path(os.environ.get(variable) or default).expanduser()


def reports_dir() -> Path:
    """The folder of reports as published."""
    return _folder("GONGKAI_REPORTS", "reports")


def data_dir() -> Path:
    """The folder of everything the project writes."""
    return _folder("GONGKAI_DATA", "data")


def raw_db() -> Path:
    """What was read from the reports; written by ``python -m ingest load`` only."""
    return data_dir() / "raw.duckdb"


def build_db() -> Path:
    """Where dbt builds; not for readers."""
    return data_dir() / "build.duckdb"


def published_dir() -> Path:
    """The published builds, one file each."""
    return data_dir() / "published"


def pointer() -> Path:
    """The one name under which readers open the current build."""
    return data_dir() / "gongkai.duckdb"


def shown(path: Path) -> str:
    """A path as a message names it: from the working directory where it lies below it, else in full."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
