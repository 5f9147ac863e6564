"""What the facts come to for agencies and regions, written without the queries of the pages and without the tables of
regions that those read: what the numbers on the screen are held against."""

from __future__ import annotations

import random

import duckdb

from dashboard import i18n

# `cells`: the figures to use; 表三 （六） of 2019 (`other`) is three lines of 2021. `counts`: totals as headlines have
# them, six applicants added up where 总计 is not there, with the groups of outcomes. `standing`: the reports that stand
# for an agency or region (`whose`) in a year, of a region its consolidated one, else those that may be added up.
_TABLES = """
create temp table cells as
with flows as (
    select report_id, applicant_type_code as column_code, new_count as "new", carried_in_count as carried_in,
        closed_count as closed, carried_out_count as carried_out
    from marts.fct_applications
),
facts as (
    select report_id, 2 as table_no, item_code as line_code, measure_code as column_code,
        value, unit_code
    from marts.fct_proactive_items
    union all by name
    select 3 as table_no, * from flows
        unpivot include nulls (value for line_code in ("new", carried_in, closed, carried_out))
    union all by name
    select report_id, 3 as table_no, outcome_code as line_code, applicant_type_code as column_code,
        outcome_count as value
    from marts.fct_outcomes
    union all by name
    select report_id, 4 as table_no, route_code as line_code, result_code as column_code, case_count as value
    from marts.fct_disputes
    union all by name
    select report_id, table_no, line_code, 'total' as column_code, total_count as value from marts.fct_printed_totals
)
-- An amount without a unit is told and added to nothing.
select * replace (case when unit_code = 'unstated' and value <> 0 then null else value end as value),
    value as told, true as is_printed
from facts
union all by name
select report_id, table_no, 'other' as line_code, column_code, case when count(value) = 3 then sum(value) end as value,
    false as is_printed
from facts where line_code in ('other_no_correction', 'other_unpaid_fee', 'other_remaining') group by all;

create temp table counts as
with lines as (
    select report_id, line_code, coalesce(
        max(value) filter (column_code = 'total'),
        case when count(value) filter (column_code <> 'total') = 6 then sum(value) filter (column_code <> 'total') end
    ) as value
    from cells where table_no = 3 and is_printed group by all
)
select * from lines where line_code in ('new', 'carried_in', 'closed', 'carried_out')
union all by name
select report_id, outcome_group_code as line_code, case when count(value) = count(*) then sum(value) end as value
from lines inner join marts.dim_outcome on line_code = outcome_code group by all;

create temp table parts as
select unnest([county_agency_id, prefecture_agency_id, province_agency_id]) as whose, fiscal_year, report_id,
    'region' as kind, false as is_declared
from marts.summable_reports
union all
select agency_id, fiscal_year, report_id, 'region', true
from marts.dim_report
where scope_code = 'consolidated' and agency_id in (select region_agency_id from marts.region_members)
union all
select agency_id, fiscal_year, report_id, 'agency', true
from marts.dim_report where agency_id in (
    select agency_id from marts.dim_report group by agency_id having count(distinct scope_code) = 1
);

create temp table standing as
select * from parts where whose is not null
qualify is_declared or not bool_or(is_declared) over (partition by kind, whose, fiscal_year);
"""


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that the checks ask, for the life of the connection."""
    con.execute(_TABLES)


class Whose:
    """An agency or region drawn by lot, and what the facts come to for it."""

    def __init__(self, lot: random.Random, con: duckdb.DuckDBPyConnection, *kinds: str) -> None:
        self.con = con
        self.kind = lot.choice(kinds or ("region", "agency"))
        self.code, is_sample = lot.choice(
            con.execute(
                "select distinct whose, is_sample from standing inner join marts.dim_agency on whose = agency_id"
                " where kind = ? order by all",
                [self.kind],
            ).fetchall()
        )
        self.language = lot.choice(i18n.LANGUAGES)
        self.filters = {"of": self.kind, self.kind: self.code, "data": "sample" if is_sample else "real"}

    def sums(self, columns: str, of: str, grouped: str, where: str = "true") -> list[tuple]:
        """``columns`` of the reports that stand for it joined with a table, by year and what it is grouped by."""
        return self.con.execute(
            f"select standing.fiscal_year, {grouped}, {columns} from standing inner join {of} using (report_id)"
            f" where kind = ? and whose = ? and {where} group by all",
            [self.kind, self.code],
        ).fetchall()
