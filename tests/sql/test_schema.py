"""Goal: the schema says the business rules once more, in the suite's own words, to the right people, and its history is fixed"""
import contextlib
import os
import pathlib
import re
import subprocess

import psycopg2
import pytest

from harness.cluster import BIN, DAEMON_ROLES, OWNER
from harness.ctl import Ctl
from harness.suite import Suite

REPO = pathlib.Path(__file__).resolve().parents[2]
GOLDEN = REPO / "tests" / "golden" / "schema.sql"


@pytest.fixture(scope="module")
def database(cluster, template):
    """A migrated database with one of each: what bad rows are tried beside."""
    cluster.create_database("schema_test", template)
    cluster.query("schema_test", GOOD_ROWS)
    yield "schema_test"
    cluster.drop_database("schema_test")


# ---- constraints bite ----

GOOD_ROWS = """
insert into people (telegram_id, name, created_at) values (1, 'Client', now()), (2, 'Contractor', now()), (3, 'Other', now());
insert into person_roles values (1, 'client', now()), (2, 'contractor', now());
insert into accounts (name, tariff_id, created_at) values ('Account', 1, now());
insert into account_people values (1, 1, now());
insert into billing_months (starts_at, ends_at, billing_day, time_zone) values ('2026-11-01', '2026-12-01', 1, 'UTC');
insert into orders (month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes, sees_contacts,
                    rate_minor, currency)
values ('2026-11-01', 1, 1, 'new', 1, now(), 1, 1, 60, false, 50000, 'RUB');
insert into order_events values ('2026-11-01', 1001, 1, 'create', null, 'new', 'client', 1, null, now(), 'tg:1:1', 0);
insert into clock_runs (order_id, clock, run, started_at, counted_ms, limit_ms, shares)
values (1001, 'reaction', 1, now(), 0, 60000, '{20,95,100}');
insert into deadlines (order_id, clock, run, step, due_at) values (1001, 'reaction', 1, 'alert', now());
insert into alerts (order_id, cause, level, raised_at) values (1001, 'not_taken', 95, now());
insert into quota_entries (account_id, billing_month_id, order_id, kind, amount, at, command_id) values (1, 1, 1001, 'reserve', -1, now(), 'x');
insert into payout_entries (contractor_id, billing_month_id, order_id, kind, amount_minor, currency, at, command_id)
values (2, 1, 1001, 'order', 50000, 'RUB', now(), 'x');
insert into invites (token, role, created_by, created_at, expires_at) values (repeat('t', 22), 'owner', 'operator', now(), now());
insert into commands values ('tg:1:1', now(), 'order.create', 1001, '{}');
insert into deliveries (bot_id, notice_id, chat_id, class, state, made_at) values (1, 1, 1, 3, 'sending', now());
insert into audit (at, actor, action, subject, command_id) values (now(), 'operator', 'invite.create', 'invite:1', 'x');
insert into audit_seals values (1, 1, sha256('x'));
insert into credentials values (1001, 'sealed', now(), null);
insert into admins values ('root');
insert into api_tokens (login, hash) values ('root', sha256('x'));
"""

AN_ORDER = """insert into orders (month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes,
    sees_contacts, rate_minor, currency, contractor_id, taken_at, estimate_minutes, done_at, ended_at)
    values ({month}, 1, 1, {state}, {version}, now(), 1, 1, 60, false, {rate}, 'RUB', {contractor}, {taken}, {estimate}, {done}, {ended})"""


def order(**other):
    given = {"month": "'2026-11-01'", "state": "'new'", "version": "1", "rate": "0", "contractor": "null", "taken": "null",
             "estimate": "null", "done": "null", "ended": "null"}
    return AN_ORDER.format(**{**given, **other})


