"""company.py - the people of a scenario: they join by links, order, take, talk and finish, as people do

    company = Company(suite)
    anna = company.joins(1001, "Клиент 1", "client", tariff="VIP", paid_until="2031-01-31")
    order = company.orders(anna, "Нужен баннер")
    company.takes(ivan, order, hours=3)

The story presses buttons by their words; here they are pressed by their names of bot-gateway/dialog/presses.def, so that load
and mischief do not depend on wording. Whatever is waited for is looked up in the database or seen in the chat.
"""
import concurrent.futures

import requests

from harness.sim import start_payload
from harness.waiting import LOOK_EVERY_S, wait_until

WAIT_S = 30.0
FAST = {"ITSUPPORT_TELEGRAM_PER_SECOND": "1000", "ITSUPPORT_TELEGRAM_CHAT_PER_SECOND": "30", "ITSUPPORT_TELEGRAM_CHAT_BURST": "30",
        "ITSUPPORT_TELEGRAM_GROUP_PER_MINUTE": "600"}
PAID = "2036-01-31"


class Company:
    def __init__(self, suite, fast=True):
        """fast: Telegram's flood limits are lifted, so that waiting is for the daemons only (see FAST)."""
        self.suite, self.sim, self.ctl = suite, suite.sim, suite.ctl
        if fast:
            self.sim.limits(on=False)

    # ---- people ----

    def joins(self, person_id, name, role, **options):
        """Presses Start on a link of the operator's and agrees."""
        person = self.sim.person(person_id, name, language_code="ru")
        self.accepts(person, self.ctl.invite(role, **options))
        return person

    def accepts(self, person, link):
        person.start(link)
        person.tap("join")
        self.wait_joined([person])

    def crowd_joins(self, first_id, names, role, **invite):
        """Many at once; their links come from the panel's API, a client's with an account of its own: tariff_id=..."""
        people = [self.sim.person(first_id + n, name, language_code="ru") for n, name in enumerate(names)]
        with Panel(self.suite) as panel:
            tokens = [start_payload(panel.ask("POST", "invites", {"role": role, **invite, **account_of(role, name)})["link"])
                      for name in names]
        for person, token in zip(people, tokens):
            person.start(token)
        for person in people:
            person.tap("join", wait=WAIT_S)
        self.wait_joined(people)
        return people

    def wait_joined(self, people):
        wanted = {person.id for person in people}
        wait_until(lambda: wanted <= {row[0] for row in self.suite.query("select telegram_id from person_facts where roles > 0")},
                   WAIT_S, f"{len(wanted)} people to have joined")

    def has_no_limits(self, contractor="Подрядчик 1"):
        """One client and one contractor, with as many orders as anybody likes: self.client, self.contractor."""
        with Panel(self.suite) as panel:
            tariff = panel.generous_tariff()
            panel.set(CONTRACTOR_MAX_ORDERS=20)
        self.client, = self.crowd_joins(11, ["Клиент 1"], "client", tariff_id=tariff)
        self.contractor = self.joins(21, contractor, "contractor")

    # ---- orders ----

    def orders(self, client, text, **more):
        """A new order by its three steps; its number."""
        before = client.mark()
        client.say("/new")
        client.wait_for(after=before)
        client.say(text, **more)
        client.tap("send")
        return wait_until(lambda: self.order_of(text), WAIT_S, f"the order of {client.name}")

    def order_of(self, text):
        """The order whose task this is, once it is there."""
        rows = self.suite.query("select order_id from order_messages where kind = 'task' and text = %s", text)
        return rows[0][0] if rows else None

    def takes(self, contractor, order, hours=3):
        contractor.tap(f"take:{order}")
        contractor.tap(f"take_for:{order}:{hours}")
        self.reach(order, "in_work")

    def begins(self, client, text, **more):
        """A draft that is not sent yet, as its author sees it."""
        before = client.mark()
        client.say("/new")
        client.wait_for("Новый заказ", after=before)
        client.say(text, **more)
        return client.wait_for(text, button="Отправить", after=before)

    def asks(self, contractor, order, text):
        contractor.tap(f"ask:{order}")
        contractor.say(text)
        self.reach(order, "waiting_client")

    def answers(self, client, order, text):
        client.tap(f"answer:{order}")
        client.say(text)
        self.reach(order, "in_work")

    def finishes(self, contractor, order, report):
        contractor.tap(f"finish:{order}")
        contractor.say(report)
        self.reach(order, "done")

    def accepted(self, client, order, stars=5):
        client.tap(f"accept:{order}:{stars}")
        self.reach(order, "closed")

    def state(self, order):
        return self.suite.value("select state from orders where id = %s", order)

    def reach(self, order, state):
        wait_until(lambda: self.state(order) == state, WAIT_S, f"order {order} to be {state}", lambda: self.state(order))

    # ---- afterwards ----

    def wait_settled(self, timeout=60, every=LOOK_EVERY_S):
        """Until every update is handled and every message is out. Among thousands of them a look costs: every so many seconds, then."""
        self.sim.wait_handled(timeout)
        wait_until(lambda: not self.unsettled(), timeout, "everything to be sent", self.unsettled, every)

    def unsettled(self):
        """What still waits, by name; empty when nothing does."""
        counts = self.suite.query("""
            select 'updates in the inbox', count(*) from inbox
            union all
            select 'deliveries', count(*) from deliveries where settled_at is null
            union all
            select 'receipts', count(*) from deliveries where report is not null
            union all
            select 'notices', count(*) from notices n
             where kind <> 'cards_changed' and withdrawn_at is null and person_id is not null and coalesce(not_before, at) <= suite_now()
               and not exists (select from deliveries d where d.notice_id = n.id)
            union all
            select 'deadlines', count(*) from deadlines where due_at <= suite_now()""")
        return {what: count for what, count in counts if count}


def account_of(role, name):
    return {"account_name": name, "paid_until": PAID} if role == "client" else {}


def at_once(actions):
    """All of these at the same time, each in a thread of its own; their results in order."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=32) as pool:
        return [future.result() for future in [pool.submit(action) for action in actions]]


# For load: as many orders as anybody likes; no pins, no contacts.
GENEROUS = {"name": "Без границ", "orders_per_month": 100000, "reaction_minutes": 1440, "price_minor": 0, "may_pin": False,
            "sees_contacts": False, "open_orders": 1000, "rate_minor": None, "on_sale": True}


class Panel:
    """The HTTP API as an administrator's program uses it."""

    def __init__(self, suite, login="story"):
        self.suite = suite
        self._session = requests.Session()
        self._session.trust_env = False
        if not suite.query("select 1 from admins where login = %s", login):
            suite.ctl("admin", "add", login)
        token = suite.ctl("api-token", login).split()[-1]
        self._session.headers["Authorization"] = f"Bearer {token}"
        wait_until(self._is_ready, WAIT_S, "the panel to see database and engine")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._session.close()

    def _is_ready(self):
        return self._session.get(f"{self.suite.admin_url}/readyz", timeout=10).ok

    def set(self, **parameters):
        for name, value in parameters.items():
            self.ask("PUT", f"parameters/{name}", {"value": str(value)})

    def generous_tariff(self):
        return self.ask("POST", "tariffs", GENEROUS)["id"]

    def request(self, method, path, **more):
        return self._session.request(method, f"{self.suite.admin_url}/api/v1/{path}", timeout=30, **more)

    def ask(self, method, path, body=None):
        """What it answers, as JSON; anything but success is a failure."""
        answer = self.request(method, path, json=body)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None
