# The suite on every version of SQLite in tests/versions/versions.txt, and with every libcurl of libcurl.txt;
# VERSIONS='3.34.0 libcurl-8.14.1' for some of them.
.PHONY: versions
help::
	@echo 'make versions   the suite on every version of SQLite, and with a newer libcurl; VERSIONS= for some'

versions: needs-test
	@$(MAKE) --no-print-directory QUIET=1 test-programs
	@tests/versions/all $(VERSIONS)
