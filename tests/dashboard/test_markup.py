"""What is printed in a report never becomes markup, and the forms are whole tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from xml.etree import ElementTree

import duckdb
import pytest

from dashboard.components import numbers
from dashboard.components.form_table import form_table, lines_of
from dashboard.components.markup import Markup, el, fill, join
from dashboard.i18n import texts
from dashboard.warehouse import Row

_HOSTILE = "<img src=x onerror=alert(1)>\"'&"
_FORM = """
    select form_version, table_no, line_code, column_code, line_label_zh, line_name_en as line_label_en,
        parent_label_zh, group_name_en, column_label_zh, column_name_en as column_label_en
    from reference.form_lines
    where form_version = ?
    order by table_no, line_no, column_no
"""


def test_text_and_attributes_are_escaped() -> None:
    escaped = "&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;"
    assert el("p", _HOSTILE, title=_HOSTILE) == f'<p title="{escaped}">{escaped}</p>'


def test_markup_passes_once_and_unchanged() -> None:
    assert join([el("b", "1 < 2"), " < 3", None]) == "<b>1 &lt; 2</b> &lt; 3"
    assert isinstance(join(["a"]), Markup)


def test_a_sentence_escapes_its_own_words_and_its_values() -> None:
    assert fill("{name} & <b>", name=_HOSTILE[:4]) == "&lt;img &amp; &lt;b&gt;"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("249887966.420000"), "249,887,966.42"),
        (Decimal("-156.000000"), "−156"),
        (Decimal("0.000000"), "0"),
        (Decimal("25.100000"), "25.1"),
        (Decimal("1000000.000000"), "1,000,000"),
        (None, ""),
        (7, "7"),
    ],
)
def test_figures_are_exact(value: Decimal | int | None, written: str) -> None:
    assert numbers.figure(value) == written


@pytest.fixture(params=["2019", "2021"])
def form_rows(request: pytest.FixtureRequest, sql: duckdb.DuckDBPyConnection) -> Iterator[list[Row]]:
    """Every cell of a form with hostile text in it."""
    cursor = sql.cursor()
    cursor.execute(_FORM, [request.param])
    names = [column[0] for column in cursor.description]
    filled = {"value": None, "value_status": "unreadable", "value_as_printed": _HOSTILE, "unit_code": "count"}
    yield [{**dict(zip(names, row, strict=True)), **filled} for row in cursor.fetchall()]
    cursor.close()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_forms_are_rectangular_whatever_spans(form_rows: list[Row], language: str) -> None:
    t = texts(language)
    for number, group in groupby(lines_of(form_rows, t), key=lambda line: line.table_no):
        lines = list(group)
        tree = ElementTree.fromstring(form_table(number, lines, {}, t))
        taken: set[tuple[int, int]] = set()
        rows = tree.findall(".//tr")
        for y, row in enumerate(rows):
            x = 0
            for cell in row:
                while (x, y) in taken:
                    x += 1
                for dy in range(int(cell.get("rowspan", 1))):
                    for dx in range(int(cell.get("colspan", 1))):
                        assert (x + dx, y + dy) not in taken, (number, y, x)
                        taken.add((x + dx, y + dy))
        width = 1 + max(x for x, _ in taken)
        assert len(taken) == width * len(rows), number
        assert len(tree.findall(".//td")) == sum(len(line.cells) for line in lines)
        assert all(head.get("scope") for head in tree.findall(".//th"))
        assert not tree.findall(".//img")


def test_a_group_of_lines_stands_under_one_heading_as_on_the_form(form_rows: list[Row]) -> None:
    t = texts("zh")
    lines = [line for line in lines_of(form_rows, t) if line.table_no == 3]
    tree = ElementTree.fromstring(form_table(3, lines, {}, t))
    spans = {"".join(head.itertext()): int(head.get("rowspan", 0)) for head in tree.findall(".//tbody//th[@rowspan]")}
    expected = {"三、本年度办理结果": len(lines) - 3, "（三）不予公开": 8, "（四）无法提供": 3, "（五）不予处理": 5}
    if form_rows[0]["form_version"] == "2021":
        expected["（六）其他处理"] = 3
    assert spans == expected
