# sqlite-chat. `make help` lists what there is.
#
# Variants have build folders of their own, so that they never mix:
#   make                              build/chat.so
#   make DEBUG=1                      build/debug/chat.so     assertions, no optimization
#   make SANITIZE=address,undefined   build/asan/chat.so      run the host with libasan preloaded
#   make COVERAGE=1                   build/cover/chat.so     counts what is executed; see make cover
#   make CC=clang                     build/clang/chat.so     any compiler named on make's command line
# Everything under ext/ goes into the extension and every tests/*/test_*.c is a program: a new file needs no line here.

ROOT := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
SYSTEM := $(shell uname -s)
empty :=
space := $(empty) $(empty)
comma := ,

# As many compilers as processors; a -j on the command line goes before.
ifeq ($(MAKELEVEL)$(filter clean,$(MAKECMDGOALS)),0)
MAKEFLAGS += -j$(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
endif

# --- the variant ------------------------------------------------------------------------------------------------------

# Tests are compiled more often than they run: these take half the time of -O2 -g. The library that people get, and the
# emulator, which runs in nearly all tests, are compiled as usual. Flags that somebody chose hold for everything.
ifeq ($(origin CFLAGS)$(filter-out 0,$(DEBUG) $(COVERAGE)),undefined)
test_flags := -O0 -g1
endif

ifneq ($(filter-out 0,$(DEBUG)),)
variant += debug
CFLAGS ?= -O0 -g
else ifneq ($(filter-out 0,$(COVERAGE)),)
variant += cover
CFLAGS ?= -O0 -g -DNDEBUG
# Of the extension alone; absolute names, because test programs run in folders of their own choice; atomic, because some
# have threads.
counted := --coverage -fprofile-abs-path -fprofile-update=atomic
else ifneq ($(SANITIZE),)
# Compiled in half the time of -O2 -g, or less: of threads there is one short test.
CFLAGS ?= $(if $(findstring thread,$(SANITIZE)),-O0,-O1) -g1 -DNDEBUG
else
CFLAGS ?= -O2 -g -DNDEBUG
endif
ifneq ($(SANITIZE),)
variant += $(if $(findstring address,$(SANITIZE)),asan,$(subst $(comma),-,$(SANITIZE)))
sanitizer := -fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer
endif
ifeq ($(origin CC),command line)
variant += $(notdir $(lastword $(CC)))
endif
BUILD := build$(addprefix /,$(subst $(space),-,$(strip $(variant))))

# --- compiling and linking --------------------------------------------------------------------------------------------

ifeq ($(SYSTEM),Darwin)
LIBRARY := $(BUILD)/chat.dylib
# The host program brings SQLite along; Homebrew keeps its own SQLite and curl away from the system's.
link_extension := -dynamiclib -undefined dynamic_lookup
kegs := $(wildcard /opt/homebrew/opt/sqlite /opt/homebrew/opt/curl /usr/local/opt/sqlite /usr/local/opt/curl)
export PKG_CONFIG_PATH := $(subst $(space),:,$(addsuffix /lib/pkgconfig,$(kegs))):$(PKG_CONFIG_PATH)
else
LIBRARY := $(BUILD)/chat.so
# The extension reaches SQLite through the table of functions that the host hands over, never by linking to it.
# Sanitizers leave symbols to the preloaded runtime.
link_extension := -shared $(if $(sanitizer),,-Wl,-z,defs) -Wl,-z,relro,-z,now
endif

warnings := -Wall -Wextra -Wshadow -Wconversion -Wvla
compile = $(CC) -std=gnu11 $(warnings) -Iext -Itests $(CPPFLAGS) $(CFLAGS) $(sanitizer) -MMD -MP
link = $(CC) $(CFLAGS) $(sanitizer) $(if $(counted),--coverage) $(LDFLAGS)

# `make V=1` shows the commands themselves, QUIET=1 nothing but what goes wrong.
Q := $(if $(V),,@)
say := @$(if $(QUIET),:,echo)

# Programs of tests are linked in a third of the time by gold or lld, where there is one.
a_program := int main(void) { return 0; }
try_linker = echo '$(a_program)' | $(CC) -fuse-ld=$(1) -x c -o /dev/null - 2>/dev/null && echo -fuse-ld=$(1)
has_linker = $(shell $(try_linker))
ask_linker = $(eval test_linker := $(or $(call has_linker,gold),$(call has_linker,lld)))$(test_linker)
test_linker = $(ask_linker)

# pkg-config is asked when a recipe first needs it, because it may have been installed a moment before.
ask_once = $(eval $(1) := $(shell pkg-config $(2)))$($(1))
extension_cflags = $(call ask_once,extension_cflags,--cflags sqlite3 libcurl jansson)
extension_libs = $(call ask_once,extension_libs,--libs libcurl jansson)
test_cflags = $(call ask_once,test_cflags,--cflags sqlite3 libcurl jansson cmocka)
test_libs = $(call ask_once,test_libs,--libs sqlite3 libcurl jansson cmocka) -lm
emulator_cflags = $(call ask_once,emulator_cflags,--cflags sqlite3 jansson libmicrohttpd)
emulator_libs = $(call ask_once,emulator_libs,--libs sqlite3 jansson libmicrohttpd) -lpthread -lm
differential_libs = $(call ask_once,differential_libs,--libs sqlite3 libcurl jansson) -lm

# --- sources ----------------------------------------------------------------------------------------------------------

extension_sources := $(sort $(wildcard ext/*.c ext/*/*.c ext/*/*/*.c))
emulator_sources := $(sort $(filter-out tests/emulator/test_%,$(wildcard tests/emulator/*.c)))
differential_sources := $(sort $(wildcard tests/differential/*.c))
# It uses some of the differential test's own tools.
ledger_sources := $(sort $(wildcard tests/ledger/*.c) \
	$(patsubst %,tests/differential/%.c,http memory process random tap) tests/trust/recorder.c tests/trust/text.c)
unit_tests := $(sort $(wildcard tests/unit/test_*.c))
unit_shared := $(filter-out $(unit_tests),$(sort $(wildcard tests/unit/*.c)))
emulator_tests := $(sort $(wildcard tests/emulator/test_*.c))

extension_objects := $(extension_sources:%.c=$(BUILD)/objects/%.o)
# For the one test of threads it is compiled in one piece, in a third of the time.
library_objects := $(if $(findstring thread,$(SANITIZE)),$(BUILD)/one_piece.o,$(extension_objects))
emulator_objects := $(emulator_sources:%.c=$(BUILD)/objects/%.o)
differential_objects := $(differential_sources:%.c=$(BUILD)/objects/%.o)
ledger_objects := $(ledger_sources:%.c=$(BUILD)/objects/%.o)
unit_programs := $(unit_tests:%.c=$(BUILD)/%)
emulator_programs := $(emulator_tests:%.c=$(BUILD)/%)

EMULATOR := $(BUILD)/emulator
DIFFERENTIAL := $(if $(differential_sources),$(BUILD)/differential)
LEDGER := $(BUILD)/ledger

.DEFAULT_GOAL := all

help::
	@echo 'make            build $(LIBRARY); load it in the sqlite3 shell with: .load $(basename $(LIBRARY))'
	@echo 'make demo       a tour of one minute against an emulator of the service; needs no account'
	@echo 'make shell      sqlite3 with the extension: your service if credentials are set, else the emulator; FILE=x.db'
	@echo 'make test       every test; the last line counts them; LONG=1: each at length; NEEDS=no: installs nothing'
	@echo 'make check-quick  for between two changes: unit tests, SQL scripts, quick rules; under a minute'
	@echo 'make valgrind   every unit test and most SQL scripts in valgrind'
	@echo 'make check      the rules of the house: layers, formatting, static analysis'
	@echo 'make bench      what it takes, beside the least it could and the official SDK; QUICK=1, CASES=, SDK=0, OLD='

# A folder of tests may bring programs and commands of its own: it adds the programs that `make test` needs to
# test_programs, and its commands to .PHONY and, with a line of its own, to help::.
test_programs :=
include ext/package/build.mk $(sort $(wildcard tests/*/build.mk))

# --- what to make -----------------------------------------------------------------------------------------------------

.PHONY: all help emulator demo shell test test-programs check check-quick valgrind bench format clean FORCE
.PHONY: needs needs-build needs-demo needs-test needs-bench
.DELETE_ON_ERROR:

all: $(LIBRARY)

help::
	@echo 'make needs      the packages that the tests use, which are there, and what each is for'
	@echo 'make format     let clang-format lay out all C files'
	@echo 'make clean      remove build/'
	@echo 'variants:       DEBUG=1  SANITIZE=address,undefined  CC=clang; V=1 shows the commands'

emulator: $(EMULATOR)

demo: needs-demo
	@$(MAKE) --no-print-directory QUIET=1 all emulator
	@BUILD=$(BUILD) examples/demo.sh

shell: needs-demo
	@$(MAKE) --no-print-directory QUIET=1 all emulator
	@BUILD=$(BUILD) examples/shell.sh $(if $(FILE),'$(subst ','\'',$(FILE))')

test: needs-test
	@MAKE='$(MAKE)' tests/run

valgrind: needs-test
	@MAKE='$(MAKE)' LONG=1 tests/run 'valgrind:*'

check-quick: needs-test
	@MAKE='$(MAKE)' tests/run --quick

check: needs-test
	@MAKE='$(MAKE)' tests/run 'check/*'

bench: needs-bench
	@$(MAKE) --no-print-directory --silent all emulator $(DOWNLOAD)
	@BUILD=$(BUILD) QUICK='$(QUICK)' CASES='$(CASES)' SDK='$(SDK)' OLD='$(OLD)' MAKE='$(MAKE)' tests/bench/run

# A sanitizer looks at the extension: the emulator, and what only the usual variant runs, is left out.
test-programs: all $(unit_programs) $(DIFFERENTIAL) $(LEDGER) $(test_programs) \
	$(if $(SANITIZE),,emulator $(emulator_programs))

format:
	clang-format -i $(shell find ext tests -name '*.[ch]')

clean:
	rm -rf build

# --- rules ------------------------------------------------------------------------------------------------------------

needs-build needs-demo needs-test needs-bench: needs-%:
	@CC='$(firstword $(CC))' NEEDS='$(NEEDS)' tests/install-dependencies.sh $*

needs:
	@CC='$(firstword $(CC))' tests/install-dependencies.sh test --what

# Rewritten, and so newer than every object, only when the flags are not those of the last build.
$(BUILD)/flags: FORCE | needs-build
	@mkdir -p $(@D)
	@echo '$(compile) $(LDFLAGS)$(counted)$(test_flags)' | cmp -s - $@ || \
		echo '$(compile) $(LDFLAGS)$(counted)$(test_flags)' >$@

$(extension_objects): $(BUILD)/objects/%.o: %.c $(BUILD)/flags
	@mkdir -p $(@D)
	$(say) '  compile $<'
	$(Q)$(compile) $(counted) -fPIC -fvisibility=hidden $(extension_cflags) -c -o $@ $<

$(emulator_objects): $(BUILD)/objects/%.o: %.c $(BUILD)/flags | needs-demo
	@mkdir -p $(@D)
	$(say) '  compile $<'
	$(Q)$(compile) $(emulator_cflags) -c -o $@ $<

# Tests and what they share.
$(BUILD)/objects/tests/%.o: tests/%.c $(BUILD)/flags | needs-test
	@mkdir -p $(@D)
	$(say) '  compile $<'
	$(Q)$(compile) $(test_flags) -DSQLITE_CORE $(test_cflags) -c -o $@ $<

$(BUILD)/one_piece.o: $(extension_sources) $(wildcard ext/*.h ext/*/*.h) ext/package/amalgamate $(BUILD)/flags
	$(say) '  compile $(@:.o=.c)'
	$(Q)ext/package/amalgamate >$(@:.o=.c)
	$(Q)$(compile) -w -fPIC -fvisibility=hidden $(extension_cflags) -c -o $@ $(@:.o=.c)

$(LIBRARY): $(library_objects)
	$(say) '  link    $@'
	$(Q)$(link) $(link_extension) -o $@ $^ $(extension_libs)

$(EMULATOR): $(emulator_objects)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(emulator_libs)

$(BUILD)/differential: $(differential_objects)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(differential_libs)

$(BUILD)/ledger: $(ledger_objects)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(differential_libs) -lpthread

# The library's own objects, for programs that are linked with them (tests/unit/sqlite_table.c gives them SQLite). An
# archive, so that a test which brings a clock or a transport of its own takes its place.
$(BUILD)/libcore.a: $(extension_objects)
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $^

$(unit_programs): $(BUILD)/%: $(BUILD)/objects/%.o $(unit_shared:%.c=$(BUILD)/objects/%.o) $(BUILD)/libcore.a
	@mkdir -p $(@D)
	$(say) '  link    $@'
	$(Q)$(link) $(test_linker) -o $@ $^ $(test_libs)

$(emulator_programs): $(BUILD)/%: $(BUILD)/objects/%.o
	@mkdir -p $(@D)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(test_libs)

-include $(extension_objects:.o=.d) $(emulator_objects:.o=.d)
-include $(differential_objects:.o=.d) $(ledger_objects:.o=.d)
-include $(unit_tests:%.c=$(BUILD)/objects/%.d) $(unit_shared:%.c=$(BUILD)/objects/%.d)
-include $(emulator_tests:%.c=$(BUILD)/objects/%.d)
