"""The files of a deployment: what they name exists, and they agree with each other."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.paths import REPO

DEPLOY = REPO / "deploy"
PORT = "8501"


def read(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def test_what_the_units_start_is_there_once_it_is_installed() -> None:
    for unit in ("gongkai-dashboard.service", "gongkai-build.service"):
        folder = re.search(r"^WorkingDirectory=(.+)$", read(unit), re.MULTILINE)[1]
        commands = re.findall(r"^ExecStart=(.+)$", read(unit), re.MULTILINE)
        assert commands
        for command in commands:
            program, *words = command.split()
            assert (REPO / ".venv/bin" / Path(program).name).exists(), program
            assert program == f"{folder}/.venv/bin/{Path(program).name}"
            for word in words:
                assert not word.endswith(".py") or (REPO / word).exists(), word


def test_one_port_and_one_data_folder_are_meant_everywhere() -> None:
    assert f"--server.port {PORT}" in read("gongkai-dashboard.service")
    assert f"proxy_pass http://127.0.0.1:{PORT};" in read("nginx.conf")
    assert f"EXPOSE {PORT}" in read("Containerfile")
    folders = {
        re.search(r"GONGKAI_DATA=(\S+)", read(unit))[1]
        for unit in ("gongkai-dashboard.service", "gongkai-build.service")
    }
    assert len(folders) == 1
    (name,) = set(re.findall(r"server_name (.+);", read("nginx.conf")))
    assert name in re.search(r"STREAMLIT_SERVER_ALLOWED_HOSTS=(.+)", read("gongkai-dashboard.service"))[1]


def test_the_image_holds_all_that_the_dashboard_needs_and_runs_without_root() -> None:
    text = read("Containerfile")
    copied = re.findall(r"^COPY (\S+) ", text, re.MULTILINE)
    assert [name for name in copied if not (REPO / name).exists()] == []
    own = {path.parent.name for path in REPO.glob("*/__init__.py")}
    sources = [path for name in copied if (REPO / name).is_dir() for path in (REPO / name).rglob("*.py")]
    imported = {
        name
        for path in sources
        for name in re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert imported & own <= set(copied)
    assert re.search(r"^USER [1-9]\d*$", text, re.MULTILINE)
    assert "--require-hashes" in text


def test_the_page_on_deployment_names_what_exists() -> None:
    text = (REPO / "docs/deployment.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    assert links
    assert [link for link in links if not (REPO / "docs" / link).exists()] == []
    targets = set(re.findall(r"^([a-z-]+):", (REPO / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z-]+)", text)) <= targets
    assert {path.name for path in DEPLOY.iterdir()} <= set(re.findall(r"[\w.-]+", text)) | {"Containerfile"}
