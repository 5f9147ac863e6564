{#
  Publish protocol: after a complete clean `dbt build` the published relations are copied to a NEW file and, last
  of all, the pointer <DATA>/gongkai.duckdb is flipped to it. Readers never see a table that a test has not passed,
  nor a file that someone is writing.

  The macro only renders the script; dbt runs it as the on-run-end hook, so that a failure is reported like that
  of any node and fails the command. What SQL cannot do (checking the file, the flip) is in ingest/publish.py.
#}

{# On run start: until it is published, readers can be told that a whole build runs, or that it failed. #}
{% macro begin_build() %}
  {% if execute and not reasons_it_is_partial() %}
    select gongkai_note_build({{ sql_text(target.path) }}, 'running', '[]')
  {% endif %}
{% endmacro %}


{% macro publish_build(results) %}
  {% if execute %}
    {% set reasons = reasons_not_to_publish(results) %}
    {% if reasons %}
      {{ log('gongkai: not published: ' ~ reasons | join('; ') ~ '. Readers keep the last good build.', info=True) }}
      {% if not reasons_it_is_partial() %}
        select gongkai_note_build({{ sql_text(target.path) }}, 'failed', {{ sql_text(tojson(reasons)) }})
      {% endif %}
    {% else %}
      {{ publish_script(results) }}
    {% endif %}
  {% endif %}
{% endmacro %}


{# Why this run is an analyst's own and no whole build: a list of clauses. #}
{% macro reasons_it_is_partial() %}
  {% if flags.WHICH != 'build' %}
    {{ return(['`dbt ' ~ flags.WHICH ~ '` is only a part of `dbt build`']) }}
  {% endif %}

  {% set reasons = [] %}
  {# Told before any node ran, so that only a whole build is noted for readers: so any selection counts. What the default
     selector leaves out are unit tests, which no report can fail. #}
  {% for option in [
      'select', 'exclude', 'selector', 'resource_types', 'exclude_resource_types',
      'empty', 'sample', 'event_time_start', 'event_time_end',
  ] if invocation_args_dict.get(option) %}
    {% do reasons.append('--' ~ option | replace('_types', '_type') | replace('_', '-') ~ ' makes it a partial build') %}
  {% endfor %}
  {{ return(reasons) }}
{% endmacro %}


{# Why this run must not reach the readers: a list of clauses, empty after a complete clean build. #}
{% macro reasons_not_to_publish(results) %}
  {% set reasons = reasons_it_is_partial() %}
  {% if flags.WHICH != 'build' %}
    {{ return(reasons) }}
  {% endif %}

  {# What failed is named before what was skipped because of it. #}
  {% set failed = [] %}
  {% set skipped = [] %}
  {% set seen = {} %}
  {% for result in results %}
    {% do seen.update({result.node.unique_id: true}) %}
    {% if result.status not in ['success', 'pass', 'warn', 'no-op'] %}
      {% do (skipped if result.status == 'skipped' else failed).append(result.node.name ~ ' (' ~ result.status ~ ')') %}
    {% endif %}
  {% endfor %}
  {% set absent = [] %}
  {% for node in graph.nodes.values() %}
    {% if node.resource_type in ['model', 'seed', 'snapshot', 'test']
        and node.config.enabled
        and node.config.materialized != 'ephemeral'
        and node.unique_id not in seen %}
      {% do absent.append(node.name) %}
    {% endif %}
  {% endfor %}
  {% if failed + skipped %}{% do reasons.append(name_first(failed + skipped, 'not clean')) %}{% endif %}
  {% if absent %}{% do reasons.append(name_first(absent, 'not built')) %}{% endif %}
  {{ return(reasons) }}
{% endmacro %}


{% macro name_first(names, what) %}
  {% set more = ', …' if names | length > 5 else '' %}
  {{ return((names | length) ~ ' ' ~ what ~ ': ' ~ names[:5] | join(', ') ~ more) }}
{% endmacro %}


{% macro publish_script(results) %}
  {# Milliseconds: two builds within one second still sort by time. #}
  {% set build_id = run_started_at.strftime('%Y%m%dT%H%M%S%f')[:18] ~ 'Z-' ~ invocation_id[:8] %}
  {% set arguments = sql_text(target.path) ~ ', ' ~ sql_text(build_id) %}
  {% set part = query_value('select gongkai_part_file(' ~ arguments ~ ')') %}
  {{ log('gongkai: publishing build ' ~ build_id, info=True) }}

  -- an earlier run in this process may have failed while its file was attached
  use {{ adapter.quote(target.database) }};
  detach database if exists gongkai_published;
  select gongkai_begin_publish({{ arguments }});

  -- pinned storage: clients of DuckDB 1.4 can open the file
  attach {{ sql_text(part) }} as gongkai_published (storage_version 'v1.4.0');

  -- stored definitions carry no database name: they are run with the new file as the current database
  use gongkai_published;
  {{ publish_relations(results) }}
  {{ publish_meta(results, build_id) }}
  use {{ adapter.quote(target.database) }};

  checkpoint gongkai_published;
  detach gongkai_published;
  select gongkai_finish_publish({{ arguments }});
{% endmacro %}


{% macro query_value(sql) %}
  {{ return(run_query(sql).rows[0][0]) }}
{% endmacro %}


{% macro sql_text(value) %}
  {{ return('null' if value is none else "'" ~ value | replace("'", "''") ~ "'") }}
{% endmacro %}
