"""Findings, suggestions and verdicts as several pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from dashboard.components import numbers
from dashboard.components.entries import rule_link
from dashboard.components.form_table import cell_key
from dashboard.components.markup import Child, Markup, el, fill, join
from dashboard.components.page import Page
from dashboard.i18n import Texts
from dashboard.warehouse import Row

_VERDICTS = ("passed", "passed_if_blank_is_zero", "not_evaluable", "failed")


def severity_tag(severity: str, t: Texts) -> Markup:
    """``硬性`` or ``提示``: told apart by word and shape as well as by colour."""
    return el("span", t.known("severity", severity), class_=f"tag tag-{severity}")


def place(row: Row, t: Texts) -> Markup:
    """Where on the form: ``表三 · （一）予以公开 × 商业企业``; the axis of a rule is left out. Or in the prose."""
    if row["table_no"] is None:
        return el("span", t("table.prose"))
    parts = [
        t.of(row, "line_label") if row["line_code"] != "*" else None,
        t.of(row, "column_label") if row["column_code"] != "*" else None,
    ]
    return join([t(f"table.{row['table_no']}"), t("place_separator"), " × ".join(part for part in parts if part)])


def source(row: Row, t: Texts) -> Markup:
    """``2020/晋江市人民政府.txt，第 3 页，第 12 行``."""
    known = [el("span", row["source_path"], class_="path")]
    if row["page_no"] is not None:
        known += [t("list_separator"), t("source.page", number=row["page_no"])]
    if row["line_no"] is not None:
        known += [t("list_separator"), t("source.line", number=row["line_no"])]
    return el("span", known)


def finding_card(finding: Row, page: Page, *, with_link: bool = True) -> Markup:
    """One break of a rule: the rule, the equation with its figures, what it means, where it is printed."""
    t = page.t
    link = page.link(
        t("finding.see_form"),
        "profile",
        agency=finding["agency_id"],
        year=finding["fiscal_year"],
        scope=finding["scope"],
        cell=_first_cell(finding),
    )
    message, advice = t.of(finding, "message"), t.of(finding, "fix")
    return el(
        "article",
        el(
            "header",
            severity_tag(finding["severity"], t),
            el("b", t.of(finding, "rule_name")),
            el("span", t(f"decision.{finding['status']}"), class_="tag") if finding["status"] != "open" else None,
            rule_link(finding["rule_id"], page),
            el("span", place(finding, t), class_="place"),
        ),
        equation(finding, t),
        el("p", message, class_="message") if message else None,
        _claim(finding, t),
        el("p", el("span", t("finding.advice"), class_="label"), advice, class_="advice") if advice else None,
        el(
            "footer",
            el("span", t("finding.source"), class_="label"),
            source(finding, t),
            " ",
            link if with_link else None,
            _region(finding, page) if finding["axis"] == "hierarchy" else None,
            el("span", finding["finding_id"], class_="finding-id"),
        ),
        class_=f"finding finding-{finding['severity']}",
        id=finding["finding_id"],
    )


def _claim(finding: Row, t: Texts) -> Markup | None:
    """The sentence a finding of the prose is about, and how the tables may be read."""
    if not finding["claim_sentence"]:
        return None
    readings = t.of(finding, "readings")
    return el(
        "p",
        el("span", t("finding.sentence"), class_="label"),
        el("q", finding["claim_sentence"]),
        el("span", t("finding.readings", readings=readings), class_="muted") if readings else None,
        class_="advice claim",
    )


def _region(finding: Row, page: Page) -> Markup:
    """To the region whose members are held against its report."""
    return page.link(
        page.t("finding.see_region"),
        "regions",
        region=finding["agency_id"],
        year=finding["fiscal_year"],
        view="rollup",
    )


def equation(finding: Row, t: Texts, *, small: bool = False) -> Markup:
    """``215+0+0+1+3+3 ≠ 231`` with the difference set apart, in the language of the page."""
    sides, _, printed_difference = finding["equation_text"].partition(" (差 ")
    difference = el("span", t("finding.difference", value=printed_difference.rstrip(")")), class_="difference")
    return el("p", sides, difference if printed_difference else None, class_="equation small" if small else "equation")


def finding_list(findings: Sequence[Row], suggestions: Sequence[Row], page: Page) -> Markup:
    """The findings of one report; what would repair some of them follows the last of these."""
    open_groups = {key: list(rows) for key, rows in groupby(suggestions, key=lambda row: row["group_id"])}
    shown = {finding["finding_id"] for finding in findings}
    cards = []
    for finding in findings:
        cards.append(finding_card(finding, page))
        shown.discard(finding["finding_id"])
        for key, candidates in list(open_groups.items()):
            explained = candidates[0]["finding_ids"]
            if finding["finding_id"] in explained and not shown.intersection(explained):
                cards.append(suggestion_card(open_groups.pop(key), page, finding))
    return el("div", cards, class_="cards")


def _first_cell(finding: Row) -> str | None:
    """The cell or line the form opens at: the line where the rule runs along columns, else the cell."""
    if finding["line_code"] == "*":
        return None
    column = None if finding["column_code"] == "*" else finding["column_code"]
    return cell_key(finding["table_no"], finding["line_code"], column)


def suggestion_card(candidates: Sequence[Row], page: Page, finding: Row) -> Markup:
    """What would repair a group of findings: the one change with its proof, or every candidate equally good."""
    t = page.t
    unique = candidates[0]["is_unique"]
    explained = candidates[0]["finding_ids"]
    repairs, cells = len({row["candidate_no"] for row in candidates}), candidates[0]["cell_count"]
    if cells == 1:
        told = t("suggestion.unique") if unique else t("suggestion.candidates", count=repairs)
    else:
        told = t("suggestion.unique_cells" if unique else "suggestion.candidate_cells", count=repairs, cells=cells)
    confirmed = [
        f"{place(row, t)} → {numbers.figure(row['suggested_value'])}" for row in candidates if row["is_confirmed"]
    ]
    rows = [
        el(
            "tr",
            el(
                "td",
                page.link(
                    place(row, t),
                    "profile",
                    agency=finding["agency_id"],
                    year=finding["fiscal_year"],
                    scope=finding["scope"],
                    cell=cell_key(row["table_no"], row["line_code"], row["column_code"]),
                ),
            ),
            el("td", numbers.figure(row["printed_value"]), class_="number"),
            el("td", "→", class_="arrow", aria_hidden="true"),
            el("td", el("b", numbers.figure(row["suggested_value"])), class_="number"),
            class_="next-candidate" if before is not None and before["candidate_no"] != row["candidate_no"] else None,
        )
        for before, row in zip((None, *candidates), candidates, strict=False)
    ]
    proofs = dict.fromkeys(t.of(row, "proof") for row in candidates)
    heads = el(
        "tr",
        el("th", t("suggestion.cell"), scope="col"),
        el("th", t("suggestion.printed"), scope="col"),
        el("th", el("span", t("suggestion.becomes"), class_="visually-hidden"), scope="col"),
        el("th", t("suggestion.value"), scope="col"),
    )
    return el(
        "section",
        el(
            "header",
            el("span", t("mark.suspect"), class_="mark"),
            el("b", told),
            el("span", t("suggestion.explains", count=len(explained)), class_="muted"),
        ),
        el("p", t("suggestion.thin"), class_="small") if candidates[0]["is_thin"] else None,
        el("p", t("suggestion.confirmed", cells=t("sentence_separator").join(confirmed)), class_="small")
        if confirmed
        else None,
        el("table", el("thead", heads), el("tbody", rows), class_="suggestion-cells"),
        el(
            "details",
            el("summary", t("suggestion.proof") if unique else t("suggestion.why_open")),
            [el("p", proof) for proof in proofs],
            open=unique,
        ),
        el("p", t("suggestion.note"), class_="muted small"),
        class_="suggestion" + (" is-unique" if unique else ""),
    )


def rule_table(rules: Iterable[Row], page: Page, *, with_equation: bool = False) -> Markup:
    """Rules by verdict: a bar for the eye and the counts it stands for."""
    t = page.t
    rows = []
    for rule in rules:
        bar = [
            el("span", class_=f"verdict-{verdict}", style=f"flex-grow:{int(rule[verdict])}")
            for verdict in _VERDICTS
            if rule[verdict]
        ]
        rows.append(
            el(
                "tr",
                el(
                    "th",
                    el("span", t.of(rule, "rule_name")),
                    rule_link(rule["rule_id"], page),
                    el("span", rule["equation"], class_="rule-equation") if with_equation else None,
                    scope="row",
                ),
                el("td", severity_tag(rule["severity"], t)),
                el("td", el("span", bar, class_="bar", aria_hidden="true"), class_="bar-cell"),
                [
                    el(
                        "td",
                        numbers.figure(rule[verdict]) if rule[verdict] else el("span", "0", class_="nil"),
                        class_=f"number count-{verdict}",
                    )
                    for verdict in _VERDICTS
                ],
            )
        )
    heads = el(
        "tr",
        el("th", t("rules.rule"), scope="col"),
        el("th", t("rules.severity"), scope="col"),
        el("th", t("rules.verdicts"), scope="col"),
        [
            el("th", el("i", class_=f"key verdict-{verdict}"), t(f"verdict.{verdict}"), scope="col", class_="number")
            for verdict in _VERDICTS
        ],
    )
    return table(heads, rows, class_="rules", label=t("rules.caption"))


def table(heads: Child, rows: Sequence[Markup], *, class_: str, label: str) -> Markup:
    """A wide table that scrolls inside itself on a narrow screen."""
    inner = el(
        "table",
        el("caption", label, class_="visually-hidden"),
        el("thead", heads),
        el("tbody", rows),
        class_=f"list {class_}",
    )
    return el("div", inner, class_="list-scroll", tabindex=0, role="region", aria_label=label)


def counted(t: Texts, key: str, count: int, **values: Child) -> Markup:
    """A sentence with its count in bold."""
    return fill(t(key), count=el("b", numbers.figure(count)), **values)
