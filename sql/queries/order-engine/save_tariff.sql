-- A tariff as it is to be from now on; orders keep the terms they were made with.
-- $1 id bigint, $2 name text, $3 orders_per_month, $4 reaction_minutes, $5 price_minor, $6 open_orders bigint, $7 may_pin,
-- $8 sees_contacts, $9 on_sale bool, $10 rate_minor bigint (null = ORDER_RATE), $11 now bigint,
-- $12 calendar_id bigint (null = round the clock)
-- no rows
insert into tariffs (id, name, orders_per_month, reaction_minutes, price_minor, open_orders, may_pin, sees_contacts, on_sale,
                     rate_minor, changed_at, calendar_id)
overriding system value
values ($1::bigint, $2::text, $3::bigint, $4::bigint, $5::bigint, $6::bigint, $7::bool, $8::bool, $9::bool, $10::bigint,
        at_ms($11::bigint), $12::bigint)
on conflict (id)
do update set name = excluded.name, orders_per_month = excluded.orders_per_month,
              reaction_minutes = excluded.reaction_minutes, price_minor = excluded.price_minor,
              open_orders = excluded.open_orders, may_pin = excluded.may_pin, sees_contacts = excluded.sees_contacts,
              on_sale = excluded.on_sale, rate_minor = excluded.rate_minor, changed_at = excluded.changed_at,
              calendar_id = excluded.calendar_id
