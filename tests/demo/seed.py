"""seed.py - fills the demo by the product's own ways: invite links, Start, buttons and words; never by SQL

    python3 -m demo.seed --simulator URL --ctl PROGRAM --sockets FOLDER --database NAME

May be run again: whoever has joined is not invited again, and orders are made only where there are none. What it asks the
database for is only that. The simulator forgets its people when it ends, so they are introduced to it each time.
"""
import argparse
import datetime
import os

from harness.cluster import OWNER, Server
from harness.ctl import Ctl
from harness.sim import Sim
from harness.waiting import wait_until

from .cast import (CLIENTS, CLOCK_AFTER_CLOSED, CONTRACTORS, EVERYBODY, HISTORY, LETTERS, MANAGERS, MANAGERS_GROUP, MANAGERS_GROUP_TITLE,
                   OWNERS, PAST_DAYS, PAST_PEOPLE, STORIES)

PAID_DAYS = 365
MOSCOW_HOURS = 3  # ahead of UTC: the demo's zone
DONE = "Готово, проверено."
UNWELCOMED = """
    select person_id from notices left join deliveries on deliveries.notice_id = notices.id
     where notices.kind = 'welcome' and deliveries.settled_at is null"""
UNTOLD = """
    select 'card', order_id from cards where stale
    union all
    select 'delivery', order_id from deliveries where settled_at is null
    union all
    select n.kind, n.order_id from notices n
     where kind <> 'cards_changed' and withdrawn_at is null and person_id is not null and coalesce(not_before, at) <= suite_now()
       and not exists (select from deliveries d where d.notice_id = n.id)"""