BAD_ROWS = [  # what the rule says, the constraint that says it, a row against it
    ("an installation is one", "installation_one_check", "insert into installation (one) values (false)"),
    ("only a test clock moves", "only_a_test_clock_moves", "update installation set purpose = 'production', clock_offset_ms = 1"),
    ("a Telegram identity is one person's", "people_telegram_id_key", "insert into people (telegram_id, name, created_at) values (1, 'X', now())"),
    ("a person has a name", "people_name_check", "insert into people (telegram_id, name, created_at) values (9, '', now())"),
    ("unreachable since when?", "unreachable_has_a_time", "update people set reachable = false where id = 1"),
    ("a person is client of one account", "account_people_pkey", "insert into account_people values (1, 1, now())"),
    ("a role is granted once", "person_roles_pkey", "insert into person_roles values (1, 'client', now())"),
    ("a tariff's name is its own", "tariffs_name_key", "insert into tariffs (name, orders_per_month, reaction_minutes, price_minor) values ('VIP', 1, 1, 1)"),
    ("one calendar of a name stands", "calendars_present", "insert into calendars (name, time_zone, saved_at) select 'Office', 'UTC', now() from generate_series(1, 2)"),
    ("an interval lies in its day", "an_interval_lies_in_its_day", "insert into calendar_intervals values (1, 0, 600, 1441)"),
    ("an interval does not go over midnight", "an_interval_lies_in_its_day", "insert into calendar_intervals values (1, 0, 1080, 540)"),
    ("a week has seven days", "calendar_intervals_weekday_check", "insert into calendar_intervals values (1, 7, 540, 1080)"),
    ("an interval begins once", "calendar_intervals_pkey", "insert into calendar_intervals select 1, 0, 540, 1080 from generate_series(1, 2)"),
    ("a holiday is a day", "calendar_holidays_pkey", "insert into calendar_holidays select 1, '2026-12-31' from generate_series(1, 2)"),
    ("a price is not negative", "tariffs_price_minor_check", "update tariffs set price_minor = -1"),
    ("a link leads to one joining", "invites_token_key", "insert into invites (token, role, created_by, created_at, expires_at) values (repeat('t', 22), 'owner', 'x', now(), now())"),
    ("a client's link needs a tariff or an account", "clients_need_a_tariff_or_an_account", "insert into invites (token, role, created_by, created_at, expires_at) values (repeat('u', 22), 'client', 'x', now(), now())"),
    ("a used link was used by somebody", "used_by_somebody", "update invites set used_at = now()"),
    ("a link ends once", "one_end", "update invites set used_at = now(), used_by = 1, revoked_at = now()"),
    ("billing months do not overlap", "months_do_not_overlap", "insert into billing_months (starts_at, ends_at, billing_day, time_zone) values ('2026-11-15', '2026-12-15', 15, 'UTC')"),
    ("a month has its days", "billing_months_check", "insert into billing_months (starts_at, ends_at, billing_day, time_zone) values ('2027-01-01', '2027-01-01', 1, 'UTC')"),
    ("work has a contractor", "work_has_a_contractor", order(state="'in_work'", taken="now()", estimate="60")),
    ("work has an estimate", "work_has_an_estimate", order(state="'in_work'", contractor="2")),
    ("done has a time", "done_has_a_time", order(state="'done'", contractor="2", taken="now()", estimate="60")),
    ("the end has a time", "the_end_has_a_time", order(state="'cancelled'")),
    ("what goes on has no end", "the_end_has_a_time", order(ended="now()")),
    ("an order's month is a first day", "month_is_a_first_day", order(month="'2026-11-02'")),
    ("a rate is not negative", "orders_rate_minor_check", order(rate="-1")),
    ("versions begin with 1", "orders_version_check", order(version="0")),
    ("a rating is 1 to 5", "orders_rating_check", "update orders set rating = 6"),
    ("an event happens once", r"order_events_2026_11_pkey|order_events_pkey", "insert into order_events select * from order_events"),
    ("one of them did it", "one_of_them_did_it", "update order_events set login = 'root'"),
    ("what was said is of some kind", "words_have_a_kind", "update order_events set text = 'help'"),
    ("a clock runs once", "clock_runs_once", "insert into clock_runs (order_id, clock, run, started_at, counted_ms, limit_ms, shares) values (1001, 'reaction', 2, now(), 0, 1, '{100}')"),
    ("a deadline belongs to a run", "deadlines_order_id_clock_run_fkey", "insert into deadlines (order_id, clock, run, step, due_at) values (1001, 'reaction', 2, 'alert', now())"),
    ("a step is due once", "deadlines_order_id_clock_run_step_key", "insert into deadlines (order_id, clock, run, step, due_at) values (1001, 'reaction', 1, 'alert', now())"),
    ("a deadline is somebody's", "it_belongs_to_one_clock", "insert into deadlines (clock, step, due_at) values ('subscription', 'end', now())"),
    ("an alert's deadline is its order's too", "it_belongs_to_one_clock", "insert into deadlines (alert_id, clock, step, due_at) values (1, 'alert', 'repeat', now())"),
    ("an order's deadline is no account's", "it_belongs_to_one_clock", "insert into deadlines (order_id, account_id, clock, run, step, due_at) values (1001, 1, 'reaction', 1, 'open', now())"),
    ("an order's deadline has a run", "it_belongs_to_one_clock", "insert into deadlines (order_id, clock, step, due_at) values (1001, 'reaction', 'open', now())"),
    ("a clock has its own steps", "its_clock_has_the_step", "insert into deadlines (account_id, clock, step, due_at) values (1, 'subscription', 'breach', now())"),
    ("an alert has one next step", "deadlines_of_alert", "insert into deadlines (order_id, alert_id, clock, step, due_at) select 1001, 1, 'alert', s, now() from unnest('{repeat,reopen}'::text[]) s"),
    ("a subscription ends once", "deadlines_of_account", "insert into deadlines (account_id, clock, step, due_at) select 1, 'subscription', 'end', now() from generate_series(1, 2)"),
    ("one open alert per order and cause", "alerts_once", "insert into alerts (order_id, cause, level, raised_at) values (1001, 'not_taken', 100, now())"),
    ("who acknowledged has a time", "alerts_check", "update alerts set acknowledged_by = 1"),
    ("a secret is there or erased", "credentials_check", "update credentials set sealed = null"),
    ("an order reserves once", "quota_reserved_once", "insert into quota_entries (account_id, billing_month_id, order_id, kind, amount, at, command_id) values (1, 1, 1001, 'reserve', -1, now(), 'x')"),
    ("a reservation is one", "quota_entries_check1", "update quota_entries set amount = -2"),
    ("a grant belongs to no order", "quota_entries_check", "update quota_entries set kind = 'grant'"),
    ("an order returns once", "quota_returned_once", "insert into quota_entries (account_id, billing_month_id, order_id, kind, amount, at, command_id) select 1, 1, 1001, k, 1, now(), 'x' from unnest('{return,compensate}'::text[]) k"),
    ("an order is paid once", "payout_once", "insert into payout_entries (contractor_id, billing_month_id, order_id, kind, amount_minor, currency, at, command_id) values (2, 1, 1001, 'order', 1, 'RUB', now(), 'x')"),
    ("a correction has a reason", "payout_entries_check1", "insert into payout_entries (contractor_id, billing_month_id, kind, amount_minor, currency, at, command_id) values (2, 1, 'correction', -1, 'RUB', now(), 'x')"),
    ("a payout is for an order", "payout_entries_check", "insert into payout_entries (contractor_id, billing_month_id, kind, amount_minor, currency, at, command_id) values (2, 1, 'order', 1, 'RUB', now(), 'x')"),
    ("what is marked paid is a sum", "payout_marks_amount_minor_check", "insert into payout_marks (contractor_id, billing_month_id, amount_minor, currency, at, marked_by, command_id) values (2, 1, 0, 'RUB', now(), 'x', 'x')"),
    ("an account asks for more once", "upgrade_requested_once", "insert into upgrade_requests (account_id, person_id, at) values (1, 1, now()), (1, 1, now())"),
    ("a request is closed with an outcome", "closed_with_an_outcome", "insert into upgrade_requests (account_id, person_id, at, closed_at) values (1, 1, now(), now())"),
    ("a tariff is granted, not declined", "a_tariff_is_granted", "insert into upgrade_requests (account_id, person_id, at, granted_tariff_id) select 1, 1, now(), id from tariffs limit 1"),
    ("words come with a decline", "words_decline", "insert into upgrade_requests (account_id, person_id, at, words) values (1, 1, now(), 'x')"),
    ("who applies waits for the answer", "applied_once", "insert into applications (person_id, role, at) values (1, 'client', now()), (1, 'contractor', now())"),
    ("an application is answered with an outcome", "decided_with_an_outcome", "insert into applications (person_id, role, at, decided_at) values (1, 'client', now(), now())"),
    ("nobody applies for the command", "applications_role_check", "insert into applications (person_id, role, at) values (1, 'owner', now())"),
    ("what is answered has somebody who did", "answered_by_somebody", "insert into inquiries (account_id, person_id, text, at, answer) values (1, 1, 'x', now(), 'x')"),
    ("a command is answered once", "commands_pkey", "insert into commands values ('tg:1:1', now(), 'order.take', 1001, '{}')"),
    ("a notice is delivered once", "deliveries_notice_id_key", "insert into deliveries (bot_id, notice_id, chat_id, class, state, made_at) values (1, 1, 1, 3, 'sending', now())"),
    ("what was sent is settled", "sent_has_a_message", "update deliveries set state = 'sent'"),
    ("what waits can be rendered", "a_reply_or_a_notice", "update deliveries set notice_id = null, state = 'waiting'"),
    ("an audit row is sealed once", "audit_seals_audit_id_key", "insert into audit_seals values (2, 1, sha256('x'))"),
    ("a seal is a sha256", "audit_seals_hash_check", "update audit_seals set hash = 'short'"),
    ("a sealed row stays", "audit_seals_audit_id_fkey", "delete from audit"),
    ("a login is small letters", "admins_login_check", "insert into admins values ('Root')"),
    ("a token is one's own", "api_tokens_hash_key", "insert into api_tokens (login, hash) values ('root', sha256('x'))"),
]


