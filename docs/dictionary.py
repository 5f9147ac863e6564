"""The dictionary: what the metrics of ``seeds/metrics`` mean, and every column of the published tables.

``docs/generate.py`` writes the page, and the lists dbt needs while it compiles (a macro cannot read a seed).
"""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from ingest.paths import REPO

DICTIONARY_PAGE = Path("docs/dictionary.md")
METRIC_MACROS = Path("macros/metric_definitions.sql")

_SCHEMAS = {"core": "marts", "regions": "marts", "quality": "quality", "reference": "reference"}  # by folder of models
_PUBLISHED_AS = {"printed_form_cells": "form_cells"}
_UNITS = {"count": "件 count", "share": "比率 share, 0-1", "percentage_point": "百分点 percentage points"}


def metrics() -> list[dict[str, str]]:
    """The rows of the metrics seed, in its order."""
    return _rows("metric_definitions")


def rates() -> dict[str, dict[str, list[str]]]:
    """Of every rate the headlines that its numerator and its denominator add up.

    Raises ValueError where one of them has no term: a rate of nothing is no rate.
    """
    found = {
        metric["metric_id"]: {"numerator": [], "denominator": []} for metric in metrics() if metric["kind"] == "rate"
    }
    for term in _rows("metric_headlines"):
        found[term["metric_id"]][term["part"]].append(term["headline_code"])
    if lacking := [f"{rate} {part}" for rate, parts in found.items() for part, codes in parts.items() if not codes]:
        raise ValueError(f"no term in seeds/metrics/metric_headlines.csv: {', '.join(lacking)}")
    return found


def metric_macros() -> str:
    """The macros that tell dbt which headlines, rates and benchmarks there are."""
    counts = [metric["metric_id"] for metric in metrics() if metric["kind"] == "count"]
    used = [code for parts in rates().values() for codes in parts.values() for code in codes]
    only_parts = [code for code in dict.fromkeys(used) if code not in counts]
    benchmarked = [metric["metric_id"] for metric in metrics() if metric["is_benchmarked"] == "true"]
    definitions = [
        f"        '{rate}': ({parts['numerator']}, {parts['denominator']})," for rate, parts in rates().items()
    ]
    return "\n".join(
        [
            "{# Written by `make generate` from seeds/metrics; change the seeds, not this file. #}",
            "",
            "{# The headline figures of marts.agency_year, in the order they are shown. #}",
            *_list_macro("headline_codes", counts),
            "",
            "{# Headlines that only rates are made of. #}",
            *_list_macro("rate_part_codes", only_parts),
            "",
            "{# Metrics that agencies are compared by. #}",
            *_list_macro("benchmarked_metrics", benchmarked),
            "",
            "{# The rates, and the headlines their numerator and denominator add up. #}",
            "{% macro rate_definitions() -%}",
            "    {{ return({",
            *definitions,
            "    }) }}",
            "{%- endmacro %}",
            "",
        ]
    )


def dictionary_page() -> str:
    """docs/dictionary.md."""
    parts = [
        "# The dictionary 数据字典\n",
        "Written by `make generate` from `seeds/metrics` and the descriptions of the published tables; change these,",
        "not this page. The published file says the same in `reference.metrics` and in the comments of its tables and",
        "columns.\n",
        "## Metrics 指标\n",
        "No official definition exists; these are ours. A rate without cases is null, neither 0 % nor 100 %, and so is",
        "one that lacks a figure. What a metric leaves out stands under exclusions.\n",
        "| metric | name | 分子 numerator | 分母 denominator | 不计 exclusions | unit | version | 说明 note |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for metric in metrics():
        told = [
            " · ".join(filter(None, (metric[f"{name}_zh"], metric[f"{name}_en"])))
            for name in ("name", "numerator", "denominator", "exclusions", "note")
        ]
        cells = [f"`{metric['metric_id']}`", *told[:4], _UNITS[metric["unit_code"]], metric["version"], told[4]]
        parts.append(f"| {' | '.join(cells)} |")
    for folder, schema in _SCHEMAS.items():
        (path,) = (REPO / "models" / "marts" / folder).glob("_*__models.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]:
            parts += _table(schema, model)
    return "\n".join(parts) + "\n"


def _table(schema: str, model: dict) -> list[str]:
    name = _PUBLISHED_AS.get(model["name"], model["name"])
    lines = [f"\n## {schema}.{name}\n", f"{_one_line(model['description'])}\n", "| column | type | |", "|---|---|---|"]
    for column in model["columns"]:
        words = _one_line(column["description"]).replace("|", "\\|")
        lines.append(f"| `{column['name']}` | {column.get('data_type', '')} | {words} |")
    return lines


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _list_macro(name: str, codes: list[str]) -> list[str]:
    rows = [f"        '{code}'," for code in codes]
    return [f"{{% macro {name}() -%}}", "    {{ return([", *rows, "    ]) }}", "{%- endmacro %}"]


def _rows(name: str) -> list[dict[str, str]]:
    with (REPO / "seeds" / "metrics" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
