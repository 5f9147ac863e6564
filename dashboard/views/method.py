"""数据与方法: what metrics, rules, statuses and columns mean, how the build was made and tested, what it cannot do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

import streamlit as st

from dashboard.components import numbers, reporting
from dashboard.components.cards import severity_tag, table
from dashboard.components.entries import metric_entry, rule_entry
from dashboard.components.markup import Child, Markup, el, fill, join
from dashboard.components.page import Page, asked, choose, remember
from dashboard.i18n import Texts
from dashboard.warehouse import Row

_COLUMNS_SHOWN = 300
_PLACES = re.compile(r"\{\w+\}")  # where a sentence of the rules has its figures
_ADDS = re.compile("[+＋−－]| - ")
_CELL_STATES = ("reported", "blank", "missing", "not_applicable", "unreadable")
_VERDICTS = ("passed", "passed_if_blank_is_zero", "not_evaluable", "failed")
_DECISIONS = ("open", "confirmed", "explained", "false_alarm", "corrected")
_DOCUMENTS = ("accepted", "set_aside", "quarantined", "duplicate", "superseded", "withdrawn")
_ROLES = (
    "counted", "covered", "in_parts", "same_account", "same_area",
    "unknown_scope", "unresolved", "set_aside", "missing",
)  # fmt: skip
_LIMITS = (
    "scans", "before_2019", "unplaced", "balance", "prose", "repairs", "missing", "dates", "departments", "townships",
    "scope", "joint", "units", "forms", "metrics", "ranks", "names",
)  # fmt: skip
_CONTENTS = ("metrics", "rules", "statuses", "tables", "build", "limits", "citing")


def render(page: Page) -> None:
    """Draw the page: all of it, or what a text is found in."""
    t = page.t
    page.show_title(t("method.title"), t("method.lead"))
    search = _search(t)
    tables = page.build.rows("method/tables", search=search)
    wanted = asked("entry", kept=False)
    found = [_metrics(page, search, wanted), _rules(page, search, wanted)]
    if search:
        columns = page.build.rows("method/columns", table_name=None, search=search, row_limit=_COLUMNS_SHOWN)
        found += [_tables(tables, page), _found_columns(columns, page)]
        found = [part for part in found if part]
        page.show(found or el("p", t("method.nothing_found")), page.footer(), key="found")
        return
    contents = el(
        "nav",
        el("ul", [el("li", el("a", t(f"method.{name}"), href=f"#{name}")) for name in _CONTENTS]),
        class_="contents",
        aria_label=t("method.contents"),
    )
    page.show(contents, found, _statuses(t), _tables(tables, page), key="dictionary")
    _columns_of_table(tables, page)
    build = page.build.row("method/build") or {}
    page.show(_build(build, t), _limits(t), _citing(build, t), page.footer(), key="rest")


def _search(t: Texts) -> str:
    """The text searched for, as the address has it."""
    key = "choice:q"
    st.session_state[key] = asked("q", kept=False)

    def changed() -> None:
        remember("q", st.session_state[key].strip())

    with st.container(key="filters", horizontal=True):
        st.text_input(t("method.search"), key=key, on_change=changed, max_chars=60, width=360)
    return asked("q", kept=False).strip()[:60]


def _entry(id_: str, summary: Child, facts: Iterable[tuple[str, Child]], wanted: str) -> Markup:
    """A line that opens; open, and looked for on the page, where the address asks for it."""
    listed = [join([el("dt", name), el("dd", value)]) for name, value in facts if value]
    is_wanted = id_ == wanted
    return el(
        "details",
        el("summary", summary),
        el("dl", listed, class_="facts wide"),
        id=id_,
        class_="entry",
        open=is_wanted,
        aria_current="true" if is_wanted else None,
    )


def _section(name: str, t: Texts, *content: Child) -> Markup:
    return el("section", el("h2", t(f"method.{name}"), el("small", t(f"method.{name}_note"))), *content, id=name)


def _metrics(page: Page, search: str, wanted: str) -> Markup | None:
    t = page.t
    metrics = page.build.rows("method/metrics", search=search)
    if not metrics:
        return None
    return _section(
        "metrics",
        t,
        [_metric(row, t, wanted) for row in metrics],
        page.downloads("method/metrics", title=t("method.metrics"), search=search),
    )


def _metric(row: Row, t: Texts, wanted: str) -> Markup:
    formula: Child = t.of(row, "numerator")
    if row["denominator_zh"]:
        formula = [_as_term(t.of(row, name), t) for name in ("numerator", "denominator")]
        formula.insert(1, " ÷ ")
    summary = [
        el("b", t.of(row, "name")),
        el("code", row["metric_id"]),
        el("span", formula, class_="muted"),
    ]
    facts = [
        (t("method.numerator"), t.of(row, "numerator")),
        (t("method.denominator"), t.of(row, "denominator")),
        (t("method.exclusions"), t.of(row, "exclusions")),
        (t("method.note"), t.of(row, "note")),
        (t("method.unit"), t(f"metric_unit.{row['unit_code']}")),
        (
            t("method.forms"),
            t(
                "method.comparable" if row["is_comparable_over_forms"] else "method.not_comparable",
                form=row["since_form"],
            ),
        ),
        (t("method.cells"), _cells(row["cells"], t)),
        (
            t("method.benchmark"),
            t("method.benchmarked", count=row["min_peer_count"]) if row["is_benchmarked"] else None,
        ),
        (t("method.version"), row["version"]),
    ]
    return _entry(metric_entry(row["metric_id"]), summary, facts, wanted)


def _as_term(sum_or_figure: str, t: Texts) -> str:
    """In brackets where it is a sum or a difference itself."""
    return t("method.in_brackets", term=sum_or_figure) if _ADDS.search(sum_or_figure) else sum_or_figure


def _cells(cells: Sequence[Row], t: Texts) -> Child:
    """The cells of each form a metric is made of; those of a sum folded away."""
    parts = []
    for (form, part), group in groupby(cells, key=lambda cell: (cell["form_version"], cell["part"])):
        named = [" ".join((t.known("table", cell["table_no"]), t.of(cell, "cell"))) for cell in group]
        head = t("list_dot").join((t.known("form_version", form), t(f"method.{part}"), str(len(named))))
        parts.append(el("details", el("summary", head), el("ul", [el("li", name) for name in named])))
    return parts or None


def _rules(page: Page, search: str, wanted: str) -> Markup | None:
    t = page.t
    rules = page.build.rows("method/rules", search=search)
    if not rules:
        return None
    return _section(
        "rules",
        t,
        [_rule(row, page, wanted) for row in rules],
        page.downloads("method/rules", title=t("method.rules"), search=search),
    )


def _rule(row: Row, page: Page, wanted: str) -> Markup:
    t = page.t
    summary = [
        severity_tag(row["severity"], t),
        el("b", t.of(row, "name")),
        el("code", row["rule_id"]),
        el("span", row["equation"], class_="muted"),
    ]
    forms = t("list_separator").join(t.known("form_version", form) for form in (row["form_versions"] or "").split("|"))
    levels = t("list_separator").join(t.known("level", level) for level in (row["agency_levels"] or "").split("|"))
    findings = page.link(numbers.figure(row["findings"]), "reconciliation", rule=row["rule_id"])
    facts = [
        (t("method.equation"), row["equation"]),
        (t("method.example"), row["example"]),
        (t("method.legal_basis"), row["legal_basis"]),
        (t("method.message"), _PLACES.sub("…", t.of(row, "message"))),
        (t("method.fix"), t.of(row, "fix")),
        (t("method.forms"), forms),
        (t("method.levels"), levels if row["agency_levels"] else None),
        (t("method.axis"), t.known("axis", row["axis"])),
        (t("method.tolerance"), numbers.figure(row["tolerance"])),
        (t("method.ess_level"), numbers.figure(row["ess_level"])),
        (t("method.status"), t.known("rule_status", row["status"])),
        (t("method.findings"), findings if row["findings"] else t("method.no_findings")),
    ]
    return _entry(rule_entry(row["rule_id"]), summary, facts, wanted)


def _statuses(t: Texts) -> Markup:
    """Each word and mark a page may show, and what it means."""
    cells = [
        (
            el(
                "span",
                t("legend.sample") if code == "reported" else t(f"status_short.{code}"),
                class_=f"swatch is-{code}",
            ),
            t(f"legend.{code}"),
        )
        for code in _CELL_STATES
    ]
    cells.append(
        (
            el("span", t("legend.sample"), el("span", t("mark.derived"), class_="mark mark-derived")),
            t("legend.derived"),
        )
    )
    verdicts = [
        ([el("i", class_=f"key verdict-{code}"), t(f"verdict.{code}")], t(f"verdict_meaning.{code}"))
        for code in _VERDICTS
    ]
    severities = [(severity_tag(code, t), t(f"severity_meaning.{code}")) for code in ("hard", "soft")]
    decisions = [(t(f"decision.{code}"), t(f"decision_meaning.{code}")) for code in _DECISIONS]
    reported = [(reporting.state(code, t), t(f"reporting_legend.{code}")) for code in reporting.STATES]
    documents = [(t(f"document_status.{code}"), t(f"document_meaning.{code}")) for code in _DOCUMENTS]
    groups = (
        ("cells", cells),
        ("verdicts", verdicts),
        ("severities", severities),
        ("decisions", decisions),
        ("reporting", reported),
        ("documents", documents),
        ("roles", [(t(f"role.{code}"), t(f"role_why.{code}", agency="…")) for code in _ROLES]),
    )
    return _section(
        "statuses",
        t,
        el(
            "div",
            [
                el(
                    "div",
                    el("h3", t(f"method.group_{name}")),
                    el("dl", [join([el("dt", word), el("dd", meaning)]) for word, meaning in words], class_="facts"),
                )
                for name, words in groups
            ],
            class_="glossary",
        ),
    )


def _tables(tables: Sequence[Row], page: Page) -> Markup | None:
    t = page.t
    if not tables:
        return None
    heads = el(
        "tr",
        [
            el("th", t(f"method.table_{name}"), scope="col", class_="number" if name in ("rows", "columns") else None)
            for name in ("name", "meaning", "columns", "rows")
        ],
    )
    rows = [
        el(
            "tr",
            el("th", page.link(el("code", _name(row)), "method", table=_name(row)), scope="row"),
            el("td", t.of(row, "comment")),
            el("td", numbers.figure(row["columns"]), class_="number"),
            el("td", numbers.figure(row["row_count"]), class_="number"),
        )
        for row in tables
    ]
    return _section("tables", t, table(heads, rows, class_="dictionary", label=t("method.tables")))


def _name(row: Row) -> str:
    return f"{row['schema_name']}.{row['table_name']}"


def _columns_of_table(tables: Sequence[Row], page: Page) -> None:
    """The columns of the table the reader chose."""
    t, names = page.t, [_name(row) for row in tables]
    chosen = choose(
        "table", ["", *names], label=t("method.choose_table"), shown=lambda name: name or "—", kept=False, width=360
    )
    if chosen:
        columns = page.build.rows("method/columns", table_name=chosen, search="", row_limit=_COLUMNS_SHOWN)
        page.show(_column_table(columns, page, with_table=False), key="columns")


def _found_columns(columns: Sequence[Row], page: Page) -> Markup | None:
    if not columns:
        return None
    return _section("columns", page.t, _column_table(columns, page, with_table=True))


def _column_table(columns: Sequence[Row], page: Page, *, with_table: bool) -> Markup:
    t = page.t
    heads = el("tr", [el("th", t(f"method.column_{name}"), scope="col") for name in ("name", "type", "meaning")])
    rows = [
        el(
            "tr",
            el("th", el("code", f"{_name(row)}." if with_table else "", row["column_name"]), scope="row"),
            el("td", el("code", row["data_type"])),
            el("td", t.of(row, "comment")),
        )
        for row in columns
    ]
    more = columns[0]["columns"] - len(columns)
    rest = el("p", t("method.columns_more", count=more), class_="muted") if more else None
    return join([table(heads, rows, class_="dictionary", label=t("method.columns")), rest])


def _build(build: Row, t: Texts) -> Markup:
    """Which build, of what, made by which versions, and what its tests said."""
    tests = t(
        "method.tests_told",
        tests=numbers.figure(build["test_count"]),
        passed=numbers.figure(build["test_passed_count"]),
        warned=numbers.figure(build["test_warned_count"]),
    )
    commit = (build["git_commit"] or "")[:10]
    facts = [
        ("build_id", el("code", build["build_id"])),
        ("built_at", f"{build['built_at']:%Y-%m-%d %H:%M} UTC"),
        ("loaded_at", f"{build['loaded_at']:%Y-%m-%d %H:%M} UTC" if build["loaded_at"] else None),
        ("as_of", f"{build['as_of']:%Y-%m-%d}"),
        ("tests", tests),
        (
            "content",
            t(
                "method.content_told",
                documents=numbers.figure(build["document_count"]),
                reports=numbers.figure(build["report_count"]),
                cells=numbers.figure(build["cell_count"]),
                findings=numbers.figure(build["finding_count"]),
            ),
        ),
        ("commit", t("method.commit_dirty", commit=commit) if build["git_is_dirty"] else el("code", commit)),
        (
            "versions",
            t(
                "method.versions_told",
                project=build["project_version"],
                dbt=build["dbt_version"],
                duckdb=build["duckdb_version"],
                readers=build["reader_versions"],
            ),
        ),
    ]
    listed = [join([el("dt", t(f"method.build_{name}")), el("dd", value)]) for name, value in facts if value]
    return _section("build", t, el("dl", listed, class_="facts wide"))


def _limits(t: Texts) -> Markup:
    return _section("limits", t, el("ul", [el("li", t(f"limit.{name}")) for name in _LIMITS], class_="limits"))


def _citing(build: Row, t: Texts) -> Markup:
    cited = t(
        "method.citation",
        build=build["build_id"],
        date=f"{build['built_at']:%Y-%m-%d}",
        commit=(build["git_commit"] or "")[:10],
    )
    return _section("citing", t, el("blockquote", cited), el("p", fill(t("method.cite_figures")), class_="muted"))