@pytest.mark.parametrize("rule, constraint, row", BAD_ROWS, ids=[rule.replace(" ", "-") for rule, *_ in BAD_ROWS])
def test_a_bad_row_is_refused(cluster, database, rule, constraint, row):
    with pytest.raises(psycopg2.IntegrityError) as refused:
        cluster.query(database, row)
    assert re.fullmatch(constraint, refused.value.diag.constraint_name), refused.value


# ---- one list of words ----

def words(name):
    """The wire names of a list of domain.h."""
    text = (REPO / "common/wire/domain.h").read_text("utf-8")
    body = re.search(rf"#define {name}\(X\)(.*?)\n\n", text, re.DOTALL).group(1)
    found = re.findall(r'X\(\w+,\s*"(\w+(?:-\w+)*)"', body)
    assert found, name
    return found


PEOPLE = [role for role in words("ROLES") if role != "system"]

CHECKED_LISTS = [  # table, column, the words it may hold
    ("orders", "state", words("ORDER_STATES")),
    ("order_events", "role", words("ROLES")),
    ("order_events", "message_kind", words("MESSAGE_KINDS")),
    ("clock_runs", "clock", [c for c in words("CLOCKS") if c not in ("alert", "subscription")]),
    ("deadlines", "clock", words("CLOCKS")),
    ("deadlines", "step", words("CLOCK_STEPS")),
    ("alerts", "cause", words("ALERT_CAUSES")),
    ("person_roles", "role", PEOPLE),
    ("invites", "role", PEOPLE),
    ("process_stats", "daemon", [d for d in words("DAEMONS") if d != "itsupportctl"]),
]


