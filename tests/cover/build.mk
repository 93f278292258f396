# make cover: what the tests execute of ext/. See run.
.PHONY: cover needs-cover

needs-cover:
	@CC='$(firstword $(CC))' tests/install-dependencies.sh cover

cover: needs-cover
	@$(MAKE) --no-print-directory QUIET=1 COVERAGE=1 test-programs
	@tests/cover/run

help::
	@echo 'make cover      what the tests execute of ext/: lines and branches of each file, and the goals for them'
