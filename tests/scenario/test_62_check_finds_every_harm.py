"""Goal: whatever is taken away from, added to or changed in a healthy history, itsupportctl check names the order and the harm

A real history is made once; each harm is done by SQL to a copy of its database, with the constraint that forbids it taken away.
"""
import contextlib
import dataclasses
import json

import pytest

from harness.ctl import Ctl
from harness.waiting import wait_until

from .company import PAID


@dataclasses.dataclass
class Harm:
    """what: the sentence of the harm; order: whose, by its name in the history; kind: how check must call it."""
    what: str
    order: str
    kind: str
    sql: str  # {order}: its number

    def __str__(self):
        return self.what.replace(" ", "-")


HARMS = [
    Harm("an event removed", "closed", "event_missing", "delete from order_events where order_id = {order} and version = 3"),
    Harm("the first event removed", "closed", "event_missing", "delete from order_events where order_id = {order} and version = 1"),
    Harm("the last event removed", "waiting", "event_missing", """
        delete from order_events e using orders o where o.id = {order} and e.order_id = o.id and e.version = o.version"""),
    Harm("an event doubled", "closed", "event_doubled", """
        alter table order_events drop constraint order_events_pkey;
        insert into order_events select * from order_events where order_id = {order} and version = 2"""),
    Harm("an event edited: its end", "closed", "event_not_allowed",
         "update order_events set to_state = 'done' where order_id = {order} and event = 'take'"),
    Harm("an event edited: its time", "closed", "event_out_of_time",
         "update order_events set at = at - interval '3 days' where order_id = {order} and event = 'finish'"),
    Harm("an event edited: its estimate", "working", "estimate_differs", """
        update order_events set detail = jsonb_set(detail, '{{estimate_minutes}}', '1')
        where order_id = {order} and event = 'take'"""),
    Harm("an order edited: its rating", "closed", "rating_differs", "update orders set rating = 1 where id = {order}"),
    Harm("an order edited: how often it was returned", "closed", "reworks_differ", "update orders set reworks = 1 where id = {order}"),
    Harm("an order edited: its state", "working", "state_differs", "update orders set state = 'done', done_at = now() where id = {order}"),
    Harm("a ledger row removed", "closed", "payout_row_missing", "delete from payout_entries where order_id = {order}"),
    Harm("a ledger row doubled", "closed", "payout_row_doubled", """
        drop index payout_once;
        insert into payout_entries (contractor_id, billing_month_id, order_id, kind, amount_minor, currency, at, command_id)
        select contractor_id, billing_month_id, order_id, kind, amount_minor, currency, at, command_id
        from payout_entries where order_id = {order}"""),
    Harm("a ledger row edited", "left", "payout_row_differs", "update payout_entries set amount_minor = 1 where order_id = {order}"),
    Harm("a quota row removed", "waiting", "quota_row_missing", "delete from quota_entries where order_id = {order}"),
    Harm("a quota row's return removed", "cancelled", "quota_row_missing",
         "delete from quota_entries where order_id = {order} and kind = 'return'"),
    Harm("a deadline removed", "working", "deadline_missing", "delete from deadlines where order_id = {order} and step = 'breach'"),
    Harm("a deadline edited", "waiting", "deadline_differs",
         "update deadlines set due_at = due_at + interval '1 second' where order_id = {order} and step = 'alert'"),
    Harm("an alert nobody hears of again", "working", "deadline_missing", """
        insert into alerts (order_id, cause, level, raised_at) values ({order}, 'late', 95, now())"""),
    Harm("a clock stopped", "working", "clock_missing", """
        delete from deadlines where order_id = {order};
        update clock_runs set ended_at = started_at where order_id = {order} and ended_at is null"""),
    Harm("a notice removed", "closed", "notice_missing",
         "delete from notices where order_id = {order} and kind = 'order_taken'"),
    Harm("a delivery doubled", "closed", "delivery_doubled", """
        alter table deliveries drop constraint deliveries_notice_id_key;
        insert into deliveries (bot_id, notice_id, chat_id, order_id, class, state, message_id, made_at, settled_at)
        select bot_id, notice_id, chat_id, order_id, class, state, message_id, made_at, settled_at
        from deliveries where notice_id = (select min(id) from notices where order_id = {order} and kind = 'order_closed')"""),
    Harm("a stored answer removed", "working", "answer_missing", """
        delete from commands where id = (select command_id from order_events where order_id = {order} and event = 'take')"""),
    Harm("a stored answer edited", "working", "answer_differs", """
        update commands set type = 'order.say'
        where id = (select command_id from order_events where order_id = {order} and event = 'take')"""),
    Harm("a secret left after the end", "closed", "secret_left", """
        insert into credentials (order_id, sealed, sealed_at) values ({order}, 'sealed', now())"""),
]


