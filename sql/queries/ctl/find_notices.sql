-- events and notices that do not belong together
-- $1 from text: only orders made since that day (YYYY-MM-DD), null: all, $2 events text[], $3 kinds text[]: what each event may tell
-- rows: what text, id bigint, finding text, detail text
with given as (select $1::text::date as made_since),
chosen as (
    select o.id, o.month
    from given
    join orders o on given.made_since is null or o.created_at >= given.made_since
),
told as (
    select n.order_id, n.order_version, n.kind, count(*) as notices
    from notices n
    where n.order_id is not null and n.order_version is not null and n.instead_of is null
    group by n.order_id, n.order_version, n.kind
),
events as (
    select distinct e.order_id, e.version, e.event, e.notices
    from chosen o
    join order_events e on e.order_month = o.month and e.order_id = o.id
),
counted as (
    select e.order_id, e.version, e.notices as should, coalesce(sum(t.notices), 0) as there
    from events e
    left join told t on t.order_id = e.order_id and t.order_version = e.version
    group by e.order_id, e.version, e.notices
)
select 'order', order_id, case when there < should then 'notice_missing' else 'notice_stray' end,
       format('version %s: %s of %s notices', version, there, should)
from counted
where there <> should
union all
select 'order', t.order_id, 'notice_stray', format('version %s: %s', t.order_version, t.kind)
from told t
join chosen o on o.id = t.order_id
left join events e on e.order_id = t.order_id and e.version = t.order_version
where e.event is null
   or not exists (select from unnest($2::text[], $3::text[]) as may (event, kind) where may.event = e.event and may.kind = t.kind)