@pytest.mark.parametrize("table, column, expected", CHECKED_LISTS, ids=[f"{table}.{column}" for table, column, _ in CHECKED_LISTS])
def test_a_check_lists_the_words_of_the_domain(cluster, database, table, column, expected):
    texts = [row[0] for row in cluster.query(database, """
        select pg_get_constraintdef(oid) from pg_constraint
        where contype = 'c' and conrelid = %s::regclass and pg_get_constraintdef(oid) like %s""", [table, f"CHECK (({column} = ANY%%"])]
    assert len(texts) == 1, texts
    assert sorted(re.findall(r"'([\w-]+)'::text", texts[0])) == sorted(expected)


def test_the_classes_of_sending_are_numbered_alike(cluster, database):
    (text,), = cluster.query(database, """select pg_get_constraintdef(oid) from pg_constraint
        where conrelid = 'deliveries'::regclass and conname = 'deliveries_class_check'""")
    assert [int(n) for n in re.findall(r"\d+", text)] == [0, len(words("SEND_CLASSES")) - 1]


def test_what_can_become_moot_is_a_notice(cluster, database):
    (text,), = cluster.query(database, "select indexdef from pg_indexes where indexname = 'notices_of_order'")
    kinds = set(re.findall(r"'(\w+)'::text", text))
    assert kinds - {"alert_"} <= set(words("NOTICES")) and "alert_" in kinds  # every kind of alert begins so
    withdraw = (REPO / "sql/queries/order-engine/withdraw_notices.sql").read_text("utf-8")
    assert kinds == set(re.findall(r"'(\w+)'", withdraw)), "the index and its only reader differ"


