-- New orders with the terms that hold for them.
-- $1 id, $2 month_day, $3 account_id, $4 ordered_by, $5 created_at, $6 billing_month_id, $7 tariff_id, $8 reaction_minutes,
-- $9 rate_minor, $10 category_id, $11 calendar_id bigint[]; $12 sees_contacts, $13 offer_open bool[]; $14 currency, $15 wish text[]
-- no rows
insert into orders (id, month, account_id, ordered_by, state, version, created_at, billing_month_id, tariff_id,
                    reaction_minutes, rate_minor, category_id, calendar_id, sees_contacts, offer_open, currency, wish)
overriding system value
select id, date '1970-01-01' + month_day::integer, account_id, ordered_by, 'new', 1, at_ms(created_at), billing_month_id,
       tariff_id, reaction_minutes, rate_minor, category_id, calendar_id, sees_contacts, offer_open, currency, wish
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[],
            $9::bigint[], $10::bigint[], $11::bigint[], $12::bool[], $13::bool[], $14::text[], $15::text[])
     as o (id, month_day, account_id, ordered_by, created_at, billing_month_id, tariff_id, reaction_minutes, rate_minor,
           category_id, calendar_id, sees_contacts, offer_open, currency, wish)
