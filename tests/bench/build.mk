# What downloading lists takes at the least: for `make bench` and tests/questions.

DOWNLOAD := $(BUILD)/download
# It is no part of the extension: the sanitizers have nothing to look at.
test_programs += $(if $(SANITIZE),,$(DOWNLOAD))

# It is measured, as the library is.
$(BUILD)/objects/tests/bench/download.o: test_flags :=

$(DOWNLOAD): $(BUILD)/objects/tests/bench/download.o
	$(say) '  link    $@'
	$(Q)$(link) -o $@ $^ $(test_libs)

-include $(BUILD)/objects/tests/bench/download.d
