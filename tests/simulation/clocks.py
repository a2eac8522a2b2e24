"""clocks.py - a clock as the intervals in which it ran, and nothing else

DOMAIN.md, "Clocks": a step is due at the earliest instant at which the counted time reaches its share.
"""

import datetime
import functools
import zoneinfo

EPOCH = datetime.date(1970, 1, 1)

# Clock: its steps in the order in which they fire on one instant, each with its share: a number, or the parameter that says it.
STEPS = {
    "reaction": [("open", "ASSIGNED_CONTRACTORS_TIME_LIMIT"), ("alert", "INFORM_MANAGER_CREATED_PROJECT_LIMIT"), ("breach", 100)],
    "work": [("remind", "CONTRACTOR_REMIND_LIMIT"), ("alert", "INFORM_MANAGER_IN_WORK_PROJECT_LIMIT"), ("breach", 100)],
    "confirm": [("remind", 50), ("alert", 100)],
    "answer": [("remind", 25), ("alert", 100)],
    "acceptance": [("remind", 50), ("close", 100)],
}


class Clock:
    def __init__(self, name, limit_ms, now, parameters, calendar=None):
        self.calendar = calendar  # which minutes count; None: all
        self.limit_ms = limit_ms
        self.intervals = [[now, None]]
        self.shares = [(step, share if isinstance(share, int) else int(parameters[share])) for step, share in STEPS[name]]
        self.reached = set()
        self.paused = False

    def runs(self):
        return self.intervals[-1][1] is None

    def stop(self, now):
        if self.runs():
            self.intervals[-1][1] = now

    def go_on(self, now):
        self.intervals.append([now, None])

    def counted(self, now):
        return sum((now if end is None else end) - start for start, end in self.intervals)

    def needed(self, share):
        return -(-self.limit_ms * share // 100)

    def due(self, share):
        """The instant at which it is reached if nothing changes."""
        missing = self.needed(share)
        for start, end in self.intervals:
            if end is None:
                return start + max(missing, 0) if self.calendar is None else self.calendar.reach(start, missing)
            missing -= end - start
        return None

    def move(self, limit_ms, now):
        """Another 100 %: what has counted stays, steps that are ahead again will be reached again."""
        self.limit_ms = limit_ms
        counted = self.counted(now)
        self.reached = {step for step, share in self.shares if step in self.reached and self.needed(share) <= counted}
        if self.runs():
            self.stop(now)
            self.go_on(now)

    def ahead(self):
        """What is still to be reached, with its instant."""
        return [(step, self.due(share)) for step, share in self.shares if step not in self.reached] if self.runs() else []

    def share_of(self, step):
        return dict(self.shares)[step]


class Calendar:
    """Working hours of a week in a zone; holidays do not count."""

    def __init__(self, zone, words):
        self.zone, self.hours, self.holidays = zone, [], set()
        for word in words:
            weekday, _, hours = word.partition("=")
            if hours:
                begin, end = ((int(h), int(m)) for h, m in (w.split(":") for w in hours.split("-")))
                self.hours.append((int(weekday), begin, end))
            else:
                self.holidays.add(EPOCH + datetime.timedelta(days=int(weekday)))
        self.hours.sort()

    @functools.cache
    def counted_on(self, day):
        """The intervals of a day that count, each as two instants."""
        counts = [] if day in self.holidays else [(begin, end) for weekday, begin, end in self.hours if weekday == day.isoweekday()]
        return [(self.instant(day, *begin), self.instant(day, *end)) for begin, end in counts]

    def instant(self, day, hour, minute):
        day += datetime.timedelta(days=hour // 24)
        wall = datetime.datetime(day.year, day.month, day.day, hour % 24, minute, tzinfo=zoneinfo.ZoneInfo(self.zone))
        return int(wall.timestamp()) * 1000

    def reach(self, start, needed):
        """The earliest instant at which so much has counted."""
        if needed <= 0:
            return start
        day = datetime.datetime.fromtimestamp(start / 1000, zoneinfo.ZoneInfo(self.zone)).date()
        while True:
            for opens, closes in self.counted_on(day):
                opens = max(opens, start)
                if closes - opens >= needed:
                    return opens + needed
                needed -= max(closes - opens, 0)
            day += datetime.timedelta(days=1)
