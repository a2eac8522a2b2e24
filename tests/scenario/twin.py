"""twin.py - real engines that live through a history of the simulator: every step said over the bus at its own instant

    with Twin(cluster, build, template, engines=3) as twin:
        twin.live(history)               the answers must be the simulation's
        differences = compare(twin, history)     same_rows.py

The database's clock is held still (hold_clock) and moved from step to step, so both histories have the same milliseconds.
Only the engines run: gateway, watcher and panel are spoken for, and what they would write besides commands is written as they
would. Numbers (of people, orders, alerts ...) differ on both sides; `Numbers` knows which is which.
"""
import contextlib
import datetime
import random

import zmq

from harness import cluster as clusters
from harness.suite import Suite
from harness.waiting import NotInTime

from .bus import BusClient, envelope
from .history import NO_PAY, ROLES, SYSTEM

PATIENCE_S = 1.0     # for an answer, before the same id is sent again
TRIES = 30
MOMENT_S = 0.003     # an engine dies so long at most after a command was sent
KILL_EACH = 20       # one command of so many, while kills are left
TWICE_EACH = 8       # one command of so many is sent to two engines at once
UNKNOWN = 10 ** 12   # a number that nothing has
STRANGER = 1         # a Telegram id that nobody has
PANEL, WATCH = "login:twin", "system"

# From now on the engine's clock_timestamp() is 1970 and suite_now() reads the same: the offset alone says what time it is.
# Answers are forgotten by real time; those of a history that lies in the past would be old at once.
HOLD_CLOCK = """
    create schema held;
    grant usage on schema held to public;
    create function held.clock_timestamp() returns timestamptz language sql stable return to_timestamp(0);
    create or replace function suite_now() returns timestamptz language sql
        begin atomic select at_ms(clock_offset_ms) from installation; end;
    create rule answers_are_kept as on delete to commands do instead nothing;
    alter database {database} set search_path = held, pg_catalog, public;"""


def date_of(day):
    return str(datetime.date(1970, 1, 1) + datetime.timedelta(days=day))


class Numbers:
    """The simulator's number of a thing and the database's, both ways."""

    def __init__(self):
        self.real, self.simulated = {}, {}

    def same(self, simulated, real):
        assert self.real.setdefault(simulated, real) == real and self.simulated.setdefault(real, simulated) == simulated, \
            f"{simulated} is {self.real[simulated]}, and {real} is {self.simulated[real]}"

    def of(self, simulated):
        """The database's; what was never made has one that nothing has."""
        return self.real.get(simulated, UNKNOWN + simulated)

    def back(self, real):
        return None if real is None else self.simulated.get(real, f"unknown {real}")


class Line(BusClient):
    """A client that deals its commands out in turn, sends one again whose engine has died, and holds the answers to one id together."""

    def __init__(self, bus_dir, name):
        super().__init__(bus_dir, name)
        self.sent_again = 0

    def ask(self, kind, body, actor="tg:1", command_id=None, copies=1, meanwhile=None):
        """copies: so many engines get it at once."""
        frame = envelope(kind, body, actor, command_id)
        for _ in range(TRIES):
            for _ in range(copies):
                self._send_to_next(frame)
            if meanwhile:
                meanwhile()
            with contextlib.suppress(NotInTime):
                return self.wait_answer(command_id, PATIENCE_S)
            self.sent_again += 1
        raise NotInTime(f"{kind} {command_id} was sent {TRIES} times in vain")

    def _hear(self, engine, message):
        known = self.answers.get(message.get("id"))
        super()._hear(engine, message)
        assert known is None or known == message["body"], f"{message['id']} was answered {known} and {message['body']}"

    def _send_to_next(self, frame):
        while True:
            self._hear_until(lambda: any(self.engines.values()), "an order-engine to offer slots")
            engine = next(engine for engine, slots in self.engines.items() if slots)
            slots = self.engines.pop(engine)
            try:
                self._socket.send_multipart([engine, frame])
                self.engines[engine] = slots  # the last in turn now
                return
            except zmq.ZMQError:
                continue  # it is gone


