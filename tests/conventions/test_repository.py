"""The house rules that a glance at the tree can check."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from docs.generate import TESTS, generated
from ingest.paths import REPO

TRACKED = [
    REPO / name
    for name in subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=REPO, capture_output=True, check=True, text=True,
    ).stdout.split("\0")
    if name and (REPO / name).is_file()
]  # fmt: skip
PUBLISHED = ("marts", "quality", "reference", "meta")


def tracked(pattern: str) -> list[Path]:
    return [path for path in TRACKED if path.match(pattern)]


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shown(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(REPO)) for path in paths]


def test_models_and_modules_stay_short():
    models = [p for p in tracked("*.sql") if p.is_relative_to(REPO / "models")]
    long_models = [p for p in models if len(text(p).splitlines()) > 120]
    long_modules = [p for p in tracked("*.py") if len(text(p).splitlines()) > 500]
    assert shown(long_models + long_modules) == []


def test_every_model_opens_with_what_it_is_and_its_grain():
    models = [p for p in tracked("*.sql") if p.is_relative_to(REPO / "models")]
    assert models
    assert shown([p for p in models if not re.match(r"(--[^\n]*\n)+", text(p)) or "-- grain:" not in text(p)]) == []


def test_every_module_says_what_it_is_for():
    modules = [p for p in tracked("*.py") if text(p).strip()]
    assert shown([p for p in modules if not ast.get_docstring(ast.parse(text(p)))]) == []


def test_no_path_of_a_machine_and_no_package_host_is_written_down():
    home = re.compile(r"/(?:home|Users|root)/\w+/|\bindex-url\b|https?://[^\s]*/simple\b")
    skipped = {REPO / "tests" / "conventions" / "test_repository.py"}
    files = [
        p for p in TRACKED if p.suffix in {".py", ".sql", ".yml", ".toml", ".md", ".lock", ""} and p not in skipped
    ]
    assert shown([p for p in files if home.search(text(p))]) == []


def test_no_test_is_skipped():
    hidden = re.compile(r"mark\.(?:skip|xfail)|pytest\.skip\(|importorskip|enabled: *false")
    files = [p for p in [*tracked("test_*.py"), *tracked("*.yml")] if p.name != "test_repository.py"]
    assert shown([p for p in files if hidden.search(text(p))]) == []


def test_dbt_reads_only_its_own_test_folder():
    stray = [
        p for p in tracked("*.sql") if p.is_relative_to(REPO / "tests") and not p.is_relative_to(REPO / "tests/dbt")
    ]
    assert shown([p for p in stray if "fixtures" not in p.parts]) == []
    assert yaml.safe_load(text(REPO / "dbt_project.yml"))["test-paths"] == ["tests/dbt"]


def test_every_tool_is_pinned_once_and_locked_with_hashes():
    project = tomllib.loads(text(REPO / "pyproject.toml"))["project"]
    pins = project["dependencies"] + [pin for extra in project["optional-dependencies"].values() for pin in extra]
    lock = text(REPO / "requirements.lock")
    names = [pin.split("==")[0].split("[")[0] for pin in pins]
    assert len(names) == len(set(names))
    for pin in pins:
        assert re.search(rf"^{re.escape(pin)}(?: ;[^\n]*)? \\\n    --hash=", lock, re.MULTILINE), pin


def test_the_commands_of_the_readme_exist():
    targets = set(re.findall(r"^([a-z-]+):", text(REPO / "Makefile"), re.MULTILINE))
    for document in ("README.md", "CONTRIBUTING.md"):
        named = set(re.findall(r"\bmake ([a-z-]+)", text(REPO / document)))
        assert named <= targets, document


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_the_files_the_documents_name_exist(document: str):
    links = re.findall(r"\]\(([^)#:]+)\)", text(REPO / document))
    assert [link for link in links if not (REPO / link).exists()] == []


def test_every_published_column_is_described_in_chinese_and_english():
    chinese, english = re.compile(r"[一-鿿]"), re.compile(r"[A-Za-z]{2}")
    poor = []
    for path in tracked("*.yml"):
        if not path.is_relative_to(REPO / "models" / "marts"):
            continue
        for model in yaml.safe_load(text(path)).get("models", []):
            described = {model["name"]: model.get("description", "")}
            described |= {f"{model['name']}.{c['name']}": c.get("description", "") for c in model["columns"]}
            poor += [name for name, words in described.items() if not (chinese.search(words) and english.search(words))]
    assert poor == []


def test_every_seed_and_model_has_its_entry_in_a_yaml_file():
    described: set[str] = set()
    for path in tracked("*.yml"):
        if path.is_relative_to(REPO / "models") or path.is_relative_to(REPO / "seeds"):
            content = yaml.safe_load(text(path)) or {}
            described |= {entry["name"] for kind in ("models", "seeds") for entry in content.get(kind, [])}
    files = [p for p in TRACKED if p.is_relative_to(REPO / "models") and p.suffix == ".sql"]
    files += [p for p in TRACKED if p.is_relative_to(REPO / "seeds") and p.suffix == ".csv"]
    assert shown([p for p in files if p.stem not in described]) == []


def test_the_dashboard_asks_published_schemas_only():
    reads = re.compile(r"\b(?:from|join)\s+([a-z_]+)\.", re.IGNORECASE)
    queries = [p for p in tracked("*.sql") if p.is_relative_to(REPO / "dashboard" / "queries")]
    assert queries
    assert {schema for p in queries for schema in reads.findall(text(p))} <= set(PUBLISHED)


def test_the_dashboard_holds_its_sql_in_query_files():
    sql = re.compile(r"\bselect\b.+\bfrom\b", re.IGNORECASE | re.DOTALL)
    pages = [p for p in tracked("*.py") if p.is_relative_to(REPO / "dashboard" / "views")]
    assert pages
    strings = {
        p: [n.value for n in ast.walk(ast.parse(text(p))) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        for p in pages
    }
    assert shown([p for p, values in strings.items() if any(sql.search(v) for v in values)]) == []


def test_what_is_generated_from_the_seeds_says_what_they_say():
    files = generated()
    stale = [
        str(path) for path, content in files.items() if not (REPO / path).is_file() or text(REPO / path) != content
    ]
    stale += [str(p.relative_to(REPO)) for p in (REPO / TESTS).glob("*.sql") if p.relative_to(REPO) not in files]
    assert stale == [], "run `make generate`"


def test_the_exposure_of_the_dashboard_names_the_tables_its_queries_read():
    asked = {name for path in tracked("*.sql") if path.is_relative_to(REPO / "dashboard")
             for name in re.findall(r"\b(?:marts|quality|reference)\.(\w+)", text(path))}  # fmt: skip
    (exposure,) = yaml.safe_load(text(REPO / "models" / "exposures.yml"))["exposures"]
    named = {re.fullmatch(r"ref\('(\w+)'\)", one).group(1) for one in exposure["depends_on"]}
    published_as = {"printed_form_cells": "form_cells"}
    assert {published_as.get(name, name) for name in named} == asked
