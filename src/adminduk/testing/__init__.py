"""What helps to test a program that uses the library; the library itself uses none of it.

* `strategies`: Hypothesis strategies for everything that the library takes

It comes with `pip install adminduk[testing]`.
"""
