"""An office at work in several processes, while its server is stopped, killed and started anew."""

from __future__ import annotations

import os
import signal
from random import Random

import pytest
from hypothesis import settings

from postgresql_crew import Crew
from postgresql_server import Server

FULL = settings.get_current_profile_name() == "full"
FAULTS = 40 if FULL else 4
APPLICATIONS = 200 if FULL else 8

ENDS = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)
"""As an administrator ends it; without its writing anything down; as a machine without power.

The fourth time one of its processes is killed: it ends all others for that, and starts anew.
"""


@pytest.mark.skipif(
    "ADMINDUK_TEST_POSTGRESQL" in os.environ, reason="a server of others is not killed"
)
def test_an_office_works_on_whatever_its_server_does(own_server: Server):
    """What was acknowledged took effect once; nothing is half written, and no message is lost."""
    chance = Random(1)  # noqa: S311 - chance that can be repeated is what is wanted
    crew = Crew(own_server.url(), APPLICATIONS)
    try:
        for number in range(FAULTS):
            crew.await_answers(crew.commands * (number + 1) // (FAULTS + 1))
            if number % 4 == 3:
                os.kill(chance.choice(own_server.processes()), signal.SIGKILL)
            else:
                own_server.stop(ENDS[number % 4])
                own_server.start()
        crew.finish()
        assert crew.failures.keys() <= {"unreachable", "starting"}
        crew.check()
    finally:
        crew.close()
