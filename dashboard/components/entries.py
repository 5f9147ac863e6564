"""Links to the entry of a rule, a metric or a status on the page 数据与方法."""

from __future__ import annotations

from dashboard.components.markup import Child, Markup, el
from dashboard.components.page import Page


def rule_link(rule_id: str, page: Page) -> Markup:
    """The id of a rule, leading to what it says."""
    return page.link(el("code", rule_id), "method", entry=rule_entry(rule_id), class_="rule-id")


def metric_link(metric_id: str, text: Child, page: Page) -> Markup:
    """A name of a metric, leading to its definition."""
    return page.link(text, "method", entry=metric_entry(metric_id), class_="term")


def rule_entry(rule_id: str) -> str:
    """How the address names the entry of a rule."""
    return f"rule-{rule_id}"


def metric_entry(metric_id: str) -> str:
    """How the address names the entry of a metric."""
    return f"metric-{metric_id}"
