# hyoka-kg: every task of the project; `make` alone lists them.
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8890
STORE ?= data/build/store
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help setup build serve test check lint types layers bench clean

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

setup: $(BIN)/.installed ## Make a virtual environment with the pinned packages

build: setup ## Build the graph of the sample papers into data/build/store
	$(BIN)/hyoka build --store $(STORE)

serve: build ## Build the graph and serve it at http://127.0.0.1:8890/
	$(BIN)/hyoka serve --store $(STORE) --port $(PORT)

test: setup ## Run the tests, in two processes (WORKERS=0: in one); the service's time limits want the machine alone
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --ignore tests/service
	$(BIN)/python -m pytest tests/service

lint: setup ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## Check types
	$(BIN)/mypy

layers: setup ## Check that rooms import downwards only
	$(BIN)/lint-imports

check: lint types layers test ## Everything that a change must pass

bench: setup ## Measure loading and asking against rdflib in the same run
	$(BIN)/python benchmarks/sample_graph.py

clean: ## Remove the environment and what was built
	rm -rf $(VENV) data/build
