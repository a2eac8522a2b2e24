"""consequences.py - what follows from an event: state, clocks, alerts, ledgers, and who is told"""
from . import domain
from .domain import CLIENT, CONTRACTOR, STAFF, SYSTEM
from .months import quiet_ms
from .permissions import Permissions
from .world import HOUR, MINUTE, WAVE_PAUSE


class Consequences(Permissions):
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

    def quiet_until(self, kind, offset):
        """How long after now it may be told: what can wait is not told in the quiet hours."""
        hours = self.parameters["QUIET_HOURS"]
        if hours == "off" or kind not in domain.CAN_WAIT:
            return offset
        return offset + quiet_ms(hours, self.parameters["TIME_ZONE"], self.now)

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
        order.reaction, order.calendar = tariff["reaction"], tariff["calendar"]
        self.start(order, "reaction", order.reaction * MINUTE, self.expected, ["open"] if order.is_open else [])
        self.promise = self.due(order, "reaction")
        self.detail = [f'"account_id":{order.account}', f'"rate_minor":{order.rate}']
        self.tell("order_created", [actor.id], f'"due_at":{self.promise}', f'"left":{left}')
        if left <= 1:
            self.tell("quota_low", [actor.id], f'"left":{left}', f'"until":{self.months.rows[-1][1]}')
        self.offer(order)

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
        free.sort(key=lambda p: (-p.half_stars, self.load(p), p.last_taken, p.id))
        wave = self.number("OFFER_WAVE")
        about = (f'"pinned":{"false" if order.is_open else "true"}', f'"due_at":{self.due(order, "reaction")}')
        for nth, person in enumerate(free):
            self.tell("offer", [person.id], *about, offset=nth // wave * WAVE_PAUSE)

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
        if actor is None or actor.id != order.contractor:
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
        if given["text"] or given["files"]:
            self.detail.append('"to":"client"')
            self.tell_client(order, "complaint_answered")
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
        self.cards = True

    def back_to_work(self, order):
        order.state = "in_work"
        self.stop(order, "answer", self.expected)
        for name in ("work", "confirm"):
            if name in order.clocks and order.clocks[name].paused:
                order.clocks[name].paused = False
                order.clocks[name].go_on(self.now)
                self.open_run(order, name, self.expected)
        self.cards = True

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
            # and five imaginary ones of four stars, to the nearest half star
            counted = [stars for _, stars in marks] + [4] * 5
            self.people[order.contractor].half_stars = (4 * sum(counted) + len(counted)) // (2 * len(counted))

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
        self.cards = True

    def do_acknowledge(self, order, role, actor, target, given):
        for cause, alert in order.alerts.items():
            if alert["id"] == given["alert"]:
                alert["by"] = actor.id
                self.next_of_alert(order, alert, "reopen", self.now + self.number("ACK_TIMEOUT_MINUTES") * MINUTE)
                self.expected.append(("a", "acknowledged", cause, alert))
        self.detail = [f'"alert_id":{given["alert"]}']
        self.cards = True
