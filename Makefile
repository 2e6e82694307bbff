# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
VENV := .venv
PY := $(VENV)/bin/python
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PIP_INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check

.PHONY: help demo test check lock bench screens clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

$(VENV)/bin/python:
	python3 -m venv $(VENV)

# A stamp per lock file: installing again costs nothing while the lock is unchanged.
$(VENV)/app.stamp: requirements/app.txt pyproject.toml | $(VENV)/bin/python
	$(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements/app.txt
	$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/app.stamp
	$(PIP_INSTALL) --require-hashes --only-binary :all: -r requirements/dev.txt
	@touch $@

demo: $(VENV)/app.stamp ## fill a demo database of Kecamatan Palaran and serve it on 127.0.0.1:8000
	$(VENV)/bin/skm demo

check: $(VENV)/dev.stamp ## style, types, import directions
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

# The browser tests drive Debian's Chromium; strace kills the server at chosen syncs.
tools:
	@command -v chromium >/dev/null && command -v strace >/dev/null || \
	  { $(SUDO) apt-get update -qq && $(SUDO) apt-get install -y -qq --no-install-recommends chromium strace; }

test: $(VENV)/dev.stamp tools check ## everything: style, units, properties, both databases, browser
	$(PY) -m pytest

bench: $(VENV)/dev.stamp ## load and latency figures (benchmarks/README.md)
	$(PY) -m benchmarks

screens: $(VENV)/dev.stamp tools ## remake the pictures in docs/layar/
	$(PY) -m docs.layar.remake

lock: $(VENV)/dev.stamp ## resolve requirements/*.in anew into lock files with hashes
	$(PIP_INSTALL) uv
	cd requirements && for f in app dev; do ../$(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header $$f.in -o $$f.txt; done

clean: ## remove the environment and caches, never the data in instance/
	rm -rf $(VENV) *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
