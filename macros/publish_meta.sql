{#
  Renders the schema `meta` of the published file: what was published, from what, tested how. It exists there
  only: its times differ from build to build, and nothing in a model may.
#}

{% macro publish_meta(results, build_id) %}
  create schema meta;
  {{ create_meta_tables() }}
  {{ insert_meta_tables(results) }}
  {{ insert_meta_build(results, build_id) }}
{% endmacro %}


{# One row a relation. The marts are views that are cheap to count; other views (rule by rule verdicts) are not:
   counting them would take longer than all the rest of publishing, so their row_count stays null. Views of single cells
   name the relation that tells how many rows they have (`meta: counted_in`). #}
{% macro insert_meta_tables(results) %}
  {% set published = [] %}
  {% set counted_in = {} %}
  {% for result in results if is_published(result.node) %}
    {% do published.append(result.node) %}
    {% if result.node.config.meta.get('counted_in') %}
      {% do counted_in.update({result.node.config.meta['counted_in']: result.node.schema}) %}
    {% endif %}
  {% endfor %}
  insert into meta.tables
  with counts as (
      {% for relation, schema in counted_in.items() %}
      select {{ sql_text(schema) }} as schema_name, relation_name as table_name, row_count from {{ relation }}
      union all
      {% endfor %}
      {% for node in published if (node.config.materialized != 'view' or node.schema == 'marts'
          or node.config.meta.get('published_as') == 'table') and not node.config.meta.get('counted_in') %}
      select {{ sql_text(node.schema) }} as schema_name, {{ sql_text(node.alias) }} as table_name, count(*) as row_count
      from {{ adapter.quote(node.schema) }}.{{ adapter.quote(node.alias) }}
      union all
      {% endfor %}
      select 'meta' as schema_name, 'build' as table_name, 1 as row_count
      union all
      select 'meta' as schema_name, 'tables' as table_name, {{ published | length + 2 }} as row_count
  ),

  relations as (
      select schema_name, table_name, 'table' as kind, comment
      from duckdb_tables() where database_name = 'gongkai_published'
      union all
      select schema_name, view_name, 'view', comment
      from duckdb_views() where database_name = 'gongkai_published' and not internal
  )

  select
      schema_name, table_name, kind, row_count,
      -- 中文说明 · English text
      nullif(split_part(comment, ' · ', 1), ''),
      nullif(array_to_string(string_split(comment, ' · ')[2:], ' · '), ''),
  from relations
  left join counts using (schema_name, table_name)
  order by schema_name, table_name;
{% endmacro %}


{% macro insert_meta_build(results, build_id) %}
  {% set tests = results | selectattr('node.resource_type', 'equalto', 'test') | list %}
  {% set made_from = fromjson(query_value('select gongkai_provenance(' ~ sql_text(invocation_args_dict.project_dir) ~ ')')) %}
  {% set is_dirty = made_from['git_is_dirty'] %}
  {# What a project lacks is null: the protocol does not depend on any one relation. #}
  {% set raw = run_query(
      "select table_name from duckdb_tables() where database_name = 'raw' and schema_name = 'main'"
  ).columns['table_name'].values() %}
  {% set row_count = "(select row_count from meta.tables where schema_name || '.' || table_name = '%s')" %}
  insert into meta.build by name
  select
      {{ sql_text(build_id) }} as build_id,
      {{ sql_text(run_started_at.strftime('%Y-%m-%d %H:%M:%S.%f')) }}::timestamp as started_at,
      timezone('UTC', get_current_timestamp()) as built_at,
      {{ as_of() }} as as_of,
      {% if 'load_audit' in raw %}
      (select max(finished_at) from raw.main.load_audit) as loaded_at,
      {% endif %}
      {% if 'documents' in raw and 'offered_files' in raw %}
      (
          -- What follows the point is of one file: what its manifest says of it.
          select string_agg(distinct reader, ', ' order by reader)
          from (select document_id, split_part(reader_version, '.', 1) as reader from raw.main.documents)
          semi join raw.main.offered_files using (document_id)
      ) as reader_version,
      {% endif %}
      {{ sql_text(made_from['git_commit']) }} as git_commit,
      {{ 'null' if is_dirty is none else is_dirty }} as git_is_dirty,
      {{ sql_text(made_from['project_version']) }} as project_version,
      {{ sql_text(dbt_version) }} as dbt_version,
      ltrim(version(), 'v') as duckdb_version,
      {{ row_count % 'quality.documents' }} as document_count,
      {{ row_count % 'marts.dim_report' }} as report_count,
      {{ row_count % 'marts.form_cells' }} as cell_count,
      {{ row_count % 'quality.findings' }} as finding_count,
      {{ results | rejectattr('node.resource_type', 'in', ['test', 'exposure']) | list | length }} as node_count,
      {{ tests | length }} as test_count,
      {{ tests | selectattr('status', 'equalto', 'pass') | list | length }} as test_passed_count,
      {{ tests | selectattr('status', 'equalto', 'warn') | list | length }} as test_warned_count;
{% endmacro %}
