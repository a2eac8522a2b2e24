"""same_rows.py - the rows that a history left in the simulation and in the database, table by table, in the simulation's numbers

    differences = different_rows(twin, history)      readable, empty when all is the same
"""
import collections
import json

SHOWN_MOST = 12  # of a table's differences


def different_rows(twin, history):
    found = []
    for table, (expected, read) in TABLES.items():
        wanted, there = collections.Counter(expected(history)), collections.Counter(read(twin))
        lines = [f"{table}: only in the simulation: {row}" for row in sorted((wanted - there).elements(), key=str)]
        lines += [f"{table}: only in the database:   {row}" for row in sorted((there - wanted).elements(), key=str)]
        lines.sort(key=lambda line: line.partition(":   ")[2] or line.partition("simulation: ")[2])
        found += lines[:SHOWN_MOST] + ([f"{table}: and {len(lines) - SHOWN_MOST} more"] if len(lines) > SHOWN_MOST else [])
    return found


def count_rows(history):
    return {table: sum(1 for _ in expected(history)) for table, (expected, _) in TABLES.items()}


def decided(history):
    """Every event with the step it came from and the state before it."""
    states = {}
    for step in history.steps:
        if step.outcome is not None and step.outcome.row:
            row = step.outcome.row
            yield step, step.outcome, states.get(row["order"])
            states[row["order"]] = row["state"]


def numbers_of(words):
    """k=v words as a dict; a list of numbers stays text."""
    pairs = (word.split("=") for word in words)
    return {name: int(value) if value.lstrip("-").isdigit() else value for name, value in pairs}


def without_zeros(pairs):
    """As a row to compare: what is 0 in memory is null or false or 0 in a table."""
    return " ".join(f"{name}={value}" for name, value in pairs if value)


# ---- orders ----

ORDER_TIMES = ("created_at", "taken_at", "done_at", "ended_at", "reaction_breached_at", "work_breached_at")
ORDER_COLUMNS = ("state", "account_id", "ordered_by", "version", "created_at", "billing_month_id", "tariff_id", "calendar_id", "reaction_minutes",
                 "sees_contacts", "rate_minor", "bonus_minor", "offer_open", "category_id", "contractor_id", "taken_at",
                 "estimate_minutes", "estimate_named", "reworks", "done_at", "ended_at", "rating", "reaction_breached_at",
                 "work_breached_at")


def orders_expected(history):
    for order, *words in history.rows["O"]:
        row = numbers_of(words)
        yield f"order {order}: " + without_zeros((name, row[name]) for name in ORDER_COLUMNS)


def orders_there(twin):
    """The version is that of the newest event: what was only said left the row alone."""
    columns = {name: f"ms(o.{name})" if name in ORDER_TIMES else f"o.{name}" for name in ORDER_COLUMNS}
    columns["version"] = "(select max(e.version) from order_events e where e.order_id = o.id)"
    numbers = {"account_id": twin.accounts, "ordered_by": twin.people, "billing_month_id": twin.months, "tariff_id": twin.tariffs, "calendar_id": twin.calendars,
               "contractor_id": twin.people}
    for order, *values in twin.sql(f"select o.id, {', '.join(columns.values())} from orders o"):
        row = [(name, numbers[name].back(value) if name in numbers else int(value) if isinstance(value, bool) else value)
               for name, value in zip(columns, values)]
        yield f"order {twin.orders.back(order)}: " + without_zeros(row)


def clocks_expected(history):
    for order, clock, *words in history.rows["L"]:
        yield f"order {order} {clock}: {without_zeros(numbers_of(words).items())}"


def clocks_there(twin):
    columns = ("run", "started_at", "ended_at", "paused", "counted_ms", "limit_ms", "fired", "shares")
    for order, clock, *values in twin.sql("""
            select distinct on (order_id, clock) order_id, clock, run, ms(started_at), ms(ended_at), paused::int, counted_ms, limit_ms, fired,
                   array_to_string(shares, ',')
            from clock_runs order by order_id, clock, run desc"""):
        yield f"order {twin.orders.back(order)} {clock}: {without_zeros(zip(columns, values))}"


def deadlines_expected(history):
    for clock, step, *words in history.rows["T"]:
        yield f"{clock} {step}: {without_zeros(numbers_of(words).items())}"


def deadlines_there(twin):
    for clock, step, order, alert, account, run, due_at in twin.sql("""
            select clock, step, order_id, alert_id, account_id, run, ms(due_at) from deadlines"""):
        row = [("order", twin.orders.back(order)), ("alert", twin.alerts.back(alert)), ("account", twin.accounts.back(account)),
               ("run", run), ("due_at", due_at)]
        yield f"{clock} {step}: {without_zeros(row)}"


def alerts_expected(history):
    for order, cause, *words in history.rows["A"]:
        yield f"order {order} {cause}: {without_zeros(numbers_of(words).items())}"


