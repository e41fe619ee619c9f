# make install · demo · dev · check · test · soak · bench · docs        Needs: python3 (3.11 or newer) with venv, and make.
.DELETE_ON_ERROR:
.PHONY: install demo dev check format test soak bench docs messages lock clean

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
WHEELS := --require-hashes --only-binary :all:
DJANGO := DATABASE_URL=sqlite://:memory: DJANGO_SETTINGS_MODULE=yupana.settings $(BIN)/django-admin
CATALOGUE := yupana/locale/es/LC_MESSAGES/django

install: .venv/installed $(CATALOGUE).mo

# A fictitious State to look at. SERVE=0 stops after the summary; PORT=8001 serves on another port than 8000.
demo: install
	$(BIN)/yupana demo $(if $(PORT),--port $(PORT)) $(if $(filter 0,$(SERVE)),--no-serve)

# Serve the home (YUPANA_HOME, default ./var) with full error pages, reloading on change.
dev: install
	$(BIN)/yupana tick
	YUPANA_DEBUG=1 DJANGO_SETTINGS_MODULE=yupana.settings $(BIN)/django-admin runserver

# Everything that can be judged without running the program.
check: .venv/installed-dev $(CATALOGUE).mo
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $$(git ls-files 'yupana/templates/*.html')
	$(BIN)/djlint yupana/templates --lint --quiet
	$(BIN)/python tools/translations.py check
	$(BIN)/python tools/docs.py check
	$(DJANGO) check --fail-level WARNING
	$(DJANGO) makemigrations --check --dry-run

# Give code and templates their form, and mend what can be mended without thinking.
format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix --quiet .
	-$(BIN)/djade --target-version 5.2 $$(git ls-files 'yupana/templates/*.html')

# The whole suite on SQLite, in a browser, and on PostgreSQL. ARGS go to pytest: make test ARGS=tests/domain
test: .venv/installed-dev $(CATALOGUE).mo
	$(BIN)/python tests/run.py $(ARGS)

# Kill, crowd and count on both databases; fails if anything is lost. Under ten minutes. ARGS: --seed 7, --size short
soak: .venv/installed-dev $(CATALOGUE).mo
	$(BIN)/python -m tests.soak.soak $(ARGS)

# How long figures and pages of a whole State take beside a plain COUNT, and files beside merely parsing them; fails
# beyond the limits. Takes two minutes.
bench: install
	$(BIN)/python bench/figures.py
	$(BIN)/python bench/progress.py
	$(BIN)/python bench/pages.py
	$(BIN)/python bench/interchange.py
	$(BIN)/python bench/opening.py
	$(BIN)/python bench/matrix.py

# After changing commands or settings: write docs/reference.md from the program, and look for broken links.
docs: .venv/installed
	$(BIN)/python tools/docs.py write

# After changing texts: read them from the code into the catalogue, and list what lacks Spanish.
messages: .venv/installed
	$(BIN)/python tools/translations.py merge

# After changing dependencies in pyproject.toml; needs uv.
lock:
	uv pip compile $(LOCK) --extra build -o requirements.txt pyproject.toml
	uv pip compile $(LOCK) --extra build --extra dev -c requirements.txt -o requirements-dev.txt pyproject.toml
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

clean:
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage htmlcov

# --- how it gets there ---------------------------------------------------------------------------------------------
.venv/created:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Yupana needs Python 3.11 or newer")'
	$(PYTHON) -m venv .venv
	touch $@

.venv/installed: .venv/created requirements.txt pyproject.toml
	$(PIP) install $(WHEELS) -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

.venv/installed-dev: .venv/installed requirements-dev.txt
	$(PIP) install $(WHEELS) -r requirements-dev.txt
	touch $@

$(CATALOGUE).mo: $(CATALOGUE).po .venv/installed
	$(BIN)/python tools/translations.py compile
	touch $@
