"""What the charts may never say: a gap is not joined, the change of form not crossed, zero not missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import altair as alt
import pytest

from dashboard import i18n
from dashboard.components import numbers
from dashboard.components.bar_charts import bar_chart
from dashboard.components.chart_specs import STATUS_SHAPES, Bar, Part, Point, Series, Spec
from dashboard.components.charts import plain
from dashboard.components.line_charts import form_breaks, line_chart, segments
from dashboard.components.markup import el

T = i18n.texts("zh")
NEW = Series("new", "新收")
YEARS = [2019, 2020, 2021, 2022]


def point(year: int, value: float | None, **known: Any) -> Point:
    return Point("new", year, value, **{"basis": "own", "exact": "" if value is None else str(value), **known})


def drawn(chart: Spec, mark: str) -> list[dict[str, Any]]:
    """The records of the layers of one kind of mark."""
    return [record for layer in chart["layer"] if layer["mark"]["type"] == mark for record in layer["data"]["values"]]


def joined(*points: Point) -> list[list[int]]:
    return [[point.year for point in run] for run in segments(points)]


def test_neighbouring_years_on_one_basis_are_joined() -> None:
    assert joined(point(2020, 2), point(2019, 1), point(2021, 0)) == [[2019, 2020, 2021]]


@pytest.mark.parametrize(
    "gap",
    [
        (),
        (point(2020, None, status="missing"),),
        (point(2020, None, status="blank"),),
        (point(2020, 5, basis=""),),
        (point(2020, 5, basis="consolidated"),),
    ],
    ids=["no report", "missing", "blank", "members missing", "another scope"],
)
def test_a_gap_is_not_joined(gap: tuple[Point, ...]) -> None:
    runs = joined(point(2019, 1), *gap, point(2021, 3), point(2022, 4))
    assert runs[-1] == [2021, 2022]
    assert all(2019 not in run or run == [2019] for run in runs)


def test_a_series_that_counts_otherwise_is_not_joined_over_the_change_of_form() -> None:
    points = [point(year, 1, basis=f"own {form}") for year, form in ((2019, 2019), (2020, 2019), (2021, 2021))]
    assert joined(*points) == [[2019, 2020], [2021]]
    assert len({record["run"] for record in drawn(line_chart([NEW], points, YEARS, T, unit="件"), "line")}) == 1


def test_the_change_of_form_is_drawn_between_the_years() -> None:
    forms = {2019: "2019", 2020: "2019", 2022: "2021"}
    assert form_breaks(forms) == {2021.0: ("2019", "2021")}
    chart = line_chart([NEW], [point(2019, 1), point(2022, 2)], YEARS, T, unit="件", forms=forms)
    assert any(record.get("year") == 2021.0 for record in drawn(chart, "rule"))
    assert form_breaks({2019: "2021", 2020: "2021"}) == {}


def test_zero_is_a_point_and_says_so_and_what_is_missing_is_none() -> None:
    chart = line_chart([NEW], [point(2019, 0), point(2020, None, status="missing")], YEARS[:2], T, unit="件")
    texts = {record.get("mark") or record.get("word") for record in drawn(chart, "text")}
    assert texts == {"0", "缺失"}
    values = [record for record in drawn(chart, "point") if record["value"] is not None]
    assert [(record["year"], record["value"]) for record in values] == [(2019, 0.0)]


def test_every_reason_for_no_value_has_a_shape_and_a_word_of_its_own() -> None:
    statuses = ("no_report", "missing", "blank", "not_applicable", "unreadable", "no_cases", "not_available")
    points = [point(2000 + number, None, status=status) for number, status in enumerate(statuses)]
    chart = line_chart([NEW], points, range(2000, 2000 + len(statuses)), T, unit="件")
    words = [record["word"] for record in drawn(chart, "text") if "word" in record]
    assert len(set(words)) == len(statuses)
    assert len({STATUS_SHAPES[status] for status in statuses}) == len(statuses)


def test_symbols_of_series_and_of_reasons_do_not_mix() -> None:
    chart = line_chart(
        [NEW, Series("b", "b")], [point(2019, 1), point(2020, None, status="blank")], YEARS, T, unit="件"
    )
    assert chart["resolve"] == {"scale": {"shape": "independent"}}


def test_few_cases_stand_as_counts_each_for_itself() -> None:
    points = [point(2019, None, status="few_cases", exact="2/5"), Point("b", 2019, None, "few_cases", exact="1/3")]
    chart = line_chart([NEW, Series("b", "b")], points, [2019], T, unit="")
    assert [record["word"] for record in drawn(chart, "text") if "word" in record] == ["2/5", "1/3"]


def test_a_doubtful_figure_is_hollow_and_gives_the_reason() -> None:
    chart = line_chart([NEW], [point(2019, 231, is_doubtful=True, reason="215+16 ≠ 222")], [2019], T, unit="件")
    (record,) = [record for record in drawn(chart, "point") if record["value"] is not None]
    assert record["hollow"]
    assert "215+16 ≠ 222" in record["note"]
    assert "≠" in next(record["mark"] for record in drawn(chart, "text"))


def test_an_incomplete_sum_says_how_many_of_how_many() -> None:
    chart = line_chart([NEW], [point(2019, 7, basis="", coverage=(20, 21))], [2019], T, unit="件")
    assert [record["mark"] for record in drawn(chart, "text")] == ["20/21"]


def test_words_at_a_point_do_not_lie_on_the_point_above_it() -> None:
    for other, below in ((102, True), (180, False)):
        points = [point(2019, 100, is_doubtful=True), Point("b", 2019, other, exact=str(other))]
        chart = line_chart([NEW, Series("b", "b")], points, [2019], T, unit="件")
        (layer,) = [
            layer
            for layer in chart["layer"]
            if any("mark" in one for one in layer["data"]["values"])
            if layer["mark"]["type"] == "text"
        ]
        assert (layer["mark"]["dy"] > 0) == below


def test_series_are_told_apart_without_colour() -> None:
    series = [Series(str(number), str(number)) for number in range(6)]
    points = [Point(entry.code, year, 1, basis="own") for entry in series for year in YEARS]
    chart = line_chart(series, points, YEARS, T, unit="件")
    for channel in ("shape", "strokeDash", "color"):
        ranges = [layer["encoding"][channel]["scale"]["range"] for layer in chart["layer"]
                  if channel in layer["encoding"] and layer["encoding"][channel]["field"] == "series"]  # fmt: skip
        assert ranges and all(len({str(look) for look in looks}) == 6 for looks in ranges)


def test_a_bar_without_all_its_parts_says_why() -> None:
    bars = [Bar("2019", "2019"), Bar("2020", "2020", status="missing")]
    chart = bar_chart(bars, [NEW], [Part("2019", "new", 1.0, "9/9")], T)
    assert [record["bar"] for record in drawn(chart, "bar")] == ["2019"]
    assert [record["told"] for record in drawn(chart, "point")] == ["缺失"]


def test_parts_of_few_cases_are_labelled_by_their_count() -> None:
    parts = [Part("2019", "new", 0.5, "1/2", label="1"), Part("2019", "b", 0.5, "1/2")]
    chart = bar_chart([Bar("2019", "2019")], [NEW, Series("b", "b", "b")], parts, T)
    assert [record["named"] for record in drawn(chart, "bar")] == ["1", "b 50%"]


def test_the_specifications_are_what_vega_lite_understands() -> None:
    points = [point(2019, 1, low=0.5, high=2), point(2020, 2, is_doubtful=True), point(2021, None, status="blank")]
    forms = {2019: "2019", 2020: "2021"}
    alt.LayerChart.from_dict(line_chart([NEW], points, YEARS, T, unit="件", forms=forms))
    bars = [Bar("2019", "2019", form="2019"), Bar("2020", "2020", form="2021", status="missing")]
    alt.LayerChart.from_dict(bar_chart(bars, [NEW], [Part("2019", "new", 1.0, "9/9")], T))


def test_large_figures_are_short_in_the_steps_of_the_language() -> None:
    assert [numbers.short(Decimal(value), T) for value in (9999, 12345, 295300000)] == ["9,999", "1.23万", "2.95亿"]
    assert [numbers.short(Decimal(value), i18n.texts("en")) for value in (999, 12345, -1500000)] == [
        "999", "12.3k", "−1.5m",
    ]  # fmt: skip


def test_what_is_said_of_a_picture_holds_no_markup() -> None:
    assert plain(el("p", "a < b ", el("b", "1 & 2"))) == "a < b 1 & 2"
