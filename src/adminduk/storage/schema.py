"""The tables of the SQLite storage, and how a file of an older version becomes a newer one.

Every key begins with the office. Tables with large bodies keep them apart from their keys (they
have a rowid); small rows live in their key. The columns after the first ones of an index are the
order in which a page is read: due, kind, id. What waits for nobody (no queue) and belongs to
nothing (no group) is left out of those indexes.
"""

from __future__ import annotations

from typing import Final

__all__ = ["APPLICATION_ID", "MIGRATIONS"]

APPLICATION_ID: Final = 0x41444455
"""Written into the head of every file of ours."""

_FIRST: Final = """
create table offices (
    office text primary key not null, profile blob not null,
    seq integer not null, recorded text not null
) strict, without rowid;

create table records (
    office text not null, kind text not null, id text not null, version integer not null,
    state text not null, region text not null, queue text not null, due text not null,
    grp text not null, keys text not null, body blob not null,
    primary key (office, kind, id)
) strict;
create index records_by_queue on records (office, queue, due, kind, id) where queue <> '';
create index records_by_group on records (office, grp, due, kind, id) where grp <> '';
create index records_by_region on records (office, region, due, kind, id);
create index records_by_state on records (office, kind, state, due, id);

create table record_keys (
    office text not null, key text not null, due text not null, kind text not null,
    id text not null, primary key (office, key, due, kind, id)
) strict, without rowid;

create table journal (
    office text not null, seq integer not null, kind text not null, id text not null,
    version integer not null, hash blob not null, body blob not null,
    primary key (office, seq)
) strict;
create index journal_by_record on journal (office, kind, id, seq);

create table claims (
    office text not null, key text not null, kind text not null, id text not null,
    primary key (office, key)
) strict, without rowid;

create table commands (
    office text not null, id text not null, actor text not null, digest blob not null,
    receipt blob not null, primary key (office, id)
) strict, without rowid;

create table messages (
    office text not null, key text not null, due text not null, parked integer not null,
    lent_until text not null, token text not null, attempts integer not null, body blob not null,
    primary key (office, key)
) strict, without rowid;
create index messages_by_due on messages (office, parked, due, key);
"""

_SECOND: Final = """
create table data_keys (
    place integer primary key, office text not null, owner text not null, wrapped blob not null,
    retired integer not null
) strict;
create unique index data_keys_by_owner on data_keys (office, owner) where retired = 0;
"""

MIGRATIONS: Final = (_FIRST, _SECOND)
"""The n-th script takes a file from version n - 1 to n; one that was released never changes."""
