-- press.sql - the world of bench press: clients with work to accept, contractors with orders to take, managers, and those on the other side
-- variables: clients, contractors, managers, orders (how many each of the first two has before them)
set session_replication_role = replica; -- as a restore does: what the rows refer to is here

-- Who presses comes first; then a contractor for each client and a client for each contractor, who are only told.
create temporary table cast_members as
select 100000 + row_number() over (order by part, n) as id, part, n, role, name || ' ' || part || '-' || n as name
from (values (1, 'client', 'Клиент', :clients), (2, 'contractor', 'Подрядчик', :contractors), (3, 'manager', 'Менеджер', :managers),
             (4, 'contractor', 'Подрядчик', :clients), (5, 'client', 'Клиент', :contractors)) p (part, role, name, people),
     generate_series(1, people) n;

insert into people (id, telegram_id, name, created_at)
overriding system value
select id, id, name, now() from cast_members;

insert into person_roles (person_id, role, granted_at) select id, role, now() from cast_members;

insert into accounts (id, name, tariff_id, paid_until, created_at)
overriding system value
select id, 'Счёт ' || id, (select id from tariffs where name = 'VIP'), current_date + 365, now() from cast_members where role = 'client';

insert into account_people (person_id, account_id, joined_at) select id, id, now() from cast_members where role = 'client';

insert into parameters (name, value, changed_at, changed_by) values ('CONTRACTOR_MAX_ORDERS', '20', now(), 'bench')
on conflict (name) do update set value = excluded.value;

insert into billing_months (starts_at, ends_at, billing_day, time_zone)
values (now() - interval '1 day', now() + interval '27 days', 1, 'Europe/Moscow');

-- to be accepted: order 1000000 + i; to be taken: order 2000000 + i
insert into orders (id, month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes,
                    sees_contacts, rate_minor, currency, contractor_id, taken_at, estimate_minutes, estimate_named, done_at)
overriding system value
select 1000000 + row_number() over (order by c.n, i), date_trunc('month', now() at time zone 'utc')::date, c.id, c.id, 'done', 1, now() - interval '3 hours',
       (select id from billing_months), (select id from tariffs where name = 'VIP'), 60, true, 50000, 'RUB',
       w.id, now() - interval '2 hours', 180, true, now()
from cast_members c join cast_members w on w.part = 4 and w.n = c.n, generate_series(1, :orders) i where c.part = 1;

insert into orders (id, month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes,
                    sees_contacts, rate_minor, currency, offer_open)
overriding system value
select 2000000 + row_number() over (order by c.n, i), date_trunc('month', now() at time zone 'utc')::date, c.id, c.id, 'new', 1, now(),
       (select id from billing_months), (select id from tariffs where name = 'VIP'), 1440, true, 50000, 'RUB', true
from cast_members c, generate_series(1, :orders) i where c.part = 5;

insert into order_events (order_month, order_id, version, event, to_state, role, actor_id, at, command_id, notices, message_kind, text)
select month, id, 1, 'create', 'new', 'client', account_id, created_at, 'bench:' || id, 0, 'task', 'Проверьте корзину на телефоне: ' || id
from orders;

insert into clock_runs (order_id, clock, run, started_at, counted_ms, limit_ms, due_at, shares)
select id, 'reaction', 1, created_at, 0, reaction_minutes * 60000::bigint, created_at + make_interval(mins => reaction_minutes), array[20, 95, 100]
from orders where state = 'new';
insert into clock_runs (order_id, clock, run, started_at, counted_ms, limit_ms, due_at, shares)
select id, 'acceptance', 1, done_at, 0, 72 * 3600000::bigint, done_at + interval '72 hours', array[50, 100]
from orders where state = 'done';

set session_replication_role = origin;