class Demo:
    def __init__(self, sim, ctl, server, database):
        self.sim, self.ctl, self.server, self.database = sim, ctl, server, database
        self.people = {}

    def query(self, text, *arguments):
        return self.server.query(self.database, text, arguments, OWNER)

    # ---- people ----

    def introduce(self, joined):
        for member in EVERYBODY:
            self.people[member.id] = self.sim.person(member.id, member.name, group=member.group, language_code="ru",
                                                     started=member.id in joined)

    def join(self, member):
        options = {}
        if member.role == "client":
            until = datetime.date.today() + datetime.timedelta(days=PAID_DAYS)
            options = {"tariff": member.tariff, "paid_until": until.isoformat()}
        self.people[member.id].start(self.ctl.invite(member.role, **options))

    def joined(self):
        return {row[0] for row in self.query("select telegram_id from people where telegram_id is not null")}

    def gather(self, members=EVERYBODY):
        """Of these, who has not joined does; those who have only open the menu of the new world."""
        self.sim.get("clock")  # a world that is new dates its messages as the test clock stands
        joined = self.joined()
        self.introduce(joined)
        missing = [member for member in members if member.id not in joined]
        for member in missing:
            self.join(member)
        for member in missing:
            self.people[member.id].tap("join")
        for person_id in joined & self.people.keys():
            self.people[person_id].start()
        wanted = {member.id for member in members}
        wait_until(lambda: self.joined() >= wanted, 30, "everybody to have joined", lambda: wanted - self.joined())
        wait_until(lambda: not self.query(UNWELCOMED), 60, "everybody to be welcomed", lambda: self.query(UNWELCOMED))
        return len(missing)

    def bind_group(self):
        """The owner adds the bot to the managers' group and presses what it offers. A new simulator knows of no group: the bot is told
        that it is out, and then in again, so that all that stands is told there anew."""
        owner, *managers = [self.people[member.id] for member in OWNERS[:1] + MANAGERS]
        group = self.sim.group(MANAGERS_GROUP, MANAGERS_GROUP_TITLE, [owner, *managers])
        group.adds_bot(by=owner)
        owner.tap("bind_group", group.see("bind_group"))
        wait_until(lambda: self.query("select chat_id from managers_group") == [(MANAGERS_GROUP,)], 20, "the managers' group to be bound")
        return group

    # ---- the weeks before ----

    def now(self):
        return self.query("select suite_now()")[0][0]

    def move_to(self, instant):
        """The clock goes on, deadline by deadline; it never goes back."""
        minutes = int((instant - self.now()).total_seconds() // 60)
        if minutes > 0:
            self.ctl.run("clock", "advance", f"{minutes}m", timeout=300)

    def after(self, minutes):
        """So much later, when everybody has read what the time has brought."""
        self.move_to(self.now() + datetime.timedelta(minutes=minutes))
        wait_until(lambda: not self.query(UNTOLD), 60, "everybody to be told", lambda: self.query(UNTOLD))

    def live_through(self):
        """Those who were there from the beginning work through the weeks before today; nothing if somebody has joined already."""
        if self.joined():
            return 0
        today = self.now()
        self.ctl.rewind(f"{PAST_DAYS}d")
        self.gather([member for role, count in PAST_PEOPLE.items() for member in [m for m in EVERYBODY if m.role == role][:count]])
        for past in HISTORY:
            day = (today - datetime.timedelta(days=past.days)).replace(hour=past.hour - MOSCOW_HOURS, minute=0)
            self.move_to(day)
            self.relive(past)
        self.move_to(today)
        return len(HISTORY)

    def relive(self, past):
        client, order = self.order(past)
        contractor = self.people[CONTRACTORS[past.contractor - 1].id]
        self.after(past.waited)
        contractor.tap(f"take:{order}")
        contractor.tap(f"take_for:{order}:{past.hours}")
        self.reach(order, "in_work")
        self.after(past.worked)
        self.say_after(contractor, f"finish:{order}", DONE)
        self.reach(order, "done")
        client.tap(f"accept:{order}:{past.stars}")
        self.reach(order, "closed")

    # ---- orders ----

    def state(self, order_id):
        return self.query("select state from orders where id = %s", order_id)[0][0]

    def reach(self, order_id, state):
        wait_until(lambda: self.state(order_id) == state, 20, f"order {order_id} to be {state}", lambda: self.state(order_id))

    def order(self, story):
        """The client's part: a new order with its number."""
        client = self.people[CLIENTS[story.client - 1].id]
        before = self.newest_order()
        mark = client.mark()
        client.say("/new")
        client.see("drop", after=mark)
        client.say(story.text)
        client.tap("send")
        wait_until(lambda: self.newest_order() > before, 20, f"the order of {client.name}")
        return client, self.newest_order()

    def say_after(self, person, button, words):
        """As people do: press, read what is asked, write."""
        mark = person.mark()
        person.tap(button)
        person.see("drop", after=mark)
        person.say(words)

    def newest_order(self):
        return self.query("select coalesce(max(id), 0) from orders")[0][0]

    def play(self, story):
        client, order = self.order(story)
        if not story.contractor:
            return
        contractor = self.people[CONTRACTORS[story.contractor - 1].id]
        contractor.tap(f"take:{order}")
        contractor.tap(f"take_for:{order}:{story.hours}")
        self.reach(order, "in_work")
        if story.question:
            self.say_after(contractor, f"ask:{order}", story.question)
            self.reach(order, "waiting_client")
        if story.answer:
            self.say_after(client, f"answer:{order}", story.answer)
            self.reach(order, "in_work")
        if story.report:
            self.say_after(contractor, f"finish:{order}", story.report)
            self.reach(order, "done")
        if story.stars:
            client.tap(f"accept:{order}:{story.stars}")
            self.reach(order, "closed")

    def tell_stories(self):
        if self.query("select count(*) from orders")[0][0] > len(HISTORY):
            return 0
        for before, story in zip([None, *STORIES], STORIES):
            if before and before.stars and not story.stars:
                self.ctl.advance(CLOCK_AFTER_CLOSED)
            self.play(story)
        return len(STORIES)


    # ---- letters ----

    def write_letters(self):
        """Nothing if somebody has written already."""
        if self.query("select 1 from inquiries limit 1"):
            return 0
        for number, letter in enumerate(LETTERS, 1):
            client = self.people[CLIENTS[letter.client - 1].id]
            client.say("/menu")
            self.say_after(client, "write_managers", letter.text)
            wait_until(lambda: self.query("select count(*) from inquiries")[0][0] == number, 20, f"the letter of {client.name}")
        return len(LETTERS)


def main():
    parser = argparse.ArgumentParser(prog="demo.seed", description="the demo's people and their first orders")
    parser.add_argument("--simulator", required=True)
    parser.add_argument("--ctl", required=True)
    parser.add_argument("--sockets", required=True)
    parser.add_argument("--database", required=True)
    given = parser.parse_args()
    server = Server(given.sockets)
    ctl = Ctl(given.ctl, {**os.environ, "ITSUPPORT_DATABASE_URL": server.url(given.database, OWNER)})
    sim = Sim(given.simulator)
    sim.wait_up()
    sim.limits(on=False)
    demo = Demo(sim, ctl, server, given.database)
    lived = demo.live_through()
    joined = demo.gather()
    demo.bind_group()
    orders, letters = lived + demo.tell_stories(), demo.write_letters()
    print(f"{joined} people joined, {orders} orders made, {letters} letters written")


if __name__ == "__main__":
    main()
