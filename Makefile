# Sets itself up: Python 3.11 or newer, git and make are all it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

NEWEST := .venv-newest

# Some machines ask Python to keep nothing that it compiled. Then each process that a test starts compiles the library anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test thorough newest check bench mutants docs serve clean help

help: ## What there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/'

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $(READY)

demo: $(READY) ## London: where targets pull apart, and the few measures that would serve all
	$(BIN)/alignment demo

test: $(READY) ## The tests, on up to four cores
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

thorough: $(READY) ## The tests with every case that laws and brute force know
	ALIGNMENT_THOROUGH=1 $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal

newest: $(READY) ## A quick part of the tests with the newest of everything, in an environment of its own
	$(PYTHON) -m venv --clear $(NEWEST)
	$(NEWEST)/bin/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	$(NEWEST)/bin/python -m pip list --disable-pip-version-check --outdated
	ALIGNMENT_PINNED=$(BIN)/python $(NEWEST)/bin/python -m pytest tests/newest

check: $(READY) ## Lint, types, import contract, docs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --site-dir site

bench: $(READY) ## Ratios against what an analyst would write instead
	$(BIN)/python benchmarks/run.py

$(VENV)/.mutants: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[mutants]"
	@touch $(VENV)/.mutants

mutants: $(VENV)/.mutants ## Which changes of the code no test notices (ONLY=path for a part; all take an hour or more)
	$(BIN)/python -m tests.mutants $(ONLY)

docs: $(READY) ## The documentation, on http://127.0.0.1:8000
	$(BIN)/mkdocs serve

serve: $(READY) ## The HTTP API, on http://127.0.0.1:8765
	$(BIN)/alignment serve

clean: ## Remove what was made
	rm -rf $(VENV) $(NEWEST) build dist site mutants *.egg-info .pytest_cache .ruff_cache .hypothesis
