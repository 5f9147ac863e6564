-- NT-SHARE 正文占比 · Shares, in the prose: 正文占比 = 部分 ÷ 总数（末位舍入或截断均可）
-- Written by `make generate` from seeds/rules. A report that breaks the rule is a finding, so this warns.
{{ config(severity='warn', tags=['rules', 'nt'], store_failures=true) }}

{{ open_findings_of('NT-SHARE') }}
