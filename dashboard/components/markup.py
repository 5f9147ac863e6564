"""HTML built from escaped pieces, and the one component that shows it.

Everything a page draws itself goes through ``el``: text children and attribute values are escaped here and nowhere
else, so nothing printed in a report can become markup. Strings already built are ``Markup`` and pass unchanged.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from string import Formatter

import streamlit as st

_FOLDER = Path(__file__).resolve().parent
_VOID = frozenset({"br", "hr", "col"})

Child = "Markup | str | int | None | Iterable[Child]"


class Markup(str):
    """Text that is HTML already: made by ``el`` and ``join`` only."""


def el(tag: str, *children: Child, **attributes: str | int | bool | None) -> Markup:
    """One element. ``class_`` stands for class, ``data_cell`` for data-cell; None and False leave an attribute out."""
    parts = [tag]
    for name, value in attributes.items():
        if value is None or value is False:
            continue
        label = name.rstrip("_").replace("_", "-")
        parts.append(label if value is True else f'{label}="{html.escape(str(value))}"')
    if tag in _VOID:
        return Markup(f"<{' '.join(parts)}/>")
    return Markup(f"<{' '.join(parts)}>{join(children)}</{tag}>")


def join(children: Child) -> Markup:
    """Children one after another; text is escaped, None is nothing."""
    if children is None:
        return Markup("")
    if isinstance(children, Markup):
        return children
    if isinstance(children, str | int):
        return Markup(html.escape(str(children)))
    return Markup("".join(join(child) for child in children))


def fill(template: str, **values: Child) -> Markup:
    """A sentence of the interface with markup in its places: ``{count}`` becomes ``values["count"]``."""
    pieces: list[Child] = []
    for literal, name, _, _ in Formatter().parse(template):
        pieces.append(literal)
        if name is not None:
            pieces.append(values[name])
    return join(pieces)


@cache
def _component() -> Callable[..., Mapping[str, str | None]]:
    script = (_FOLDER / "block.js").read_text(encoding="utf-8")
    # Not isolated: the one stylesheet holds for it, and the theme's colour scheme reaches it.
    return st.components.v2.component("gongkai_block", html='<div class="gk"></div>', js=script, isolate_styles=False)


def stylesheet() -> None:
    """Put the one stylesheet on the page; before the first block."""
    st.html(f"<style>{(_FOLDER / 'style.css').read_text(encoding='utf-8')}</style>")


def block(
    *content: Child,
    key: str,
    language: str,
    side: Child = None,
    selected: str | None = None,
    label: str | None = None,
    on_cell: Callable[[str], None] | None = None,
) -> None:
    """Show ``content`` (and, beside it on wide screens, ``side``) as part of the page.

    ``selected`` is the ``data-cell`` to show as chosen. A click on ``button[data-cell]`` reruns the page (or fragment);
    ``on_cell`` hears of it before that rerun, so that the panel can show the cell at once. Links with ``data-page`` are
    followed by the browser. ``label`` names the side panel for screen readers.
    """

    def cell_chosen() -> None:
        cell = st.session_state[key].get("cell")
        if on_cell is not None and cell:
            on_cell(cell)

    data = {
        "main": join(content),
        "side": None if side is None else join(side),
        "selected": selected,
        "label": label,
        "language": "en" if language == "en" else "zh-CN",
    }
    _component()(key=key, data=data, on_cell_change=cell_chosen)
