"""HTML as publishers make it: what a reader of the page sees is read, and nothing else."""

from __future__ import annotations

import pytest

from ingest.limits import MAX_HTML_DEPTH
from ingest.readers import UnreadableFileError
from ingest.readers.html import decode_html, read_html


def page(body: str) -> str:
    return f"<html><head><title>t</title></head><body>{body}</body></html>"


def rows(body: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(row.kind, row.cells) for row in read_html(page(body).encode()).rows]


def grid(body: str) -> list[tuple[str, ...]]:
    return [cells for kind, cells in rows(body) if kind == "grid"]


def test_a_row_holds_its_own_cells_whatever_the_spans_say():
    body = """<table><tr><td rowspan="2" colspan=3>三</td><td>（一）</td><td>1</td></tr>
              <tr><td colspan="1000000">（二）</td><td rowspan=0>2</td></tr></table>"""
    assert grid(body) == [("三", "（一）", "1"), ("（二）", "2")]


def test_empty_cells_are_cells():
    assert grid("<table><tr><td>a</td><td>&nbsp;</td><td></td><td><p>　</p></td></tr></table>") == [("a", "", "", "")]


def test_a_number_split_over_spans_is_one_number():
    assert grid("<table><tr><td><span>12</span><span lang=EN-US>345</span></td></tr></table>") == [("12345",)]


@pytest.mark.parametrize("cell", ["12<br>34", "<p>12</p><p>34</p>", "<div>12</div>34"])
def test_numbers_on_lines_of_their_own_are_not_joined(cell: str):
    assert grid(f"<table><tr><td>{cell}</td></tr></table>") == [("12\n34",)]


def test_layout_tables_dissolve_and_the_tables_in_them_stay():
    body = """<table><tr><td>导航</td><td><p>标题行</p><table><tr><td>规章</td><td>1</td></tr></table>尾注</td></tr>
              <tr><td>a</td><td>b</td></tr></table>"""
    assert rows(body) == [
        ("line", ("导航",)), ("line", ("标题行",)), ("grid", ("规章", "1")), ("line", ("尾注",)), ("grid", ("a", "b")),
    ]  # fmt: skip


def test_scripts_styles_comments_and_hidden_parts_are_not_read():
    body = """<script>document.write("<table><tr><td>规章</td><td>9</td></tr></table>")</script><style>p{}</style>
              <!-- <p>注释</p> --><div style="display: none"><table><tr><td>规章</td><td>8</td></tr></table></div>
              <p hidden>x</p><noscript><p>y</p></noscript><table><tr style="display:none"><td>规章</td><td>7</td></tr>
              <tr><td>规章</td><td style="visibility:hidden">6</td><td>1</td></tr></table>"""
    assert rows(body) == [("grid", ("规章", "1"))]


def test_blocks_and_breaks_end_lines():
    assert rows("<p>一</p>二<br>三<div>四<b>五</b></div>") == [("line", (t,)) for t in ("一", "二", "三", "四五")]


def test_the_line_of_a_row_leads_to_its_text():
    document = read_html(page("<p>甲</p><table><tr><td>规章</td><td>1</td></tr></table>").encode())
    row = document.table_rows[0]
    assert document.lines[row.line_no - 1].text == "规章\t1"


def test_article_metadata_comes_first():
    title, on = "某县2020年政府信息公开工作年度报告", "2021-01-20"
    head = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{on}">'
    document = read_html(f"<html><head>{head}</head><body><p>正文</p></body></html>".encode())
    assert [line.text for line in document.lines] == [
        f"标题: {title}",
        f"发布日期: {on}",
        "正文",
    ]


@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "nonsense", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_bytes_outrank_the_declared_encoding(encoding: str, declared: str):
    source = f'<meta charset="{declared}"><p>信息公開㐀</p>'
    assert decode_html(source.encode(encoding))[0] == source


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(UnreadableFileError, match="save it again"):
        read_html(b"<p>\xff\xff\xff</p>")


@pytest.mark.parametrize("wrapped", ["{}", "<table><tr><td>{}</td></tr></table>"])
def test_endless_nesting_is_refused(wrapped: str):
    deep = "<div>" * (MAX_HTML_DEPTH + 5) + "x"
    with pytest.raises(UnreadableFileError, match="nests more than"):
        read_html(page(wrapped.format(deep)).encode())
