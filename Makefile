# The one list of commands. `make help` prints it.
REPORTS ?= $(or $(GONGKAI_REPORTS),reports)
DATA ?= $(or $(GONGKAI_DATA),data)
PORT ?= $(or $(GONGKAI_PORT),8501)
DEMO ?= $(DATA)/demo
DEMO_PORT ?= 8502
# One more than cores on a small machine: a test that waits for a browser leaves its core to another.
JOBS ?= 3
SHARED ?= ../shared
PYTHON ?= python3

export GONGKAI_REPORTS := $(REPORTS)
export GONGKAI_DATA := $(DATA)
export GONGKAI_PORT := $(PORT)
export GONGKAI_SHARED := $(SHARED)
export DO_NOT_TRACK := 1
export GX_ANALYTICS_ENABLED := false
export PYTHONUTF8 := 1

BIN := .venv/bin
INSTALLED := .venv/.installed

.DEFAULT_GOAL := help
.PHONY: help build demo demo-build dashboard problems audit status test test-full test-originals dashboard-check bench lint generate format lock browser clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile
	@echo "  REPORTS=<folder> and DATA=<folder> choose another corpus, e.g. make build REPORTS=~/archive DATA=~/out"

build: $(INSTALLED) ## read REPORTS, build and test the warehouse, publish it to DATA/gongkai.duckdb
	@$(BIN)/python -m ingest load
	@$(BIN)/dbt build

demo: demo-build ## serve a generated prefecture (示例数据) beside the five reports on DEMO_PORT (8502); Ctrl-C ends it
	@echo "示例数据: http://localhost:$(DEMO_PORT)"
	@GONGKAI_DATA=$(DEMO) $(BIN)/streamlit run dashboard/app.py --server.port $(DEMO_PORT)

demo-build: $(INSTALLED) ## generate, read, build and publish that prefecture in DEMO (DATA/demo), a folder of its own
	@$(BIN)/python -m benchmarks.demo --data $(DEMO)

dashboard: $(INSTALLED) ## serve the dashboard on PORT (8501)
	@$(BIN)/streamlit run dashboard/app.py --server.port $(PORT)

problems: $(INSTALLED) ## write a problem list and a return letter for each agency with open findings to DATA/problems
	@$(BIN)/python -m ingest problems

audit: $(INSTALLED) ## work out every rule again from the published cells; the summary is a page in DATA/audit
	@$(BIN)/python -m ingest audit

status: $(INSTALLED) ## what lies in REPORTS, what was read, what is published
	@$(BIN)/python -m ingest status

test: $(INSTALLED) browser ## all promises, on the reports in the repository
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder

test-full: test ## make test, and 10,000 random documents (read back, damaged, loaded while killed), prose, repairs, the dashboard on the demo
	@$(BIN)/python -m benchmarks.roundtrip --count 10000
	@$(BIN)/python -m benchmarks.mutate --count 10000
	@$(BIN)/python -m benchmarks.resume --count 10000
	@$(BIN)/python -m benchmarks.narrative --count 500
	@$(BIN)/python -m benchmarks.repairs
	@$(BIN)/python -m benchmarks.demo --data $(DEMO)
	@$(BIN)/python -m benchmarks.dashboard --data $(DEMO)

dashboard-check: $(INSTALLED) browser ## what is promised of the dashboard, on the build in DEMO (make demo-build makes it)
	@$(BIN)/python -m benchmarks.dashboard --data $(DEMO)

bench: $(INSTALLED) ## what is promised about speed, against the usual libraries; results in benchmarks/results
	@$(BIN)/python -m benchmarks.bench

test-originals: $(INSTALLED) ## the same promises on the original documents in SHARED (../shared)
	@$(BIN)/python -m pytest tests/originals

lint: $(INSTALLED) ## ruff and sqlfluff
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/sqlfluff lint --processes 2 models tests/dbt

generate: $(INSTALLED) ## write docs/rules.md, docs/dictionary.md, the dbt tests of the rules and the macros of the metrics from the seeds
	@$(BIN)/python -m docs.generate

format: $(INSTALLED) ## put Python and SQL into the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/sqlfluff fix models tests/dbt

# A browser and Chinese fonts are the only parts pip cannot bring. The headless shell is Chromium without its windows: it
# takes half the processor time of the whole, which serves as well where there is no such package.
browser: ## make sure Chromium and Chinese fonts are there (installs them as root on Debian)
	@if { command -v chromium-headless-shell || command -v chromium; } >/dev/null && [ -n "$$(fc-list :lang=zh 2>/dev/null)" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "installing Chromium (headless shell) and fonts-noto-cjk"; \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get -qq update && apt-get -qq install -y fontconfig fonts-noto-cjk >/dev/null && \
		{ apt-get -qq install -y chromium-headless-shell >/dev/null 2>&1 || apt-get -qq install -y chromium >/dev/null; }; \
	else \
		echo "The dashboard tests need Chromium and Chinese fonts. On Debian: sudo apt-get install chromium-headless-shell fontconfig fonts-noto-cjk" >&2; exit 1; \
	fi

lock: ## compile requirements.lock from pyproject.toml (needs uv)
	@uv pip compile pyproject.toml --extra dev --extra bench --universal --python-version 3.11 --generate-hashes \
		--no-strip-extras --no-header --no-annotate --quiet --output-file requirements.lock

clean: ## remove what was built; reports and DATA/raw.duckdb stay
	@rm -rf target logs $(DATA)/build.duckdb $(DATA)/build.duckdb.wal

$(INSTALLED): requirements.lock
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "gongkai needs Python 3.11 or later with venv; found: $$($(PYTHON) --version 2>&1). Set PYTHON=<path>." >&2; exit 1; }
	@$(PYTHON) -m venv .venv
	@echo "installing the locked requirements into .venv (about a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@
