"""A fuzzer of all that reads what others wrote; see the README beside it."""
