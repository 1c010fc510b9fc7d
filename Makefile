# Bare `make` says what there is.
PYTHON ?= python3
PY := .venv/bin/python
SAMPLE ?= yes
PORT ?= 8000
export SAMPLE PORT

.DEFAULT_GOAL := help
.PHONY: help setup run test check format lock bench

help:  ## what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

setup: .venv/installed  ## a .venv with the locked dependencies

.venv/installed: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Cairn needs Python 3.11 or later: make PYTHON=python3.11")'
	@test -x $(PY) || $(PYTHON) -m venv .venv
	@echo "Installing the locked dependencies (about a minute the first time) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements.lock
	@touch $@

run: setup  ## Cairn at http://127.0.0.1:8000 (PORT=8001, SAMPLE=no for an empty house)
	@$(PY) -m config.run

test: setup  ## every test that this machine can run
	@$(PY) -m pytest -n auto --dist worksteal

check: setup  ## lint, format, types, layers, migrations, deployment, templates
	@$(PY) -m config.check

format: setup  ## rewrite the code in the house's format
	@$(PY) -m ruff check --fix --quiet .
	@$(PY) -m ruff format .

lock: setup  ## resolve the dependencies anew, with hashes and no address
	@$(PY) -m uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --quiet --output-file requirements.lock

bench: setup  ## what pages, search, publishing, the rule of competence, imports and quizzes cost
	@$(PY) -m benchmarks.pages
	@$(PY) -m benchmarks.search 1000
	@$(PY) -m benchmarks.competence 1000
	@$(PY) -m benchmarks.importing_people 1000
	@$(PY) -m benchmarks.publishing
	@$(PY) -m benchmarks.attempts 40
