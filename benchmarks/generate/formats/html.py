"""Reports as web pages: pages of a site with all that stands around a report, and pages that Word saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from html import escape
from random import Random

from benchmarks.generate.compose import Heading, PageBreak, Part
from benchmarks.generate.formats.flatten import Doubts, FlatCell, FlatRow, flatten, parted
from benchmarks.generate.formats.rendered import Rendered
from benchmarks.generate.grid import Grid, Kind

PROGRAMS = ("site", "word")
SPANS = ("right", "too_large", "none")
DECLARED = {"utf-8": ("utf-8", "gb2312", ""), "gb18030": ("gb2312", "gbk", "GB18030", "utf-8", "")}
BLANKS = ("", "&nbsp;", "<br>", "<p></p>", "<p>&nbsp;</p>", "　", "<span> </span>")
_SITE_WORDS = (
    "首页",
    "政务公开",
    "政府信息公开指南",
    "政府信息公开制度",
    "法定主动公开内容",
    "政府信息公开年报",
    "依申请公开",
)


@dataclass(frozen=True, slots=True)
class HtmlLayout:
    """How a report becomes a page. ``program`` is one of ``PROGRAMS``, ``covered`` one of flatten.COVERED.

    ``spans``: the attributes rowspan and colspan are ``right``, reach beyond the table (``too_large``) or are left out.
    With covered cells kept they make the row wider than the table, as careless editors do.
    """

    program: str = "site"
    covered: str = "own"
    spans: str = "right"
    encoding: str = "utf-8"
    declared: str = "utf-8"  # '' where the page declares nothing
    blank: str = ""  # how an empty cell is written
    splits_figures: bool = False  # a figure in several elements
    breaks_labels: bool = False  # <br> inside long labels
    is_framed: bool = False  # in the cell of a layout table, beside the navigation
    has_metadata: bool = False  # a table 索引号 … above the report
    hides_copies: bool = False  # tables in scripts, in comments and where nothing is displayed
    is_indented: bool = False
    is_open: bool = False  # </td>, </tr> and </p> left out, as HTML allows


def random_html(rng: Random) -> HtmlLayout:
    """Any layout a page may have."""
    encoding = rng.choice(("utf-8", "utf-8", "gb18030"))
    program = rng.choice(("site", "site", "word"))
    return HtmlLayout(
        program=program,
        covered=rng.choice(("own", "own", "own", "kept", "dropped", "narrow", "mixed", "ragged")),
        spans=rng.choice(("right", "right", "right", "too_large", "none")),
        encoding=encoding,
        declared=rng.choice(DECLARED[encoding]),
        blank=rng.choice(BLANKS),
        splits_figures=rng.random() < 0.3,
        breaks_labels=rng.random() < 0.2,
        is_framed=rng.random() < 0.3,
        has_metadata=rng.random() < 0.4,
        hides_copies=rng.random() < 0.3,
        is_indented=rng.random() < 0.5,
        is_open=program == "site" and rng.random() < 0.1,
    )


def render_html(parts: Sequence[Part], layout: HtmlLayout, rng: Random) -> Rendered:
    """The report as a page."""
    doubts = Doubts()
    body: list[str] = []
    tables: list[list[FlatRow]] = []
    title = next((part.text for part in parts if isinstance(part, Heading) and part.level == 1), "")
    for part in parts:
        if isinstance(part, Grid):
            rows = flatten(part, layout.covered, rng)
            for row in rows:
                doubts.note(row, part)
            tables.append(rows)
            body.append(_table(rows, layout, rng))
        elif isinstance(part, PageBreak):
            body.append('<br clear=all style="page-break-before:always">')
        else:
            body.append(_paragraph(part.text, part.level if isinstance(part, Heading) else 0, layout))
    if layout.hides_copies:
        body.insert(rng.randint(0, len(body)), _copies(rng.choice(tables), layout, rng))
    page = _page("\n".join(body), title, layout)
    # What the charset lacks is written as a character reference.
    return Rendered(page.encode(layout.encoding, "xmlcharrefreplace"), ".html", doubts.cells)


def _page(body: str, title: str, layout: HtmlLayout) -> str:
    charset = f'<meta http-equiv="Content-Type" content="text/html; charset={layout.declared}">' * bool(layout.declared)
    if layout.program == "word":
        return (
            '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">\n'
            f'<head>\n{charset}\n<meta name=Generator content="Microsoft Word 15">\n<!--[if gte mso 9]><xml><w:View>'
            "Normal</w:View></xml><![endif]-->\n<style><!-- p.MsoNormal {margin:0cm; font-size:10.5pt} --></style>\n"
            f"</head>\n<body lang=ZH-CN style='tab-interval:21.0pt'>\n<div class=WordSection1>\n{body}\n</div>\n</body>"
            "\n</html>\n"
        )
    meta = f'<meta name="ArticleTitle" content="{escape(title)}">' if title and layout.has_metadata else ""
    menu = "".join(f'<li><a href="/{i}/">{word}</a></li>' for i, word in enumerate(_SITE_WORDS))
    menu = f'<div class="nav"><ul>{menu}</ul></div>'
    about = ""
    if layout.has_metadata:
        named = f"<tr><td>名　　称：</td><td colspan=3>{escape(title)}</td></tr>" if title else ""
        about = (
            '<table class="info"><tr><td>索引号：</td><td>QZ00101-0203-2021-00012</td><td>有效性：</td><td>有效</td>'
            f"</tr>{named}</table>"
        )
    report = f'<div class="article">{about}<div id="zoom">\n{body}\n</div></div>'
    if layout.is_framed:
        report = (
            f'<table width="1000"><tr><td colspan="2">{menu}</td></tr><tr><td width="200">政府信息公开目录</td>'
            f"<td>{report}</td></tr></table>"
        )
    else:
        report = menu + report
    foot = '<div class="foot"><p>网站标识码：3505240001　　版权所有</p><p>您是第 128 位访问者</p></div>'
    script = '<script>var visits = 128; document.write("<p>" + visits + "</p>");</script>'
    return (
        f"<!DOCTYPE html>\n<html>\n<head>{charset}{meta}<title>{escape(title)}</title>\n<style>td {{padding:2px}}"
        f"</style></head>\n<body>\n{report}\n{foot}\n{script}\n</body>\n</html>\n"
    )


def _paragraph(text: str, level: int, layout: HtmlLayout) -> str:
    content = escape(text)
    if layout.program == "word":
        return (
            f"<p class=MsoNormal style='text-indent:24pt'><span style='font-size:12pt'>{content}<o:p></o:p></span></p>"
        )
    end = "" if layout.is_open else "</p>"
    return f"<h{level}>{content}</h{level}>" if level else f"<p>&nbsp;&nbsp;{content}{end}"


def _table(rows: Sequence[FlatRow], layout: HtmlLayout, rng: Random, attributes: str = "") -> str:
    gap = "\n  " if layout.is_indented else ""
    drawn = []
    for row in rows:
        cells = gap.join(_cell(cell, row, layout, rng) for cell in row.cells)
        drawn.append(f"<tr>{gap}{cells}{'' if layout.is_open else '</tr>'}")
    border = "class=MsoTableGrid border=1" if layout.program == "word" else 'border="1" cellspacing="0"'
    return f"<table {border}{attributes}><tbody>\n" + "\n".join(drawn) + "\n</tbody></table>"


def _cell(cell: FlatCell, row: FlatRow, layout: HtmlLayout, rng: Random) -> str:
    tag = "th" if row.kind is Kind.HEAD and layout.program == "site" else "td"
    told = ""
    if layout.spans != "none":
        more = rng.choice((0, 1, 30)) if layout.spans == "too_large" else 0
        told += f' rowspan="{cell.rowspan + more}"' if cell.rowspan > 1 else ""
        told += f" colspan={cell.colspan}" if cell.colspan > 1 else ""
    content = _content(cell, layout, rng) if cell.text else layout.blank
    if layout.program == "word":
        inside = f"<p class=MsoNormal align=center><span lang=EN-US>{content}<o:p></o:p></span></p>"
        return f"<td width=60 valign=top style='border:solid windowtext 1.0pt'{told}>\n  {inside}\n  </td>"
    if layout.is_indented and cell.text:
        content = f"\n    {content}\n  "
    return f"<{tag}{told}>{content}" + ("" if layout.is_open else f"</{tag}>")


def _content(cell: FlatCell, layout: HtmlLayout, rng: Random) -> str:
    text = cell.text
    if not cell.key and layout.breaks_labels:
        return escape(parted(text, "\n")).replace("\n", "<br>")
    if not (cell.key and layout.splits_figures and len(text) > 1):
        return escape(text)
    at = rng.randint(1, len(text) - 1)
    first, rest = escape(text[:at]), escape(text[at:])
    return rng.choice(
        (
            f"<span>{first}</span><span lang=EN-US>{rest}</span>",
            f"{first}<font face=宋体>{rest}</font>",
            f"<b>{first}</b><!-- --><b>{rest}</b>",
        )
    )


def _copies(rows: Sequence[FlatRow], layout: HtmlLayout, rng: Random) -> str:
    """The table with other figures, in places that no browser shows."""
    other = [
        replace(row, cells=tuple(replace(c, text=str(rng.randint(1, 99))) if c.key else c for c in row.cells))
        for row in rows
    ]
    written = _table(other, replace(layout, program="site", is_open=False), rng)
    hidden: tuple[Callable[[], str], ...] = (
        lambda: f'<div style="display:none">{written}</div>',
        lambda: f"<script>var draft = {written.replace(chr(10), '')!r};</script>",
        lambda: f"<!-- {written.replace('<!-- -->', '')} -->",
        lambda: f'<script type="text/template">{written}</script>',
        lambda: f"<template>{written}</template>",
        lambda: _table(other, replace(layout, program="site", is_open=False), rng, ' style="DISPLAY: none"'),
    )
    return "\n".join(draw() for draw in rng.sample(hidden, 2))
