"""Goal: an alert comes again until somebody is on it, reopens when that solves nothing, ends with its cause; a subscription's end is told"""
import contextlib
import datetime

import pytest

from harness.cluster import OWNER
from harness.waiting import wait_until

from .bus import BusClient, envelope
from .company import PAID, WAIT_S, Panel


@pytest.fixture(scope="module")
def company(company):
    company.owner = company.joins(1, "Владелец", "owner")
    company.manager = company.joins(2, "Менеджер 1", "manager")
    company.worker = company.joins(3, "Подрядчик 1", "contractor")
    company.client = company.joins(11, "Клиент 1", "client", tariff="Стандарт", paid_until=PAID)
    return company


def alert(suite, order):
    """id, repeats, acknowledged, solved"""
    (row,) = suite.query("select id, repeats, acknowledged_at is not null, solved_at is not null from alerts where order_id = %s", order)
    return row


def next_step(suite, order):
    """What the alert's clock does next, and in how many minutes after the alert was raised."""
    return suite.query("""
        select d.step, extract(epoch from d.due_at - a.raised_at)::int / 60
        from deadlines d join alerts a on a.id = d.alert_id where d.order_id = %s""", order)


def told(suite, order, repeat):
    """Who got this round, by Telegram id."""
    return [row[0] for row in suite.query("""
        select p.telegram_id from notices n join people p on p.id = n.person_id
        where n.order_id = %s and n.kind = 'alert_not_taken' and n.detail ->> 'repeat' = %s order by 1""", order, str(repeat))]


def test_an_alert_from_its_raising_to_its_end(suite, company):
    order = company.orders(company.client, "Никто не берёт")
    suite.ctl.advance("57m")
    company.wait_settled()
    number = alert(suite, order)[0]
    assert next_step(suite, order) == [("repeat", 10)]

    suite.ctl.advance("4m")  # 100 %: the alert is rewritten; while that copy is unsent, no repeat is made
    company.wait_settled()
    for n in range(1, 5):
        suite.ctl.advance("7m" if n == 1 else "10m")
        company.wait_settled()
        assert alert(suite, order) == (number, n, False, False)
        assert told(suite, order, n) == ([2] if n <= 3 else [1, 2])
    assert next_step(suite, order) == [("repeat", 50)]

    company.manager.tap(f"mine:{order}:{number}")
    wait_until(lambda: alert(suite, order)[2], 20, "the acknowledgement")
    assert [step for step, _ in next_step(suite, order)] == ["reopen"]
    suite.ctl.advance("29m")
    assert alert(suite, order) == (number, 4, True, False)  # no repeat while somebody is on it
    suite.ctl.advance("2m")
    assert alert(suite, order)[2:] == (False, False)
    assert next_step(suite, order)[0][0] == "repeat" and next_step(suite, order)[0][1] % 10 == 0

    company.takes(company.worker, order)
    assert alert(suite, order)[3] and next_step(suite, order) == []
    events = [row[0] for row in suite.query("select event from order_events where order_id = %s and role in ('system', 'manager') order by version", order)]
    assert events == ["alert", "breach", "repeat", "repeat", "repeat", "repeat", "acknowledge", "unacknowledge"]
    company.finishes(company.worker, order, "Готово")
    company.accepted(company.client, order)


def copies(company, order):
    """Messages in the manager's chat that speak of this order's alert, and whether they have buttons."""
    return [(m.id, bool(m.buttons)) for m in company.manager.bot_messages() if f"№{order}" in m.text and "никто" in m.text.lower()]


