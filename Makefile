# Two commands do all set-up on a fresh machine: `make run` and `make test`.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
TOOLS  := $(VENV)/.installed-tools

.DEFAULT_GOAL := help
.PHONY: help run test lint types docs site bench models clean system

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

system:
	@sh scripts/system-packages $(PYTHON)

$(STAMP): pyproject.toml scripts/system-packages | system
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
	  { echo "attsats needs Python 3.11, 3.12 or 3.13; say which: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "Setting up $(VENV): the first time takes a minute or two."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(TOOLS): $(STAMP)
	@echo "Installing what the tests need: every extra, ruff, mypy, pytest."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

run: $(STAMP)  ## process the samples and show the result
	@mkdir -p out
	@$(BIN)/python scripts/run_samples.py out/samples.jsonl

test: lint types $(TOOLS)  ## lint, types, tests
	@$(BIN)/python -m pytest

lint: $(TOOLS)  ## ruff
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet .

types: $(TOOLS)  ## mypy --strict
	@$(BIN)/mypy

docs: $(STAMP)  ## write the generated reference pages
	@$(BIN)/python scripts/reference.py

site: $(STAMP)  ## build the docs site in build/site
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[docs]'
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python scripts/site.py

bench: $(STAMP)  ## score against annotated documents: make bench GOLD=folder
	@$(BIN)/python -m benchmark.score "$(GOLD)"

models: $(TOOLS)  ## rebuild the models from data of yours: make models DATA=folder (see models/README.md)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[train]'
	@sh scripts/build-models $(BIN)/python "$(DATA)"

clean:  ## remove what was made here
	rm -rf $(VENV) out build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
