"""From the recognised lines in raw to findings and proven repairs: every model on that way, over many reports.

What the models before them do (which file is a report, whose it is) and what comes after (marts, tests, the copy for
readers) is left out; so is dbt itself. One report in twenty has misprints. What is promised is a million reports within
ten seconds on two cores, so the rate stands against 100,000 reports a second.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
import time
from collections.abc import Callable
from graphlib import TopologicalSorter
from pathlib import Path
from types import SimpleNamespace

import duckdb

from benchmarks.bench import Measured
from benchmarks.dbt import build_models
from benchmarks.scale import write_raw
from ingest.paths import REPO

REPORTS = 40_000
PROMISED = 100_000  # reports a second
ROUNDS = 3
ENDS = ("int_reconciliation__findings", "int_reconciliation__repairs")
FOLDERS = ("models/staging", "models/intermediate/cells", "models/intermediate/reconciliation")


def _models(target: Path) -> list[dict]:
    """The nodes of dbt's manifest that lead to ``ENDS`` and are tables, in the order they are built in."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    names = {node["name"]: key for key, node in manifest.items() if node["resource_type"] == "model"}
    above: dict[str, list[str]] = {}
    waiting = [names[name] for name in ENDS]
    while waiting:
        key = waiting.pop()
        if key not in above:
            above[key] = [one for one in manifest[key]["depends_on"].get("nodes", []) if one in manifest]
            waiting += above[key]
    nodes = [manifest[key] for key in TopologicalSorter(above).static_order()]
    return [
        node
        for node in nodes
        if node["config"]["materialized"] == "table" and node["original_file_path"].startswith(FOLDERS)
    ]


def _step(con: duckdb.DuckDBPyConnection, node: dict, target: Path) -> Callable[[], object]:
    """What builds one model once more, as a table of the connection's own."""
    table, path = f"create or replace temp table {node['name']} as", node["original_file_path"]
    if node["language"] == "sql":
        sql = (target / "compiled" / node["package_name"] / path).read_text(encoding="utf-8")
        return lambda: con.execute(f"{table} {sql}")
    spec = importlib.util.spec_from_file_location(node["name"], REPO / path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    dbt = SimpleNamespace(ref=lambda name: con.table(f"intermediate.{name}"), config=lambda **_: None)

    def made() -> object:
        found = module.model(dbt, con)  # noqa: F841  # DuckDB finds it by its name
        return con.execute(f"{table} from found")

    return made


def engine() -> Measured:
    """The models of the cells and of the rule engine one after the other."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        data = Path(folder)
        write_raw(data, REPORTS)
        build = build_models(data, *(f"+{name}" for name in ENDS))
        with duckdb.connect(build, read_only=True, config={"threads": 2}) as con:
            con.execute(f"attach '{data / 'raw.duckdb'}' as raw (read_only)")
            steps = [_step(con, node, data / "target") for node in _models(data / "target")]
            rates = []
            for _ in range(ROUNDS):
                started = time.perf_counter()
                for step in steps:
                    step()
                rates.append(REPORTS / (time.perf_counter() - started))
    rate = sorted(rates)[ROUNDS // 2]
    return Measured(
        "raw to findings and repairs", "reports", rate, PROMISED, "promised", rate / PROMISED, 1, 2, "1M in 10 s"
    )


ROWS = (engine,)
