"""Reconciliation suite: the rules as expectations on the published cells, apart from the engine that evaluated them.

The suite is made from ``reference.rules``; ``sides`` adds up both sides of every equation from ``marts.form_cells`` and
``reference.rule_terms``; Great Expectations judges them. Nothing here reads ``quality.rule_results`` but ``compared``,
which holds the verdicts of both against each other, so that neither the engine nor its table is taken at its word.

Importing this module costs seconds (Great Expectations).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

os.environ["GX_ANALYTICS_ENABLED"] = "false"  # before the import, which would already report its use to the net

import duckdb
import great_expectations as gx
import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig

from ingest.checks.sides import BLANK, OTHER, SCALE, Book, Cells, Rule, batches, sides

VERDICTS = ("pass", "fail", "pass_if_blank_is_zero", "not_evaluable")
ADDRESS = ["report_id", "rule_id", "table_no", "line_code", "column_code"]
SIDES = ["left_side", "right_side"]
EXAMPLES, DIFFERENCES = 5, 20  # kept for the summary, of what breaks a rule and of what is not the engine's verdict

_DIFFERING = f"""
    with engine as (
        select report_id, rule_id, table_no, line_code, column_code, verdict,
            left_value is not null as has_left, right_value is not null as has_right,
            cast(try_cast(left_value as decimal(30, 6)) * {SCALE} as hugeint) as left_side,
            cast(try_cast(right_value as decimal(30, 6)) * {SCALE} as hugeint) as right_side
        from quality.rule_results
        where report_id in (select unnest($reports)) and rule_id in (select unnest($rules))
    )
    select {", ".join(ADDRESS)}, suite.verdict as verdict_suite, engine.verdict as verdict_engine
    from suite
    full join engine using ({", ".join(ADDRESS)})
    where suite.verdict is distinct from engine.verdict
        or suite.has_left is distinct from engine.has_left
        or suite.has_right is distinct from engine.has_right
        or suite.has_left and cast(suite.left_side as hugeint) is distinct from engine.left_side
        or suite.has_right and cast(suite.right_side as hugeint) is distinct from engine.right_side
    order by all
"""


def expectations(rule: Rule) -> list[gxe.Expectation]:
    """What a rule expects of the frame of its equations: a row that meets none of the bounds' breaches holds."""
    found: list[gxe.Expectation] = []
    if rule.has_floor:
        found.append(_at_least("left_side", "floor"))
    if rule.ceiling:
        found.append(_at_least("ceiling", "left_side"))
    if rule.relation == "whole":
        found.append(gxe.ExpectColumnValuesToBeBetween(column="fraction", min_value=0, max_value=0))
    return found


def _at_least(larger: str, smaller: str) -> gxe.Expectation:
    return gxe.ExpectColumnPairValuesAToBeGreaterThanB(
        column_A=larger, column_B=smaller, or_equal=True, ignore_row_if="either_value_is_missing"
    )


