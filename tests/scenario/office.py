"""office.py - the people of a scenario who speak over the bus alone, the orders they bring into a state, what the database says of them

    office = Office(suite, bus)
    order = office.taken()
    office.must("order.finish", WORKER, order_id=order, text="Готово")
    office.refuses("wrong_state", "order.take", WORKER2, order_id=order, estimate_minutes=60)
"""
from .company import PAID, Panel

TARIFF = {"name": "Без границ", "orders_per_month": 100, "reaction_minutes": 60, "price_minor": 0, "may_pin": False,
          "sees_contacts": False, "open_orders": 1000, "rate_minor": 50000, "on_sale": True}
CLIENT, COLLEAGUE, WORKER, WORKER2, MANAGER, OWNER = 11, 12, 21, 22, 31, 1
ROLES = {OWNER: "owner", MANAGER: "manager", WORKER: "contractor", WORKER2: "contractor"}


class Office:
    """Everybody, by their Telegram numbers, and what they ask the engine for."""

    def __init__(self, suite, bus):
        self.suite, self.bus, self.people = suite, bus, {}
        suite.sim.limits(on=False)  # waiting is for the daemons only
        with Panel(suite) as panel:
            self.tariff = panel.ask("POST", "tariffs", TARIFF)["id"]
            panel.set(CONTRACTOR_MAX_ORDERS=20)
        for number, role in ROLES.items():
            self.joins(number, role, suite.ctl.invite(role))
        link = self.invite(tariff_id=self.tariff, account_name="Клиент", paid_until=PAID)
        self.joins(CLIENT, "client", link)
        account = suite.value("select account_id from account_people")
        self.joins(COLLEAGUE, "client", self.invite(account_id=account))

    def invite(self, **client):
        return "?start=" + self.bus.ask("invite.create", {"role": "client", **client}, actor=f"tg:{OWNER}")["token"]

    def joins(self, number, role, link):
        self.people[number] = self.suite.sim.person(number, f"{role} {number}", language_code="ru")
        self.people[number].start()
        self.must("person.join", number, token=link.partition("start=")[2], name=f"{role} {number}", privacy_version=1)

    # ---- asking ----

    def ask(self, command, actor, **body):
        return self.bus.ask(command, body, actor=f"tg:{actor}")

    def must(self, command, actor, **body):
        answer = self.ask(command, actor, **body)
        assert answer["outcome"] == "ok", (command, actor, answer)
        return answer

    def refuses(self, why, command, actor, **body):
        answer = self.ask(command, actor, **body)
        assert (answer["outcome"], answer.get("refusal")) == ("refused", why), (command, actor, answer)

    def person(self, number):
        return self.suite.value("select id from people where telegram_id = %s", number)

    # ---- an order in a state ----

    def new(self):
        return self.must("order.create", CLIENT, text="Нужен баннер")["order_id"]

    def taken(self, by=WORKER, minutes=120):
        order = self.new()
        self.must("order.take", by, order_id=order, estimate_minutes=minutes)
        return order

    def assigned(self, to=WORKER):
        order = self.new()
        self.must("order.assign", MANAGER, order_id=order, contractor_id=self.person(to))
        return order

    def waiting(self):
        order = self.taken()
        self.must("order.ask", WORKER, order_id=order, text="Какого цвета?")
        return order

    def done(self):
        order = self.taken()
        self.must("order.finish", WORKER, order_id=order, text="Готово")
        return order

    def closed(self, **mark):
        order = self.done()
        self.must("order.accept", CLIENT, order_id=order, **mark)
        return order

    # ---- looking ----

    def row(self, order, columns):
        (found,) = self.suite.query(f"select {columns} from orders where id = %s", order)
        return found

    def told(self, order):
        """Who was told what with the newest event that told anything: kinds by Telegram number."""
        return {(kind, number) for kind, number in self.suite.query("""
            select n.kind, p.telegram_id from notices n join people p on p.id = n.person_id
            where n.order_id = %s and n.order_version = (select max(order_version) from notices where order_id = %s)""", order, order)}

    def quota(self, order):
        return [row[0] for row in self.suite.query("select kind from quota_entries where order_id = %s order by id", order)]

    def paid(self, order):
        return self.suite.query("""
            select p.telegram_id, e.amount_minor from payout_entries e join people p on p.id = e.contractor_id
            where e.order_id = %s""", order)

    def clocks(self, order):
        return {row[0] for row in self.suite.query("select clock from clock_runs where order_id = %s and ended_at is null", order)}

    def history(self, order, number):
        """What this person reads of the order's history."""
        person = self.people[number]
        person.press_data(f"history:{order}:0", person.last(), stale=True)
        return person.wait_for(f"№{order}: история").text

    def alert(self, order, cause):
        rows = self.suite.query("select id from alerts where order_id = %s and cause = %s and solved_at is null", order, cause)
        return rows[0][0] if rows else None
