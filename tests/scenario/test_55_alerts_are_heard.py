"""Goal: an alert comes again until somebody is on it, reopens when that solves nothing, ends with its cause; a subscription's end is told"""
import datetime

import pytest

from harness.waiting import wait_until

from .company import FAST, PAID, Company, Panel


@pytest.fixture(scope="module")
def suite(new_suite):
    return new_suite(env=FAST)


@pytest.fixture(scope="module")
def company(suite):
    company = Company(suite)
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
