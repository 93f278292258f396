# The vendor's OpenAPI specs as the judge: tests/spec/test_* are part of `make test`; the long form is a command.

.PHONY: spec

help::
	@echo 'make spec       extension and emulator against the vendor'\''s OpenAPI specs, at length; needs npm'

spec: needs-test
	@$(MAKE) --no-print-directory QUIET=1 test-programs
	@BUILD=$(BUILD) LONG=1 tests/run --no-build 'spec/*'