@pytest.fixture(scope="module")
def history(suite, company):
    """Orders by name, in every state a history can end in; the daemons have stopped, everything is sent and sealed."""
    company.joins(1, "Владелец", "owner")
    company.joins(2, "Менеджер 1", "manager")
    clients = [company.joins(11 + n, f"Клиент {n + 1}", "client", tariff="Стандарт", paid_until=PAID) for n in range(4)]
    workers = [company.joins(21 + n, f"Подрядчик {n + 1}", "contractor") for n in range(3)]
    made = {}

    def orders(name, client):
        made[name] = company.orders(clients[client], f"Задача: {name}")
        return made[name]

    company.takes(workers[0], orders("closed", 0))
    company.asks(workers[0], made["closed"], "Какой сайт?")
    company.answers(clients[0], made["closed"], "Первый")
    company.finishes(workers[0], made["closed"], "Готово")
    company.accepted(clients[0], made["closed"], stars=5)
    company.takes(workers[1], orders("left", 1))
    company.finishes(workers[1], made["left"], "Готово")
    suite.ctl.advance("73h")  # nobody objects: it closes by itself
    company.reach(made["left"], "closed")
    orders("cancelled", 2)
    clients[2].tap(f"cancel:{made['cancelled']}")
    clients[2].tap(f"cancel_now:{made['cancelled']}")
    company.reach(made["cancelled"], "cancelled")
    company.takes(workers[2], orders("working", 2))
    orders("waiting", 3)
    suite.ctl.advance("50m")
    company.wait_settled()
    wait_until(lambda: suite.value("select (select count(*) from audit) = (select count(*) from audit_seals)"), 20, "the audit to be sealed")
    for process in suite.processes.values():
        process.stop()
    return made


@contextlib.contextmanager
def harmed(suite, sql):
    """An itsupportctl over a copy of the history to which this was done."""
    name = f"{suite.database}_harmed"
    suite.looking.close()  # a template has nobody in it
    suite.cluster.create_database(name, template=suite.database)
    try:
        suite.cluster.query(name, sql)
        yield Ctl(suite.ctl.program, {**suite.ctl.env, "ITSUPPORT_DATABASE_URL": suite.cluster.url(name, "itsupport")})
    finally:
        suite.cluster.drop_database(name)


def test_the_history_is_clean(suite, history):
    done = suite.ctl.run("check", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "found: 0" in done.stdout and f"looked at: {len(history)} orders" in done.stdout


@pytest.mark.parametrize("harm", HARMS, ids=str)
def test_it_is_named(suite, history, harm):
    order = history[harm.order]
    with harmed(suite, harm.sql.format(order=order)) as ctl:
        done = ctl.run("check", "--json", check=False)
        assert done.returncode == 1, done.stderr
        found = json.loads(done.stdout)["findings"]
        assert (order, harm.kind) in [(f["id"], f["kind"]) for f in found], done.stdout
        assert {(f["what"], f["id"]) for f in found} == {("order", order)}, "it names others, too"
        assert f"order {order}: {harm.kind}: " in ctl.run("check", check=False).stdout


@pytest.mark.parametrize("sql, kind", [
    ("update audit set subject = 'person:1' where id = {row}", "audit_edited"),
    ("alter table audit_seals drop constraint audit_seals_audit_id_fkey; delete from audit where id = {row}", "audit_missing"),
], ids=["edited", "removed"])
def test_a_changed_audit_is_named_by_its_row(suite, history, sql, kind):
    row = suite.value("select audit_id from audit_seals order by seq offset 2 limit 1")
    with harmed(suite, sql.format(row=row)) as ctl:
        done = ctl.run("check", check=False)
        assert done.returncode == 1
        assert [line for line in done.stdout.splitlines() if ": " in line][0].startswith(f"audit {row}: {kind}: ")
        assert "found: 1\n" in done.stdout