def test_what_the_states_mean_is_drawn_from_the_same_words(cluster, database):
    """person_facts turns roles into the bits of domain.h."""
    (text,), = cluster.query(database, "select pg_get_viewdef('person_facts'::regclass)")
    bits = dict(re.findall(r"WHEN '(\w+)'::text THEN (\d+)", text))
    declared = dict(re.findall(r'X\(\w+,\s*"(\w+)",\s*(\d+)\)', (REPO / "common/wire/domain.h").read_text("utf-8")))
    assert bits == {role: declared[role] for role in PEOPLE}


# ---- who may do what ----

QUERIES = sorted((REPO / "sql/queries").glob("*/*.sql"))

# ---- a waiting order's rate ----

@pytest.mark.parametrize("step, every, most, waited_ms, expect", [
    (None, None, None, 36_000_000, 0), (25, 30, None, 36_000_000, 0), (25, 30, 100, -1, 0), (25, 30, 100, 1_799_999, 0),
    (25, 30, 100, 1_800_000, 2500), (25, None, 100, 5_400_000, 7500), (25, 30, 100, 18_000_000, 10_000),
    ("30.00", 1, "100", 240_000, 10_000), ("0.50", 1440, 100, 172_800_000, 100),
])
def test_the_cards_show_the_bonus_that_taking_fixes(cluster, database, step, every, most, waited_ms, expect):
    """The same cases as the engine's own (tests/unit/test_dispatch.c)."""
    values = {"BONUS_STEP": step, "BONUS_EVERY_MINUTES": every, "BONUS_MAX": most}
    rows = ", ".join(f"('{name}', '{value}', now(), 'operator')" for name, value in values.items() if value is not None)
    cluster.query(database, "delete from parameters")
    if rows:
        cluster.query(database, f"insert into parameters values {rows}")
    assert cluster.query(database, f"select waiting_bonus({waited_ms})") == [(expect,)]
    cluster.query(database, "delete from parameters")


@pytest.mark.parametrize("path", QUERIES, ids=[f"{p.parent.name}/{p.stem}" for p in QUERIES])
def test_every_query_runs_as_its_own_role(cluster, database, path):
    """Planned and its rights checked, not run."""
    text = path.read_text("utf-8").strip().rstrip(";")
    statement = re.sub(r"^--.*$", "", text, flags=re.MULTILINE).strip()
    if statement in ("begin", "commit", "rollback") or statement.startswith("set "):
        return
    role = OWNER if path.parent.name == "ctl" else f"itsupport-{path.parent.name}"
    count = max((int(n) for n in re.findall(r"\$(\d+)", statement)), default=0)
    arguments = f"({', '.join(['null'] * count)})" if count else ""
    with cluster.connect(database, role) as session, session.cursor() as cursor:
        cursor.execute(f"prepare tried as {statement}")
        cursor.execute(f"explain execute tried {arguments}")


