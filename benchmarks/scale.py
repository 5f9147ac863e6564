"""``python -m benchmarks.scale``: a raw.duckdb with as many reports as asked for, to try the warehouse at scale.

Some hundred reports as the forms prescribe them, one in twenty with misprints, are made and loaded as any others; the
rest are copies of their rows under agencies of their own. The lines of the text and the figures told in it, which only
pages and the rules on the prose ask for, are left out unless wanted.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.generate import Style, generate_report
from ingest import raw
from ingest.load import load

DRAWN = 200  # reports that differ
MISPRINTED = 20  # one report in so many
_COPIED = ("documents", "form_tables", "form_count_rows", "form_text_rows", "offered_files")
_OF_THE_TEXT = ("text_lines", "narrative_figures")
# What makes a copy a document of its own: its key, path and content, and another agency.
_OWN = {
    "document_id": "drawn.document_id // 1048576 * 1048576 + copies.copy_no",
    "source_path": "concat(copies.copy_no, '/', drawn.source_path)",
    "sha256": "concat(drawn.sha256, copies.copy_no)",
    "agency_name": "concat('第', copies.copy_no, '区', drawn.agency_name)",
}


def write_raw(data: Path, count: int, seed: str = "scale", *, with_text: bool = False) -> None:
    """Write ``data``/raw.duckdb with about ``count`` reports, a multiple of ``DRAWN``."""
    with tempfile.TemporaryDirectory(prefix="gongkai-scale-") as name:
        folder = Path(name)
        (folder / "reports").mkdir()
        for index in range(DRAWN):
            style = Style((("2019", "2019"), ("2021", "2021"))[index % 2], has_misprint=index % MISPRINTED == 0)
            (folder / "reports" / f"{index}.txt").write_bytes(generate_report(seed, index, style).data)
        load(folder / "reports", folder / "raw.duckdb")
        with raw.connect(data / "raw.duckdb") as con:
            con.execute(f"attach '{folder / 'raw.duckdb'}' as drawn_raw (read_only)")
            con.execute(f"create temp table copies as select range as copy_no from range({max(1, count // DRAWN)})")
            for table in (*_COPIED, *(_OF_THE_TEXT if with_text else ())):
                columns = con.execute(f"select * from {table} limit 0").to_arrow_table().column_names
                values = ", ".join(_OWN.get(column, f"drawn.{column}") for column in columns)
                con.execute(
                    f"insert into {table} ({', '.join(columns)}) "
                    f"select {values} from drawn_raw.{table} as drawn, copies order by copies.copy_no"
                )
            con.execute("insert into load_audit select * from drawn_raw.load_audit")


def main() -> int:
    """Write the file asked for. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--count", type=int, default=10_000, help="how many reports (default 10000)")
    parser.add_argument("--with-text", action="store_true", help="with the lines of the text and what the prose counts")
    parser.add_argument("--data", type=Path, required=True, help="folder for raw.duckdb; must not hold one")
    arguments = parser.parse_args()
    path = arguments.data / "raw.duckdb"
    if path.exists():
        parser.error(f"{path} is there already: name another folder")
    arguments.data.mkdir(parents=True, exist_ok=True)
    write_raw(arguments.data, arguments.count, with_text=arguments.with_text)
    print(f"{path}: GONGKAI_DATA={arguments.data} dbt build builds on it")
    return 0


if __name__ == "__main__":
    sys.exit(main())
