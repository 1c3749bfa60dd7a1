"""Between JSON and the library's types.

At the door the codec is strict: unknown keys, numbers where text belongs, naive times and the
like are errors with the path to the field, all of them at once. Bytes that the library stored
itself it trusts.

* values (NIK, tracking codes, …) are text in full
* days are `2021-07-12`, times have an offset: `2021-07-12T08:15:00+07:00`
* enumerations are their values, tuples are arrays
"""

from __future__ import annotations

from adminduk.codec.order import Order, parse_json, read_order, write_order
from adminduk.codec.reading import structure
from adminduk.codec.stored import dump, dump_changed, load, to_json

__all__ = [
    "Order",
    "dump",
    "dump_changed",
    "load",
    "parse_json",
    "read_order",
    "structure",
    "to_json",
    "write_order",
]
