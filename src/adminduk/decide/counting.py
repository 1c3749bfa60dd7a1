"""How the days of a promise are counted: pure arithmetic of an office's days and the courier's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from attrs import frozen

from adminduk.records.changed import changed
from adminduk.records.promise import Pause, Promise
from adminduk.records.schedule import Timetable, runs
from adminduk.working_days import WorkingDays

__all__ = ["Counting"]


@frozen
class Counting:
    """What days are counted by.

    Attributes:
        calendar: The days on which the office works.
        closes: The hour after which what comes in counts as of the next working day.
        timetable: When the courier goes to the district; None: it has no schedule.
    """

    calendar: WorkingDays
    closes: time
    timetable: Timetable | None = None

    def counts_from(self, moment: datetime) -> date:
        """Give the working day as of which something counts, by the office's clock."""
        day = moment.date()
        if moment.time() >= self.closes:
            day += timedelta(days=1)
        return self.calendar.on_or_after(day)

    def promise(self, moment: datetime, days: int) -> Promise:
        """Promise what is asked for at a moment within so many working days."""
        made = self.calendar.after(self.counts_from(moment), days)
        return Promise(made, self._arrives(made))

    def _arrives(self, made: date) -> date | None:
        """Give the first run for which what is made by the end of a day can still be packed."""
        if self.timetable is None:
            return None
        ready = datetime.combine(made, self.closes)
        coming = runs(self.timetable, self.calendar, made)
        return next((run.day for run in coming if run.cut_off >= ready), None)

    def paused(self, promise: Promise, pause: Pause, moment: datetime) -> Promise:
        """Let the days stand still from a moment on; days that stand still already go on to."""
        if promise.pause is not None:
            return changed(promise, pause=pause)
        return changed(promise, pause=pause, since=self.counts_from(moment))

    def resumed(self, promise: Promise, moment: datetime) -> Promise:
        """Let the days run again: the promise moves by the working days that they stood still.

        A promise that was broken before stays so by as much. A run is never promised earlier
        than before.
        """
        if promise.since is None:
            return promise
        stood = self.calendar.between(promise.since, self.counts_from(moment))
        moved = changed(promise, pause=None, since=None, stood=promise.stood + stood)
        return self._not_before(moved, self.calendar.after(promise.made, stood))

    def chosen_anew(self, promise: Promise, moment: datetime) -> Promise:
        """Let what goes another way now be promised for no day that is past."""
        return self._not_before(promise, self.calendar.on_or_after(moment.date()))

    def _not_before(self, promise: Promise, day: date) -> Promise:
        """Move a promise to a day if it is for an earlier one, and the run with it."""
        if day <= promise.made:
            return promise
        arrives = self._arrives(day)
        if arrives is not None and promise.arrives is not None:
            arrives = max(arrives, promise.arrives)
        return changed(promise, made=day, arrives=arrives)
