# Each target does its own set-up in .venv. Only Python 3.11+ and make are needed.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: sample test check clean

sample: .venv/ready  ## make the report of the sample case: out/sample.html
	@mkdir -p out
	$(BIN)/twosource trace examples/harbour-fire/articles -o out/sample.html --json out/sample.json

test: .venv/ready  ## style, types, tests
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/pytest

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[ru]" --group dev
	@touch $@

clean:
	rm -rf .venv out
