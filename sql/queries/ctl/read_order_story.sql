-- what happened to an order, what was said, who was told
-- $1 order_id bigint, $2 zone text, $3 with_texts bool
-- rows: at bigint ms, kind text, version bigint (null: belongs to no event), text text
with given as (select $1::bigint as order_id, $2::text as zone, $3::boolean as with_texts),
chosen as (
    select o.id, o.month, given.zone, given.with_texts
    from given
    join orders o on o.id = given.order_id
)
select ms(e.at), 'event', e.version::bigint,
       e.event || ' by ' || e.role || case when p.id is not null then format(' %s (person %s)', p.name, p.id) else '' end
       || case when e.from_state is distinct from e.to_state then ' -> ' || e.to_state else '' end
       || coalesce(' ' || e.detail::text, '') || ' [' || e.command_id || ']'
from chosen
join order_events e on e.order_month = chosen.month and e.order_id = chosen.id
left join people p on p.id = e.actor_id
union all
select ms(e.at), 'message', m.version::bigint,
       m.kind || ', ' || length(m.text) || ' characters'
       || case when cardinality(m.files) > 0 then ', ' || cardinality(m.files) || ' files' else '' end
       || case when chosen.with_texts then ': ' || m.text else '' end
from chosen
join order_messages m on m.order_month = chosen.month and m.order_id = chosen.id
join order_events e on e.order_month = m.order_month and e.order_id = m.order_id and e.version = m.version
union all
select ms(n.at), 'notice', n.order_version::bigint,
       n.kind || case when p.id is not null then format(' to %s (person %s)', p.name, p.id) else ' to every card' end || ': '
       || case when d.state is not null
               then d.state || coalesce(' ' || to_char(d.settled_at at time zone chosen.zone, 'YYYY-MM-DD HH24:MI:SS'), '')
                    || coalesce(', message ' || d.message_id, '') || coalesce(', ' || d.error, '')
               when n.person_id is null then 'by edits'
               when n.withdrawn_at is not null then 'withdrawn'
               when n.not_before is not null
               then 'waits until ' || to_char(n.not_before at time zone chosen.zone, 'YYYY-MM-DD HH24:MI:SS')
               else 'waits' end
       || coalesce('; received ' || to_char(n.received_at at time zone chosen.zone, 'YYYY-MM-DD HH24:MI:SS'), '')
       || coalesce('; undeliverable: ' || n.undeliverable, '')
from chosen
join notices n on n.order_id = chosen.id
left join people p on p.id = n.person_id
left join deliveries d on d.notice_id = n.id
