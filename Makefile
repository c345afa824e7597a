# hyoka-kg: every task of the project; `make` alone lists them.
PYTHON ?= python3.11
VENV ?= .venv
PEERS ?= .venv-peers
BIN := $(VENV)/bin
PORT ?= 8890
STORE ?= data/build/store
WORKERS ?= 2
CORPUS ?= data/archive

.DEFAULT_GOAL := help
.PHONY: help setup build serve test wheel wheel-check check coverage mutation lint types layers docs identity bench bench-findings bench-national bench-pages bench-citations bench-service bench-swap hostile accuracy clean

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/.installed: pyproject.toml constraints.txt
	@echo "Making the environment $(VENV): a minute or two, without a word."
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

wheel: setup ## Build the source archive and the wheel into dist/
	$(BIN)/python -m build --no-isolation --outdir dist .

wheel-check: setup ## Install the wheel into an empty environment outside the checkout, serve and ask there
	$(BIN)/python -m pytest tests/release/check_wheel.py

lint: setup ## Check style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup ## Check types
	$(BIN)/mypy

layers: setup ## Check that rooms import downwards only
	$(BIN)/lint-imports

docs: build ## Build the documentation into data/build/site, without a network; a broken link fails
	HYOKA_STORE=$(STORE) NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet
	@echo "data/build/site/index.html"

check: lint types layers test ## Everything that a change must pass

coverage: setup ## Measure the branches of each room by its own tests, and hold the floors of tests/coverage.csv (ROOM=names)
	$(BIN)/python benchmarks/room_coverage.py $(ROOM)

mutation: setup ## Change a room in 300 places, one at a time, and tell the changes that no test notices (ROOM, COUNT, SEED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[mutation]'
	$(BIN)/python -m benchmarks.mutation.run $(or $(ROOM),normalization) $(if $(COUNT),--count $(COUNT)) $(if $(SEED),--seed $(SEED))

bench: setup ## Measure loading and asking against rdflib in the same run
	$(BIN)/python benchmarks/sample_graph.py

bench-findings: setup ## Spoil clean synthetic forms, fifty a family, and count how many the rules find
	$(BIN)/python benchmarks/findings.py > docs/reference/spoilt-forms.md

bench-service: setup $(PEERS)/.installed ## Measure the service against other SPARQL servers in the same run
	$(BIN)/python -m benchmarks.service.compare --peers $(PEERS)/bin

bench-swap: setup ## Swap builds under load and count what is dropped
	$(BIN)/python -m benchmarks.service.swap

hostile: setup ## Attack a real server and look after it
	$(BIN)/python -m benchmarks.service.hostile

$(PEERS)/.installed: constraints.txt
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
	  oxigraph rdflib-endpoint uvicorn
	@touch $@

identity: setup ## Measure identity on the labelled pairs, the publisher's id and chains (CORPUS=folder, SPLIT=tune|test|fresh|held|random|second-held|second-random)
	$(BIN)/python benchmarks/identity.py --corpus $(CORPUS) --split $(or $(SPLIT),test)

bench-national: setup ## Measure the national path against a graph a sheet in rdflib, in one run (CORPUS=folder)
	$(BIN)/python benchmarks/national_path.py $(CORPUS)

bench-pages: setup ## Measure time and weight of each kind of page for random things of a store (STORE=folder)
	$(BIN)/python benchmarks/pages.py $(STORE)

bench-citations: setup ## Count what the strings of a corpus that cite plans resolve to (CORPUS=folder)
	$(BIN)/python benchmarks/citations.py $(CORPUS)

accuracy: setup ## Measure the readers on twenty synthetic ministries (ten minutes)
	$(BIN)/python benchmarks/reading.py

clean: ## Remove the environment and what was built
	rm -rf $(VENV) $(PEERS) data/build
