"""What a reader takes along: the result of a named query as a file, with its filters and its build.

A download is a link, not a widget: nothing is computed before somebody follows it, nothing is kept in the memory of a
session, and it can be copied into a script. ``dashboard.data`` answers it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from dashboard import i18n
from dashboard.components.markup import Markup, el
from dashboard.i18n import Texts
from dashboard.warehouse import Build

FORMATS = ("csv", "xlsx", "parquet")
# Which part of a list a page shows is no filter: a download holds all of it.
_PAGING = ("row_limit", "row_offset")


@dataclass(frozen=True)
class Selection:
    """A named query with its parameters: what is on the screen, and what a file is to hold."""

    query: str
    parameters: Mapping[str, Any]
    is_sample: bool = False

    @property
    def filters(self) -> dict[str, Any]:
        """The parameters that narrow the result: no paging, and nothing that is left open."""
        return {
            name: value for name, value in sorted(self.parameters.items()) if value is not None and name not in _PAGING
        }

    @property
    def filters_as_text(self) -> str:
        """``fiscal_year=2020; scope=own``; lists joined by ``|``."""
        return "; ".join(f"{name}={_as_text(value)}" for name, value in self.filters.items())

    def file_stem(self, build: str) -> str:
        """Page, query, a hash of the filters, build: two files of one name hold the same."""
        told = json.dumps(self.filters, sort_keys=True, ensure_ascii=False, default=str)
        mark = f"{i18n.texts('zh')('sample.mark')}-" if self.is_sample else ""
        return f"{mark}{self.query.replace('/', '-')}-{sha256(told.encode()).hexdigest()[:8]}-{build}"

    def address(self, build: str, ending: str) -> str:
        """The link, relative, so that the app also works below a base path."""
        asked = {"build": build, "with": json.dumps(dict(self.parameters), ensure_ascii=False, default=str)}
        if self.is_sample:
            asked["sample"] = "1"
        return f"data/{self.query}.{ending}?{urlencode(asked)}"


def links(build: Build, t: Texts, selection: Selection, *, title: str = "") -> Markup:
    """``下载 CSV · XLSX · Parquet``; ``title`` names the list for screen readers where a page has several."""
    return el(
        "p",
        el("span", t("downloads.label"), class_="label"),
        [
            el(
                "a",
                ending.upper() if ending != "parquet" else "Parquet",
                href=selection.address(build.name, ending),
                download=True,
                title=t(f"downloads.{ending}"),
                aria_label=t("downloads.link", what=title, format=ending.upper()).strip(),
            )
            for ending in FORMATS
        ],
        class_="downloads",
    )


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return "|".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