OWNED = {  # ARCHITECTURE's table: what each daemon may write, beside its own row of process_stats
    "itsupport-bot-gateway": {"chats", "inbox", "deliveries", "disclosures", "cards", "topics", "thread_links", "edits",
                              "sender_marks"},
    "itsupport-sla-watcher": {"audit_seals"},
    "itsupport-admin-web": {"admins", "api_tokens"},
}
SECRET = {  # what others must not even read
    "disclosures": {"itsupport-order-engine", "itsupport-sla-watcher", "itsupport-admin-web"},
    "credentials": {"itsupport-bot-gateway", "itsupport-sla-watcher", "itsupport-admin-web"},
    "inbox": {"itsupport-order-engine", "itsupport-sla-watcher", "itsupport-admin-web"},
    "chats": {"itsupport-order-engine", "itsupport-sla-watcher", "itsupport-admin-web"},
    "api_tokens": {"itsupport-order-engine", "itsupport-bot-gateway", "itsupport-sla-watcher"},
}


def writable(cluster, database, role):
    """Every table of the catalogue that the role may change in any way, be it one column."""
    rows = cluster.query(database, """
        select c.relname
        from pg_class c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v')
          and (has_table_privilege(%(role)s, c.oid, 'insert') or has_table_privilege(%(role)s, c.oid, 'update')
               or has_table_privilege(%(role)s, c.oid, 'delete') or has_table_privilege(%(role)s, c.oid, 'truncate')
               or has_any_column_privilege(%(role)s, c.oid, 'insert') or has_any_column_privilege(%(role)s, c.oid, 'update'))""",
        {"role": role})
    return {name for (name,) in rows}


@pytest.mark.parametrize("role", sorted(OWNED))
def test_a_daemon_writes_its_own_tables_and_no_other(cluster, database, role):
    assert writable(cluster, database, role) == OWNED[role] | {"process_stats"}


def test_order_engine_alone_writes_the_domain(cluster, database):
    engine = writable(cluster, database, "itsupport-order-engine")
    assert not engine & set.union(*OWNED.values())
    assert {"orders", "order_events", "people", "quota_entries", "payout_entries", "deadlines", "notices", "commands", "audit"} <= engine
    assert "schema_migrations" not in engine


def test_history_is_only_added_to(cluster, database):
    """Not even order-engine may change an event, a ledger row, an audit row or a seal."""
    fixed = ["order_events", "quota_entries", "payout_entries", "payout_marks", "audit", "audit_seals"]
    for role in DAEMON_ROLES:
        for table in fixed:
            for right in ("update", "delete", "truncate"):
                assert cluster.query(database, "select has_table_privilege(%s, %s, %s)", [role, table, right]) == [(False,)], (role, table, right)


def test_secrets_are_not_even_read(cluster, database):
    for table, strangers in SECRET.items():
        for role in strangers:
            assert cluster.query(database, "select has_table_privilege(%s, %s, 'select')", [role, table]) == [(False,)], (role, table)


# ---- room for the months to come ----

def partitions(cluster, database):
    return {name for (name,) in cluster.query(database, "select inhrelid::regclass::text from pg_inherits where inhparent = 'order_events'::regclass")}


def make_partitions(cluster, database, first, months, role="itsupport-order-engine"):
    before = partitions(cluster, database)
    cluster.query(database, "select make_order_partitions(%s, %s)", [first, months], role)
    return partitions(cluster, database) - before


def test_the_engine_makes_room_for_the_months_to_come(cluster, database):
    months = {"order_events_2041_12", "order_events_2042_01", "order_events_2042_02"}
    assert make_partitions(cluster, database, "2041-12-31", 3) == months
    assert make_partitions(cluster, database, "2041-12-01", 3) == set(), "harmless when repeated"
    insert = "insert into order_events values ('2042-01-01', 1001, 2, 'say', 'new', 'new', 'client', 1, null, now(), 'x', 0) returning tableoid::regclass::text"
    assert cluster.query(database, insert) == [("order_events_2042_01",)]
    assert cluster.query(database, "select count(*) from pg_indexes where tablename = 'order_events_2042_01'") \
        == cluster.query(database, "select count(*) from pg_indexes where tablename = 'order_events_default'"), "with every index"


