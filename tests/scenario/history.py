"""history.py - what the simulator wrote, read again: its steps as commands of the bus, and the rows that must be left

    history = History.simulated(build / "bin/simulate", seed=7, steps=800)
    for step in history.steps: ...      # in order, each with the outcome that the simulation had
    history.rows["O"]                   # orders, clocks, alerts, deadlines at the end (tests/simulation/rows.h)

The words of a line stand in tests/simulation/trace.h. Numbers are the simulation's own.
"""
import dataclasses
import json
import re
import subprocess

ROLES = {1: "client", 2: "contractor", 4: "manager", 8: "owner"}
SYSTEM = 16

# What a line "C" or "D" gives before its bar.
COMMAND = ("step", "at", "event", "order", "person", "acts_as", "target", "has_text", "text_length", "files", "estimate", "rating",
           "alert", "category", "pay", "addressee")
DEADLINE = ("step", "at", "deadline", "order", "clock", "clock_step", "run", "due_at")
OWNERS = {"alert": "alert", "subscription": "account"}  # whose clock has no runs: what stands there instead
IN_WORDS = {"event", "clock", "clock_step"}
ROW = ("state", "version", "contractor", "estimate", "offer_open", "estimate_named", "rate", "bonus", "order")

NOTICE = re.compile(r"n:(\w+):(-?\d+):(.*):([\d,]*)")
NO_PAY = -1


@dataclasses.dataclass
class Outcome:
    """What the rules decided: refusal, or the order's row and what was written beside it."""
    refusal: str = None
    row: dict = None
    event: str = None
    role: str = None
    due_at: int = 0
    detail: dict = None
    quota: tuple = None      # month, amount
    pay: tuple = None        # contractor, amount
    notices: list = dataclasses.field(default_factory=list)    # kind, ms to wait, detail, person (0: every card)
    deadlines: list = dataclasses.field(default_factory=list)  # clock, step, run, due at
    alerts: list = dataclasses.field(default_factory=list)     # change, cause, number, level

    @property
    def ok(self):
        return self.refusal is None


@dataclasses.dataclass
class Step:
    kind: str        # C: a command, D: a deadline, W: a change of the world
    at: int
    words: list      # of a change: its name and what belongs to it
    given: dict
    outcome: Outcome
    line: str


class History:
    def __init__(self, lines):
        self.steps, self.rows = [], {kind: [] for kind in "OLAT"}
        for line in lines:
            words = line.split(" ")
            if words[0] in "CDW":
                self.steps.append(read_step(line, words))
            elif words[0] in self.rows:
                self.rows[words[0]].append(words[1:])

    @classmethod
    def simulated(cls, simulate, **options):
        argv = [str(simulate), "--rows", *(f"--{name}={value}" for name, value in options.items())]
        written = subprocess.run(argv, capture_output=True, text=True, check=True).stdout.splitlines()
        assert written[-1].startswith("E "), f"the simulation broke off: {written[-1]}"
        return cls(written)

    @property
    def begins_at(self):
        return self.steps[0].at


def read_step(line, words):
    if words[0] == "W":
        return Step("W", int(words[2]), words[3:], {}, None, line)
    bar = words.index("|")
    names = COMMAND if words[0] == "C" else DEADLINE
    given = {name: word if name in IN_WORDS else int(word) for name, word in zip(names, words[1:bar])}
    owner = OWNERS.get(given.get("clock"))
    if owner:
        given[owner] = given.pop("run")
    return Step(words[0], given["at"], [], given, read_outcome(words[bar + 1:]), line)


def read_outcome(words):
    if words[0] == "gone":
        return Outcome(refusal="moot")
    if words[0] == "no":
        return Outcome(refusal=words[1])
    outcome = Outcome()
    if NOTICE.fullmatch(words[1]):  # of a subscription: no order
        read_notice(outcome, words[1][2:])
        return outcome
    row = {name: value if name == "state" else int(value) for name, value in zip(ROW, words[1].split(":"))}
    outcome.row = row
    for word in words[2:]:
        kind, _, rest = word.partition(":")
        READERS.get(kind, read_nothing)(outcome, rest)
    return outcome


def read_by(outcome, rest):
    outcome.event, outcome.role = rest.split(":")


def read_due(outcome, rest):
    outcome.due_at = int(rest)


def read_detail(outcome, rest):
    outcome.detail = json.loads(rest)


def read_deadline(outcome, rest):
    clock, step, run, due_at = rest.split(":")
    outcome.deadlines.append((clock, step, int(run), int(due_at)))


def read_alert(outcome, rest):
    change, cause, number, level = rest.split(":")
    outcome.alerts.append((change, cause, int(number), int(level)))


def read_quota(outcome, rest):
    outcome.quota = tuple(int(number) for number in rest.split(":"))


def read_pay(outcome, rest):
    outcome.pay = tuple(int(number) for number in rest.split(":"))


def read_notice(outcome, rest):
    kind, wait_ms, detail, people = NOTICE.fullmatch("n:" + rest).groups()
    outcome.notices += [(kind, int(wait_ms), json.loads(detail) if detail else None, int(person))
                        for person in people.split(",") if person]


def read_nothing(_outcome, _rest):
    """What rows say already: breaches, ended runs, pins, withdrawn offers."""


READERS = {"by": read_by, "due": read_due, "j": read_detail, "d": read_deadline, "a": read_alert, "q": read_quota, "pay": read_pay,
           "n": read_notice}
