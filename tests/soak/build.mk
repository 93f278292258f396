# The soak test: `make soak`; its short form is test_soak. It uses the tools of the differential and of the ledger test.

soak_sources := $(sort $(wildcard tests/soak/*.c) \
	$(patsubst %,tests/differential/%.c,compare condition copy generator http leaf leaf_query local memory mutate own process \
	query query_again query_pair random report sample select source tables tables_conversations tap times value) \
	$(patsubst %,tests/ledger/%.c,faults journal model service statement transaction world))
soak_objects := $(soak_sources:%.c=$(BUILD)/objects/%.o)

test_programs += $(if $(SANITIZE),,$(BUILD)/soak)

.PHONY: soak
help::
	@echo 'make soak       random statements against a failing server, all answers checked; MINUTES=60 SEED= STEP='

soak: needs-test
	@$(MAKE) --no-print-directory QUIET=1 all emulator $(BUILD)/soak
	@$(BUILD)/soak --extension $(LIBRARY) --emulator $(EMULATOR) --seconds $$(($(or $(MINUTES),60) * 60)) \
		--seed $(or $(SEED),$(shell date +%s)) $(if $(STEP),--step $(STEP))

$(BUILD)/soak: $(soak_objects)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(differential_libs) -lpthread

-include $(soak_objects:.o=.d)
