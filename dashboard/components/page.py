"""What every page is given, and the state of a page in its address.

The address is the truth: a filter's value is read from the query string, and choosing another writes it there, so any
view can be shared, bookmarked and opened in a second tab. Streamlit drops the query string when the reader follows its
navigation; the last choices of the session then stand in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import streamlit as st

from dashboard import i18n
from dashboard.components import downloads, numbers
from dashboard.components.markup import Child, Markup, block, el
from dashboard.i18n import Texts
from dashboard.warehouse import Build
from ingest import build_state, paths

_KEPT = "kept:"
_NOTED = "noted filters"
_SORTED = {"descending": "↓", "ascending": "↑"}


@dataclass(frozen=True)
class Page:
    """One run of one page: the build it reads (one only), and its words."""

    build: Build
    t: Texts

    @property
    def language(self) -> str:
        return self.t.language

    def href(self, path: str, **parameters: str | int | None) -> str:
        """The address of a view inside the app."""
        kept = {name: str(value) for name, value in parameters.items() if value is not None}
        if self.language != i18n.LANGUAGES[0]:
            kept["lang"] = self.language
        return f"{path}?{urlencode(kept)}" if kept else path

    def link(self, text: Child, path: str, *, class_: str | None = None, **parameters: str | int | None) -> Markup:
        """A real link (it can be copied and opened in another tab) that is followed without a reload."""
        # Relative, so that the app also works below a base path behind a proxy.
        return el("a", text, href=self.href(path, **parameters), data_page=path, class_=class_)

    def banner(self) -> None:
        """Say on every page what is to be known of all its figures: that the last build failed, so that they are not
        the newest, and what of them is no real data."""
        about = self.build.row("shared/build")
        failed = build_notice(self.t, f"{about['built_at']:%Y-%m-%d %H:%M}" if about else None)
        if failed:
            self.show(failed, key="failed-build")
        if about and about["reports_sample"]:
            text = self.t(
                "sample.some" if about["reports_real"] else "sample.all", count=numbers.figure(about["reports_sample"])
            )
            self.show(el("p", self.sample_tag(), text, class_="sample-data"), key="sample")

    def sample_tag(self) -> Markup:
        """``示例数据``, before what is told of an agency that does not exist."""
        return el("span", self.t("sample.mark"), class_="tag tag-sample")

    def choose_data(self) -> bool:
        """Whether sample data are to be shown; real ones and samples are never counted together. The reader is asked
        where a build has both, and begins with what it has more of."""
        kinds = self._kinds_of_data()
        if not kinds[1:]:
            return kinds == ["sample"]
        chosen = choose(
            "data",
            kinds,
            label=self.t("filter.data"),
            shown=lambda code: self.t(f"sample.{code}"),
            widget=st.segmented_control,
            required=True,
            left_out=kinds[0],
        )
        return chosen == "sample"

    def shows_sample(self) -> bool:
        """Whether a page that does not ask begins with sample data: as chosen on another page, or as those begin."""
        kinds = self._kinds_of_data()
        wanted = asked("data")
        return (wanted if wanted in kinds else kinds[0] if kinds else "real") == "sample"

    def _kinds_of_data(self) -> list[str]:
        """``real`` and ``sample``, as far as the build has reports of them, what it has more of first."""
        about = self.build.row("shared/build") or {"reports_sample": 0, "reports_real": 0}
        kinds = [kind for kind in ("real", "sample") if about[f"reports_{kind}"]]
        return sorted(kinds, key=lambda kind: about[f"reports_{kind}"], reverse=True)

    def span(self, *, is_sample: bool) -> dict[str, int | None]:
        """The first and the last year of the pages through the years, as parameters of their queries."""
        return dict(self.build.row("shared/years", is_sample=is_sample) or {})

    def downloads(
        self, query: str, /, *, title: str = "", of_sample: bool | None = None, **parameters: object
    ) -> Markup:
        """Links to the whole result of a named query as CSV, XLSX and Parquet, made when they are followed.

        ``parameters`` are those the page asks the query with; ``row_limit`` and ``row_offset`` are lifted.
        ``of_sample`` marks the files as sample data; without it the filter ``is_sample`` says so. ``title`` names the
        list to screen readers.
        """
        is_sample = parameters.get("is_sample") is True if of_sample is None else of_sample
        selection = downloads.Selection(query, parameters, is_sample=is_sample)
        return downloads.links(self.build, self.t, selection, title=title)

    def show_print_head(self, title: str) -> None:
        """Draw what stands above a printed page only: which page, under which filters, of which build."""
        noted = st.session_state.get(_NOTED, {})
        filters = [el("span", label, self.t("print.is"), el("b", shown)) for label, shown in noted.items() if shown]
        self.show(
            el("p", el("b", self.t("app.title")), self.t("list_dot"), title),
            el("p", filters, class_="about") if filters else None,
            el("p", self._about_build(), class_="muted"),
            key="print-head-text",
        )

    def footer(self) -> Markup:
        """Which build the page shows."""
        return el("footer", self._about_build(), class_="build")

    def _about_build(self) -> str:
        about = self.build.row("shared/build")
        if about is None:
            return ""
        return self.t(
            "footer.build",
            build=about["build_id"],
            built_at=f"{about['built_at']:%Y-%m-%d %H:%M}",
            commit=(about["git_commit"] or "")[:10],
        )

    def sort_head(self, text: str, code: str, path: str) -> Markup:
        """The head of a column that a list is sorted by when it is followed: the most first, then the least first, then
        as the list comes."""
        by, is_descending = sorting()
        following = f"-{code}" if by != code else code if is_descending else ""
        others = {name: st.query_params[name] for name in st.query_params if name != "sort" and not _is_paging(name)}
        state = None if by != code else "descending" if is_descending else "ascending"
        mark = el("i", _SORTED.get(state, "↕"), aria_hidden="true", class_="sort-mark")
        address = {**others, "sort": following or None}
        return el(
            "th", self.link([text, mark], path, class_="sort", **address), scope="col", class_="number", aria_sort=state
        )

    def pager(self, name: str, size: int, total: int) -> None:
        """Buttons for the pages of a long list; none where one page holds it."""
        if total <= size:
            return
        offset = page_of(name, size)
        with st.container(horizontal=True, vertical_alignment="center", key=f"pager-{name}"):
            earlier = st.button(self.t("pager.earlier"), disabled=offset == 0, key=f"{name}:earlier")
            later = st.button(self.t("pager.later"), disabled=offset + size >= total, key=f"{name}:later")
            st.caption(self.t("pager.shown", first=offset + 1, last=min(offset + size, total), total=total))
        if earlier or later:
            st.query_params[name] = str(offset // size + (2 if later else 0))
            st.rerun()

    def show_title(self, title: str, lead: str) -> None:
        """Draw what a page is called and is about: as plain HTML, which is there before the page's components are."""
        st.html(el("div", el("h1", title), el("p", lead, class_="lead"), class_="gk"))

    def show(self, *content: Child, key: str) -> None:
        """Show a block without a side panel."""
        block(*content, key=key, language=self.language)


