# Two commands on a fresh machine with Python 3.11 and make: `make demo` and `make test`.
# Each makes .venv by itself and installs what the lock lists, by hash; nothing is downloaded after that.

PORT ?= 8000
# How many tests run at once; each worker has a database server and a browser of its own.
WORKERS ?= 2
BIN := .venv/bin
STATIC := src/cairn/interfaces/web/static_source
LOCK := $(BIN)/pip-compile --quiet --allow-unsafe --generate-hashes --strip-extras \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

.PHONY: help demo demo-reset test test-long attack test-postgresql lint traceability mutants bench lock css environment environment-dev

help:
	@echo 'make demo        the application with a made-up authority, on this machine (PORT=8000)'
	@echo 'make demo-reset  throw the made-up data away'
	@echo 'make test        every test but those of test-long; says loudly what was left out (ONLY=tests/core runs a part, WORKERS=2)'
	@echo 'make test-long   what takes minutes: axe on every page there is, every link followed, the demo started again and killed'
	@echo 'make attack      every attack of the table in docs/assurance, as often as it asks; on this machine alone'
	@echo 'make test-postgresql  what reaches the database, on the PostgreSQL of this machine (Debian 12: 15)'
	@echo 'make lint        style, types, and the directions of imports'
	@echo 'make bench       the measurements behind the promised figures'
	@echo 'make mutants     a mistake at a time in the engine and the door: which do the tests notice? (ONLY=engine/clocks)'
	@echo 'make traceability  how many of the provisions of each document are carried, by area'
	@echo 'make lock        write the locks anew from requirements*.in (UPGRADE=1: newest releases)'
	@echo 'make css         compile style sheet and script (needs Node; what is compiled is kept)'

demo: environment
	@$(BIN)/cairn demo --port $(PORT)

demo-reset: environment
	@$(BIN)/cairn demo --reset

test: environment-dev
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile -m 'not long and not attack' $(ONLY)

test-long: environment-dev
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=load -m long $(ONLY)

attack: environment-dev
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=loadfile tests/attacks tests/faults tests/core/access $(ONLY)

test-postgresql: environment-dev
	pg_virtualenv -i --auth=trust sh -c \
	    'CAIRN_TEST_DATABASE_URL="host=$$PGHOST port=$$PGPORT user=$$PGUSER dbname=postgres" \
	     $(BIN)/python -m pytest tests/test_fixtures.py tests/records tests/application'

lint: environment-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

traceability: environment-dev
	@$(BIN)/python -m tests.meta.shares

mutants: environment-dev
	nice $(BIN)/python -m tests.meta.mutants

bench: environment-dev
	$(BIN)/python -m benchmarks $(ONLY)

lock: environment-dev
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file=requirements.txt requirements.in
	$(LOCK) $(if $(UPGRADE),--upgrade) --output-file=requirements-dev.txt requirements-dev.in

css:
	cd $(STATIC) && npm ci --no-fund --no-audit && npm run build

environment:
	@.ci/environment requirements.txt

environment-dev:
	@.ci/environment requirements-dev.txt
