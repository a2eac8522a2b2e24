-- clocks.sql - the world of bench clocks: orders nobody has taken, each with its reaction clock and one deadline far away
-- variables: orders
set session_replication_role = replica; -- as a restore does: what the rows refer to is here

insert into people (id, telegram_id, name, created_at)
overriding system value
values (100001, 100001, 'Клиент 1', now()), (100002, 100002, 'Менеджер 1', now());
insert into person_roles (person_id, role, granted_at) values (100001, 'client', now()), (100002, 'manager', now());
insert into accounts (id, name, tariff_id, paid_until, created_at)
overriding system value
values (100001, 'Счёт 1', (select id from tariffs where name = 'VIP'), current_date + 365, now());
insert into account_people (person_id, account_id, joined_at) values (100001, 100001, now());
insert into billing_months (starts_at, ends_at, billing_day, time_zone)
values (now() - interval '1 day', now() + interval '27 days', 1, 'Europe/Moscow');

insert into orders (id, month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes,
                    sees_contacts, rate_minor, currency, offer_open)
overriding system value
select 1000000 + i, date_trunc('month', now() at time zone 'utc')::date, 100001, 100001, 'new', 1, now(), (select id from billing_months),
       (select id from tariffs where name = 'VIP'), 43200, true, 50000, 'RUB', true
from generate_series(1, :orders) i;

insert into order_events (order_month, order_id, version, event, to_state, role, actor_id, at, command_id, notices, message_kind, text)
select month, id, 1, 'create', 'new', 'client', 100001, created_at, 'bench:' || id, 0, 'task', 'Проверьте корзину на телефоне'
from orders;

insert into clock_runs (order_id, clock, run, started_at, counted_ms, limit_ms, shares)
select id, 'reaction', 1, created_at, 0, reaction_minutes * 60000::bigint, array[20, 95, 100]
from orders;

insert into deadlines (order_id, clock, run, step, due_at)
select id, 'reaction', 1, 'alert', created_at + interval '20 days' + random() * interval '5 days'
from orders;

create table bench_due (order_id bigint primary key, due_at timestamptz not null); -- what falls due now, and when
grant all on bench_due to public;

-- the peer: the same rows in tables of the same columns, indexes and constraints, read once a second
create table peer_deadlines (like deadlines including all);
create table peer_commands (like commands including all);
create table peer_events (like order_events including all);
create table peer_alerts (like alerts including all);
create table peer_notices (like notices including all);
create table peer_clock_runs (like clock_runs including all);
create table peer_orders (like orders including all);
insert into peer_deadlines select * from deadlines;
insert into peer_orders select * from orders where id <= 1000000 + 20000;
insert into peer_clock_runs select * from clock_runs where order_id <= 1000000 + 20000;

set session_replication_role = origin;
