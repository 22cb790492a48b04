# `make` sets up the project in .venv and builds the examples; `make test` sets up and tests. `make help`.

PYTHON ?= python3
VENV ?= .venv
ARTICLES ?= $(wildcard examples/*.txt)
JOURNAL ?= examples/journal.toml
JATS_PIPELINE = $(VENV)/bin/jats-pipeline

python = $(VENV)/bin/python
ready := $(VENV)/.installed
schemas := schemas/jats/.installed
code := $(shell find pipeline styles -name __pycache__ -prune -o -type f -print)
DEPENDS = $(ready) $(schemas) $(code)

include pipeline/journal_folder/pipeline.mk

.PHONY: setup test lint bench train evaluate pictures lock

setup: $(ready) $(schemas) ## the environment in .venv and the JATS DTDs, without building anything

$(ready): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; name it: make PYTHON=python3.12' >&2; exit 1; }
	@test -x $(python) || $(PYTHON) -m venv $(VENV)
	$(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(python) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(schemas): $(wildcard schemas/*.lock) $(ready)
	$(JATS_PIPELINE) schemas install
	@mkdir -p $(@D) && touch $@

test: setup ## the tests
	$(python) -m pytest -n auto

lint: setup ## ruff and mypy --strict
	$(python) -m ruff check .
	$(python) -m ruff format --check .
	$(python) -m mypy

bench: setup ## CPU seconds of the main job and of the galleys against their budgets; speed and memory of many articles
	$(python) -m tests.bench
	$(python) -m tests.bench.galleys
	$(python) -m tests.bench.many

# Where the data for development is: labelled references, and texts with gold.
DATA ?= ../shared/references/train.jsonl
CORPUS ?= ../shared/corpus

train: setup ## the reference tagger anew, from DATA (some minutes)
	$(python) -m pipeline.references.train $(DATA)

evaluate: setup ## how well texts are read, by field, over CORPUS
	$(python) -m tests.evaluate $(CORPUS)

pictures: setup ## the pictures of the README (needs Chromium)
	$(python) -m tests.pictures

lock: setup ## resolve the dependencies anew into requirements.lock (needs the network)
	$(python) -m pip install --quiet uv
	$(python) -m uv pip compile --quiet --upgrade pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' -o requirements.lock
