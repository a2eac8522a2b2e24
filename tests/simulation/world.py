"""world.py - what the model remembers: people, accounts, ledgers, and the deadlines it expects"""
import heapq

from . import domain
from .clocks import STEPS, Calendar, Clock
from .domain import CLIENT, CONTRACTOR, MANAGER, OWNER, STAFF
from .months import Months, end_of_day

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
WAVE_PAUSE = 15_000

DEFAULTS = {
    "ASSIGNED_CONTRACTORS_TIME_LIMIT": "20", "INFORM_MANAGER_IN_WORK_PROJECT_LIMIT": "95", "INFORM_MANAGER_CREATED_PROJECT_LIMIT": "95",
    "BILLING_DAY": "1", "ORDER_RATE": "500", "CONTRACTOR_MAX_ORDERS": "1", "CONTRACTOR_REMIND_LIMIT": "75",
    "DEFAULT_ESTIMATE_HOURS": "24", "MAX_ESTIMATE_HOURS": "24", "CONFIRM_MINUTES": "15", "WAIT_CLIENT_HOURS": "24",
    "AUTO_CLOSE_HOURS": "72", "MANAGER_REPEAT_MINUTES": "10", "MANAGER_REPEATS": "3", "ACK_TIMEOUT_MINUTES": "30", "OFFER_WAVE": "20",
    "LOW_RATING": "3", "BONUS_STEP": "0", "BONUS_EVERY_MINUTES": "30", "BONUS_MAX": "0", "COMPENSATE_BREACH": "off", "QUIET_HOURS": "off", "TIME_ZONE": "Europe/Moscow",
}


class Disagreement(Exception):
    """The step's line and what the model expected instead."""


class Person:
    def __init__(self, number, roles, account):
        self.id, self.roles, self.account = number, roles, account
        self.on_duty, self.away_until, self.reachable = True, 0, True
        self.last_taken, self.follows, self.marks, self.half_stars = 0, 0, [], 8

    def has(self, roles):
        return self.roles & roles

    def serves(self, now):
        return self.on_duty and self.away_until <= now

    def belongs_to(self, account):
        return self.roles & CLIENT and self.account == account


class Order:
    contractor = estimate = rate = bonus = filed_under = 0
    named = is_open = given_back = paid = False
    reworks = rating = ended_at = 0
    reaction_breached = work_breached = taken_at = 0

    def __init__(self, number, account, by, now, month):
        self.id, self.account, self.by, self.created_at, self.month = number, account, by, now, month
        self.state, self.version = "new", 0
        self.clocks, self.runs, self.alerts, self.pins, self.declined, self.passed = {}, {}, {}, [], set(), set()


