# Archives in real engines: test_engines is part of `make test`, where the engines are; the long form installs them.
.PHONY: engines needs-engines

needs-engines: needs-test
	@CC='$(firstword $(CC))' tests/install-dependencies.sh engines

engines: needs-engines
	@$(MAKE) --no-print-directory QUIET=1 all emulator
	@BUILD=$(BUILD) tests/engines/run

help::
	@echo 'make engines    archives over to PostgreSQL, ClickHouse (two shards) and DuckDB, at length; installs them'
