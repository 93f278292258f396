# The fault matrix: a hostile server, and a table of what it does and what the extension makes of it.
fault_sources := $(sort $(wildcard tests/fault/*.c))
fault_objects := $(fault_sources:%.c=$(BUILD)/objects/%.o)
FAULT := $(BUILD)/fault
test_programs += $(if $(SANITIZE),,$(FAULT))

.PHONY: fault
fault: needs-test
	@$(MAKE) --no-print-directory QUIET=1 all $(FAULT)
	@$(FAULT) --extension $(LIBRARY) --long --table

$(FAULT): $(fault_objects)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(call ask_once,fault_libs,--libs sqlite3 libcurl) -lpthread

help::
	@echo 'make fault      the fault matrix at length: everything a server can do wrong, one row each'

-include $(fault_objects:.o=.d)
