-- an order as people read it: one row with its terms, its people, its task and the clock that runs

-- What an order that has waited so long earns beyond its rate: dispatch_bonus() of order-engine, for the cards; tests/sql holds the
-- two together. Only values that differ from the defaults of common/wire/parameters.def have a row: no step, every 30 minutes, at most 0.
create function waiting_bonus(waited_ms bigint) returns bigint
    language sql stable
    return (select least(greatest(waited_ms, 0) / (every.minutes * 60000) * step.minor, most.minor)
            from (select coalesce((select (value::numeric * 100)::bigint from parameters where name = 'BONUS_STEP'), 0)) as step (minor),
                 (select coalesce((select value::bigint from parameters where name = 'BONUS_EVERY_MINUTES'), 30)) as every (minutes),
                 (select coalesce((select (value::numeric * 100)::bigint from parameters where name = 'BONUS_MAX'), 0)) as most (minor));

-- The bonus of an order that has waited since then. Stable, though the time is not, so that the planner sees through the view.
create function bonus_now(since timestamptz) returns bigint
    language sql stable
    return waiting_bonus(ms(suite_now()) - ms(since));

-- The clock that belongs to a state, and when it is at 100 %.
create function clock_of(state text) returns text
    language sql immutable
    return case state when 'new' then 'reaction' when 'in_work' then 'work' when 'waiting_client' then 'answer' when 'done' then 'acceptance' end;

create function clock_due(c clock_runs) returns bigint
    language sql stable
    return coalesce(ms(c.due_at), ms(c.started_at) + c.limit_ms - c.counted_ms);

-- due_at: of the clock that belongs to the state; null in the final states. Lists choose their page from orders and clock_runs and then
-- ask for the facts of that page, order by order with lateral (... offset 0): the facts of all orders are dear.
-- Times are bigint milliseconds. Reads nothing that erasing a person would leave behind.
create view order_facts as
select o.id                                     as order_id,
       o.state,
       o.version,
       o.account_id,
       a.name                                   as account,
       ms(o.created_at)                         as created_at,
       clock_due(c)                             as due_at,
       ms(o.taken_at)                           as taken_at,
       o.estimate_minutes,
       o.estimate_named,
       ms(o.done_at)                            as done_at,
       ms(o.ended_at)                           as ended_at,
       o.rating,
       -- while it waits the bonus grows, if there is one at all; taking fixes it
       o.rate_minor + case when o.state <> 'new' then o.bonus_minor
                           when exists (select from parameters where name = 'BONUS_STEP') then bonus_now(c.started_at)
                           else 0 end           as rate_minor,
       o.currency,
       o.sees_contacts,
       o.offer_open,
       o.reaction_breached_at is not null       as taken_late,
       o.work_breached_at is not null           as work_late,
       task.text                                as task,
       coalesce(task.files, 0)                  as files,
       o.wish,
       o.category_id,
       g.name_ru || case when g.name_en = g.name_ru then '' else ' / ' || g.name_en end as category,
       client.id                                as client_id,
       client.telegram_id                       as client_telegram_id,
       client.name                              as client_name,
       client.username                          as client_username,
       client.phone                             as client_phone,
       worker.id                                as contractor_id,
       worker.telegram_id                       as contractor_telegram_id,
       worker.name                              as contractor_name,
       worker.username                          as contractor_username,
       worker.phone                             as contractor_phone,
       exists (select from credentials k where k.order_id = o.id and k.sealed is not null) as has_credentials
from orders o
join accounts a on a.id = o.account_id
join people client on client.id = o.ordered_by
left join people worker on worker.id = o.contractor_id
left join categories g on g.id = o.category_id
left join clock_runs c
       on c.order_id = o.id and c.ended_at is null and c.clock = clock_of(o.state)
left join lateral (
    select string_agg(nullif(m.text, ''), E'\n' order by m.version) as text,
           sum(coalesce(cardinality(m.files), 0))::bigint           as files
    from order_messages m
    where m.order_month = o.month and m.order_id = o.id and m.kind in ('task', 'details')
) task on true;

-- What the client wrote when one of these alerts was raised: it is shown for as long as the alert stands.
create view alert_words as
select a.id as alert_id, e.text
from alerts a
join orders o on o.id = a.order_id
join order_events e on e.order_month = o.month and e.order_id = o.id and e.at = a.raised_at and e.message_kind is not null
where a.cause in ('complaint', 'low_rating', 'reworked');
