# Everything a maintainer, a CI job or a curious stranger runs. Needs python3 (3.11 or newer, with venv) and make;
# each target sets up what it needs in .venv.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
COVERED := $(VENV)/covered
TEXTS  := $(shell find engine guides schemas tests docs examples scripts cli.py README.md README.zh-CN.md pyproject.toml \
            -type f -not -name '*.pyc' 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: bench-checks bench-store help demo test check lint types imports docs soak mutate accept-1 accept-2 accept-3 accept-4 accept-5 accept-6 wheel clean

help:  ## say what can be made
	@sed -n 's/^\([a-z0-9-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | while IFS='|' read -r name what; do \
	  printf '  make %-10s %s\n' "$$name" "$$what"; done

# A stamp newer than pyproject.toml means that .venv fits it.
$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo '$(PYTHON) is older than Python 3.11; name a newer one: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --editable '.[check]'
	@touch $@

demo: $(READY)  ## play the main job and explain it
	@$(BIN)/jiandu demo

test: $(READY)  ## run every test
	@$(BIN)/pytest --quiet --numprocesses auto $(ARGS)

# Measured apart from `make test`: to trace each process that the tests start takes as long as the tests themselves.
$(COVERED): $(READY) $(TEXTS)
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest --quiet --numprocesses auto
	@$(BIN)/coverage combine --quiet
	@touch $@

check: lint types imports $(COVERED)  ## style, types, imports, and the floor of what tests reach
	@$(BIN)/coverage report --format total > $(VENV)/total || { $(BIN)/coverage report; exit 1; }
	@echo "tests reach $$(cat $(VENV)/total) % of the lines and branches"

lint: $(READY)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check .; exit 1; }

types: $(READY)
	@$(BIN)/mypy

imports: $(READY)
	@$(BIN)/lint-imports --no-cache > $(VENV)/imports || { cat $(VENV)/imports; exit 1; }

docs: $(READY)  ## write the language reference, run every block of the documents, and compare
	@$(BIN)/python scripts/language.py
	@$(BIN)/python scripts/guides.py
	@$(BIN)/pytest --quiet tests/docs

soak: $(READY)  ## the long runs: more examples, more storms; writes what they did into docs/soak.json
	@$(BIN)/python scripts/soak.py $(ARGS)

mutate: $(READY)  ## change the engine in one place at a time; does a test notice? ARGS='--sample 200'
	@$(BIN)/python scripts/mutate.py $(ARGS)

accept-1: $(READY)  ## clone what is committed into an empty folder, and prove there what release 1 promises
	@$(BIN)/python scripts/accept.py 1

accept-2: $(READY)  ## the same for release 2, which promises more
	@$(BIN)/python scripts/accept.py 2

accept-3: $(READY)  ## the same for release 3: the eight guides
	@$(BIN)/python scripts/accept.py 3

accept-4: $(READY)  ## the same for release 4: mistakes at their lines
	@$(BIN)/python scripts/accept.py 4

accept-5: $(READY)  ## the same for release 5: PostgreSQL, and a home in other people's systems
	@$(BIN)/python scripts/accept.py 5

accept-6: $(READY)  ## the same for release 6: the trail
	@$(BIN)/python scripts/accept.py 6

bench-checks: $(READY)  ## how long guides take to be judged, beside other tools; writes docs/performance.md
	@$(BIN)/python benchmarks/checks.py --write $(ARGS)

bench-store: $(READY)  ## how long an act takes to the disk, beside the bare driver and others; into docs/performance.md
	@$(BIN)/python benchmarks/store.py --write $(ARGS)

wheel: $(READY)  ## build the wheel into dist/
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .

clean:  ## remove what can be made again
	@rm -rf $(VENV) dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage .coverage.*
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
