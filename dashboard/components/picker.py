"""An agency, or several to compare, found by typing a name or a code.

The choice is in the address: ``agency=350582``, ``agency=a,b,c``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import streamlit as st

from dashboard.components.page import Page, asked, note_filter, remember
from dashboard.data import MAX_ROWS_OF_A_LIST
from dashboard.warehouse import Row

_FOLDER = Path(__file__).resolve().parent
_NAME = "agency"
_WIDTH = 380
MOST_COMPARED = 6  # more lines than that no chart tells apart


def choose_agency(page: Page, *, is_sample: bool | None = None, label: str | None = None) -> Row | None:
    """One agency with a report: that of the address, else the first of the build; None where it has none.

    ``is_sample`` restricts the search to real (False) or sample (True) agencies. The row has ``agency_id`` and
    ``agency_name_zh`` and ``_en``.
    """
    wanted = _wanted()[:1]
    found = page.build.rows("shared/agency_names", agency_ids=wanted, is_sample=is_sample) if wanted else ()
    if not found:
        kind = page.shows_sample() if is_sample is None else is_sample
        found = page.build.rows("shared/agencies", search="", is_sample=kind, row_limit=1)
    _pick(page, found[:1], several=0, is_sample=is_sample, label=label or page.t("filter.agency"))
    return found[0] if found else None


def choose_agencies(page: Page, *, is_sample: bool | None = None, label: str | None = None) -> tuple[Row, ...]:
    """Agencies to compare, in the order they were chosen, at most ``MOST_COMPARED``; none means no restriction."""
    wanted = _wanted()[:MOST_COMPARED]
    found = page.build.rows("shared/agency_names", agency_ids=wanted, is_sample=is_sample) if wanted else ()
    _pick(page, found, several=MOST_COMPARED, is_sample=is_sample, label=label or page.t("picker.several"))
    return found


def _wanted() -> list[str]:
    return [one for one in dict.fromkeys(asked(_NAME).split(",")) if one]


def _pick(page: Page, chosen: tuple[Row, ...], *, several: int, is_sample: bool | None, label: str) -> None:
    t = page.t
    key = "picker-several" if several else "picker"

    def changed() -> None:
        ids = st.session_state[key].get("chosen")
        if ids is not None:
            remember(_NAME, ids)

    remember(_NAME, ",".join(row["agency_id"] for row in chosen))
    note_filter(label, t("list_separator").join(t.of(row, "agency_name") for row in chosen))
    data = {
        "label": label,
        "placeholder": t("picker.placeholder"),
        "chosen": [{"id": row["agency_id"], "name": t.of(row, "agency_name")} for row in chosen],
        "several": several,
        "is_sample": is_sample,
        "most": MAX_ROWS_OF_A_LIST,
        "address": "data/shared/agencies.json",
        "build": page.build.name,
        "language": page.language,
        "words": {name: t(f"picker.{name}") for name in ("none", "more", "remove")},
    }
    with st.container(width=_WIDTH):
        _component()(key=key, data=data, on_chosen_change=changed)


@cache
def _component() -> Callable[..., Mapping[str, str | None]]:
    script = (_FOLDER / "picker.js").read_text(encoding="utf-8")
    return st.components.v2.component(
        "gongkai_picker", html='<div class="gk gk-picker"></div>', js=script, isolate_styles=False
    )
