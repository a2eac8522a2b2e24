-- The events of this month's orders and of the coming months' get their partitions.
-- $1 now bigint, $2 months bigint
-- one row without meaning
select make_order_partitions((at_ms($1::bigint) at time zone 'UTC')::date, $2::bigint::integer)
