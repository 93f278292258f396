# Fuzzing, with clang's libFuzzer. The programs and the objects of ext/ they are made of have a folder of their own,
# build/fuzz. `make test` makes them through tests/fuzz/test_corpus, which tells where this cannot be had.

FUZZ_CC ?= clang
FUZZ_BUILD := build/fuzz
# Compiled in half the time with -O0, which is what counts for a few thousand runs.
FUZZ_OPTIMIZE ?= -O1
fuzz_flags := $(FUZZ_OPTIMIZE) -g1 -UNDEBUG -DSQLITE_CORE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
fuzz_compile = $(FUZZ_CC) -std=gnu11 $(warnings) -Iext -Itests $(CPPFLAGS) $(fuzz_flags) -MMD -MP
fuzz_cflags = $(call ask_once,fuzz_cflags,--cflags sqlite3 libcurl jansson)
fuzz_libs = $(call ask_once,fuzz_libs,--libs sqlite3 libcurl jansson)

fuzz_targets := $(sort $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c)))
fuzz_programs := $(fuzz_targets:%=$(FUZZ_BUILD)/fuzz_%)
# The extension is compiled in one piece, as users may, in a third of the time; but what goes over the wire is a piece
# of its own, so that the server can take its place.
fuzz_wire := ext/rest/transport.c
fuzz_objects := $(FUZZ_BUILD)/extension.o $(FUZZ_BUILD)/$(fuzz_wire:.c=.o)
fuzz_shared := $(FUZZ_BUILD)/tests/fuzz/fuzz.o
# Statements meet a server that answers from the fuzzer's bytes, and a clock that goes by itself.
fuzz_server := $(patsubst %,$(FUZZ_BUILD)/tests/fuzz/%.o,server answer statements)
fuzz_server_flags := -Wl,--wrap=clock_monotonic_ms,--wrap=clock_wall_ms

.PHONY: fuzz fuzz-programs
help::
	@echo 'make fuzz       every fuzz target for a minute; SECONDS=, TARGETS="url page ...", JOBS='

fuzz: needs-test
	@MAKE='$(MAKE)' FUZZ_CC='$(FUZZ_CC)' tests/fuzz/run '$(or $(SECONDS),60)' '$(or $(JOBS),1)' $(TARGETS)

fuzz-programs: $(fuzz_programs) $(FUZZ_BUILD)/words
	@:

# As $(BUILD)/flags.
$(FUZZ_BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(fuzz_compile)' | cmp -s - $@ || echo '$(fuzz_compile)' >$@

# The order is that of ext/package/amalgamate.
$(FUZZ_BUILD)/extension.c: $(extension_sources) tests/fuzz/build.mk
	@mkdir -p $(@D)
	$(Q)printf '%s\n' '#define _GNU_SOURCE 1' \
		$(patsubst %,'#include "%"',$(filter-out ext/chat.c $(fuzz_wire),$(extension_sources)) ext/chat.c) >$@

$(FUZZ_BUILD)/extension.o: $(FUZZ_BUILD)/extension.c $(FUZZ_BUILD)/flags
	$(say) '  compile $< (fuzz)'
	$(Q)$(fuzz_compile) -I. $(fuzz_cflags) -c -o $@ $<

$(FUZZ_BUILD)/%.o: %.c $(FUZZ_BUILD)/flags
	@mkdir -p $(@D)
	$(say) '  compile $< (fuzz)'
	$(Q)$(fuzz_compile) $(fuzz_cflags) -c -o $@ $<

$(filter-out $(FUZZ_BUILD)/fuzz_sql,$(fuzz_programs)): $(FUZZ_BUILD)/fuzz_%: $(FUZZ_BUILD)/tests/fuzz/fuzz_%.o \
		$(fuzz_shared) $(fuzz_objects)
	$(say) '  link    $@'
	$(Q)$(FUZZ_CC) $(fuzz_flags) -fsanitize=fuzzer -o $@ $^ $(fuzz_libs)

$(FUZZ_BUILD)/fuzz_sql: $(FUZZ_BUILD)/tests/fuzz/fuzz_sql.o $(fuzz_server) $(fuzz_shared) \
		$(FUZZ_BUILD)/extension.o
	$(say) '  link    $@'
	$(Q)$(FUZZ_CC) $(fuzz_flags) $(fuzz_server_flags) -fsanitize=fuzzer -o $@ $^ $(fuzz_libs)

# Prints the names of the catalogue and the settings, as words for the fuzzer to put in.
$(FUZZ_BUILD)/words: $(FUZZ_BUILD)/tests/fuzz/words.o $(fuzz_objects)
	$(say) '  link    $@'
	$(Q)$(FUZZ_CC) $(fuzz_flags) -o $@ $^ $(fuzz_libs)

-include $(fuzz_objects:.o=.d) $(fuzz_shared:.o=.d) $(fuzz_server:.o=.d) $(FUZZ_BUILD)/tests/fuzz/words.d
-include $(fuzz_targets:%=$(FUZZ_BUILD)/tests/fuzz/fuzz_%.d)
