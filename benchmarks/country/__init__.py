"""A working day of all offices of the country on one PostgreSQL, squeezed into minutes.

`python -m benchmarks.country` measures it; `docs/sizing.md` says what follows from it.
"""
