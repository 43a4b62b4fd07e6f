# The same commands as `python run.py …`, for hands that type make. More words: make test ARGS="tests/vault -x"
PYTHON ?= python3

.PHONY: demo test check bench screenshots lock clean
demo test check bench screenshots lock clean:
	@$(PYTHON) run.py $@ $(ARGS)
