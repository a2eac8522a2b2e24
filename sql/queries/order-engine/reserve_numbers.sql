-- Sets numbers aside for what the batch may make.
-- $1 orders bigint, $2 alerts bigint: how many of each
-- one row per number: what ('order', 'alert'), number
select 'order', nextval('orders_id_seq') from generate_series(1, $1::bigint)
union all
select 'alert', nextval('alerts_id_seq') from generate_series(1, $2::bigint)
