"""load.py - a running load that can prove afterwards that nothing was lost and nothing happened twice

Pairs of a client and a contractor tell the same little story over and over: order, take, talk, ask, answer, finish, accept. They
look at the database, not at the bot's words, to see how far they have come; so they go on whatever dies meanwhile. Every text
is said once in the whole world, which makes counting easy.

    load = Load(suite, pairs=10, seed=seed)
    while ...: load.turn()
    load.finish()
    load.prove()
"""
import collections
import itertools
import random
import re
import subprocess

import psycopg2

from harness.waiting import LOOK_EVERY_S, wait_until

from .company import Company, Panel

TALK_MOST = 3          # messages of each side in a thread
STORY_TIMEOUT_S = 120  # to come to an end once no more orders are begun
REPEATABLE = ("offer", "alert_")  # kinds that may arrive twice when an answer was lost
ONCE = ("🆕 Заказ №", "⏰ Заказ №", "🟠 Заказ №", "🔴 Заказ №")  # how offers, reminders and alerts begin
ALERTS = ONCE[2:]
EVENTS = ["create", "take", "ask", "answer", "finish", "accept"]  # of every order, beside what was said


CARD = re.compile(r"Заказ №\d+ · ")  # number and state, by the first line


class Load:
    def __init__(self, suite, pairs=10, seed=1, managers=0):
        self.suite, self.company, self.random = suite, Company(suite), random.Random(seed)
        self.said = {}     # text -> (kind, side): what must be there afterwards, once
        self.orders = {}   # task -> how much was said in its thread
        self.states = {}   # task -> (order id, state), as last seen
        self.beside = set()  # orders of others, not judged here
        self.updates = 0   # what people did
        self.is_ending = False
        with Panel(suite) as panel:
            panel.set(OFFER_WAVE=1000)
            self.tariff_id = panel.generous_tariff()
        clients = self.company.crowd_joins(11, [f"Клиент {n}" for n in range(1, pairs + 1)], "client", tariff_id=self.tariff_id)
        contractors = self.company.crowd_joins(1011, [f"Подрядчик {n}" for n in range(1, pairs + 1)], "contractor")
        self.managers = self.company.crowd_joins(2011, [f"Менеджер {n}" for n in range(1, managers + 1)], "manager")
        self.people = clients + contractors + self.managers
        self.first_message = {person.id: person.bot_messages()[0] for person in self.people}
        self.stories = [self._tell(number, client, contractor)
                        for number, (client, contractor) in enumerate(zip(clients, contractors), 1)]
        self.waits = {story: next(story) for story in self.stories}

    # ---- what people do ----

    def say(self, person, text, kind, **more):
        self.said[text] = (kind, person.id)
        self.updates += 1
        person.say(text, **more)

    def press(self, person, data):
        """Under the bot's first message: that a fitting card is shown is not what is tried here."""
        self.updates += 1
        person.press_data(data, self.first_message[person.id], stale=True, wait=0)

    def talk(self, person, order, task, side):
        count = self.random.randint(0, TALK_MOST)
        if count:
            self.press(person, f"write:{order}")
        for n in range(count):
            self.say(person, f"{task}: {side} {n + 1}", "say")
        self.orders[task] += count

    # ---- one pair's orders; yields what it waits for ----

    def _tell(self, number, client, contractor):
        round_ = 0
        while not self.is_ending:
            round_ += 1
            task = f"Заказ {number}.{round_}"
            self.orders[task] = 0
            client.say("/new")
            self.say(client, task, "task")
            self.press(client, "send")
            yield lambda: task in self.states
            order = self.states[task][0]

            def reached(state):
                return lambda: self.states[task][1] == state

            self.press(contractor, f"take_for:{order}:3")
            yield reached("in_work")
            self.talk(client, order, task, "клиент")
            self.talk(contractor, order, task, "подрядчик")
            yield lambda: self.spoken(task) == self.orders[task]
            self.press(contractor, f"ask:{order}")
            self.say(contractor, f"{task}: вопрос", "question")
            yield reached("waiting_client")
            self.press(client, f"answer:{order}")
            self.say(client, f"{task}: ответ", "answer")
            yield reached("in_work")
            self.press(contractor, f"finish:{order}")
            self.say(contractor, f"{task}: отчёт", "report")
            yield reached("done")
            self.press(client, f"accept:{order}:5")
            yield reached("closed")

    def spoken(self, task):
        return self.spoken_counts.get(self.states[task][0], 0)

    def look(self):
        """How far all orders are; as before while PostgreSQL is away."""
        try:
            rows = self.suite.query("""
                select m.text, o.id, o.state, (select count(*) from order_messages s where s.order_id = o.id and s.kind = 'say')
                from orders o join order_messages m on m.order_id = o.id and m.kind = 'task'""")
        except psycopg2.Error:
            return
        self.states = {task: (order, state) for task, order, state, _ in rows}
        self.spoken_counts = {order: spoken for _, order, _, spoken in rows}

    def turn(self):
        """Everybody whose wish has come true goes a step further."""
        self.look()
        for story in list(self.waits):
            if self.waits[story]():
                try:
                    self.waits[story] = next(story)
                except StopIteration:
                    del self.waits[story]

    def finish(self):
        """Nobody begins anything new; until all stories are told and everything is sent."""
        self.is_ending = True

        def is_told():
            self.turn()
            return not self.waits
        wait_until(is_told, STORY_TIMEOUT_S, "every story to end", self.stuck)
        self.company.wait_settled()

    def stuck(self):
        open_ = {task: state for task, state in self.states.items() if state[1] != "closed"}
        chats = self.suite.query("select chat_id, step, drafts, last_update_id from chats where step <> ''")
        return open_, self.suite.sim.get("pending"), self.company.unsettled(), chats

    # ---- the proof ----

    def prove(self):
        """Nothing lost, nothing doubled; returns counts worth printing."""
        self._prove_words()
        self._prove_histories()
        counts = self._prove_deliveries()
        checked = self.suite.ctl.run("check", check=False)
        assert checked.returncode == 0, checked.stdout + checked.stderr
        return {"orders": len(self.orders), "texts": len(self.said), "updates": self.updates, **counts}

    def _prove_words(self):
        kept = collections.Counter(text for text, in self.suite.query("select text from order_messages"))
        assert not (lost := [text for text in self.said if text not in kept]), f"lost: {lost}"
        assert not (twice := [text for text, count in kept.items() if count > 1]), f"kept twice: {twice}"
        kinds = dict(self.suite.query("select text, kind from order_messages"))
        assert not (wrong := {text: kinds[text] for text, (kind, _) in self.said.items() if kinds[text] != kind}), wrong

    def _prove_histories(self):
        events = collections.defaultdict(list)
        for order, version, event, command_id in self.suite.query(
                "select order_id, version, event, command_id from order_events order by order_id, version"):
            events[order].append((version, event, command_id))
        for task, said in self.orders.items():
            order, state = self.states[task]
            history = events.pop(order)
            assert state == "closed"
            assert [version for version, _, _ in history] == list(range(1, len(history) + 1)), (task, history)
            counts = collections.Counter(event for _, event, _ in history)
            assert all(counts[event] == 1 for event in EVENTS) and counts["say"] == said, (task, counts)
            ids = [command_id for _, _, command_id in history]
            assert len(set(ids)) == len(ids), f"a command took effect twice: {task} {history}"
        assert events.keys() <= self.beside, f"orders nobody made: {events.keys() - self.beside}"

    def _prove_deliveries(self):
        query = self.suite.query
        bad = query("""select d.id, d.state, d.error, n.kind from deliveries d left join notices n on n.id = d.notice_id
                       where d.state not in ('sent', 'moot', 'uncertain')""")
        assert not bad, bad
        unsent = query("""select n.id, n.kind from notices n where n.person_id is not null and n.withdrawn_at is null
                          and not exists (select from deliveries d where d.notice_id = n.id)""")
        assert not unsent, f"never sent: {unsent}"
        told = query("""select d.chat_id, d.message_id, d.state, n.kind, d.order_id, coalesce(d.error, '')
                        from deliveries d join notices n on n.id = d.notice_id where d.chat_id <> 0 and d.state <> 'moot'""")
        there = {(m["chat_id"], m["message_id"]): m["text"] for m in self._sends()}
        missing = [row for row in told if row[2] == "sent" and (row[0], row[1]) not in there]
        assert not missing, f"said to be sent, and Telegram knows nothing of it: {missing}"
        self._prove_once(told, there)
        flown = self.suite.value("select clock_offset_ms / 60000 from installation")
        return {"minutes flown": flown, "notices": len(told), "reminders": sum(row[3] == "work_reminder" for row in told),
                "alerts": sum(row[3].startswith("alert_") for row in told),
                "uncertain": sum(row[2] == "uncertain" for row in told), "repeated": sum(row[5] == "repeated" for row in told)}

    def _sends(self):
        sends, after = [], 0
        while page := self.suite.sim.sent(after=after):
            sends += [m for m in page if m["method"] in ("sendMessage", "copyMessage", "sendPhoto") and m["message_id"]]
            after = page[-1]["n"]
        return sends

    def _prove_once(self, told, there):
        """Words that people said reach the other side once (a card only repeats them); an offer twice only where its answer was lost."""
        copies = collections.Counter()
        for (chat, _), text in there.items():
            for line in itertools.takewhile(lambda line: not CARD.match(line), (text or "").splitlines()):
                if line in self.said and self.said[line][1] != chat and self.said[line][0] != "task":
                    copies[chat, line] += 1
        twice = {key: count for key, count in copies.items() if count > 1}
        assert not twice, f"told twice: {twice}"
        headings = collections.Counter()
        for (chat, _), text in there.items():
            if (text or "").startswith(ONCE):
                heading = text.splitlines()[0]
                what = "alert" if heading.startswith(ALERTS) else heading
                headings[chat, int(re.search("№(\\d+)", heading).group(1)), what] += 1
        notices = collections.Counter((chat, order) for chat, _, _, kind, order, _ in told if kind.startswith("alert_"))  # each repeat is one
        may_again = {(chat, order) for chat, _, state, kind, order, error in told
                     if kind.startswith(REPEATABLE) and (error == "repeated" or state == "uncertain")}
        wrong = {(chat, order, what): count for (chat, order, what), count in headings.items()
                 if count > (notices[chat, order] if what == "alert" else 1) + ((chat, order) in may_again)}
        assert not wrong, f"told more often than allowed: {wrong}; {[row for row in told if (row[0], row[4]) in {key[:2] for key in wrong}]}"