def build_notice(t: Texts, shown_from: str | None) -> Markup | None:
    """That the last build failed, or has not ended, with the reasons; None where readers have the last build.

    ``shown_from`` is the time of the build that is shown instead; None where there is none.
    """
    state = build_state.read(paths.data_dir())
    if state is None or (state.outcome == "running" and not state.is_overdue(datetime.now())):
        return None
    what = t(f"last_build.{'failed' if state.outcome == 'failed' else 'overdue'}", at=f"{state.at:%Y-%m-%d %H:%M}")
    instead = t("last_build.shown", at=shown_from) if shown_from else t("last_build.none")
    reasons = el("details", el("summary", t("last_build.reasons")), el("ul", [el("li", one) for one in state.reasons]))
    return el("div", el("p", what, instead), reasons if state.reasons else None, class_="failed-build", role="status")


def language() -> str:
    """``zh`` or ``en``, from the address or as last chosen."""
    asked = st.query_params.get("lang") or st.session_state.get(_KEPT + "lang") or i18n.LANGUAGES[0]
    chosen = asked if asked in i18n.LANGUAGES else i18n.LANGUAGES[0]
    remember("lang", chosen, left_out=i18n.LANGUAGES[0])
    return chosen


def remember(name: str, value: str, *, left_out: str = "") -> None:
    """Keep a choice for the session and write it into the address, except the one value that goes without saying."""
    st.session_state[_KEPT + name] = value
    if value in ("", left_out):
        if name in st.query_params:
            del st.query_params[name]
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def asked(name: str, *, kept: bool = True) -> str:
    """What the address (or else, where ``kept``, the session) says; empty where neither does."""
    return st.query_params.get(name) or (st.session_state.get(_KEPT + name, "") if kept else "")


def begin_run() -> None:
    """Forget which filters an earlier run of the session showed."""
    st.session_state[_NOTED] = {}


def note_filter(label: str, shown: str) -> None:
    """Remember a filter as it reads on the screen, for the head of a printed page."""
    st.session_state.setdefault(_NOTED, {})[label] = shown


def page_of(name: str, size: int) -> int:
    """The offset of the page of a list the address asks for; 0 where it asks for none."""
    number = asked(name, kept=False)
    return (int(number) - 1) * size if number.isdecimal() and 0 < int(number) < 10**6 else 0


def sorting() -> tuple[str, bool]:
    """The column the address asks a list to be sorted by, empty where none, and whether the most comes first."""
    by = asked("sort", kept=False)
    return by.removeprefix("-"), by.startswith("-")


def _is_paging(name: str) -> bool:
    return name == "page" or name.endswith("_page")


def _back_to_first_pages() -> None:
    """Another filter makes another list: the page of the last one would be past its end, or somewhere in it."""
    for name in filter(_is_paging, list(st.query_params)):
        del st.query_params[name]


def choose(
    name: str,
    options: Sequence[str],
    *,
    label: str,
    shown: Callable[[str], str],
    widget: Callable[..., str | None] = st.selectbox,
    kept: bool = True,
    left_out: str = "",
    **settings: object,
) -> str:
    """A filter bound to the address; the first option stands where the address asks for none that exists.

    An empty string among the options means "all" and, like ``left_out``, is not written into the address.
    """
    wanted = asked(name, kept=kept)
    value = wanted if wanted in options else options[0]
    key = f"choice:{name}"
    st.session_state[key] = value

    def changed() -> None:
        if name != "lang":
            _back_to_first_pages()
        remember(name, st.session_state[key] or "", left_out=left_out)

    widget(label, options, key=key, format_func=shown, on_change=changed, **settings)
    remember(name, value, left_out=left_out)
    if name != "lang":
        note_filter(label, shown(value).strip())
    return value
