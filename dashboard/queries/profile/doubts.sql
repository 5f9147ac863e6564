-- Cells that are terms of a rule the report breaks, or that a correction was suggested for. grain: cell, finding
with findings as (
    select *
    from quality.findings
    where report_id = $report_id and status = 'open'
),

terms as (
    select distinct
        finding.finding_id,
        finding.rule_id,
        finding.severity,
        finding.equation_text,
        finding.table_no,
        case when term.line_code = '*' then finding.line_code else term.line_code end as line_code,
        case when term.column_code = '*' then finding.column_code else term.column_code end as column_code
    from findings as finding
    inner join marts.dim_report as report on finding.report_id = report.report_id
    inner join reference.rule_terms as term
        on
            finding.rule_id = term.rule_id
            and finding.table_no = term.table_no
            and term.form_version = case finding.table_no
                when 2 then report.table2_form
                when 3 then report.table3_form
                else report.table4_form
            end
            and (term.line_code = '*' or finding.line_code in ('*', term.line_code))
            and (term.column_code = '*' or finding.column_code in ('*', term.column_code))
    where term.line_code is not null and term.line_code <> '' and term.year_offset = 0
)

select
    terms.*,
    definition.name_zh as rule_name_zh,
    definition.name_en as rule_name_en,
    suggestion.suggested_value,
    suggestion.is_unique,
    suggestion.is_thin,
    suggestion.proof as proof_zh,
    suggestion.proof_en,
    suggestion.group_id is not null as is_suspect
from terms
inner join reference.rules as definition on terms.rule_id = definition.rule_id
left join quality.suggested_corrections as suggestion
    on
        suggestion.report_id = $report_id
        -- Of several cells that must change together a single one proves nothing, unless no others would do.
        and (suggestion.cell_count = 1 or suggestion.is_unique)
        and terms.severity = 'hard'
        and terms.table_no = suggestion.table_no
        and terms.line_code = suggestion.line_code
        and terms.column_code = suggestion.column_code
order by terms.table_no, terms.line_code, terms.column_code, terms.severity, terms.rule_id, terms.finding_id
