"""clocks.py - a clock as the intervals in which it ran, and nothing else

DOMAIN.md, "Clocks": a step is due at the earliest instant at which the counted time reaches its share.
"""

# Clock: its steps in the order in which they fire on one instant, each with its share: a number, or the parameter that says it.
STEPS = {
    "reaction": [("open", "ASSIGNED_CONTRACTORS_TIME_LIMIT"), ("alert", "INFORM_MANAGER_CREATED_PROJECT_LIMIT"), ("breach", 100)],
    "work": [("remind", "CONTRACTOR_REMIND_LIMIT"), ("alert", "INFORM_MANAGER_IN_WORK_PROJECT_LIMIT"), ("breach", 100)],
    "confirm": [("remind", 50), ("alert", 100)],
    "answer": [("remind", 25), ("alert", 100)],
    "acceptance": [("remind", 50), ("close", 100)],
}


class Clock:
    def __init__(self, name, limit_ms, now, parameters):
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
                return start + max(missing, 0)
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
