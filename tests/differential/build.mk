# The differential test by name: `make differential`. Two thousand queries for each version of the API; those of "migrated"
# are Chat's tables, read and written, on Conversations over the same private channels.

QUERIES ?= 8000
VERSIONS ?= v1,v2,conversations,migrated

.PHONY: differential
differential: needs-test
	@$(MAKE) --no-print-directory QUIET=1 all emulator $(DIFFERENTIAL)
	@$(DIFFERENTIAL) --extension $(LIBRARY) --emulator $(EMULATOR) --versions $(VERSIONS) --queries $(QUERIES)

help::
	@echo 'make differential  2000 queries and 500 transactions of each version, over chat tables and ordinary ones; VERSIONS='
