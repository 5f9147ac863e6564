"""Shown while there is nothing to read: says what to run, and gives way by itself once a build is published."""

from __future__ import annotations

from dashboard.components.markup import block, el
from dashboard.components.page import build_notice
from dashboard.i18n import Texts


def render(t: Texts) -> None:
    """Draw the page."""
    block(
        build_notice(t, None),
        el("h1", t("no_build.title")),
        el("p", t("no_build.what"), class_="lead"),
        el("pre", el("code", "make build")),
        el("p", t("no_build.then"), class_="muted"),
        key="no_build",
        language=t.language,
    )
