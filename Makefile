# The commands of this project; `make` alone lists them.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules
BIN := .venv/bin
READY := .venv/.ready
TESTABLE := .venv/.testable

export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true
ifeq ($(strip $(SOURCE_DATE_EPOCH)),)
SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null)
endif
ifneq ($(SOURCE_DATE_EPOCH),)
export SOURCE_DATE_EPOCH
else
unexport SOURCE_DATE_EPOCH
endif

.PHONY: help site test stress screenshots serve check review release sign deploy verify-live gate bench lock schema clean distclean FORCE

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

site: $(READY) ## build site/; if that fails, the last good one stays
	@.ci/site

test: $(TESTABLE) ## run the tests; ARGS="-k words" picks some
	@$(BIN)/pytest -q -n auto --dist worksteal $(ARGS)

stress: $(TESTABLE) ## publish, read, kill and fill a disk for minutes; ROUNDS=1000 for longer
	@ROUNDS=$(or $(ROUNDS),100) $(BIN)/pytest -q tests/publishing $(ARGS)

screenshots: $(TESTABLE) site ## show each type of page in each scheme, in .cache/screenshots
	@$(BIN)/python -m tests.browser.screenshots

serve: $(READY) ## show the site while it is edited
	@$(BIN)/mkdocs serve --livereload $(ARGS)

check: $(READY) ## style, types and data; PUBLISHED=origin/main: and what is published already
	@status=0; for command in 'ruff check' 'ruff format --check' mypy; do \
		$(BIN)/$$command || status=1; \
	done; $(BIN)/disclosure check $${PUBLISHED:+--published "$$PUBLISHED"} || status=1; exit $$status

review: $(READY) ## what an edit breaks and what it alters for readers, in review/; PUBLISHED=origin/main
	@$(BIN)/disclosure review --published "$(if $(filter command,$(origin PUBLISHED)),$$PUBLISHED,$$(.ci/published))"

release: site ## make release/ and release.tar of site/ and its commit
	@$(BIN)/disclosure release

sign: $(READY) ## sign release.tar; KEY=file, or the text of a key in SIGNING_KEY
	@$(BIN)/disclosure sign release.tar $${KEY:+--key "$$KEY"}

deploy: $(READY) ## publish release.tar; TARGET=ssh://user@host SITE_URL=https://…
	@$(BIN)/disclosure deploy release.tar "$$TARGET"

verify-live: $(READY) ## compare a published site with its manifest; SITE_URL=https://…, MANIFEST=file
	@$(BIN)/disclosure verify-live "$$SITE_URL" $${MANIFEST:+"$$MANIFEST"}

gate: $(READY) ## make site-gate.pyz, which a server needs to take releases
	@$(BIN)/python -m gate.pyz site-gate.pyz

bench: $(READY) ## measure the build and the PDFs
	@$(BIN)/python -m tests.bench
	@$(BIN)/python -m tests.bench_pdf

lock: $(READY) ## renew the locks after pyproject.toml or package.json; UPGRADE=1: newest of Python's
	@$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
		--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) --quiet --output-file requirements.lock
	@cd tests/browser && npm install --package-lock-only --no-audit --no-fund --loglevel=error >/dev/null

schema: $(READY) ## renew the schema the editors use
	@$(BIN)/disclosure schema

clean: ## remove what was built
	@rm -rf site .cache .hypothesis release release.tar review site-gate.pyz
	@find hooks tests -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean ## remove .venv too
	@rm -rf .venv hooks/*.egg-info

# A .venv survives neither the move of its checkout nor the removal of its Python.
ifneq ($(and $(wildcard $(BIN)/python),$(file <$(READY))),$(CURDIR))
$(READY): FORCE
endif
ifneq ($(and $(wildcard $(BIN)/python),$(file <$(TESTABLE))),$(CURDIR))
$(TESTABLE): FORCE
endif
SOURCES := requirements.lock pyproject.toml .ci/setup
$(READY): $(SOURCES)
	@echo 'Setting up .venv (the first time takes about a minute)'
	@.ci/setup
$(TESTABLE): $(SOURCES) tests/browser/package.json tests/browser/package-lock.json tests/browser/.npmrc
	@echo 'Setting up .venv and a browser (the first time takes about two minutes)'
	@.ci/setup test
