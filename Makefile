# The lines of the day. VENV is where the tools are; ./check makes it.
VENV ?= .venv-check
BIN = $(VENV)/bin/

.PHONY: check fix gate confidence accuracy bench instructions docs schema locks wheel compiled

check: $(VENV)  ## format, lint, strict types, contracts, tests
	$(BIN)ruff format --check
	$(BIN)ruff check
	$(BIN)mypy
	$(BIN)lint-imports
	TOLLBOOK_VENV=$(VENV) ./check
	@echo "All of it holds."

fix: $(VENV)  ## format, and mend what can be mended by machine
	$(BIN)ruff format
	$(BIN)ruff check --fix

gate: $(VENV)  ## claims gained and lost since the last release over the corpora, and the law of evidence
	$(BIN)python tools/gate.py

confidence: $(VENV)  ## fit anew how sure the reader may be of its claims, on the sets beside the checkout
	$(BIN)python tools/fit_confidence.py

accuracy: $(VENV)  ## measure against the sets beside the checkout; writes docs/accuracy.md
	$(BIN)python tools/accuracy.py

bench: $(VENV)  ## measure speed and memory; writes docs/performance.md
	$(BIN)python benchmarks/reading.py $(if $(wildcard build/compiled),--compiled build/compiled)

instructions: $(VENV)  ## count the instructions that a report costs; needs valgrind
	$(BIN)python benchmarks/instructions.py

wheel: $(VENV)  ## build a wheel of the compiled reader for this machine into dist/; needs a C compiler
	TOLLBOOK_COMPILE=1 $(BIN)pip wheel --no-deps --wheel-dir dist .

compiled: wheel  ## prove that it reads as the source does: unpacked in build/compiled, and installed in a new environment
	$(BIN)python tools/compiled.py
	$(BIN)python tools/installed.py

schema: $(VENV)  ## write the JSON Schema of a reading anew from its types
	$(BIN)python tools/build_schema.py

docs: schema accuracy bench  ## all that is written by machine in docs/

$(VENV):
	TOLLBOOK_VENV=$(VENV) ./check --collect-only -qq >/dev/null

locks:  ## pin the newest versions that pyproject.toml allows, in new environments
	rm -rf .venv-lock && python3 -m venv .venv-lock
	.venv-lock/bin/python tools/lock.py run && .venv-lock/bin/python tools/lock.py dev
	rm -rf .venv-lock
