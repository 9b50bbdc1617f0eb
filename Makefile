# Two commands do everything on a fresh machine with Python 3.11 or later: `make run` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
MODEL ?= models/styrka-hela-livet.yaml

.PHONY: run test check bench docs generated catalogues setup setup-dev clean

run: .venv/run  ## Set up, compute a shipped model, leave a report in out/
	$(BIN)/socio-calc run $(MODEL) --out out --force

test: .venv/dev  ## Set up, run the tests
	$(BIN)/python -m pytest -n auto

check: .venv/dev  ## Lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev  ## Compare with other tools in one run; writes benchmarks/RESULTS.md
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	# One of the tools wants an older psutil than the notebooks: what is pinned comes back afterwards.
	$(BIN)/python -m benchmarks; status=$$?; \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt; exit $$status

docs: .venv/dev  ## Build the documentation site in build/site, the notebooks executed
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

generated: .venv/dev  ## Write again every page and picture that is made from the program
	for page in pictures reference_base keys commands model_cards models_page; do $(BIN)/python docs/make_$$page.py; done
	$(BIN)/python -m tests.validation.report

catalogues: .venv/dev  ## Compile the texts (.po) to what the program reads (.mo)
	for file in socio_calc/locale/sv/LC_MESSAGES/*.po; do \
	  $(BIN)/pybabel -q compile --directory socio_calc/locale --domain $$(basename $$file .po); done

setup: .venv/run
setup-dev: .venv/dev

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "socio_calc needs Python 3.11 or later")'
	$(PYTHON) -m venv .venv

.venv/run: .venv/bin/python requirements/run.txt requirements/dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q socio_calc
	touch .venv/run

.venv/dev: .venv/run requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch .venv/dev

clean:
	rm -rf .venv out build
