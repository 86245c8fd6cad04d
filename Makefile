# Everything that is done with this project. `make help` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help site serve test check bench wheel golden lock clean

help: ## list what make can do
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

site: $(READY) ## set up, and build the demonstration think tank in output/
	@$(BIN)/policy build

serve: $(READY) ## see the demonstration in a browser while you edit it
	@$(BIN)/policy serve

test: $(READY) ## set up, and run every test, the browser's included
	@tests/set-up
	@$(BIN)/python -m pytest -n auto

check: $(READY) ## style, types and the content's own check: what CI runs besides the tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/policy check

bench: $(READY) ## speed and memory, as ratios measured in one run
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench.search

wheel: $(READY) ## the system as a wheel in dist/, to install elsewhere
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

golden: $(READY) ## rewrite the expected outputs of the tests; review them in the diff
	@$(BIN)/python -m tests.render.cases

lock: ## resolve requirements.lock anew (needs uv)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	    --no-header --no-annotate --no-emit-index-url --upgrade --output-file requirements.lock

clean: ## remove what was built, and the environment
	rm -rf output .cache $(VENV)

$(READY): requirements.lock pyproject.toml
	@echo "Setting up in $(VENV): this is done once."
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	    || { echo "Python 3.11 or later is needed. Name one: make PYTHON=python3.12"; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@theme/set-up $(BIN)/python
	@$(BIN)/python -m compileall -q policy_tools plugins
	@touch $(READY)
