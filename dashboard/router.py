"""The pages and what they share: language, the build of this run, the navigation. Run by ``app.py``."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from dashboard import i18n, warehouse
from dashboard.components import markup
from dashboard.components.page import Page, begin_run, choose, language
from dashboard.i18n import Texts
from dashboard.views import (
    applications,
    disputes,
    method,
    no_build,
    overview,
    proactive,
    profile,
    reconciliation,
    regions,
)
from dashboard.warehouse import Build
from ingest import build_state, paths
from ingest.build_state import Unpublished

_LOG = logging.getLogger("gongkai.dashboard")
_ICON = str(Path(__file__).resolve().parent / "assets" / "seal.svg")
_VIEWS: dict[str, Callable[[Page], None]] = {
    "overview": overview.render,
    "profile": profile.render,
    "applications": applications.render,
    "proactive": proactive.render,
    "disputes": disputes.render,
    "regions": regions.render,
    "reconciliation": reconciliation.render,
    "method": method.render,
}
_LOOK_FOR_NEW_BUILD_SECONDS = 10


def main() -> None:
    """One run of the app."""
    begin_run()
    t = i18n.texts(language())
    build = _current_build()
    pages = [
        st.Page(partial(_run, view, build, t), title=t(f"nav.{path}"), url_path=path, default=path == "overview")
        for path, view in _VIEWS.items()
    ]
    chosen = st.navigation(pages, position="top")
    st.set_page_config(page_title=f"{chosen.title} · {t('app.title')}", page_icon=_ICON, layout="wide")
    st.logo(_ICON, size="large")
    markup.stylesheet()
    with st.container(key="tools", horizontal=True, vertical_alignment="center"):
        shell = {f"data_{name}": t(f"shell.{name}") for name in ("skip", "home", "pages", "menu")}
        button = markup.el("button", t("print.button"), type="button", data_print=True, **shell)
        markup.block(button, key="print", language=t.language)
        choose(
            "lang",
            i18n.LANGUAGES,
            label=t("nav.language"),
            shown=lambda code: i18n.texts(code)("nav.language_name"),
            widget=st.segmented_control,
            required=True,
            left_out=i18n.LANGUAGES[0],
            label_visibility="collapsed",
        )
    head = st.container(key="print-head")
    chosen.run()
    if build is not None:
        with head:
            Page(build, t).show_print_head(chosen.title)
    _follow(build.file if build else None, build_state.read(paths.data_dir()))


def _run(view: Callable[[Page], None], build: Build | None, t: Texts) -> None:
    """One page; a fault in it is logged and told in words, without a trace and without taking the navigation along."""
    if build is None:
        no_build.render(t)
        return
    try:
        page = Page(build, t)
        page.banner()
        view(page)
    except Exception:
        _LOG.exception("page failed on build %s", build.name)
        st.error(t("app.page_failed"))


def _current_build() -> Build | None:
    try:
        return warehouse.current()
    except warehouse.NoBuildError as error:
        _LOG.warning("no readable build: %s", error)
        return None


@st.fragment(run_every=_LOOK_FOR_NEW_BUILD_SECONDS)
def _follow(shown: Path | None, told: Unpublished | None) -> None:
    """Rerun the whole page once the pointer names another file, or a build failed, so that an open page follows."""
    try:
        newest = warehouse.current_file()
    except warehouse.NoBuildError:
        newest = shown
    if newest != shown or build_state.read(paths.data_dir()) != told:
        st.rerun()


main()
