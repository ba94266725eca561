# `make run` and `make test` need Python 3.11 or later, pip and make; they set up everything else in .venv.

PYTHON ?= python3
VENV := .venv
READY := $(VENV)/.ready
COMPILED := build/compiled
PEERS ?= ../peers/bin/python

.PHONY: run test bench compiled peers clean
.DEFAULT_GOAL := run

run: $(READY)  ## process data/raw into data/out and print a summary
	$(VENV)/bin/zhengce run data/raw --out data/out

test: $(READY)  ## format, lint, types, and all tests
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/zhengce rules check
	$(VENV)/bin/pytest

bench: $(READY)  ## speed and memory, as ratios measured side by side
	$(VENV)/bin/python -m benchmarks

compiled: $(READY)  ## the package with its stages as machine code; needs a C compiler, and some minutes
	HATCH_BUILD_HOOKS_ENABLE=1 $(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(COMPILED) .

# -P: not the sources in this folder
peers: compiled  ## numbers and times of the compiled stages beside JioNLP and Recognizers-Text, in the environment of PEERS
	PYTHONPATH=$(COMPILED) $(VENV)/bin/python -P -m benchmarks.peers_quantities --peers $(PEERS)

clean:  ## remove the environment and what was built
	rm -rf $(VENV) build

# torch goes in first and alone: the version that the model was trained and tested with. Asked for by HanLP, pip would
# take the newest one with gigabytes of CUDA libraries. Where your package index has CPU builds of torch, point pip at
# them for this line.
$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check torch==2.13.0
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@