class World:
    def __init__(self):
        self.parameters = dict(DEFAULTS)
        self.people, self.accounts, self.tariffs, self.orders = {}, {}, {}, {}
        self.pins = set()
        self.months = Months()
        self.quota = {}     # (account, month): [amount], the ledger
        self.payouts = []   # (month, contractor, amount, order)
        self.unfinished, self.at_work = {}, {}  # account: {orders}, contractor: {orders}
        self.pending = {}   # (order, clock, step): (run, due)
        self.heap, self.expected_ever = [], 0
        self.moved_at = {}  # deadlines that may lie in the past since then
        self.watcher_up_since = 0
        self.now = 0
        self.counts = {}
        self.categories, self.calendars = 0, {}
        self.alerted = {}   # orders with an open alert
        self.sender_down, self.waiting = False, set()  # (alert, person): told, not sent yet
        self.granted = 0
        self.left = None

    # ---- reading ----

    def number(self, name):
        return int(self.parameters[name])

    def money(self, name):
        return round(float(self.parameters[name]) * 100)

    def line(self, text):
        words = text.split(" ")
        kind = words[0]
        if kind == "C" or kind == "D":
            self.now = int(words[2])
            self.nothing_missed()
            bar = words.index("|")
            (self.command if kind == "C" else self.deadline)(words[3:bar], words[bar + 1:])
        elif kind == "W":
            self.now = int(words[2])
            self.nothing_missed()
            getattr(self, "on_" + words[3])(*words[4:])
        elif kind == "X":
            raise Disagreement(text)
        elif kind in "RK":
            self.counts[f"{kind} {' '.join(words[3:])}"] = int(words[2])
        elif kind == "E":
            self.end()

    # ---- the world ----

    def on_set(self, name, value):
        self.parameters[name] = value
        if name == "TIME_ZONE":
            self.move_subscriptions()
        if name == "CONTRACTOR_MAX_ORDERS":
            for person in self.people:
                self.end_windows(person)

    def on_calendar(self, number, zone, *words):
        self.calendars[number] = Calendar(zone, words)

    def on_tariff(self, number, orders, reaction, rate, limit, may_pin, contacts, calendar):
        self.tariffs[number] = dict(calendar=self.calendars.get(calendar), orders=int(orders), reaction=int(reaction), rate=int(rate), limit=int(limit), may_pin=may_pin == "1")

    def on_account(self, number, tariff, paid, until):
        account = int(number)
        self.accounts[account] = (tariff, int(until) if paid == "1" else None)
        for step, days in domain.SUBSCRIPTION.items():
            self.pending.pop(("account", account, step), None)
            due = end_of_day(self.parameters["TIME_ZONE"], int(until) - days)
            if paid == "1" and due > self.now:
                self.expect(("account", account, step), account, due)

    def move_subscriptions(self):
        """Their days end elsewhere now; what moves into the past is due at once."""
        for key in [key for key in self.pending if key[0] == "account"]:
            _, account, step = key
            due = end_of_day(self.parameters["TIME_ZONE"], self.accounts[account][1] - domain.SUBSCRIPTION[step])
            if self.pending[key] != (account, due):
                self.expect(key, account, due)
                self.moved_at[key] = self.now

    def expect(self, key, run, due):
        self.pending[key] = (run, due)
        self.expected_ever += 1
        heapq.heappush(self.heap, (due, self.expected_ever, key, run))

    def on_person(self, number, roles, account):
        """Comes, or gets these roles as well."""
        person = self.people.setdefault(int(number), Person(int(number), 0, 0))
        person.roles |= int(roles)
        person.account = int(account) or person.account

    def on_grant(self, account, orders):
        """Orders of this month, and of no other."""
        self.months.now(self.now, self.parameters["TIME_ZONE"], self.number("BILLING_DAY"))
        self.quota.setdefault((int(account), len(self.months.rows)), []).append(int(orders))
        self.granted += int(orders)

    def on_wait(self):
        """Time passes."""

    def on_duty(self, number, on_duty, away_until):
        person = self.people[int(number)]
        person.on_duty, person.away_until = on_duty == "1", int(away_until)
        if not person.serves(self.now):
            self.leaves(person.id)
            self.end_windows(person.id)

    def on_reach(self, number, reachable):
        self.people[int(number)].reachable = reachable == "1"
        if reachable == "0":
            self.leaves(int(number))
            self.end_windows(int(number))

    def on_remove(self, number, role):
        self.people[int(number)].roles &= ~int(role)
        if int(role) & STAFF:
            self.leaves(int(number))
        if int(role) == CONTRACTOR:
            self.pins = {pin for pin in self.pins if pin[1] != int(number)}
            self.end_windows(int(number))

    def on_restore(self, number, role):
        self.people[int(number)].roles |= int(role)

    def on_pin(self, account, contractor):
        self.pins.add((int(account), int(contractor)))

    def on_unpin(self, account, contractor):
        self.pins.discard((int(account), int(contractor)))

    def on_categories(self, bits):
        self.categories = int(bits)

    def on_follow(self, number, bits):
        self.people[int(number)].follows = int(bits)

    def on_decline(self, order, number):
        if int(order) in self.orders:  # a shortened history may have left it out
            self.orders[int(order)].declined.add(int(number))
            self.end_windows(int(number))

    def on_sender(self, what):
        self.sender_down = what == "down"
        if not self.sender_down:
            self.waiting.clear()

    def end_windows(self, number):
        """A pinned window ends at once when the last eligible of the pinned stops being eligible or declines."""
        for orders in self.unfinished.values():
            for order in orders.values():
                if order.state != "new" or order.is_open or number not in order.pins:
                    continue
                left = [p for p in order.pins if self.is_free(self.people[p]) and p not in order.declined]
                key = (order.id, "reaction", "open")
                if not left and key in self.pending:
                    run, due = self.pending[key]
                    self.expect(key, run, min(due, self.now))

    def leaves(self, number):
        """Whoever cannot be on an alert any more is not: it is open again at once."""
        for order, alert, by in [(o, a, a["by"]) for o in self.alerted.values() for a in o.alerts.values()]:
            key = (order.id, "alert", alert["id"], "reopen")
            if by == number and key in self.pending:
                self.expect(key, alert["id"], min(self.pending[key][1], self.now))

    def on_watcher(self, what):
        self.watcher_up_since = self.now if what == "up" else None

    # ---- time ----

    def nothing_missed(self):
        """What was due before now has been sent, if there was somebody to send it."""
        if self.watcher_up_since is None:
            return
        while self.heap:
            due, _, key, run = self.heap[0]
            if self.pending.get(key) != (run, due):
                heapq.heappop(self.heap)
            elif max(due, self.watcher_up_since, self.moved_at.get(key, 0)) < self.now:
                raise Disagreement(f"missed: {key} was due at {due}, it is {self.now}")
            else:
                return

    def set_deadlines(self, order, name, expected):
        clock = order.clocks[name]
        for step, due in clock.ahead():
            key, run = (order.id, name, step), order.runs[name]
            self.expect(key, run, due)
            expected.append(f"d:{name}:{step}:{run}:{due}")

    def start(self, order, name, limit_ms, expected, reached=()):
        calendar = order.calendar if name == "reaction" else None  # all others run in plain time
        order.clocks[name] = Clock(name, limit_ms, self.now, self.parameters, calendar)
        order.clocks[name].reached.update(reached)
        self.open_run(order, name, expected)

    def open_run(self, order, name, expected):
        order.runs[name] = order.runs.get(name, 0) + 1
        self.set_deadlines(order, name, expected)

    def stop(self, order, name, expected):
        clock = order.clocks.get(name)
        if clock is None:
            return
        clock.paused = False
        if not clock.runs():
            return
        clock.stop(self.now)
        self.end_run(order, name, expected)

    def pause(self, order, name):
        if name in order.clocks and order.clocks[name].runs():
            self.stop(order, name, self.expected)
            order.clocks[name].paused = True

    def end_run(self, order, name, expected):
        for step, _ in STEPS[name]:
            self.pending.pop((order.id, name, step), None)
        expected.append(f"e:{name}:{order.runs[name]}")

    def due(self, order, name):
        return order.clocks[name].due(100)

    # ---- who counts as what ----

    def load(self, person):
        return len(self.at_work.get(person.id, ()))

    def is_free(self, person):
        return (person.has(CONTRACTOR) and person.serves(self.now) and person.reachable
                and self.load(person) < self.number("CONTRACTOR_MAX_ORDERS"))

    def client_side(self, order):
        orderer = self.people[order.by]
        belongs = orderer.belongs_to(order.account)
        if orderer.reachable and belongs:
            return [order.by], True
        others = [p.id for p in self.people.values() if p.belongs_to(order.account) and p.reachable]
        return others or ([order.by] if belongs else []), bool(others)

    def managers(self):
        reachable = [p for p in self.people.values() if p.has(MANAGER) and p.reachable]
        return ([p.id for p in reachable if p.serves(self.now)] or [p.id for p in reachable] or self.owners())

    def owners(self):
        return [p.id for p in self.people.values() if p.has(OWNER) and p.reachable]

    def quota_left(self, account):
        tariff = self.tariffs[self.accounts[account][0]]
        month = self.months.now(self.now, self.parameters["TIME_ZONE"], self.number("BILLING_DAY"))
        return max(tariff["orders"] + sum(self.quota.get((account, month), ())), 0)
