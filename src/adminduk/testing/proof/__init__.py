"""Everything that can become of a small office: no rule is ever broken, and nothing is stuck.

The modelled office of `adminduk.testing.model` acts at random; here nothing is left to chance.
From an empty office every command that anybody could give is given in every state that can be
reached, and the library itself decides it (`adminduk.decide`, on the lifecycles and the table of
authority as they are). After each step the rules of `holding` must hold; and from each state the
office must be able to bring everything to an end, whether or not applicants come and what is
missing is found. Where not, the shortest way there is told.
"""

from adminduk.testing.proof.sizes import LARGE, LARGEST, SIZES, SMALL, Size
from adminduk.testing.proof.walk import Fault, Walk

__all__ = ["LARGE", "LARGEST", "SIZES", "SMALL", "Fault", "Size", "Walk"]