def test_a_month_that_has_begun_without_its_room_goes_on_so(cluster, database):
    cluster.query(database, "insert into order_events values ('2043-05-01', 1001, 3, 'say', 'new', 'new', 'client', 1, null, now(), 'x', 0)")
    assert make_partitions(cluster, database, "2043-04-01", 3) == {"order_events_2043_04", "order_events_2043_06"}


def test_nobody_waits_behind_new_room(cluster, database):
    """A long reader is not in the way of those behind it: the attempt gives up."""
    with contextlib.closing(cluster.connect(database)) as reader, reader.cursor() as cursor:
        reader.autocommit = False
        cursor.execute("select count(*) from order_events")
        with pytest.raises(psycopg2.errors.LockNotAvailable):
            make_partitions(cluster, database, "2044-01-01", 1)
    assert make_partitions(cluster, database, "2044-01-01", 1) == {"order_events_2044_01"}


@pytest.mark.parametrize("role", sorted(OWNED))
def test_nobody_else_makes_any(cluster, database, role):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        make_partitions(cluster, database, "2045-01-01", 1, role)


# ---- its history ----

@pytest.fixture
def operator(cluster, build):
    """itsupportctl on an empty database of its own."""
    suite = Suite(cluster, build)
    suite.database = "schema_history"
    cluster.create_database(suite.database)
    yield Ctl(build / "bin" / "itsupportctl", {**suite.ctl.env, "ITSUPPORT_DATABASE_URL": cluster.url(suite.database, OWNER)})
    cluster.drop_database(suite.database)
    suite.folder.joinpath("log").rmdir()


def dump(cluster, database):
    """The schema as data: without the months' partitions, which depend on the day, and pg_dump's own words."""
    text = subprocess.run([BIN / "pg_dump", "-s", "--no-owner", "-T", "order_events_2*", "-T", "schema_migrations",
                           cluster.url(database, "postgres")], check=True, stdout=subprocess.PIPE, text=True).stdout
    text = "\n".join(line for line in text.splitlines() if not re.match(r"--|\\|SET |SELECT pg_catalog\.set_config", line))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def test_migrating_twice_changes_nothing(cluster, operator):
    assert "0001_installation: applied" in operator.migrate("test")
    before = dump(cluster, "schema_history")
    assert "applied" not in operator.migrate("test")
    assert dump(cluster, "schema_history") == before


def test_a_changed_migration_is_refused_by_its_name(cluster, operator):
    operator.migrate("test")
    cluster.query("schema_history", "update schema_migrations set sha256 = 'another' where version = 2")
    refused = operator.run("migrate", check=False)
    assert refused.returncode == 1 and "0002_people.sql has changed" in refused.stderr


def test_a_newer_database_is_refused(cluster, operator):
    operator.migrate("test")
    cluster.query("schema_history", "insert into schema_migrations values (9999, 'from_the_future', 'x')")
    refused = operator.run("migrate", check=False)
    assert refused.returncode == 1 and "9999 (from_the_future)" in refused.stderr


def test_the_purpose_is_fixed_when_the_database_is_made(cluster, operator):
    operator.migrate("demo")
    refused = operator.run("migrate", "--purpose", "production", check=False)
    assert refused.returncode == 1 and "demo" in refused.stderr
    assert cluster.query("schema_history", "select purpose from installation") == [("demo",)]


def test_a_production_clock_does_not_move(operator):
    operator.run("migrate")
    refused = operator.run("clock", "advance", "1h", check=False)
    assert refused.returncode == 1 and "production" in refused.stderr


def test_the_schema_is_the_reviewed_one(cluster, operator):
    """Any drift is a visible difference; SUITE_GOLDEN_WRITE=1 writes the file anew."""
    operator.migrate("test")
    is_now = dump(cluster, "schema_history")
    if os.environ.get("SUITE_GOLDEN_WRITE"):
        GOLDEN.write_text(is_now, "utf-8")
    assert is_now == GOLDEN.read_text("utf-8")
