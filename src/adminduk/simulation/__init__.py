"""The office as queues: what becomes of its backlog and its days when something changes.

A month of `adminduk.testing.month` plays the real office, command by command. Here a document is
only a mark that moves from state to state; a year takes seconds. The states and what leads from
one to the next, the calendar, the courier's runs, notices and promises are the library's own.

It needs the extra `adminduk[simulate]`.
"""

from adminduk.simulation.changes import Closing, Delivery, District, Staffing
from adminduk.simulation.comparing import Comparison, Measure, compare
from adminduk.simulation.model import simulate
from adminduk.simulation.reading import read_scenario, tuban
from adminduk.simulation.result import Evening, Outcome, Result, Times
from adminduk.simulation.scenario import Scenario, Spread

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
    "Times",
    "compare",
    "read_scenario",
    "simulate",
    "tuban",
]
