"""The audit summary: one page without a script or anything from outside, so that it reads the same anywhere."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

import duckdb

from ingest.checks.reconciliation import ADDRESS, EXAMPLES, VERDICTS, Outcome
from ingest.checks.sides import figure_text
from ingest.published import SAMPLE

_HEADS = {
    "pass": "成立 holds", "fail": "不成立 broken", "pass_if_blank_is_zero": "空白视为零则成立 holds if blank is zero",
    "not_evaluable": "缺项不可核 not evaluable",
}  # fmt: skip
_PLACE = f"""
    select reports.source_path, findings.line_no, findings.page_no, findings.equation_text, findings.status
    from marts.dim_report as reports
    left join quality.findings as findings
        on reports.report_id = findings.report_id and {" and ".join(f"findings.{c} = ${c}" for c in ADDRESS[1:])}
    where reports.report_id = $report_id
"""
_SAMPLES = (
    "<p class=bad>含{mark}：{samples} 份报告为虚构机关的示例。"
    "<span class=en>{samples} of the reports are samples of agencies that do not exist.</span></p>"
)
_STYLE = """
    body { font: 16px/1.6 "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", sans-serif;
           max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #1d2733; background: #fff }
    h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem }
    table { border-collapse: collapse; width: 100% } th, td { border-bottom: 1px solid #d5dbe1; padding: .3rem .6rem;
           text-align: left; vertical-align: top } th { background: #f3f5f7 } td.n { text-align: right;
           font-variant-numeric: tabular-nums } .good { color: #0b6b3a } .bad { color: #a3171b; font-weight: 600 }
    small, .en { color: #57636f } code { font-size: .9em }
"""


def page(con: duckdb.DuckDBPyConnection, outcome: Outcome) -> str:
    """The summary as HTML, Chinese first. Equal outcomes of one build give equal pages."""
    build = con.execute("select build_id, built_at, git_commit, finding_count from meta.build").fetchone()
    build_id, built_at, commit, findings = build
    (samples,) = con.execute("select count(*) from marts.dim_report where is_sample").fetchone()
    agrees = outcome.differing == 0
    verdict = (
        f"<p class=good>全部 {_n(_asked(outcome))} 条核对结论与规则引擎一致。"
        f"<span class=en>All verdicts equal the engine's.</span></p>"
        if agrees
        else f"<p class=bad>有 {_n(outcome.differing)} 条核对结论与规则引擎不一致，发布的数据不可信，请查明原因。"
        f"<span class=en>Verdicts differ from the engine's: the build cannot be trusted.</span></p>"
    )
    facts = (
        ("发布版本 Build", build_id),
        ("发布时间（UTC） Built at", f"{built_at:%Y-%m-%d %H:%M:%S}"),
        ("程序版本 Commit", commit),
        (
            "核对方案 Suite",
            f"{outcome.suite_id}，{len(outcome.rules)} 条规则 rules，{outcome.expectations} 条期望 expectations",
        ),
        ("核对报告 Reports", _n(outcome.reports)),
        ("不成立的等式 Broken equations", _n(outcome.failed)),
        ("已发布的发现 Published findings", _n(findings)),
    )
    parts = [
        "<h1>勾稽关系复核报告 <small>Reconciliation audit</small></h1>",
        "<p>本报告只依据已发布的表格数据与规则定义重新计算每条等式的两边，不采用规则引擎的结论，再与之逐条对照。"
        "<span class=en>Both sides of every equation were worked out again from the published cells and the rules,"
        " then held against the engine's verdicts.</span></p>",
        *([_SAMPLES.format(samples=_n(samples), mark=SAMPLE)] if samples else []),
        verdict,
        _table(("项目", "内容"), facts),
        "<h2>各规则核对结论 <small>Verdicts by rule</small></h2>",
        _table(
            ("规则 Rule", *(_HEADS[v] for v in VERDICTS), "合计 All"),
            (
                (f"{rule_id} {outcome.rules[rule_id].name_zh} {outcome.rules[rule_id].name_en}",
                 *(counts[v] for v in VERDICTS), sum(counts.values()))
                for rule_id, counts in outcome.counts.items()
            ),
        ),
    ]  # fmt: skip
    if outcome.not_covered:
        rules = "、".join(map(escape, outcome.not_covered))
        parts.append(
            f"<p>以下规则不是单元格之和的关系，未在此复核：{rules}。"
            "<span class=en>These rules are no relations between sums of cells; they are left to the engine.</span></p>"
        )
    parts.append(
        f"<h2>不成立的等式（每条规则至多 {EXAMPLES} 例） <small>Broken equations, some of each rule</small></h2>"
    )
    examples = [_example(con, failure) for failures in outcome.failures.values() for failure in failures]
    parts.append(
        _table(("规则 Rule", "两边 Sides", "引擎所列等式 Engine's equation", "出处 Place", "状态 Status"), examples)
    )
    if outcome.differences:
        parts.append("<h2 class=bad>与引擎不一致之处 <small>Where the engine says otherwise</small></h2>")
        rows = ([str(row[c]) for c in (*ADDRESS, "verdict_suite", "verdict_engine")] for row in outcome.differences)
        parts.append(_table((*ADDRESS, "复核 audit", "引擎 engine"), rows))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head><meta charset="utf-8">'
        f"<title>勾稽关系复核报告 {escape(build_id)}</title>\n<style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _asked(outcome: Outcome) -> int:
    return sum(sum(counts.values()) for counts in outcome.counts.values())


def _example(con: duckdb.DuckDBPyConnection, failure: dict) -> tuple[str, ...]:
    """One equation that does not hold: as it was worked out here, and as the engine lists it."""
    path, line_no, page_no, text, status = con.execute(_PLACE, {name: failure[name] for name in ADDRESS}).fetchone()
    places = (path, f"第{page_no}页" if page_no else "", f"第{line_no}行" if line_no else "")
    right = f"　{figure_text(failure['right_side'])}" if failure["has_right"] else ""
    missing = "（引擎未列出）"
    return (
        f"{failure['rule_id']} {failure['line_code']}×{failure['column_code']}",
        f"{figure_text(failure['left_side'])}{right}",
        text or missing,
        " ".join(filter(None, places)),
        status or missing,
    )


def _n(number: int) -> str:
    return f"{number:,}"


def _table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Rows as an HTML table: whatever they hold is text, numbers stand to the right."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "\n".join(
        "<tr>"
        + "".join(
            f"<td class=n>{_n(value)}</td>" if isinstance(value, int) else f"<td>{escape(str(value))}</td>"
            for value in row
        )
        + "</tr>"
        for row in rows
    )
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>"