def test_a_repeat_takes_the_place_of_its_former_copy(suite, company):
    order = company.orders(company.client, "Одна копия в чате")
    suite.ctl.advance("57m")
    company.wait_settled()
    (first, _), = copies(company, order)
    suite.ctl.advance("4m")
    company.wait_settled()
    suite.ctl.advance("7m")
    company.wait_settled()
    wait_until(lambda: len(copies(company, order)) == 1, WAIT_S, "one copy", lambda: copies(company, order))
    (last, with_buttons), = copies(company, order)
    assert last > first and with_buttons
    assert suite.value("select message_id from cards where chat_id = %s and order_id = %s", company.manager.id, order) == last

    suite.sim.post("clock", advance="49h")  # too old to be deleted
    suite.ctl.advance("10m")
    company.wait_settled()
    wait_until(lambda: [had for _, had in copies(company, order)] == [False, True], WAIT_S, "the buttons to go", lambda: copies(company, order))
    company.takes(company.worker, order)
    company.finishes(company.worker, order, "Готово")
    company.accepted(company.client, order)


def test_a_list_goes_when_all_of_it_was_told_again(suite, company):
    """Two alerts of one instant are one message; it stays for as long as one of them has no newer copy."""
    second = company.joins(14, "Клиент 4", "client", tariff="Стандарт", paid_until=PAID)
    orders = [company.orders(client, f"Вдвоём {client.id}") for client in (company.client, second)]
    suite.kill("bot-gateway")
    suite.ctl.advance("58m")
    suite["bot-gateway"].start()
    suite.wait_ready()
    company.wait_settled()
    (message,), = {tuple(suite.query("select distinct d.message_id from deliveries d where d.order_id = any (%s) and d.class = 2 and d.chat_id = %s",
                                     orders, company.manager.id)[0])}
    suite.ctl.advance("4m")
    suite.ctl.advance("7m")
    company.wait_settled()
    wait_until(lambda: message not in [m.id for m in company.manager.bot_messages()], WAIT_S, "the list to go")
    for order in orders:
        shown = [m for m in company.manager.bot_messages() if f"№{order}" in m.text]
        assert len(shown) == 1, [m.text for m in shown]
    for client, order in zip((company.client, second), orders):
        company.takes(company.worker, order)
        company.finishes(company.worker, order, "Готово")
        company.accepted(client, order)


def test_who_goes_off_duty_is_on_nothing(suite, company):
    order = company.orders(company.client, "Менеджер уходит")
    suite.ctl.advance("57m")
    company.wait_settled()
    number = alert(suite, order)[0]
    company.manager.tap(f"mine:{order}:{number}")
    wait_until(lambda: alert(suite, order)[2], 20, "the acknowledgement")
    company.manager.say("/duty")
    company.manager.tap("away:0")
    wait_until(lambda: not alert(suite, order)[2], 20, "the alert to reopen")
    company.manager.say("/duty")
    company.manager.tap("on_duty")
    company.takes(company.worker, order)
    company.finishes(company.worker, order, "Готово")
    company.accepted(company.client, order)


def test_the_end_of_a_subscription_is_told(suite, company):
    day = suite.value("select (suite_now() at time zone 'Europe/Moscow')::date")
    ends = day + datetime.timedelta(days=9)
    company.joins(12, "Клиент 2", "client", tariff="VIP", paid_until=str(ends))
    account = suite.value("select account_id from person_facts where telegram_id = 12")

    def steps():
        return suite.query("""select step, (due_at at time zone 'Europe/Moscow')::text from deadlines
                              where account_id = %s order by due_at""", account)

    def told_to(kind):
        return [row[0] for row in suite.query("""
            select p.telegram_id from notices n join people p on p.id = n.person_id
            where n.kind = %s and (n.detail ->> 'account_id')::bigint = %s order by 1""", kind, account)]

    assert steps() == [("week_before", f"{ends - datetime.timedelta(days=6)} 00:00:00"), ("day_before", f"{ends} 00:00:00"),
                       ("end", f"{ends + datetime.timedelta(days=1)} 00:00:00")]
    suite.ctl.advance("96h")
    company.wait_settled()
    assert told_to("subscription_ends") == [1, 12]
    with Panel(suite) as panel:  # one day more: only what is still ahead is due
        panel.ask("PATCH", f"accounts/{account}", {"paid_until": str(ends + datetime.timedelta(days=1))})
    assert [step for step, _ in steps()] == ["day_before", "end"]
    suite.ctl.advance("170h")
    company.wait_settled()
    assert told_to("subscription_ends") == [1, 1, 12, 12]
    assert told_to("subscription_ended") == [1, 12]
    assert steps() == []


