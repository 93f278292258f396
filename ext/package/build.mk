# Getting the extension to where it is used: install, one C file, a Debian package, an npm package.

.PHONY: install uninstall amalgamation deb npm reference

help::
	@echo 'make install    to $(DESTDIR)$(PREFIX) (PREFIX=, DESTDIR=); make uninstall takes it away'
	@echo 'make amalgamation, make deb, make npm    one C file, a Debian package, an npm package: into build/'

VERSION := $(shell sed -n 's/^\#define CHAT_VERSION "\(.*\)"/\1/p' ext/chat_version.h)

# --- install ----------------------------------------------------------------------------------------------------------

PREFIX ?= /usr/local
bindir ?= $(PREFIX)/bin
libdir ?= $(PREFIX)/lib
datadir ?= $(PREFIX)/share
mandir ?= $(datadir)/man

fill_in = sed -e 's\#@VERSION@\#$(VERSION)\#' -e 's\#@LIBRARY@\#$(libdir)/sqlite-chat/chat\#' \
	-e 's\#@SQL@\#$(datadir)/sqlite-chat\#g'

install: all
	install -d '$(DESTDIR)$(libdir)/sqlite-chat' '$(DESTDIR)$(datadir)/sqlite-chat/cookbook' '$(DESTDIR)$(bindir)' \
		'$(DESTDIR)$(mandir)/man1' '$(DESTDIR)$(mandir)/man7'
	install -m 755 $(LIBRARY) '$(DESTDIR)$(libdir)/sqlite-chat/'
	install -m 644 $(wildcard sql/*.sql sql/*.md) '$(DESTDIR)$(datadir)/sqlite-chat/'
	install -m 644 $(wildcard sql/cookbook/*.sql) '$(DESTDIR)$(datadir)/sqlite-chat/cookbook/'
	$(fill_in) ext/package/sqlite-chat.7 >'$(DESTDIR)$(mandir)/man7/sqlite-chat.7'
	echo '.so man7/sqlite-chat.7' >'$(DESTDIR)$(mandir)/man1/sqlite-chat.1'
	$(fill_in) ext/package/sqlite-chat >'$(DESTDIR)$(bindir)/sqlite-chat'
	chmod 644 '$(DESTDIR)$(mandir)/man7/sqlite-chat.7' '$(DESTDIR)$(mandir)/man1/sqlite-chat.1'
	chmod 755 '$(DESTDIR)$(bindir)/sqlite-chat'
	@echo 'A shell with it: $(bindir)/sqlite-chat. In any sqlite3 shell: .load $(libdir)/sqlite-chat/chat'

uninstall:
	rm -rf '$(DESTDIR)$(libdir)/sqlite-chat' '$(DESTDIR)$(datadir)/sqlite-chat'
	rm -f '$(DESTDIR)$(bindir)/sqlite-chat' '$(DESTDIR)$(mandir)/man1/sqlite-chat.1' '$(DESTDIR)$(mandir)/man7/sqlite-chat.7'

# --- one C file -------------------------------------------------------------------------------------------------------

amalgamation: build/amalgamation/chat.c build/amalgamation/chat.h

build/amalgamation/chat.c: $(extension_sources) $(wildcard ext/*.h ext/*/*.h) ext/package/amalgamate LICENSE
	@mkdir -p $(@D)
	ext/package/amalgamate >$@

build/amalgamation/chat.h: ext/package/chat.h
	@mkdir -p $(@D)
	cp $< $@

# --- packages ---------------------------------------------------------------------------------------------------------

deb:
	@tests/install-dependencies.sh deb
	VERSION='$(VERSION)' ext/package/make-deb

npm: all
	BUILD='$(BUILD)' VERSION='$(VERSION)' ext/package/make-npm

# --- what is written from what the extension says of itself -----------------------------------------------------------

reference: all
	BUILD='$(BUILD)' ext/package/make-reference >$(BUILD)/reference.md
	mv $(BUILD)/reference.md sql/reference.md
