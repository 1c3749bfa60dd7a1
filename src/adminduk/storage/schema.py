"""The tables of the SQLite storage, and how a file of an older version becomes a newer one."""

from __future__ import annotations

from typing import Final

__all__ = ["APPLICATION_ID", "MIGRATIONS"]

APPLICATION_ID: Final = 0x41444455
"""Written into the head of every file of ours."""

_FIRST: Final = """
create table offices (
    office text primary key, profile blob not null, seq integer not null, recorded text not null
) without rowid;
create table records (
    office text not null, kind text not null, id text not null, version integer not null,
    state text not null, region text not null, queue text not null, due text not null,
    grp text not null, keys text not null, body blob not null,
    unique (office, kind, id)
);
create index records_by_due on records (office, due, kind, id);
create index records_by_queue on records (office, queue, due, kind, id) where queue <> '';
create index records_by_state on records (office, kind, state, due, id);
create index records_by_group on records (office, grp, due, kind, id) where grp <> '';
create table record_keys (
    office text not null, key text not null, kind text not null, id text not null,
    primary key (office, key, kind, id)
) without rowid;
create table journal (
    office text not null, seq integer not null, kind text not null, id text not null,
    version integer not null, hash blob not null, body blob not null,
    primary key (office, seq)
) without rowid;
create unique index journal_by_record on journal (office, kind, id, version);
create table claims (
    office text not null, key text not null, kind text not null, id text not null,
    primary key (office, key)
) without rowid;
create table commands (
    office text not null, id text not null, actor text not null, digest blob not null,
    receipt blob not null, primary key (office, id)
) without rowid;
create table messages (
    office text not null, key text not null, due text not null, attempts integer not null,
    token text not null, lent_until text not null, parked integer not null, body blob not null,
    primary key (office, key)
) without rowid;
create index messages_by_due on messages (office, parked, due, key);
"""

MIGRATIONS: Final = (_FIRST,)
"""The n-th script takes a file from version n - 1 to n."""
