"""Goal: what the months' views say is what their rows add up to, counted by hand"""
from decimal import Decimal

import pytest

ROWS = """
insert into people (telegram_id, name, created_at) values (1, 'Client', '2026-01-01'), (2, 'Contractor 1', '2026-01-01'), (3, 'Contractor 2', '2026-01-01');
insert into accounts (name, tariff_id, created_at) values ('Old', 2, '2026-07-15'), ('New', 2, '2026-09-10'), ('Idle', 2, '2026-07-01');
insert into billing_months (starts_at, ends_at, billing_day, time_zone)
select m, m + interval '1 month', 1, 'UTC' from generate_series('2026-07-01+00'::timestamptz, '2026-10-01+00', interval '1 month') m;
"""

# account, month, state, taken, reaction breached, done, work breached
ORDERS = [
    (1, 1, "closed", True, False, True, False),
    (1, 2, "closed", True, False, True, False),
    (1, 2, "closed", True, True, True, False),      # taken late, done in time
    (1, 2, "done", True, False, True, True),        # done late
    (1, 2, "cancelled", True, True, True, True),    # counts nowhere
    (1, 3, "in_work", True, False, False, True),    # late and not done yet
    (1, 3, "new", False, True, False, False),       # late and not taken yet
    (1, 3, "new", False, False, False, False),      # still in time
    (2, 3, "closed", True, False, True, False),
    (1, 4, "in_work", True, False, False, False),
]


@pytest.fixture(scope="module")
def database(cluster, template):
    name = "months_test"
    cluster.create_database(name, template)
    cluster.query(name, ROWS)
    # October runs
    cluster.query(name, "update installation set purpose = 'test', "
                        "clock_offset_ms = ms('2026-10-15+00') - ms(clock_timestamp())")
    for account, month, state, taken, late, done, work_late in ORDERS:
        cluster.query(name, """
            insert into orders (month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes,
                                sees_contacts, rate_minor, currency, contractor_id, taken_at, estimate_minutes, done_at, ended_at,
                                reaction_breached_at, work_breached_at)
            values ('2026-07-01', %s, 1, %s, 1, now(), %s, 2, 60, false, 0, 'RUB', %s, %s, %s, %s, %s, %s, %s)""",
            [account, state, month, 2 if taken else None, "2026-07-01" if taken else None, 60 if taken else None,
             "2026-07-01" if done else None, "2026-07-01" if state in ("closed", "cancelled") else None,
             "2026-07-01" if late else None, "2026-07-01" if work_late else None])
    yield name
    cluster.drop_database(name)


def test_orders_of_a_month_and_how_many_kept_their_promises(cluster, database):
    assert cluster.query(database, """
        select account_id, billing_month_id, orders, taken, taken_in_time, worked, done_in_time
        from order_months order by 1, 2""") == [(1, 1, 1, 1, 1, 1, 1), (1, 2, 3, 3, 2, 3, 2), (1, 3, 3, 2, 1, 1, 0), (1, 4, 1, 1, 1, 0, 0),
                                                (2, 3, 1, 1, 1, 1, 1)]


def test_the_average_is_over_complete_months_only(cluster, database):
    """Old began within July, New within September, October still runs; Idle has three months without an order."""
    assert cluster.query(database, "select account_id, complete_months, orders, orders_per_month from account_averages order by 1") \
        == [(1, 2, 6, Decimal("3.00")), (3, 3, 0, Decimal("0.00"))]


def test_quota_is_the_running_months_and_never_below_nothing(cluster, database):
    def add(account, month, kind, amount, order=None):
        cluster.query(database, """insert into quota_entries (account_id, billing_month_id, order_id, kind, amount, at, command_id)
                                   values (%s, %s, %s, %s, %s, now(), 'x')""", [account, month, order, kind, amount])

    def left():
        return cluster.query(database, "select balance, quota_left from account_quota order by account_id")
    assert left() == [(0, 15)] * 3
    add(1, 3, "grant", 100)
    assert left()[0] == (0, 15), "another month's"
    add(1, 4, "reserve", -1, 1010)
    add(1, 4, "grant", 2)
    add(2, 4, "grant", -20)
    assert left() == [(1, 16), (-20, 0), (0, 15)]
    add(1, 4, "compensate", 1, 1010)
    assert cluster.query(database, """select billing_month_id, reserved, returned, compensated, granted, balance
                                      from account_months where account_id = 1 order by 1""") == [(3, 0, 0, 0, 100, 100), (4, 1, 0, 1, 2, 2)]


def test_what_is_unpaid_is_earned_and_not_marked(cluster, database):
    def earn(contractor, month, amount, kind="correction", order=None):
        cluster.query(database, """insert into payout_entries (contractor_id, billing_month_id, order_id, kind, amount_minor, currency, reason, at, command_id)
                                   values (%s, %s, %s, %s, %s, 'RUB', 'x', now(), 'x')""", [contractor, month, order, kind, amount])

    def mark(contractor, month, amount):
        cluster.query(database, """insert into payout_marks (contractor_id, billing_month_id, amount_minor, currency, at, marked_by, command_id)
                                   values (%s, %s, %s, 'RUB', now(), 'x', 'x')""", [contractor, month, amount])

    def months():
        return cluster.query(database, """select contractor_id, billing_month_id, orders, earned_minor, paid_minor, unpaid_minor
                                          from payout_months order by 1, 2""")
    earn(2, 1, 33333, "order", 1001)
    earn(2, 1, 33334, "order", 1002)
    earn(2, 2, 50000, "order", 1003)
    earn(3, 1, -100)
    assert months() == [(2, 1, 2, 66667, 0, 66667), (2, 2, 1, 50000, 0, 50000), (3, 1, 0, -100, 0, -100)]
    mark(2, 1, 66667)
    earn(2, 1, 1)
    assert months()[0] == (2, 1, 2, 66668, 66667, 1), "a later correction is unpaid"
    mark(3, 1, -100)
    assert months()[2] == (3, 1, 0, -100, -100, 0), "handed back"


def test_the_running_month_is_the_one_now_lies_in(cluster, database):
    assert cluster.query(database, "select id from running_month") == [(4,)]