class Suite:
    """The expectations of every rule the suite covers, set up once and run on batch after batch."""

    def __init__(self, book: Book) -> None:
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = ProgressBarsConfig(globally=False)
        source = context.data_sources.add_pandas("published")
        self.book = book
        self._equations = source.add_dataframe_asset("equations").add_batch_definition_whole_dataframe("equations")
        self._suites = {
            rule.rule_id: gx.ExpectationSuite(name=rule.rule_id, expectations=expectations(rule)) for rule in book.rules
        }

    @property
    def expectation_count(self) -> int:
        """How many expectations the suite has."""
        return sum(len(suite.expectations) for suite in self._suites.values())

    def verdicts(self, cells: Cells) -> Iterator[tuple[Rule, pd.DataFrame]]:
        """The verdict on every equation, rule by rule: ADDRESS, verdict, the sides (scaled) and whether they are whole.

        Raises RuntimeError where an expectation was not answered: a rule that was not judged has not passed.
        """
        for rule in self.book.rules:
            found = sides(cells, rule)
            if found.empty:
                continue
            breaks = self._breaks(rule, found)
            verdict = np.select(
                [found["gap"] == OTHER, (found["gap"] == BLANK) & breaks, found["gap"] == BLANK, breaks],
                ["not_evaluable", "not_evaluable", "pass_if_blank_is_zero", "fail"],
                "pass",
            )
            yield (
                rule,
                found.assign(rule_id=rule.rule_id, verdict=verdict)[
                    [*ADDRESS, "verdict", *SIDES, "has_left", "has_right"]
                ],
            )

    def _breaks(self, rule: Rule, found: pd.DataFrame) -> np.ndarray:
        """Which equations Great Expectations finds broken, those with other gaps than blanks left out."""
        judged = found[found["gap"] != OTHER]
        suite = self._suites[rule.rule_id]
        breaks = np.zeros(len(found), dtype=bool)
        if judged.empty:
            return breaks
        batch = self._equations.get_batch(batch_parameters={"dataframe": judged})
        answers = batch.validate(suite, result_format="COMPLETE").results
        if len(answers) != len(suite.expectations):
            raise RuntimeError(
                f"{len(answers)} of {len(suite.expectations)} expectations of {rule.rule_id} were answered"
            )
        for answer in answers:
            if (answer.exception_info or {}).get("exception_message"):
                raise RuntimeError(f"{rule.rule_id} was not judged: {answer.exception_info['exception_message']}")
            breaks[answer.result["unexpected_index_list"] or []] = True
        return breaks


@dataclass
class Outcome:
    """What an audit came to. Examples of what does not hold are the first in the order of agencies and years."""

    suite_id: str
    expectations: int
    reports: int = 0
    not_covered: list[str] = field(default_factory=list)  # rules that are no relation between sums of cells
    rules: dict[str, Rule] = field(default_factory=dict)
    counts: dict[str, Counter] = field(default_factory=dict)  # rule → verdict → equations
    failures: dict[str, list[dict]] = field(default_factory=dict)  # rule → some of the equations that do not hold
    differing: int = 0  # verdicts or figures that are not the engine's
    differences: list[dict] = field(default_factory=list)  # the first of them

    @property
    def failed(self) -> int:
        """How many equations do not hold."""
        return sum(counts["fail"] for counts in self.counts.values())


def audit(
    con: duckdb.DuckDBPyConnection,
    *,
    size: int,
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Outcome:
    """Judge every current report of a published build, so many at a time, and hold it against the engine's verdicts."""
    book = Book(con)
    suite = Suite(book)
    total = con.execute("select count(*) from marts.dim_report").fetchone()[0]
    outcome = Outcome(f"S-{book.fingerprint}", suite.expectation_count, not_covered=book.not_covered)
    for rule in book.rules:
        outcome.rules[rule.rule_id] = rule
        outcome.counts[rule.rule_id], outcome.failures[rule.rule_id] = Counter(), []
    for cells in batches(con, book, size):
        found = [verdicts for _, verdicts in suite.verdicts(cells)]
        for verdicts in found:
            rule_id = verdicts["rule_id"].iloc[0]
            outcome.counts[rule_id].update(verdicts["verdict"].value_counts().to_dict())
            failing = verdicts[verdicts["verdict"] == "fail"]
            wanted = EXAMPLES - len(outcome.failures[rule_id])
            outcome.failures[rule_id] += failing.head(wanted).to_dict("records")
        differences = compared(con, cells, pd.concat(found))
        outcome.differing += len(differences)
        outcome.differences += differences.head(DIFFERENCES - len(outcome.differences)).to_dict("records")
        outcome.reports += cells.asked
        progress("audited", outcome.reports, total)
    return outcome


def compared(con: duckdb.DuckDBPyConnection, cells: Cells, verdicts: pd.DataFrame) -> pd.DataFrame:
    """Equations of these reports on which the engine says something else than the suite, or one of them nothing."""
    asked = {"reports": cells.report_ids[: cells.asked].tolist(), "rules": [rule.rule_id for rule in cells.book.rules]}
    wide = {side: verdicts[side].map(str) for side in SIDES if verdicts[side].dtype == object}
    con.register("suite", verdicts.assign(**wide))
    try:
        return con.execute(_DIFFERING, asked).df()
    finally:
        con.unregister("suite")
