-- an order's clocks, deadlines, alerts and ledger rows
-- $1 order_id bigint, $2 zone text
-- rows: at bigint ms, kind text, version bigint (always null), text text
with given as (select $1::bigint as order_id, $2::text as zone)
select ms(c.started_at), 'clock', null::bigint,
       c.clock || ' runs (run ' || c.run || '), '
       || case when c.ended_at is null then '100 % at ' else '100 % would be at ' end
       || to_char((c.started_at + (c.limit_ms - c.counted_ms) * interval '1 millisecond') at time zone given.zone, 'YYYY-MM-DD HH24:MI:SS')
from given
join clock_runs c on c.order_id = given.order_id
union all
select ms(c.ended_at), 'clock', null, c.clock || case when c.paused then ' is paused' else ' ends' end || ' (run ' || c.run || ')'
from given
join clock_runs c on c.order_id = given.order_id and c.ended_at is not null
union all
select ms(d.due_at), 'deadline', null, d.clock || ' ' || d.step || ' is due'
from given
join deadlines d on d.order_id = given.order_id
union all
select ms(a.raised_at), 'alert', null, a.cause || ' raised (alert ' || a.id || ', level ' || a.level || ' %)'
from given
join alerts a on a.order_id = given.order_id
union all
select ms(a.acknowledged_at), 'alert', null, a.cause || format(' acknowledged by %s (person %s)', p.name, p.id)
from given
join alerts a on a.order_id = given.order_id
join people p on p.id = a.acknowledged_by
union all
select ms(a.solved_at), 'alert', null, a.cause || ' solved'
from given
join alerts a on a.order_id = given.order_id and a.solved_at is not null
union all
select ms(q.at), 'quota', null, q.kind || ' ' || q.amount || ' (account ' || q.account_id || ')'
from given
join quota_entries q on q.order_id = given.order_id
union all
select ms(p.at), 'payout', null,
       to_char(p.amount_minor / 100.0, 'FM999999990.00') || ' ' || p.currency || format(' to %s (person %s)', w.name, w.id)
from given
join payout_entries p on p.order_id = given.order_id
join people w on w.id = p.contractor_id