class Twin:
    def __init__(self, cluster, build, template, engines=2, kills=0, seed=1):
        """kills: so many times an engine is killed on the way."""
        self.suite = Suite(cluster, build, engines=engines, template=template)
        self.names = [f"order-engine@{n}" for n in range(1, engines + 1)]
        self.kills, self.random = kills, random.Random(seed)
        self.people, self.accounts, self.tariffs, self.calendars, self.orders, self.alerts, self.months = (Numbers() for _ in range(7))
        self.roles, self.accounts_to_be = {}, {}
        self.said, self.now, self.sender_is_up = 0, None, True

    # ---- life ----

    def __enter__(self):
        (self.suite.folder / "bus").mkdir()
        cluster, database = self.suite.cluster, self.suite.database
        cluster.create_database(database, self.suite.template)
        with contextlib.closing(cluster.connect(database, clusters.OWNER)) as session, session.cursor() as cursor:
            cursor.execute(HOLD_CLOCK.format(database=database))
        self._session = cluster.connect(database, clusters.OWNER)
        for name in self.names:
            self.suite[name].start()
        self._lines = contextlib.ExitStack()
        self.gateway, self.watcher, self.panel = (
            self._lines.enter_context(Line(self.suite.folder / "bus", f"{daemon}@twin"))
            for daemon in ("bot-gateway", "sla-watcher", "admin-web"))
        return self

    def __exit__(self, *_):
        self._lines.close()
        self._session.close()
        self.suite.finish()

    def sql(self, text, *arguments):
        with self._session.cursor() as cursor:
            cursor.execute(text, arguments)
            return cursor.fetchall() if cursor.description else []

    def value(self, text, *arguments):
        rows = self.sql(text, *arguments)
        return rows[0][0] if rows else None

    def be(self, now):
        if now != self.now:
            self.sql("update installation set clock_offset_ms = %s", now)
            self.now = now

    @property
    def sent_again(self):
        return sum(line.sent_again for line in (self.gateway, self.watcher, self.panel))

    # ---- saying ----

    def ask(self, line, kind, body, actor):
        self.said += 1
        left_out = {name: value for name, value in body.items() if value is not None}
        copies = 1 if self.random.randrange(TWICE_EACH) else 2
        return line.ask(kind, left_out, actor, f"twin:{self.said}", copies, self._perhaps_kill)

    def _perhaps_kill(self):
        """An engine is killed at any moment of what it has just been given, and started again at once."""
        if not self.kills or self.random.randrange(KILL_EACH):
            return
        process = self.suite[self.random.choice(self.names)]
        if process.is_ready():
            with contextlib.suppress(NotInTime):
                self.gateway._hear_until(lambda: False, "a moment to pass", self.random.uniform(0, MOMENT_S))
            process.kill()
            process.start()
            self.kills -= 1

    def must(self, line, kind, body, actor=PANEL):
        answer = self.ask(line, kind, body, actor)
        assert answer["outcome"] == "ok", f"{kind} {body}: {answer}"
        return answer

    # ---- living ----

    def live(self, history):
        for step in history.steps:
            self.be(step.at)
            try:
                LIVE[step.kind](self, step)
            except AssertionError as difference:
                raise AssertionError(f"{difference}\nin the step: {step.line}") from None

    def change(self, step):
        name, *words = step.words
        CHANGES[name](self, *words)

    def command(self, step):
        if step.given["acts_as"] == SYSTEM:
            return self.note(step, None)  # a consequence of the command before
        line, actor = (self.panel, PANEL) if step.given["acts_as"] else (self.gateway, self.person_actor(step.given["person"]))
        kind, fields = COMMANDS[step.given["event"]]
        body = {field: FIELDS[maker](self, step.given) for field, maker in fields.items()}
        return self.note(step, self.ask(line, kind, body, actor))

    def deadline(self, step):
        given = step.given
        owners = {name: numbers.of(given[word]) for name, numbers, word in (
            ("order_id", self.orders, "order"), ("alert_id", self.alerts, "alert"), ("account_id", self.accounts, "account")) if given.get(word)}
        row = {**owners, "clock": given.get("clock"), "run": given.get("run"), "step": given.get("clock_step")}
        wanted = {column: value for column, value in row.items() if value is not None}
        found = self.value(f"select id from deadlines where {' and '.join(f'{column} = %s' for column in wanted)}", *wanted.values()) \
            if "clock" in given else None  # else it was gone when it was sent
        return self.note(step, self.ask(self.watcher, "deadline.reached", {"deadline_id": found or UNKNOWN, **owners}, WATCH))

    def note(self, step, answer):
        """The answer is what the simulation had; what was made has two numbers now."""
        outcome = step.outcome
        if answer is not None:
            heard = (answer["outcome"], answer.get("refusal"))
            assert heard == (("ok", None) if outcome.ok else ("refused", outcome.refusal)), f"the engine answered {answer}"
        if outcome.row is None:
            return
        if answer is not None:
            if step.given.get("event") == "create":
                self.orders.same(outcome.row["order"], answer["order_id"])
            heard = (answer["order_id"], answer["version"], answer.get("due_at", 0))
            assert heard == (self.orders.of(outcome.row["order"]), outcome.row["version"], outcome.due_at), f"the engine answered {answer}"
        order = self.orders.of(outcome.row["order"])
        for change, cause, number, _ in outcome.alerts:
            if change == "raised":
                self.alerts.same(number, self.value("select max(id) from alerts where order_id = %s and cause = %s", order, cause))
        if outcome.quota:
            self.months.same(outcome.quota[0], self.value("select billing_month_id from orders where id = %s", order))
        self.send()

    def send(self):
        """As the gateway does: what is decided goes out at once, unless nothing can be sent."""
        if self.sender_is_up:
            self.sql("update notices set received_at = at where received_at is null and withdrawn_at is null and starts_with(kind, 'alert')")

    def person_actor(self, person):
        return f"tg:{1000 + person}" if person in self.roles else f"tg:{STRANGER}"

    # ---- the world ----

    def on_set(self, name, value):
        self.must(self.panel, "parameter.set", {"name": name, "value": value})

    def on_calendar(self, number, zone, *words):
        hours = [word.replace("=", " ") for word in words if "=" in word]
        holidays = [date_of(int(word)) for word in words if "=" not in word]
        saved = self.must(self.panel, "calendar.save", {"name": f"C{number}", "time_zone": zone, "intervals": hours, "holidays": holidays})
        self.calendars.same(int(number), saved["created_id"])

    def on_tariff(self, number, orders, reaction, rate, limit, may_pin, contacts, calendar):
        known = self.tariffs.real.get(int(number))
        saved = self.must(self.panel, "tariff.save", {
            "tariff_id": known, "name": f"T{number}", "orders_per_month": int(orders), "reaction_minutes": int(reaction),
            "price_minor": 0, "may_pin": may_pin == "1", "sees_contacts": contacts == "1", "open_orders": int(limit),
            "rate_minor": int(rate) if int(rate) >= 0 else None, "on_sale": True,
            "calendar_id": self.calendars.of(int(calendar)) if calendar != "0" else None})
        self.tariffs.same(int(number), saved["created_id"])

    def on_account(self, number, tariff, is_paid, until):
        given = {"tariff_id": self.tariffs.of(int(tariff)), "paid_until": date_of(int(until)) if is_paid == "1" else None}
        if int(number) not in self.accounts.real:
            self.accounts_to_be[int(number)] = given  # made with its first person
            return
        account = self.accounts.of(int(number))
        self.must(self.panel, "account.update", {"account_id": account, **given})
        if is_paid == "0":  # there is no command that forgets a date
            self.sql("update accounts set paid_until = null where id = %s", account)
            self.sql("delete from deadlines where account_id = %s", account)

    def on_person(self, number, roles, account):
        number, roles, account = int(number), int(roles), int(account)
        self.roles[number] = self.roles.get(number, 0) | roles
        actor = self.person_actor(number)
        for role in (name for bit, name in ROLES.items() if roles & bit):
            given = self.client_of(account) if role == "client" else {}
            token = self.must(self.panel, "invite.create", {"role": role, **given})["token"]
            joined = self.must(self.gateway, "person.join", {"token": token, "name": f"P{number}", "privacy_version": 1}, actor)
            self.people.same(number, joined["person_id"])
        if roles & 1:
            self.accounts.same(account, self.value("select account_id from account_people where person_id = %s", self.people.of(number)))

    def client_of(self, account):
        if account in self.accounts.real:
            return {"account_id": self.accounts.of(account)}
        return {"account_name": f"A{account}", **self.accounts_to_be[account]}

    def on_grant(self, account, orders):
        self.must(self.panel, "quota.grant", {"account_id": self.accounts.of(int(account)), "amount": int(orders), "reason": "as agreed"})

    def on_wait(self):
        """Time passes."""

    def on_duty(self, number, on_duty, away_until):
        away = int(away_until) or None
        answer = self.ask(self.gateway, "person.set_duty", {"on_duty": on_duty == "1" and not away, "away_until": away},
                          self.person_actor(int(number)))
        if answer["outcome"] != "ok":  # whose duty counts for nothing now, but may again
            self.sql("update people set on_duty = %s, away_until = at_ms(%s) where id = %s", on_duty == "1", away, self.people.of(int(number)))
            self.people_changed()

    def on_reach(self, number, reachable):
        """The command raises alerts of its own, which the simulation leaves out."""
        answer = self.ask(self.gateway, "person.reachable", {"reachable": reachable == "1"}, self.person_actor(int(number)))
        if answer["outcome"] != "ok":
            self.sql("update people set reachable = %s, unreachable_at = case when not %s then suite_now() end where id = %s",
                     reachable == "1", reachable == "1", self.people.of(int(number)))
            self.people_changed()
        self.sql("delete from deadlines where alert_id in (select id from alerts where cause = 'unreachable')")
        self.sql("delete from alerts where cause = 'unreachable'")

    def on_remove(self, number, role):
        self.must(self.panel, "person.remove", {"person_id": self.people.of(int(number)), "role": ROLES[int(role)]})

    def on_restore(self, number, role):
        self.must(self.panel, "person.restore", {"person_id": self.people.of(int(number)), "role": ROLES[int(role)]})

    def people_changed(self):
        self.sql("update installation set people_version = people_version + 1")

    def on_pin(self, account, contractor):
        """By hand: the simulation pins whom a client could not."""
        self.sql("insert into pins values (%s, %s, suite_now()) on conflict do nothing", self.accounts.of(int(account)),
                 self.people.of(int(contractor)))

    def on_unpin(self, account, contractor):
        self.sql("delete from pins where account_id = %s and contractor_id = %s", self.accounts.of(int(account)),
                 self.people.of(int(contractor)))

    def on_categories(self, bits):
        self.sql("update categories set on_sale = (%s::bigint >> id) & 1 = 1", int(bits))
        self.sql("update installation set parameters_version = parameters_version + 1")

    def on_follow(self, number, bits):
        person = self.people.of(int(number))
        self.sql("delete from person_categories where person_id = %s", person)
        self.sql("insert into person_categories select %s, id from categories where (%s::bigint >> id) & 1 = 1", person, int(bits))
        self.people_changed()

    def on_decline(self, order, number):
        answer = self.ask(self.gateway, "offer.decline", {"order_id": self.orders.of(int(order))}, self.person_actor(int(number)))
        if answer["outcome"] != "ok":  # the simulation lets anybody decline anything
            self.sql("insert into offer_declines values (%s, %s, suite_now()) on conflict do nothing", self.orders.of(int(order)),
                     self.people.of(int(number)))

    def on_watcher(self, _what):
        """What it missed is in the history as what it sends later."""

    def on_sender(self, what):
        self.sender_is_up = what == "up"
        self.send()


