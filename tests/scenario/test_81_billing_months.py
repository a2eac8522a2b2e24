"""Goal: quota, payouts and reports share one billing month, whose past borders never move whatever day and zone become"""
import json
from decimal import Decimal

import pytest

from harness.waiting import wait_until

from .company import PAID, Panel

OWNER, CLIENT, WORKER = "tg:1", "tg:11", "tg:21"


@pytest.fixture(scope="module")
def company(company):
    company.joins(1, "Владелец", "owner")
    company.joins(11, "Клиент 1", "client", tariff="Стандарт", paid_until=PAID)
    company.joins(21, "Подрядчик 1", "contractor")
    return company


def ok(bus, kind, body, actor=CLIENT):
    answer = bus.ask(kind, body, actor)
    assert answer["outcome"] == "ok", answer
    return answer


def cancelled_order(bus):
    order = ok(bus, "order.create", {"text": "Передумаю"})["order_id"]
    ok(bus, "order.cancel", {"order_id": order})


def closed_order(bus):
    order = ok(bus, "order.create", {"text": "Нужен баннер"})["order_id"]
    ok(bus, "order.take", {"order_id": order, "estimate_minutes": 60}, WORKER)
    ok(bus, "order.finish", {"order_id": order, "text": "Готово"}, WORKER)
    ok(bus, "order.accept", {"order_id": order})


def quota(suite, *argv):
    return json.loads(suite.ctl("quota", "Клиент 1", *argv, "--json"))


def running(suite):
    """Border to border of the running month, as its own zone's clocks show them."""
    rows = suite.query("""select to_char(m.starts_at at time zone b.time_zone, 'DD HH24:MI'), to_char(m.ends_at at time zone b.time_zone, 'DD HH24:MI'),
                                 b.billing_day::integer, b.time_zone
                          from running_month m join billing_months b using (id)""")
    return rows[0]


def months(suite):
    return suite.query("select id, starts_at, ends_at, billing_day, time_zone from billing_months order by id")


def into_next_month(suite):
    """The clock to an hour after the running month's end."""
    minutes = suite.value("select ceil(extract(epoch from ends_at - suite_now()) / 60)::bigint + 60 from running_month")
    suite.ctl.advance(f"{minutes}m")


def test_a_past_month_is_added_up_from_its_rows(suite, company, bus):
    closed_order(bus)
    cancelled_order(bus)
    account = suite.value("select id from accounts")
    ok(bus, "quota.grant", {"account_id": account, "amount": 3, "reason": "подарок"}, OWNER)
    now = quota(suite)
    assert [now[what] for what in ("reserved", "returned", "granted", "balance", "left")] == [2, 1, 3, 2, 17]
    assert "left 17 of 15" in suite.ctl("quota", account) and "подарок" in suite.ctl("quota", account)
    day = suite.value("select (suite_now() at time zone 'Europe/Moscow')::date")

    into_next_month(suite)
    closed_order(bus)
    past, later = quota(suite, "--month", day), quota(suite)
    assert past["rows"] == now["rows"] and past["balance"] == now["balance"] and "left" not in past
    assert (later["starts_at"], later["balance"], later["left"]) == (past["ends_at"], -1, 14), "what was granted stays in its month"
    assert suite.ctl.run("quota", "никого", check=False).returncode == 1
    assert suite.ctl.run("quota", "Клиент 1", "--month", "вчера", check=False).returncode == 2


def test_a_new_day_and_zone_begin_when_the_month_ends(suite, bus):
    past = months(suite)
    assert running(suite) == ("01 00:00", "01 00:00", 1, "Europe/Moscow")
    with Panel(suite) as panel:
        panel.set(BILLING_DAY=28, TIME_ZONE="Asia/Vladivostok")
    closed_order(bus)
    assert months(suite) == past, "the running month keeps its end"
    into_next_month(suite)
    closed_order(bus)
    assert months(suite)[:-1] == past
    begins = suite.value("select to_char(starts_at at time zone 'Europe/Moscow', 'DD HH24:MI') from running_month")
    assert begins == "01 00:00" and running(suite)[1:] == ("28 00:00", 28, "Asia/Vladivostok"), "to the first new day"
    into_next_month(suite)
    closed_order(bus)
    assert running(suite) == ("28 00:00", "28 00:00", 28, "Asia/Vladivostok")


def test_a_parameter_does_not_move_the_month_that_nothing_has_happened_in(suite, bus):
    into_next_month(suite)
    with Panel(suite) as panel:
        panel.set(BILLING_DAY=10)
    assert running(suite) == ("28 00:00", "28 00:00", 28, "Asia/Vladivostok")
    with Panel(suite) as panel:
        panel.set(BILLING_DAY=28)


def test_a_month_begins_by_itself(suite):
    """The watch sees to it within a minute, so that reports know the running month."""
    into_next_month(suite)
    wait_until(lambda: suite.query("select 1 from running_month"), 90, "the month to begin")


def test_the_months_to_come_have_their_place(suite):
    """Made for half a year when the database was; more of them while it runs."""
    wait_until(lambda: suite.value("select to_regclass(order_partition_of((suite_now() at time zone 'UTC' + interval '3 months')::date)) is not null"),
               90, "three months to be ready")
    assert suite.query("select 1 from pg_inherits where inhrelid::regclass::text = order_partition_of((suite_now() at time zone 'UTC')::date)")


def test_a_zone_further_west_makes_a_month_of_hours(suite, bus):
    """Its first new day comes 7 hours after the old one: that is the next month, as the rule says."""
    with Panel(suite) as panel:
        panel.set(TIME_ZONE="Europe/Moscow")
    minutes = suite.value("select ceil(extract(epoch from ends_at - suite_now()) / 60)::bigint + 60 from running_month")
    suite.ctl.advance(f"{minutes}m")
    closed_order(bus)
    assert suite.value("select extract(epoch from ends_at - starts_at) / 3600 from running_month") == 7
    into_next_month(suite)
    closed_order(bus)
    assert running(suite) == ("28 00:00", "28 00:00", 28, "Europe/Moscow")


def test_the_reports_agree(suite, bus):
    """Every closed order is in one month of each, and nothing lies between the months."""
    assert suite.value("select count(*) from billing_months a join billing_months b on b.id = a.id + 1 where a.ends_at <> b.starts_at") == 0
    closed = suite.query("select billing_month_id, count(*) from orders where state = 'closed' group by 1 order by 1")
    assert suite.query("select billing_month_id, orders from order_months order by 1") == closed
    assert suite.query("select billing_month_id, orders from payout_months order by 1") == closed
    assert suite.query("select billing_month_id, reserved - returned from account_months order by 1") == closed
    assert suite.query("select taken, taken_in_time, worked, done_in_time from order_months order by billing_month_id") \
        == [(n, n, n, n) for _, n in closed]
    complete, orders, average = suite.query("select complete_months, orders, orders_per_month from account_averages")[0]
    whole = [count for month, count in closed if month not in (1, len(months(suite)))]  # the first began before the account, the last runs
    assert complete == len(months(suite)) - 2, "months without an order count too"
    assert orders == sum(whole) and average == round(Decimal(orders) / complete, 2)
    checked = suite.ctl.run("check", check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
