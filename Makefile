.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: help setup demo test lint format types check pictures bench bench-rivals clean

help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Verbatim needs Python 3.11 or newer: make PYTHON=python3.11 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (a few minutes, once) ..."
	@$(BIN)/python -m pip install --quiet --upgrade pip
	@$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(READY)

setup: $(READY) ## set up .venv and everything in it

demo: $(READY) ## answer a question from the bundled sample
	@$(BIN)/verbatim demo

test: $(READY) ## run the whole suite
	@$(BIN)/python -m pytest

lint: $(READY) ## check style, formatting and which room may import which
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache

format: $(READY) ## put the code into shape
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

types: $(READY) ## check types
	@$(BIN)/mypy

check: lint types test ## all of the above, as CI does

pictures: $(READY) ## take the README's pictures anew (needs Chromium)
	@$(BIN)/python -m tests.pictures

bench: $(READY) ## measure speed and memory; takes long, on a machine that does nothing else
	@$(BIN)/python -m tests.bench

bench-rivals: $(READY) ## measure beside what one would build otherwise (environments of 7 GB, made once)
	@$(BIN)/python -m tests.bench --sizes --ingest 0 --rivals

clean: ## remove what was built, keep the data folder
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
