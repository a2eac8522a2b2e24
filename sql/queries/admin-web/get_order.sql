-- one order as the API shows it: the row, its events, its messages, its clocks, what comes next
-- $1 order_id bigint
-- one row: text, a JSON object; none if there is no such order
with given as (select $1::bigint as order_id)
select json_build_object(
    'id', f.order_id, 'state', f.state, 'version', f.version,
    'account', json_build_object('id', f.account_id, 'name', f.account),
    'client', json_build_object('id', f.client_id, 'name', f.client_name),
    'contractor', case when f.contractor_id is not null
                       then json_build_object('id', f.contractor_id, 'name', f.contractor_name) end,
    'task', f.task, 'wish', f.wish, 'created_at', o.created_at, 'due_at', at_ms(f.due_at),
    'taken_at', o.taken_at, 'done_at', o.done_at, 'ended_at', o.ended_at,
    'late', f.taken_late or f.work_late
            or coalesce(f.state in ('new', 'in_work') and f.due_at <= ms(suite_now()), false),
    'taken_late', f.taken_late, 'work_late', f.work_late,
    'tariff_id', o.tariff_id, 'reaction_minutes', o.reaction_minutes, 'estimate_minutes', o.estimate_minutes,
    'offer_open', o.offer_open, 'reworks', o.reworks, 'rating', o.rating,
    'rate_minor', f.rate_minor, 'currency', f.currency,
    'events', (
        select coalesce(json_agg(json_build_object(
                   'version', e.version, 'event', e.event, 'from', e.from_state, 'to', e.to_state, 'role', e.role,
                   'actor_id', e.actor_id, 'login', e.login, 'at', e.at, 'detail', e.detail) order by e.version), '[]')
        from order_events e where e.order_month = o.month and e.order_id = o.id),
    'messages', (
        select coalesce(json_agg(json_build_object(
                   'version', m.version, 'kind', m.kind, 'role', m.role, 'author_id', m.author_id, 'text', m.text,
                   'files', (select coalesce(json_agg(split_part(file, ' ', 1)), '[]') from unnest(m.files) file))
                   order by m.version), '[]')
        from order_messages m where m.order_month = o.month and m.order_id = o.id),
    'clocks', (
        select coalesce(json_agg(json_build_object(
                   'clock', c.clock, 'run', c.run, 'started_at', c.started_at, 'ended_at', c.ended_at, 'paused', c.paused,
                   'counted_ms', c.counted_ms, 'limit_ms', c.limit_ms, 'shares', c.shares)
                   order by c.started_at, c.clock, c.run), '[]')
        from clock_runs c where c.order_id = o.id),
    'deadlines', (
        select coalesce(json_agg(json_build_object('clock', d.clock, 'step', d.step, 'due_at', d.due_at)
                   order by d.due_at, d.id), '[]')
        from deadlines d where d.order_id = o.id),
    'alerts', (
        select coalesce(json_agg(json_build_object(
                   'id', a.id, 'cause', a.cause, 'level', a.level, 'raised_at', a.raised_at,
                   'acknowledged_by', a.acknowledged_by, 'acknowledged_at', a.acknowledged_at, 'solved_at', a.solved_at)
                   order by a.id), '[]')
        from alerts a where a.order_id = o.id))::text
from given
join orders o on o.id = given.order_id
join order_facts f on f.order_id = o.id;
