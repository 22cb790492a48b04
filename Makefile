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

.PHONY: setup test lint bench train evaluate reference fuzz mutate coverage licences pictures lock

setup: $(ready) $(schemas) ## the environment in .venv and the JATS DTDs, without building anything

$(ready): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo 'Python 3.11 or newer is needed; name it: make PYTHON=python3.12' >&2; exit 1; }
	@test -x $(python) || $(PYTHON) -m venv $(VENV)
	$(python) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(python) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(python) -m compileall -q pipeline
	@touch $@

$(schemas): $(wildcard schemas/*.lock) $(ready)
	$(JATS_PIPELINE) schemas install
	@mkdir -p $(@D) && touch $@

test: setup ## the tests
	$(python) -m pytest -n auto --dist worksteal

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
CITATIONS ?= ../shared/citations

train: setup ## the reference tagger anew, from DATA (some minutes)
	$(python) -m pipeline.references.train $(DATA)

evaluate: setup ## how well texts are read, by field, and what galleys lack, over CORPUS
	$(python) -m tests.evaluate $(CORPUS)
	$(python) -m tests.evaluate.manuscripts $(CORPUS)
	$(python) -m tests.evaluate.galleys $(CORPUS)

reference: setup ## what the CSL reference processor prints in every style, into build/reference (20 minutes; needs node)
	$(python) -m tests.tools
	$(python) -m tests.bibliography.record $(CITATIONS) build/reference
	$(python) -m pipeline.bibliography.conformance verify $(CITATIONS) build/reference

pictures: setup ## the pictures of the README (needs Chromium)
	$(python) -m tests.pictures

# What is tried by chance has a budget, and a sample.
SECONDS ?= 60
SAMPLE ?= 200

fuzz: setup ## any bytes to intake, manuscripts, references and the JATS reader, SECONDS each (installs atheris)
	$(python) -m pip install --quiet --disable-pip-version-check atheris
	HOSTILE_SIZE=10 $(python) -m pytest -q -n auto tests/hostile
	@for target in intake manuscript reference jats_reader; do \
	  echo "$$target:"; $(python) -m tests.fuzz.seeds $$target build/fuzz/$$target; \
	  $(python) -m tests.fuzz $$target -max_total_time=$(SECONDS) -max_len=3000 -timeout=60 \
	    -dict=build/fuzz/$$target.dict -artifact_prefix=build/fuzz/$$target- build/fuzz/$$target || exit 1; \
	done

mutate: setup ## the share of SAMPLE small changes of the rooms that the tests notice (installs coverage)
	$(python) -m pip install --quiet --disable-pip-version-check coverage
	$(python) -m tests.mutate --sample $(SAMPLE)

coverage: setup ## the share of each room's branches that its own tests take; ROOM=intake: those missed (installs coverage)
	$(python) -m pip install --quiet --disable-pip-version-check coverage
	$(python) -m tests.branches $(ROOM)

licences: setup ## the licences of all that is installed with the package
	@$(python) -m tests.licences

lock: setup ## resolve the dependencies anew into requirements.lock (needs the network)
	$(python) -m pip install --quiet uv
	$(python) -m uv pip compile --quiet --upgrade pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --custom-compile-command 'make lock' -o requirements.lock
