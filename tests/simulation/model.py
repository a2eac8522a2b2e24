"""model.py - a naive second opinion: replays what a simulation did and checks every step against DOMAIN.md

    simulate --seed S | python3 -m simulation.model      1 and both views of the first step they disagree about

It shares nothing with the C code but the words of the trace (trace.h). Everything is counted anew from what happened: quotas
from their rows, clocks from the intervals in which they ran, workloads from the orders.
"""
import heapq
import sys

from . import domain
from .clocks import STEPS, Clock
from .domain import CLIENT, CONTRACTOR, MANAGER, OWNER, STAFF, SYSTEM
from .months import Months, end_of_day, quiet_ms

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
        self.last_taken, self.follows, self.marks = 0, 0, []

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


class Model:
    def __init__(self):
        self.parameters = dict(DEFAULTS)
        self.people, self.accounts, self.tariffs, self.orders = {}, {}, {}, {}
        self.pins = set()
        self.months = Months()
        self.quota = {}     # (account, month): [amount], the ledger
        self.payouts = []   # (month, contractor, amount, order)
        self.unfinished, self.at_work = {}, {}  # account: {orders}, contractor: {orders}
        self.pending = {}   # (order, clock, step): (run, due)
        self.heap = []
        self.watcher_up_since = 0
        self.now = 0
        self.counts = {}
        self.categories = 0
        self.alerted = {}   # orders with an open alert
        self.sender_down, self.waiting = False, set()  # (alert, person): told, not sent yet
        self.closed_sum = 0
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

    def on_tariff(self, number, orders, reaction, rate, limit, may_pin, contacts):
        self.tariffs[number] = dict(orders=int(orders), reaction=int(reaction), rate=int(rate), limit=int(limit), may_pin=may_pin == "1")

    def on_account(self, number, tariff, paid, until):
        account = int(number)
        self.accounts[account] = (tariff, int(until) if paid == "1" else None)
        for step, days in domain.SUBSCRIPTION.items():
            self.pending.pop(("account", account, step), None)
            due = end_of_day(self.parameters["TIME_ZONE"], int(until) - days)
            if paid == "1" and due > self.now:
                self.expect(("account", account, step), account, due)

    def expect(self, key, run, due):
        self.pending[key] = (run, due)
        heapq.heappush(self.heap, (due, key, run))

    def on_person(self, number, roles, account):
        self.people[int(number)] = Person(int(number), int(roles), int(account))

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
            due, key, run = self.heap[0]
            if self.pending.get(key) != (run, due):
                heapq.heappop(self.heap)
            elif max(due, self.watcher_up_since) < self.now:
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
        order.clocks[name] = Clock(name, limit_ms, self.now, self.parameters)
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

    # ---- may it happen? ----

    def objections(self, event, order, actor, acts_as, target, given):
        """(the role in which it may happen, or 0; the reasons why not). Whoever holds several roles acts in the first that may."""
        roles = acts_as or (actor.roles if actor is not None else 0)
        if not roles:
            return 0, {"not_invited"}
        found = set()
        for role in (CLIENT, CONTRACTOR, MANAGER, OWNER, SYSTEM):
            for _, states, who, _ in domain.BY_EVENT.get(event, ()):
                if roles & who & role:
                    why = self.against(event, states, role, order, actor)
                    if not why:
                        given["role"] = role
                        check = getattr(self, "against_" + event, None)
                        why = self.against_text(event, given) | (check(order, actor, target, given) if check else set())
                        return 0 if why else role, why
                    found |= why
        return 0, found or {"not_your_role"}

    def against(self, event, states, role, order, actor):
        why = set()
        state = None if order is None else order.state
        if state not in states:
            why |= {"wrong_state", "taken_already"} if event == "take" else {"wrong_state"}
        if order is not None and event != "take":
            works = actor is not None and order.contractor == actor.id
            if role == CONTRACTOR and not works:
                why.add("not_your_order")
            if role == CLIENT and (works or not actor.belongs_to(order.account)):
                why.add("not_your_order")
        if event == "create" and not actor.account:
            why.add("no_account")
        if event == "acknowledge" and actor is None:
            why.add("not_your_role")  # somebody must be on it, and a login is nobody
        return why

    def against_text(self, event, given):
        needed, most = domain.TEXT.get(event, (0, None))
        why = set()
        if most is None:
            return why
        if needed & given["role"] and not given["text"] and not given["files"]:
            why.add("empty_text")
        if given["length"] > most:
            why.add("text_too_long")
        if given["files"] > domain.FILES_MAX:
            why.add("too_many_files")
        return why

    def against_create(self, order, actor, target, given):
        tariff, until = self.accounts[actor.account]
        why = set()
        if until is None:
            why.add("not_paid_yet")
        elif self.now >= end_of_day(self.parameters["TIME_ZONE"], until):
            why.add("subscription_ended")
        if self.quota_left(actor.account) == 0:
            why.add("quota_used")
        if sum(o.state in domain.OPEN for o in self.unfinished.get(actor.account, {}).values()) >= self.tariffs[tariff]["limit"]:
            why.add("too_many_open")
        if given["category"] and not self.categories >> given["category"] & 1:
            why.add("no_such_category")
        return why

    def against_estimate(self, order, actor, target, given):
        return set() if 1 <= given["estimate"] <= self.number("MAX_ESTIMATE_HOURS") * 60 else {"estimate_range"}

    def against_take(self, order, actor, target, given):
        why = self.against_estimate(order, actor, target, given)
        if actor.account and actor.belongs_to(order.account):
            why.add("own_account")
        if actor.id in order.passed:
            why.add("had_it_already")
        if not order.is_open and actor.id not in order.pins:
            why.add("not_offered")
        if not actor.serves(self.now):
            why.add("off_duty")
        if self.load(actor) >= self.number("CONTRACTOR_MAX_ORDERS"):
            why.add("at_limit")
        return why

    def against_set_estimate(self, order, actor, target, given):
        return {"estimate_named"} if order.named else self.against_estimate(order, actor, target, given)

    def against_assign(self, order, actor, target, given):
        if target is None:
            return {"no_such_person"}
        why = set()
        if not target.has(CONTRACTOR):
            why.add("not_active")
        if target.account and target.belongs_to(order.account):
            why.add("own_account")
        return why

    def against_reassign(self, order, actor, target, given):
        if target is not None and target.id == order.contractor:
            return {"has_it_already"}
        return self.against_assign(order, actor, target, given)

    def against_cancel(self, order, actor, target, given):
        return {"nobody_to_pay"} if given["pay"] == 1 and not order.contractor else set()

    def against_say(self, order, actor, target, given):
        return set() if given["to"] in (0, CLIENT, CONTRACTOR) else {"no_such_addressee"}

    def against_extend(self, order, actor, target, given):
        if given["role"] != CONTRACTOR:
            return set() if 1 <= given["estimate"] <= domain.STAFF_ESTIMATE_MINUTES_MAX else {"estimate_range"}
        why = self.against_estimate(order, actor, target, given)
        if not order.named:
            why.add("estimate_unnamed")
        if "work" in order.clocks and order.clocks["work"].counted(self.now) >= order.clocks["work"].limit_ms:
            why.add("estimate_over")
        return why

    def against_rate(self, order, actor, target, given):
        why = set() if 1 <= given["rating"] <= 5 else {"rating_range"}
        if order.rating:
            why.add("rated_already")
        if self.now >= order.ended_at + domain.RATE_DAYS * DAY:
            why.add("rated_too_late")
        return why

    def against_complain(self, order, actor, target, given):
        return {"complained_already"} if "complaint" in order.alerts else set()

    def against_settle(self, order, actor, target, given):
        for cause, alert in order.alerts.items():
            if alert["id"] == given["alert"]:
                return set() if cause in domain.SETTLED_BY_HAND else {"alert_solves_itself"}
        return {"alert_gone"}

    def against_accept(self, order, actor, target, given):
        return set() if 0 <= given["rating"] <= 5 else {"rating_range"}

    def against_acknowledge(self, order, actor, target, given):
        for alert in order.alerts.values():
            if alert["id"] == given["alert"]:
                return {"alert_has"} if alert["by"] else set()
        return {"alert_gone"}

    # ---- a command ----

    def command(self, words, result):
        event, number, actor, acts_as, target, text, length, files, estimate, rating, alert, category, pay, to = words[0], *map(int, words[1:])
        given = dict(text=text, length=length, files=files, estimate=estimate, rating=rating, alert=alert, category=category, pay=pay, to=to)
        order, who = self.orders.get(number), self.people.get(actor)
        self.months.now(self.now, self.parameters["TIME_ZONE"], self.number("BILLING_DAY"))
        if order is None and event != "create":
            self.agree("no no_such_order", " ".join(result))
            return
        if event == "say" and order.state == "waiting_client" and who is not None and who.has(CLIENT) \
                and who.belongs_to(order.account) and order.contractor != who.id:
            event = "answer"  # whatever the client sends is the answer
        role, reasons = self.objections(event, order, who, acts_as, self.people.get(target), given)
        if result[0] == "no":
            if role or result[1] not in reasons:
                raise Disagreement(f"refused with {result[1]}; expected {'yes' if role else sorted(reasons)}")
            return
        if not role:
            raise Disagreement(f"allowed; expected a refusal: {sorted(reasons)}")
        if event == "create":
            order = Order(int(result[1].split(":")[8]), who.account, actor, self.now, len(self.months.rows))
            if order.id in self.orders:
                raise Disagreement("an order's number is used twice")
        self.happen(event, order, role, who, result, target=self.people.get(target), given=given)

    def deadline(self, words, result):
        if result[0] == "gone":
            return
        clock, step, run, due = words[2], words[3], int(words[4]), int(words[5])
        if clock == "subscription":
            self.subscription(step, run, due, result)
            return
        order = self.orders[int(words[1])]
        self.months.now(self.now, self.parameters["TIME_ZONE"], self.number("BILLING_DAY"))
        key = (order.id, clock, run, step) if clock == "alert" else (order.id, clock, step)
        expected = self.pending.pop(key, None)
        if expected != (run, due):
            self.agree("no moot", " ".join(result))
            return
        self.in_time(due)
        for earlier, _ in STEPS.get(clock, ()):
            if earlier == step:
                break
            if self.pending.get((order.id, clock, earlier), (0, due + 1))[1] <= due:
                raise Disagreement(f"{earlier} comes before {step}")
        if clock == "alert":
            cause = next(cause for cause, alert in order.alerts.items() if alert["id"] == run)
            self.happen(domain.STEP_EVENT[step], order, SYSTEM, None, result, cause=cause)
        else:
            order.clocks[clock].reached.add(step)
            self.happen(domain.STEP_EVENT[step], order, SYSTEM, None, result, clock=clock, step=step)

    def in_time(self, due):
        at = due if self.watcher_up_since is None else max(due, self.watcher_up_since)
        if self.now != at:
            raise Disagreement(f"sent at {self.now}, due at {due}")

    def subscription(self, step, account, due, result):
        """The account's persons and the owners are told that it ends."""
        if self.pending.pop(("account", account, step), None) != (account, due):
            raise Disagreement("this step is not expected")
        self.in_time(due)
        people = {p.id for p in self.people.values() if p.belongs_to(account) and p.reachable} | set(self.owners())
        kind = "subscription_ended" if step == "end" else "subscription_ends"
        said = result[1].rpartition(":")
        self.agree(f"n:{kind}:{self.quiet_until(kind, 0)}:", said[0])
        self.agree(sorted(people), sorted(int(p) for p in said[2].split(",") if p))

    def quiet_until(self, kind, offset):
        """How long after now it may be told: what can wait is not told in the quiet hours."""
        hours = self.parameters["QUIET_HOURS"]
        if hours == "off" or kind not in domain.CAN_WAIT:
            return offset
        return offset + quiet_ms(hours, self.parameters["TIME_ZONE"], self.now)

    # ---- what follows ----

    def happen(self, event, order, role, actor, result, **about):
        self.actor = actor if role & STAFF else None  # who has done it as a manager knows it already
        self.ends, self.event = (), event
        self.expected, self.told, self.cards, self.offered = [], [], False, None
        self.pays, self.books, self.promise, self.detail = "", "", 0, []
        order.version += 1
        getattr(self, "do_" + event)(order, role, actor, **about)
        self.end_alerts(order)
        (self.alerted.__setitem__(order.id, order) if order.alerts else self.alerted.pop(order.id, None))
        self.file(order)
        self.compare(event, order, role, result)

    def tell(self, kind, people, *detail, offset=0):
        offset = self.quiet_until(kind, offset)
        self.told += [(kind, person, detail, offset) for person in people]

    def tell_client(self, order, kind, *detail):
        self.tell(kind, self.client_side(order)[0], *detail)

    def raise_alert(self, order, cause, level, people, due=None):
        alert = order.alerts.get(cause)
        change = "rewritten" if alert else "raised"
        if alert:
            self.waiting = {copy for copy in self.waiting if copy[0] != alert["id"]}
        if alert is None:
            alert = order.alerts[cause] = {"id": None, "by": 0, "raised": self.now, "repeats": 0}
        alert["level"] = level
        self.expected.append(("a", change, cause, alert))
        me = self.actor.id if self.actor else None
        self.tell("alert_" + cause, [p for p in people if p != me], f'"level":{level}', *([f'"due_at":{due}'] if due else []))

    def end_alert_clock(self, order, alert):
        for step in ("repeat", "reopen"):
            self.pending.pop((order.id, "alert", alert["id"], step), None)

    def next_of_alert(self, order, alert, step, due):
        self.end_alert_clock(order, alert)
        key = (order.id, "alert", alert["id"], step)
        self.expect(key, alert["id"], due)
        self.expected.append(f"d:alert:{step}:{alert['id']}:{due}")

    def next_repeat(self, order, alert):
        """On a grid that begins when it was raised."""
        due = alert["raised"]
        every = self.number("MANAGER_REPEAT_MINUTES") * MINUTE
        due += ((self.now - due) // every + 1) * every
        self.next_of_alert(order, alert, "repeat", due)

    def do_repeat(self, order, role, actor, cause):
        alert = order.alerts[cause]
        alert["repeats"] += 1
        self.expected.append(("a", "repeated", cause, alert))
        self.next_repeat(order, alert)
        people = self.managers()
        if alert["repeats"] > self.number("MANAGER_REPEATS"):
            people = people + [p for p in self.owners() if p not in people]
        self.tell("alert_" + cause, [p for p in people if (alert["id"], p) not in self.waiting], f'"repeat":{alert["repeats"]}')
        self.detail = [f'"alert_id":{alert["id"]}']

    def do_unacknowledge(self, order, role, actor, cause):
        alert = order.alerts[cause]
        alert["by"] = 0
        self.expected.append(("a", "reopened", cause, alert))
        self.next_repeat(order, alert)
        self.cards = True

    def end_alerts(self, order):
        """An alert stops at once when its cause is gone."""
        for cause in list(order.alerts):
            gone = order.state not in domain.ALERT_STANDS[cause] or cause in self.ends
            gone = gone or (cause == "unconfirmed" and order.named)
            gone = gone or (cause == "late" and "work" in order.clocks and "alert" not in order.clocks["work"].reached)
            if gone:
                alert = order.alerts.pop(cause)
                self.expected.append(f"a:solved:{cause}:{alert['id']}:{alert['level']}")
                self.end_alert_clock(order, alert)
                self.waiting = {copy for copy in self.waiting if copy[0] != alert["id"]}

    def file(self, order):
        """Under whom the order counts now."""
        self.orders[order.id] = order
        mine = self.unfinished.setdefault(order.account, {})
        if order.state in domain.OVER:
            mine.pop(order.id, None)
        else:
            mine[order.id] = order
        if order.filed_under not in (0, order.contractor):
            self.at_work[order.filed_under].discard(order.id)
        order.filed_under = order.contractor
        if order.contractor:
            work = self.at_work.setdefault(order.contractor, set())
            more = order.state in domain.AT_WORK and order.id not in work
            (work.add if order.state in domain.AT_WORK else work.discard)(order.id)
            if more:
                self.end_windows(order.contractor)

    def do_create(self, order, role, actor, target, given):
        tariff = self.tariffs[self.accounts[actor.account][0]]
        order.rate = tariff["rate"] if tariff["rate"] >= 0 else self.money("ORDER_RATE")
        left = self.quota_left(actor.account) - 1
        self.quota.setdefault((order.account, order.month), []).append(-1)
        self.books = f"q:{order.month}:-1"
        if tariff["may_pin"]:
            order.pins = [p.id for p in self.people.values() if (order.account, p.id) in self.pins and self.is_free(p)
                          and not p.belongs_to(order.account)]
        order.is_open = not order.pins
        order.category = given["category"]
        order.reaction = tariff["reaction"]
        self.start(order, "reaction", order.reaction * MINUTE, self.expected, ["open"] if order.is_open else [])
        self.promise = self.due(order, "reaction")
        self.detail = [f'"account_id":{order.account}', f'"rate_minor":{order.rate}']
        self.tell("order_created", [actor.id], f'"due_at":{self.promise}', f'"left":{left}')
        if left <= 1:
            self.tell("quota_low", [actor.id], f'"left":{left}', f'"until":{self.months.rows[-1][1]}')
        self.offer(order)

    def half_stars(self, person):
        """The newest 20 marks and five imaginary ones of four stars, to the nearest half star."""
        newest = [stars for _, stars in person.marks] + [4] * 5
        return (4 * sum(newest) + len(newest)) // (2 * len(newest))

    def bonus(self, order):
        """What an order earns more for every so many minutes it has waited."""
        steps = (self.now - order.clocks["reaction"].intervals[0][0]) // (self.number("BONUS_EVERY_MINUTES") * MINUTE)
        return min(steps * self.money("BONUS_STEP"), self.money("BONUS_MAX"))

    def is_offered_now(self, order, person):
        if person.id in order.passed:
            return False
        pinned = person.id in order.pins
        return pinned if not order.is_open else not (self.event == "open_offer" and pinned)

    def offer(self, order):
        """The pinned ones alone, or everybody who was not told yet; best first, in waves."""
        told = {person for _, person, _, _ in self.told}  # a manager who works too is told as a manager
        free = [p for p in self.people.values() if self.is_free(p) and not p.belongs_to(order.account) and p.id not in told
                and self.is_offered_now(order, p) and p.id not in order.declined
                and (not order.is_open or not p.follows or not order.category or p.follows >> order.category & 1)]
        free.sort(key=lambda p: (-self.half_stars(p), self.load(p), p.last_taken, p.id))
        wave = self.number("OFFER_WAVE")
        pinned = "false" if order.is_open else "true"
        for nth, person in enumerate(free):
            self.tell("offer", [person.id], f'"pinned":{pinned}', f'"due_at":{self.due(order, "reaction")}', offset=nth // wave * WAVE_PAUSE)

    def do_add_details(self, order, role, actor, target, given):
        self.cards = True

    def give_back(self, order):
        """To the month it was reserved in, once at most."""
        if not order.given_back:
            order.given_back = True
            self.quota[order.account, order.month].append(1)
            self.books = f"q:{order.month}:1"

    def do_cancel(self, order, role, actor, target, given):
        was, order.state = order.state, "cancelled"
        for name in ("reaction", "work", "confirm", "answer", "acceptance"):
            self.stop(order, name, self.expected)
        if was != "done":
            self.give_back(order)
        if was == "new":
            self.expected.append("withdraw")
        self.expected.append("erase")
        paid = bool(role & STAFF) and (given["pay"] == 1 or (given["pay"] == -1 and was == "done"))
        if paid:
            self.pay(order)
        self.detail = [f'"paid":{"true" if paid else "false"}', f'"amount_minor":{order.rate + order.bonus if paid else 0}']
        if role & STAFF:
            self.tell_client(order, "order_cancelled")
            self.tell("work_cancelled", [order.contractor] if order.contractor else [], self.detail[1])
        if role == SYSTEM:
            self.tell_managers("order_orphaned")
        self.cards = True

    def tell_managers(self, kind, *detail):
        me = self.actor.id if self.actor else None
        self.tell(kind, [p for p in self.managers() if p != me], *detail)

    def do_reassign(self, order, role, actor, target, given):
        former, bonus = order.contractor, order.bonus
        self.drop_work(order)
        self.begin_work(order, target, self.number("DEFAULT_ESTIMATE_HOURS") * 60, False)
        self.expected.remove("withdraw")
        order.bonus = bonus  # what the order has waited for is paid once
        self.start(order, "confirm", self.number("CONFIRM_MINUTES") * MINUTE, self.expected)
        self.detail = [f'"contractor_id":{target.id}', f'"estimate_minutes":{order.estimate}', f'"former_id":{former}']
        self.tell_client(order, "order_reassigned", f'"due_at":{self.promise}', f'"contractor_id":{target.id}')
        self.tell("work_yours", [target.id], f'"due_at":{self.due(order, "confirm")}')
        self.tell("work_lost", [former] if actor is None or actor.id != former else [])

    def drop_work(self, order):
        """Who had it has it no more, and is not offered it again."""
        order.passed.add(order.contractor)
        for name in ("work", "confirm", "answer"):
            self.stop(order, name, self.expected)
        self.ends = ("late", "unconfirmed", "no_answer")

    def requeue(self, order, actor, lost):
        former = order.contractor
        self.drop_work(order)
        order.state, order.contractor, order.estimate, order.named, order.taken_at, order.bonus = "new", 0, 0, False, 0, 0
        order.is_open = True
        self.start(order, "reaction", order.reaction * MINUTE, self.expected, ["open"])
        self.promise = self.due(order, "reaction")
        self.detail = [f'"former_id":{former}']
        self.tell_client(order, "order_requeued", f'"due_at":{self.promise}')
        self.tell_managers("order_returned", f'"due_at":{self.promise}')
        if lost and (actor is None or actor.id != former):
            self.tell("work_lost", [former])
        self.offer(order)
        self.cards = True

    def do_give_back(self, order, role, actor, target, given):
        self.requeue(order, actor, False)

    def do_release(self, order, role, actor, target, given):
        self.requeue(order, actor, True)

    def do_rework(self, order, role, actor, target, given):
        self.stop(order, "acceptance", self.expected)
        order.reworks += 1
        if self.people[order.contractor].has(CONTRACTOR):
            order.state = "in_work"
            self.start(order, "work", order.estimate * MINUTE, self.expected)
            self.tell("work_returned", [order.contractor], f'"due_at":{self.due(order, "work")}')
        else:
            self.requeue(order, actor, False)
            self.promise = 0
        if order.reworks == domain.REWORKS_ALERTED:
            self.raise_alert(order, "reworked", 100, self.managers())
        self.detail = [f'"reworks":{order.reworks}']
        self.cards = True

    def do_extend(self, order, role, actor, target, given):
        order.estimate = given["estimate"]
        self.move_work(order, order.estimate * MINUTE)
        self.promise = self.due(order, "work") or 0
        due = [f'"due_at":{self.promise}'] if self.promise else []
        self.detail = [f'"contractor_id":{order.contractor}', f'"estimate_minutes":{order.estimate}']
        self.tell_client(order, "estimate_moved", f'"estimate_minutes":{order.estimate}', *due)
        if role & STAFF:
            self.tell("work_extended", [order.contractor], f'"estimate_minutes":{order.estimate}', *due)
        self.cards = True

    def do_rate(self, order, role, actor, target, given):
        self.mark(order, given["rating"])
        self.detail = [f'"rating":{given["rating"]}']
        self.cards = True

    def do_complain(self, order, role, actor, target, given):
        self.raise_alert(order, "complaint", 100, self.managers())

    def do_settle(self, order, role, actor, target, given):
        self.ends = tuple(cause for cause, alert in order.alerts.items() if alert["id"] == given["alert"])
        self.detail = [f'"alert_id":{given["alert"]}']
        self.cards = True

    def begin_work(self, order, contractor, minutes, named):
        order.state, order.contractor, order.estimate, order.named, order.taken_at = "in_work", contractor.id, minutes, named, self.now
        contractor.last_taken = self.now
        order.bonus = self.bonus(order)
        self.stop(order, "reaction", self.expected)
        self.start(order, "work", minutes * MINUTE, self.expected)
        self.expected.append("withdraw")
        self.promise = self.due(order, "work")
        self.detail = [f'"contractor_id":{contractor.id}', f'"estimate_minutes":{minutes}']
        self.cards = True

    def do_take(self, order, role, actor, target, given):
        self.begin_work(order, actor, given["estimate"], True)
        self.tell_client(order, "order_taken", f'"due_at":{self.promise}', f'"estimate_minutes":{order.estimate}', f'"contractor_id":{actor.id}')

    def do_assign(self, order, role, actor, target, given):
        self.begin_work(order, target, self.number("DEFAULT_ESTIMATE_HOURS") * 60, False)
        self.start(order, "confirm", self.number("CONFIRM_MINUTES") * MINUTE, self.expected)
        self.tell_client(order, "order_assigned", f'"due_at":{self.promise}', f'"estimate_minutes":{order.estimate}')
        self.tell("work_yours", [target.id], f'"due_at":{self.due(order, "confirm")}')

    def do_set_estimate(self, order, role, actor, target, given):
        order.estimate, order.named = given["estimate"], True
        self.move_work(order, order.estimate * MINUTE)
        self.stop(order, "confirm", self.expected)
        self.promise = self.due(order, "work")
        self.detail = [f'"contractor_id":{order.contractor}', f'"estimate_minutes":{order.estimate}']
        self.tell_client(order, "estimate_set", f'"due_at":{self.promise}', f'"estimate_minutes":{order.estimate}')
        self.cards = True

    def move_work(self, order, limit_ms):
        clock = order.clocks["work"]
        if clock.runs():
            self.end_run(order, "work", self.expected)
            clock.move(limit_ms, self.now)
            self.open_run(order, "work", self.expected)
        else:
            clock.move(limit_ms, self.now)

    def do_ask(self, order, role, actor, target, given):
        order.state = "waiting_client"
        for name in ("work", "confirm"):
            self.pause(order, name)
        people, reachable = self.client_side(order)
        self.start(order, "answer", self.number("WAIT_CLIENT_HOURS") * HOUR, self.expected, [] if reachable else ["alert"])
        if not reachable:
            self.raise_alert(order, "no_answer", 100, self.managers(), self.due(order, "answer"))
        self.tell("question", people)

    def back_to_work(self, order):
        order.state = "in_work"
        self.stop(order, "answer", self.expected)
        for name in ("work", "confirm"):
            if name in order.clocks and order.clocks[name].paused:
                order.clocks[name].paused = False
                order.clocks[name].go_on(self.now)
                self.open_run(order, name, self.expected)
        self.cards = "no_answer" in order.alerts

    def do_answer(self, order, role, actor, target, given):
        self.back_to_work(order)
        self.tell("answer", [order.contractor], f'"due_at":{self.due(order, "work")}')

    def do_resume(self, order, role, actor, target, given):
        self.back_to_work(order)
        self.tell_client(order, "resumed", f'"due_at":{self.due(order, "work")}')

    def do_say(self, order, role, actor, target, given):
        me = actor.id if actor else 0
        to = given["to"] if role & STAFF else 0
        self.detail = [f'"to":"{"client" if to == CLIENT else "contractor"}"'] if to else []
        if role != CLIENT and to != CONTRACTOR:
            self.tell("thread_message", [p for p in self.client_side(order)[0] if p != me])
        if role != CONTRACTOR and order.contractor != me and to != CLIENT:
            self.tell("thread_message", [order.contractor])

    def do_finish(self, order, role, actor, target, given):
        order.state = "done"
        for name in ("work", "confirm", "answer"):
            self.stop(order, name, self.expected)
        self.start(order, "acceptance", self.number("AUTO_CLOSE_HOURS") * HOUR, self.expected)
        self.tell_client(order, "order_done", f'"due_at":{self.due(order, "acceptance")}')
        self.cards = True

    def pay(self, order):
        """What the order says, to who finished it, for this month."""
        amount = order.rate + order.bonus
        self.payouts.append((len(self.months.rows), order.contractor, amount, order.id))
        self.pays = f"pay:{order.contractor}:{amount}"
        order.paid = True
        return amount

    def close(self, order):
        order.state, order.ended_at = "closed", self.now
        self.stop(order, "acceptance", self.expected)
        amount = self.pay(order)
        self.expected.append("erase")
        self.detail = [f'"amount_minor":{amount}']
        self.tell("order_closed", [order.contractor], f'"amount_minor":{amount}')
        self.cards = True

    def do_accept(self, order, role, actor, target, given):
        self.close(order)
        self.detail.append(f'"rating":{given["rating"]}')
        self.mark(order, given["rating"])

    def mark(self, order, stars):
        order.rating = stars
        if 0 < stars <= self.number("LOW_RATING"):
            self.raise_alert(order, "low_rating", 100, self.managers())
        if stars:
            marks = self.people[order.contractor].marks
            marks.append((order.ended_at, stars))
            marks.sort()
            del marks[:-20]  # the newest 20

    def do_auto_close(self, order, role, actor, clock, step):
        self.close(order)
        self.tell_client(order, "order_auto_closed")

    def do_open_offer(self, order, role, actor, clock, step):
        order.is_open = True
        self.offer(order)

    def do_remind(self, order, role, actor, clock, step):
        kind, whom = domain.REMINDER[clock]
        people = [order.contractor] if whom == CONTRACTOR else self.client_side(order)[0]
        self.tell(kind, people, f'"due_at":{self.due(order, clock)}')

    def do_alert(self, order, role, actor, clock, step):
        self.raise_alert(order, domain.CAUSE[clock], order.clocks[clock].share_of(step), self.managers(), self.due(order, clock))

    def do_breach(self, order, role, actor, clock, step):
        if clock == "reaction" and not order.reaction_breached and order.runs[clock] == 1:
            order.reaction_breached = self.now
            if self.parameters["COMPENSATE_BREACH"] == "on":
                self.give_back(order)
        if clock == "work" and not order.work_breached:
            order.work_breached = self.now
        self.pending.pop((order.id, clock, "alert"), None)  # the managers' share has nothing to add
        order.clocks[clock].reached.add("alert")
        staff = self.managers()
        self.raise_alert(order, domain.CAUSE[clock], 100, staff + [p for p in self.owners() if p not in staff], self.due(order, clock))
        self.tell_client(order, "order_late", f'"due_at":{self.due(order, clock)}')

    def do_acknowledge(self, order, role, actor, target, given):
        for cause, alert in order.alerts.items():
            if alert["id"] == given["alert"]:
                alert["by"] = actor.id
                self.next_of_alert(order, alert, "reopen", self.now + self.number("ACK_TIMEOUT_MINUTES") * MINUTE)
                self.expected.append(("a", "acknowledged", cause, alert))
        self.detail = [f'"alert_id":{given["alert"]}']
        self.cards = True

    # ---- comparing ----

    def agree(self, expected, seen):
        if expected != seen:
            raise Disagreement(f"expected {expected}\n     got {seen}")

    def compare(self, event, order, role, result):
        said = {"d": [], "a": [], "e": [], "n": [], "p": [], "q": "", "pay": "", "withdraw": [], "erase": [], "j": "", "by": "", "due": "", "breach": ""}
        for word in result[2:]:
            kind = word.partition(":")[0]
            if isinstance(said[kind], list):
                said[kind].append(word)
            else:
                said[kind] = word
        row = f"{order.state}:{order.version}:{order.contractor}:{order.estimate}:{order.is_open:d}:{order.named:d}:{order.rate}:{order.bonus}:{order.id}"
        self.agree("ok " + row, " ".join(result[:2]))
        roles = [word for word, bit in domain.ROLE.items() if bit == role]
        self.agree(f"by:{event}:{roles[0]}", said["by"])
        self.agree(f"due:{self.promise}", said["due"])
        self.agree(f"breach:{order.reaction_breached}:{order.work_breached}", said["breach"])
        self.agree(self.books, said["q"])
        self.agree(self.pays, said["pay"])
        for part in self.detail:
            if part not in said["j"]:
                raise Disagreement(f"the event's detail lacks {part}: {said['j']}")
        self.compare_alerts(order, said["a"])
        words = sorted(w for w in self.expected if isinstance(w, str) and not w.startswith("a:"))
        self.agree(" ".join(words), " ".join(sorted(said["d"] + said["e"] + said["withdraw"] + said["erase"])))
        if event == "create":
            self.agree(" ".join(sorted(f"p:{p}" for p in order.pins)), " ".join(sorted(said["p"])))
        self.compare_notices(order, said["n"])

    def compare_alerts(self, order, words):
        for expected in list(self.expected):
            if isinstance(expected, tuple) and expected[1] == "raised":  # its number is the engine's choice
                expected[3]["id"] = next((int(w.split(":")[3]) for w in words if w.startswith(f"a:raised:{expected[2]}:")), None)
                self.next_repeat(order, expected[3])
        wanted = sorted(w if isinstance(w, str) else f"a:{w[1]}:{w[2]}:{w[3]['id']}:{w[3]['level']}"
                        for w in self.expected if isinstance(w, tuple) or w.startswith("a:"))
        self.agree(" ".join(wanted), " ".join(sorted(words)))

    def compare_notices(self, order, words):
        cards, seen = False, []
        for word in words:
            _, kind, offset, rest = word.split(":", 3)
            detail, _, people = rest.rpartition(":")
            if kind == "cards_changed":
                cards = True
                continue
            seen += [(kind, int(person), detail, int(offset)) for person in people.split(",")]
        highest = {}
        for kind, person, _, _ in self.told:
            highest[person] = max(highest.get(person, 0), domain.SPEAKS_TO[kind])
        self.note_waiting(order, seen)
        expected, once = [], set()
        for kind, person, detail, offset in self.told:
            if domain.SPEAKS_TO[kind] == highest[person] and (kind, person) not in once:
                once.add((kind, person))
                expected.append((kind, person, detail, offset))
        self.agree(f"cards {bool(self.cards)}", f"cards {cards}")
        a, b = sorted(expected), sorted(seen)
        if [(k, p, o) for k, p, _, o in a] != [(k, p, o) for k, p, _, o in b]:
            raise Disagreement(f"told {[(k, p, o) for k, p, _, o in b]}\nexpected {[(k, p, o) for k, p, _, o in a]}")
        for (kind, person, parts, _), (_, _, detail, _) in zip(a, b):
            for part in parts:
                if part not in detail:
                    raise Disagreement(f"{kind} to {person} lacks {part}: {detail}")

    def note_waiting(self, order, seen):
        for kind, person, _, _ in seen if self.sender_down else ():
            if kind.startswith("alert_"):
                self.waiting.add((order.alerts[kind[6:]]["id"], person))

    def end(self):
        """The ledgers as a whole: every reservation returned at most once, every closed order paid exactly once."""
        paid = [order for _, _, _, order in self.payouts]
        closed = [o for o in self.orders.values() if o.paid]
        if sorted(paid) != sorted(o.id for o in closed) or any(o.state == "closed" and not o.paid for o in self.orders.values()):
            raise Disagreement("paid orders and closed orders differ")
        if sum(amount for _, _, amount, _ in self.payouts) != sum(o.rate + o.bonus for o in closed):
            raise Disagreement("payouts do not add up to the orders' rates")
        live = sum(not o.given_back for o in self.orders.values())
        if -sum(sum(rows) for rows in self.quota.values()) != live:
            raise Disagreement("the quota ledger does not add up to the orders")


def check(lines):
    """Checks a trace; (the model, None) or (the model, (step, line, what differs))."""
    model = Model()
    text = ""
    try:
        for text in lines:
            model.line(text.rstrip("\n"))
    except Disagreement as difference:
        return model, (int(text.split(" ")[1]) if text.split(" ")[1].isdigit() else 0, text.rstrip("\n"), str(difference))
    return model, None


if __name__ == "__main__":
    _, found = check(sys.stdin)
    if found:
        print(f"step {found[0]}: {found[1]}\n{found[2]}")
        sys.exit(1)
