"""Where a store is: a URL as libpq reads it, what we add to it, and how it may be shown."""

from __future__ import annotations

import re
from itertools import cycle
from typing import Any, Final
from urllib.parse import quote, urlencode

import psycopg
from attrs import field, frozen
from psycopg.conninfo import conninfo_to_dict

from adminduk.errors import InvalidInput
from adminduk.language import N_
from adminduk.ports import can_be_written

__all__ = ["LOCK_SECONDS", "STATEMENT_SECONDS", "Address"]

LOCK_SECONDS: Final = 10
"""How long a statement waits for a lock, as while another process commits."""

STATEMENT_SECONDS: Final = 60
"""How long a statement may take at all."""

_IDLE_SECONDS: Final = 60
"""After how long a client that stopped in the middle of a commit is put out by the server."""

_SCHEMA: Final = re.compile(r"([?&])schema=([^&]*)&?")
_NAME: Final = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
"""What a schema may be called: the server keeps what begins with `pg_` for itself."""

_SPILT: Final = re.compile(r"://[^@?]*[@/][^?]*@")
"""A password with an `@` or a `/` that was not written as `%40` or `%2F`: it would be read, and
shown, as the name of a host or a database.
"""
_PLACE: Final = ("host", "hostaddr", "port")
_PORT: Final = re.compile(r"[0-9]{0,5}")

_OTHER_WAYS: Final = (
    *("enable_seqscan", "enable_bitmapscan", "enable_sort", "enable_hashjoin"),
    *("enable_mergejoin", "enable_material", "enable_memoize", "jit"),
)
"""Ways of the planner that are not an index, read in its order."""

_USUAL: Final = {
    "connect_timeout": 10,
    "client_encoding": "UTF8",
    "application_name": "adminduk",
    # A server that went away without a word is noticed in half a minute.
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
_USUAL_OF_SEVERAL: Final = _USUAL | {
    # Of several servers one is the primary; it is found while a call waits, whatever became of
    # those that are asked before it.
    "target_session_attrs": "read-write",
    "connect_timeout": 3,
}


@frozen
class Address:
    """A database and the schema in it that holds our tables.

    Attributes:
        schema: `adminduk`, or what `?schema=` says.
        shown: The URL as it may be shown: without the password.
        parameters: What libpq is told, password included.
    """

    schema: str
    shown: str
    parameters: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, url: str) -> Address:
        """Read a URL.

        Raises:
            InvalidInput: libpq does not understand it, or the name of the schema is none.
        """
        found = _SCHEMA.search(url)
        schema = found[2] if found else "adminduk"
        try:
            if "\0" in url or not can_be_written(url) or _SPILT.search(url):
                raise _invalid()
            told: dict[str, Any] = conninfo_to_dict(_SCHEMA.sub(r"\1", url).rstrip("?&"))
        except psycopg.Error:
            raise _invalid() from None  # its text may quote the password
        ports = str(told.get("port", "")).split(",")
        if not _NAME.fullmatch(schema) or not all(map(_PORT.fullmatch, ports)):
            raise _invalid()
        options = [told.get("options", ""), *_session(schema)]
        usual = _USUAL_OF_SEVERAL if len(_servers(told)) > 1 else _USUAL
        parameters = usual | told | {"options": " ".join(filter(None, options))}
        return cls(schema, _shown(told, schema), parameters)

    def servers(self) -> list[dict[str, Any]]:
        """Give what libpq is told of each of the servers alone."""
        return [self.parameters | one for one in _servers(self.parameters)]


def _invalid() -> InvalidInput:
    return InvalidInput.at(
        "url",
        "postgresql_url",
        N_("That names no PostgreSQL database."),
        N_("a URL as postgresql://user@host/database"),
    )


def _session(schema: str) -> list[str]:
    """Give the settings of every session of ours; each is told to the server as it begins.

    All that we ask is read along an index: without the other ways the planner, which cannot be
    told an index by name, has the same plan whatever it believes of the tables.
    """
    settings = {
        "search_path": schema,
        "synchronous_commit": "on",
        "statement_timeout": f"{STATEMENT_SECONDS}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{_IDLE_SECONDS}s",
        "default_transaction_isolation": "read\\ committed",
        "plan_cache_mode": "force_generic_plan",
        **dict.fromkeys(_OTHER_WAYS, "off"),
    }
    return [f"-c {name}={value}" for name, value in settings.items()]


def _servers(told: dict[str, Any]) -> list[dict[str, str]]:
    """Give the host, address and port of each server: lists of one length, or one port for all."""
    lists = {name: str(told[name]).split(",") for name in _PLACE if told.get(name)}
    count = max(map(len, lists.values()), default=1)
    alone = {name: cycle(values) for name, values in lists.items()}
    return [{name: next(values) for name, values in alone.items()} for _ in range(count)]


def _shown(told: dict[str, Any], schema: str) -> str:
    """Make a URL anew of what identifies the store: nothing else that was said is shown."""
    user = f"{quote(told['user'], safe='')}@" if told.get("user") else ""
    names = str(told.get("host", "")).split(",")
    hosts = ",".join(f"[{one}]" if ":" in one else one for one in names)
    query = {} if schema == "adminduk" else {"schema": schema}
    if "/" in hosts:  # the folder of a socket
        query, hosts = {"host": hosts, **query}, ""
    elif told.get("port"):
        pairs = zip(hosts.split(","), cycle(str(told["port"]).split(",")))
        hosts = ",".join(f"{host}:{port}".rstrip(":") for host, port in pairs)
    shown = f"postgresql://{user}{hosts}/{quote(str(told.get('dbname', '')))}"
    return f"{shown}?{urlencode(query, safe='/')}" if query else shown
