-- seed.sql - a small world for reading: what a real engine would have written
insert into people (id, telegram_id, name, username, phone, created_at, removed_at) values
    (101, 5001, 'Клиент 1', 'client1', '+79990000001', now(), null),
    (102, 5002, 'Подрядчик 1', 'contractor1', null, now(), null),
    (103, 5003, 'Менеджер 1', null, null, now(), null),
    (104, 5004, 'Удалённый', null, null, now(), now());
insert into person_roles (person_id, role, granted_at) values
    (101, 'client', now()), (102, 'contractor', now()), (103, 'manager', now()), (103, 'owner', now());
insert into accounts (id, name, tariff_id, paid_until, created_at) values
    (201, 'ООО «Ромашка»', 2, current_date + 30, now()),
    (202, 'Old & Sons', 1, current_date - 30, now());
insert into account_people (person_id, account_id, joined_at) values (101, 201, now());
insert into pins (account_id, contractor_id, pinned_at) values (201, 102, now());
insert into billing_months (id, starts_at, ends_at, billing_day, time_zone) values
    (301, now() - interval '10 days', now() + interval '20 days', 1, 'Europe/Moscow');
insert into orders (id, month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id, reaction_minutes,
                    sees_contacts, rate_minor, currency, contractor_id, taken_at, estimate_minutes, done_at, ended_at, rating,
                    work_breached_at) values
    (1001, date_trunc('month', now() at time zone 'utc')::date, 201, 101, 'new', 1, now() - interval '2 hours', 301, 2, 60, false,
     50000, 'RUB', null, null, null, null, null, null, null),
    (1002, date_trunc('month', now() at time zone 'utc')::date, 201, 101, 'in_work', 2, now() - interval '1 hour', 301, 2, 60, false,
     50000, 'RUB', 102, now() - interval '30 min', 180, null, null, null, null),
    (1003, date_trunc('month', now() at time zone 'utc')::date, 201, 101, 'closed', 4, now() - interval '3 days', 301, 2, 60, false,
     50000, 'RUB', 102, now() - interval '3 days', 60, now() - interval '2 days', now() - interval '1 day', 5,
     now() - interval '2 days');
insert into order_events (order_month, order_id, version, event, from_state, to_state, role, actor_id, at, command_id, notices, detail,
                          message_kind, text, files)
    select month, id, 1, 'create', null, 'new', 'client', 101, created_at, 'seed', 1, '{}',
           'task', 'Починить принтер 100% №' || id, array['photo AgAC 5001 7'] from orders;
insert into order_events (order_month, order_id, version, event, from_state, to_state, role, actor_id, at, command_id, notices, detail)
    select month, id, 2, 'take', 'new', 'in_work', 'contractor', 102, taken_at, 'seed', 1, '{"estimate_minutes": 180}'
    from orders where state <> 'new';
insert into clock_runs (order_id, clock, run, started_at, ended_at, counted_ms, limit_ms, shares) values
    (1001, 'reaction', 1, now() - interval '2 hours', null, 0, 3600000, '{20,95,100}'),
    (1002, 'reaction', 1, now() - interval '1 hour', now() - interval '30 min', 0, 3600000, '{20,95,100}'),
    (1002, 'work', 1, now() - interval '30 min', null, 0, 10800000, '{75,95,100}');
insert into deadlines (order_id, clock, run, step, due_at) values
    (1001, 'reaction', 1, 'breach', now() - interval '1 hour'), (1002, 'work', 1, 'breach', now() + interval '150 min');
insert into alerts (order_id, cause, level, raised_at) values (1001, 'not_taken', 95, now() - interval '1 hour');
insert into quota_entries (account_id, billing_month_id, order_id, kind, amount, at, command_id)
    select 201, 301, id, 'reserve', -1, created_at, 'seed' from orders;
insert into notices (kind, person_id, order_id, order_version, at) values ('offer', 102, 1001, 1, now());
insert into inbox (bot_id, update_id, chat_id, sealed, received_at, attempts, parked_reason) values
    (1, 1, 5001, 'x', now(), 3, 'tried three times'), (1, 2, 5001, 'x', now(), 0, null);
insert into invites (id, token, role, tariff_id, account_name, created_by, created_at, expires_at) values
    (401, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'client', 2, 'Новый клиент', 'login:root', now(), now() + interval '7 days'),
    (402, 'bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb', 'owner', null, null, 'operator', now() - interval '9 days', now() - interval '2 days');
insert into process_stats (daemon, instance, pid, version, since, seen_at, state, counters) values
    ('order-engine', '1', 1, '0.1.0', now() - interval '1 day', now() + interval '1 hour', 'active', '{"commands_total": 7, "odd name": 1.5}'),
    ('order-engine', '2', 2, '0.1.0', now() - interval '1 day', now() + interval '1 hour', 'active', '{"commands_total": 8}'),
    ('sla-watcher', '1', 3, '0.1.0', now() - interval '1 day', now() - interval '5 minutes', 'active', '{"sent_total": 1}');
