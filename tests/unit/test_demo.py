"""``python -m benchmarks.demo``: all it makes lies in its own folder, and no folder of anyone else is emptied."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from benchmarks import demo


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, object]]:
    """What the demo loads and builds, which is not done here."""
    done: list[tuple[str, object]] = []

    def load(reports: Path, database: Path, **_: object) -> None:
        done.append(
            ("load", {path.relative_to(reports).as_posix(): path.read_bytes() for path in reports.rglob("*.*")})
        )
        assert database.parent == reports.parent

    def run(command: list[str], *, env: dict[str, str], **_: object) -> subprocess.CompletedProcess:
        done.append(("dbt", (env["GONGKAI_DATA"], command)))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(demo, "load", load)
    monkeypatch.setattr(demo.subprocess, "run", run)
    return done


def test_a_demo_is_loaded_twice_beside_the_five_and_built_in_its_own_folder(tmp_path: Path, steps: list):
    for _ in range(2):  # a demo that is there is made anew
        assert demo.build(tmp_path / "demo", small=True) == 0
    (_, first), (_, then), (_, (data, command)) = steps[:3]
    assert {"2020/000_zhangping.txt", "2020/004_jinjiang.txt"} < first.keys()
    assert first.keys() == then.keys()
    changed = [path for path, content in first.items() if then[path] != content]
    assert len(changed) == 1, "the corrected report"
    assert changed[0].startswith("示例数据/")
    assert (data, command[1]) == (str(tmp_path / "demo"), "build")
    assert command[command.index("--target-path") + 1].startswith(data)
    assert (tmp_path / "demo" / "truth.jsonl").exists()


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, steps: list):
    kept = tmp_path / "gongkai.duckdb"
    kept.touch()
    with pytest.raises(SystemExit, match="no demo"):
        demo.build(tmp_path, small=True)
    assert (list(tmp_path.iterdir()), steps) == ([kept], [])
