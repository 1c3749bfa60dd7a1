"""All checks of a storage in one class."""

from __future__ import annotations

from adminduk.testing.kits.agreement import AgreementChecks
from adminduk.testing.kits.claiming import ClaimChecks
from adminduk.testing.kits.committing import CommitChecks
from adminduk.testing.kits.delivering import MessageChecks
from adminduk.testing.kits.endings import EndingChecks
from adminduk.testing.kits.finding import FindChecks
from adminduk.testing.kits.keeping_keys import KeyChecks
from adminduk.testing.kits.processes import ProcessChecks
from adminduk.testing.kits.reading import ReadingChecks
from adminduk.testing.kits.scale import ScaleChecks
from adminduk.testing.kits.threads import ThreadChecks
from adminduk.testing.kits.waking import BellChecks

__all__ = ["StorageKit"]


class StorageKit(  # pytest begins with the last
    AgreementChecks,
    EndingChecks,
    ScaleChecks,
    ProcessChecks,
    ThreadChecks,
    FindChecks,
    BellChecks,
    MessageChecks,
    ReadingChecks,
    KeyChecks,
    ClaimChecks,
    CommitChecks,
):
    """What a storage promises; a subclass says where by the fixture `storage_url`.

    Attributes:
        several_processes: Whether several processes may use the store at once.
        durable: Whether what was committed outlives the process that committed it.
        reopens: Whether opening the same URL again gives the same store.
        histories: How many random histories are compared with the storage in memory.
        kills: How many processes are killed at any moment of their work.
        many: How many records the checks of scale make: from 2,000; a million where there is time.
        every_point: Whether processes end at every point of every command, which takes minutes.
        shrinks: Whether a history that fails is made short, which may take minutes.
    """
