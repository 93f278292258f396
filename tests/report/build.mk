# The report of examples/report.sh in a real Chromium: tests/report/test_report is part of `make test`, and looks at pages
# where there is a Chromium; this installs one. SHOTS=FOLDER leaves pictures of the pages there.

.PHONY: report

help::
	@echo 'make report     the pages of examples/report.sh in Chromium; installs it. SHOTS=FOLDER: pictures of them'

report: needs-test
	@tests/install-dependencies.sh report
	@$(MAKE) --no-print-directory QUIET=1 all emulator
	@BUILD=$(BUILD) LONG=1 tests/report/test_report
