# The hosts: `make hosts`. `make test` runs those whose packages are there.

.PHONY: hosts hosts-install
help::
	@echo 'make hosts      installs every program that the extension is tried in (packages.txt), and tries them; 3 GB'

hosts: needs-test hosts-install
	@MAKE='$(MAKE)' LONG=1 tests/run 'hosts/*'

hosts-install:
	@bash tests/hosts/install.sh
