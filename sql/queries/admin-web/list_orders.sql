-- a page of orders, the newest first, as the API shows them
-- $1 state text: some states with commas between, $2 tariff, $3 contractor, $4 account bigint, $5 late text: true or false,
-- $6 q text: the number, or part of the task, $7 created_from, $8 created_before bigint ms, $9 limit, $10 offset bigint;
-- null = any
-- one row: text, a JSON object of items and total; counting stops at 10000
with given as (
    select string_to_array($1::text, ',') as states, $2::bigint as tariff, $3::bigint as contractor, $4::bigint as account,
           $5::text::boolean as late, lower(ltrim($6::text, '№# ')) as q, at_ms($7::bigint) as created_from,
           at_ms($8::bigint) as created_before, $9::bigint as page, $10::bigint as skip, suite_now() as now
),
found as (
    select o.id, row_number() over (order by o.id desc) as place
    from given
    cross join orders o
    where (given.states is null or o.state = any(given.states))
      and (given.tariff is null or o.tariff_id = given.tariff)
      and (given.contractor is null or o.contractor_id = given.contractor)
      and (given.account is null or o.account_id = given.account)
      and (given.created_from is null or o.created_at >= given.created_from)
      and (given.created_before is null or o.created_at < given.created_before)
      and (given.late is null
           or given.late = (o.reaction_breached_at is not null or o.work_breached_at is not null
                            or exists (select from clock_runs c
                                       where c.order_id = o.id and c.clock in ('reaction', 'work') and c.ended_at is null
                                         and coalesce(ms(c.due_at), ms(c.started_at) + c.limit_ms - c.counted_ms) <= ms(given.now))))
      and (given.q is null
           or o.id::text = given.q
           or exists (select from order_messages m
                      where m.order_month = o.month and m.order_id = o.id and m.kind in ('task', 'details')
                        and position(given.q in lower(m.text)) > 0))
    order by o.id desc
    limit 10000
),
shown as (
    select found.place,
           json_build_object(
               'id', f.order_id, 'state', f.state, 'version', f.version,
               'account', json_build_object('id', f.account_id, 'name', f.account),
               'client', json_build_object('id', f.client_id, 'name', f.client_name),
               'contractor', case when f.contractor_id is not null
                                  then json_build_object('id', f.contractor_id, 'name', f.contractor_name) end,
               'task', left(f.task, 200), 'created_at', at_ms(f.created_at), 'due_at', at_ms(f.due_at),
               'done_at', at_ms(f.done_at), 'ended_at', at_ms(f.ended_at),
               'late', f.taken_late or f.work_late
                       or coalesce(f.state in ('new', 'in_work') and f.due_at <= ms(given.now), false)) as item
    from given
    cross join found
    join order_facts f on f.order_id = found.id
    where found.place > given.skip and found.place <= given.skip + given.page
)
select json_build_object('items', coalesce((select json_agg(item order by place) from shown), '[]'),
                         'total', (select count(*) from found))::text;
