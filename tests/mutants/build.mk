# make mutants: rules broken on purpose. See run.
.PHONY: mutants

mutants: needs-test
	@MAKE='$(MAKE)' tests/mutants/run $(MUTANTS)

help::
	@echo 'make mutants    breaks one rule after another and sees whether the tests notice; MUTANTS="NAME ..."'
