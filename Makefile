.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
UPGRADE := --upgrade
LOCK = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-package torch --custom-compile-command 'make lock' $(UPGRADE)

.PHONY: help setup demo test lint format types check lock audit sbom release-check torture pictures bench bench-rivals bench-growth soak cluster clean

help: ## show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Verbatim needs Python 3.11 or newer: make PYTHON=python3.11 ..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Setting up .venv (a few minutes, once) ..."
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --no-build-isolation --editable '.[dev]' # torch alone is left to be found
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

lock: $(READY) ## lock the newest versions of all packages; with UPGRADE= only what is not locked yet
	@$(LOCK) --output-file requirements.txt
	@$(LOCK) --constraint requirements.txt --extra dev --output-file requirements-dev.txt
	@$(LOCK) --constraint requirements.txt --excludes deploy/not-in-image.txt --output-file requirements-image.txt

audit: $(READY) ## look for known weaknesses of the locked packages, where an advisory service can be reached
	@$(BIN)/python -m tests.release.audit

sbom: $(READY) ## write what the package runs on as CycloneDX JSON: dist/verbatim.cdx.json
	@$(BIN)/python -m tests.release.sbom

release-check: $(READY) ## build wheel and sdist, and run demo and tests from them; TESTS="tests/index" runs only these
	@$(BIN)/python -m tests.release.check

torture: $(READY) ## kill a process at work on a data folder 200 times, and check what is left each time
	@$(BIN)/python -m tests.torture

pictures: $(READY) ## take the README's pictures anew (needs Chromium)
	@$(BIN)/python -m tests.pictures

bench: $(READY) ## measure speed and memory; takes long, on a machine that does nothing else
	@$(BIN)/python -m tests.bench

bench-rivals: $(READY) ## measure beside what one would build otherwise (environments of 7 GB, made once)
	@$(BIN)/python -m tests.bench --sizes --ingest 0 --rivals

bench-growth: $(READY) ## measure a store on a server beside a folder (minutes), and simulate what waits where with many servers
	@$(BIN)/python -m tests.bench.growth --json docs/benchmarks/growth.json
	@$(BIN)/python -m tests.bench.growth.queues docs/benchmarks/growth.json docs/benchmarks/queues.json

soak: $(READY) ## ask 10,000 questions as 500 people for an hour, and say what became of them, of memory and of files
	@$(BIN)/python -m tests.soak

cluster: $(READY) ## two bots and two fetchers on one PostgreSQL, whose primary is killed: what people see (a minute)
	@$(BIN)/python -m tests.cluster

clean: ## remove what was built, keep the data folder
	@rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
