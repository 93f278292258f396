# The trust tests (ext/package/SECURITY.md): one program, whose first argument says which of them.
trust_sources := $(sort $(wildcard tests/trust/*.c)) $(patsubst %,tests/differential/%.c,memory tap)
trust_objects := $(trust_sources:%.c=$(BUILD)/objects/%.o)
TRUST := $(BUILD)/trust
# It looks at what goes over the wire and into files: the sanitizers would see nothing new.
test_programs += $(if $(SANITIZE),,$(TRUST))

$(TRUST): $(trust_objects)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(test_libs) -lpthread

-include $(trust_objects:.o=.d)
