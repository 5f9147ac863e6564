"""The parts of loading on their own: what is offered, how raw.duckdb opens, what the command line says."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from ingest import limits, paths, raw
from ingest.__main__ import main
from ingest.explain import explained, source_path_of
from ingest.model import FormCell, FormRow, FormTable, Line, ReadDocument, Row
from ingest.offered import Offered, hashed, scan
from ingest.paths import REPO
from ingest.read import read_document
from ingest.rows import rows_of
from ingest.show import Reporter, plain

XIYUAN = REPO / "reports" / "2020" / "001_xiyuan.txt"
ANXI = REPO / "reports" / "2020" / "002_anxi.txt"


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name, encoding="utf-8")


def test_folders_are_taken_from_the_repository_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("GONGKAI_REPORTS", raising=False)
    monkeypatch.setenv("GONGKAI_DATA", "")
    assert paths.reports_dir() == REPO / "reports"
    assert paths.raw_db() == REPO / "data" / "raw.duckdb"
    monkeypatch.setenv("GONGKAI_REPORTS", "archive/2020")
    monkeypatch.setenv("GONGKAI_DATA", str(tmp_path))
    assert paths.reports_dir() == REPO / "archive" / "2020"
    assert paths.pointer() == tmp_path / "gongkai.duckdb"


def test_every_report_is_offered_by_its_path_and_nothing_else(tmp_path: Path):
    write(tmp_path, "b.txt", "a/z.txt", "a/年报.md", "a-1.txt")
    write(tmp_path, ".hidden.txt", ".git/config", "a/.DS_Store", "~$open.docx", "manifest.csv", "a/manifest.csv")
    assert [file.source_path for file in scan(tmp_path).files] == ["a-1.txt", "a/z.txt", "a/年报.md", "b.txt"]


def test_links_are_told_but_not_followed(tmp_path: Path):
    write(tmp_path / "elsewhere", "secret.txt")
    write(tmp_path / "reports", "a.txt")
    (tmp_path / "reports" / "link.txt").symlink_to(tmp_path / "elsewhere" / "secret.txt")
    (tmp_path / "reports" / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "reports" / "loop").symlink_to(tmp_path / "reports")
    found = scan(tmp_path / "reports")
    assert [file.source_path for file in found.files] == ["a.txt"]
    assert found.links == ("folder", "link.txt", "loop")


def test_a_pipe_is_not_offered_as_opening_it_would_block(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert scan(tmp_path).files == ()


def test_a_name_that_is_no_utf8_gets_a_readable_key_and_still_opens(tmp_path: Path):
    name = os.fsencode(tmp_path) + b"/\xc4\xea\xb1\xa8\xb1\xed.txt"  # 年报表 in GB18030
    Path(os.fsdecode(name)).write_bytes(b"text")
    (file,) = scan(tmp_path).files
    assert file.source_path == "年报表.txt".encode("gb18030").decode(errors="backslashreplace")
    assert file.source_path.startswith("\\xc4")
    assert hashed(file).size_bytes == 4


def test_a_file_that_vanished_says_so_instead_of_raising(tmp_path: Path):
    file = hashed(Offered(str(tmp_path / "gone.txt"), "gone.txt"))
    assert file.sha256 is None
    assert "No such file" in (file.fault or "")


def test_limits_name_what_breaks_them():
    assert limits.refuse_size(limits.MAX_FILE_BYTES) is None
    assert "67,108,865 bytes" in (limits.refuse_size(limits.MAX_FILE_BYTES + 1) or "")
    assert limits.refuse_lines(["零" * limits.MAX_LINE_CHARS] * 3) is None
    assert "line 2 has 200,001" in (limits.refuse_lines(["", "零" * (limits.MAX_LINE_CHARS + 1)]) or "")
    assert "50,001 lines" in (limits.refuse_lines([""] * (limits.MAX_LINES + 1)) or "")
    assert "4,000,100 characters" in (limits.refuse_lines(["零" * 100] * 40_001) or "")


def document(**changes: object) -> ReadDocument:
    """A document of one line with one recognised row: 规章, of which the third cell is not in the document."""
    cells = (FormCell("0", 1, "header"), FormCell("", 1, "header"), FormCell(None, 1, "refused: 2 cells for 3 columns"))
    sound = ReadDocument(
        source_path="a.txt",
        sha256="0" * 64,
        size_bytes=9,
        media_type="text",
        state="read",
        lines=(Line(1, None, "规章\t0\t"),),
        table_rows=(Row("tsv", 1, None, ("规章", "0", ""), 1, 1),),
        form_tables=(FormTable(2, "2019", "head made", None, 1, 1),),
        form_rows=(FormRow("2019", 2, "government_rules", "规章", "label", None, 1, cells),),
    )
    return replace(sound, **changes)


def test_blank_absent_and_beyond_stay_three_things_in_raw_rows():
    row = raw.content([rows_of(document())], [3], ["version"])["form_rows"].to_pylist()[0]
    assert [row[f"text_{k}"] for k in range(1, 8)] == ["0", "", None, None, None, None, None]
    assert [row[f"line_no_{k}"] for k in range(1, 8)] == [1, 1, 1, None, None, None, None]
    assert row["placed_by_3"] == "refused: 2 cells for 3 columns"
    assert row["placed_by_4"] is None


@pytest.mark.parametrize("chance", range(3))
def test_what_is_kept_as_integers_is_spelt_out_as_it_was_printed(tmp_path: Path, chance: int):
    draw = random.Random(chance)
    texts = ["0", "7", "-156", "99999999", "", None, "007", "-0", "+5", "１２", "1,234", "231项", "100000000", " 3"]
    manners = ["header"] * 8 + ["count", "refused: two cells"]
    rows = []
    for number in range(400):
        plain = draw.random() < 0.7
        width, step, manner = draw.randint(1, 7), draw.choice([0, 0, 1, 2]), draw.choice(manners)
        cells = tuple(
            FormCell(
                draw.choice(texts[:5] if plain else texts),
                9 + k * step if plain or draw.random() < 0.9 else draw.choice([None, 3]),
                manner if plain else draw.choice(manners),
            )
            for k in range(width)
        )
        rows.append(FormRow("2019", 2, f"line_{number}", "行", "label", None, 9, cells))
    table = raw.content([rows_of(document(form_rows=tuple(rows)))], [1], ["version"])["form_rows"]
    with raw.connect(tmp_path / "raw.duckdb") as con:
        raw.append(con, "form_rows", table)
        stored = con.execute("from form_rows").to_arrow_table()
        (counted,) = con.execute("select count(*) from form_count_rows").fetchone()
    assert stored.sort_by("line_code") == table.sort_by("line_code")
    assert 150 < counted < 350  # neither all nor none: whole lines of plain counts, and only those


def test_a_line_that_asks_for_an_amount_is_no_line_of_counts(tmp_path: Path):
    cells = (FormCell("5", 1, "header"), FormCell("700", 1, "header"))
    rows = tuple(FormRow("2019", 2, line, line, "label", None, 1, cells) for line in ("procurement", "permits"))
    with raw.connect(tmp_path / "raw.duckdb") as con:
        raw.append(con, "form_rows", raw.content([rows_of(document(form_rows=rows))], [1], ["version"])["form_rows"])
        assert con.execute("select line_code from form_count_rows").fetchall() == [("permits",)]
        assert con.execute("select line_code from form_text_rows").fetchall() == [("procurement",)]


def test_a_document_row_carries_its_keys_counts_and_revision():
    (row,) = raw.content([rows_of(document())], [3], ["version"])["documents"].to_pylist()
    assert row["document_id"] == document().document_id
    assert (row["revision_no"], row["reader_version"]) == (3, "version")
    assert (row["line_count"], row["table_count"]) == (1, 1)


def test_an_empty_batch_has_the_columns_of_raw():
    tables = raw.content([], [], [])
    assert {name: table.num_rows for name, table in tables.items()} == dict.fromkeys(raw.CONTENT_TABLES, 0)
    assert tables["documents"].schema.names[0] == "document_id"


def test_raw_opens_again_with_its_tables(tmp_path: Path):
    database = tmp_path / "data" / "raw.duckdb"
    raw.connect(database).close()
    with raw.connect(database) as con:
        assert con.execute("select count(*) from duckdb_tables()").fetchone() == (9,)
    with raw.connect(database, read_only=True) as con:
        assert con.execute("from offered_files").fetchall() == []


def test_a_file_that_is_no_database_is_named_with_the_cure(tmp_path: Path):
    database = tmp_path / "raw.duckdb"
    database.write_bytes(b"no database" * 1000)
    with pytest.raises(raw.RawError, match=r"cannot be read as a DuckDB database .* Move it away \(mv .* load again"):
        raw.connect(database)
    assert database.read_bytes() == b"no database" * 1000


def test_a_database_of_another_version_is_named_with_the_cure(tmp_path: Path):
    database = tmp_path / "raw.duckdb"
    with duckdb.connect(database) as con:
        con.execute("create table documents (document_id bigint, name varchar)")
    with pytest.raises(raw.RawError, match=r"another version of this project .* Move it away"):
        raw.connect(database)


def test_a_database_held_by_another_process_is_named_with_its_holder(tmp_path: Path):
    database = tmp_path / "raw.duckdb"
    hold = f"import duckdb; con = duckdb.connect({str(database)!r}); print('held', flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(raw.RawError, match=rf"held by another process: .*PID {other.pid}.* then run this again"):
            raw.connect(database)
        other.communicate("\n")


@pytest.mark.parametrize(
    "arguments",
    [[], ["unload"], ["load", "--batch-size", "0"], ["load", "--batch-size", "many"], ["explain"], ["load", "--what"]],
)
def test_a_wrong_command_line_exits_with_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 3
    assert "usage: python -m ingest" in capsys.readouterr().err


def test_text_from_a_report_cannot_steer_the_terminal():
    assert plain("漳平\x1b[31m市\r\n\t6834.335 元 [bold]") == "漳平·[31m市···6834.335 元 [bold]"
    assert plain(None) == ""


def shown(found: ReadDocument) -> str:
    out = Console(width=250, record=True, quiet=False, file=open(os.devnull, "w"), markup=False)  # noqa: PTH123, SIM115
    for part in explained(found):
        out.print(part)
    return out.export_text()


def test_explain_shows_identity_rows_values_and_gaps():
    text = shown(read_document(XIYUAN, "2020/001_xiyuan.txt"))
    assert "2020/001_xiyuan.txt · read" in text
    assert "漳平市西园镇人民政府" in text
    assert "2:permits" in text  # the row of 行政许可 with the line it was recognised as
    assert "19 | 0 | 0" in text
    assert "3 of 8" in text
    for line in ("procurement", "new", "carried_in", "granted", "partial", "denied_state_secret"):
        assert line in text.partition("Missing")[2]
    assert "4:reconsideration" in text
    assert "表四 disputes" not in text.partition("Missing")[2]


def test_explain_tells_a_blank_from_a_cell_that_is_not_there():
    text = shown(document(reason_code="no_year", reason="no year is printed", state="quarantined"))
    assert "quarantined · no_year: no year is printed" in text
    assert "0 | ␣ | ×" in text
    assert "header; refused: 2 cells for 3 columns" in text
    assert "(the whole table)" in text.partition("Missing")[2]


def test_explain_finds_the_row_of_every_cell_printed_on_a_line_of_its_own():
    found = read_document(ANXI, "002_anxi.txt")
    assert found.layout == "cell_per_line" or "cell_per_line" in (found.layout or "")
    rows = [line for line in shown(found).splitlines() if "2:permits" in line]
    assert len(rows) >= 4  # the label and its three figures


def test_explain_keys_a_file_as_the_load_does(tmp_path: Path):
    assert source_path_of(tmp_path / "reports" / "a" / "b.txt", tmp_path / "reports") == "a/b.txt"
    assert source_path_of(tmp_path / "b.txt", tmp_path / "reports") == "b.txt"


def test_explain_of_a_file_that_cannot_be_opened_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["explain", str(tmp_path / "none.txt")]) == 3
    assert "cannot be opened (No such file or directory)" in capsys.readouterr().err


def test_a_log_gets_lines_of_progress_and_a_terminal_a_bar(capsys: pytest.CaptureFixture[str]):
    with Reporter(Console(force_terminal=False, width=200)) as progress:
        for done in (1, 2, 3):
            progress("read", done, 3)
    assert capsys.readouterr().out.startswith("read: 3 of 3 files")
    with Reporter(Console(force_terminal=True, width=100)) as progress:
        progress("read", 3, 3)
    assert "3/3" in capsys.readouterr().out


def test_ctrl_c_while_duckdb_works_is_an_interruption_and_no_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """DuckDB turns it into an error of its own."""

    def interrupted(*_: object, **__: object) -> None:
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr("ingest.__main__.load", interrupted)
    assert main(["load", "--reports", str(tmp_path), "--data", str(tmp_path)]) == 130
    assert "the next load goes on from there" in capsys.readouterr().err