def test_a_deadline_is_reached_by_all_its_names(suite, company):
    """Without its alert's number nobody would look for copies that are still on their way: such a command is about nothing."""
    order = company.orders(company.client, "Чужой срок")
    suite.ctl.advance("57m")
    company.wait_settled()
    deadline, number = suite.query("select id, alert_id from deadlines where order_id = %s and clock = 'alert'", order)[0]
    with BusClient(suite.folder / "bus", "sla-watcher@trial") as bus:
        def reached(**names):
            return bus.ask("deadline.reached", {"deadline_id": deadline, **names}, actor="system")
        for names in ({"order_id": order}, {"order_id": order, "alert_id": number + 1}, {"alert_id": number}):
            assert reached(**names)["refusal"] == "moot", names
        assert reached(order_id=order, alert_id=number)["outcome"] == "input", "by its names it is known, and not due yet"
    assert alert(suite, order)[1] == 0
    company.takes(company.worker, order)
    company.finishes(company.worker, order, "Готово")
    company.accepted(company.client, order)


def test_another_zone_moves_the_ends_of_subscriptions(suite, company):
    account = suite.value("select account_id from person_facts where telegram_id = 11")

    def ends():
        return suite.value("select (due_at at time zone 'UTC')::text from deadlines where account_id = %s and step = 'end'", account)

    assert ends() == "2036-01-31 21:00:00", "midnight in Moscow"
    with Panel(suite) as panel:
        panel.set(TIME_ZONE="Asia/Vladivostok")
        assert ends() == "2036-01-31 14:00:00"
        assert suite.value("select count(*) from deadlines where account_id = %s", account) == 3, "none is lost, none comes twice"
        panel.ask("DELETE", "parameters/TIME_ZONE")
    assert ends() == "2036-01-31 21:00:00"


def test_a_subscription_that_is_extended_while_its_end_is_reached(suite, company):
    """Whoever has the account first: the other one waits and sees what is left to do."""
    day = suite.value("select (suite_now() at time zone 'Europe/Moscow')::date")
    company.joins(13, "Клиент 3", "client", tariff="Эконом", paid_until=str(day + datetime.timedelta(days=1)))
    account = suite.value("select account_id from person_facts where telegram_id = 13")
    suite.kill("sla-watcher")
    suite.ctl.run("clock", "advance", "50h", check=False)
    due = suite.query("select id from deadlines where account_id = %s and step = 'end'", account)
    with contextlib.closing(suite.cluster.connect(suite.database, OWNER)) as session, BusClient(suite.folder / "bus", "sla-watcher@trial") as bus:
        session.autocommit = False
        panel = session.cursor()
        panel.execute("select from accounts where id = %s for no key update", [account])
        panel.execute("delete from deadlines where account_id = %s", [account])
        bus.send(envelope("deadline.reached", {"deadline_id": due[0][0], "account_id": account}, actor="system", command_id="trial:extended"))
        wait_until(lambda: suite.query("select from pg_locks where not granted"), WAIT_S, "the engine to wait for the account")
        session.commit()
        assert bus.wait_answer("trial:extended")["refusal"] == "moot"
    suite["sla-watcher"].start()
    suite.wait_ready()
    assert suite.value("select count(*) from notices where kind = 'subscription_ended' and (detail ->> 'account_id')::bigint = %s", account) == 0


def test_quiet_hours_keep_what_can_wait(suite, company):
    with Panel(suite) as panel:
        panel.set(QUIET_HOURS="00:00-23:59")
        order = company.orders(company.client, "Ночной заказ")
        waits = dict(suite.query("select kind, bool_or(not_before is not null) from notices where order_id = %s group by kind", order))
        panel.set(QUIET_HOURS="off")
    assert waits["offer"] and not waits["order_created"]


def test_the_history_is_sound(suite, company):
    company.wait_settled()
    checked = suite.ctl("check")
    assert "found: 0" in checked, checked
