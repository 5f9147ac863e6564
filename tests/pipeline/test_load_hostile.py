"""Files made to do harm among good ones: each is refused with its reason or read right, in time, and stops nothing."""

from __future__ import annotations

import contextlib
import io
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest import load as loading
from ingest.__main__ import main
from ingest.limits import Bounds
from ingest.pool import Answer, Pool
from ingest.read import read_documents
from ingest.worker import read_rows
from tests.support.hostile_files import READ, Hostile, hostile_files
from tests.support.loading import SEEDS, copied, rows

FILES = list(hostile_files())


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load of hostile files among good ones left and said, and what each document cost its process."""

    database: Path
    code: int
    said: str
    costs: dict[str, Answer]


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    folder = tmp_path_factory.mktemp("hostile")
    reports = copied(folder / "reports")
    for file in FILES:
        file.write(reports)
    (reports / "linked.txt").symlink_to("/etc/hostname")
    (reports / "linked").symlink_to("/etc")
    os.mkfifo(reports / "pipe.txt")
    costs: dict[str, Answer] = {}

    class Measured(Pool):
        def map(self, function: object, arguments: Sequence[tuple]) -> Iterator[Answer]:
            for given, answer in zip(arguments, super().map(function, arguments), strict=True):
                if function is read_rows:
                    costs[given[0].source_path] = answer
                yield answer

    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        patched.setattr(loading, "Pool", Measured)
        code = main(["load", "--reports", str(reports), "--data", str(folder / "data"), "--jobs", "2"])
    return Loaded(folder / "data" / "raw.duckdb", code, said.getvalue(), costs)


def test_every_hostile_file_is_refused_with_its_reason_or_read(loaded: Loaded):
    assert len(FILES) >= 60
    became = rows(loaded.database, "select source_path, coalesce(reason_code, state) from documents")

    def codes(file: Hostile) -> set[str]:
        """Those of the documents it became, which are below it where it is an archive."""
        name = os.fsencode(file.name).decode(errors="backslashreplace").replace("#", "\\x23")
        return {code for path, code in became if path == name or path.startswith(f"{name}/")}

    assert {file.name: codes(file) for file in FILES if not (codes(file) and codes(file) <= set(file.codes))} == {}


def test_the_load_says_so_in_plain_words(loaded: Loaded):
    assert loaded.code == 0
    assert "Traceback" not in loaded.said
    assert "failed 0" in loaded.said
    assert "\x1b" not in loaded.said
    reasons = rows(loaded.database, "select reason from documents where state <> 'read'")
    assert all(reason for (reason,) in reasons)


def test_links_and_pipes_are_not_read(loaded: Loaded):
    paths = {path for (path,) in rows(loaded.database, "select source_path from offered_files")}
    assert not [path for path in paths if path.startswith(("linked", "pipe.txt"))]


def test_each_document_is_done_within_five_seconds_and_a_gibibyte(loaded: Loaded):
    """What crosses a bound is ended at it; a file that says its reason did so before."""
    bounds = Bounds()
    assert (bounds.seconds, bounds.memory_bytes) == (5.0, 2**30)
    answered = [answer for answer in loaded.costs.values() if not answer.refusal]
    assert len(answered) >= 0.97 * len(loaded.costs)
    assert max(answer.seconds for answer in answered) < bounds.seconds
    assert max(answer.peak_bytes for answer in answered) < bounds.memory_bytes


FIGURES = f"""
    select source_path, table_no, line_code,
        [{", ".join(f"if(placed_by_{k} like 'refused%', null, text_{k})" for k in range(1, 8))}]
    from form_rows inner join documents using (document_id)
"""
Figures = dict[tuple, str | None]


def figures(loaded: Loaded) -> dict[str, Figures]:
    """The cells of every document by table, line and column; those that were refused hold none."""
    found: dict[str, Figures] = {}
    for path, table_no, line_code, cells in rows(loaded.database, FIGURES):
        found.setdefault(path, {}).update({(table_no, line_code, k): seen(cell) for k, cell in enumerate(cells)})
    return found


def seen(text: str | None) -> str | None:
    """What a person sees of a text: marks of direction and of no width are kept in raw, and have no shape."""
    return text and "".join(char for char in text if unicodedata.category(char) != "Cf")


def test_good_neighbours_have_their_figures(loaded: Loaded):
    found = figures(loaded)
    for path in SEEDS:
        (document,) = read_documents(path, f"2020/{path.name}")
        told = {
            (row.table_no, row.line_code, k): cell.text
            for row in document.form_rows
            for k, cell in enumerate(row.cells)
            if not cell.placed_by.startswith("refused")
        }
        assert {key: cell for key, cell in found[f"2020/{path.name}"].items() if cell is not None} == told


def test_a_report_that_is_read_among_the_harm_has_its_figures(loaded: Loaded):
    """A figure may be refused where the harm stands beside it; none may be another one."""
    found = figures(loaded)
    right = found["2020/003_shishi_office.txt"]
    whole = {file.name: len(file.codes) == 1 for file in FILES if file.codes[0] == READ and file.name in found}
    assert len(whole) > 30
    for path, is_intact in whole.items():
        cells = found[path]
        assert (path, {key: cell for key, cell in cells.items() if cell not in (None, right.get(key))}) == (path, {})
        refused = [key for key, cell in right.items() if cell is not None and cells.get(key) is None]
        assert not (is_intact and refused), path
