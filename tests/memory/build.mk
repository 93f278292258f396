# Memory that runs out at each of its allocations, in whole statements, and the life of connections.

memory_tools := $(patsubst %,tests/%.c,differential/http differential/memory differential/process differential/tap \
	ledger/journal ledger/service)
memory_sweep_sources := $(sort $(wildcard tests/memory/sweep*.c)) $(memory_tools) tests/unit/faulty_memory.c
memory_life_sources := $(sort $(wildcard tests/memory/life*.c)) $(memory_tools)

MEMORY_SWEEP := $(BUILD)/memory-sweep
MEMORY_LIFE := $(BUILD)/memory-life

$(MEMORY_SWEEP): $(memory_sweep_sources:%.c=$(BUILD)/objects/%.o)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(test_libs)

$(MEMORY_LIFE): $(memory_life_sources:%.c=$(BUILD)/objects/%.o)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(differential_libs) -lpthread

test_programs += $(MEMORY_SWEEP) $(MEMORY_LIFE)

.PHONY: memory
memory: needs-test
	@$(MAKE) --no-print-directory QUIET=1 all emulator $(MEMORY_SWEEP) $(MEMORY_LIFE)
	@BUILD=$(BUILD) MAKE='$(MAKE)' ALL='$(ALL)' NAME='$(NAME)' tests/memory/long

help::
	@echo 'make memory     allocations that fail, in some 50 kinds of statements; load, close, fork, threads; an hour; ALL=1, NAME='

-include $(patsubst %.c,$(BUILD)/objects/%.d,$(memory_sweep_sources) $(memory_life_sources))
