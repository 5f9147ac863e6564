{#
  Tables and views in one statement each, their comments included: `create or replace` is atomic in DuckDB. What dbt-duckdb
  does instead (build beside the old relation, rename both, drop one, ask twice for the columns before each comment) takes
  longer than most of our models run, and plans a view four times. Hooks and grants of models are left out: there are none.
#}

{% materialization table, adapter='duckdb', supported_languages=['sql', 'python'] %}
  {% set relation = this.incorporate(type='table') %}
  {% if model['language'] == 'sql' %}
    {% call statement('main') %}{{ replace_table(relation) }}{% endcall %}
  {% else %}
    {% call statement('main', language='python') %}{{ python_to_replace_table(relation) }}{% endcall %}
    {% do persist_docs(relation, model) %}
  {% endif %}
  {{ adapter.commit() }}
  {{ return({'relations': [relation]}) }}
{% endmaterialization %}


{% materialization view, adapter='duckdb' %}
  {% set relation = this.incorporate(type='view') %}
  {% call statement('main') %}
    {% if config.get('contract').enforced %}{{ get_assert_columns_equivalent(sql) }}{% endif %}
    {{ drop_unless(relation, 'view') }}
    create or replace view {{ relation }} as
    {{ sql }};
    {{ comments(relation) }}
  {% endcall %}
  {{ adapter.commit() }}
  {{ return({'relations': [relation]}) }}
{% endmaterialization %}


{% macro replace_table(relation) %}
  {{ drop_unless(relation, 'table') }}
  {% if config.get('contract').enforced %}
    {{ get_assert_columns_equivalent(sql) }}
    create or replace table {{ relation }} {{ get_table_columns_and_constraints() }};
    insert into {{ relation }} by name
    {{ sql }};
  {% else %}
    create or replace table {{ relation }} as
    {{ sql }};
  {% endif %}
  {{ comments(relation) }}
{% endmacro %}


{# dbt-duckdb gives a Python model its frame or relation, and calls this with what the model returns. #}
{% macro python_to_replace_table(relation) -%}
{{ compiled_code }}

def materialize(df, con):
    con.register('python_model', df)
    con.execute('create or replace table {{ relation }} as select * from python_model')
    con.unregister('python_model')
{% endmacro %}


{# Drop what an earlier build left under this name, unless it is of a kind that can be replaced. #}
{% macro drop_unless(relation, kind) %}
  {% set existing = load_cached_relation(relation) %}
  {% if existing is not none and existing.type != kind %}
    drop {{ existing.type }} {{ existing }};
  {% endif %}
{% endmacro %}


{# Comments of seeds, which dbt makes itself: the columns described are there, so nothing is asked. #}
{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) %}
  {% set described = comments(relation) | trim %}
  {% if described %}{% call statement() %}{{ described }}{% endcall %}{% endif %}
{% endmacro %}


{% macro comments(relation) %}
  {% if config.persist_relation_docs() and model.description %}
    comment on {{ relation.type }} {{ relation }} is {{ sql_text(model.description) }};
  {% endif %}
  {% for column in model.columns.values() if column.description and config.persist_column_docs() %}
    comment on column {{ relation }}.{{ adapter.quote(column.name) }} is {{ sql_text(column.description) }};
  {% endfor %}
{% endmacro %}
