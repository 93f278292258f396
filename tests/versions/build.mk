# The suite on every version of SQLite in tests/versions/versions.txt; VERSIONS='3.34.0 3.52.0' for some of them.
.PHONY: versions
help::
	@echo 'make versions   the suite on every version of SQLite, oldest to newest; VERSIONS= for some'

versions: needs-test
	@$(MAKE) --no-print-directory QUIET=1 test-programs
	@tests/versions/all $(VERSIONS)
