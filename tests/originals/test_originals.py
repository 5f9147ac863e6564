"""The same promises on the original documents, which are not in the repository: ``make test-originals``.

``GONGKAI_SHARED`` names the folder with ``seeds/*.txt``, by default ``../shared`` beside the repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.forms.labels import forms
from ingest.paths import REPO
from ingest.read import read_document
from tests.support.five_reports import SLUGS, FiveReports, Published, expected
from tests.support.warehouse import build_warehouse, open_warehouse


def originals() -> Path:
    """The folder of the original documents. Fails where it is absent: these tests are never skipped."""
    folder = REPO / Path(os.environ.get("GONGKAI_SHARED") or "../shared").expanduser() / "seeds"
    if not folder.is_dir():
        pytest.fail(f"{folder} is not there; set GONGKAI_SHARED to the folder that holds seeds/", pytrace=False)
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with open_warehouse(build_warehouse(originals(), tmp_path_factory.mktemp("originals"))) as con:
        yield Published(con, "original")


class TestOriginals(FiveReports):
    """The promises, on the documents as they were found."""


def cells_of(folder: Path, source_path: str) -> dict[tuple[int, str, str], tuple[str | None, str]]:
    """Text and placement of every cell read from a document."""
    read = read_document(folder / source_path, source_path)
    return {
        (row.table_no, row.line_code, column): (cell.text, cell.placed_by)
        for row in read.form_rows
        for column, cell in zip(forms().columns(row.form_version, row.table_no, row.line_code), row.cells, strict=True)
    }


@pytest.mark.parametrize("slug", SLUGS)
def test_a_transcript_reads_as_its_original_does(slug: str):
    want = expected(slug)
    assert cells_of(REPO / "reports", want["report"]) == cells_of(originals(), want["original"])


@pytest.mark.parametrize("slug", SLUGS)
def test_a_transcript_keeps_every_line_of_the_tables(slug: str):
    """Tabs, trailing tabs, pipes and all: byte for byte, in the original's order."""
    want = expected(slug)
    original = (originals() / want["original"]).read_text(encoding="utf-8").splitlines()
    kept = iter((REPO / "reports" / want["report"]).read_text(encoding="utf-8").splitlines())
    tables = [line for line in original if "\t" in line or "|" in line]
    assert len(tables) > 20
    for line in tables:
        assert line in kept, line  # consumes the iterator up to the line: order counts
