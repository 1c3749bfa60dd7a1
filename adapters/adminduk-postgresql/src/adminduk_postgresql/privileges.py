"""What a role needs that runs offices and can neither change nor remove an entry of the journal.

`python -m adminduk_postgresql.privileges ROLE [SCHEMA]` prints the SQL, for whoever owns the tables
to run: `… | psql DATABASE`. The role must exist; it owns nothing, and makes no tables.
"""

from __future__ import annotations

import sys
from typing import Final

from psycopg.sql import SQL, Composed, Identifier

__all__ = ["main", "privileges"]

_PRIVILEGES: Final = """
grant usage on schema {schema} to {role};
revoke all on all tables in schema {schema} from {role};
grant select on all tables in schema {schema} to {role};
grant insert on {schema}.offices, {schema}.records, {schema}.record_keys, {schema}.journal,
    {schema}.claims, {schema}.commands, {schema}.messages, {schema}.data_keys to {role};
grant update (seq, recorded) on {schema}.offices to {role};
grant update on {schema}.records, {schema}.claims, {schema}.messages, {schema}.data_keys to {role};
grant delete on {schema}.record_keys, {schema}.claims, {schema}.messages to {role};
"""


def privileges(role: str, schema: str = "adminduk") -> Composed:
    """Give the SQL that grants a role what it needs on the tables as they are now, and no more."""
    return SQL(_PRIVILEGES).format(role=Identifier(role), schema=Identifier(schema))


def main(arguments: list[str]) -> None:
    """Print the SQL."""
    if len(arguments) not in (1, 2):
        sys.exit("usage: python -m adminduk_postgresql.privileges ROLE [SCHEMA]")
    sys.stdout.write(privileges(*arguments).as_string(None))


if __name__ == "__main__":
    main(sys.argv[1:])