class FlyingTime:
    """Lets time fly beside the load, so that reminders and alerts fall due; never waits itself."""

    def __init__(self, suite, step):
        self.argv, self.env = [suite.ctl.program, "clock", "advance", step], suite.ctl.env
        self.running = None

    def turn(self):
        if self.running is None or self.running.poll() is not None:
            self.running = subprocess.Popen(self.argv, env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                            stderr=subprocess.DEVNULL)

    def finish(self):
        self.running.wait(30)


class Killer:
    """Kills daemons at random moments of a load and starts them again, without ever waiting itself."""

    def __init__(self, suite, names, kills, chance):
        self.suite, self.left, self.random = suite, {name: kills for name in names}, chance
        self.next_at = {}

    @property
    def is_done(self):
        return not any(self.left.values())

    def turn(self, now):
        for name in self.left:
            process = self.suite[name]
            if not process.is_ready():
                self.next_at.pop(name, None)
            elif name not in self.next_at:
                self.next_at[name] = now + self.random.uniform(0, MOMENT_S)
            elif self.left[name] and now >= self.next_at[name]:
                process.kill()
                process.start()
                self.left[name] -= 1
                del self.next_at[name]


MOMENT_S = 2.0  # a daemon lives so long at most after it was ready again
assert LOOK_EVERY_S < MOMENT_S
