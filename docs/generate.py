"""``make generate``: what is written from the seeds: docs/rules.md, a dbt test for each rule, docs/dictionary.md and
the lists of metrics dbt compiles with.

The seeds are the one place where a rule or a metric is said; a test of the repository fails where these files no longer
say the same.
"""

from __future__ import annotations

import csv
from pathlib import Path

from docs.dictionary import DICTIONARY_PAGE, METRIC_MACROS, dictionary_page, metric_macros
from ingest.paths import REPO

SEEDS = REPO / "seeds" / "rules"
RULES_PAGE = Path("docs/rules.md")
TESTS = Path("tests/dbt/rules")

_AXES = {
    "column": "each column",
    "row": "each line",
    "single": "each cell",
    "hierarchy": "each cell, and of members",
    "prose": "the prose",
}
_SEVERITIES = {"hard": "hard: proves an error", "soft": "soft: raises a doubt"}


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def generated() -> dict[Path, str]:
    """The content of every generated file by its path in the repository."""
    rules = [rule for rule in _rows("reconciliation_rules") if rule["status"] == "active"]
    tests = {TESTS / f"rule_{rule['rule_id'].lower().replace('-', '_')}.sql": _test(rule) for rule in rules}
    metrics = {DICTIONARY_PAGE: dictionary_page(), METRIC_MACROS: metric_macros()}
    return {RULES_PAGE: _page(rules), **tests, **metrics}


def _page(rules: list[dict[str, str]]) -> str:
    tables: dict[str, set[str]] = {}
    for term in _rows("reconciliation_rule_terms"):
        tables.setdefault(term["rule_id"], set()).add(f"表{'〇一二三四'[int(term['table_no'])]}")
    parts = [
        "# The rules 勾稽规则\n",
        "Written by `make generate` from `seeds/rules`; change the seeds, not this page. A report that breaks a rule",
        "is a finding (`quality.findings`), never a fault of the build. `dbt build --select tag:rules` runs the tests",
        "of all rules, `tag:t3` and the like those of a family.\n",
    ]
    for rule in rules:
        levels = rule["agency_levels"].replace("|", ", ")
        asked = _AXES[rule["axis"]]
        asked += f" of {'、'.join(sorted(tables[rule['rule_id']]))}" if rule["rule_id"] in tables else ""
        asked += f", form {rule['form_versions'].replace('|', ' and ')}"
        asked += f", agencies at level {levels}" if levels else ""
        parts += [
            f"## {rule['rule_id']} · {rule['name_zh']} · {rule['name_en']}\n",
            f"**{rule['equation']}**\n",
            "| | |",
            "|---|---|",
            f"| asked of | {asked} |",
            f"| severity | {_SEVERITIES[rule['severity']]} |",
            f"| level on the ESS validation ladder | {rule['ess_level']} |",
            f"| tolerance | {rule['tolerance']} |",
            f"| example of a finding | `{rule['example']}` |",
            f"| basis 依据 | {rule['legal_basis']} |",
            f"| what it says | {rule['message_zh']} |",
            f"| | {rule['message_en']} |",
            f"| what to do 处理 | {rule['fix_zh']} |",
            f"| | {rule['fix_en']} |\n",
        ]
    return "\n".join(parts).rstrip() + "\n"


def _test(rule: dict[str, str]) -> str:
    family = rule["rule_id"].partition("-")[0].lower()
    return f"""-- {rule["rule_id"]} {rule["name_zh"]} · {rule["name_en"]}: {rule["equation"]}
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{{{ config(severity='warn', tags=['rules', '{family}'], store_failures=true) }}}}

{{{{ open_findings_of('{rule["rule_id"]}') }}}}
"""


def main() -> None:
    """Write the files, and remove the tests of rules that are no longer active."""
    files = generated()
    for old in (REPO / TESTS).glob("*.sql"):
        if old.relative_to(REPO) not in files:
            old.unlink()
    for path, content in files.items():
        (REPO / path).parent.mkdir(parents=True, exist_ok=True)
        (REPO / path).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
