# Statements that are interrupted: a program, and a library that makes looking up names slow.
interrupt_sources := $(sort $(filter-out tests/interrupt/slow_names.c,$(wildcard tests/interrupt/*.c))) \
	$(patsubst %,tests/differential/%.c,http memory tap)
interrupt_objects := $(interrupt_sources:%.c=$(BUILD)/objects/%.o)
test_programs += $(if $(SANITIZE),,$(BUILD)/interrupt $(BUILD)/slow_names.so)

$(BUILD)/interrupt: $(interrupt_objects)
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(differential_libs) -lpthread -lutil

$(BUILD)/slow_names.so: tests/interrupt/slow_names.c $(BUILD)/flags
	$(say) '  link    $@'
	$(Q)$(CC) -std=gnu11 $(CFLAGS) -shared -fPIC -o $@ $< -ldl

-include $(interrupt_objects:.o=.d)
