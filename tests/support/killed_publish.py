"""Runs a publish script, as dbt ran it, in processes that are killed (SIGKILL) at given moments.

    python -m tests.support.killed_publish <build.duckdb> <script file> <build id> <moment>...

The script's build id is replaced by one of its own for every moment, later ones sorting after earlier ones. A
moment is a share of the script's statements (0.0-1.0: killed after that share of them) or a step of the last one:
`checked` (before the final name), `named` (before the flip), `linked` (the new link is made, not yet moved) or
`flipped` (right after the flip). Prints, a line each: moment, build id, exit code, the file the pointer shows then.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas  # noqa: F401  (DuckDB imports it for the first function call: once here, not once in every child)

from ingest import publish


def die(*_: Any, **__: Any) -> None:
    """End this process as a power cut would: no handler, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)


def arrange(moment: str) -> None:
    """Make the step of ingest.publish that follows the moment deadly."""
    if moment == "checked":
        publish._fsync = die
    elif moment == "named":
        publish.flip_pointer = die
    elif moment == "linked":
        publish.Path.replace = die
    elif moment == "flipped":
        publish.flip_pointer = _then_die(publish.flip_pointer)


def _then_die(step: Callable[..., None]) -> Callable[..., None]:
    def call(*arguments: Any) -> None:
        step(*arguments)
        die()

    return call


def publish_until(build_db: Path, script: str, moment: str) -> None:
    """Run the script until the moment."""
    con = duckdb.connect(str(build_db))
    for name, function in publish.FUNCTIONS.items():
        con.create_function(name, function, side_effects=True)
    raw = str(build_db.with_name("raw.duckdb")).replace("'", "''")
    con.execute(f"attach '{raw}' as raw (read_only)")
    statements = con.extract_statements(script)
    arrange(moment)
    share = float(moment) if moment[0].isdigit() else 2
    for count, statement in enumerate(statements, 1):
        con.execute(statement)
        if count >= share * len(statements):
            die()


def main(build_db: Path, script_file: Path, build_id: str, *moments: str) -> None:
    """Kill one process a moment. They are forked before DuckDB is opened: importing it seven times takes long."""
    script = script_file.read_text(encoding="utf-8")
    for number, moment in enumerate(moments):
        killed_id = f"{build_id}-{number:02d}"
        child = os.fork()
        if child == 0:
            publish_until(build_db, script.replace(build_id, killed_id), moment)
            os._exit(0)
        exit_code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(moment, killed_id, exit_code, build_db.with_name(publish.POINTER).resolve().name, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
