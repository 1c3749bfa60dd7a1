"""What helps to test a program that uses the library; the library itself uses none of it.

* `strategies`: Hypothesis strategies for everything that the library takes
* `kits`: the checks that prove an adapter; `conformance` runs them on a URL

It comes with `pip install adminduk[testing]`.
"""
