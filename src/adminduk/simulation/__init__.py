"""The office as queues: what becomes of its backlog and its days when something changes.

A month of `adminduk.testing.month` plays the real office, command by command. Here a document is
only a mark that moves from state to state; a year takes seconds. The states and what leads from
one to the next, the calendar, the courier's runs, notices and promises are the library's own.

It needs the extra `adminduk[simulate]`.
"""

from adminduk.simulation.comparing import Comparison, Measure, compare
from adminduk.simulation.model import simulate
from adminduk.simulation.result import Evening, Outcome, Result
from adminduk.simulation.scenario import (
    Closing,
    Delivery,
    District,
    Scenario,
    Spread,
    Staffing,
    read_scenario,
    tuban,
)

__all__ = [
    "Closing",
    "Comparison",
    "Delivery",
    "District",
    "Evening",
    "Measure",
    "Outcome",
    "Result",
    "Scenario",
    "Spread",
    "Staffing",
    "compare",
    "read_scenario",
    "simulate",
    "tuban",
]
