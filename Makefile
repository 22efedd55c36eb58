# profstd: `make demo` and `make test` need Python 3.11+ and make; the rest they get themselves.
# PYTHON=… chooses the interpreter that .venv is made with.

VENV := .venv
LOCK := requirements/ci.txt
TEXTS := $(wildcard samples/*.txt)
GENERATED := $(patsubst %,schemas/%.schema.json,standard registry_page report report_line config baseline diff) \
	docs/rules.md

ifeq ($(OS),Windows_NT)
PYTHON ?= python
PY := $(VENV)/Scripts/python.exe
else
# The first of these that is at least 3.11; looked for only when .venv has to be made.
PYTHON ?= $(firstword $(foreach name,python3 python3.13 python3.12 python3.11 python,$(shell \
	$(name) -c 'import sys; sys.version_info >= (3, 11) and print("$(name)")' 2>/dev/null)))
PY := $(VENV)/bin/python
endif

PROFSTD := $(PY) -m profstd
PIP := $(PY) -m pip --quiet --disable-pip-version-check
INSTALLED := $(VENV)/installed

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help demo test lint lint-ruff lint-format lint-types lint-imports tests generate \
	rules-quality samples pictures bench bench-many bench-formats lock clean FORCE

help:
	@echo "make demo      read, check and export the samples into demo/"
	@echo "make test      the whole gate: ruff, mypy, import-linter, pytest"
	@echo "make generate  write schemas/ and the pages of rules again"
	@echo "make rules-quality  measure how well the rules find planted defects"
	@echo "make samples   write the samples' Word, PDF and HTML again (needs LibreOffice)"
	@echo "make bench     measure start-up, checking and exporting"
	@echo "make bench-many  measure the checking of many standards"
	@echo "make pictures  make the pictures of the guide again (needs Chromium)"
	@echo "make bench-formats  measure the reading of each format beside other programs"
	@echo "make lock      write $(LOCK) again, with the newest versions allowed"
	@echo "make clean     remove $(VENV)/, demo/ and the caches"

$(PY):
	$(if $(PYTHON),,$(error No Python 3.11 or newer here. Install one, or name it: make PYTHON=/path/to/python))
	@$(PYTHON) -c "import sys; sys.version_info >= (3, 11) or sys.exit('$(PYTHON) is older than 3.11')"
	@$(PYTHON) -c "import ensurepip, venv" 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment."; \
		echo "Debian, Ubuntu: apt-get install python3-venv, then make again."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)

$(INSTALLED): $(PY) $(LOCK) pyproject.toml
	$(PIP) install -r $(LOCK)
	$(PIP) install --no-deps --no-build-isolation -e .
	@echo installed > $@

# The texts only: the samples' other files say the same.
# Findings end the check with 1, which is no failure of the demo; 2 is one.
demo: $(INSTALLED)
	$(PROFSTD) parse $(TEXTS) -o demo/json/ --spans demo/json/
	$(PROFSTD) export $(TEXTS) --to csv -o demo/csv/
	$(PROFSTD) export $(TEXTS) --to markdown,html,docx -o demo/pages/
	$(PROFSTD) validate $(TEXTS) --format text:demo/report.txt --format json:demo/report.json \
		|| test $$? -eq 1
	@echo
	@head -n 20 demo/report.txt
	@echo "    ..."
	@tail -n 2 demo/report.txt
	@echo
	@echo "demo/report.txt   what is wrong with them; report.json for programs"
	@echo "demo/json/        the samples as data; *.spans.json: where each value came from"
	@echo "demo/csv/         tables of professions, functions, skills, abilities, knowledge"
	@echo "demo/pages/       the samples to read: Markdown, HTML, and Word in the official form"

test: lint tests

lint: lint-ruff lint-format lint-types lint-imports

lint-ruff: $(INSTALLED)
	$(PY) -m ruff check

lint-format: $(INSTALLED)
	$(PY) -m ruff format --check

lint-types: $(INSTALLED)
	$(PY) -m mypy

lint-imports: $(INSTALLED)
	$(dir $(PY))lint-imports

tests: export PYTHONWARNDEFAULTENCODING := 1
tests: $(INSTALLED)
	$(PY) -m pytest

generate: $(GENERATED)

schemas/%.schema.json: $(INSTALLED) FORCE
	$(PROFSTD) schema $* > $@

docs/rules.md: $(INSTALLED) FORCE
	$(PROFSTD) rules --format markdown > $@

docs/rules.%.md: $(INSTALLED) FORCE
	$(PROFSTD) rules --format markdown --lang $* > $@

rules-quality: export PYTHONPATH := tests
rules-quality: $(INSTALLED)
	$(PY) -m planting

samples: $(INSTALLED)
	$(PY) samples/make.py

# The guide's pictures, of the real thing in Chromium.
pictures: $(INSTALLED)
	$(PY) docs/ru/pictures.py

bench-many: $(INSTALLED)
	$(PY) benchmarks/many.py

bench: $(INSTALLED)
	$(PY) benchmarks/run.py

# Beside programs that nothing else needs, in an environment of their own.
bench-formats: $(PY)
	$(PY) -m venv build/bench
	$(subst $(VENV),build/bench,$(PIP)) install -e .[bench]
	$(subst $(VENV),build/bench,$(PY)) benchmarks/formats.py --write

lock: $(PY)
	$(PY) -m venv --clear build/lock
	$(subst $(VENV),build/lock,$(PIP)) install -e .[dev]
	$(subst $(VENV),build/lock,$(PIP)) freeze --exclude profstd > $(LOCK)

clean:
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