LIVE = {"W": Twin.change, "C": Twin.command, "D": Twin.deadline}
CHANGES = {name[3:]: getattr(Twin, name) for name in dir(Twin) if name.startswith("on_")}


# ---- commands ----

def text_of(_twin, given):
    """As long as it was; blank where nothing was said."""
    return ("x" if given["has_text"] else " ") * given["text_length"]


def files_of(_twin, given):
    return [f"photo F{n} 1 {n}" for n in range(given["files"])]


FIELDS = {
    "text": text_of,
    "words": lambda twin, given: text_of(twin, given) or None,
    "files": files_of,
    "order": lambda twin, given: twin.orders.of(given["order"]),
    "target": lambda twin, given: twin.people.of(given["target"]),
    "alert": lambda twin, given: twin.alerts.of(given["alert"]),
    "category": lambda _, given: given["category"] or None,
    "estimate": lambda _, given: given["estimate"],
    "stars": lambda _, given: given["rating"],
    "mark": lambda _, given: given["rating"] or None,
    "pay": lambda _, given: None if given.get("pay", NO_PAY) == NO_PAY else bool(given["pay"]),
    "addressee": lambda _, given: ROLES[given["addressee"]] if given.get("addressee") else None,
}

# What is sent for an event: the message, and for each of its fields the maker above.
COMMANDS = {
    "create": ("order.create", {"text": "text", "files": "files", "category_id": "category"}),
    "add_details": ("order.add_details", {"order_id": "order", "text": "text", "files": "files"}),
    "cancel": ("order.cancel", {"order_id": "order", "reason": "words", "pay": "pay"}),
    "take": ("order.take", {"order_id": "order", "estimate_minutes": "estimate"}),
    "assign": ("order.assign", {"order_id": "order", "contractor_id": "target"}),
    "reassign": ("order.reassign", {"order_id": "order", "contractor_id": "target", "reason": "text"}),
    "set_estimate": ("order.set_estimate", {"order_id": "order", "estimate_minutes": "estimate"}),
    "extend": ("order.extend", {"order_id": "order", "estimate_minutes": "estimate", "reason": "text"}),
    "give_back": ("order.give_back", {"order_id": "order", "reason": "text"}),
    "release": ("order.release", {"order_id": "order", "reason": "text"}),
    "ask": ("order.ask", {"order_id": "order", "text": "text", "files": "files"}),
    "answer": ("order.answer", {"order_id": "order", "text": "text", "files": "files"}),
    "resume": ("order.resume", {"order_id": "order"}),
    "say": ("order.say", {"order_id": "order", "text": "text", "files": "files", "to": "addressee"}),
    "finish": ("order.finish", {"order_id": "order", "text": "text", "files": "files"}),
    "accept": ("order.accept", {"order_id": "order", "rating": "mark", "comment": "words"}),
    "rework": ("order.rework", {"order_id": "order", "reason": "text", "files": "files"}),
    "rate": ("order.rate", {"order_id": "order", "rating": "stars", "comment": "words"}),
    "complain": ("order.complain", {"order_id": "order", "text": "text", "files": "files"}),
    "acknowledge": ("alert.acknowledge", {"order_id": "order", "alert_id": "alert"}),
    "settle": ("alert.settle", {"order_id": "order", "alert_id": "alert", "text": "words", "files": "files"}),
}
