{# The folders a file lies in and its own name, one row each, without years, digits and endings. #}
{% macro path_parts(source_path) -%}
    {{ return(adapter.dispatch('path_parts', 'gongkai')(source_path)) }}
{%- endmacro %}
{% macro default__path_parts(source_path) -%}
    unnest(string_split(regexp_replace({{ source_path }}, '\.[A-Za-z]+(#\d+)?$', ''), '/'))
{%- endmacro %}

{# 示例数据 in the path of a file: whoever filed it there says so. #}
{% macro is_filed_as_sample(source_path) -%}
    contains({{ source_path }}, '示例数据')
{%- endmacro %}

{# What tells a document from others of its name where nothing else does: its own place. #}
{% macro own_place(source_path) -%}
    '@' || left(md5({{ source_path }}), 12)
{%- endmacro %}

{# The id of an organ told for certain: the code of its division, and what it is where that is not the government. #}
{% macro agency_id(division_code, organ_name, organ_type_code, official_order) -%}
    case
        when {{ official_order }} = 0 then {{ division_code }}
        when {{ organ_type_code }} = 'office' then {{ division_code }} || '-office'
        else {{ division_code }} || '-' || {{ organ_name }}
    end
{%- endmacro %}
