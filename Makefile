# What can be done here. `make` alone lists it. Everything can be repeated; what is done is not done again.

PYTHON ?= python3
PORT ?= $(or $(DASHBOARD_PORT),8501)
VENV := .venv
BIN := $(VENV)/bin
RUNS := $(VENV)/runs
TESTS := $(VENV)/tests

SHARED := --numprocesses 2 --dist loadfile --no-loadscope-reorder

export DASHBOARD_PORT := $(PORT)
export DASHBOARD_BASE_URL ?= http://localhost:$(PORT)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUNBUFFERED := 1

.DEFAULT_GOAL := help
.PHONY: help run demo test quick lint check benchmark fuzz tools clean

help:
	@echo "make run        the dashboard on http://localhost:$(PORT) (PORT= changes it)"
	@echo "make demo       the demonstration, with invented figures"
	@echo "make test       everything, with a real PostgreSQL and a real browser"
	@echo "make quick      style, types, imports and the fast tests: under a minute"
	@echo "make lint       style, types and imports"
	@echo "make check      what is wrong with the catalogue, the store and the words"
	@echo "make benchmark  the speed, measured beside other servers"
	@echo "make fuzz       ten thousand odd files thrown at the import"
	@echo "make clean      away with all that can be made again (never the figures)"

run: $(RUNS)
	@$(BIN)/python -m dashboard run || [ $$? = 130 ]  # 130 is Ctrl+C

demo: $(RUNS)
	@$(BIN)/python -m dashboard demo || [ $$? = 130 ]  # 130 is Ctrl+C

check: $(RUNS)
	@$(BIN)/python -m dashboard check

test: $(TESTS) tools
	@echo "== Running all tests"
	@$(BIN)/python -m pytest $(SHARED) --durations=40

quick: lint
	@$(BIN)/python -m pytest -q $(SHARED) -m "not slow and not browser" -k "not postgresql"

lint: $(TESTS)
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/mypy

benchmark: $(TESTS) tools
	@$(BIN)/python -m tests.performance

fuzz: $(TESTS)
	@$(BIN)/python -m tests.fuzz_files --count 10000

tools:
	@sh tests/tools.sh

clean:
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@echo "== Creating the Python environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version 2>&1)."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Install the package python3-venv first."; exit 1; }

$(RUNS): requirements.txt | $(BIN)/python
	@echo "== Installing what the dashboard needs"
	@$(BIN)/python -m pip install --progress-bar off -r requirements.txt
	@touch $@

$(TESTS): requirements-dev.txt requirements.txt | $(BIN)/python
	@echo "== Installing what the dashboard and its tests need"
	@$(BIN)/python -m pip install --progress-bar off -r requirements-dev.txt
	@touch $(RUNS) $@