def alerts_there(twin):
    for order, cause, alert, level, raised_at, by, acknowledged_at, repeats in twin.sql("""
            select order_id, cause, id, level, ms(raised_at), acknowledged_by, ms(acknowledged_at), repeats
            from alerts where solved_at is null"""):
        row = [("alert", twin.alerts.back(alert)), ("level", level), ("raised_at", raised_at), ("acknowledged_by", twin.people.back(by)),
               ("acknowledged_at", acknowledged_at), ("repeats", repeats)]
        yield f"order {twin.orders.back(order)} {cause}: {without_zeros(row)}"


# ---- events, and what they told whom ----

def detail_text(detail, numbers=None):
    """Of an event or a notice, in the simulation's numbers."""
    if detail is None:
        return ""
    return json.dumps({name: numbers[name].back(value) if numbers and name in numbers else value for name, value in detail.items()},
                      sort_keys=True, ensure_ascii=False)


def numbers_in_details(twin):
    return {"account_id": twin.accounts, "contractor_id": twin.people, "person_id": twin.people, "former_id": twin.people,
            "alert_id": twin.alerts}


def events_expected(history):
    for step, outcome, before in decided(history):
        actor = step.given.get("person") or "-"
        row = outcome.row
        yield (f"order {row['order']} version {row['version']}: {before or '-'} {outcome.event} {row['state']} by {outcome.role} {actor} "
               f"at {step.at} notices {len(outcome.notices)} {detail_text(outcome.detail)}")


def events_there(twin):
    numbers = numbers_in_details(twin)
    for order, version, before, event, state, role, actor, at, notices, detail in twin.sql("""
            select order_id, version, from_state, event, to_state, role, actor_id, ms(at), notices, detail from order_events"""):
        yield (f"order {twin.orders.back(order)} version {version}: {before or '-'} {event} {state} by {role} {twin.people.back(actor) or '-'} "
               f"at {at} notices {notices} {detail_text(detail, numbers)}")


def notices_expected(history):
    for step in history.steps:
        for kind, wait_ms, _, person in step.outcome.notices if step.given.get("clock") == "subscription" else ():
            yield f"{kind} to {person} at {step.at} +{wait_ms}"
    for step, outcome, _ in decided(history):
        for kind, wait_ms, detail, person in outcome.notices:
            yield (f"order {outcome.row['order']} version {outcome.row['version']}: {kind} to {person or 'all cards'} at {step.at} "
                   f"+{wait_ms} {detail_text(detail)}")


def notices_there(twin):
    numbers = numbers_in_details(twin)
    for kind, person, at, wait_ms in twin.sql("""
            select kind, person_id, ms(at), coalesce(ms(not_before) - ms(at), 0) from notices where starts_with(kind, 'subscription')"""):
        yield f"{kind} to {twin.people.back(person)} at {at} +{wait_ms}"
    for order, version, kind, person, at, wait_ms, detail in twin.sql("""
            select order_id, order_version, kind, person_id, ms(at), coalesce(ms(not_before) - ms(at), 0), detail
            from notices where order_version is not null"""):
        yield (f"order {twin.orders.back(order)} version {version}: {kind} to {twin.people.back(person) or 'all cards'} at {at} "
               f"+{wait_ms} {detail_text(detail, numbers)}")


# ---- ledgers ----

def quota_expected(history):
    for step, outcome, _ in decided(history):
        if outcome.quota:
            month, amount = outcome.quota
            yield f"order {outcome.row['order']} month {month}: {amount} at {step.at}"
    for step in history.steps:
        if step.words[:1] == ["grant"]:
            yield f"grant to {step.words[1]}: {step.words[2]} at {step.at}"


def quota_there(twin):
    for account, amount, at, in_month in twin.sql("""
            select q.account_id, q.amount, ms(q.at), m.starts_at <= q.at and q.at < m.ends_at
            from quota_entries q join billing_months m on m.id = q.billing_month_id where q.order_id is null"""):
        yield f"grant to {twin.accounts.back(account)}: {amount} at {at}{'' if in_month else ', of another month'}"
    for order, month, amount, at in twin.sql("select order_id, billing_month_id, amount, ms(at) from quota_entries where order_id is not null"):
        yield f"order {twin.orders.back(order)} month {twin.months.back(month)}: {amount} at {at}"


def payouts_expected(history):
    for step, outcome, _ in decided(history):
        if outcome.pay:
            contractor, amount = outcome.pay
            yield f"order {outcome.row['order']} to {contractor}: {amount} at {step.at}"


def payouts_there(twin):
    """Into the month of closing."""
    for order, contractor, amount, at, in_month in twin.sql("""
            select l.order_id, l.contractor_id, l.amount_minor, ms(l.at), m.starts_at <= l.at and l.at < m.ends_at
            from payout_entries l join billing_months m on m.id = l.billing_month_id"""):
        yield f"order {twin.orders.back(order)} to {twin.people.back(contractor)}: {amount} at {at}{'' if in_month else ', of another month'}"


TABLES = {
    "orders": (orders_expected, orders_there),
    "clock_runs": (clocks_expected, clocks_there),
    "deadlines": (deadlines_expected, deadlines_there),
    "alerts": (alerts_expected, alerts_there),
    "order_events": (events_expected, events_there),
    "notices": (notices_expected, notices_there),
    "quota_entries": (quota_expected, quota_there),
    "payout_entries": (payouts_expected, payouts_there),
}
