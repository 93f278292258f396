# The project on a bare Debian: `make debian13`, `make debian12`. See run.
.PHONY: debian12 debian13 needs-debian
help::
	@echo 'make debian13   make demo, make and make test on a bare Debian 13 (debian12: 12), as root; half an hour; DEBIAN_ROOT='

needs-debian:
	@tests/install-dependencies.sh debian

debian12: RELEASE ?= bookworm
debian13: RELEASE ?= trixie
debian12 debian13: needs-debian
	@tests/debian/run $(RELEASE)
