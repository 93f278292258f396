# Each step of what this test is made of is counted: see tests/unit/steps.h.
$(BUILD)/objects/tests/unit/test_page_cost.o: CFLAGS += -fsanitize-coverage=trace-pc
# And it counts what people get: optimized.
$(BUILD)/objects/tests/unit/test_page_cost.o: test_flags :=
